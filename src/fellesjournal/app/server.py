"""The server process: Granian with its workers, from the first refusal to the last request."""

import asyncio
import multiprocessing
import os
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server.mp import MPServer
from starlette.applications import Starlette

from fellesjournal.app import outgoing, rooms, sign_in, wiring
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble

STARTS_WITHIN = 30.0
"""Seconds that workers get to start before they are told to stop all the same."""

MOST_OPEN = 10_000
"""Requests that a worker has open at once. Every open page is one, for as long as it is told of changes: at
Granian's own bound, some five hundred, a worker would answer nobody else. What waits for the database is
bounded by its connections.
"""
LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}
    },
    "loggers": {"_granian": {"level": "WARNING"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
}


def check(settings: Settings) -> None:
    """Raise Trouble when this site may not answer, or when its port is taken."""
    if not settings.practice_site and not sign_in.providers(settings):
        raise Trouble(
            "Nobody can sign in here: configure HelseID or ID-porten (docs/sign-in.md), or "
            "set FELLESJOURNAL_PRACTICE_SITE=true if no real person is in this record."
        )
    if settings.practice_site and not _is_loopback(settings.address):
        raise Trouble(
            f"A practice site answers only on a loopback address such as 127.0.0.1, "
            f"not on {settings.address}: there anybody may be anybody."
        )
    outgoing.ways(settings)
    _check_port(settings)


def address_of(settings: Settings) -> str:
    """Where the server is found."""
    host = f"[{settings.address}]" if ":" in settings.address else settings.address
    return f"http://{host}:{settings.port}"


def run(settings: Settings, database_url: str, when_ready: Callable[[], None]) -> None:
    """Answer requests until a signal (INT, TERM, HUP) says stop; requests under way are finished first.

    Workers read the settings from the environment, as this process did; `database_url` is handed to them.
    """
    os.environ["DATABASE_URL"] = database_url
    rooms.knowledge(settings.definitions, settings.cache)
    multiprocessing.set_start_method("fork", force=True)  # workers share what this process has made
    server = _Server(
        "fellesjournal.app.server:worker",
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.address,
        port=settings.port,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.auto,
        websockets=False,
        backpressure=MOST_OPEN,
        log_level=LogLevels.warning,
        log_dictconfig=LOG,
        respawn_failed_workers=True,
        workers_kill_timeout=settings.stop_timeout,
    )
    server.when_ready = when_ready
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:
            raise Trouble("The server's workers stopped; the reason stands above.") from None


def worker() -> Starlette:
    """The application in a worker process.

    A worker leaves the terminal's process group: on Ctrl-C the main process alone decides when workers stop.
    """
    os.setpgid(0, 0)
    application = wiring.application()
    lifespan = application.router.lifespan_context

    @asynccontextmanager
    async def reporting(app: Starlette) -> AsyncIterator[Any]:
        async with lifespan(app) as state:
            # Granian answers, and heeds signals, when start-up is over and the loop has run again a moment.
            loop = asyncio.get_running_loop()
            loop.call_later(0.01, loop.call_later, 0.1, os.write, _Server.reports[1], b"1")
            yield state

    application.router.lifespan_context = reporting
    return application


class _Server(MPServer):
    """Granian that says when it answers, stops when its terminal goes, and lets workers start in peace."""

    when_ready: Callable[[], None]
    reports: tuple[int, int]
    """A pipe: every worker writes a byte to it when it answers."""

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        _Server.reports = os.pipe()
        self._answering = threading.Event()
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call] # granian's own
        threading.Thread(target=self._await_workers, daemon=True).start()

    def signal_handler_interrupt(self, *signal: Any) -> None:
        """Stop. A worker that has only just been forked has this handler too, and nothing to finish."""
        if os.getpid() != self.pid:
            os._exit(0)
        super().signal_handler_interrupt(*signal)  # type: ignore[no-untyped-call] # as above

    def signal_handler_reload(self, *signal: Any) -> None:
        """A hang-up means that the terminal is gone: stop."""
        self.signal_handler_interrupt(*signal)

    def shutdown(self, exit_code: int = 0) -> None:
        """Granian's workers hang when they are told to stop while they start: wait until they answer."""
        if not self.interrupt_children:
            self._answering.wait(STARTS_WITHIN)
        super().shutdown(exit_code)  # type: ignore[no-untyped-call] # as above

    def _await_workers(self) -> None:
        for _ in range(self.workers):
            os.read(self.reports[0], 1)
        self._answering.set()
        if not self.interrupt_signal:
            self.when_ready()


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _check_port(settings: Settings) -> None:
    """Bind as the server will; Granian itself would share a port that another of its kind holds."""
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.address, settings.port))
        except OSError as error:
            raise Trouble(_taken(settings, error)) from error


def _taken(settings: Settings, error: OSError) -> str:
    where = f"Port {settings.port} on {settings.address}"
    if isinstance(error, PermissionError):
        return f"{where} may not be used by this user: choose one above 1023 with FELLESJOURNAL_PORT."
    return (
        f"{where} is taken by another program: stop that, or choose another port with FELLESJOURNAL_PORT "
        "(the demo: --port)."
    )
