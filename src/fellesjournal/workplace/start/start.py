"""The page a health worker begins at: those in the unit's care today."""

from starlette.responses import Response

from fellesjournal.access.policies import Right
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.notes import worklist
from fellesjournal.workplace.oversight import follow_up

MOST = 100

_QUESTIONS = (
    (
        "inpatients",
        "Encounter",
        [("status", "in-progress"), ("class", "IMP"), ("_include", "Encounter:subject")],
    ),
    ("services", "EpisodeOfCare", [("status", "active"), ("_include", "EpisodeOfCare:patient")]),
    ("today", "Appointment", [("_include", "Appointment:patient")]),
)
_UNIT = {"Encounter": "service-provider", "EpisodeOfCare": "organization", "Appointment": "actor"}
_PERSON = {"Encounter": "subject", "EpisodeOfCare": "patient"}


async def show(desk: Desk) -> Response:
    """The worklists of the unit, each with what it is, and nothing left out silently; the privacy officer's
    is what there is to follow up.
    """
    if Right.AUDIT in desk.policy.rights:
        return await follow_up.show(desk)
    lists = []
    for name, type_name, parameters in _QUESTIONS:
        asked = [(_UNIT[type_name], desk.actor.unit), *parameters, ("_count", str(MOST))]
        if type_name == "Appointment":
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
            lists.append(("list", [_row(desk, one, {}) for one in listed]))
    return desk.page(
        "start.html",
        lists=lists,
        administers=Right.ADMINISTER in desk.policy.rights,
        to_sign=await worklist.lists(desk),
    )


def _rows(desk: Desk, found: list[Json], type_name: str) -> list[Json]:
    patients = {f"Patient/{one['id']}": one for one in found if one["resourceType"] == "Patient"}
    rows = []
    for one in found:
        if one["resourceType"] == type_name and (patient := patients.get(_reference(one))):
            rows.append(_row(desk, patient, one))
    return sorted(rows, key=lambda row: (row["since"], row["name"]))


def _row(desk: Desk, patient: Json, why: Json) -> Json:
    reasons = [naming.concept(one) for one in why.get("reasonCode", ())]
    reasons += [naming.concept(one) for one in why.get("type", ()) if why["resourceType"] == "EpisodeOfCare"]
    return {
        "id": patient["id"],
        "name": naming.person(patient),
        "age": naming.age(patient, desk.now),
        "number": naming.identity(patient),
        "since": naming.when(why),
        "reason": ", ".join(filter(None, reasons)),
    }


def _reference(resource: Json) -> str:
    if resource["resourceType"] == "Appointment":
        actors = (one.get("actor", {}).get("reference", "") for one in resource["participant"])
        return next((one for one in actors if one.startswith("Patient/")), "")
    return str(resource[_PERSON[resource["resourceType"]]]["reference"])
