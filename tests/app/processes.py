"""Commands run as processes of their own, with a real server and PostgreSQL."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from app.prepared import Environment, Forked, exit_code
from conftest import ROOT
from scratch import copy_of, scratch

CACHE = ROOT / ".data" / "cache"
STARTS_WITHIN = 300
"""Seconds, for a machine that does much else. The first start of the demo takes half a minute when idle."""
ENDS_WITHIN = 180
"""Seconds, as above."""

Process = Forked | subprocess.Popen[str]


@contextmanager
def data_folder() -> Iterator[Path]:
    """A data folder that PostgreSQL's own user may enter."""
    with scratch("fj-serve-") as path:
        yield path


@contextmanager
def site_folder() -> Iterator[Path]:
    """A data folder with a database that has the schema: made once for all tests of a run, and copied."""
    with copy_of("site", _set_up) as data:
        yield data


def _set_up(data: Path) -> None:
    done = fellesjournal(environment_for(data), "database", "upgrade")
    assert done.returncode == 0, done.stderr


def environment_for(data: Path) -> Environment:
    """The settings of a server in `data`, on a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FELLESJOURNAL_")}
    ours.pop("DATABASE_URL", None)
    lend_definitions(data)
    return ours | {
        "PYTHONPATH": str(ROOT / "src"),
        "FELLESJOURNAL_DATA": str(data),
        "FELLESJOURNAL_PORT": str(port),
        "FELLESJOURNAL_WORKERS": "2",
    }


def lend_definitions(data: Path) -> None:
    """FHIR's definitions as the tests have compiled them: each new folder would do it again."""
    CACHE.mkdir(parents=True, exist_ok=True)
    if not (data / "cache").exists():
        (data / "cache").symlink_to(CACHE)


def fellesjournal(environment: Environment, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    with scratch("fj-said-") as said:
        out, err = said / "out", said / "err"
        code = exit_code(environment, arguments, out, err, ENDS_WITHIN)
        return subprocess.CompletedProcess(arguments, code, out.read_text(), err.read_text())


@contextmanager
def running(environment: Environment, *arguments: str) -> Iterator[tuple[Process, str]]:
    """A command that answers, and the address it has printed. It is stopped when the block ends."""
    with _answering(Forked(environment, *arguments)) as found:
        yield found


@contextmanager
def started(environment: Environment, *arguments: str) -> Iterator[tuple[Process, str]]:
    """The same, started as a person starts it: for what is proved of the start."""
    with _answering(_start(environment, *arguments)) as found:
        yield found


def _start(environment: Environment, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "fellesjournal", *arguments],
        env=environment,
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


@contextmanager
def _answering(process: Process) -> Iterator[tuple[Process, str]]:
    alarm = threading.Timer(STARTS_WITHIN, process.kill)
    alarm.start()
    assert process.stdout
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "eady: http" in line or "is ready: " in line:
                break
        else:
            pytest.fail("it did not start:\n" + "".join(said))
        alarm.cancel()
        yield process, line.split()[-1]
    finally:
        alarm.cancel()
        if process.poll() is None:
            _end(process)
        process.stdout.close()


def stopped_while_starting(environment: Environment) -> tuple[int, str]:
    """Ctrl-C as soon as the port is taken, before the workers answer; gives exit code and output."""
    process = _start(environment, "serve")
    port = int(environment["FELLESJOURNAL_PORT"])
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def ask(address: str, path: str, body: bytes | None = None) -> dict[str, object]:
    """A GET, or with a body a POST; gives the JSON of the answer."""
    request = Request(f"{address}{path}", data=body, headers={"Content-Type": "application/fhir+json"})
    with urlopen(request, timeout=60) as answer:
        found: dict[str, object] = json.loads(answer.read())
        return found


def stop(process: Process, number: signal.Signals) -> int:
    """Signal the whole process group, as a terminal does."""
    os.killpg(process.pid, number)
    return process.wait(60)


def _end(process: Process) -> None:
    """Stop it with its workers and its PostgreSQL, which a killed server would leave behind."""
    try:
        stop(process, signal.SIGINT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)


def nothing_runs_in(data: Path) -> bool:
    """Whether PostgreSQL has stopped and said so."""
    return not list(data.rglob("postmaster.pid"))
