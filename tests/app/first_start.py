"""The demo after its first start, which takes half a minute: made once for all tests of a run, and copied."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.processes import ask, environment_for, started, stop
from scratch import copy_of

TOLD = "first-start.json"
"""The file in the data folder that tells what came of it."""


class FirstStart(NamedTuple):
    """What came of it."""

    code: int
    """The exit code after Ctrl-C."""
    said: str
    """What was printed after the server was ready."""
    patients: int


@contextmanager
def started_before() -> Iterator[tuple[Path, FirstStart]]:
    """A data folder of one's own in which the demo has been started and stopped once."""
    with copy_of("demo", _first_start) as data:
        yield data, FirstStart(*json.loads((data / TOLD).read_text()))


def _first_start(data: Path) -> None:
    with started(environment_for(data), "demo") as (process, address):
        patients = ask(address, "fhir/Patient?_summary=count")["total"]
        assert isinstance(patients, int)
        code = stop(process, signal.SIGINT)
        assert process.stdout is not None
        (data / TOLD).write_text(json.dumps(FirstStart(code, process.stdout.read(), patients)))
