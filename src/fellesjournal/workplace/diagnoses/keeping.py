"""Keeping the one list of diagnoses true: what stands is looked over, what is past ends, what was never so is
marked. Nothing is deleted (helsepersonelloven § 42: what is wrong is mended so that it can still be read).
"""

from starlette.responses import Response

from fellesjournal.errors import Conflict, NotFound, PreconditionFailed
from fellesjournal.ui import naming
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.diagnoses import courses
from fellesjournal.workplace.diagnoses.reviews import Review, with_review

_CODES = "http://terminology.hl7.org/CodeSystem/condition-"
ACTS = {"vurdering": "reviewed", "avslutning": "closed", "gjenapning": "reopened", "feilforing": "withdrawn"}
"""The last part of an address, and the text that says that it is done."""


async def keep(desk: Desk) -> Response:
    """Do what the address names to the diagnosis, if it still is the version that was shown. Raises NotFound
    for an act that there is not."""
    act, one = desk.part_of_path("handling"), await courses.condition(desk)
    if act not in ACTS:
        raise NotFound(f"A diagnosis is not kept by '{act}'.")
    if str(one["meta"]["versionId"]) != desk.form.get("versjon") or naming.is_wrong(one):
        return await courses.page(desk, one, fault=desk.t.diagnoses.changed_since)
    try:
        stored = await desk.update(_becomes(desk, one, act))
    except (PreconditionFailed, Conflict):
        return await courses.page(desk, await courses.condition(desk), fault=desk.t.diagnoses.changed_since)
    return await courses.page(desk, stored, said=desk.t.diagnoses[ACTS[act]])


def _becomes(desk: Desk, one: Json, act: str) -> Json:
    """The diagnosis as it is after an act. What was never so has no clinical status, and what goes on no end
    (con-4 and con-5 of Condition)."""
    today = desk.today.isoformat()
    open_ended = {name: value for name, value in one.items() if not name.startswith("abatement")}
    match act:
        case "avslutning":
            return one | {"clinicalStatus": _coded("clinical", "resolved"), "abatementDateTime": today}
        case "gjenapning":
            return open_ended | {"clinicalStatus": _coded("clinical", "active")}
        case "feilforing":
            open_ended.pop("clinicalStatus", None)
            return open_ended | {"verificationStatus": _coded("ver-status", "entered-in-error")}
    reader = {"reference": desk.actor.person, "display": desk.actor.display}
    return with_review(one, Review(today, reader))


def _coded(system: str, code: str) -> Json:
    return {"coding": [{"system": f"{_CODES}{system}", "code": code}]}
