"""Where CodeSystems, ValueSets and ConceptMaps that are resources come from."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.definitions.codes import Concept, Filter, Rule

Tree = dict[str, Any]

KEPT = 200
"""Resources of FHIR's own that are kept made; for those that it does not have this is kept too."""


class Kept(NamedTuple):
    """A resource. `key` and `version` together are another whenever the resource is."""

    key: str
    version: str
    tree: Tree


class Library(Protocol):
    """Finds resources by what they say of themselves."""

    async def find(self, kind: str, url: str, version: str = "") -> Kept | None:
        """The resource of a type with a canonical URL; without a version the newest that is in use."""

    async def concept_maps(self, source: str, target: str) -> Sequence[Kept]:
        """The ConceptMaps in use that have a group from a code system or value set to another; "" is any."""


class Libraries:
    """Several libraries, asked one after the other."""

    def __init__(self, *libraries: Library) -> None:
        self._libraries = libraries

    async def find(self, kind: str, url: str, version: str = "") -> Kept | None:
        """See Library."""
        for library in self._libraries:
            if found := await library.find(kind, url, version):
                return found
        return None

    async def concept_maps(self, source: str, target: str) -> Sequence[Kept]:
        """See Library."""
        return [one for library in self._libraries for one in await library.concept_maps(source, target)]


class FhirLibrary:
    """FHIR's own code systems, value sets and concept maps: the definitions made into resources again.

    They keep codes, displays, hierarchies, filters and mappings; no definitions, designations and properties.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._made = lru_cache(maxsize=KEPT)(self._make)

    async def find(self, kind: str, url: str, version: str = "") -> Kept | None:
        """See Library. FHIR's own are there in one version, which may be left out."""
        tree = self._made(kind, url)
        if tree is None or version not in ("", tree.get("version") or self._definitions.version):
            return None
        return Kept(f"{kind}|{url}", self._definitions.version, tree)

    async def concept_maps(self, source: str, target: str) -> Sequence[Kept]:
        """See Library. A map of which nobody has said the systems is found by its value sets."""
        return [
            Kept(f"ConceptMap|{url}", self._definitions.version, tree)
            for url, tree in self._definitions.concept_maps.items()
            if any(source in ("", *sources) and target in ("", *targets) for sources, targets in _ends(tree))
        ]

    def _make(self, kind: str, url: str) -> Tree | None:
        match kind:
            case "CodeSystem":
                return self._code_system(url)
            case "ValueSet":
                return self._value_set(url)
            case "ConceptMap":
                return self._definitions.concept_maps.get(url)
        return None

    def _code_system(self, url: str) -> Tree | None:
        found = self._definitions.code_system(url)
        if found is None:
            return None
        return {
            "resourceType": "CodeSystem",
            "url": found.url,
            "version": found.version,
            "name": found.name,
            "language": "en",
            "status": "active",
            "content": found.content,
            "caseSensitive": found.case_sensitive,
            "concept": [_concept(one) for one in found.concepts.values()],
        }

    def _value_set(self, url: str) -> Tree | None:
        found = self._definitions.value_set(url)
        if found is None:
            return None
        return {
            "resourceType": "ValueSet",
            "url": found.url,
            "name": found.name,
            "title": found.title,
            "status": "active",
            "compose": {
                "include": [_rule(one) for one in found.include],
                **({"exclude": [_rule(one) for one in found.exclude]} if found.exclude else {}),
            },
        }


def _ends(concept_map: Tree) -> Iterator[tuple[set[str], set[str]]]:
    """What the map is from and to: the system of a group each time, then the value sets of the whole."""
    for group in concept_map.get("group", ()):
        yield {group.get("source", "")}, {group.get("target", "")}
    yield (
        {concept_map.get("sourceCanonical", ""), concept_map.get("sourceUri", "")},
        {concept_map.get("targetCanonical", ""), concept_map.get("targetUri", "")},
    )


def _concept(concept: Concept) -> Tree:
    written: Tree = {"code": concept.code, "display": concept.display or concept.code}
    if concept.parents:
        written["property"] = [{"code": "parent", "valueCode": parent} for parent in concept.parents]
    return written


def _rule(rule: Rule) -> Tree:
    written: Tree = {}
    if rule.system:
        written["system"] = rule.system
    if rule.codes is not None:
        written["concept"] = [{"code": code} for code in rule.codes]
    if rule.filters:
        written["filter"] = [_filter(one) for one in rule.filters]
    if rule.value_sets:
        written["valueSet"] = list(rule.value_sets)
    return written


def _filter(condition: Filter) -> Tree:
    return {"property": condition.property, "op": condition.op, "value": condition.value}
