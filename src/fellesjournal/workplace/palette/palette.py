"""Hits of the palette: citizens by name, birth date or identity number."""

import re

from starlette.responses import Response

from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.palette import within

MOST = 8
_NUMBER, _DATE = re.compile(r"\d{6} ?\d{5}"), re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


async def find(desk: Desk) -> Response:
    """What fits in the open chart, and the citizens that fit; nothing before two letters."""
    typed = desk.asked("q").strip()[:60]
    found = await desk.search("Patient", [*_asked(typed), ("_count", str(MOST))]) if len(typed) > 1 else []
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
    inside = await within.find(desk, chart, typed) if chart and len(typed) > 1 else []
    return desk.page("hits.html", rows=rows, within=inside, chart=chart, typed=typed)


def _asked(typed: str) -> list[tuple[str, str]]:
    """The search that a text means: an identity number, a date of birth, or the beginnings of names."""
    if _NUMBER.fullmatch(typed):
        digits = typed.replace(" ", "")
        return [
            ("identifier", ",".join(f"{kind.system}|{digits}" for kind in (Kind.BIRTH_NUMBER, Kind.D_NUMBER)))
        ]
    if date := _DATE.fullmatch(typed):
        day, month, year = date.groups()
        return [("birthdate", f"{year}-{int(month):02}-{int(day):02}")]
    return [("name", word) for word in re.sub(r"[,|$\\]", " ", typed).split()] + [("_sort", "family")]
