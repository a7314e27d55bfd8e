"""Since when: what a note says has lasted for weeks has begun weeks before it was written of.

Courses tell of the day on which somebody was met; when it began is in the words ("i to måneder"), or in the
nature of what comes slowly.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.chart import Found
from fellesjournal.rollout.region.chart.documents import BEFORE
from fellesjournal.rollout.region.life import Life

_NUMBERS = {
    **{
        "en": 1,
        "ein": 1,
        "ei": 1,
        "ett": 1,
        "eitt": 1,
        "et halvt": 0.5,
        "eit halvt": 0.5,
        "halve": 0.5,
        "et": 1,
        "eit": 1,
    },
    **{"to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "noen": 3, "nokre": 3, "flere": 4, "fleire": 4},
    **{"siste": 1, "forrige": 1, "førre": 1},
}
_DAYS = {"d": 1, "u": 7, "v": 7, "m": 30, "å": 365, "h": 182}
"""Days of a unit, by its first letter."""
_LASTED = re.compile(
    rf"\b(?:(?:i|siden|sidan)(?: over)? (?:{'|'.join(_NUMBERS)})|siste|halve)"
    r" (?:dager|dagar|døgn|uk(?:a|e|en|er|ene)|vek(?:a|e|er|ene)|måned(?:en|er|ene)?|månad(?:en|er|ane)?"
    r"|(?:halv)?år(?:et)?)\b"
)
_AGO = re.compile(r"\b(?:fra|frå|siden|sidan) (i går|forgårs)\b")
_DAYS_AGO = re.compile(rf"\bfor ({'|'.join(_NUMBERS)}) (?:dager|dagar|døgn) (?:siden|sidan)\b")
_ALWAYS = re.compile(
    r"\bhver (?:natt|kveld|dag)\b|\bkvar (?:natt|kveld|dag)\b|om natten\b|om kvelden\b|lengre tid"
)
ALWAYS = 30
"""Days, at least, of what is said to be so each night."""
_BEFORE_NUMBERS = {"i", "siden", "sidan", "over"}
_BEGINS_WITH_IT = {"Vurdering", "Funn"}
"""Headings of notes with one section, that begins with what has been, of what is short."""
SHORT = 14
"""Days."""
SLOW = {
    "L89": 300,
    "L90": 300,
    "K95": 700,
    "Y85": 300,
    "X11": 120,
    "P06": 60,
    "N86": 400,
    "N89": 240,
    "R75": 4,
    "S86": 40,
    "H81": 6,
    "L93": 6,
    "P02": 24,
    **{"L83": 10, "L03": 10, "L86": 14, "L92": 30, "H82": 4, "H86": 500, "K96": 12, "R78": 5, "S10": 5},
    **{"A04": 30, "P74": 100, "P76": 60, "B80": 60, "S82": 300, "S99": 300, "X87": 300},
}
"""Days for which what comes slowly has been felt before it is told, by ICPC-2 code; from half to one and a
half as many."""
_TODAY = re.compile(
    r"\b(?:i dag|i natt|i morges|siden morgenen|i ettermiddag|i en time|i ein time|etter middag|brått)\b"
    r"|\b[Pp]lutselig"
)
"""What a note says of what began on its own day."""
_SUDDEN = (
    *("A06", "A11", "A8", "A9", "F7", "H7", "K", "L7", "L96", "N79", "N8", "R06", "S1", "S98", "T", "U95"),
    *("W", "X", "Z"),
)
"""How the ICPC-2 codes begin of injuries, births, what comes at once, and what is found by measuring."""
_NOT_SUDDEN = ("F70", "H71", "H72", "S10", "S11")
_DAY_OR_TWO = 2
"""Days for which any other illness has been felt at the most when one comes with it and does not say."""
_WEEKEND = re.compile(r"\bhel(?:e|ile) helg(?:a|en)\b|\bheile helga\b")


def fit(life: Life) -> None:
    """When all is told, and before episodes are closed."""
    life.at_the_end(lambda: _fit(life))


@lru_cache(maxsize=2_000)
def lasted(text: str) -> int:
    """For how many days something has been, as the text says; 0 where it does not."""
    told = text.lower()
    days = [1 if one[1] == "i går" else 2 for one in _AGO.finditer(told)]
    days += [round(_NUMBERS[one[1]]) for one in _DAYS_AGO.finditer(told)]
    for one in _LASTED.finditer(told):
        *number, unit = one.group().split()
        words = " ".join(word for word in number if word not in _BEFORE_NUMBERS)
        several = 2 if words == "siste" and unit.endswith(("er", "ar", "ene", "ane")) else 1
        over = 1.1 if "over" in number else 1
        days.append(round(over * several * _NUMBERS[words] * _DAYS[unit[0]]))
    return max(days) if days else ALWAYS if _ALWAYS.search(text) else 0


def has_begun(life: Life, on: date) -> bool:
    """Whether what is found in the months after the day had been felt on it, as it is told then; of spots on
    the skin nobody feels anything. Asked when all is told."""
    later = [one for one in life.chart.found if on < one.seen <= on + LATER and one.icpc not in _UNFELT]
    before = _told_before(life) if later else {}
    return any(one.seen - timedelta(days=_felt(life, one, before)) < on for one in later)


LATER = timedelta(days=120)
_LIFTED = {"P76": "Situasjonsbetinget psykisk belastning"}
"""What was over, with one's spirits back, before another thing began; the other by its ICPC-2 code."""
_UNFELT = ("S82", "S99")


