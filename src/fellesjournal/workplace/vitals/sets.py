"""One set of vital signs: read from the form, judged, and made into what the record holds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from fellesjournal.ui.norwegian import number
from fellesjournal.workplace.vitals import pevs, rules
from fellesjournal.workplace.vitals.rules import Scale, Score, Taken
from fellesjournal.workplace.vitals.signs import (
    AIR,
    BY_FIELD,
    CONSCIOUSNESS_SCALE,
    DEVICES,
    FLOW,
    LEVELS,
    LITRES,
    LOINC,
    NEWS2,
    ON_OXYGEN,
    OWN,
    OXYGEN_CODE,
    PEVS,
    PRESSURE,
    SIGNS,
    SNOMED,
    UCUM,
    Sign,
    apart,
    are_odd,
    can_be,
    read,
)

Json = dict[str, Any]
_CATEGORY = {
    "coding": [
        {"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "vital-signs"}
    ]
}
AIR_FIELD = "luft"
UNLIKELY = "usannsynlig"
"""The name of the words that are noted of an unlikely value: they say that whoever measured was asked."""


class Written(NamedTuple):
    """A form as it was read. `device` is AIR_FIELD, one of DEVICES, or "" where nothing is said; `strange`
    are the fields whose text is no number."""

    texts: Mapping[str, str]
    values: Mapping[str, float]
    strange: tuple[str, ...]
    device: str
    level: str

    def taken(self, scale: Scale) -> Taken:
        """What the score is made of; nothing is made of a value that cannot be."""
        oxygen = None if not self.device else self.device != AIR_FIELD
        possible = {field: value for field, value in self.values.items() if can_be(field, value)}
        return Taken(possible, oxygen, self.level, scale)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been measured: air and alert are what a form says before anybody has looked."""
        return not self.values and self.device in ("", AIR_FIELD) and self.level in ("", "A")


def written(form: Mapping[str, str]) -> Written:
    """The fields of a form; litres count only where oxygen is given."""
    texts = apart({name: form.get(name, "").strip() for name in BY_FIELD})
    found = {name: read(text, BY_FIELD[name].unit) for name, text in texts.items() if text}
    device, level = form.get("oksygen", ""), form.get("bevissthet", "")
    return Written(
        texts | {"oksygen": device, "bevissthet": level},
        {name: value for name, value in found.items() if value is not None},
        tuple(name for name, value in found.items() if value is None),
        device if device in (*DEVICES, AIR_FIELD) else "",
        level if level in LEVELS else "",
    )


class Head(NamedTuple):
    """What every observation of a set says: whose, when, and who measured (reference and name)."""

    citizen: str
    when: datetime
    by: tuple[str, str]

    def observation(self, code: Json) -> Json:
        """An observation without a value."""
        return {
            "resourceType": "Observation",
            "status": "final",
            "category": [_CATEGORY],
            "code": code,
            "subject": {"reference": f"Patient/{self.citizen}"},
            "effectiveDateTime": self.when.isoformat(timespec="seconds"),
            "performer": [{"reference": self.by[0], "display": self.by[1]}],
        }


def observations(head: Head, written: Written, names: Mapping[str, str], *, whole: bool) -> list[Json]:
    """What was measured in a set. Each has its `fullUrl` beside it, under that name, for a score to point at.

    `names` are what devices, levels and scales are called, and what is noted of an unlikely value. Air and an
    alert person are stored with a `whole` set only: in a set of a single pressure nobody has looked for them.
    """
    values = written.values
    made = [
        _single(head, BY_FIELD[name], values[name]) | _noted({name: values[name]}, names)
        for name in values
        if name in _SINGLE
    ]
    if pressures := {name: values[name] for name in ("sys", "dia") if name in values}:
        made.append(_pressure(head, pressures) | _noted(pressures, names))
    if written.device and (whole or written.device != AIR_FIELD):
        made.append(_oxygen(head, written, names))
    if written.level and (whole or written.level != "A"):
        made.append(_level(head, written.level, names))
    for one in made:
        one["fullUrl"] = f"urn:uuid:{uuid4()}"
    return made


def of_adult(
    head: Head, written: Written, names: Mapping[str, str], score: Score, scale: Scale
) -> list[Json]:
    """A set with its NEWS2, where that is whole."""
    whole = score.total is not None
    made = observations(head, written, names, whole=whole)
    if not whole:
        return made
    sum = _news2(head, made, score, names[f"skala-{scale}"])
    return [*made, sum | _noted(written.taken(scale).values, names)]


