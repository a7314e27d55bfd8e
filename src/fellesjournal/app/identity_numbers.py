"""Identity numbers in resources: under a Norwegian system they are right, and on a practice site nobody's.

Looked at on every write: a mistyped number finds the wrong citizen, or none, and once it is stored nobody
sees that it is one.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any
from unicodedata import normalize

from fellesjournal.errors import Invalid
from fellesjournal.fhir.faults import Check, Faults, Found, Local, fault, notice, shown
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import BY_SYSTEM, Kind, misspelt
from fellesjournal.norway.identity.practice import refused_on_practice_site

_NORWAYS = "urn:oid:2.16.578."
_ELEVEN = (Kind.BIRTH_NUMBER, Kind.D_NUMBER)


def identifier_check(today: Callable[[], date], *, synthetic_only: bool) -> Check:
    """The check of an Identifier.

    A system that is a Norwegian one misspelt is an error, and so is a number that is none of its system's,
    with the reason from norway.identity. Local help numbers have whatever form their giver likes. The
    rule of the DUF number is not published: a wrong sum is a warning.

    With `synthetic_only` a citizen's number of ordinary form is refused under every Norwegian system, and
    without one. Under other systems a fødselsnummer or D-nummer is refused too, unless the system is an OID
    of another country's: of all numbers of eleven digits that mean something else, about one in 1,600
    has a day and two check digits that fit.
    """

    def check(value: Any, local: Local) -> Faults:
        if type(value) is not dict:
            return None
        number, system = value.get("value"), value.get("system", "")
        if type(system) is not str:
            return None
        found = _near_miss(system)
        if type(number) is not str:
            return found or None
        if synthetic_only and (reason := _of_somebody(number, system, today())):
            return found + fault("business-rule", reason, ".value")
        return found + _wrong(number, system, today()) or None

    return check


def id_check(today: Callable[[], date]) -> Check:
    """The check of a resource on a practice site: its logical id is nobody's fødselsnummer or D-nummer."""

    def check(value: Any, local: Local) -> Faults:
        id = value.get("id") if type(value) is dict else None
        if type(id) is not str or (id.isascii() and not _may_be_one(id)):
            return None
        reason = _of_somebody(id, _ANY, today())
        return fault("business-rule", reason, ".id") if reason else None

    return check


_may_be_one = re.compile("[^0-9A-Za-z]*(?:[0-9A-Za-z][^0-9A-Za-z]*){11}").fullmatch
"""Eleven letters or digits, whatever signs stand between: the only ids that _of_somebody looks at."""
_ANY = "id"
"""In place of a system: none that is known."""


def _near_miss(system: str) -> list[Found]:
    meant = misspelt(system)
    if meant is None:
        return []
    message = f'{shown(system)} is no system. The system of a {meant.title} is written "{meant.system}".'
    return fault("value", message, ".system")


def _wrong(number: str, system: str, on: date) -> list[Found]:
    if system not in BY_SYSTEM or system == Kind.LOCAL_HELP_NUMBER.system:
        return []
    try:
        found = classify(number, on, system)
    except Invalid as error:
        severity = "warning" if system == Kind.DUF_NUMBER.system else "error"
        return notice(severity, "value", error.issues[0].diagnostics, ".value")
    if found.value != number:
        return fault("value", f"A {found.kind.title} is stored {_stored(number)}: leave them out.", ".value")
    return []


def _stored(number: str) -> str:
    return "without leading zeros" if number.isdecimal() else "without spaces"


def _of_somebody(number: str, system: str, on: date) -> str | None:
    """Why a practice site refuses the number, None when it does not. Signs between digits hide nothing."""
    digits = "".join(filter(str.isalnum, normalize("NFKC", number)))
    is_known = not system or system in BY_SYSTEM or misspelt(system) is not None
    if not is_known and (len(digits) != 11 or _is_another_countrys(system)):
        return None
    for assumed in dict.fromkeys((system, "")) if system in BY_SYSTEM else ("",):
        with suppress(Invalid):  # what is no number at all is nobody's
            found = classify(digits, on, assumed)
            if is_known or found.kind in _ELEVEN:
                return refused_on_practice_site(found, practice=True)
    return None


def _is_another_countrys(system: str) -> bool:
    written = system.strip().casefold()
    return written.startswith("urn:oid:") and not written.startswith(_NORWAYS)
