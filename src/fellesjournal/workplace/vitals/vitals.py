"""Writing vital signs: a column of fields, Tab to the next, Enter saves."""

from datetime import datetime
from typing import Any

from starlette.responses import Response

from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.vitals.signs import BY_FIELD, SIGNS, Sign, news2, read

_LOINC, _UCUM = "http://loinc.org", "http://unitsofmeasure.org"
_CATEGORY = {
    "coding": [
        {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}
    ]
}


async def show(desk: Desk) -> Response:
    """The form, with the last value of each sign as a ghost."""
    return await _form(desk, {})


async def save(desk: Desk) -> Response:
    """Store what was written, all or nothing; what is unlikely is asked about first."""
    id = desk.part_of_path("id")
    texts = {sign.field: desk.form.get(sign.field, "").strip() for sign in SIGNS}
    values = {field: read(text) for field, text in texts.items() if text}
    faults = [_not_number(desk, field, texts[field]) for field, value in values.items() if value is None]
    known = {field: value for field, value in values.items() if value is not None}
    if not values:
        faults.append(desk.t.vitals.nothing)
    doubts = [_doubt(desk, field, value) for field, value in known.items() if _is_unlikely(field, value)]
    if faults or (doubts and not desk.form.get("sikker")):
        return await _form(desk, texts, faults=faults, doubts=doubts)
    await desk.transact(_observations(desk, id, known, desk.now.astimezone(OSLO)))
    return await _form(desk, {}, saved=True, score=news2(known))


async def _form(desk: Desk, texts: dict[str, str], **more: Any) -> Response:
    id = desk.part_of_path("id")
    last = await _last(desk, id)
    values = {"faults": [], "doubts": [], "saved": False, "score": None} | more
    return desk.page("measure.html", id=id, signs=SIGNS, texts=texts, last=last, **values)


async def _last(desk: Desk, id: str) -> dict[str, str]:
    """The newest value of each sign, by field."""
    codes = ",".join(f"{_LOINC}|{one}" for one in ("85354-9", *(sign.code for sign in SIGNS)))
    found = await desk.search(
        "Observation", [("patient", id), ("code", codes), ("_sort", "-date"), ("_count", "40")]
    )
    newest: dict[str, str] = {}
    for one in found:
        for part in (one, *one.get("component", ())):
            for sign in SIGNS:
                if sign.code in naming.coded_as(part["code"]) and "valueQuantity" in part:
                    newest.setdefault(sign.field, str(part["valueQuantity"].get("value", "")))
    return newest


def _observations(desk: Desk, id: str, values: dict[str, float], when: datetime) -> list[Json]:
    single = [BY_FIELD[field] for field in values if field not in ("sys", "dia")]
    made = [
        _head(desk, id, sign.code, sign.nb, when) | {"valueQuantity": _quantity(sign, values[sign.field])}
        for sign in single
    ]
    pressure = [BY_FIELD[field] for field in ("sys", "dia") if field in values]
    if pressure:
        panel = _head(desk, id, "85354-9", "Blodtrykk", when)
        panel["component"] = [
            {"code": _code(sign.code, sign.nb), "valueQuantity": _quantity(sign, values[sign.field])}
            for sign in pressure
        ]
        made.append(panel)
    return made


def _head(desk: Desk, id: str, code: str, text: str, when: datetime) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "category": [_CATEGORY],
        "code": _code(code, text),
        "subject": {"reference": f"Patient/{id}"},
        "effectiveDateTime": when.isoformat(timespec="seconds"),
        "performer": [{"reference": desk.actor.person, "display": desk.actor.display}],
    }


def _code(code: str, text: str) -> Json:
    return {"coding": [{"system": _LOINC, "code": code}], "text": text}


def _quantity(sign: Sign, value: float) -> Json:
    number = int(value) if value == int(value) else value
    return {"value": number, "unit": sign.unit, "system": _UCUM, "code": sign.ucum}


def _is_unlikely(field: str, value: float) -> bool:
    sign = BY_FIELD[field]
    return not sign.low <= value <= sign.high


def _name(desk: Desk, sign: Sign) -> str:
    return sign.en if desk.visit.language == "en" else sign.nb


def _doubt(desk: Desk, field: str, value: float) -> str:
    sign = BY_FIELD[field]
    said: str = desk.t.vitals.unlikely.format(name=_name(desk, sign), value=f"{value:g}", unit=sign.unit)
    return said


def _not_number(desk: Desk, field: str, text: str) -> str:
    said: str = desk.t.vitals.not_number.format(name=_name(desk, BY_FIELD[field]), value=text[:40])
    return said
