"""Who serves a household: the unit of each kind that its citizens belong to, and their GP."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from fellesjournal.rollout.region import specialities
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.staff import WORKERS
from fellesjournal.rollout.region.units import Service, Unit, Worker

IN_SHIFTS = ("sykepleier", "helsefagarbeider")
SHIFTS = 3
MORNING, AFTERNOON, NIGHT = 7, 15, 22
"""Hours at which a shift begins at those who visit homes."""
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

    def worker(
        self,
        service: Service,
        policy: str,
        turn: int,
        about: Sequence[Problem] = (),
        when: tuple[date, int | None] | None = None,
    ) -> Worker:
        """One who works there in the role: another for another turn, at a clinic for many ills also for
        another speciality, and of those who visit homes one who is at work on the day at the hour. Raises
        ValueError when nobody does."""
        unit = self._units[service]
        there: Sequence[Worker] = self._workers(unit, policy)
        if not there:
            raise ValueError(f"nobody is {policy} at {unit.id}: see workforce.py")
        if about and service is Service.CLINIC and policy == "lege":
            there = specialities.take(there, about[0])
        if when and when[1] is not None and service is Service.HOME_CARE and policy in IN_SHIFTS:
            there = _on_shift(there, when[0], when[1])
        return there[turn % len(there)]

    def by_named_workers(self) -> "Services":
        """The same units; where workers of staff.py have the role, they are those who are met."""
        everybody = self._workers

        def named(unit: Unit, policy: str) -> list[Worker]:
            there = everybody(unit, policy)
            return [one for one in there if one.id in NAMED] or there

        return Services(self._units, named, self.gp, nynorsk=self.nynorsk, turn=self.turn)


def _on_shift(there: Sequence[Worker], day: date, hour: int) -> Sequence[Worker]:
    """Those of a team who have the day, the night or the evening in that week: each has one of them, and the
    next week the one after it, so that nobody comes to a home by night and again in the morning."""
    if len(there) < SHIFTS:
        return there
    shift = 0 if MORNING <= hour < AFTERNOON else 2 if AFTERNOON <= hour < NIGHT else 1
    week = (day.toordinal() - 1) // 7
    return there[(shift - week) % SHIFTS :: SHIFTS]
