"""What a code list is, and how one is written down here.

A list is written as text, one code a line: the code, a space, the display. A line may end in "| retired" (no
longer to be chosen; the day is not known) or "| until 2010-09-26" (the last day it was valid).
"""

from datetime import date
from typing import NamedTuple

BASE = "urn:oid:2.16.578.1.12.4.1.1."
OTHER = "X" * 3
"""A code of several lists, for any other kind. Written out it would read as an unfinished place."""


class Code(NamedTuple):
    """One code. Both days are included; None is open. A code that is not `active` is still to be read in
    what was written with it, and never to be chosen anew."""

    code: str
    display: str
    valid_from: date | None = None
    valid_to: date | None = None
    active: bool = True

    def is_valid(self, on: date) -> bool:
        """Whether the code may be chosen on the day."""
        begun = self.valid_from is None or self.valid_from <= on
        ended = self.valid_to is not None and self.valid_to < on
        return self.active and begun and not ended


class CodeList(NamedTuple):
    """One list. What it holds is what could be read in the open; the registers of the state hold the rest."""

    system: str
    """The code system as FHIR names it: urn:oid:2.16.578.1.12.4.1.1.9060, or an address of ours."""
    title: str
    """Its name in Norwegian; ours, where the source gives the number alone."""
    codes: tuple[Code, ...]
    source: str
    complete: bool
    """False where codes may be missing, or a display is a short name instead of the official one. A code
    that is not found in such a list is unknown here, not wrong. True is as of the source."""

    @property
    def number(self) -> int:
        """The list's number in the national series, 9060; 0 for a list that is not of the series."""
        return int(self.system.removeprefix(BASE)) if self.system.startswith(BASE) else 0

    @property
    def oid(self) -> str:
        """The bare OID, as messages write it in the attribute S: 2.16.578.1.12.4.1.1.9060; "" for ours."""
        return self.system.removeprefix("urn:oid:") if self.number else ""

    def find(self, code: str) -> Code | None:
        """The code, or None. Case counts."""
        return next((one for one in self.codes if one.code == code), None)


def code_list(number: int, title: str, source: str, text: str, *, complete: bool = True) -> CodeList:
    """A list of the national series from its text."""
    return CodeList(f"{BASE}{number}", title, codes(text), source, complete)


def codes(text: str) -> tuple[Code, ...]:
    """The codes of a text, in its order."""
    return tuple(_code(line) for line in text.strip().splitlines())


def _code(line: str) -> Code:
    entry, _, mark = line.partition(" | ")
    code, _, display = entry.partition(" ")
    if not display:
        raise ValueError(f"'{line}' is not a code, a space and a display.")
    if mark == "retired":
        return Code(code, display, active=False)
    if mark.startswith("until "):
        return Code(code, display, valid_to=date.fromisoformat(mark.removeprefix("until ")))
    if mark:
        raise ValueError(f"'{line}' ends in '{mark}': it may be 'retired' or 'until' and a day.")
    return Code(code, display)
