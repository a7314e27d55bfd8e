"""`python -m bench NAME ...`: what the product costs, each bench with one word (BENCHES)."""

import argparse
import asyncio
import compileall
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import fellesjournal
from bench import report, synthea
from bench.answers import answers
from bench.audit import bench_audit
from bench.booking import bench_booking
from bench.booking_race import bench_booking_race
from bench.chartsearch import bench_chartsearch
from bench.crud import Crud
from bench.disk import bench_disk
from bench.finding import bench_finding
from bench.growth import QUICK_ROUNDS, ROUNDS, bench_growth
from bench.guesses import ROUNDS as GUESSES
from bench.guesses import bench_guesses
from bench.imports import bench_http_import, bench_import, run_import
from bench.load import Load
from bench.measuring import QUICK, Effort, measure, tell
from bench.memory import bench_memory
from bench.paths import bench_paths
from bench.reach import bench_reach
from bench.region import bench_region
from bench.search import Searches, check
from bench.server import Server
from bench.shapes import shapes
from bench.terminology import fill, workloads
from bench.validation import bench_validation
from bench.workplace import bench_shift, bench_workplace

LARGE = synthea.COPIES_AT_MOST
ALONE = 1
"""One client waits for nobody: its times are those of the search itself, not of the queue."""
Figures = dict[str, Any]


def crud(effort: Effort, data: Path) -> Figures:
    """The 36-request iteration."""
    with Server() as server:
        return {"crud": [_loaded(server, "crud", Crud(), clients, effort) for clients in effort.clients]}


def search(effort: Effort, data: Path) -> Figures:
    """The 24 shapes on the set and on sixteen copies of it, with the ratio of the medians."""
    figures = small_search(effort, data)
    small, large = figures["search"], _searched(effort, data, LARGE)
    for one, other in zip(small, large, strict=True):
        _compare(one, other)
    return figures | {f"search_x{LARGE}": large}


def growth(effort: Effort, data: Path) -> Figures:
    """Each search asked of both sizes in turn."""
    searches = _searches(data, 1)
    with _filled(data, 1) as small, _filled(data, LARGE) as large:
        rounds = QUICK_ROUNDS if effort.is_quick else ROUNDS
        return {"growth": bench_growth(searches, small, large, rounds)}


def reach(effort: Effort, data: Path) -> Figures:
    """What it costs that a search is held to the actor's scope."""
    rounds = QUICK_ROUNDS if effort.is_quick else ROUNDS
    with _filled(data, 4) as server:
        return {"reach": bench_reach(server.database_url, rounds)}


