"""Commands forked from a process that has imported them: most of what a short one, or a site's start, costs.

A forked command imports this file to learn what to do, and so nothing else of the tests is imported here.
"""

import importlib
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TextIO

PREPARED = multiprocessing.get_context("forkserver")
PREPARED.set_forkserver_preload(["fellesjournal.app.cli", "fellesjournal.app.server"])

Environment = dict[str, str]


class Forked:
    """A command under way in a session of its own; `stdout` is all that it says."""

    def __init__(self, environment: Environment, *arguments: str) -> None:
        hears, says = PREPARED.Pipe(duplex=False)
        self._arguments = arguments
        self._process = PREPARED.Process(target=_into_a_pipe, args=(environment, arguments, says))
        self._process.start()
        says.close()
        assert self._process.pid
        self.pid = self._process.pid
        self.stdout: TextIO = os.fdopen(os.dup(hears.fileno()), "r")
        hears.close()

    def poll(self) -> int | None:
        """The exit code; None while it goes on."""
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        """The exit code. Raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(self._arguments, timeout)
        return self._process.exitcode

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


def exit_code(environment: Environment, arguments: Sequence[str], out: Path, err: Path, within: int) -> int:
    """Run a command to its end; what it says goes to two files. Raises subprocess.TimeoutExpired."""
    process = PREPARED.Process(target=_into_files, args=(environment, arguments, out, err))
    process.start()
    process.join(within)
    if process.exitcode is None:
        process.kill()
        raise subprocess.TimeoutExpired(arguments, within)
    return process.exitcode


def _into_a_pipe(environment: Environment, arguments: Sequence[str], says: Connection) -> None:
    os.setsid()
    _become(environment, arguments, says.fileno(), says.fileno())


def _into_files(environment: Environment, arguments: Sequence[str], out: Path, err: Path) -> None:
    _become(environment, arguments, *(os.open(file, os.O_WRONLY | os.O_CREAT) for file in (out, err)))


def _become(environment: Environment, arguments: Sequence[str], out: int, err: int) -> None:
    """Be the command, as if it had been started with this environment."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(out, 1)
    os.dup2(err, 2)
    sys.argv = ["fellesjournal", *arguments]
    importlib.import_module("fellesjournal.app.cli").main()
