"""Code systems and value sets (FHIR R4, CodeSystem and ValueSet), packed small and opened when asked for."""

from functools import cached_property

import msgspec


class Concept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One code. `parents` are the codes directly above it, by nesting or by a parent or child property."""

    code: str
    display: str = ""
    parents: tuple[str, ...] = ()


class PackedCodeSystem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A code system as it is kept; `content` is CodeSystem.content: complete, fragment, example, not-present
    or supplement.
    """

    url: str
    name: str
    version: str
    content: str
    case_sensitive: bool
    concepts: tuple[Concept, ...]


class CodeSystem:
    """A code system with its hierarchy."""

    def __init__(self, packed: PackedCodeSystem) -> None:
        self.url = packed.url
        self.name = packed.name
        self.version = packed.version
        self.content = packed.content
        self.case_sensitive = packed.case_sensitive
        self.concepts = {concept.code: concept for concept in packed.concepts}

    @property
    def complete(self) -> bool:
        """Whether every code of the system is here."""
        return self.content == "complete"

    @property
    def has_codes(self) -> bool:
        """Whether codes of the system are here: a supplement has those of another, a stub none."""
        return self.complete or (self.content != "supplement" and bool(self.concepts))

    def display(self, code: str) -> str:
        """The display text of the code, "" when there is none."""
        concept = self.concepts.get(code)
        return concept.display if concept else ""

    def at_and_below(self, code: str) -> frozenset[str]:
        """The code and everything it subsumes; empty when the system has no such code."""
        return self._closure(code, self._children)

    def at_and_above(self, code: str) -> frozenset[str]:
        """The code and everything that subsumes it; empty when the system has no such code."""
        return self._closure(code, {c: concept.parents for c, concept in self.concepts.items()})

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            for parent in concept.parents:
                below.setdefault(parent, []).append(concept.code)
        return {code: tuple(children) for code, children in below.items()}

    def _closure(self, code: str, neighbours: dict[str, tuple[str, ...]]) -> frozenset[str]:
        if code not in self.concepts:
            return frozenset()
        found = {code}
        waiting = [code]
        while waiting:
            for neighbour in neighbours.get(waiting.pop(), ()):
                if neighbour in self.concepts and neighbour not in found:
                    found.add(neighbour)
                    waiting.append(neighbour)
        return frozenset(found)


class Filter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """ValueSet.compose.include.filter."""

    property: str
    op: str
    value: str


class Rule(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """ValueSet.compose.include or exclude: codes that are in the system *and* in every value set named."""

    system: str
    codes: tuple[str, ...] | None
    """The codes listed; None: every code that passes the filters."""
    filters: tuple[Filter, ...]
    value_sets: tuple[str, ...]


class ValueSet(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a value set is made of; `Definitions.value_set_codes` expands it."""

    url: str
    name: str
    title: str
    include: tuple[Rule, ...]
    exclude: tuple[Rule, ...]
