"""Every code list that is known here, by number and by system."""

from functools import cache

from fellesjournal.errors import NotFound
from fellesjournal.norway.codes import (
    care_messages,
    contacts,
    documents,
    iplos,
    medication,
    messages,
    people,
    services,
)
from fellesjournal.norway.codes.lists import BASE, CodeList

_THEMES = (people, services, contacts, documents, messages, care_messages, medication, iplos)


def lists() -> list[CodeList]:
    """All lists, by number."""
    return list(_by_number().values())


def code_list(number: int) -> CodeList:
    """The list of the number. Raises NotFound for one that is not carried."""
    found = _by_number().get(number)
    if found is None:
        known = ", ".join(map(str, _by_number()))
        raise NotFound(
            f"There is no code list {number} here: the lists are {known}. "
            "Add it with its source to a module of norway/codes."
        )
    return found


def by_system(system: str) -> CodeList | None:
    """The list a FHIR system names (urn:oid:2.16.578.1.12.4.1.1.9060), or None for any other system."""
    number = system.removeprefix(BASE)
    return _by_number().get(int(number)) if number != system and number.isdecimal() else None


@cache
def _by_number() -> dict[int, CodeList]:
    known = [one for theme in _THEMES for one in theme.LISTS]
    return {one.number: one for one in sorted(known, key=lambda one: one.number)}
