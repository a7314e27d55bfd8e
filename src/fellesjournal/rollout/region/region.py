"""The region as a whole: how large, from which seed, and its resources block by block."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from fellesjournal.errors import Invalid
from fellesjournal.rollout.region import citizens, families, newborns, prescribing, register, stories
from fellesjournal.rollout.region.census import Census
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.courses import COURSES, allergies
from fellesjournal.rollout.region.diaries import Diaries
from fellesjournal.rollout.region.families import Era
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.people import Family, Person
from fellesjournal.rollout.region.places import Places

BLOCK = 100
"""Citizens that are built together."""
FEWEST, MOST = 20, 720_000
POCKET, SEED = 200, "fellesjournal"
"""What is built when nothing else is asked for."""
LONGEST = 30
"""Years of record."""
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes a region: the same plan gives the same bytes."""

    citizens: int
    seed: str
    start: date
    years: int = 10

    @property
    def era(self) -> Era:
        """The first and the last day of the records."""
        return Era(self.start, years_after(self.start, self.years))

    @property
    def blocks(self) -> int:
        """How many blocks the citizens are in; the last may be smaller."""
        return -(-self.citizens // BLOCK)


def plan(citizens: int, seed: str, start: date | None, years: int, today: date) -> Plan:
    """A plan that can be built; without a start the records end today. Raises Invalid with the reason."""
    if not FEWEST <= citizens <= MOST:
        raise Invalid(f"A region has from {FEWEST} to {MOST:,} citizens, not {citizens:,}.")
    if not 1 <= years <= LONGEST:
        raise Invalid(f"Records are of 1 to {LONGEST} years, not {years}.")
    first = start or years_after(today, -years)
    if first > today:
        raise Invalid(
            f"The records cannot begin on {first}, which is in the future: choose an earlier --start."
        )
    if years_after(first, years) > today:
        raise Invalid(
            f"{years} years from {first} end in the future: choose an earlier --start or fewer --years."
        )
    if first.year < 1990:
        raise Invalid(f"The records cannot begin on {first}: the earliest is 1990-01-01.")
    return Plan(citizens, seed, first, years)


AFTER_BLOCKS = 2
"""The third of the hour of those with stories: not that of a small region's two blocks."""


class Region:
    """Builds a plan's resources. Any process may build any block, when it has the census."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.places = Places(plan.citizens)

    def census(self) -> bytes:
        """Two bytes of each citizen (see Census); made once, by drawing all families."""
        census = Census(self.places.gp)
        for block in range(self.plan.blocks):
            census.count(self.families(block))
        return census.serials.tobytes()

    def foundation(self) -> Iterator[bytes]:
        """The units, services and workers, which everything else refers to."""
        yield from map(_encode, self.places.resources())

    def stories(self, share: int = 0, shares: int = 1) -> Iterator[bytes]:
        """The resources of the citizens with written stories, or of a share of them: all Patients first, then
        each life.
        """
        cast = list(stories.cast(self.plan.era.until))[share::shares]
        for person, _ in cast:
            yield _encode(citizens.patient(person, self.places))
        diaries = Diaries(AFTER_BLOCKS)
        for person, told in cast:
            services = self.places.serving(person.household).by_named_workers()
            life = Life(person, self.plan.era, services, stories.SEED, diaries)
            told(life)
            allergies.are_asked_about(life)
            prescribing.settle(life)
            life.close()
            yield from life.chart.bodies

    def families(self, block: int) -> list[Family]:
        """Who lives in a block, without names and numbers."""
        plan = self.plan
        room = min(BLOCK, plan.citizens - block * BLOCK)
        found: list[Family] = []
        chance, born = Chance(plan.seed, "families", block), 0
        while room:
            home = self.places.home(chance)
            family = families.family(chance, plan.era, home, room)
            room -= len(family.persons)
            found.append(family)
            at_large = self.places.municipalities[home].hospital == 0
            if block == 0 and room and at_large and born < newborns.WANTED:
                came = newborns.is_born(family, plan.era.until, Chance(plan.seed, "newborn", len(found)))
                born, room = born + came, room - came
        return found

    def block(self, number: int, serials: bytes) -> Iterator[bytes]:
        """The resources of a block's citizens: all Patients first, then each life. `serials` is the block's
        part of the census."""
        persons = self.persons(number, serials)
        for person in persons:
            yield _encode(citizens.patient(person, self.places))
        diaries = Diaries(number)
        for person in persons:
            yield from self._life(person, diaries)

    def persons(self, block: int, serials: bytes) -> list[Person]:
        """Who lives in a block, as the register has them."""
        found, first, numbers = self.families(block), 0, memoryview(serials).cast("H")
        names = {f"{one.given} {one.family_name}" for one, _ in stories.cast(self.plan.era.until)}
        for family in found:
            last = first + len(family.persons)
            register.enter(family, block * BLOCK + first, self.plan.seed, numbers[first:last], names)
            first = last
        return [person for family in found for person in family.persons]

    def _life(self, person: Person, diaries: Diaries) -> list[bytes]:
        life = Life(person, self.plan.era, self.places.serving(person.household), self.plan.seed, diaries)
        for course in COURSES:
            life.turn_to(f"{course.__module__}.{course.__name__}")
            course(life)
        prescribing.settle(life)
        life.close()
        return life.chart.bodies
