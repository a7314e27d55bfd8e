"""Lyngdalsfjord: one small fictional region that tests share. Every name and number in it is invented.

`resources()` gives it whole, in the order it is to be created; each call gives fresh copies. Persons have
synthetic identity numbers (month + 80). The awkward cases that a search must get right stand beside the
ordinary ones: open periods, partial dates, comparators, ranges, units, texts without codes, odd letters.
"""

from typing import Any

from world import observations

Json = dict[str, Any]

IDENTITY = "urn:oid:2.16.578.1.12.4.1.4.1"
PERSONNEL = "urn:oid:2.16.578.1.12.4.1.4.4"
ORGANISATION = "urn:oid:2.16.578.1.12.4.1.4.101"
SNOMED = "http://snomed.info/sct"
V2_IDENTIFIER = "http://terminology.hl7.org/CodeSystem/v2-0203"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
TAGS = "https://lyngdalsfjord.example/merkelapp"


def resources() -> list[Json]:
    """Every resource of the region."""
    return [
        *organisations(),
        *people(),
        *encounters(),
        *conditions(),
        *observations.resources(),
        *plans(),
        *definitions(),
    ]


def coded(system: str | None, code: str | None, display: str | None = None, text: str | None = None) -> Json:
    """A CodeableConcept of what is given."""
    coding = {k: v for k, v in (("system", system), ("code", code), ("display", display)) if v}
    return ({"coding": [coding]} if coding else {}) | ({"text": text} if text else {})


