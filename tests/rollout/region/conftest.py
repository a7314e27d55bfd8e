"""One small region, told once for all tests, and lives told course by course."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
import pytest

from conftest import lasting
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region import prescribing
from fellesjournal.rollout.region.families import Era
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Household, Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.region import POCKET, Plan, plan
from rollout.region import telling

Json = dict[str, Any]
TODAY = date(2026, 11, 26)
ERA = Era(date(2016, 11, 26), TODAY)


@dataclass
class Record:
    """One citizen's resources by type, in the order in which they were written."""

    patient: Json
    all: list[Json] = field(default_factory=list)

    def of(self, kind: str) -> list[Json]:
        return [one for one in self.all if one["resourceType"] == kind]

    @property
    def born(self) -> str:
        return str(self.patient["birthDate"])

    @property
    def died(self) -> str:
        return str(self.patient.get("deceasedDateTime", ""))


@pytest.fixture(scope="session")
def region_plan() -> Plan:
    return plan(1000, "prøve", None, 10, TODAY)


@pytest.fixture(scope="session")
def records(region_plan: Plan) -> dict[str, Record]:
    """Every citizen of a region of 1,000, by id."""
    return _records(telling.every_block(region_plan))


@pytest.fixture(scope="session", params=["regel", "unntak"])
def pocket(request: pytest.FixtureRequest) -> dict[str, Record]:
    """Every citizen of two pockets of other seeds, by id: what is a rule holds in every region."""
    return _records(telling.every_block(plan(POCKET, request.param, None, 10, TODAY)))


def _records(bodies: Iterable[bytes]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for body in map(msgspec.json.decode, bodies):
        if body["resourceType"] == "Patient":
            found[body["id"]] = Record(body)
        elif body["id"].startswith("innbygger-"):
            found["-".join(body["id"].split("-")[:2])].all.append(body)
    return lasting(found)


@pytest.fixture(scope="session")
def places() -> Places:
    return Places(1000)


@pytest.fixture
def life(places: Places) -> Callable[..., Life]:
    """A life that is yet to be told: `life(born, sex, died, seed)`."""

    def make(
        born: date = date(1950, 5, 5), sex: Sex = Sex.MALE, died: date | None = None, seed: str = "prøve"
    ) -> Life:
        home = Household(0, 1, 1)
        person = Person(0, sex, born, home, died, "innbygger-1", "Rask", "Bjørkebekk")
        return Life(person, ERA, places.serving(home), seed)

    return make


def bodies(life: Life) -> list[Json]:
    """What a life holds when it has been closed."""
    prescribing.settle(life)
    life.close()
    return [msgspec.json.decode(one) for one in life.chart.bodies]
