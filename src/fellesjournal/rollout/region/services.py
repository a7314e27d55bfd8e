"""Who serves a household: the unit of each kind that its citizens belong to, and their GP."""

from collections.abc import Callable, Mapping, Sequence

from fellesjournal.rollout.region import specialities
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.staff import WORKERS
from fellesjournal.rollout.region.units import Service, Unit, Worker

NAMED = frozenset(one.id for one in WORKERS)


class Services:
    """The units of one household's municipality and hospital; `workers` tells who works there in a role."""

    def __init__(
        self,
        units: Mapping[Service, Unit],
        workers: Callable[[Unit, str], list[Worker]],
        gp: Worker,
        *,
        nynorsk: bool,
        turn: tuple[int, int],
    ) -> None:
        self._units, self._workers = units, workers
        self.gp, self.nynorsk = gp, nynorsk
        self.turn = turn
        """Which of the hospital's GPs it is, from 0, and of how many."""

    def unit(self, service: Service) -> Unit:
        """The unit of that kind."""
        return self._units[service]

    def workers(self, service: Service, policy: str) -> list[Worker]:
        """All who work there in the role."""
        return self._workers(self._units[service], policy)

    def worker(self, service: Service, policy: str, turn: int, about: Sequence[Problem] = ()) -> Worker:
        """One who works there in the role: another for another turn, at a clinic for many ills also for
        another speciality. Raises ValueError when nobody does."""
        unit = self._units[service]
        there: Sequence[Worker] = self._workers(unit, policy)
        if not there:
            raise ValueError(f"nobody is {policy} at {unit.id}: see workforce.py")
        if about and service is Service.CLINIC and policy == "lege":
            there = specialities.take(there, about[0])
        return there[turn % len(there)]

    def by_named_workers(self) -> "Services":
        """The same units; where workers of staff.py have the role, they are those who are met."""
        everybody = self._workers

        def named(unit: Unit, policy: str) -> list[Worker]:
            there = everybody(unit, policy)
            return [one for one in there if one.id in NAMED] or there

        return Services(self._units, named, self.gp, nynorsk=self.nynorsk, turn=self.turn)