def of_child(head: Head, written: Written, names: Mapping[str, str], score: pevs.Score) -> list[Json]:
    """A set with its PEVS, where that is whole."""
    whole = score.total is not None
    made = observations(head, written, names, whole=whole)
    return [*made, _pevs(head, made, score)] if whole else made


_SINGLE = {sign.field for sign in SIGNS} - {"sys", "dia"}


def _single(head: Head, sign: Sign, value: float) -> Json:
    return head.observation(_coded(LOINC, sign.code, sign.nb)) | {"valueQuantity": _quantity(sign, value)}


def _noted(values: Mapping[str, float], names: Mapping[str, str]) -> Json:
    """The words of an unlikely value, where there is one."""
    return {"note": [{"text": names[UNLIKELY]}]} if are_odd(values) else {}


def _pressure(head: Head, values: Mapping[str, float]) -> Json:
    parts = [
        {"code": _coded(LOINC, one.code, one.nb), "valueQuantity": _quantity(one, values[one.field])}
        for one in map(BY_FIELD.__getitem__, values)
    ]
    return head.observation(_coded(LOINC, PRESSURE, "Blodtrykk")) | {"component": parts}


def _oxygen(head: Head, written: Written, names: Mapping[str, str]) -> Json:
    on_air = written.device == AIR_FIELD
    said = " ".join(filter(None, (names[written.device], _litres(written))))
    made = head.observation(_coded(OWN, OXYGEN_CODE, "Oksygentilførsel"))
    made["valueCodeableConcept"] = _coded(SNOMED, AIR if on_air else ON_OXYGEN, said)
    parts: list[Json] = []
    if not on_air:
        device = _coded(OWN, written.device, names[written.device])
        parts.append({"code": _coded(OWN, "utstyr", "Utstyr"), "valueCodeableConcept": device})
    if _litres(written):
        flow = _quantity(LITRES, written.values["liter"])
        parts.append({"code": _coded(LOINC, FLOW, "Oksygenmengde"), "valueQuantity": flow})
        made |= _noted({LITRES.field: written.values["liter"]}, names)
    return made | ({"component": parts} if parts else {})


def _litres(written: Written) -> str:
    """How much, as it is read; "" on air, and where nobody has said it."""
    litres = written.values.get("liter")
    known = written.device != AIR_FIELD and litres is not None
    return f"{number(f'{litres:g}')} {LITRES.unit}" if known else ""


def _level(head: Head, level: str, names: Mapping[str, str]) -> Json:
    made = head.observation(_coded(SNOMED, CONSCIOUSNESS_SCALE, "Bevissthet (ACVPU)"))
    return made | {"valueCodeableConcept": _coded(SNOMED, LEVELS[level], names[level])}


def _news2(head: Head, parts: list[Json], score: Score, scale: str) -> Json:
    made = _summed(head.observation(_coded(SNOMED, NEWS2, "NEWS2")), parts, score.total)
    made["method"] = {"text": scale}
    return made | {"component": [_points("NEWS2", name, score.points[name]) for name in rules.PARAMETERS]}


def _pevs(head: Head, parts: list[Json], score: pevs.Score) -> Json:
    """It points at what was measured with it, which the points were given by: taken back, so is the score."""
    made = _summed(head.observation(_coded(OWN, PEVS, "PEVS")), parts, score.total)
    given = [_points("PEVS", name, score.points[name]) for name in pevs.PARTS]
    more = [_points("PEVS", pevs.EXTRA, pevs.TWO_MORE)] if score.extra else []
    return made | {"component": [*given, *more]}


def _summed(score: Json, parts: list[Json], total: int | None) -> Json:
    """A score with its sum and what it was made of."""
    of = {"derivedFrom": [{"reference": one["fullUrl"]} for one in parts]} if parts else {}
    return score | {"valueInteger": total} | of


def _points(scale: str, name: str, points: int) -> Json:
    code = _coded(OWN, f"{scale.lower()}-{name}", f"{scale}: {name}")
    return {"code": code, "valueInteger": points}


def _coded(system: str, code: str, text: str) -> Json:
    return {"coding": [{"system": system, "code": code}], "text": text}


def _quantity(sign: Sign, value: float) -> Json:
    number = int(value) if value == int(value) else value
    return {"value": number, "unit": sign.unit, "system": UCUM, "code": sign.ucum}
