"""Identity numbers in resources: under a Norwegian system they are right, and on a practice site nobody's.

Looked at on every write: a mistyped number finds the wrong citizen, or none, and once it is stored nobody
sees that it is one.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.faults import Check, Faults, Found, Local, fault, notice
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import BY_SYSTEM, Kind
from fellesjournal.norway.identity.practice import refused_on_practice_site


def identifier_check(today: Callable[[], date], *, synthetic_only: bool) -> Check:
    """The check of an Identifier. Under systems that are not Norway's nothing is looked at.

    A number that is none of its system's is an error, with the reason from norway.identity. Local help
    numbers have whatever form their giver likes. The rule of the DUF number is not published: a wrong sum
    is a warning. With `synthetic_only` a citizen's number of ordinary form is refused, also under the system
    of another kind of number, or without a system.
    """

    def check(value: Any, local: Local) -> Faults:
        number = value.get("value") if type(value) is dict else None
        if type(number) is not str or value.get("system", "") not in ("", *BY_SYSTEM):
            return None
        system = value.get("system", "")
        if synthetic_only and (reason := _of_somebody(number, system, today())):
            return fault("business-rule", reason, ".value")
        return _wrong(number, system, today()) or None

    return check


def _wrong(number: str, system: str, on: date) -> list[Found]:
    if not system or system == Kind.LOCAL_HELP_NUMBER.system:
        return []
    try:
        found = classify(number, on, system)
    except Invalid as error:
        severity = "warning" if system == Kind.DUF_NUMBER.system else "error"
        return notice(severity, "value", error.issues[0].diagnostics, ".value")
    if found.value != number:
        return fault("value", f"A {found.kind.title} is stored without spaces: leave them out.", ".value")
    return []


def _of_somebody(number: str, system: str, on: date) -> str | None:
    """Why a practice site refuses the number, None when it does not."""
    for assumed in dict.fromkeys((system, "")):
        with suppress(Invalid):  # what is no number at all is nobody's
            return refused_on_practice_site(classify(number, on, assumed), practice=True)
    return None
