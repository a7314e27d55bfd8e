"""The server under test: `fellesjournal serve` on a practice site of its own, ended by its process id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bench import machine
from fellesjournal.plumbing import embedded, postgres_home

COMPILED = Path(__file__).parents[1] / ".data" / "cache"
"""FHIR's definitions as the tests have compiled them: a fresh site need not do it again."""
STARTS_WITHIN = 120.0
STOPS_WITHIN = 30.0


@dataclass(frozen=True)
class Cost:
    """CPU seconds used so far by the server's processes and by PostgreSQL's."""

    server: float
    database: float

    def since(self, before: "Cost") -> "Cost":
        """What was used after `before`."""
        return Cost(self.server - before.server, self.database - before.database)


class Server:
    """A practice site in a temporary directory (or in `data`, which is kept) with an embedded PostgreSQL."""

    def __init__(self, data: Path | None = None, settings: dict[str, str] | None = None) -> None:
        self._temporary = None if data else tempfile.TemporaryDirectory(prefix="fellesjournal-bench-")
        self.data = data or Path(self._temporary.name if self._temporary else "")
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o755)  # as root PostgreSQL runs as another user, who must be able to enter
        if COMPILED.is_dir():
            shutil.copytree(COMPILED, self.data / "cache", dirs_exist_ok=True)
        self.address = ("127.0.0.1", free_port())
        self.environment = os.environ | {
            "FELLESJOURNAL_DATA": str(self.data),
            "FELLESJOURNAL_PRACTICE_SITE": "true",
            "FELLESJOURNAL_PORT": str(self.address[1]),
            "FELLESJOURNAL_PERSON_LIMIT": "0",  # one nurse may ask for more than people do
            "FELLESJOURNAL_ADDRESS_LIMIT": "0",
            **(settings or {}),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        if self._temporary:
            self._temporary.cleanup()

    def command(self, *arguments: str) -> list[str]:
        """The command line of the CLI under test."""
        return [sys.executable, "-m", "fellesjournal", *arguments]

    def start(self) -> None:
        """Start and wait until it answers; raises RuntimeError with its last words when it does not."""
        log = (self.data / "serve.log").open("ab")
        self._process = subprocess.Popen(
            self.command("serve"), env=self.environment, stdout=log, stderr=log, start_new_session=True
        )
        deadline = time.monotonic() + STARTS_WITHIN
        while not _answers(self.address):
            if self._process.poll() is not None or time.monotonic() > deadline:
                words = (self.data / "serve.log").read_text()[-2000:]
                self.stop()
                raise RuntimeError(f"the server did not start:\n{words}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Ask the server to end, as Ctrl-C would; killed when it does not within half a minute."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                self.kill()
        self._process = None

    def kill(self) -> None:
        """kill -9 of the server's processes, not of PostgreSQL."""
        assert self._process is not None
        others = self.processes() - {self.pid}
        self._process.kill()
        self._process.wait()
        _kill(others)

    def kill_database(self) -> None:
        """kill -9 of PostgreSQL's processes, the postmaster first, so that it cannot mend itself."""
        postmaster = self.postmaster
        others = machine.family(postmaster)
        _kill([postmaster, *(others - {postmaster})])

    @property
    def pid(self) -> int:
        """The main process."""
        assert self._process is not None
        return self._process.pid

    @property
    def postmaster(self) -> int:
        """The process id of the embedded PostgreSQL (first line of its postmaster.pid)."""
        found = sorted(self.data.rglob("postmaster.pid"))
        return int(found[0].read_text().split("\n", 1)[0]) if found else 0

    @property
    def database_url(self) -> str:
        """Where PostgreSQL listens."""
        return embedded.url_of(postgres_home.prepare(self.data))

    def processes(self) -> set[int]:
        """The server's own processes: main and workers."""
        database = self.postmaster
        return machine.family(self.pid) - (machine.family(database) if database else set())

    def workers(self) -> list[int]:
        """The processes that answer requests: those that hold most memory below the main one."""
        return sorted(self.processes() - {self.pid}) or [self.pid]

    def cost(self) -> Cost:
        """CPU time so far, children that ended included."""
        total = machine.cpu_seconds({self.pid, self.postmaster} - {0})
        database = machine.cpu_seconds({self.postmaster} - {0})
        return Cost(total - database, database)


def free_port() -> int:
    """A TCP port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _kill(pids: Iterable[int]) -> None:
    """kill -9, and wait until the parents have noticed."""
    pids = list(pids)
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + STOPS_WITHIN
    while any(machine.is_there(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)


def _answers(address: tuple[str, int]) -> bool:
    connection = HTTPConnection(*address, timeout=STARTS_WITHIN)
    try:
        connection.request("GET", "/fhir/metadata")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
