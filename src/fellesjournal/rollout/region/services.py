"""Who serves a household: the unit of each kind that its citizens belong to, and their GP."""

from collections.abc import Callable, Mapping

from fellesjournal.rollout.region.units import Service, Unit, Worker


class Services:
    """The units of one household's municipality and hospital; `workers` tells who works there in a role."""

    def __init__(
        self,
        units: Mapping[Service, Unit],
        workers: Callable[[Unit, str], list[Worker]],
        gp: Worker,
        *,
        nynorsk: bool,
    ) -> None:
        self._units, self._workers = units, workers
        self.gp, self.nynorsk = gp, nynorsk

    def unit(self, service: Service) -> Unit:
        """The unit of that kind."""
        return self._units[service]

    def worker(self, service: Service, policy: str, turn: int) -> Worker:
        """One who works there in the role; another for another turn. Raises ValueError when nobody does."""
        unit = self._units[service]
        there = self._workers(unit, policy)
        if not there:
            raise ValueError(f"nobody is {policy} at {unit.id}: see workforce.py")
        return there[turn % len(there)]
