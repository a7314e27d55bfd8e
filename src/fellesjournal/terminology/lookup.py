"""All there is about a code (FHIR R4, CodeSystem $lookup)."""

from datetime import date
from typing import NamedTuple

from fellesjournal.errors import NotFound
from fellesjournal.terminology import validity
from fellesjournal.terminology.absence import absence
from fellesjournal.terminology.coded import Coded, Manner
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.system import About, System
from fellesjournal.terminology.systems import Systems


class Looked(NamedTuple):
    """What was found. `until` is the last day of a code that is no longer valid, where it is known."""

    about: About
    concept: Concept
    children: list[str]
    inactive: bool
    until: date | None = None


async def lookup(systems: Systems, asked: Coded, manner: Manner, *, children: bool) -> Looked:
    """The code in the version asked for, or as it was on a day, or now.

    A code that is gone from the release in force is found in the last release that had it, and is inactive.
    Raises NotFound for an unknown code system or code, also for a code that is written otherwise in the
    system: R4's answer has no place to say which code it is about, so it is never about another one.
    """
    system = await systems.get(asked.system, asked.version, manner.day)
    gone = None
    if not asked.version and not manner.day and not await system.concepts([asked.code]):
        gone = await systems.gone(system, asked.code)
    if gone is None:
        return await lookup_in(system, asked, manner, children=children)
    return await _looked(gone.system, gone.concept, True, gone.until, children)


async def lookup_in(system: System, asked: Coded, manner: Manner, *, children: bool) -> Looked:
    """The code in one release. Raises NotFound for a code that it does not have."""
    found = (await system.concepts([asked.code])).get(asked.code)
    if found is None:
        raise NotFound(await absence(system, asked.code))
    until = found.valid_to if found.valid_to and found.valid_to < manner.on else None
    return await _looked(system, found, not validity.in_use(found, manner.on), until, children)


async def _looked(
    system: System, concept: Concept, inactive: bool, until: date | None, children: bool
) -> Looked:
    below = await system.children(concept.code) if children else []
    return Looked(system.about, concept, below, inactive, until)
