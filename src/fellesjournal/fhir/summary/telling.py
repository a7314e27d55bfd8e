"""One resource of a summary as a line of text: what it is, its value, and when."""

from collections.abc import Mapping
from typing import Any

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.measuring import measured
from fellesjournal.norway.writing import day, number

Json = dict[str, Any]
_NAMED = ("code", "vaccineCode", "device", "title", "description")
_WHEN = (
    *("effectiveDateTime", "occurrenceDateTime", "performedDateTime", "onsetDateTime", "recordedDate"),
    *("dateAsserted", "timingDateTime", "recordedOn"),
)


def told(resource: Json, language: str) -> str:
    """ "CRP: 82 milligram per liter (21.11.2026)", in nb, nn or en."""
    name, more, when = parts(resource, language)
    first = f"{name}: {more[0]}" if more and _value(resource, language) else ", ".join([name, *more[:1]])
    return ", ".join([first, *more[1:]]) + (f" ({when})" if when else "")


def parts(resource: Json, language: str) -> tuple[str, list[str], str]:
    """What it is, its value and how it is dosed, and the day (or month, or year): ("CRP",
    ["82 milligram per liter"], "21.11.2026").
    """
    names = (medicine(resource), *map(resource.get, _NAMED))
    name = next(filter(None, map(_said, names)), resource["resourceType"])
    value = _value(resource, language)
    more = [value] if value else []
    more += [dose["text"] for dose in resource.get("dosage", ()) if "text" in dose]
    return name, more, day(_when(resource))


def key(resource: Json) -> str:
    """What a resource measures, the same for two that measure the same."""
    return _said(resource.get("code"))


def _said(value: Any) -> str:
    """What a CodeableConcept, a Reference or a text says."""
    if not isinstance(value, Mapping):
        return str(value or "")
    codings = value.get("coding", ())
    shown = next((one["display"] for one in codings if "display" in one), "")
    coded = next((one["code"] for one in codings if "code" in one), "")
    return str(value.get("text") or value.get("display") or shown or coded)


def _value(resource: Json, language: str) -> str:
    if "component" in resource:
        return ", ".join(
            f"{_said(one.get('code'))} {_value(one, language)}".strip() for one in resource["component"]
        )
    if said := measured(resource.get("valueQuantity", {}), language):
        return said
    written = resource.get("valueInteger", resource.get("valueString", ""))
    return _said(resource.get("valueCodeableConcept")) or number(str(written), language)


def _when(resource: Json) -> str:
    found = next((resource[name] for name in _WHEN if name in resource), "")
    spans = (resource.get(name, {}).get("start") for name in ("effectivePeriod", "performedPeriod", "period"))
    return str(found or next(filter(None, spans), ""))
