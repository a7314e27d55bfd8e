"""Which citizens a typed text means, wherever one is looked for: by number, birth date or name."""

import re

from fellesjournal.access.people import words_of
from fellesjournal.workplace.emergency import number

NUMBER = re.compile(r"\d{6} ?\d{5}")
"""An identity number as it is typed."""
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def meant(typed: str) -> list[tuple[str, str]]:
    """The search that a text means: an identity number, a date of birth, or the beginnings of names."""
    if NUMBER.fullmatch(typed):
        return [("identifier", number.identifier(number.digits(typed)))]
    if date := _DATE.fullmatch(typed):
        day, month, year = date.groups()
        return [("birthdate", f"{year}-{int(month):02}-{int(day):02}")]
    return [*(("name", word) for word in words_of(typed)), ("_sort", "family")]
