"""The server process: Granian with its workers, from the first refusal to the last request."""

import os
import socket
import threading
import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.request import ProxyHandler, build_opener

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server.mp import MPServer

from fellesjournal.app import wiring
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble

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
    if not settings.practice_site:
        raise Trouble(
            "There is no sign-in yet, so only a practice site may answer: "
            "set FELLESJOURNAL_PRACTICE_SITE=true if no real person is in this record."
        )
    if not _is_loopback(settings.address):
        raise Trouble(
            f"A practice site answers only on a loopback address such as 127.0.0.1, "
            f"not on {settings.address}: there is no sign-in yet."
        )
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
    wiring.knowledge(settings.definitions, settings.cache)
    server = _Server(
        "fellesjournal.app.wiring:application",
        factory=True,
        interface=Interfaces.ASGI,
        address=settings.address,
        port=settings.port,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.auto,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=LOG,
        respawn_failed_workers=True,
        workers_kill_timeout=settings.stop_timeout,
    )
    server.when_ready, server.url = when_ready, address_of(settings)
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:
            raise Trouble("The server's workers stopped; the reason stands above.") from None


class _Server(MPServer):
    """Granian that says when it answers, and that stops when its terminal goes away."""

    when_ready: Callable[[], None]
    url: str

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)  # type: ignore[no-untyped-call] # granian's own
        threading.Thread(target=self._announce, daemon=True).start()

    def signal_handler_reload(self, *signal: Any) -> None:
        """A hang-up means that the terminal is gone: stop."""
        self.signal_handler_interrupt(*signal)  # type: ignore[no-untyped-call] # as above

    def _announce(self) -> None:
        """Granian has no hook for this: ask the server itself until it answers."""
        direct = build_opener(ProxyHandler({}))
        while not self.interrupt_signal:
            try:
                direct.open(f"{self.url}/front.css", timeout=30).close()
            except OSError:
                time.sleep(0.05)
            else:
                self.when_ready()
                return


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