def percent(value: float) -> Json:
    """A Quantity in percent."""
    return {"value": value, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%"}


def to(reference: str, **more: str) -> Json:
    """A Reference."""
    return {"reference": reference, **more}


def organisations() -> list[Json]:
    region = {
        "resourceType": "Organization",
        "id": "lyngdalsfjord",
        "active": True,
        "identifier": [{"system": ORGANISATION, "value": "100200"}],
        "name": "Lyngdalsfjord helseregion",
        "alias": ["Lyngdalsfjord", "Ytre-Fjord"],
    }
    hospital = {
        "resourceType": "Organization",
        "id": "sykehuset",
        "active": True,
        "identifier": [{"system": ORGANISATION, "value": "100201"}],
        "name": "Sjøbris sykehus",
        "type": [
            coded("http://terminology.hl7.org/CodeSystem/organization-type", "prov", "Healthcare Provider")
        ],
        "partOf": to("Organization/lyngdalsfjord"),
        "telecom": [
            {"system": "phone", "value": "+47 22 00 00 01"},
            {"system": "email", "value": "Post@Sjobris.example"},
        ],
        "address": [
            {"line": ["Kaia 1", "Oppgang Ø"], "city": "Ålmarka", "postalCode": "0099", "country": "NO"}
        ],
    }
    surgery = {
        "resourceType": "Organization",
        "id": "legesenteret",
        "active": False,
        "name": "Æsops legesenter, avd. 2",
        "partOf": to("Organization/lyngdalsfjord"),
    }
    return [region, hospital, surgery, *locations(), *practitioners()]


def locations() -> list[Json]:
    site = {
        "resourceType": "Location",
        "id": "bygg-a",
        "status": "active",
        "name": "Bygg A",
        "managingOrganization": to("Organization/sykehuset"),
        "position": {"longitude": 10.75, "latitude": 59.91},
    }
    ward = site | {"id": "sengepost-3", "name": "Sengepost 3", "partOf": to("Location/bygg-a")}
    room = site | {
        "id": "rom-312",
        "status": "suspended",
        "name": "Rom 312",
        "partOf": to("Location/sengepost-3"),
    }
    return [site, ward, room]


def practitioners() -> list[Json]:
    doctor = {
        "resourceType": "Practitioner",
        "id": "storm",
        "identifier": [{"system": PERSONNEL, "value": "9900001"}],
        "name": [{"family": "Stormfugl", "given": ["Ingeborg"], "prefix": ["Dr."]}],
        "gender": "female",
        "telecom": [{"system": "email", "value": "storm@sjobris.example", "use": "work"}],
    }
    nurse = {
        "resourceType": "Practitioner",
        "id": "lokk",
        "identifier": [{"value": "9900002"}],
        "name": [{"text": "Bjørn-Erik Løkk"}],
    }
    role = {
        "resourceType": "PractitionerRole",
        "id": "storm-sykehuset",
        "active": True,
        "practitioner": to("Practitioner/storm"),
        "organization": to("Organization/sykehuset"),
        "code": [coded(None, "overlege", "Overlege")],
        "period": {"start": "2015-09"},
    }
    return [doctor, nurse, role]


def people() -> list[Json]:
    anna = {
        "resourceType": "Patient",
        "id": "anna",
        "meta": {
            "tag": [{"system": TAGS, "code": "prøve", "display": "Prøvedata"}],
            "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}],
            "profile": ["https://lyngdalsfjord.example/fhir/StructureDefinition/innbygger"],
            "source": "https://lyngdalsfjord.example/kilde/folkeregister#17",
        },
        "identifier": [
            {
                "system": IDENTITY,
                "value": "03824130085",
                "type": coded(V2_IDENTIFIER, "NI", text="Fødselsnummer"),
            },
            {"value": "J-17", "type": coded(V2_IDENTIFIER, "MR")},
        ],
        "active": True,
        "name": [
            {"use": "official", "family": "Ærfugl-Åsen", "given": ["Anna", "Bølge"]},
            {"use": "nickname", "text": "Anna  Å."},
        ],
        "telecom": [
            {"system": "phone", "value": "+4799000001", "use": "mobile"},
            {"system": "other", "value": "Anna@Hjem.example"},
        ],
        "gender": "female",
        "birthDate": "1941-02-03",
        "deceasedBoolean": False,
        "address": [
            {
                "use": "home",
                "line": ["Bølgeveien 12 B"],
                "city": "Ålmarka",
                "postalCode": "0099",
                "country": "NO",
            }
        ],
        "maritalStatus": coded("http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "W"),
        "communication": [{"language": coded("urn:ietf:bcp:47", "nb-NO")}],
        "generalPractitioner": [to("Practitioner/storm"), to("Organization/legesenteret")],
        "managingOrganization": to("Organization/lyngdalsfjord"),
        "link": [{"other": to("Patient/anna-gammel"), "type": "replaces"}],
    }
    old = {
        "resourceType": "Patient",
        "id": "anna-gammel",
        "active": False,
        "name": [{"family": "Aerfugl", "given": ["Anna"]}],
        "birthDate": "1941",
        "link": [{"other": to("Patient/anna"), "type": "replaced-by"}],
    }
    per = {
        "resourceType": "Patient",
        "id": "per",
        "meta": {"tag": [{"system": TAGS, "code": "prøve"}, {"code": "test"}]},
        "identifier": [{"system": IDENTITY, "value": "17855820064", "type": coded(V2_IDENTIFIER, "NI")}],
        "active": True,
        "name": [{"family": "O'Måke, sr.", "given": ["Per"], "suffix": ["d.e."]}],
        "gender": "male",
        "birthDate": "1958-05",
        "deceasedDateTime": "2024-10-27T02:30:00+01:00",
        "generalPractitioner": [to("Practitioner/lokk", display="Bjørn-Erik")],
        "address": [{"city": "Aalmarka", "state": "Ytre", "text": "c/o Kaia|1, $ekk"}],
    }
    liv = {
        "resourceType": "Patient",
        "id": "liv",
        "identifier": [
            {"system": IDENTITY, "value": "29829210078"},
            {"system": "https://lyngdalsfjord.example/journal"},
        ],
        "name": [
            {
                "family": "Måke",
                "given": ["Liv"],
                "_given": [{"extension": [{"url": "urn:lyd", "valueString": "Li:v"}]}],
            }
        ],
        "gender": "female",
        "birthDate": "1992-02-29",
        "deceasedBoolean": True,
        "managingOrganization": to("Organization/sykehuset"),
    }
    nameless = {
        "resourceType": "Patient",
        "id": "ukjent",
        "gender": "unknown",
        "_birthDate": {
            "extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
            ]
        },
    }
    son = {
        "resourceType": "RelatedPerson",
        "id": "sonn",
        "patient": to("Patient/anna"),
        "relationship": [
            coded("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "SON", "sønn", "Eldste sønn")
        ],
        "name": [{"family": "Ærfugl", "given": ["Ole"]}],
        "birthDate": "1979-12-01",
    }
    return [anna, old, per, liv, nameless, son]


def encounters() -> list[Json]:
    def encounter(id_: str, patient: str, status: str, class_: str, **more: Any) -> Json:
        return {
            "resourceType": "Encounter",
            "id": id_,
            "status": status,
            "class": {"system": ACT, "code": class_},
            "subject": to(f"Patient/{patient}"),
            **more,
        }

    return [
        encounter(
            "anna-inn",
            "anna",
            "finished",
            "IMP",
            period={"start": "2024-03-30T22:15:00+01:00", "end": "2024-04-02"},
            participant=[{"individual": to("Practitioner/storm")}],
            serviceProvider=to("Organization/sykehuset"),
            location=[{"location": to("Location/rom-312"), "period": {"start": "2024-03-31"}}],
            length={"value": 2.5, "unit": "dager", "system": "http://unitsofmeasure.org", "code": "d"},
        ),
        encounter(
            "anna-pol",
            "anna",
            "in-progress",
            "AMB",
            period={"start": "2026-06-01T08:00:00.123Z"},
            participant=[{"individual": to("Practitioner/lokk")}, {"individual": to("RelatedPerson/sonn")}],
            serviceProvider=to("Organization/legesenteret"),
            partOf=to("Encounter/anna-inn"),
        ),
        encounter(
            "per-hjem",
            "per",
            "planned",
            "HH",
            period={"end": "2025-01"},
            location=[{"location": to("Location/bygg-a")}],
        ),
        encounter(
            "liv-slutt",
            "liv",
            "cancelled",
            "VR",
            length={"value": 45, "unit": "min", "system": "http://unitsofmeasure.org", "code": "min"},
        ),
        encounter("fjern", "ukjent", "planned", "VR", serviceProvider={"display": "Et sted uten journal"}),
    ]


def conditions() -> list[Json]:
    def condition(id_: str, patient: str, code: Json, **more: Any) -> Json:
        return {
            "resourceType": "Condition",
            "id": id_,
            "clinicalStatus": coded(CLINICAL, "active"),
            "code": code,
            "subject": to(f"Patient/{patient}"),
            **more,
        }

    return [
        condition(
            "anna-kols",
            "anna",
            coded(SNOMED, "13645005", "Kronisk obstruktiv lungesykdom", "KOLS"),
            onsetDateTime="1999",
            encounter=to("Encounter/anna-inn"),
        ),
        condition(
            "anna-brudd",
            "anna",
            coded(SNOMED, "5913000", "Lårhalsbrudd"),
            onsetPeriod={"start": "2024-03-30"},
            recordedDate="2024-03-31T00:00:00+01:00",
        ),
        condition(
            "per-sukker",
            "per",
            coded(None, "T90", "Diabetes"),
            onsetAge={"value": 49, "unit": "år", "system": "http://unitsofmeasure.org", "code": "a"},
        ),
        condition("per-uro", "per", {"text": "Uro, «søvnløs»"}, onsetString="Etter påske"),
        condition(
            "liv-barn",
            "liv",
            coded(SNOMED, "195967001", "Astma"),
            onsetRange={
                "low": {"value": 3, "unit": "år", "system": "http://unitsofmeasure.org", "code": "a"},
                "high": {"value": 5, "unit": "år", "system": "http://unitsofmeasure.org", "code": "a"},
            },
            abatementDateTime="2010-06-15",
            clinicalStatus=coded(CLINICAL, "resolved"),
        ),
    ]


def plans() -> list[Json]:
    drug = {
        "resourceType": "Medication",
        "id": "paracet",
        "code": coded("http://www.whocc.no/atc", "N02BE01", "paracetamol"),
        "status": "active",
    }
    return [
        drug,
        {
            "resourceType": "MedicationRequest",
            "id": "anna-paracet",
            "status": "active",
            "intent": "order",
            "medicationReference": to("Medication/paracet/_history/1"),
            "subject": to("Patient/anna"),
            "requester": to("PractitionerRole/storm-sykehuset"),
            "authoredOn": "2024-04-01T09:00:00+02:00",
        },
        {
            "resourceType": "MedicationRequest",
            "id": "per-innhold",
            "status": "on-hold",
            "intent": "plan",
            "contained": [
                {
                    "resourceType": "Medication",
                    "id": "m",
                    "code": coded("http://www.whocc.no/atc", "A10BA02", "metformin"),
                }
            ],
            "medicationReference": to("#m"),
            "subject": {"identifier": {"system": IDENTITY, "value": "17855820064"}, "display": "Per"},
        },
        {
            "resourceType": "MedicationRequest",
            "id": "liv-kode",
            "status": "stopped",
            "intent": "order",
            "medicationCodeableConcept": coded("http://www.whocc.no/atc", "R03AC02", "salbutamol"),
            "subject": to("http://annet.example/fhir/Patient/liv"),
        },
        {
            "resourceType": "Group",
            "id": "vakt",
            "type": "person",
            "actual": True,
            "name": "Vaktliste",
            "member": [{"entity": to("Patient/anna")}, {"entity": to("Patient/per")}],
            "characteristic": [
                {
                    "code": coded(TAGS, "bor-i"),
                    "valueCodeableConcept": coded(TAGS, "almarka"),
                    "exclude": False,
                },
                {"code": coded(TAGS, "hjemmeboende"), "valueBoolean": True, "exclude": False},
            ],
        },
        {
            "resourceType": "Provenance",
            "id": "opphav",
            "target": [to("Condition/anna-kols"), to("Condition/anna-brudd/_history/1")],
            "recorded": "2024-04-01T12:00:00.000+02:00",
            "agent": [{"who": to("Practitioner/storm")}],
        },
        {
            "resourceType": "Appointment",
            "id": "time-1",
            "status": "booked",
            "start": "2026-12-01T08:00:00Z",
            "end": "2026-12-01T08:30:00Z",
            "participant": [
                {"actor": to("Patient/anna"), "status": "accepted"},
                {"actor": to("Practitioner/storm"), "status": "tentative"},
                {"actor": to("Location/bygg-a"), "status": "accepted"},
            ],
        },
        {
            "resourceType": "CarePlan",
            "id": "anna-plan",
            "status": "active",
            "intent": "plan",
            "subject": to("Patient/anna"),
            "period": {"start": "2024-04", "end": "2024-12-31"},
            "instantiatesCanonical": ["https://lyngdalsfjord.example/fhir/PlanDefinition/hjem|2.1"],
            "activity": [
                {
                    "detail": {
                        "status": "scheduled",
                        "scheduledTiming": {"event": ["2024-05-01", "2024-06-01T10:00:00+02:00"]},
                    }
                },
                {
                    "detail": {
                        "status": "scheduled",
                        "scheduledTiming": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}},
                    }
                },
            ],
        },
        {
            "resourceType": "RiskAssessment",
            "id": "fall",
            "status": "final",
            "subject": to("Patient/anna"),
            "occurrenceDateTime": "2024-04-02",
            "prediction": [
                {"outcome": coded(None, None, text="Fall"), "probabilityDecimal": 0.30},
                {"probabilityRange": {"low": percent(0.5), "high": percent(0.75)}},
            ],
        },
        {
            "resourceType": "Procedure",
            "id": "anna-op",
            "status": "completed",
            "subject": to("Patient/anna"),
            "performedPeriod": {"start": "2024-03-31T07:00:00+02:00", "end": "2024-03-31T09:10:00+02:00"},
            "code": coded("urn:oid:2.16.578.1.12.4.1.1.7210", "NFJ40"),
            "partOf": [to("Procedure/anna-op-forrige")],
            "encounter": to("Encounter/anna-inn"),
        },
    ]


