"""What has been measured and noted in Lyngdalsfjord: every kind of value, units, open ends."""

from typing import Any

Json = dict[str, Any]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


def resources() -> list[Json]:
    """All observations, oldest first."""
    return [*weights(), *pressures(), *notes(), *laboratory()]


def observation(id_: str, patient: str, code: Json, **more: Any) -> Json:
    """An Observation of one citizen."""
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "code": code,
        "subject": {"reference": f"Patient/{patient}"},
        **more,
    }


def _loinc(code: str, display: str | None = None, **more: Any) -> Json:
    return {"coding": [{"system": LOINC, "code": code} | ({"display": display} if display else {})], **more}


def _amount(value: float, code: str, unit: str = "", **more: Any) -> Json:
    return {"value": value, "unit": unit or code, "system": UCUM, "code": code, **more}


def weights() -> list[Json]:
    vital = [{"coding": [{"system": CATEGORY, "code": "vital-signs"}]}]
    code = _loinc("29463-7", "Body weight", text="Kroppsvekt")
    return [
        observation(
            "vekt-1",
            "anna",
            code,
            category=vital,
            effectiveDateTime="2024-03-31",
            valueQuantity=_amount(62.5, "kg"),
        ),
        observation(
            "vekt-2",
            "anna",
            code,
            category=vital,
            effectiveDateTime="2024-04-01T07:30:00+02:00",
            valueQuantity=_amount(62500, "g"),
        ),
        observation(
            "vekt-3",
            "per",
            code,
            category=vital,
            effectiveDateTime="2024-04",
            valueQuantity=_amount(90, "kg", comparator=">"),
        ),
        observation(
            "vekt-4", "per", code, effectiveDateTime="2023", valueQuantity={"value": 88.0, "unit": "kg"}
        ),
        observation(
            "vekt-5",
            "liv",
            code,
            effectiveInstant="2024-04-01T05:30:00.500Z",
            valueQuantity=_amount(137.8, "[lb_av]", "pund"),
        ),
        observation(
            "vekt-6",
            "liv",
            code,
            effectivePeriod={"start": "2024-01-01"},
            valueQuantity={"value": 5, "system": "urn:eget", "code": "enhet"},
        ),
    ]


def pressures() -> list[Json]:
    def pressure(id_: str, patient: str, over: float, under: float, unit: str, **more: Any) -> Json:
        return observation(
            id_,
            patient,
            _loinc("85354-9", "Blood pressure panel"),
            component=[
                {"code": _loinc("8480-6", "Systolisk"), "valueQuantity": _amount(over, unit)},
                {"code": _loinc("8462-4", "Diastolisk"), "valueQuantity": _amount(under, unit)},
            ],
            **more,
        )

    return [
        pressure("trykk-1", "anna", 140, 80, "mm[Hg]", effectiveDateTime="2024-04-01T00:00:00+02:00"),
        pressure("trykk-2", "anna", 80, 140, "mm[Hg]", encounter={"reference": "Encounter/anna-inn"}),
        pressure("trykk-3", "per", 18.66508, 10.7, "kPa", performer=[{"reference": "Practitioner/storm"}]),
        pressure("trykk-4", "liv", 120.0, 79.5, "mm[Hg]", effectivePeriod={"end": "2023-12-31"}),
    ]


def notes() -> list[Json]:
    smoking = _loinc("72166-2")
    return [
        observation(
            "note-1",
            "anna",
            _loinc("8302-2"),
            effectiveDateTime="2024-04-01",
            valueString="Høy – uten sko, 171 cm",
        ),
        observation(
            "note-2",
            "anna",
            smoking,
            valueCodeableConcept={
                "coding": [{"system": "http://snomed.info/sct", "code": "8517006", "display": "Eksrøyker"}],
                "text": "Sluttet å røyke",
            },
        ),
        observation("note-3", "per", smoking, valueCodeableConcept={"text": "Snuser"}),
        observation("note-4", "per", {"text": "Observert tidspunkt"}, valueDateTime="2024-02-29"),
        observation(
            "note-5",
            "liv",
            {"coding": [{"code": "uten-system", "display": "Lokal"}]},
            valuePeriod={"start": "2024-02", "end": "2024-03-15"},
        ),
        observation("note-6", "liv", _loinc("11557-6"), status="entered-in-error", valueBoolean=True),
        {
            "resourceType": "Observation",
            "id": "note-7",
            "status": "preliminary",
            "code": _loinc("8302-2"),
            "valueRange": {"low": {"value": 1}, "high": {"value": 2}},
        },
        {
            "resourceType": "Observation",
            "id": "note-8",
            "status": "final",
            "code": _loinc("72166-2"),
            "subject": {"reference": "Group/vakt"},
            "device": {"reference": "Device/finnes-ikke"},
        },
    ]


def laboratory() -> list[Json]:
    glucose = _loinc("15074-8", "Glucose")
    amounts = [
        _amount(5.4, "mmol/L"),
        _amount(5.40, "mmol/L"),
        _amount(5400, "umol/L"),
        _amount(5.35, "mmol/L"),
        _amount(5.45, "mmol/L"),
        _amount(0.1, "mmol/L", comparator="<"),
        _amount(-1, "mmol/L"),
    ]
    found = [
        observation(
            f"glukose-{n}",
            "per",
            glucose,
            effectiveDateTime=f"2024-0{n}-15T12:00:00Z",
            valueQuantity=amount,
            hasMember=[{"reference": f"Observation/glukose-{n - 1}"}] if n > 1 else [],
        )
        for n, amount in enumerate(amounts, 1)
    ]
    del found[0]["hasMember"]
    return found
