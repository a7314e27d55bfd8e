"""What a reference may point to (FHIR R4, ElementDefinition.type.targetProfile)."""

from collections.abc import Iterable
from typing import Any

from fellesjournal.fhir.faults import Found, Local, fault, shown
from fellesjournal.fhir.profiles.asking import asked, has_errors
from fellesjournal.fhir.profiles.profile import Profile
from fellesjournal.fhir.profiles.resolving import local_of_target, resolved, type_of
from fellesjournal.fhir.profiles.tree import CORE, Node
from fellesjournal.fhir.profiles.workshop import Workshop


class Targets:
    """The types and profiles of which a reference's target is one.

    Where the target is at hand, contained or in the same Bundle, it must keep one of the profiles. Of one
    that is only in the record the type is checked: a write does not wait for what it points to, which may
    change afterwards. So it is with the entries of a transaction that is written: each is checked by itself.
    """

    def __init__(self, node: Node, base: Iterable[str], shop: Workshop) -> None:
        """`base` are the types to which R4 lets the element point; those need not be asked again."""
        self._shop = shop
        urls = [url.partition("|")[0] for entry in node.types for url in entry.get("targetProfile", ())]
        self._types = {url: self._type(url) for url in urls}
        self._allowed = set(self._types.values())
        asks = bool(urls) and self._allowed.isdisjoint(("", "Resource", "DomainResource"))
        self._asks_type = asks and not (base and set(base) <= self._allowed)
        self._profiles = [url for url, kind in self._types.items() if asks and url != CORE + kind]
        self.idle = not self._asks_type and not self._profiles

    def _type(self, url: str) -> str:
        """The type that a canonical URL stands for, "" when it is not known."""
        core = url.removeprefix(CORE)
        is_core = self._shop.definitions.is_resource_type(core) or core in ("Resource", "DomainResource")
        return core if is_core else self._shop.type_of_profile(url)

    def faults(self, reference: Any, local: Local) -> list[Found]:
        """What is wrong with where a Reference points to."""
        if self.idle:
            return []
        kind = type_of(reference, local)
        if self._asks_type and kind and kind not in self._allowed:
            named = " or ".join(sorted(self._allowed))
            return fault("value", f"This may point to {named}, not to {shown(kind)}.")
        target = resolved(reference, local) if self._profiles else None
        if target is None or CORE + kind in self._types:
            return []
        return self._unkept(kind, local_of_target(target, reference, local))

    def _unkept(self, kind: str, target: Local) -> list[Found]:
        """The fault of a target that keeps none of the profiles there are for its type."""
        profiles = [profile for url in self._profiles if (profile := self._of(url, kind)) is not None]
        answers = [(profile, asked(profile, target)) for profile in profiles]
        if not answers or any(not has_errors(found) for _, found in answers):
            return []
        profile, found = min(answers, key=lambda answer: len(answer[1]))
        first = next(each for each in found if each.severity == "error")
        message = f"What this points to does not keep {profile.url}. {kind}{first.path}: {first.message}"
        return fault("value", message)

    def _of(self, url: str, kind: str) -> Profile | None:
        return self._shop.profile(url) if self._types[url] == kind else None
