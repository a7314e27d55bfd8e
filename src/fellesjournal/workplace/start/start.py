"""The page a health worker begins at: those in the unit's care today, live."""

from starlette.responses import Response

from fellesjournal.access.policies import Right
from fellesjournal.workplace import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes import worklist
from fellesjournal.workplace.oversight import follow_up

MOST = 100
SHOWS = ("Encounter", "EpisodeOfCare", "ServiceRequest", "Appointment", "Patient")
"""The types that the lists are made of: when one changes, they are fetched anew."""

_QUESTIONS = (
    (
        "waiting",
        "Encounter",
        [("status", "in-progress"), ("class", "EMER"), ("_include", "Encounter:subject")],
    ),
    (
        "inpatients",
        "Encounter",
        [("status", "in-progress"), ("class", "IMP"), ("_include", "Encounter:subject")],
    ),
    ("services", "EpisodeOfCare", [("status", "active"), ("_include", "EpisodeOfCare:patient")]),
    (
        "asked",
        "ServiceRequest",
        [("status", "active"), ("intent", "order"), ("_include", "ServiceRequest:patient")],
    ),
    ("today", "Appointment", [("_include", "Appointment:patient")]),
)
_UNIT = {
    "Encounter": "service-provider",
    "EpisodeOfCare": "organization",
    "ServiceRequest": "performer",
    "Appointment": "actor",
}
_PERSON = {"Encounter": "subject", "EpisodeOfCare": "patient", "ServiceRequest": "subject"}


async def show(desk: Desk) -> Response:
    """The page with the worklists; the privacy officer's is what there is to follow up."""
    if Right.AUDIT in desk.policy.rights:
        return await follow_up.show(desk)
    return desk.page("start.html", **await _shown(desk), to_sign=await worklist.lists(desk))


async def lists(desk: Desk) -> Response:
    """The worklists as they are now."""
    return desk.page("lists.html", **await _shown(desk))


async def _shown(desk: Desk) -> Json:
    administers = Right.ADMINISTER in desk.policy.rights
    return {"lists": await _lists(desk), "shows": SHOWS, "administers": administers}


async def _lists(desk: Desk) -> list[tuple[str, list[Json]]]:
    """The worklists of the unit, each with what it is, and nothing left out silently."""
    lists = []
    for name, type_name, parameters in _QUESTIONS:
        asked = [(_UNIT[type_name], desk.actor.unit), *parameters, ("_count", str(MOST))]
        if type_name == "Appointment":
            place = desk.actor.unit.replace("Organization/", "Location/")
            asked[0] = ("actor", f"{desk.actor.unit},{place}")
            asked.append(("date", f"{desk.now:%Y-%m-%d}"))
        found = await desk.search(type_name, asked)
        if rows := _rows(desk, found, type_name):
            lists.append((name, rows))
    if desk.actor.role == "lege":
        listed = await desk.search(
            "Patient",
            [("general-practitioner", desk.actor.person), ("_sort", "family"), ("_count", str(MOST))],
        )
        if listed:
            lists.append(("list", [_row(desk, one, [{}]) for one in listed]))
    return lists


def _rows(desk: Desk, found: list[Json], type_name: str) -> list[Json]:
    """A row for each citizen and, of appointments, for each of them."""
    patients = {f"Patient/{one['id']}": one for one in found if one["resourceType"] == "Patient"}
    whys: dict[str, list[Json]] = {}
    for one in found:
        if one["resourceType"] == type_name and (citizen := _reference(one)) in patients:
            own = f"{citizen} {one['id']}" if type_name == "Appointment" else citizen
            whys.setdefault(own, []).append(one)
    rows = [_row(desk, patients[own.partition(" ")[0]], why) for own, why in whys.items()]
    return sorted(rows, key=lambda row: (row["since"], row["name"]))


def _row(desk: Desk, patient: Json, whys: list[Json]) -> Json:
    """One citizen, and why: the reasons of all, once each, since the first."""
    whys = sorted(whys, key=naming.when)
    reasons = [reason for why in whys for reason in _reasons(why)]
    return {
        "id": patient["id"],
        "name": naming.person(patient),
        "age": naming.age(patient, desk.now),
        "number": naming.identity(patient),
        "since": naming.when(whys[0]),
        "reason": ", ".join(dict.fromkeys(filter(None, reasons))),
    }


def _reasons(why: Json) -> list[str]:
    reasons = [naming.concept(one) for one in why.get("reasonCode", ())]
    if why.get("resourceType") == "EpisodeOfCare":
        reasons += [naming.concept(one) for one in why.get("type", ())]
    if why.get("resourceType") == "ServiceRequest":
        reasons.insert(0, naming.concept(why.get("code", {})))
    if why.get("resourceType") == "Appointment":
        reasons.append(why.get("comment", ""))
    return reasons


def _reference(resource: Json) -> str:
    if resource["resourceType"] == "Appointment":
        actors = (one.get("actor", {}).get("reference", "") for one in resource["participant"])
        return next((one for one in actors if one.startswith("Patient/")), "")
    return str(resource[_PERSON[resource["resourceType"]]]["reference"])
