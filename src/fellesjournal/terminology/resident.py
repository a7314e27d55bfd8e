"""A code system in memory: made from a CodeSystem resource, or from what a value set lists itself."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cached_property

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.terminology import validity
from fellesjournal.terminology.conditions import (
    DISPLAY,
    Above,
    Abstract,
    Active,
    All,
    Any,
    Below,
    ChildOf,
    Codes,
    Condition,
    Displayed,
    Has,
    HasValue,
    Matching,
    Named,
    Not,
    ParentOf,
)
from fellesjournal.terminology.finding.words import code_key
from fellesjournal.terminology.regex import matcher
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.system import About
from fellesjournal.terminology.words import is_named

Set = frozenset[str]


class Resident:
    """Concepts by code, in the order of their source. See system.System for what the methods answer."""

    def __init__(self, about: About, concepts: dict[str, Concept]) -> None:
        self.about = about
        self._concepts = concepts
        self._folded = {} if about.case_sensitive else {code.lower(): code for code in concepts}
        self._refuse_cycles()

    async def concepts(self, codes: Collection[str]) -> dict[str, Concept]:
        """See System."""
        found = {asked: self._concepts.get(asked) or self._regardless(asked) for asked in codes}
        return {asked: concept for asked, concept in found.items() if concept}

    def _regardless(self, code: str) -> Concept | None:
        return self._concepts.get(self._folded.get(code.lower(), "")) if self._folded else None

    async def properties(self) -> Set:
        """See System."""
        return frozenset(one.name for concept in self._concepts.values() for one in concept.properties)

    async def alike(self, code: str) -> list[str]:
        """See System."""
        key = code_key(code)
        return [one for one in self._concepts if code_key(one) == key] if key else []

    async def children(self, code: str) -> list[str]:
        """See System."""
        return self._children.get(code, [])

    async def compared(self, a: str, b: str) -> int:
        """See System."""
        if a == b:
            return 0
        if a in self._reached(b, self._parents):
            return 1
        return -1 if b in self._reached(a, self._parents) else 0

    async def among(self, codes: Collection[str], condition: Condition) -> Set:
        """See System."""
        return self._meeting(condition).intersection(codes)

    async def count(self, condition: Condition) -> int:
        """See System."""
        return len(self._meeting(condition))

    async def page(self, condition: Condition, offset: int, limit: int) -> list[Concept]:
        """See System."""
        return [self._concepts[code] for code in self._in_order(condition)[offset : offset + limit]]

    async def codes(self, condition: Condition, limit: int) -> list[str]:
        """See System."""
        return self._in_order(condition)[:limit]

    async def best(self, text: str, day: date, *, active_only: bool) -> dict[str, str] | None:
        """See System. There is no index of texts in memory."""
        return None

    async def edges(self, limit: int) -> list[tuple[str, str]]:
        """See System."""
        found = [(code, parent) for code, parents in self._parents.items() for parent in parents]
        return found[:limit]

    def _in_order(self, condition: Condition) -> list[str]:
        meeting = self._meeting(condition)
        return [code for code in self._concepts if code in meeting]

    def _meeting(self, condition: Condition) -> Set:
        match condition:
            case All(of):
                return self._every.intersection(*map(self._meeting, of))
            case Any(of):
                return frozenset[str]().union(*map(self._meeting, of))
            case Not(one):
                return self._every - self._meeting(one)
            case Codes(codes):
                return self._every.intersection(codes)
            case Below(code, itself):
                below = self._reached(code, self._children)
                return below if itself else below - {code}
            case Above(code):
                return self._reached(code, self._parents)
            case ChildOf(codes):
                return frozenset(child for code in codes for child in self._children.get(code, ()))
            case ParentOf(codes):
                return frozenset(parent for code in codes for parent in self._parents.get(code, ()))
        return frozenset(code for code, concept in self._concepts.items() if _meets(concept, condition))

    @cached_property
    def _every(self) -> Set:
        return frozenset(self._concepts)

    @cached_property
    def _parents(self) -> dict[str, list[str]]:
        """Parents that are here: of a part of a system some are not."""
        return {
            code: [parent for parent in concept.parents if parent in self._concepts]
            for code, concept in self._concepts.items()
        }

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for code, parents in self._parents.items():
            for parent in parents:
                below.setdefault(parent, []).append(code)
        return below

    def _reached(self, code: str, neighbours: dict[str, list[str]]) -> Set:
        """The code and all that is reached from it; nothing when the system has no such code."""
        found = {code} & self._concepts.keys()
        waiting = list(found)
        while waiting:
            new = set(neighbours.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return frozenset(found)

    def _refuse_cycles(self) -> None:
        cycle = _cycle(self._parents)
        if cycle:
            text = f"The hierarchy of {self.about.canonical} goes in a circle: {' below '.join(cycle)}."
            raise Unprocessable(Issue("business-rule", text, "CodeSystem.concept"))


def _cycle(parents: dict[str, list[str]]) -> list[str]:
    """Codes that stand below one another, the first one again at the end; empty where there are none."""
    done: set[str] = set()
    for start, first in parents.items():
        path, lines = [start], [iter(first)]
        on_path = {start}
        while lines and start not in done:
            parent = next(lines[-1], None)
            if parent is None:
                lines.pop()
                last = path.pop()
                on_path.discard(last)
                done.add(last)
            elif parent in on_path:
                return [*path[path.index(parent) :], parent]
            elif parent not in done:
                path.append(parent)
                on_path.add(parent)
                lines.append(iter(parents[parent]))
    return []


def _meets(concept: Concept, condition: Condition) -> bool:
    match condition:
        case Active(day):
            return validity.in_use(concept, day)
        case Abstract():
            return concept.abstract
        case Named(words):
            return is_named(concept, words)
        case Displayed(texts):
            return concept.display in texts
        case Has(name):
            return any(_values(concept, name))
        case HasValue(name, values):
            return any(value in values for value in _values(concept, name))
        case Matching(name, pattern):
            matches = matcher(pattern)
            return any(map(matches, _values(concept, name) if name else [concept.code]))
    raise AssertionError(condition)


def _values(concept: Concept, name: str) -> Iterable[str]:
    if name == DISPLAY:
        return [concept.display]
    return [one.value for one in concept.properties if one.name == name]
