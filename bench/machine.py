"""What processes cost, read from /proc: CPU time and memory of a process and all it started."""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PARENT, UTIME, STIME, CUTIME, CSTIME = 1, 11, 12, 13, 14
"""Positions in /proc/PID/stat after the closing bracket of the command name (proc(5))."""


_SET_CHILD_SUBREAPER = 36


class Memory(NamedTuple):
    """Resident and proportional (shared pages divided by their users) memory of one process, in bytes."""

    pid: int
    resident: int
    proportional: int


def _stat(pid: int) -> list[str] | None:
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return text.rpartition(")")[2].split()


def family(pid: int) -> set[int]:
    """`pid` and all its living descendants."""
    children: dict[int, list[int]] = {}
    for pid_there in (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()):
        if fields := _stat(pid_there):
            children.setdefault(int(fields[PARENT]), []).append(pid_there)
    found, todo = {pid}, [pid]
    while todo:
        for child in children.get(todo.pop(), ()):
            found.add(child)
            todo.append(child)
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """CPU time used so far by the processes of `roots` and their descendants, dead ones included.

    A parent's "children" times hold those of every child it has waited for, so living processes plus
    those times count each tick once.
    """
    ticks = 0
    for pid in set().union(*(family(root) for root in roots)):
        if fields := _stat(pid):
            ticks += sum(int(fields[at]) for at in (UTIME, STIME, CUTIME, CSTIME))
    return ticks / TICKS_PER_SECOND


def busy_seconds(pid: int) -> float:
    """CPU time of one process of one thread so far, to the nanosecond (/proc/PID/schedstat)."""
    return int((PROC / str(pid) / "schedstat").read_text().split()[0]) / 1e9


def adopt_orphans() -> None:
    """Processes whose parent ends become ours, to be waited for (prctl(2), PR_SET_CHILD_SUBREAPER)."""
    ctypes.CDLL(None, use_errno=True).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def spent_by_orphans(kept: Iterable[int]) -> float:
    """CPU seconds of our children, but for `kept`, and of what they started; waits until they have ended."""
    own = {
        pid for pid in family(os.getpid()) if (fields := _stat(pid)) and int(fields[PARENT]) == os.getpid()
    }
    spent = 0.0
    for pid in own - set(kept):
        _, _, usage = os.wait4(pid, 0)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def is_there(pid: int) -> bool:
    """Whether there is such a process, ended ones included whose parent has not looked yet."""
    return _stat(pid) is not None


def memory(pid: int) -> Memory:
    """What `pid` holds in memory now; zeros when it is gone."""
    resident = proportional = 0
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Rss:"):
                resident = int(line.split()[1]) * 1024
            elif line.startswith("Pss:"):
                proportional = int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return Memory(pid, resident, proportional)


def peak_resident(pid: int) -> int:
    """The largest resident memory `pid` has had, in bytes (VmHWM); 0 when it is gone."""
    try:
        status = (PROC / str(pid) / "status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def forget_peak(pid: int) -> None:
    """Start `peak_resident` anew from the present memory."""
    (PROC / str(pid) / "clear_refs").write_text("5")


def load_average() -> float:
    """Processes that wanted to run, on average over the last minute: above the core count, figures suffer."""
    return os.getloadavg()[0]
