"""The page of a whole life: a row for each diagnosis and medicine, a row for each kind of contact."""

from datetime import datetime

from starlette.responses import Response

from fellesjournal.access.journal import Question
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO, moment_of
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.lifetime.window import Window, window

MOST = 500
"""Facts of each kind that are drawn; that there are more is said."""


async def show(desk: Desk) -> Response:
    """The years that the address asks for ("fra", "til"), the whole life to begin with."""
    id = desk.part_of_path("id")
    patient = desk.citizen
    this_year = desk.now.astimezone(OSLO).year
    born = patient.get("birthDate", "")[:4]
    seen = window(desk.asked("fra"), desk.asked("til"), int(born) if born else this_year - 20, this_year)
    encounters, notes, conditions, medicines = await desk.search_together(
        [
            Question("Encounter", _asked(id, seen)),
            Question("Composition", _asked(id, seen)),
            Question("Condition", [("patient", id), ("_sort", "-onset-date"), ("_count", str(MOST))]),
            Question("MedicationStatement", [("patient", id), ("_count", str(MOST))]),
        ]
    )
    lanes = [
        ("contacts", [_row("", f"/arbeid/innbygger/{id}", _spans(seen, encounters))]),
        ("documents", [_row("", f"/arbeid/innbygger/{id}", _spans(seen, notes))]),
        ("problems", _rows(seen, conditions, "code", f"/arbeid/innbygger/{id}/forlop/")),
        ("medicines", _rows(seen, medicines, "medicationCodeableConcept", "")),
    ]
    return desk.page(
        "lifetime.html",
        id=id,
        name=naming.person(patient),
        window=seen,
        step=1 + len(seen.years) // 16,
        lanes=[(name, rows) for name, rows in lanes if any(row["spans"] for row in rows)],
        more=MOST in map(len, (encounters, notes, conditions, medicines)),
    )


def _asked(id: str, seen: Window) -> list[tuple[str, str]]:
    return [
        ("patient", id),
        ("date", f"ge{seen.first}-01-01"),
        ("date", f"le{seen.last}-12-31"),
        ("_sort", "-date"),
        ("_count", str(MOST)),
    ]


def _rows(seen: Window, found: list[Json], named: str, opens: str) -> list[Json]:
    """A row for each thing of one name, with every course of it; those that began last come first."""
    by_name: dict[str, list[Json]] = {}
    for one in found:
        by_name.setdefault(naming.concept(one.get(named)), []).append(one)
    rows = [
        _row(name, f"{opens}{same[0]['id']}" if opens else "", _spans(seen, same))
        for name, same in by_name.items()
    ]
    return sorted((row for row in rows if row["spans"]), key=lambda row: -row["spans"][0]["x"])


def _row(text: str, opens: str, spans: list[Json]) -> Json:
    return {"text": text, "opens": opens, "spans": spans}


def _spans(seen: Window, found: list[Json]) -> list[Json]:
    """Where facts are in the window, the latest first; those wholly outside it are left out."""
    spans = []
    for one in found:
        begin, end = _period(one)
        if begin is None or begin.year > seen.last or (end is not None and end.year < seen.first):
            continue
        x = seen.place(begin)
        width = seen.place(end) - x if end else 1000 - x
        spans.append({"x": round(x, 1), "width": max(3.0, round(width, 1)), "says": _says(one)})
    return sorted(spans, key=lambda span: -span["x"])


def _period(resource: Json) -> tuple[datetime | None, datetime | None]:
    """When it began and ended; what is a moment ends as it begins, what goes on has no end."""
    begin = moment_of(_whole(naming.when(resource)))
    match resource["resourceType"]:
        case "Composition":
            return begin, begin
        case "Encounter":
            ended = resource.get("period", {}).get("end", "")
        case "Condition":
            ended = resource.get("abatementDateTime", "")
        case _:
            ended = resource.get("effectivePeriod", {}).get("end", "")
    return begin, moment_of(_whole(ended)) if ended else None


def _whole(text: str) -> str:
    """The first day of a year or month that is all that is known."""
    return text + "-01-01"[3 * (len(text) == 7) :] if 0 < len(text) < 10 else text


def _says(resource: Json) -> str:
    """What it is called when it is pointed at."""
    kinds = resource.get("type", ())
    kind = next(iter(map(naming.concept, kinds)), "") if isinstance(kinds, list) else naming.concept(kinds)
    why = ", ".join(filter(None, map(naming.concept, resource.get("reasonCode", ()))))
    text = resource.get("title") or naming.concept(resource.get("code")) or kind
    return " ".join(filter(None, (naming.when(resource)[:10], text, why)))
