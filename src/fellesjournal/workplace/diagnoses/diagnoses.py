"""Adding a diagnosis: letters find it, one choice adds it. ICPC-2 in the GP's office, ICD-10 elsewhere."""

from starlette.responses import Response

from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.codes import Found
from fellesjournal.workplace.desk import Desk

ICD10, ICPC2 = "http://hl7.org/fhir/sid/icd-10-no", "http://hl7.org/fhir/sid/icpc-2"
_OIDS = {ICD10: "urn:oid:2.16.578.1.12.4.1.1.7110", ICPC2: "urn:oid:2.16.578.1.12.4.1.1.7170"}
MOST = 8
_HL7 = "http://terminology.hl7.org/CodeSystem/"


async def show(desk: Desk) -> Response:
    """The field."""
    return desk.page("diagnose.html", id=desk.part_of_path("id"))


async def find(desk: Desk) -> Response:
    """Codes that fit what was typed, best first. One that is a code of the other system is shown, and not
    taken before it is chosen: T90 is diabetes in one, and begins the codes of old injuries in the other."""
    typed = desk.asked("q").strip()[:60]
    own, *_ = systems = _systems(desk)
    found = await desk.codes.find(systems, typed, MOST) if len(typed) > 1 else []
    exact = [one for one in found if _bare(one.code) == _bare(typed)]
    rows = [(one, _written(one)) for one in [*exact, *(one for one in found if one not in exact)]]
    elsewhere = any(one.system != own for one in exact)
    return desk.page("codes.html", id=desk.part_of_path("id"), rows=rows, typed=typed, elsewhere=elsewhere)


async def add(desk: Desk) -> Response:
    """Put the chosen code on the list."""
    id = desk.part_of_path("id")
    system, _, code = desk.form.get("kode", "").partition("|")
    text = await desk.codes.display(system, code) if system in _OIDS else ""
    if not text:
        return desk.page("diagnose.html", 422, id=id, fault=desk.t.diagnoses.gone)
    today = desk.now.astimezone(OSLO).date().isoformat()
    await desk.create(
        {
            "resourceType": "Condition",
            "clinicalStatus": {"coding": [{"system": f"{_HL7}condition-clinical", "code": "active"}]},
            "verificationStatus": {
                "coding": [{"system": f"{_HL7}condition-ver-status", "code": "confirmed"}]
            },
            "category": [{"coding": [{"system": f"{_HL7}condition-category", "code": "problem-list-item"}]}],
            "code": {"coding": [{"system": _OIDS[system], "code": code, "display": text}], "text": text},
            "subject": {"reference": f"Patient/{id}"},
            "onsetDateTime": today,
            "recordedDate": today,
            "recorder": {"reference": desk.actor.person, "display": desk.actor.display},
        }
    )
    return desk.page("diagnose.html", id=id, said=f"{desk.t.diagnoses.added} {text}")


def _written(one: Found) -> str:
    """A code with the name of its system, as there are two."""
    return f"ICD-10 {naming.dotted(one.code)}" if one.system == ICD10 else f"ICPC-2 {one.code}"


def _bare(code: str) -> str:
    """A code as it is compared: releases for machines leave ICD-10's dot out."""
    return code.replace(".", "").upper()


def _systems(desk: Desk) -> tuple[str, ...]:
    """Both, the one that the role's unit codes in first."""
    return (ICPC2, ICD10) if "legekontor" in desk.actor.unit else (ICD10, ICPC2)
