"""Which of the modes in modes.toml a worker has: by the role that is active and what the unit offers."""

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

LISTS = frozenset(
    {"inpatients", "present", "today", "services", "asked", "tasks", "messages", "answers", "list"}
)
"""The worklists there are."""
PARTS = frozenset({"problems", "vitals", "plan", "documents", "medicines", "results", "contacts"})
"""The parts of the chart that a mode puts in order: all of them."""
SPARED = frozenset({"measure", "diagnose"})
"""What a chart offers at its top that a mode can spare its workers, who meet it in notes or not at all."""


class Mode(NamedTuple):
    """How the workplace looks to one kind of worker. `title` is by language; the rest as modes.toml says."""

    id: str
    title: dict[str, str]
    roles: tuple[str, ...]
    services: tuple[str, ...]
    lists: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    spares: tuple[str, ...]
    visits: tuple[str, ...]

    def is_for(self, role: str, services: Collection[str]) -> bool:
        """Whether it is for a role at a unit with these codes of service."""
        of_unit = not self.services or any(code.startswith(self.services) for code in services)
        return of_unit and (role in self.roles or not self.roles)


@cache
def modes() -> tuple[Mode, ...]:
    """All of them, in the file's order. A faulty one is a ValueError when the program starts."""
    read = tomllib.loads(Path(__file__).with_name("modes.toml").read_text("utf-8"))["mode"]
    return tuple(_mode(**one) for one in read)


def mode_for(role: str, services: Collection[str]) -> Mode:
    """The first that is for the role at a unit with these codes of service; the last is for everybody."""
    return next(one for one in modes() if one.is_for(role, services))


def _mode(
    id: str,
    title: dict[str, str],
    roles: list[str],
    lists: list[str],
    left: list[str],
    right: list[str],
    services: list[str] | None = None,
    spares: list[str] | None = None,
    visits: list[str] | None = None,
) -> Mode:
    if unknown := {*lists, *(visits or ())} - LISTS:
        raise ValueError(
            f"modes.toml: mode '{id}' has lists that there are not: {', '.join(sorted(unknown))}"
        )
    if unknown := set(spares or ()) - SPARED:
        raise ValueError(f"modes.toml: mode '{id}' cannot spare anybody {', '.join(sorted(unknown))}.")
    if sorted(left + right) != sorted(PARTS):
        raise ValueError(f"modes.toml: mode '{id}' must have each part of the chart once in left or right.")
    if not {"nb", "nn", "en"} <= set(title):
        raise ValueError(f"modes.toml: mode '{id}' needs a title in nb, nn and en.")
    several = (roles, services or (), lists, left, right, spares or (), visits or ())
    return Mode(id, title, *map(tuple, several))
