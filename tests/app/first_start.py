"""The demo after its first start, which takes half a minute: made once for all tests of a run, and copied."""

import fcntl
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.processes import ask, environment_for, running, stop
from scratch import FOR_THE_RUN, scratch


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
    whole = Path(os.environ[FOR_THE_RUN]) / "demo"
    with whole.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = whole.with_suffix(".json")
        if not told.exists():
            whole.mkdir(exist_ok=True)
            told.write_text(json.dumps(_first_start(whole)))
    with scratch("fj-serve-") as data:
        subprocess.run(["cp", "--archive", f"{whole}/.", data], check=True)  # keeps the files' owner
        yield data, FirstStart(*json.loads(told.read_text()))


def _first_start(data: Path) -> FirstStart:
    with running(environment_for(data), "demo") as (process, address):
        patients = ask(address, "fhir/Patient?_summary=count")["total"]
        assert isinstance(patients, int)
        code = stop(process, signal.SIGINT)
        assert process.stdout is not None
        return FirstStart(code, process.stdout.read(), patients)
