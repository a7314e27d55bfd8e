"""The identity number that somebody types to open a record: what is wrong with it, in plain words."""

from datetime import date

from fellesjournal.norway.identity import personal
from fellesjournal.norway.identity.personal import NoNumber
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.naming import PERSONAL

_BETWEEN = str.maketrans("", "", " \u00a0\u202f.-")


def digits(typed: str) -> str:
    """What was typed, without the signs that people write between the digits."""
    return typed.translate(_BETWEEN)


def wrong(number: str, on: date, t: Words) -> str:
    """Why it is the number of nobody, seen from the day `on`; "" when it may be somebody's."""
    if not (number.isascii() and number.isdigit() and len(number) == 11):
        return str(t.emergency.wrong["length"])
    try:
        personal.read(number, on)
    except NoNumber as fault:
        return str(t.emergency.wrong[fault.why])
    return ""


def identifier(number: str) -> str:
    """The search for whoever bears it, as whichever kind of number."""
    return ",".join(f"{system}|{number}" for system in sorted(PERSONAL))
