"""The citizens of these tests: one whose record holds something of everything, one who is out of reach."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from access.conftest import patient, stay
from fellesjournal.norway.writing import OSLO
from fellesjournal.workplace.vitals.rules import PARAMETERS
from fellesjournal.workplace.vitals.signs import NEWS2, OWN, SNOMED
from world import sample, staff

Json = dict[str, Any]

ADA, NEAR, FAR = "ada", "solfrid", "langtvekk"
FAR_NUMBER = sample.identity_number(date(1960, 6, 6), 231)
SCRIPT = '<script>alert("her")</script>'
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
NPU = "https://laboratorium.example/prover"
ICD10, ICPC2 = "http://hl7.org/fhir/sid/icd-10-no", "http://hl7.org/fhir/sid/icpc-2"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"


def resources() -> Iterator[Json]:
    """Staff and units, codes, and the citizens; references point only to what comes before."""
    yield from staff.resources()
    yield codes()
    yield scabies()
    yield named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01", gender="female")
    yield named(NEAR, "Solfrid", "Multemyr", birthDate="1950-05-05", gender="female")
    number = {"system": sample.IDENTITY_NUMBER, "value": FAR_NUMBER}
    yield named(FAR, "Fjern", "Havsule", birthDate="1960-06-06", gender="male", identifier=[number])
    yield stay("ada-stay", ADA, staff.WARD, "2026-11-20", reasonCode=[{"text": "Lungebetennelse"}])
    yield stay("near-stay", NEAR, staff.WARD, "2026-11-21")
    yield home_service("ada-home", ADA, "Helsetjenester i hjemmet")
    yield from _history()


def _history() -> Iterator[Json]:
    yield condition("ada-pneumonia", "Pneumoni", "2026-11-20")
    yield condition("ada-old", "Hoftebrudd", "2009-03-01", ended="2009-12-01")
    yield laboratory("ada-crp", "CRP", 82, "mg/L", "2026-11-21T08:00:00+01:00")
    yield laboratory("ada-crp-old", "CRP", 4, "mg/L", "2022-10-03T08:00:00+02:00")
    yield laboratory("ada-ferritin", "Ferritin", 9, "µg/L", "2022-10-03T08:00:00+02:00")
    yield vital("ada-pulse", "8867-4", "Puls", 88, "/min", "2026-11-21T08:00:00+01:00")
    yield note("ada-note", "Innkomstnotat", f"Hoster og er tungpusten. {SCRIPT}", "2026-11-20")


def named(id: str, given: str, family: str, **members: Any) -> Json:
    """A citizen with a name."""
    return patient(id) | {"name": [{"given": [given], "family": family}]} | members


def to(id: str) -> Json:
    """A reference to a citizen."""
    return {"reference": f"Patient/{id}"}


def home_service(id: str, citizen: str, text: str) -> Json:
    """A service of the home-care unit, which goes on."""
    return {
        "resourceType": "EpisodeOfCare",
        "id": id,
        "status": "active",
        "patient": to(citizen),
        "managingOrganization": {"reference": f"Organization/{staff.HOME}"},
        "type": [{"text": text}],
        "period": {"start": "2024-03-01"},
    }


def appointment(id: str, citizen: str, unit: str) -> Json:
    """An appointment at noon today, at the place of a unit."""
    noon = today(12)
    actors = (to(citizen), {"reference": f"Location/{unit}"})
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "start": noon.isoformat(),
        "end": (noon + timedelta(minutes=30)).isoformat(),
        "participant": [{"actor": one, "status": "accepted"} for one in actors],
    }


def place(unit: str) -> Json:
    """The place of a unit."""
    return {
        "resourceType": "Location",
        "id": unit,
        "name": unit,
        "managingOrganization": {"reference": f"Organization/{unit}"},
    }


def condition(id: str, text: str, since: str, *, ended: str = "", citizen: str = ADA) -> Json:
    """A diagnosis, active or past."""
    status = "resolved" if ended else "active"
    made = {
        "resourceType": "Condition",
        "id": id,
        "clinicalStatus": {"coding": [{"system": CLINICAL, "code": status}]},
        "code": {"text": text},
        "subject": to(citizen),
        "onsetDateTime": since,
        "recordedDate": since,
    }
    return made | ({"abatementDateTime": ended} if ended else {})


def laboratory(id: str, text: str, value: float, unit: str, when: str, citizen: str = ADA) -> Json:
    """A laboratory result; the code of its test is made of its name."""
    system, _, code = code_of(text).partition("|")
    coded = {"coding": [{"system": system, "code": code}], "text": text}
    return _observation(id, "laboratory", coded, value, unit, when, citizen)


def code_of(text: str) -> str:
    """The code of a test as an address names it."""
    return f"{NPU}|{text.upper().replace(' ', '-')}"


def vital(id: str, code: str, text: str, value: float, unit: str, when: str) -> Json:
    """A vital sign."""
    coded = {"coding": [{"system": LOINC, "code": code}], "text": text}
    return _observation(id, "vital-signs", coded, value, unit, when, ADA)


def _observation(
    id: str, category: str, code: Json, value: float, unit: str, when: str, citizen: str
) -> Json:
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "category": [{"coding": [{"system": CATEGORY, "code": category}]}],
        "code": code,
        "subject": to(citizen),
        "effectiveDateTime": when,
        "valueQuantity": {"value": value, "unit": unit},
    }


def news2(id: str, points: dict[str, int], hours: float, citizen: str = ADA) -> Json:
    """A NEWS2 so many hours ago; what has no points in it is 0."""
    parts = [
        {"code": {"coding": [{"system": OWN, "code": f"news2-{name}"}]}, "valueInteger": points.get(name, 0)}
        for name in PARAMETERS
    ]
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": {"coding": [{"system": SNOMED, "code": NEWS2}], "text": "NEWS2"},
        "subject": to(citizen),
        "effectiveDateTime": soon(round(-60 * hours)),
        "valueInteger": sum(points.values()),
        "component": parts,
    }


def note(id: str, title: str, text: str, when: str) -> Json:
    """A note with one section; what the text holds is escaped as a narrative must have it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{escaped}</p></div>'
    return {
        "resourceType": "Composition",
        "id": id,
        "status": "final",
        "type": {"text": title},
        "title": title,
        "subject": to(ADA),
        "date": when,
        "author": [{"reference": "Practitioner/ivrig-steinroys"}],
        "section": [{"title": "Vurdering", "text": {"status": "generated", "div": div}}],
    }


def codes() -> Json:
    """A few codes of ICD-10, in place of the release that a site loads."""
    concepts = {"S72.0": "Brudd i lårhals", "J18.9": "Uspesifisert pneumoni", "I10": "Hypertensjon"}
    return {
        "resourceType": "CodeSystem",
        "id": "icd-10-few",
        "url": ICD10,
        "version": "2026",
        "status": "active",
        "content": "complete",
        "concept": [{"code": code, "display": display} for code, display in concepts.items()],
    }


def scabies() -> Json:
    """ICPC-2's code that is the beginning of ICD-10's codes of a broken thigh."""
    return {
        "resourceType": "CodeSystem",
        "id": "icpc-2-one",
        "url": ICPC2,
        "version": "7",
        "status": "active",
        "content": "complete",
        "concept": [{"code": "S72", "display": "Skabb"}],
    }


def today(hour: int) -> datetime:
    """An hour of this day, as it is in Norway."""
    return datetime.now(OSLO).replace(hour=hour, minute=0, second=0, microsecond=0)


def soon(minutes: int = 30) -> str:
    """A moment a little ahead of now, as FHIR writes it."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat(timespec="seconds")
