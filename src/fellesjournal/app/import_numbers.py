"""Before an import: nobody in its files would get a number of the registers that somebody else in use has.

It is the rule that every write through the door follows (record.bounds). Here it is looked at for all files
at once and before anything is stored: a citizen who was left out alone would leave the rest of a record
without its citizen. Who is written meanwhile by others is not seen.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from fellesjournal.access.scoping import SINGLE
from fellesjournal.app import sources
from fellesjournal.app.import_worker import Wrong
from fellesjournal.app.sources import Item
from fellesjournal.errors import Issue
from fellesjournal.norway.identity.personal import shown
from fellesjournal.record import bounds
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

Tree = dict[str, Any]
Number = tuple[str, str]

_AT_A_TIME = 50
_SYSTEMS = {name: frozenset(systems) for name, systems in SINGLE}
_NAMES = tuple(f'"{name}"'.encode() for name in _SYSTEMS)
_decode = msgspec.json.Decoder(Tree).decode


class Bearer(NamedTuple):
    """Who has a number in the files: type and id, where that stands, and with whom it is one person."""

    type: str
    id: str
    path: Path
    place: str
    joined: frozenset[str]

    @property
    def reference(self) -> str:
        """As others name it: "Patient/7"."""
        return f"{self.type}/{self.id}"

    def wrong(self, number: Number, other: str) -> Wrong:
        """That another has the number too; `other` says who and where."""
        text = (
            f"{self.reference} has the number {shown(number[1])}, which {other} has too. Leave one of "
            "them out; or, when the two are one person, name the other in link, or take one out of use "
            "(active: false)."
        )
        return Wrong(self.path, self.place, (Issue("conflict", text, f"{self.type}.identifier"),))


@dataclass(slots=True)
class Numbers:
    """The numbers in some files, each with its first bearer; `left` are the last numbers of each resource."""

    first: dict[tuple[str, Number], Bearer] = field(default_factory=dict)
    left: dict[str, set[Number]] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    def add(self, bearer: Bearer, numbers: set[Number]) -> None:
        """Note what one resource has; who has what another in the files has, is wrong."""
        self.left[bearer.reference] = numbers
        for number in sorted(numbers):
            first = self.first.setdefault((bearer.type, number), bearer)
            if first.id != bearer.id and not _one_person(first, bearer):
                self.wrong.append(bearer.wrong(number, f"{first.reference} ({first.path}, {first.place})"))


def read(files: Iterable[Path]) -> Numbers:
    """The numbers in files. What cannot be understood is passed over here: the import tells of it."""
    found = Numbers()
    for file in files:
        if not sources.mentions(file, _NAMES):
            continue
        for part in sources.parts(file, sources.digest(file)):
            for item in part.items():
                for bearer, numbers in _bearers(file, item):
                    found.add(bearer, numbers)
    return found


async def against(record: Record, numbers: Numbers) -> list[Wrong]:
    """What is wrong when the files come into a record: somebody else there has a number now, and keeps it."""
    wrong = []
    asked = [*numbers.first.items()]
    for name in _SYSTEMS:
        some = [(number, bearer) for (type_name, number), bearer in asked if type_name == name]
        for at in range(0, len(some), _AT_A_TIME):
            part = dict(some[at : at + _AT_A_TIME])
            there = await _there(record, name, part)
            for number, bearer in part.items():
                others = _others(number, bearer, there, numbers)
                wrong += [bearer.wrong(number, f"{one} (in the record)") for one in others]
    return wrong


def _bearers(file: Path, item: Item) -> Iterator[tuple[Bearer, set[Number]]]:
    if item.faults or not any(name in item.body for name in _NAMES):
        return
    try:
        tree = _decode(item.body)
        systems = _SYSTEMS.get(tree.get("resourceType", ""))
        if systems is None:
            return
        numbers, joined = bounds.numbers_of(tree, systems), frozenset(bounds.joined_with(tree))
    except (msgspec.MsgspecError, AttributeError, TypeError):  # no resource: the import says why
        return
    id = tree.get("id") or item.spare_id
    yield Bearer(tree["resourceType"], id, file, item.place, joined), numbers


async def _there(record: Record, type_name: str, numbers: Iterable[Number]) -> Mapping[str, set[Number]]:
    """Those in the record who have one of the numbers now, by id."""
    asked = ",".join("|".join(number) for number in numbers)
    page = await record.search(type_name, [("identifier", asked), ("_count", "1000")], scope=Scope.everyone())
    systems = _SYSTEMS[type_name]
    return {
        one.stored.id: bounds.numbers_of(_decode(one.stored.body or b"{}"), systems) for one in page.entries
    }


def _others(number: Number, bearer: Bearer, there: Mapping[str, set[Number]], numbers: Numbers) -> list[str]:
    """Who else in the record keeps the number; nobody when the bearer has it there already."""
    having = [id for id, has in there.items() if number in has]
    if bearer.id in having:
        return []
    references = [f"{bearer.type}/{id}" for id in having]
    return [
        one
        for one in references
        if one not in bearer.joined and (one not in numbers.left or number in numbers.left[one])
    ]


def _one_person(one: Bearer, other: Bearer) -> bool:
    return one.reference in other.joined or other.reference in one.joined
