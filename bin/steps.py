"""One step of the set-up: a program that runs while its progress is shown. Standard library only."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType


class Refused(Exception):
    """The set-up cannot go on; the message says what to do about it."""


class Progress:
    """A line that shows what is being done and for how long; on a terminal it moves, but not `beside` one
    that does."""

    def __init__(self, name: str, *, beside: bool = False) -> None:
        self._name = name
        self._detail = ""
        self._began = time.monotonic()
        self._over = threading.Event()
        self._on_terminal = sys.stdout.isatty()
        self._moving = self._on_terminal and not beside
        self._thread = threading.Thread(target=self._move, daemon=True)

    def __enter__(self) -> "Progress":
        if self._moving:
            self._thread.start()
        elif not self._on_terminal:
            print(f"  {self._name} ...", flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        seconds = time.monotonic() - self._began
        if self._moving:
            self._thread.join()
        if self._on_terminal:
            sys.stdout.write("\r\033[K")
        if kind is None:
            print(f"  {self._name}: done in {seconds:.0f} s", flush=True)

    def show(self, detail: str) -> None:
        """What is being done just now."""
        self._detail = detail

    def _move(self) -> None:
        for turn in range(1_000_000):
            seconds = time.monotonic() - self._began
            mark = "|/-\\"[turn % 4]
            sys.stdout.write(f"\r\033[K{mark} {self._name} {self._detail} ({seconds:.0f} s)"[:110])
            sys.stdout.flush()
            if self._over.wait(0.2):
                return


def run(
    name: str,
    command: Sequence[str],
    *,
    log: Path | None,
    count: int = 0,
    counted: tuple[str, ...] = (),
    beside: bool = False,
) -> None:
    """Run a program to its end; raise Refused with its reason when it fails.

    Its output goes to `log`. Lines that begin with one of `counted` are counted towards `count`. One that
    runs `beside` another leaves the moving line to that.
    """
    lines: list[str] = []
    with Progress(name, beside=beside) as progress:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout is not None
        done = 0
        try:
            for line in process.stdout:
                lines.append(line)
                if counted and line.startswith(counted):
                    done += 1
                    progress.show(f"{min(done, count)} of {count}")
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
            raise
        if process.wait():
            raise Refused(f"{name}: {_reason(lines)}{_kept(lines, log)}")
    _kept(lines, log)


def _reason(lines: list[str]) -> str:
    """The line that says best why a program failed."""
    text = "".join(lines)
    if "No space left on device" in text or "ENOSPC" in text:
        return "the disk is full."
    if "Permission denied" in text or "EACCES" in text:
        return "this user may not write there."
    telling = [
        line for line in lines if line.startswith(("ERROR", "npm error", "npm ERR!", "Error", "error"))
    ]
    return (telling or lines or ["it failed without a word"])[0].strip()


def _kept(lines: list[str], log: Path | None) -> str:
    if log is None or not log.parent.is_dir():
        return ""
    try:
        with log.open("a") as file:
            file.writelines(lines)
    except OSError:
        return ""
    return f" (everything it said: {log})"
