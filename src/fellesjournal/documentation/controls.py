"""How an item is to be shown and held in check, by its extensions (R4 questionnaire-itemControl and others).
Helsenorge writes some of them under names of its own. Pure.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fellesjournal.documentation.answers import number_of, parse
from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.regex import matcher

Json = dict[str, Any]

HL7 = "http://hl7.org/fhir/StructureDefinition/"
HIDDEN = HL7 + "questionnaire-hidden"


class Limit(NamedTuple):
    """What an answer breaks: long, short, small, large, decimals or pattern; the bound that it is held
    against, and the words that the form itself has for it ("": none)."""

    kind: str
    bound: str
    said: str


def extended(item: Mapping[str, Any], *names: str) -> Any:
    """The value of the first extension that ends in one of some names; None where there is none."""
    for one in item.get("extension", ()):
        if one["url"].rpartition("/")[2] in names:
            return next((value for name, value in one.items() if name.startswith("value")), None)
    return None


def is_hidden(item: Mapping[str, Any]) -> bool:
    """Whether an item is never shown: its value is calculated, or taken from the record."""
    return extended(item, "questionnaire-hidden") is True


def broken(item: Mapping[str, Any], text: str) -> Limit | None:
    """The first limit of an item that an answer breaks. `text` can be read as an answer (answers.parse)."""
    said = str(extended(item, "validationtext") or "")
    text = text.strip()
    longest, shortest = item.get("maxLength"), extended(item, "minLength")
    if longest and len(text) > longest:
        return Limit("long", str(longest), said)
    if shortest and len(text) < shortest:
        return Limit("short", str(shortest), said)
    if (number := number_of(parse(item, text))) is not None:
        return _out_of_bounds(item, text, number, said)
    pattern = extended(item, "regex")
    if isinstance(pattern, str) and not _fits(pattern, text):
        return Limit("pattern", "", said)
    return None


def _out_of_bounds(item: Mapping[str, Any], text: str, number: float, said: str) -> Limit | None:
    low, high = extended(item, "minValue"), extended(item, "maxValue")
    places = extended(item, "maxDecimalPlaces")
    if isinstance(low, int | float) and number < low:
        return Limit("small", f"{low:g}", said)
    if isinstance(high, int | float) and number > high:
        return Limit("large", f"{high:g}", said)
    if isinstance(places, int) and len(text.replace(",", ".").partition(".")[2]) > places:
        return Limit("decimals", str(places), said)
    return None


def _fits(pattern: str, text: str) -> bool:
    """A pattern that cannot be read holds nothing back: the form is at fault, not who answers it."""
    try:
        return matcher(pattern)(text)
    except Unprocessable:
        return True
