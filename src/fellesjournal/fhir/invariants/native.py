"""Constraints written out in Python, by their expression, where FHIRPath is slow or asks too much.

Two dates or quantities that cannot be compared ("2020" and "2020-05") break no rule here: FHIRPath finds
nothing, and a writer who knows no more than the year has done nothing wrong.
"""

from collections.abc import Iterator
from typing import Any

from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants.structures import STRUCTURES, Predicate


def _not_after(earlier: str, later: str) -> Predicate:
    """The member `earlier` is no later than `later`, where both have a value."""

    def holds(value: Any, local: Local) -> bool:
        first, second = value.get(earlier), value.get(later)
        if first is None or second is None or first == second:
            return True
        return date_bounds(first)[0] <= date_bounds(second)[1]

    return holds


def _range(value: Any, local: Local) -> bool:
    """rng-2: low is no more than high, where both are written in the same unit."""
    low, high = value.get("low", {}), value.get("high", {})
    if "value" not in low or "value" not in high or _unit(low) != _unit(high):
        return True
    return bool(low["value"] <= high["value"])


def _unit(quantity: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(quantity.get(name) for name in ("system", "code", "unit"))


def _components(value: Any, local: Local) -> bool:
    """obs-7: no component has a coding of the observation itself, where that has a value."""
    if "component" not in value or not any(name.startswith(("value", "_value")) for name in value):
        return True
    own = value["code"].get("coding", ())
    return not any(
        coding in own for component in value["component"] for coding in component["code"].get("coding", ())
    )


def _with_request(value: Any, local: Local) -> bool:
    """bdl-3: entries have a request exactly in a batch, a transaction or a history."""
    wanted = value["type"] in ("batch", "transaction", "history")
    return all(("request" in entry) is wanted for entry in value.get("entry", ()))


def _with_response(value: Any, local: Local) -> bool:
    """bdl-4: entries have a response exactly in the answer to one of those, or a history."""
    wanted = value["type"] in ("batch-response", "transaction-response", "history")
    return all(("response" in entry) is wanted for entry in value.get("entry", ()))


def _full_urls(value: Any, local: Local) -> bool:
    """bdl-7: no fullUrl stands twice with the same version, but in a history."""
    if value["type"] == "history":
        return True
    named = [
        (entry["fullUrl"], entry.get("resource", {}).get("meta", {}).get("versionId"))
        for entry in value.get("entry", ())
        if "fullUrl" in entry
    ]
    return len(set(named)) == len(named)


def _first(kind: str, resource: str) -> Predicate:
    """bdl-11, bdl-12: a Bundle of that type begins with that resource."""

    def holds(value: Any, local: Local) -> bool:
        if value["type"] != kind:
            return True
        entries = value.get("entry")
        return bool(entries) and entries[0].get("resource", {}).get("resourceType") == resource

    return holds


def _link_ids(value: Any, local: Local) -> bool:
    """que-2: no linkId stands twice."""
    found = [item["linkId"] for item in _nested(value, "item") if "linkId" in item]
    return len(set(found)) == len(found)


def _asked_whether(value: Any, local: Local) -> bool:
    """que-7: whether there is an answer is asked with true or false."""
    return value["operator"] != "exists" or "answerBoolean" in value


def _concept_codes(value: Any, local: Local) -> bool:
    """csd-1: no code is defined twice."""
    found = [concept["code"] for concept in _nested(value, "concept") if "code" in concept]
    return len(set(found)) == len(found)


def _nested(value: Any, name: str) -> Iterator[Any]:
    waiting = list(value.get(name, ()))
    while waiting:
        item = waiting.pop()
        yield item
        waiting += item.get(name, ())


def _count(value: Any, local: Local) -> bool:
    """cnt-3: a count is a whole number, without a unit or with UCUM's "1"."""
    number = value.get("value")
    return (
        ("code" in value or "value" not in value)
        and value.get("system", _UCUM) == _UCUM
        and value.get("code", "1") == "1"
        and (number is None or "." not in str(number))
    )


def _focus_maximum(value: Any, local: Local) -> bool:
    """md-1: a maximum is a number above 0, or "*"."""
    high = value.get("max")
    return high is None or high == "*" or (high.isascii() and high.isdigit() and int(high) > 0)


_UCUM = "http://unitsofmeasure.org"

NATIVE: dict[str, Predicate] = {
    **STRUCTURES,
    "start.hasValue().not() or end.hasValue().not() or (start <= end)": _not_after("start", "end"),
    "whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared": _not_after(
        "whenPrepared", "whenHandedOver"
    ),
    "lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn": _not_after(
        "authoredOn", "lastModified"
    ),
    "low.empty() or high.empty() or (low <= high)": _range,
    "value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()": (
        _components
    ),
    "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' "
    "or %resource.type = 'history'))": _with_request,
    "entry.all(response.exists() = (%resource.type = 'batch-response' "
    "or %resource.type = 'transaction-response' or %resource.type = 'history'))": _with_response,
    "(type = 'history') or entry.where(fullUrl.exists())"
    ".select(fullUrl&resource.meta.versionId).isDistinct()": _full_urls,
    "type = 'document' implies entry.first().resource.is(Composition)": _first("document", "Composition"),
    "type = 'message' implies entry.first().resource.is(MessageHeader)": _first("message", "MessageHeader"),
    "descendants().linkId.isDistinct()": _link_ids,
    "operator = 'exists' implies (answer is Boolean)": _asked_whether,
    "concept.code.combine($this.descendants().concept.code).isDistinct()": _concept_codes,
    "(code.exists() or value.empty()) and (system.empty() or system = %ucum) and "
    "(code.empty() or code = '1') and "
    "(value.empty() or value.hasValue().not() or value.toString().contains('.').not())": _count,
    "max='*' or (max.toInteger() > 0)": _focus_maximum,
}
"""Expression -> what decides it. Where it is given a faulty value it may raise; the caller minds that."""
