"""Values that are hard to believe: how they are asked about, and how they are told where they stand.

They are questioned and never refused. One that is unlikely may be the one that matters most, so it counts,
with a word beside it; one that cannot be true, such as a saturation of 910 %, is stored and makes no score.
That a value is marked follows from the value, so it holds for what other systems have sent too.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import number
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.vitals.sets import Written
from fellesjournal.workplace.vitals.signs import (
    BY_CODE,
    BY_FIELD,
    FLOW,
    LITRES,
    are_odd,
    are_turned,
    can_be,
    is_unlikely,
)

_PRESSURES = "trykk"
_SIGNS = {**BY_CODE, FLOW: LITRES}


class Doubt(NamedTuple):
    """A question about what stands in a field; `about` is what a tick says yes to, and to nothing else."""

    name: str
    field: str
    question: str
    about: str


def doubts(desk: Desk, taken: Written) -> dict[str, Doubt]:
    """What is asked before a set is stored, by field: what has been said yes to, as it stands, is not."""
    found: dict[str, Doubt] = {}
    for one in _all(desk, taken):
        if desk.form.get(f"sikker-{one.name}") != one.about:
            found.setdefault(one.field, one)
    return found


def told(desk: Desk, taken: Written) -> list[str]:
    """What is said beside a score of the values that are hard to believe."""
    t = desk.t
    return [
        (t.vitals.counted if can_be(field, value) else t.vitals.not_counted).format(
            name=field_name(desk, field), value=_written(desk, value), unit=BY_FIELD[field].unit
        )
        for field, value in taken.values.items()
        if is_unlikely(field, value)
    ]


def is_odd(observation: Json) -> bool:
    """Whether a measurement that stands in the record has a value that one asks about."""
    return are_odd(_values(observation))


def is_turned(observation: Json) -> bool:
    """Whether its upper pressure is not above the lower."""
    return are_turned(_values(observation))


def is_possible(observation: Json) -> bool:
    """Whether all its values can be true."""
    return all(can_be(field, value) for field, value in _values(observation).items())


def field_name(desk: Desk, field: str) -> str:
    """What a field is called in the reader's language."""
    sign = BY_FIELD[field]
    return sign.en if desk.visit.language == "en" else sign.nb


def _all(desk: Desk, taken: Written) -> Iterator[Doubt]:
    t = desk.t
    for field, value in taken.values.items():
        if is_unlikely(field, value):
            asked = t.vitals.unlikely if can_be(field, value) else t.vitals.impossible
            name, text = field_name(desk, field), _written(desk, value)
            question = asked.format(name=name, value=text, unit=BY_FIELD[field].unit)
            yield Doubt(field, field, question, taken.texts[field])
    if are_turned(taken.values):
        yield Doubt(_PRESSURES, "sys", t.vitals.turned, f"{taken.texts['sys']}/{taken.texts['dia']}")


def _values(observation: Json) -> Mapping[str, float]:
    """The signs that an observation has, by field."""
    found = {}
    for part in (observation, *observation.get("component", ())):
        value = part.get("valueQuantity", {}).get("value")
        sign = next((_SIGNS[code] for code in naming.coded_as(part["code"]) if code in _SIGNS), None)
        if sign and value is not None:
            found[sign.field] = float(value)
    return found


def _written(desk: Desk, value: float) -> str:
    return number(f"{value:g}", desk.visit.language)
