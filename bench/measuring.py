"""One measured run: the load works, the cost of server and PostgreSQL is read before and after."""

from dataclasses import dataclass
from typing import Any

from bench import machine
from bench.load import Load, Measured
from bench.report import median, percentile, say, show
from bench.server import Cost, Server


@dataclass(frozen=True)
class Effort:
    """How long to measure: seconds of warm-up, number of runs and their seconds, numbers of clients; and
    how many citizens a region has."""

    warm_up: float = 30
    runs: int = 3
    seconds: float = 60
    clients: tuple[int, ...] = (16, 32)
    citizens: int = 5_000
    years: int = 10
    is_quick: bool = False


QUICK = Effort(warm_up=5, runs=1, seconds=10, clients=(16,), is_quick=True)


@dataclass(frozen=True)
class Run:
    """What one run gave."""

    measured: Measured
    cost: Cost
    load_average: float

    @property
    def per_second(self) -> float:
        """Requests per second."""
        return self.measured.requests / self.measured.seconds

    @property
    def server_ms(self) -> float:
        """CPU-ms of the server per request."""
        return 1000 * self.cost.server / max(1, self.measured.requests)

    @property
    def database_ms(self) -> float:
        """CPU-ms of PostgreSQL per request."""
        return 1000 * self.cost.database / max(1, self.measured.requests)

    @property
    def total_ms(self) -> float:
        """CPU-ms of both per request."""
        return self.server_ms + self.database_ms


def measure(server: Server, load: Load, effort: Effort) -> list[Run]:
    """Warm up, then run as often as `effort` says."""
    load.run(effort.warm_up)
    runs = []
    for _ in range(effort.runs):
        before = server.cost()
        measured = load.run(effort.seconds)
        runs.append(Run(measured, server.cost().since(before), machine.load_average()))
    return runs


def middle(runs: list[Run]) -> Run:
    """The run with the median cost per request."""
    return sorted(runs, key=lambda run: run.total_ms)[len(runs) // 2]


def tell(name: str, clients: int, runs: list[Run]) -> dict[str, Any]:
    """Print the median run and what was wrong in any; give the figures."""
    run = middle(runs)
    times = run.measured.times
    show(
        f"{name}, {clients} clients, median of {len(runs)} runs of {run.measured.seconds:.0f} s",
        ("requests/s", "CPU-ms/request", "server", "PostgreSQL", "client's CPU-ms", "load average"),
        [(run.per_second, run.total_ms, run.server_ms, run.database_ms, client_ms(run), run.load_average)],
    )
    show(
        "Milliseconds by kind",
        ("kind", "requests", "p50", "p99", "max"),
        [(kind, len(all), *quantiles(all).values()) for kind, all in times.items()],
    )
    faults = sum(run.measured.faults for run in runs)
    say(f"Wrong answers: {faults} of {sum(run.measured.requests for run in runs)}")
    for text in [text for run in runs for text in run.measured.listed][:20]:
        say(f"  {text}")
    return {
        "clients": clients,
        "requests_per_second": [run.per_second for run in runs],
        "cpu_ms_per_request": median(run.total_ms for run in runs),
        "server_ms": run.server_ms,
        "database_ms": run.database_ms,
        "client_ms": client_ms(run),
        "wrong": faults,
        "kinds": {kind: quantiles(all) for kind, all in times.items()},
    }


def client_ms(run: Run) -> float:
    """CPU-ms of the load client per request: not counted, but it shares the cores."""
    return 1000 * run.measured.client_cpu / max(1, run.measured.requests)


def quantiles(seconds: "Any") -> dict[str, float]:
    """p50, p99 and the largest, in milliseconds."""
    return {
        "p50": 1000 * percentile(seconds, 0.50),
        "p99": 1000 * percentile(seconds, 0.99),
        "max": 1000 * max(seconds, default=0.0),
    }
