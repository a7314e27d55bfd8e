"""The region's municipalities, units and workers, and who serves whom."""

from collections.abc import Iterator
from functools import lru_cache

from fellesjournal.rollout.region import (
    calendars,
    day_programmes,
    directory,
    organisations,
    sickrooms,
    staff,
    workforce,
)
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.municipalities import municipalities, slug
from fellesjournal.rollout.region.names import family_name, given_name
from fellesjournal.rollout.region.people import Household
from fellesjournal.rollout.region.services import Services
from fellesjournal.rollout.region.units import Municipality, Service, Unit, Worker
from fellesjournal.rollout.region.workforce import Post

EXTRA_ROLE = 8
"""One of so many workers has a role at another unit of the same business as well."""


class Places:
    """As many municipalities, units and workers as the citizens need; the same for the same number."""

    def __init__(self, citizens: int) -> None:
        self.municipalities = municipalities(citizens, len(organisations.HOSPITALS))
        self.units = [_named(unit) for unit in organisations.units(self.municipalities, citizens)]
        self._shares = [(place, one.share) for place, one in enumerate(self.municipalities)]
        self._serving = {
            (one.slug, service): units
            for one in self.municipalities
            for service, units in self._by_service(one).items()
        }
        self._lists = [self._gps_of(number) for number in range(len(organisations.HOSPITALS))]
        self.services = lru_cache(maxsize=10_000)(self._services)

    def home(self, chance: Chance) -> int:
        """The municipality that a household lives in, by its share."""
        return chance.weighted(self._shares)

    def serving(self, household: Household) -> Services:
        """Who serves a household."""
        return self.services(household.municipality, household.street)

    def gp(self, household: Household) -> str:
        """The id of a household's GP."""
        one = self.municipalities[household.municipality]
        return self._doctor(self._serving[one.slug, Service.GP], household.street).id

    def workers(self, unit: Unit, policy: str) -> list[Worker]:
        """Those who work at a unit in a role: named ones first."""
        return _workers(unit, policy)

    def resources(self) -> Iterator[Json]:
        """Every unit and worker; references point only to what comes before."""
        for unit in self.units:
            yield directory.organization(unit)
            yield directory.location(unit)
            if service := directory.healthcare_service(unit):
                yield service
            yield from sickrooms.of_unit(unit)
            yield from calendars.of_unit(unit)
        yield from day_programmes.of_hospitals(self.units)
        yield from named_workers({unit.id: unit for unit in self.units})
        number = len(staff.WORKERS)
        for unit in self.units:
            for post, turn in workforce.turns(unit):
                yield from self._worker(unit, post, turn, number)
                number += 1

    def _worker(self, unit: Unit, post: Post, turn: int, number: int) -> Iterator[Json]:
        id = _id(unit, post.policy, turn)
        given, family = _name(id)
        professions = [post.profession] if post.profession else []
        yield directory.practitioner(id, given, family, professions, number)
        role = staff.Post(unit.id, post.policy, post.title, post.profession)
        yield from _in_role(f"{id}-1", id, role, turn, unit)
        if number % EXTRA_ROLE == 0 and (other := self._sister(unit)):
            yield directory.practitioner_role(
                f"{id}-2", id, role._replace(unit=other.id), turn + 1, other.service
            )

    def _sister(self, unit: Unit) -> Unit | None:
        """Another unit of the same kind and business."""
        same = (one for one in self.units if one.service is unit.service and one.within == unit.within)
        return next((one for one in same if one.id != unit.id), None)

    def _by_service(self, municipality: Municipality) -> dict[Service, list[Unit]]:
        """The units that serve a municipality: its own, its hospital's, else the first municipality's."""
        hospital = f"{slug(organisations.HOSPITALS[municipality.hospital])}-sykehus"
        businesses = (f"{municipality.slug}-kommune", hospital, f"{self.municipalities[0].slug}-kommune")
        found: dict[Service, list[Unit]] = {}
        for business in businesses:
            theirs: dict[Service, list[Unit]] = {}
            for unit in self.units:
                if unit.service and unit.within == business:
                    theirs.setdefault(unit.service, []).append(unit)
            found = theirs | found
        private = [unit for unit in self.units if unit.service and not unit.within]
        for unit in private:
            if self._is_in(unit, municipality):
                found.setdefault(unit.service or Service.GP, []).append(unit)
        return found

    def _is_in(self, unit: Unit, municipality: Municipality) -> bool:
        """Whether a private practice is in a municipality: its id begins so, or it has a name of its own."""
        if unit.id.startswith(f"{municipality.slug}-"):
            return True
        first = municipality is self.municipalities[0]
        return first and not any(unit.id.startswith(f"{one.slug}-") for one in self.municipalities)

    def _services(self, municipality: int, street: int) -> Services:
        one = self.municipalities[municipality]
        units = {
            service: units[street % len(units)]
            for (slug, service), units in self._serving.items()
            if slug == one.slug
        }
        gp = self._doctor(self._serving[one.slug, Service.GP], street)
        lists = self._lists[one.hospital]
        turn = (lists.index(gp.id), len(lists))
        return Services(units, self.workers, gp, nynorsk=one.nynorsk, turn=turn)

    def _doctor(self, offices: list[Unit], street: int) -> Worker:
        doctors = self.workers(offices[street % len(offices)], "lege")
        return doctors[street // 7 % len(doctors)]

    def _gps_of(self, hospital: int) -> list[str]:
        """The GPs whose patients a hospital has."""
        served = [one.slug for one in self.municipalities if one.hospital == hospital]
        offices = (unit for slug in served for unit in self._serving[slug, Service.GP])
        return [doctor.id for unit in offices for doctor in self.workers(unit, "lege")]


def named_workers(units: dict[str, Unit]) -> Iterator[Json]:
    """The people of staff.py with their roles at units by id."""
    for number, worker in enumerate(staff.WORKERS):
        yield directory.named_practitioner(worker, number)
        for turn, post in enumerate(worker.posts, 1):
            yield from _in_role(f"{worker.id}-{turn}", worker.id, post, 0, units[post.unit])


def _in_role(id: str, worker: str, post: staff.Post, turn: int, unit: Unit) -> Iterator[Json]:
    """A role, and the calendar of who is booked in it. Nobody has two of the same hours: who is at a second
    unit of the kind is booked at the first."""
    yield directory.practitioner_role(id, worker, post, turn, unit.service)
    yield from calendars.of_worker(id, worker, post, unit)


def _named(unit: Unit) -> Unit:
    return unit._replace(name=staff.NAMES.get(unit.id, unit.name))


@lru_cache(maxsize=5_000)
def _workers(unit: Unit, policy: str) -> list[Worker]:
    known = [
        Worker(one.id, f"{one.given} {one.family}")
        for one in staff.WORKERS
        if any(post.unit == unit.id and post.policy == policy and not post.until for post in one.posts)
    ]
    ids = [_id(unit, policy, turn) for post, turn in workforce.turns(unit) if post.policy == policy]
    return known + [Worker(id, " ".join(_name(id))) for id in ids]


def _id(unit: Unit, policy: str, turn: int) -> str:
    return f"{unit.id}-{policy}-{turn + 1}"


@lru_cache(maxsize=50_000)
def _name(id: str) -> tuple[str, str]:
    chance = Chance("worker", id)
    return given_name(chance), family_name(chance)
