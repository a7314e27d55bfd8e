"""Where the servers of the tests keep their data: in memory where there is room.

A database is a thousand small files. Making and dropping one costs a disk ten times what it costs memory,
and most tests have one of their own.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30
"""Bytes that must be free: each of two workers has a server, and starts others beside it."""
FOR_THE_RUN = "FOLDER_OF_THE_TEST_RUN"
"""The variable that names a folder which all workers of a run share."""


@contextmanager
def scratch(prefix: str) -> Iterator[Path]:
    """A new folder that goes when the block ends; PostgreSQL's own user may enter it."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=_place()))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def once_a_run(name: str, make: Callable[[], bytes]) -> bytes:
    """What `make` gives, made by the first worker of a run that asks and read by the others."""
    kept = Path(os.environ[FOR_THE_RUN]) / name
    with _alone(kept):
        if not kept.exists():
            kept.write_bytes(make())
        return kept.read_bytes()


@contextmanager
def copy_of(name: str, fill: Callable[[Path], None]) -> Iterator[Path]:
    """A copy of a folder that the first worker of a run has filled; files keep their owner."""
    whole = Path(os.environ[FOR_THE_RUN]) / name
    with _alone(whole):
        if not whole.exists():
            begun = whole.with_suffix(".begun")
            begun.mkdir(exist_ok=True)
            fill(begun)
            begun.rename(whole)
    with scratch("fj-copy-") as copy:
        subprocess.run(["cp", "--archive", f"{whole}/.", copy], check=True)
        yield copy


@contextmanager
def _alone(kept: Path) -> Iterator[None]:
    """Only one worker at a time makes it."""
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _place() -> Path | None:
    """The memory, or None for the usual place of temporary files."""
    if not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    pages = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return MEMORY if pages > ROOM else None
