"""A few thousand citizens of a region, counted once: what docs/region.md shows beside public figures."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.codes.iplos import VARIABLE
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.people import Person, Protection
from fellesjournal.rollout.region.region import Plan
from rollout.region import telling

Json = dict[str, Any]
READ = {"Encounter", "Condition", "Immunization", "MedicationStatement", "EpisodeOfCare"}
"""Types that are looked into; the others are counted."""
_IPLOS = VARIABLE.system.encode()


@dataclass
class Told:
    """One citizen and what was told of them."""

    person: Person
    problems: set[str] = field(default_factory=set)
    """Texts of the list's problems."""
    medicines: set[str] = field(default_factory=set)
    """ATC codes of what is used on the last day."""
    vaccines: Counter[str] = field(default_factory=Counter)
    """Doses by the text of the vaccine."""
    services: set[str] = field(default_factory=set)
    """Texts of municipal services that go on on the last day."""
    contacts: list[tuple[str, str, str, date, date]] = field(default_factory=list)
    """Class, kind of unit, why, first and last day."""
    scored: bool = False
    """Whether IPLOS scores are there."""


class Sample:
    """Every citizen of a plan's region, and how many resources of each type they have."""

    def __init__(self, plan: Plan) -> None:
        self.since, self.today = plan.era
        self.kinds: Counter[str] = Counter()
        self.sizes: list[int] = []
        self.told: list[Told] = []
        region, census = telling.counted(plan)
        for block in range(plan.blocks):
            persons = region.persons(block, telling.part_of(census, block))
            self._read(persons, telling.anew(plan, block))

    @property
    def living(self) -> list[Told]:
        """Those who live on the last day."""
        return [one for one in self.told if one.person.died is None]

    def aged(self, youngest: int, oldest: int = 200) -> list[Told]:
        """Those of the living who are between two ages."""
        return [one for one in self.living if youngest <= one.person.age(self.today) <= oldest]

    def years(self, youngest: int = 0, oldest: int = 200) -> float:
        """Years that citizens of those ages have lived in the recorded time."""
        return sum(
            self._lives(one.person, year) and youngest <= one.person.age(date(year, 6, 1)) <= oldest
            for one in self.told
            for year in self._middles
        )

    def a_year(self, wanted: Callable[[str, str, str], bool], youngest: int = 0, oldest: int = 200) -> float:
        """Contacts a year for each citizen of those ages; `wanted` is asked of class, unit and why."""
        found = sum(
            wanted(way, unit, why) and youngest <= one.person.age(first) <= oldest
            for one in self.told
            for way, unit, why, first, _ in one.contacts
        )
        return found / self.years(youngest, oldest)

    def share(self, of: Iterable[Told], wanted: Callable[[Told], bool]) -> float:
        """How many of a hundred of them are so."""
        among = list(of)
        return 100 * sum(map(wanted, among)) / len(among)

    def homes(self) -> Counter[tuple[int, int, int]]:
        """How many of the living are in each household."""
        return Counter(
            (one.person.household.municipality, one.person.household.street, one.person.household.house)
            for one in self.living
            if one.person.household.protection is Protection.NONE
        )

    @property
    def _middles(self) -> range:
        return range(self.since.year + 1, self.today.year + 1)

    def _lives(self, person: Person, year: int) -> bool:
        middle = date(year, 6, 1)
        return person.born <= middle and (person.died is None or person.died > middle)

    def _read(self, persons: list[Person], found: Iterable[bytes]) -> None:
        block = {person.id: Told(person) for person in persons}
        sizes: defaultdict[str, int] = defaultdict(int)
        for body in found:
            kind = body[17 : body.index(b'"', 17)].decode()
            self.kinds[kind] += 1
            if kind == "Patient":
                continue
            owner = "-".join(body[body.index(b'"id":"') + 6 :].split(b'"', 1)[0].decode().split("-")[:2])
            sizes[owner] += 1
            if kind in READ:
                _TELLS[kind](block[owner], msgspec.json.decode(body))
            elif _IPLOS in body:
                block[owner].scored = True
        self.told += block.values()
        self.sizes += [sizes[one] for one in block]


def _contact(told: Told, body: Json) -> None:
    first = date.fromisoformat(body["period"]["start"][:10])
    last = date.fromisoformat(body["period"].get("end", body["period"]["start"])[:10])
    unit = body["serviceProvider"]["reference"].rpartition("/")[2]
    why = body["reasonCode"][0]["text"] if "reasonCode" in body else ""
    told.contacts.append((body["class"]["code"], unit, why, first, last))


def _problem(told: Told, body: Json) -> None:
    told.problems.add(body["code"]["text"])


def _dose(told: Told, body: Json) -> None:
    told.vaccines[body["vaccineCode"]["text"]] += 1


def _medicine(told: Told, body: Json) -> None:
    if body["status"] == "active":
        told.medicines.add(medicine(body)["coding"][0]["code"])


def _service(told: Told, body: Json) -> None:
    if "end" not in body["period"]:
        told.services.add(body["type"][0]["text"])


_TELLS: dict[str, Callable[[Told, Json], None]] = {
    "Encounter": _contact,
    "Condition": _problem,
    "Immunization": _dose,
    "MedicationStatement": _medicine,
    "EpisodeOfCare": _service,
}


def woman(told: Told) -> bool:
    """Whether the register says female."""
    return told.person.sex is Sex.FEMALE
