"""Who health workers are: name, role and unit, out of the directory."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from fellesjournal.access import employments
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json

_AT_A_TIME = 100


class Worker(NamedTuple):
    """A health worker in a role; `role` and `unit` are "" when they are not known any more."""

    name: str
    role: str = ""
    unit: str = ""


async def employed(desk: Desk, roles: Iterable[str]) -> Mapping[str, Worker]:
    """Workers by their role ("PractitionerRole/5"), also where it has ended; without those that are gone."""
    asked = [
        ("_include", "PractitionerRole:practitioner"),
        ("_include", "PractitionerRole:organization"),
    ]
    found = await _of(desk, "PractitionerRole", roles, asked)
    names = {f"{one['resourceType']}/{one['id']}": _called(one) for one in found}
    workers = {}
    for one in found:
        if one["resourceType"] == "PractitionerRole":
            role = employments.read(msgspec.json.encode(one))
            name = names.get(role.person, role.person)
            workers[role.reference] = Worker(name, role.title, names.get(role.unit, role.unit_display))
    return workers


async def named(desk: Desk, references: Iterable[str]) -> Mapping[str, str]:
    """What persons and units are called, by reference; without those that are gone."""
    known = sorted(set(references))
    found: list[Json] = []
    for type_name in ("Practitioner", "Organization"):
        found += await _of(desk, type_name, (one for one in known if one.startswith(f"{type_name}/")), [])
    return {f"{one['resourceType']}/{one['id']}": _called(one) for one in found}


def unknown(person: str) -> Worker:
    """A worker whose role is gone from the directory."""
    return Worker(person)


async def _of(
    desk: Desk, type_name: str, references: Iterable[str], asked: list[tuple[str, str]]
) -> list[Json]:
    ids = sorted({one.partition("/")[2] for one in references})
    found = []
    for at in range(0, len(ids), _AT_A_TIME):
        some = ",".join(ids[at : at + _AT_A_TIME])
        found += await desk.search(type_name, [("_id", some), ("_count", str(_AT_A_TIME)), *asked])
    return found


def _called(one: Json) -> str:
    name = one.get("name", "")
    return name if isinstance(name, str) else naming.person(one)
