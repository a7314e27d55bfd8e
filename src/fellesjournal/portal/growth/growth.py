"""Height, weight and head of a child as curves: its own points by age. No reference is drawn behind them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.norway.ages import age_on
from fellesjournal.portal.folder import Folder
from fellesjournal.ui.drawing import Drawing, drawn
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.ui.values import measured, unit_of

LOINC = "http://loinc.org"
CURVES = {"8302-2": "height", "29463-7": "weight", "9843-4": "head"}
"""LOINC codes, in their order on the page, and their words in the catalogue."""
GROWN = 20
"""From this age nothing is drawn of growth."""
MOST = "500"


class Point(NamedTuple):
    """A value at an age: whole years, the months beyond them, and the days since birth."""

    years: int
    months: int
    days: int
    value: float
    when: str


class Curve(NamedTuple):
    """One curve: its word, the unit, the drawing (None for a single point), and the points, newest first."""

    name: str
    unit: str
    drawing: Drawing | None
    points: list[Point]


async def show(folder: Folder) -> Response:
    """The curves. Raises NotFound for who is grown, or whose birth date is not known to the day."""
    patient = await folder.read("Patient", folder.citizen)
    born = born_on(patient, folder.now)
    if born is None:
        raise NotFound("There are no growth curves of this citizen.")
    codes = ",".join(f"{LOINC}|{code}" for code in CURVES)
    asked = [("patient", folder.citizen), ("code", codes), ("_sort", "-date"), ("_count", MOST)]
    found = await folder.search("Observation", asked)
    curves = [one for one in _curves(found, born) if one.points]
    return folder.page("vekst.html", live=("Observation",), curves=curves)


def born_on(patient: Json, now: datetime) -> date | None:
    """The day a child was born; None for who is grown, and for a day that is not known."""
    text = patient.get("birthDate", "")
    if len(text) != len("2026-11-26"):
        return None
    born, today = date.fromisoformat(text), now.astimezone(OSLO).date()
    return born if born <= today and age_on(born, today) < GROWN else None


def _curves(found: Sequence[Json], born: date) -> list[Curve]:
    curves = []
    for code, name in CURVES.items():
        own = [one for one in found if _is(one, code) and one["status"] != "entered-in-error"]
        values = measured(own)
        points = [_point(when, value, born) for when, value in reversed(values) if when.date() >= born]
        curves.append(Curve(name, unit_of(own[0]) if own else "", drawn(values), points))
    return curves


def _point(when: datetime, value: float, born: date) -> Point:
    day = when.date()
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    return Point(months // 12, months % 12, (day - born).days, value, when.isoformat())


def _is(one: Json, code: str) -> bool:
    return any(
        coding.get("code") == code and coding.get("system") == LOINC
        for coding in one["code"].get("coding", ())
    )
