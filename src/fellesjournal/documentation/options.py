"""What may be chosen as an answer to an item (R4 Questionnaire.item.answerOption): a code, a text, a number,
a date, a time or a reference. Pure.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

Json = dict[str, Any]

CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"


class Option(NamedTuple):
    """One of the answers that are given: what stands for it in a form, how it is said, and the answer."""

    key: str
    said: str
    answer: Json


def options(item: Mapping[str, Any]) -> tuple[Option, ...]:
    """The options of an item, in order; none where the answer is free or of a value set."""
    return tuple(_option(one) for one in item.get("answerOption", ()))


def chosen(item: Mapping[str, Any], text: str) -> Option | None:
    """The option that a text stands for: by its key, else by what it is called."""
    given = item.get("answerOption", ())
    by_key = (one for one in map(_option, given) if one.key == text)
    return next(by_key, None) or next((one for one in map(_option, given) if one.said == text), None)


def key_of(answer: Mapping[str, Any]) -> str:
    """What stands in a form for an answer that was chosen."""
    return _option(answer).key


def control_of(item: Mapping[str, Any]) -> str:
    """How a form wants an item to be shown (R4 questionnaire-itemControl): "check-box"; "" for no wish."""
    for one in item.get("extension", ()):
        if one["url"] == CONTROL:
            return str(next((coding.get("code", "") for coding in one["valueCodeableConcept"]["coding"]), ""))
    return ""


def _option(one: Mapping[str, Any]) -> Option:
    name, value = next((name, value) for name, value in one.items() if name.startswith("value"))
    if name == "valueCoding":
        key = str(value.get("code") or value.get("display", ""))
        return Option(key, str(value.get("display") or key), {name: value})
    if name == "valueReference":
        key = str(value.get("reference") or value.get("display", ""))
        return Option(key, str(value.get("display") or key), {name: value})
    return Option(str(value), str(value), {name: value})
