"""A handful of invented citizens for a demo on a machine that has no larger set.

Names are of the adjective-and-noun kind that nobody bears; identity numbers are synthetic (month + 80).
Codes are LOINC and the national ICPC-2 list; systems as Norwegian base profiles name them (OIDs).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

Json = dict[str, Any]

IDENTITY_NUMBER = "urn:oid:2.16.578.1.12.4.1.4.1"
ICPC2 = "urn:oid:2.16.578.1.12.4.1.1.7170"
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
FIRST_VISIT = datetime(2026, 2, 2, 8, 30, tzinfo=timezone(timedelta(hours=1)))


class Person(NamedTuple):
    """One invented citizen. `serial` is the identity number's individual part (odd for men)."""

    id: str
    given: str
    family: str
    born: date
    serial: int
    systolic: int
    weight: float
    problem: tuple[str, str]


DIABETES = ("T90", "Diabetes type 2")
PRESSURE = ("K86", "Hypertensjon ukomplisert")
ASTHMA = ("R96", "Astma")
COUGH = ("R05", "Hoste")

PEOPLE = (
    Person("person-1", "Blid", "Fjellrype", date(1948, 3, 14), 120, 152, 68.4, PRESSURE),
    Person("person-2", "Rolig", "Sjøstjerne", date(1955, 11, 2), 231, 138, 91.0, DIABETES),
    Person("person-3", "Modig", "Bjørkekvist", date(1962, 7, 23), 346, 126, 74.2, ASTHMA),
    Person("person-4", "Lystig", "Granitt", date(1971, 1, 30), 419, 131, 83.5, COUGH),
    Person("person-5", "Undrende", "Multemyr", date(1984, 5, 8), 154, 118, 62.9, ASTHMA),
    Person("person-6", "Sindig", "Nordavind", date(1990, 9, 17), 263, 121, 79.1, COUGH),
    Person("person-7", "Kvikk", "Røsslyng", date(2004, 12, 5), 538, 112, 58.3, ASTHMA),
    Person("person-8", "Tålmodig", "Isbre", date(1937, 8, 19), 375, 161, 70.7, DIABETES),
)


def resources() -> Iterator[Json]:
    """The whole set; references point only to what comes before."""
    yield {"resourceType": "Organization", "id": "legesenter", "name": "Isfjell legesenter", "active": True}
    yield {
        "resourceType": "Practitioner",
        "id": "lege",
        "name": [{"text": "Våken Heggedal", "family": "Heggedal", "given": ["Våken"]}],
    }
    for place, person in enumerate(PEOPLE):
        yield from _record(person, FIRST_VISIT + timedelta(days=3 * place))


def identity_number(born: date, serial: int) -> str:
    """A synthetic national identity number: month + 80, control digits as the register makes them."""
    digits = [int(digit) for digit in f"{born.day:02}{born.month + 80:02}{born.year % 100:02}{serial:03}"]
    for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
        control = -sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if control > 9:
            raise ValueError(f"the serial {serial} gives no identity number for {born}")
        digits.append(control)
    return "".join(map(str, digits))


def _record(person: Person, first: datetime) -> Iterator[Json]:
    """One citizen with three visits, each with its measurements, and one problem."""
    yield _patient(person)
    yield _problem(person, first)
    for number in range(3):
        when = first + timedelta(days=28 * number)
        visit = f"{person.id}-visit-{number + 1}"
        yield _encounter(person, visit, when)
        yield from _measurements(person, visit, when, number)


def _patient(person: Person) -> Json:
    return {
        "resourceType": "Patient",
        "id": person.id,
        "identifier": [{"system": IDENTITY_NUMBER, "value": identity_number(person.born, person.serial)}],
        "name": [{"use": "official", "family": person.family, "given": [person.given]}],
        "gender": "male" if person.serial % 2 else "female",
        "birthDate": person.born.isoformat(),
        "address": [{"line": ["Isfjellveien 1"], "city": "Isfjell", "country": "NO"}],
        "managingOrganization": {"reference": "Organization/legesenter"},
    }


def _problem(person: Person, first: datetime) -> Json:
    code, display = person.problem
    return {
        "resourceType": "Condition",
        "id": f"{person.id}-problem",
        "clinicalStatus": {"coding": [{"system": f"{TERMINOLOGY}/condition-clinical", "code": "active"}]},
        "code": {"coding": [{"system": ICPC2, "code": code, "display": display}], "text": display},
        "subject": {"reference": f"Patient/{person.id}"},
        "recordedDate": first.isoformat(),
    }


def _encounter(person: Person, visit: str, when: datetime) -> Json:
    return {
        "resourceType": "Encounter",
        "id": visit,
        "status": "finished",
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": "AMB", "display": "ambulatory"},
        "subject": {"reference": f"Patient/{person.id}"},
        "participant": [{"individual": {"reference": "Practitioner/lege"}}],
        "period": {"start": when.isoformat(), "end": (when + timedelta(minutes=20)).isoformat()},
        "serviceProvider": {"reference": "Organization/legesenter"},
    }


def _measurements(person: Person, visit: str, when: datetime, number: int) -> Iterator[Json]:
    systolic = person.systolic - 3 * number
    pressure = _observation(person, visit, when, "85354-9", "Blood pressure panel")
    pressure["component"] = [
        {"code": _loinc("8480-6", "Systolic blood pressure"), "valueQuantity": _amount(systolic, "mm[Hg]")},
        {
            "code": _loinc("8462-4", "Diastolic blood pressure"),
            "valueQuantity": _amount(82 - number, "mm[Hg]"),
        },
    ]
    yield pressure
    weight = _observation(person, visit, when, "29463-7", "Body weight")
    yield weight | {"valueQuantity": _amount(round(person.weight - 0.3 * number, 1), "kg")}
    pulse = _observation(person, visit, when, "8867-4", "Heart rate")
    yield pulse | {"valueQuantity": _amount(64 + 2 * number, "/min")}


def _observation(person: Person, visit: str, when: datetime, code: str, display: str) -> Json:
    category = {"system": f"{TERMINOLOGY}/observation-category", "code": "vital-signs"}
    return {
        "resourceType": "Observation",
        "id": f"{visit}-{code}",
        "status": "final",
        "category": [{"coding": [category]}],
        "code": _loinc(code, display),
        "subject": {"reference": f"Patient/{person.id}"},
        "encounter": {"reference": f"Encounter/{visit}"},
        "effectiveDateTime": when.isoformat(),
    }


def _loinc(code: str, display: str) -> Json:
    return {"coding": [{"system": LOINC, "code": code, "display": display}]}


def _amount(value: float, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}
