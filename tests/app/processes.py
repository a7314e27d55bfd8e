"""Commands run as processes of their own, with a real server and PostgreSQL."""

import importlib
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from conftest import ROOT
from scratch import scratch

CACHE = ROOT / ".data" / "cache"
STARTS_WITHIN = 300
"""Seconds, for a machine that does much else. The first start of the demo takes half a minute when idle."""
ENDS_WITHIN = 180
"""Seconds, as above."""
PREPARED = multiprocessing.get_context("forkserver")
PREPARED.set_forkserver_preload(["fellesjournal.app.cli"])

Environment = dict[str, str]


@contextmanager
def data_folder() -> Iterator[Path]:
    """A data folder that PostgreSQL's own user may enter."""
    with scratch("fj-serve-") as path:
        yield path


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
    """Run a command to its end, in a process that has imported it: most of what a short command costs."""
    with scratch("fj-said-") as said:
        out, err = said / "out", said / "err"
        out.touch()
        err.touch()
        process = PREPARED.Process(target=_command, args=(environment, arguments, out, err))
        process.start()
        process.join(ENDS_WITHIN)
        if process.exitcode is None:
            process.kill()
            pytest.fail(f"it did not end: {arguments}")
        return subprocess.CompletedProcess(arguments, process.exitcode, out.read_text(), err.read_text())


def _command(environment: Environment, arguments: Sequence[str], out: Path, err: Path) -> None:
    """What the process does that is forked for a command: as if it had been started with this environment."""
    os.environ.clear()
    os.environ.update(environment)
    for file, number in ((out, 1), (err, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.argv = ["fellesjournal", *arguments]
    importlib.import_module("fellesjournal.app.cli").main()


@contextmanager
def running(environment: Environment, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A command that answers, and the address it has printed. It is stopped when the block ends."""
    command = [sys.executable, "-m", "fellesjournal", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, env=environment, text=True, start_new_session=True, **pipes)  # type: ignore[call-overload] # mypy cannot follow **pipes
    alarm = threading.Timer(STARTS_WITHIN, process.kill)
    alarm.start()
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
    command = [sys.executable, "-m", "fellesjournal", "serve"]
    process = subprocess.Popen(
        command,
        env=environment,
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
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


def stop(process: subprocess.Popen[str], number: signal.Signals) -> int:
    """Signal the whole process group, as a terminal does."""
    os.killpg(process.pid, number)
    return process.wait(60)


def _end(process: subprocess.Popen[str]) -> None:
    """Stop it with its workers and its PostgreSQL, which a killed server would leave behind."""
    try:
        stop(process, signal.SIGINT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def nothing_runs_in(data: Path) -> bool:
    """Whether PostgreSQL has stopped and said so."""
    return not list(data.rglob("postmaster.pid"))
