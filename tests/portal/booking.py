"""A doctor's office and a vaccination room that let citizens book, with their hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from booking.test_find import workdays
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.offered import ALL, BOOKS, BY_CITIZEN, MINUTES, OWN, PREPARATION

Json = dict[str, Any]
VISITS = "https://fellesjournal.no/fhir/CodeSystem/besokstype"
OFFICE, VACCINES = "qq-office-books", "qq-vaccines-books"


def kind(code: str, text: str, minutes: int, preparation: str = "", *, books: bool = True) -> Json:
    extension: list[Json] = [{"url": MINUTES, "valuePositiveInt": minutes}]
    extension += [{"url": BY_CITIZEN, "valueBoolean": True}] if books else []
    extension += [{"url": PREPARATION, "valueString": preparation}] if preparation else []
    return {"extension": extension, "coding": [{"system": VISITS, "code": code}], "text": text}


def service(id: str, name: str, who: str, *kinds: Json) -> Json:
    return {
        "resourceType": "HealthcareService",
        "id": id,
        "active": True,
        "name": name,
        "providedBy": {"reference": f"Organization/{id}"},
        "characteristic": [{"coding": [{"system": BOOKS, "code": who}]}],
        "type": list(kinds),
    }


def resources() -> Iterator[Json]:
    """The office with the doctor whom `doctor_of` gives a citizen, and a colleague; a room for all."""
    for id in (OFFICE, VACCINES):
        yield {"resourceType": "Organization", "id": id, "name": id}
    for id, name in (("qq-doctor", "Lind"), ("qq-colleague", "Ask")):
        yield {"resourceType": "Practitioner", "id": id, "name": [{"family": name}]}
        yield {
            "resourceType": "PractitionerRole",
            "id": id,
            "active": True,
            "practitioner": {"reference": f"Practitioner/{id}"},
            "organization": {"reference": f"Organization/{OFFICE}"},
        }
        yield schedule(f"Practitioner/{id}", "konsultasjon")
    consultation = kind("konsultasjon", "Konsultasjon", 20, "Ta med listen over medisinene dine.")
    yield service(OFFICE, "Legekontoret", OWN, consultation, kind("hastetime", "Hastetime", 20, books=False))
    yield service(VACCINES, "Vaksinasjon", ALL, kind("vaksine", "Vaksine", 10))
    yield schedule(f"HealthcareService/{VACCINES}", "vaksine")


def schedule(actor: str, code: str) -> Json:
    """A calendar that is open from tomorrow, so that its first day is a whole one at any time of the day."""
    tomorrow = (datetime.now(NORWAY).date() + timedelta(days=1)).isoformat()
    return {
        "resourceType": "Schedule",
        "id": f"s-{actor.partition('/')[2]}",
        "actor": [{"reference": actor}],
        "serviceType": [{"coding": [{"system": VISITS, "code": code}]}],
        "extension": [workdays("00:00", "00:00", since={"valueDate": tomorrow})],
    }


def doctor_of(patient: Json) -> Json:
    """The citizen with the doctor of the office."""
    return patient | {"generalPractitioner": [{"reference": "Practitioner/qq-doctor"}]}
