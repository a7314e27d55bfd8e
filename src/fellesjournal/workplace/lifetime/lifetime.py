"""The page of a whole life: a row for each diagnosis and medicine, one for all of each other kind."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypedDict

import msgspec
from starlette.responses import Response

from fellesjournal.access.journal import Question
from fellesjournal.fhir.medicines import medicine
from fellesjournal.ui import naming
from fellesjournal.ui.values import unit_of, value_of
from fellesjournal.workplace.asking import answered
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.emergency.emergency import grants
from fellesjournal.workplace.lifetime.axis import Axis, axis, near
from fellesjournal.workplace.lifetime.window import YEAR, Window, window

MOST = 500
"""Facts of each kind that are drawn; that there are more is said."""
_NARROWEST = 3.0
"""What is nearer to each other, in thousandths of the window, is drawn as one."""
_HEARD = 12
"""Facts of a row that are read out; all of them are told where they stand."""
_STAY = {"IMP", "ACUTE", "NONAC"}
"""Classes of an Encounter (v3-ActEncounterCode) in which one stays the night."""
_FIRST_OF = {4: "-01-01", 7: "-01", 10: ""}
NEAR_ENOUGH = 5 * YEAR
"""Months in which results are drawn: of a whole life they are a smear, and cost more than all the rest."""
_OVER = {"inactive", "resolved", "remission", "finished", "completed", "stopped", "not-taken"}
"""States of what does not go on, also where nobody has written when it ended."""


class Span(NamedTuple):
    """A piece of a row: where it begins and how wide it is, and what it is of."""

    x: float
    width: float
    says: list[str]


_Fact = TypedDict(
    "_Fact",
    {
        "resourceType": str,
        "id": str,
        "status": str,
        "verificationStatus": Any,
        "clinicalStatus": Any,
        "date": str,
        "class": Any,
        "period": Any,
        "performedDateTime": str,
        "performedPeriod": Any,
        "onsetDateTime": str,
        "recordedDate": str,
        "abatementDateTime": str,
        "effectiveDateTime": str,
        "effectivePeriod": Any,
        "title": str,
        "code": Any,
        "type": Any,
        "reasonCode": Any,
        "medicationCodeableConcept": Any,
        "medicationReference": Any,
        "contained": Any,
        "result": Any,
        "valueQuantity": Any,
        "valueCodeableConcept": Any,
        "valueInteger": int,
        "valueString": str,
    },
    total=False,
)
"""What is drawn of a resource; the text of a note is not. ("class" is no name that a class may have.)"""

_decode = msgspec.json.Decoder(_Fact).decode


async def show(desk: Desk) -> Response:
    """The years or months that the address asks for ("fra", "til"), the whole life to begin with."""
    id, patient = desk.part_of_path("id"), desk.citizen
    born = int(patient.get("birthDate", "")[:4] or desk.today.year - 20)
    seen = window(desk.asked("fra"), desk.asked("til"), born, desk.today)
    questions = [
        Question("Encounter", _asked(id, seen)),
        Question("Composition", _asked(id, seen)),
        Question("Procedure", _asked(id, seen)),
        Question("Condition", [("patient", id), ("_sort", "-onset-date"), ("_count", str(MOST))]),
        Question("MedicationStatement", [("patient", id), ("_count", str(MOST))]),
    ]
    if seen.months <= NEAR_ENOUGH:
        questions += [
            Question("Observation", [("category", "laboratory"), *_asked(id, seen)]),
            Question("DiagnosticReport", _asked(id, seen)),
        ]
    asked = await desk.search_together(questions, _fact)
    [held] = await answered(desk, [await grants(desk, id)])
    found = [[one for one in some if not naming.is_wrong(one)] for some in asked]
    encounters, notes, procedures, conditions, medicines, *near_by = found
    results = [one for some in near_by for one in some if "result" not in one]
    told = set(_told(one for some in found for one in some))
    drawn = _Drawn(
        axis(seen.years, told) if seen.months > YEAR else near(*seen.days), desk.today.toordinal() + 1
    )
    chart = f"/arbeid/innbygger/{id}"
    stays = [one for one in encounters if one.get("class", {}).get("code") in _STAY]
    contacts = [one for one in encounters if one.get("class", {}).get("code") not in _STAY]
    lanes = [
        ("contacts", [_row("", chart, _spans(drawn, contacts))]),
        ("stays", [_row("", chart, _spans(drawn, stays))]),
        ("measures", [_row("", chart, _spans(drawn, procedures))]),
        ("results", [_row("", chart, _spans(drawn, results))]),
        ("documents", [_row("", chart, _spans(drawn, notes))]),
        ("problems", _rows(drawn, _of_the_same(conditions), _code, f"{chart}/forlop/")),
        ("medicines", _rows(drawn, _called_the_same(medicines), medicine, "")),
    ]
    return desk.page(
        "lifetime.html",
        id=id,
        name=naming.person(patient),
        window=seen,
        axis=drawn.axis,
        step=1 + len(drawn.axis.pieces) // 26,
        lanes=[(name, rows) for name, rows in lanes if any(row["spans"] for row in rows)],
        more=MOST in map(len, asked),
        near_enough=seen.months <= NEAR_ENOUGH,
        **held,
    )


def _asked(id: str, seen: Window) -> list[tuple[str, str]]:
    first, last = seen.days
    within = [("date", f"ge{first}"), ("date", f"le{last}")]
    return [("patient", id), *([] if seen.is_whole else within), ("_sort", "-date"), ("_count", str(MOST))]


class _Drawn(NamedTuple):
    """The axis, and the day (ordinal) to which what goes on is drawn: the one after today."""

    axis: Axis
    now: int


def _fact(body: bytes) -> Json:
    return {**_decode(body)}


def _told(found: Iterable[Json]) -> Iterator[int]:
    """The years in which something begins or ends."""
    for one in found:
        for day in (_day(naming.when(one)), _day(_ended(one) or "")):
            if day is not None:
                yield date.fromordinal(day).year


def _rows(drawn: _Drawn, found: list[list[Json]], coded: Callable[[Json], Json], opens: str) -> list[Json]:
    """A row for each condition or medicine, with every course of it; those that began last come first."""
    rows = [
        _row(
            naming.concept(coded(same[0])),
            f"{opens}{same[0]['id']}" if opens else "",
            _spans(drawn, same),
        )
        for same in found
    ]
    return sorted((row for row in rows if row["spans"]), key=lambda row: -row["spans"][0].x)


def _code(resource: Json) -> Json:
    return dict(resource.get("code", {}))


def _of_the_same(found: list[Json]) -> list[list[Json]]:
    """Conditions that share a code or are called the same, together: one codes in ICPC-2, another in both."""
    groups: dict[str, list[Json]] = {}
    for one in found:
        concept = one.get("code") or {}
        codes = [
            f"{each.get('system')}|{each['code']}" for each in concept.get("coding", ()) if "code" in each
        ]
        marks = [*codes, naming.concept(concept)]
        met = {id(groups[mark]): groups[mark] for mark in marks if mark in groups}
        same = [each for group in met.values() for each in group] + [one]
        for mark in [*marks, *(mark for mark, group in groups.items() if id(group) in met)]:
            groups[mark] = same
    return list({id(group): group for group in groups.values()}.values())


def _called_the_same(found: list[Json]) -> list[list[Json]]:
    """Medicines by what they are called: those of one active substance share its code, and a depot tablet is
    no injection."""
    groups: dict[str, list[Json]] = {}
    for one in found:
        groups.setdefault(naming.concept(medicine(one)), []).append(one)
    return list(groups.values())


def _row(text: str, opens: str, spans: list[Span]) -> Json:
    said = islice((one for span in spans for one in span.says), _HEARD)
    return {
        "text": text,
        "opens": opens,
        "spans": spans,
        "said": "; ".join(said),
        "courses": sum(len(span.says) for span in spans),
    }


def _spans(drawn: _Drawn, found: list[Json]) -> list[Span]:
    """Where facts are in the window, the latest first; those wholly outside it are left out, and those that
    would be drawn over each other are one. What ends is drawn through its last day, what goes on to now."""
    begins, ends = drawn.axis.days
    spans: dict[tuple[float, float], list[str]] = {}
    for one in found:
        when = naming.when(one)
        begin, ended = _day(when), _ended(one)
        end = begin if ended is None else _last_day(ended) + 1 if ended else drawn.now
        if begin is None or end is None or begin >= ends or max(end, begin + 1) <= begins:
            continue
        x = round(drawn.axis.place(begin) / _NARROWEST) * _NARROWEST
        width = round(drawn.axis.place(min(end, max(begin, drawn.now))) - x, 1)
        spans.setdefault((x, max(_NARROWEST, width)), []).append(_says(one, when))
    return [Span(x, width, says) for (x, width), says in sorted(spans.items(), reverse=True)]


def _ended(resource: Json) -> str | None:
    """When it ended, as it is written: "" for what goes on, None for what is a moment."""
    match resource["resourceType"]:
        case "Encounter":
            end = resource.get("period", {}).get("end", "")
        case "Procedure":
            end = resource.get("performedPeriod", {}).get("end")
        case "Condition":
            end = resource.get("abatementDateTime", "")
        case "MedicationStatement":
            end = resource.get("effectivePeriod", {}).get("end", "")
        case _:
            return None
    return end or (None if end is None or _is_over(resource) else "")


def _is_over(resource: Json) -> bool:
    return bool(_OVER & {resource.get("status"), *naming.coded_as(resource.get("clinicalStatus", {}))})


def _day(text: str) -> int | None:
    """The day of a date or dateTime as it is written (an ordinal), the first of a year or month that is all
    that is known; None where nothing is."""
    return _ordinal(text[:10]) if text else None


def _last_day(text: str) -> int:
    """The same, but the last of a year or month."""
    year, month = int(text[:4]), int(text[5:7] or 12)
    return _ordinal(text[:10] if len(text) >= 10 else f"{year}-{month:02}-{monthrange(year, month)[1]}")


@lru_cache(maxsize=10_000)
def _ordinal(day: str) -> int:
    """Each day is asked for several times, and three visits are of one day."""
    return date.fromisoformat(f"{day}{_FIRST_OF[len(day)]}").toordinal()


def _says(resource: Json, when: str) -> str:
    """What it is called when it is pointed at."""
    text = resource.get("title") or naming.concept(resource.get("code"))
    if resource["resourceType"] == "Observation":
        text = f"{text} {value_of(resource)} {unit_of(resource)}".strip()
    if not text:
        kinds = resource.get("type", ())
        text = naming.concept(next(iter(kinds), None)) if isinstance(kinds, list) else naming.concept(kinds)
    why = ", ".join(filter(None, map(naming.concept, resource.get("reasonCode", ()))))
    return " ".join(filter(None, (when[:10], text, why)))
