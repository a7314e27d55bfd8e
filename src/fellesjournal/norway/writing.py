"""Dates, times and numbers as people here write them. Pure.

Source: Språkrådet's rules for dates, times of day and numbers (sprakradet.no, "Dato og tid", "Tall"): day
before month, a point between hours and minutes, a comma before decimals.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_TYPED = re.compile(r"(?:(?:[0-9]{1,2}\.)?[0-9]{1,2}\.)?[0-9]{4}")
_DECIMAL = {"nb": ",", "nn": ",", "en": "."}
_ONE = r"-?\d+(?:\.\d+)?"
_NUMBERS = re.compile(rf"[<>=≤≥ ]*{_ONE}(?:(?:/|–| )+{_ONE})*")
"""A number, or several such as 120/80; in other texts a point is no sign of decimals."""
_NORWEGIAN_MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "desember"),
)
_MONTHS = {
    "nb": _NORWEGIAN_MONTHS,
    "nn": _NORWEGIAN_MONTHS,
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
}
_DAYS = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_DATED = {"nb": "{} {}. {}", "nn": "{} {}. {}", "en": "{} {} {}"}
_HOUR = {"nb": "kl.\u00a0%H.%M", "nn": "kl.\u00a0%H.%M", "en": "%H:%M"}
"""With a space that no line is broken at."""
_PHONE = re.compile(r"(?:\+47|0047)?(\d{8})")
_AT = {"nb": "", "nn": "", "en": "at "}


def moment_of(text: str) -> datetime | None:
    """A FHIR date or dateTime as local time; None for one that is no more than a year or month."""
    if len(text) < 10:
        return None
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), OSLO)
    return datetime.fromisoformat(text).astimezone(OSLO)


def day(text: str) -> str:
    """26.11.2026; a year or a month and year as they are known."""
    found = moment_of(text)
    if found is not None:
        return f"{found:%d.%m.%Y}"
    return ".".join(reversed(text.split("-")))


def day_typed(text: str) -> str | None:
    """A day, a month or a year as FHIR has it, of 1.2.1942, 2.1942 or 1942 as it is typed; None of anything
    else, and of what is in no calendar.
    """
    if not _TYPED.fullmatch(text.strip()):
        return None
    numbers = [int(part) for part in reversed(text.strip().split("."))]
    try:
        date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    return "-".join(f"{number:0{4 if not place else 2}}" for place, number in enumerate(numbers))


def clock(text: str) -> str:
    """26.11.2026 14:05; without an hour where none is known."""
    found = moment_of(text)
    if found is None or len(text) <= 10:
        return day(text)
    return f"{found:%d.%m.%Y %H:%M}"


def phone(text: str) -> str:
    """A Norwegian number in its groups, without the country's: 70 12 34 56, mobile 912 34 567; any other text
    as it is (Språkrådet, "Telefonnummer")."""
    found = _PHONE.fullmatch(text.replace(" ", ""))
    if not found:
        return text
    digits = found[1]
    groups = (3, 2, 3) if digits[0] in "489" else (2, 2, 2, 2)
    places = [sum(groups[:at]) for at in range(len(groups) + 1)]
    return "\u00a0".join(digits[first:last] for first, last in pairwise(places))


def spelled(text: str, now: datetime | None, language: str = "nb") -> str:
    """A FHIR dateTime with its day of the week, "torsdag 3. desember kl. 09.15", and with the year where it
    is not that of `now`; a date without an hour as `day` has it.
    """
    found = moment_of(text)
    if found is None or len(text) <= 10:
        return day(text)
    year = "" if now and found.year == now.astimezone(OSLO).year else f" {found.year}"
    return f"{on_a_weekday(found, language)}{year} {_AT[language]}{hour(found, language)}"


def on_a_weekday(on: date, language: str = "nb") -> str:
    """The day of a date: "torsdag 3. desember", "Thursday 3 December"."""
    return _DATED[language].format(_DAYS[language][on.weekday()], on.day, _MONTHS[language][on.month - 1])


def hour(moment: datetime, language: str = "nb") -> str:
    """The time of day where the moment was told: kl. 09.15 here, 09:15 in English."""
    return moment.strftime(_HOUR[language])


def number(value: float | str, language: str = "nb") -> str:
    """37,8 here, 37.8 in English; a text that is no number as it is."""
    text = str(value)
    return text.replace(".", _DECIMAL[language]) if _NUMBERS.fullmatch(text) else text


def listed(words: Sequence[str]) -> str:
    """One or more things in a row in Norwegian: "a", "a og b", "a, b og c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} og {words[-1]}"
