"""The values of observations as they are written on a screen."""

from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"


def value_of(observation: Json) -> str:
    """A number, a word, or both pressures; "" where there is none."""
    if "component" in observation:
        values = {
            next(iter(naming.coded_as(one["code"])), ""): one.get("valueQuantity", {}).get("value", "")
            for one in observation["component"]
        }
        if SYSTOLIC in values:
            return f"{values[SYSTOLIC]}/{values.get(DIASTOLIC, '')}"
        return " ".join(str(one) for one in values.values() if one != "")
    if "valueQuantity" in observation:
        return str(observation["valueQuantity"].get("value", ""))
    return naming.concept(observation.get("valueCodeableConcept")) or str(observation.get("valueString", ""))


def unit_of(observation: Json) -> str:
    """The unit as it is written; that of the first component where there are several."""
    return str(_measured(observation).get("unit", ""))


def number_of(observation: Json) -> float | None:
    """The number that a trend is drawn of; None where there is none."""
    value = _measured(observation).get("value")
    return float(value) if value is not None else None


def _measured(observation: Json) -> Json:
    components = observation.get("component") or [observation]
    found: Json = components[0].get("valueQuantity", {})
    return found
