"""The score of the newest set of vital signs, as the chart tells it: its sum, and the points of each sign.

The points are those that were stored with the score, so scale and oxygen are as they were; a value that was
measured at another time than the score has none.
"""

from collections.abc import Mapping

from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Json
from fellesjournal.workplace.vitals import pevs, rules
from fellesjournal.workplace.vitals.signs import NEWS2, PEVS, PRESSURE, SIGNS

SUMS = {NEWS2: "NEWS2", PEVS: "PEVS"}
"""Codes of the scores, with what they are called in every language."""
_PRESSURE_FIELD = "sys"
_BANDS = {"high": "p3", "medium": "p2", "single": "p2", "low": "p1", "call": "p3", "watch": "p2"}
"""How a score is coloured, as the points in the grid are."""


def height(score: Json) -> str:
    """How grave a score is, "p1" to "p3": by the band that it is answered with; "" where all is as usual."""
    return _BANDS.get(band(score), "")


def band(score: Json) -> str:
    """The band that a score is answered with (rules.Band, pevs.Band), by the points that stand in it."""
    points = _points(score)
    if NEWS2 in naming.coded_as(score["code"]):
        return rules.Score(points, ()).band
    given = pevs.Score({name: points[name] for name in pevs.PARTS if name in points}, pevs.EXTRA in points)
    return given.band


def heights(score: Json | None) -> Mapping[str, str]:
    """The same of the values of its set, by their LOINC codes; those without points are left out."""
    points = _points(score) if score else {}
    codes = {sign.field: sign.code for sign in SIGNS} | {_PRESSURE_FIELD: PRESSURE}
    return {codes[name]: f"p{number}" for name, number in points.items() if number and name in codes}


def _points(score: Json) -> dict[str, int]:
    """Points by the names of parameters: those of the codes "news2-puls", "pevs-atferd"."""
    found = {}
    for one in score.get("component", ()):
        for code in naming.coded_as(one["code"]):
            found[code.partition("-")[2]] = int(one.get("valueInteger", 0))
    return found
