"""New results: what laboratories have answered about those on a worker's lists since this worker last looked.

Somebody stays on the list until the worker has opened the record, or marked it as read: results are not over
because a day is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import number
from fellesjournal.ui.values import side, unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json

BACK = timedelta(days=14)
"""How old a result that is new can be, by when it was taken: what is brought in all at once is no news."""
MOST = 2_000
_PAGE = "500"


async def rows(desk: Desk, listed: Iterable[Json]) -> list[Json]:
    """Those of the rows of other lists who have new results, each once, whose wait is longest first."""
    people = {f"Patient/{one['id']}": one for one in listed if one["id"]}
    if not people or not desk.reads("Observation"):
        return []
    keys = {key_of(reference): reference for reference in people}
    known = await desk.readings.known(list(keys), desk.actor.person)
    until = {keys[key]: moment for key, moment in known.items()}
    since = desk.now - BACK
    asked = [("patient", ",".join(people)), ("category", "laboratory"), ("_sort", "-date")]
    asked += [("date", f"ge{since.date()}"), ("_count", _PAGE)]
    new: dict[str, list[Json]] = {}
    for one in await desk.search_all("Observation", asked, MOST):
        whose, written = one["subject"]["reference"], datetime.fromisoformat(one["meta"]["lastUpdated"])
        if written > until.get(whose, since) and not naming.is_wrong(one):
            new.setdefault(whose, []).append(one)
    told = (
        people[whose]
        | {
            "since": min(map(_answered, found), key=datetime.fromisoformat),
            "reasons": dict.fromkeys(_told(desk, found)),
        }
        for whose, found in new.items()
    )
    return sorted(told, key=lambda row: datetime.fromisoformat(row["since"]))


def _answered(one: Json) -> str:
    """Since when a result has been there for those who are to see it: when the laboratory gave it out, or
    when it was measured on the spot."""
    return str(one.get("issued") or one.get("effectiveDateTime") or one["meta"]["lastUpdated"])


def _told(desk: Desk, found: list[Json]) -> list[str]:
    """The results outside their reference values in words, and how many others there are."""
    t = desk.t
    outside = [_said(desk, one) for one in found if side(one)]
    others = len(found) - len(outside)
    counted = t.start.other_results if outside else t.start.only_results
    return outside + ([str(counted.format(count=others))] if others else [])


def _said(desk: Desk, one: Json) -> str:
    value = number(value_of(one), desk.visit.language)
    return f"{naming.concept(one['code'])} {value} {unit_of(one)} {desk.t.results[side(one)]}"
