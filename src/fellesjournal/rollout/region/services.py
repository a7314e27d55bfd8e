"""Who serves a household: the unit of each kind that its citizens belong to, and their GP."""

from fellesjournal.rollout.region.units import Service, Unit, Worker


class Services:
    """The units of one household's municipality and hospital."""

    def __init__(
        self,
        units: dict[Service, Unit],
        workers: dict[tuple[str, str], list[Worker]],
        gp: Worker,
        nynorsk: bool,
    ) -> None:
        self._units, self._workers = units, workers
        self.gp, self.nynorsk = gp, nynorsk

    def unit(self, service: Service) -> Unit:
        """The unit of that kind."""
        return self._units[service]

    def worker(self, service: Service, policy: str, turn: int) -> Worker:
        """One who works there in the role; another for another turn, the same for the same."""
        there = self._workers[self._units[service].id, policy]
        return there[turn % len(there)]
