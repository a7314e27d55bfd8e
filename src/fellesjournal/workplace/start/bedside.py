"""What a list tells of somebody beside the reason: where the bed is, who is responsible, the last score, and
where those live who are visited at home.

What the record does not have is not told, and its column is not there.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from fellesjournal.norway.protection import is_protected
from fellesjournal.ui import naming
from fellesjournal.ui.values import value_of
from fellesjournal.workplace.chart.scored import SUMS, band, height
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called, name_of
from fellesjournal.workplace.vitals.signs import NEWS2

SCORED = frozenset({"inpatients", "present"})
"""The lists of those who are measured where they are."""
BACK = timedelta(days=2)
"""How old a last score may be that stands on a list: the longest interval is twelve hours (RCP 2017)."""
COLUMNS = ("place", "address", "score", "responsible")
"""What a row may tell more, in the order of the columns."""
MOST = 2_000
_PAGE = "500"
_ATTENDS = {"ATND", "PPRF"}
"""Who is responsible in a stay: attender, primary performer (v3-ParticipationType)."""


def place_of(encounter: Json, places: Mapping[str, Json], unit: str) -> str:
    """The room and bed where somebody is now, as its `places` (by reference) are called; "" when it is not
    said, or no more than the `unit`. Of who has a protected address it is masked."""
    now = [
        one["location"]
        for one in encounter.get("location", ())
        if one.get("status", "active") == "active" and "end" not in one.get("period", {})
    ]
    named = (one.get("display") or naming.party(places.get(one.get("reference", ""), {})) for one in now)
    return ", ".join(dict.fromkeys(one for one in named if one and one != unit))


def responsible(resource: Json) -> list[Json]:
    """References to those who answer for a stay, a service or an appointment; none where it is not said."""
    match resource["resourceType"]:
        case "Encounter":
            taking_part = [
                one
                for one in resource.get("participant", ())
                if "end" not in one.get("period", {}) and _is_worker(one.get("individual"))
            ]
            attending = [one for one in taking_part if _attends(one)]
            return [one["individual"] for one in attending or taking_part[:1]]
        case "EpisodeOfCare":
            manager = resource.get("careManager")
            return [manager] if manager and _is_worker(manager) else []
        case "Appointment":
            said = (one for one in resource["participant"] if one.get("status") != "declined")
            return [one["actor"] for one in said if _is_worker(one.get("actor"))]
    return []


def home_of(patient: Json) -> str:
    """Street and place; "" of who has a protected address, whoever looks: a list stands open for many."""
    now = (one for one in patient.get("address", ()) if one.get("use") != "old" and _is_open(one))
    found: Json = {} if is_protected(patient) else next(now, {})
    place = " ".join(filter(None, (found.get("postalCode"), found.get("city"))))
    return ", ".join(filter(None, (*found.get("line", ()), place)))


async def tell(desk: Desk, lists: Mapping[str, Sequence[Json]]) -> None:
    """Put the last score and the names of those responsible into the rows of all lists: one search for each,
    at most."""
    measured = [row for name in SCORED & lists.keys() for row in lists[name]]
    scores = await _scores(desk, {row["id"] for row in measured if row["id"]})
    for row in measured:
        row["score"] = scores.get(row["id"])
    every = [row for rows in lists.values() for row in rows]
    names = await called(desk, [one for row in every for one in row["responsible"]])
    for row in every:
        said = (name_of(one, names) for one in row["responsible"])
        row["responsible"] = ", ".join(dict.fromkeys(filter(None, said)))


def columns(rows: Iterable[Json]) -> tuple[str, ...]:
    """Those of COLUMNS that some row of a list has something in; that an address is withheld is something."""
    found = {name for row in rows for name in COLUMNS if row[name] or (name == "address" and row["hidden"])}
    return tuple(name for name in COLUMNS if name in found)


async def _scores(desk: Desk, citizens: Collection[str]) -> dict[str, Json]:
    """The last score of each citizen (by id) since a while, what was entered in error aside."""
    if not citizens or not desk.reads("Observation"):
        return {}
    asked = [("patient", ",".join(f"Patient/{id}" for id in sorted(citizens))), ("code", ",".join(SUMS))]
    asked += [("date", f"ge{(desk.now - BACK).isoformat(timespec='seconds')}"), ("_sort", "-date")]
    newest: dict[str, Json] = {}
    for one in await desk.search_all("Observation", [*asked, ("_count", _PAGE)], MOST):
        if not naming.is_wrong(one):
            newest.setdefault(one["subject"]["reference"].partition("/")[2], _told(one))
    return newest


def _told(score: Json) -> Json:
    codes = naming.coded_as(score["code"])
    return {
        "value": value_of(score),
        "name": next(name for code, name in SUMS.items() if code in codes),
        "is_news": NEWS2 in codes,
        "band": band(score),
        "height": height(score),
        "when": naming.when(score),
    }


def _is_worker(reference: Json | None) -> bool:
    return str((reference or {}).get("reference", "")).startswith("Practitioner/")


def _attends(participant: Json) -> bool:
    return any(naming.coded_as(one) & _ATTENDS for one in participant.get("type", ()))


def _is_open(address: Json) -> bool:
    return "end" not in address.get("period", {})
