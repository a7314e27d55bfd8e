"""What is measured: vital signs and laboratory tests, with LOINC codes, UCUM units and reference ranges.

Ranges are those of ordinary adult laboratory lists, rounded; a laboratory has its own.
"""

from datetime import datetime
from typing import NamedTuple

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import CATEGORY, LOINC, Json, Term, coding, concept, quantity
from fellesjournal.rollout.region.moments import written

_INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"


class Measure(NamedTuple):
    """Something that has a value. `low` and `high` bound what is usual; None is no bound."""

    code: str
    text: str
    unit: str
    ucum: str
    decimals: int = 0
    low: float | None = None
    high: float | None = None
    category: str = "laboratory"


def _vital(code: str, text: str, unit: str, ucum: str, decimals: int = 0) -> Measure:
    return Measure(code, text, unit, ucum, decimals, category="vital-signs")


WEIGHT = _vital("29463-7", "Vekt", "kg", "kg", 1)
HEIGHT = _vital("8302-2", "Høyde", "cm", "cm")
HEAD = _vital("9843-4", "Hodeomkrets", "cm", "cm", 1)
PULSE = _vital("8867-4", "Puls", "/min", "/min")
BREATHS = _vital("9279-1", "Respirasjonsfrekvens", "/min", "/min")
TEMPERATURE = _vital("8310-5", "Temperatur", "°C", "Cel", 1)
SATURATION = _vital("2708-6", "Oksygenmetning", "%", "%")
SYSTOLIC = _vital("8480-6", "Systolisk blodtrykk", "mmHg", "mm[Hg]")
DIASTOLIC = _vital("8462-4", "Diastolisk blodtrykk", "mmHg", "mm[Hg]")
FEV1 = Measure("20150-9", "FEV1", "L", "L", 2, category="procedure")
FVC = Measure("19868-9", "FVC", "L", "L", 2, category="procedure")
STOOL = Term(LOINC, "29771-3", "Blod i avføring")
PRESSURE = Term(LOINC, "85354-9", "Blodtrykk")

HAEMOGLOBIN = Measure("718-7", "Hemoglobin", "g/dL", "g/dL", 1, 11.7, 17.0)
LEUKOCYTES = Measure("6690-2", "Leukocytter", "10⁹/L", "10*9/L", 1, 3.5, 11.0)
PLATELETS = Measure("777-3", "Trombocytter", "10⁹/L", "10*9/L", 0, 145, 390)
CRP = Measure("1988-5", "CRP", "mg/L", "mg/L", 0, None, 5)
CREATININE = Measure("14682-9", "Kreatinin", "µmol/L", "umol/L", 0, 45, 105)
EGFR = Measure("62238-1", "eGFR", "mL/min/1,73 m²", "mL/min/{1.73_m2}", 0, 60, None)
SODIUM = Measure("2951-2", "Natrium", "mmol/L", "mmol/L", 0, 137, 145)
POTASSIUM = Measure("2823-3", "Kalium", "mmol/L", "mmol/L", 1, 3.5, 4.6)
ALT = Measure("1742-6", "ALAT", "U/L", "U/L", 0, 10, 70)
TSH = Measure("3016-3", "TSH", "mIE/L", "m[IU]/L", 2, 0.4, 4.0)
FREE_T4 = Measure("14920-3", "Fritt T4", "pmol/L", "pmol/L", 1, 9, 21)
CHOLESTEROL = Measure("14647-2", "Kolesterol", "mmol/L", "mmol/L", 1, 2.9, 7.8)
LDL = Measure("22748-8", "LDL-kolesterol", "mmol/L", "mmol/L", 1, 1.2, 5.3)
HBA1C = Measure("59261-8", "HbA1c", "mmol/mol", "mmol/mol", 0, 20, 42)
GLUCOSE = Measure("14749-6", "Glukose", "mmol/L", "mmol/L", 1, 4.0, 6.0)
FERRITIN = Measure("2276-4", "Ferritin", "µg/L", "ug/L", 0, 15, 300)
B12 = Measure("14685-6", "Vitamin B12", "pmol/L", "pmol/L", 0, 175, 700)
VITAMIN_D = Measure("14635-7", "Vitamin D", "nmol/L", "nmol/L", 0, 50, 150)
INR = Measure("34714-6", "INR", "", "{INR}", 1, 0.8, 1.2)
NT_PROBNP = Measure("33762-6", "NT-proBNP", "ng/L", "ng/L", 0, None, 300)
TROPONIN_T = Measure("67151-1", "Troponin T", "ng/L", "ng/L", 0, None, 14)
ALBUMIN = Measure("1751-7", "Albumin", "g/L", "g/L", 0, 36, 48)
URINE_ALBUMIN = Measure("32294-1", "Albumin/kreatinin i urin", "mg/mmol", "mg/mmol", 1, None, 3.0)
LIPASE = Measure("14804-9", "Lipase", "U/L", "U/L", 0, 15, 70)
ACIDITY = Measure("2744-1", "pH i arterieblod", "", "[pH]", 2, 7.36, 7.44)
CARBON = Measure("2019-8", "pCO2 i arterieblod", "kPa", "kPa", 1, 4.5, 6.0)
LACTATE = Measure("2518-9", "Laktat i arterieblod", "mmol/L", "mmol/L", 1, None, 1.8)
HCG = Measure("21198-7", "hCG", "IE/L", "[IU]/L", 0, None, 5)
PSA = Measure("2857-1", "PSA", "µg/L", "ug/L", 1, None, 4.0)