def _felt(life: Life, one: Found, before: dict[str, str]) -> int:
    """For how many days it has been there."""
    told = before.get(one.contact, "")
    return (_days(life, one, told) if told else 0) or _unsaid(life, one, told)


def _fit(life: Life) -> None:
    before = _told_before(life)
    ends: dict[str, date] = {}
    for one in sorted(life.chart.found, key=lambda one: one.seen):
        if days := _felt(life, one, before):
            over = max(ends.get(text, date.min) for text in (one.text, _LIFTED.get(one.icpc, "")))
            since = max(one.seen - timedelta(days=days), life.person.born, over)
            if since < one.since:
                life.chart.change(one.place, {"onsetDateTime": since.isoformat()})
        if one.until:
            ends[one.text] = one.until + timedelta(days=1)


def _told_before(life: Life) -> dict[str, str]:
    """What the first note of each contact says has been: all of it under the heading for that, else with
    what it begins."""
    found: dict[str, str] = {}
    for contact, _, _, _, sections in life.chart.notes:
        for title, text in sections:
            begins = text.split(". ")[0] if title in _BEGINS_WITH_IT else ""
            if title == BEFORE or (begins and lasted(begins) <= SHORT):
                found.setdefault(contact, begins or text)
    return found


def _days(life: Life, found: Found, told: str) -> int:
    """As the words say; what they call old, or say nothing of, has come slowly."""
    if _WEEKEND.search(told):
        return found.seen.weekday() + 1
    days = lasted(told)
    return days if days and not _ALWAYS.search(told) else max(days, _slowly(life, found))


def _unsaid(life: Life, found: Found, told: str) -> int:
    """Of what passes and does not come at once, where nobody says since when."""
    sudden = found.icpc.startswith(_SUDDEN) and not found.icpc.startswith(_NOT_SUDDEN)
    lasts = any(one.text == found.text for one in life.lasting)
    if sudden or lasts or _TODAY.search(told):
        return 0
    drawn = Chance(life.seed, life.person.id, found.text, found.seen).between(1, _DAY_OR_TWO)
    return _slowly(life, found) or drawn


def _slowly(life: Life, found: Found) -> int:
    usual = SLOW.get(found.icpc)
    return round(usual * Chance(life.seed, life.person.id, found.text).uniform(0.5, 1.5)) if usual else 0
