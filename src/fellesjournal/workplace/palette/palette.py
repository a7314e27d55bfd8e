"""Hits of the palette: citizens by name, birth date or identity number."""

from starlette.responses import Response

from fellesjournal.access.journal import EMERGENCY
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.emergency import number
from fellesjournal.workplace.emergency.emergency import HERE, may
from fellesjournal.workplace.meaning import NUMBER, meant
from fellesjournal.workplace.palette import ours, rules, within

MOST = 8


async def find(desk: Desk) -> Response:
    """What fits in the open chart, and the citizens that fit; what fits better first, as Enter takes that.
    Nothing before two letters. When all of a kind is asked for, by its resource types, no citizens."""
    typed, types = desk.asked("q").strip()[:200], tuple(filter(None, desk.asked("typer").split(",")))
    asks = len(typed) > 1 and not types
    found = await _citizens(desk, typed) if asks else []
    rows = [
        {
            "id": one["id"],
            "name": naming.person(one),
            "age": naming.age(one, desk.now),
            "number": naming.identity(one),
        }
        for one in found
    ]
    chart = desk.asked("innbygger")
    inside = await within.find(desk, chart, typed, types) if chart and len(typed) > 1 else None
    is_told = inside is not None and not NUMBER.fullmatch(typed)
    found_none = not rows and not (inside and inside.groups) and len(typed) > 1
    return desk.page(
        "hits.html",
        rows=rows,
        inside=inside,
        citizens_first=inside is not None and _citizens_first(typed, rows, chart, inside),
        chart=chart,
        nothing=_nothing(desk, typed) if found_none and not is_told else "",
        emergency=_emergency(desk, typed) if found_none else "",
    )


async def _citizens(desk: Desk, typed: str) -> list[Json]:
    """Those whom a text means; of several found by a name those of one's own worklists come first. For one
    alone the lists are not asked: that costs more than the search itself, with each letter.
    """
    wanted = meant(typed)
    found = await desk.search("Patient", [*wanted, ("_count", str(MOST))])
    words = [value for name, value in wanted if name == "name"]
    if len(found) < 2 or not words:
        return found
    own = await ours.find(desk, words, MOST)
    known = {one["id"] for one in own}
    return [*own, *(one for one in found if one["id"] not in known)][:MOST]


def _citizens_first(typed: str, rows: list[Json], chart: str, inside: within.Inside) -> bool:
    """See rules.citizens_first; the chart that is open need not be opened."""
    names = [row["name"] for row in rows if row["id"] != chart]
    return rules.citizens_first(typed, names, (row.text for group in inside.groups for row in group.rows))


def _nothing(desk: Desk, typed: str) -> str:
    """Why nothing was found: an identity number may be nobody's."""
    if not NUMBER.fullmatch(typed):
        return str(desk.t.palette.none)
    today = desk.now.astimezone(OSLO).date()
    return number.wrong(number.digits(typed), today, desk.t) or str(desk.t.palette.no_reach)


def _emergency(desk: Desk, typed: str) -> str:
    """Where emergency access to the bearer of a number is asked for; "" without a number, or the right."""
    today, digits = desk.now.astimezone(OSLO).date(), number.digits(typed)
    if not may(desk, EMERGENCY) or number.wrong(digits, today, desk.t):
        return ""
    return f"{HERE}#nummer={digits}"
