"""The way back from what was done with several appointments at once: each as it was, all or none."""

from collections.abc import Sequence

from fellesjournal.errors import NotFound, PreconditionFailed
from fellesjournal.workplace.desk import Desk, Json

MOST = 100
"""Appointments that are taken back at once."""


def token(before: Sequence[Json]) -> str:
    """What a form names the versions by that are written over these: each by its id and number."""
    return " ".join(f"{one['id']}:{int(one['meta']['versionId']) + 1}" for one in before)


async def restore(desk: Desk, written: str) -> int:
    """Make those of a token what they were before; gives how many they are.

    Raises PreconditionFailed when somebody has changed one since, Conflict when a time has been taken, and
    NotFound for what is no token.
    """
    named = [one.partition(":") for one in written.split()]
    if not 0 < len(named) <= MOST or not all(_is_later(version) for _, _, version in named):
        raise NotFound("There is nothing to take back.")
    were: list[Json] = []
    for id, _, version in named:
        now = await desk.read("Appointment", id)
        if now["meta"]["versionId"] != version:
            raise PreconditionFailed("Somebody has changed one of them since.")
        was = await desk.read_version("Appointment", id, int(version) - 1)
        were.append(was | {"meta": now["meta"]})
    await desk.transact(were)
    return len(were)


def _is_later(version: str) -> bool:
    return version.isascii() and version.isdigit() and 1 < int(version[:9]) < 2**31