def guesses(effort: Effort, data: Path) -> Figures:
    """Whether the time of an answer tells that a guess at a protected address is right."""
    with Server() as server:
        return {"guesses": bench_guesses(server.database_url, GUESSES // 5 if effort.is_quick else GUESSES)}


def audit(effort: Effort, data: Path) -> Figures:
    """What the log of every access costs."""
    with tempfile.TemporaryDirectory(prefix="fellesjournal-bench-audit-") as directory:
        Path(directory).chmod(0o755)  # as root the server runs as another user, who must be able to enter
        return bench_audit(Path(directory), 6 if effort.is_quick else 30)


def small_search(effort: Effort, data: Path) -> Figures:
    """The 24 shapes on the set as it is."""
    return {"search": _searched(effort, data, 1)}


def imported(effort: Effort, data: Path) -> Figures:
    """`fellesjournal import`."""
    return {"import": bench_import(effort, synthea.unpacked(data), data / "000")}


def http_import(effort: Effort, data: Path) -> Figures:
    """Transaction bundles over HTTP."""
    return {"http_import": bench_http_import(effort, synthea.unpacked(data))}


def memory(effort: Effort, data: Path) -> Figures:
    """Memory of the server's processes."""
    files, searches = synthea.unpacked(data), _searches(data, 1)
    with Server() as server:
        run_import(server, data / "000")
        return {"memory": bench_memory(effort, server, searches, files)}


def region(effort: Effort, data: Path) -> Figures:
    """`fellesjournal region build`."""
    with Server() as server:
        return {"region": bench_region(server, effort.citizens, effort.years)}


def disk(effort: Effort, data: Path) -> Figures:
    """Bytes on disk."""
    synthea.unpacked(data)
    with Server() as server:
        run_import(server, data / "000")
        return {"disk": asyncio.run(bench_disk(server))}


def paths(effort: Effort, data: Path) -> Figures:
    """FHIRPath expressions."""
    return {"paths": bench_paths(data)}


def validation(effort: Effort, data: Path) -> Figures:
    """Validating each resource of the set."""
    return bench_validation(synthea.resources(synthea.unpacked(data)), data)


def terminology(effort: Effort, data: Path) -> Figures:
    """Questions about ICD-10, one kind at a time."""
    known, asked = workloads()
    with Server() as server:
        asyncio.run(fill(server.database_url, known))
        return {
            f"terminology {workload.kind}": [
                _loaded(server, workload.kind, workload, clients, effort) for clients in effort.clients
            ]
            for workload in asked
        }


def finding(effort: Effort, data: Path) -> Figures:
    """Codes as people type them."""
    return {"finding": bench_finding(effort)}


def workplace(effort: Effort, data: Path) -> Figures:
    """The workplace at a citizen with 10,000 resources."""
    with Server() as server:
        return {"workplace": bench_workplace(server, effort)}


def shift(effort: Effort, data: Path) -> Figures:
    """Sixteen people at work at such a citizen."""
    with Server() as server:
        return {"shift": bench_shift(server, effort)}


def booking(effort: Effort, data: Path) -> Figures:
    """The first free times, and the guard under a race."""
    with Server() as server:
        return bench_booking(server, effort.seconds)


def booking_race(effort: Effort, data: Path) -> Figures:
    """Clients that book on few parties while workers are killed."""
    with Server(settings={"FELLESJOURNAL_WORKERS": "2"}) as server:
        return bench_booking_race(server, 15 if effort.is_quick else 60)


def chartsearch(effort: Effort, data: Path) -> Figures:
    """Search by words in a chart of 10,000 resources."""
    return bench_chartsearch(1 if effort.is_quick else 4)


BENCHES: dict[str, Callable[[Effort, Path], Figures]] = {
    "crud": crud,
    "search": search,
    "growth": growth,
    "reach": reach,
    "guesses": guesses,
    "audit": audit,
    "small_search": small_search,
    "import": imported,
    "http_import": http_import,
    "memory": memory,
    "region": region,
    "disk": disk,
    "paths": paths,
    "validation": validation,
    "terminology": terminology,
    "finding": finding,
    "workplace": workplace,
    "shift": shift,
    "chartsearch": chartsearch,
    "booking": booking,
    "booking_race": booking_race,
}


def _compare(small: Figures, large: Figures) -> None:
    rows = []
    for name, kind in small["kinds"].items():
        other = large["kinds"][name]
        rows.append((name, kind["p50"], other["p50"], other["p50"] / kind["p50"], kind["p99"], other["p99"]))
    columns = ("shape", "p50 x1", f"p50 x{LARGE}", "ratio", "p99 x1", f"p99 x{LARGE}")
    report.show(f"search, {small['clients']} clients: milliseconds on both sizes", columns, rows)


def _loaded(server: Server, name: str, workload: Any, clients: int, effort: Effort) -> Figures:
    with Load(workload, server.address, clients) as load:
        return tell(name, clients, measure(server, load, effort))


def _searches(data: Path, copies: int) -> Searches:
    trees = list(synthea.resources(synthea.unpacked(data)))
    ids: dict[str, list[str]] = {}
    for tree in trees:
        ids.setdefault(tree["resourceType"], []).append(tree["id"])
    chosen = shapes(ids)
    return Searches(tuple(chosen), answers(trees, chosen), copies)


@contextmanager
def _filled(data: Path, copies: int) -> Iterator[Server]:
    """A server whose record holds so many copies of the set; the record is kept in `data`."""
    synthea.unpacked(data, copies)
    with Server(data / f"record-{copies}") as server:
        run_import(server, *(data / f"{copy:03}" for copy in range(copies)))
        yield server


def _searched(effort: Effort, data: Path, copies: int) -> list[Figures]:
    searches = _searches(data, copies)
    with _filled(data, copies) as server:
        wrong = asyncio.run(check(searches, server.address))
        report.say(f"Every distinct query asked once (x{copies}): {len(wrong)} wrong answers")
        for text in wrong[:40]:
            report.say(f"  {text}")
        numbers = (ALONE, *effort.clients)
        return [_loaded(server, f"search x{copies}", searches, clients, effort) for clients in numbers]


def main() -> None:
    """Run the benches named and print their figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="+", choices=BENCHES, metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument("--quick", action="store_true", help="one short run with 16 clients")
    parser.add_argument("--citizens", type=int, default=5_000, help="how many the bench region builds")
    parser.add_argument("--years", type=int, default=10, help="how many years of record each of them has")
    parser.add_argument(
        "--data", type=Path, help="where the set, and the record searched, are kept between runs"
    )
    parser.add_argument("--out", type=Path, help="write the figures to this file as JSON")
    chosen = parser.parse_args()
    compileall.compile_dir(Path(fellesjournal.__file__).parent, quiet=1)  # as a set-up leaves it
    figures: Figures = {}
    effort = replace(QUICK if chosen.quick else Effort(), citizens=chosen.citizens, years=chosen.years)
    with tempfile.TemporaryDirectory(prefix="fellesjournal-bench-data-") as temporary:
        Path(temporary).chmod(0o755)  # PostgreSQL, which does not run as root, has its folder in there
        for name in chosen.names:
            figures |= BENCHES[name](effort, chosen.data or Path(temporary))
    report.save(chosen.out, figures)


if __name__ == "__main__":
    main()
