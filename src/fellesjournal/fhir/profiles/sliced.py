"""What is in a slice of a profile: the elements that FHIRPath's slice() asks for (FHIR R4, fhirpath.html)."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.path import Collection, Item, Scope
from fellesjournal.fhir.path.stepping import below, children
from fellesjournal.fhir.profiles import items
from fellesjournal.fhir.profiles.elements import Slices
from fellesjournal.fhir.profiles.profile import Profile
from fellesjournal.fhir.profiles.tree import Node
from fellesjournal.fhir.profiles.workshop import Workshop

Sliced = list[tuple[Item, object]]
"""Elements, each with the JSON object it stands in."""


class _Step(NamedTuple):
    """One step of the way to a slice: to an element of what was found, or to those in a slice of it."""

    node: Node
    outside: Node | None = None
    """For a slice: the element, or slice, that it is a slice of."""


Way = tuple[_Step, ...]


class Finder:
    """Finds what is in the slices of profiles; the ways to them are looked for once."""

    def __init__(self, shop: Workshop, profile: Callable[[str], Profile | None]) -> None:
        self._shop = shop
        self._profile = profile
        self._ways: dict[tuple[Node, str], list[Way]] = {}
        self._slices: dict[tuple[Node, str], Slices] = {}

    def find(self, focus: Collection, url: str, name: str, scope: Scope, local: Local) -> tuple[Sliced, bool]:
        """As path.Slices, and whether these are sure to be all.

        Raises Invalid when the profile is not known, or has no slice of the name.
        """
        profile = self._profile(url)
        if profile is None:
            raise Invalid(f"FHIRPath: slice() asks for the profile {url}, which is not known here.")
        ways = self._ways_to(profile, name)
        found: Sliced = []
        is_sure = True
        for root in _roots(focus, profile.type, scope, self._shop.definitions):
            for way in ways:
                more, is_told = self._follow(root, way, profile, scope, _around(root, local))
                found += more
                is_sure = is_sure and is_told
        return found, is_sure

    def _ways_to(self, profile: Profile, name: str) -> list[Way]:
        key = (profile.tree, name)
        if key not in self._ways:
            ways = list(_ways(profile.tree, name, ()))
            if not ways:
                raise Invalid(
                    f"FHIRPath: the profile {profile.url} has no slice {name}, which slice() asks for."
                )
            self._ways[key] = ways
        return self._ways[key]

    def _follow(
        self, root: Item, way: Way, profile: Profile, scope: Scope, local: Local
    ) -> tuple[Sliced, bool]:
        found: list[tuple[Item, Item]] = [(root, root)]
        is_sure = True
        for step in way:
            if step.outside is None:
                found = [
                    (one, item) for item, _ in found for one in below([item], scope.model, step.node.name)
                ]
                scope.environment.work(len(found))
                continue
            inside = []
            for one, holder in found:
                slices = self._of(step.outside, holder.path or "Element", profile)
                answer = slices.takes(step.node.slice_name, _told(one), local)
                is_sure = is_sure and answer is not None
                if answer:
                    inside.append((one, holder))
            found = inside
        return [(one, _told(holder).holder) for one, holder in found], is_sure

    def _of(self, node: Node, kind: str, profile: Profile) -> Slices:
        if (node, kind) not in self._slices:
            members = self._shop.members(kind, node.name)
            self._slices[node, kind] = Slices(node, members, self._shop, profile.tree)
        return self._slices[node, kind]


def _ways(node: Node, name: str, behind: Way) -> Iterator[Way]:
    """The ways from an element to the slices of a name, wherever these are."""
    for each in node.slices.values():
        way = (*behind, _Step(each, node))
        if each.slice_name == name:
            yield way
        yield from _ways(each, name, way)
    for child in node.children.values():
        yield from _ways(child, name, (*behind, _Step(child)))


def _roots(focus: Collection, kind: str, scope: Scope, definitions: Definitions) -> list[Item]:
    """What the profile may be of: in the resource, and among the items themselves."""
    whole = scope.environment.resource
    level, found = [whole], [whole, scope.context, *focus]
    while level:
        level = children(level, scope.model)
        scope.environment.work(len(level))
        found += level
    return list({id(one.value): one for one in found if definitions.is_a(one.type, kind)}.values())


def _around(root: Item, local: Local) -> Local:
    """What is known round a resource; a value of a data type stands in the one that is asked about."""
    if not isinstance(root.value, dict) or "resourceType" not in root.value or root.value is local.resource:
        return local
    if any(root.value is one for one in local.root.get("contained", ())):
        return local.beside(root.value, contained=True)
    return Local(root.value, root.value)


def _told(item: Item) -> items.Item:
    kind = item.path or item.type
    return items.Item(f"[{item.key}]", item.value, item.extra, item.type, kind)
