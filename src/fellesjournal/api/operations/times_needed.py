"""Who is needed, by the parameters of $find: looked up at once, and no more than the actor may see.

`need` is ours: `need=Practitioner/a,Practitioner/b$15$-15` is any of two, for fifteen minutes, from fifteen
minutes before the others; its parts stand as in FHIR's composite parameters (R4 search.html#combining).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache

from fellesjournal.api.door import OpenJournal
from fellesjournal.booking.free.proposals import Wanted
from fellesjournal.booking.holding import ACTORS
from fellesjournal.errors import Invalid, NotFound
from fellesjournal.fhir import json

Asked = Mapping[str, list[str]]

POOL = 200
"""Roles of a unit that are looked among."""
_AT_ONCE = 100
_UNSAID = 0
"""Minutes of one who comes for as long as the visit takes."""
_POOLS = {"practitioner": "Practitioner", "location-reference": "Location"}
_ROLES = ("organization", "specialty")
_HELPERS = tuple(name for name in ACTORS if name not in ("Patient", "PractitionerRole"))


async def needed(
    journal: OpenJournal, asked: Asked, length: Callable[[Sequence[str]], Awaitable[int]]
) -> list[Wanted]:
    """All who are needed: those who are named for as many minutes as `length` tells of them, the patients
    from the first to the last.

    Raises NotFound for one who is not within reach, Invalid for what means nobody.
    """
    wanted = [_need(written) for written in asked.get("need", ())]
    wanted += [Wanted(pool, _UNSAID) for pool in (await _pools(journal, asked)).values() if pool]
    everybody = [one for need in wanted for one in need.any_of]
    _, minutes, patients = await asyncio.gather(
        _require_within_reach(journal, everybody), length(everybody), citizens(journal, asked)
    )
    wanted = [one if one.minutes != _UNSAID else one._replace(minutes=minutes) for one in wanted]
    first = min((one.offset for one in wanted), default=0)
    last = max((one.offset + one.minutes for one in wanted), default=minutes)
    return wanted + [Wanted([one], last - first, first) for one in patients]


async def citizens(journal: OpenJournal, asked: Asked) -> list[str]:
    """The patients who come. Raises NotFound for one who is not within reach."""
    found = [_reference(written, ("Patient",)) for written in asked.get("patient-reference", ())]
    for one in found:
        await journal.read("Patient", one.partition("/")[2])
    return found


async def _pools(journal: OpenJournal, asked: Asked) -> dict[str, list[str]]:
    """Of each type who may come. A unit or specialty stands for all its people; of those who are named it
    leaves the ones who have such a role.
    """
    pools = {
        type_name: [_reference(one, (type_name,)) for one in asked.get(name, ())]
        for name, type_name in _POOLS.items()
    }
    if any(name in asked for name in _ROLES):
        people, named = await _of_roles(journal, asked), pools["Practitioner"]
        pools["Practitioner"] = [one for one in named if one in people] if named else people
        if not pools["Practitioner"]:
            raise Invalid(
                f"None of {', '.join(named)} has such a role: leave out 'organization' or 'specialty'."
            )
    return pools


@lru_cache(maxsize=200)
def _need(written: str) -> Wanted:
    pool, *numbers = written.split("$")
    try:
        length, offset, *more = (*map(int, numbers), *(_UNSAID, 0)[len(numbers) :])
    except ValueError:
        more = [0]
    if more or not pool or (numbers and length <= 0):
        raise Invalid(f"'{written[:80]}' is no need: write references$minutes$minutes after the others.")
    return Wanted(tuple(_reference(one, _HELPERS) for one in pool.split(",")), length, offset)


async def _require_within_reach(journal: OpenJournal, references: Sequence[str]) -> None:
    """Raise NotFound unless all are there for the actor. An app sees what it has been granted to search."""
    if journal.actor.granted is None:
        found = await journal.within_reach(references)
    else:
        found = await _found(journal, references)
    if missing := next((one for one in references if one not in found), ""):
        raise NotFound(f"There is no {missing}.")


async def _found(journal: OpenJournal, references: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for type_name in sorted({one.partition("/")[0] for one in references}):
        ids = [one.partition("/")[2] for one in references if one.startswith(f"{type_name}/")]
        for start in range(0, len(ids), _AT_ONCE):
            some = ",".join(ids[start : start + _AT_ONCE])
            page = await journal.search(type_name, [("_id", some), ("_count", str(_AT_ONCE))])
            found |= {f"{type_name}/{entry.stored.id}" for entry in page.entries}
    return found


async def _of_roles(journal: OpenJournal, asked: Asked) -> list[str]:
    criteria = [(name, ",".join(asked[name])) for name in _ROLES if name in asked]
    page = await journal.search("PractitionerRole", [*criteria, ("active", "true"), ("_count", str(POOL))])
    roles = [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
    people = [role.get("practitioner", {}).get("reference", "") for role in roles]
    found = [one for one in dict.fromkeys(people) if one.startswith("Practitioner/")]
    if not found:
        raise Invalid(
            f"Nobody has a role with {' and '.join(f'{name}={value}' for name, value in criteria)}."
        )
    return found


@lru_cache(maxsize=20_000)
def _reference(written: str, types: tuple[str, ...]) -> str:
    kind, _, id = written.rpartition("/")
    if (kind not in types and (kind or len(types) > 1)) or not id:
        raise Invalid(f"'{written[:80]}' names no {' or '.join(types)}: write {types[0]}/[id].")
    return f"{kind or types[0]}/{id}"
