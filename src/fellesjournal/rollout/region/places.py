"""Municipalities, units and workers of the region, and who serves whom."""

from collections.abc import Iterator

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.people import Household
from fellesjournal.rollout.region.services import Services
from fellesjournal.rollout.region.units import Municipality, Service, Unit, Worker


class Places:
    """The region's municipalities and units, as many as its citizens need."""

    def __init__(self, citizens: int) -> None:
        self.municipalities = (Municipality("9901", "Isfjell", "0099", 1.0),)
        self._units = {
            service: Unit(f"isfjell-{service.value}", f"Isfjell {service.value}") for service in Service
        }

    def home(self, chance: Chance) -> int:
        """The municipality that a household lives in, by its share."""
        return chance.weighted([(place, one.share) for place, one in enumerate(self.municipalities)])

    def services(self, household: Household) -> Services:
        """Who serves a household."""
        policies = (
            "lege",
            "sykepleier",
            "helsefagarbeider",
            "helsesykepleier",
            "jordmor",
            "fysioterapeut",
            "ergoterapeut",
            "saksbehandler",
            "psykolog",
            "radiograf",
            "bioingenior",
            "ambulansearbeider",
            "helsesekretaer",
        )
        workers = {
            (unit.id, policy): [Worker(f"{unit.id}-{policy}", "Rolig Tindvik")]
            for unit in self._units.values()
            for policy in policies
        }
        return Services(
            self._units,
            workers,
            workers[self._units[Service.GP].id, "lege"][0],
            self.municipalities[household.municipality].nynorsk,
        )

    def resources(self) -> Iterator[Json]:
        """Every unit and worker."""
        policies = (
            "lege",
            "sykepleier",
            "helsefagarbeider",
            "helsesykepleier",
            "jordmor",
            "fysioterapeut",
            "ergoterapeut",
            "saksbehandler",
            "psykolog",
            "radiograf",
            "bioingenior",
            "ambulansearbeider",
            "helsesekretaer",
        )
        for unit in self._units.values():
            yield {"resourceType": "Organization", "id": unit.id, "name": unit.name, "active": True}
            for policy in policies:
                yield {
                    "resourceType": "Practitioner",
                    "id": f"{unit.id}-{policy}",
                    "name": [{"family": "Tindvik"}],
                }