def definitions() -> list[Json]:
    site = "https://lyngdalsfjord.example/fhir"
    return [
        {
            "resourceType": "ActivityDefinition",
            "id": "blodtrykk",
            "url": f"{site}/ActivityDefinition/blodtrykk",
            "version": "1.0",
            "status": "draft",
            "title": "Mål blodtrykk",
            "library": [f"{site}/Library/regler|3"],
            "useContext": [
                {
                    "code": {
                        "system": "http://terminology.hl7.org/CodeSystem/usage-context-type",
                        "code": "age",
                    },
                    "valueRange": {"low": {"value": 18, "system": "http://unitsofmeasure.org", "code": "a"}},
                },
                {
                    "code": {
                        "system": "http://terminology.hl7.org/CodeSystem/usage-context-type",
                        "code": "focus",
                    },
                    "valueCodeableConcept": coded(SNOMED, "38341003"),
                },
            ],
        },
        {
            "resourceType": "ActivityDefinition",
            "id": "vekt",
            "url": f"{site}/ActivityDefinition/vekt",
            "status": "active",
            "date": "2025-02",
            "library": [f"{site}/Library/regler"],
        },
        {
            "resourceType": "Questionnaire",
            "id": "kartlegging",
            "url": f"{site}/Questionnaire/kartlegging",
            "status": "active",
            "subjectType": ["Patient"],
            "effectivePeriod": {"start": "2025-01-01", "end": "2025-12-31"},
        },
        {
            "resourceType": "QuestionnaireResponse",
            "id": "svar",
            "status": "completed",
            "questionnaire": f"{site}/Questionnaire/kartlegging|1.2",
            "subject": to("Patient/liv"),
            "author": to("Practitioner/lokk"),
            "authored": "2025-06-30T23:59:59.9995+02:00",
        },
        {
            "resourceType": "NamingSystem",
            "id": "journalnummer",
            "name": "Journalnummer",
            "status": "active",
            "kind": "identifier",
            "date": "2025-03",
            "uniqueId": [
                {"type": "uri", "value": f"{site}/journal"},
                {"type": "oid", "value": "2.16.578.1.99"},
            ],
        },
        {
            "resourceType": "MolecularSequence",
            "id": "sekvens",
            "coordinateSystem": 0,
            "referenceSeq": {
                "genomeBuild": "GRCh37",
                "chromosome": coded(None, "9"),
                "windowStart": 22125500,
                "windowEnd": 22125510,
            },
            "variant": [{"start": 22125503, "end": 22125504}],
        },
        {
            "resourceType": "DocumentReference",
            "id": "epikrise",
            "status": "current",
            "subject": to("Patient/anna"),
            "content": [{"attachment": {"contentType": "text/plain", "url": f"{site}/Binary/epikrise"}}],
            "relatesTo": [
                {"code": "replaces", "target": to("DocumentReference/utkast")},
                {"code": "appends", "target": to("DocumentReference/notat")},
            ],
        },
        {
            "resourceType": "DocumentReference",
            "id": "utkast",
            "status": "superseded",
            "content": [{"attachment": {"contentType": "text/plain"}}],
            "relatesTo": [{"code": "replaces", "target": to("DocumentReference/notat")}],
        },
    ]