BY_SEX: dict[tuple[str, Sex | None], tuple[float, float]] = {
    (HAEMOGLOBIN.code, Sex.FEMALE): (11.7, 15.3),
    (HAEMOGLOBIN.code, Sex.MALE): (13.4, 17.0),
    (CREATININE.code, Sex.FEMALE): (45, 90),
    (CREATININE.code, Sex.MALE): (60, 105),
    (ALT.code, Sex.FEMALE): (10, 45),
    (ALT.code, Sex.MALE): (10, 70),
}
"""Of adults, by LOINC code: the Nordic reference interval project (NORIP 2004), creatinine rounded."""


_CHILDS_CREATININE = ((0, 15, 37), (1, 21, 36), (3, 27, 42), (5, 28, 52), (7, 35, 53), (9, 34, 65),
                      (11, 46, 70), (13, 50, 77))  # fmt: skip
"""From each age: what is usual (Schlebusch and others, Clin Chem Lab Med 2001; 39: 512)."""
_AS_GROWN = 15


def childs_creatinine(years: int) -> Measure:
    """Creatinine with the range of that age."""
    if years >= _AS_GROWN:
        return CREATININE
    _, low, high = next(one for one in reversed(_CHILDS_CREATININE) if years >= one[0])
    return CREATININE._replace(low=low, high=high)


def observation(chart: Chart, measure: Measure, value: float, when: datetime, about: Json) -> str:
    """Write one value; `about` is what goes with it (encounter, performer). Returns the reference."""
    value = _rounded(value, measure.decimals)
    body = _head(chart, measure.category, Term(LOINC, measure.code, measure.text), when) | about
    body["valueQuantity"] = quantity(value, measure.unit or measure.ucum, measure.ucum)
    if measure.category == "laboratory":
        body |= _judged(chart, measure, value, when)
    return chart.add("Observation", body)


def blood_pressure(chart: Chart, systolic: float, diastolic: float, when: datetime, about: Json) -> str:
    """Write a blood pressure in mmHg. Returns the reference."""
    body = _head(chart, "vital-signs", PRESSURE, when) | about
    body["component"] = [
        {
            "code": concept(Term(LOINC, one.code, one.text)),
            "valueQuantity": quantity(round(value), one.unit, one.ucum),
        }
        for one, value in ((SYSTOLIC, systolic), (DIASTOLIC, diastolic))
    ]
    return chart.add("Observation", body)


def scored(chart: Chart, what: Term, score: Term, when: datetime, about: Json) -> str:
    """Write a score that is a code, such as IPLOS. Returns the reference."""
    body = _head(chart, "survey", what, when) | about | {"valueCodeableConcept": concept(score)}
    return chart.add("Observation", body)


def looked_for(chart: Chart, what: Term, when: datetime, about: Json, *, found: bool = False) -> str:
    """Write a laboratory test that found what was looked for, or did not. Returns the reference."""
    told = concept(DETECTED if found else NOT_DETECTED)
    body = _head(chart, "laboratory", what, when) | about | {"valueCodeableConcept": told}
    return chart.add("Observation", body)


DETECTED = Term("http://snomed.info/sct", "260373001", "Påvist")
NOT_DETECTED = Term("http://snomed.info/sct", "260415000", "Ikke påvist")


def _head(chart: Chart, category: str, what: Term, when: datetime) -> Json:
    return {
        "status": "final",
        "category": [coding(CATEGORY, category)],
        "code": concept(what),
        "subject": chart.subject,
        "effectiveDateTime": written(when),
    }


def _rounded(value: float, decimals: int) -> float:
    return round(value, decimals) if decimals else round(value)


def usual(measure: Measure, grown: Sex | None) -> tuple[float | None, float | None]:
    """What is usual, by the sex of one who is `grown`; None for children."""
    return BY_SEX.get((measure.code, grown), (measure.low, measure.high))


def _judged(chart: Chart, measure: Measure, value: float, when: datetime) -> Json:
    """The usual range, for whom it is, and whether the value is outside."""
    sex = chart.grown(when.date())
    least, most = usual(measure, sex)
    bounds = {"low": least, "high": most}
    range_: Json = {
        side: quantity(bound, measure.unit or measure.ucum, measure.ucum)
        for side, bound in bounds.items()
        if bound is not None
    }
    if (measure.code, sex) in BY_SEX:
        range_["appliesTo"] = [{"text": "Kvinner" if sex is Sex.FEMALE else "Menn"}]
    told: Json = {"referenceRange": [range_]} if range_ else {}
    low = least is not None and value < least
    high = most is not None and value > most
    if low or high:
        told["interpretation"] = [coding(_INTERPRETATION, "L" if low else "H")]
    return told
