"""The resources round a resource: those of the Bundle it stands in (FHIR R4, bundle.html#references)."""

from typing import Any

from fellesjournal.fhir.resource import literal

Tree = dict[str, Any]


class Neighbours:
    """Finds the entries of a Bundle by their addresses. One for all resources in it, made when first asked.

    `bundle` is any resource; one without entries has nobody in it.
    """

    def __init__(self, bundle: Tree) -> None:
        self._by_url: dict[str, list[Tree]] = {}
        self._by_name: dict[str, list[Tree]] = {}
        self._bases: dict[int, str] = {}
        entries = bundle.get("entry")
        for entry in entries if type(entries) is list else ():
            if type(entry) is dict and type(entry.get("resource")) is dict:
                self._take(entry.get("fullUrl"), entry["resource"])
        self.answers: dict[tuple[int, str], Any] = {}
        """What was found of a resource, by its identity and the URL of the profile that was asked."""
        self.asking = 0
        """How many of them are being asked, each for the sake of the one before."""

    def _take(self, url: Any, resource: Tree) -> None:
        if type(url) is not str:
            return
        self._by_url.setdefault(url, []).append(resource)
        named = literal(url)
        if named is not None:
            self._by_name.setdefault(f"{named.type}/{named.id}", []).append(resource)
            self._bases[id(resource)] = named.base

    def find(self, reference: str, of: Tree) -> Tree | None:
        """The resource that a reference in the entry `of` points to, None when it is none of these.

        A relative reference is to one at the same base, or else to any of that type and id. One to a version
        is to the entry of that version.
        """
        named = literal(reference)
        if named is None:
            return next(iter(self._by_url.get(reference, ())), None)
        base = named.base or self._bases.get(id(of), "")
        name = f"{named.type}/{named.id}"
        found = self._by_url.get(f"{base}/{name}" if base else name)
        if found is None and not named.base:
            found = self._by_name.get(name)
        return next(
            (one for one in found or () if not named.version or _is_version(one, named.version)), None
        )


def _is_version(resource: Tree, version: str) -> bool:
    meta = resource.get("meta")
    return type(meta) is dict and meta.get("versionId") == version
