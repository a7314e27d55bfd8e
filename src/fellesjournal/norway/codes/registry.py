"""Every code list that is known here, by number and by system."""

from functools import cache

from fellesjournal.errors import NotFound
from fellesjournal.norway.codes import (
    care_messages,
    contacts,
    documents,
    geography,
    iplos,
    medication,
    messages,
    people,
    reports,
    services,
    specialist_care,
    specimens,
)
from fellesjournal.norway.codes.lists import BASE, CodeList

THEMES = (
    people,
    services,
    specialist_care,
    contacts,
    documents,
    messages,
    care_messages,
    medication,
    specimens,
    reports,
    iplos,
    geography,
)
"""The modules that carry lists, each in its LISTS."""


def lists() -> list[CodeList]:
    """All lists, by number; those that are not of the national series first."""
    return list(_by_system().values())


def code_list(number: int) -> CodeList:
    """The list of the number. Raises NotFound for one that is not carried."""
    found = by_system(f"{BASE}{number}")
    if found is None:
        known = ", ".join(str(one.number) for one in lists() if one.number)
        raise NotFound(
            f"There is no code list {number} here: the lists are {known}. "
            "Add it with its source to a module of norway/codes."
        )
    return found


def by_system(system: str) -> CodeList | None:
    """The list a FHIR system names (urn:oid:2.16.578.1.12.4.1.1.9060), or None for any other system."""
    return _by_system().get(system)


@cache
def _by_system() -> dict[str, CodeList]:
    known = [one for theme in THEMES for one in theme.LISTS]
    return {one.system: one for one in sorted(known, key=lambda one: one.number)}
