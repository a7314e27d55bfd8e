"""The values of observations as they are written on a screen."""

from datetime import datetime

from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import moment_of

SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"


def value_of(observation: Json) -> str:
    """A number, a word, or both pressures; "" where there is none."""
    if own := _own(observation):
        return own
    if "component" in observation:
        values = {
            next(iter(naming.coded_as(one["code"])), ""): one.get("valueQuantity", {}).get("value", "")
            for one in observation["component"]
        }
        if SYSTOLIC in values:
            return f"{values[SYSTOLIC]}/{values.get(DIASTOLIC, '')}"
        return " ".join(str(one) for one in values.values() if one != "")
    return ""


def _own(observation: Json) -> str:
    """The value of the whole, where it has one beside those of its components."""
    if "valueQuantity" in observation:
        return str(observation["valueQuantity"].get("value", ""))
    said = observation.get("valueInteger", observation.get("valueString", ""))
    return naming.concept(observation.get("valueCodeableConcept")) or str(said)


def unit_of(observation: Json) -> str:
    """The unit as it is written; that of the first component where there are several. An annotation of UCUM
    ("{INR}") counts something that the name says already."""
    unit = str(_measured(observation).get("unit", ""))
    return "" if unit.startswith("{") and unit.endswith("}") else unit


def number_of(observation: Json) -> float | None:
    """The number that a trend is drawn of; None where there is none."""
    value = observation.get("valueInteger", _measured(observation).get("value"))
    return float(value) if value is not None else None


def bounds(observation: Json) -> tuple[float | None, float | None]:
    """The reference values of a result: lower and upper, None where it has none."""
    range_: Json = next(iter(observation.get("referenceRange", ())), {})
    low, high = (range_.get(side, {}).get("value") for side in ("low", "high"))
    return low, high


def side(observation: Json) -> str:
    """On which side of the reference values a result is: "high", "low", or "" within."""
    judged = {code for one in observation.get("interpretation", ()) for code in naming.coded_as(one)}
    return "high" if judged & {"H", "HH"} else "low" if judged & {"L", "LL"} else ""


def address(observation: Json) -> str:
    """The first code of a result as an address names it: "system|code"; "" where it has none."""
    codings = [one for one in observation["code"].get("coding", ()) if "code" in one]
    return f"{codings[0].get('system', '')}|{codings[0]['code']}" if codings else ""


def measured(found: list[Json]) -> list[tuple[datetime, float]]:
    """When and what, in the order of time, of the results that are numbers with a known day."""
    values = []
    for one in reversed(found):
        moment, number = moment_of(naming.when(one)), number_of(one)
        if moment is not None and number is not None:
            values.append((moment, number))
    return values


def _measured(observation: Json) -> Json:
    components = observation.get("component") or [observation]
    found: Json = components[0].get("valueQuantity", {})
    return found
