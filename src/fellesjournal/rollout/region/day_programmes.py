"""The hospitals' day programmes: several stops in order on one day, as PlanDefinitions (booking/stops).

Who comes to a stop, and when, is said by the calendars of its unit (calendars.py).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fellesjournal.rollout.region import kinds_of_visit as kinds
from fellesjournal.rollout.region.chart.coding import Json, coding, quantity, reference
from fellesjournal.rollout.region.kinds_of_visit import Kind
from fellesjournal.rollout.region.units import Service, Unit

TYPE, DAY = "https://fellesjournal.no/fhir/CodeSystem/plan-type", "day-programme"
UNIT = "https://fellesjournal.no/fhir/StructureDefinition/unit"
"""On an action: the unit that gives the stop."""
_CONTEXT = "http://terminology.hl7.org/CodeSystem/usage-context-type"


class Stop(NamedTuple):
    """A stop at a unit of the hospital; `pause` is how many minutes one waits for it at most."""

    title: str
    service: Service
    kind: Kind
    minutes: int
    pause: int = 60


BEFORE_OPERATION = (
    Stop("Blodprøver", Service.LABORATORY, kinds.SAMPLES, 10),
    Stop("Røntgen av lungene", Service.RADIOLOGY, kinds.X_RAY, 15),
    Stop("Samtale med sykepleier", Service.CLINIC, kinds.FOLLOW_UP, 30),
    Stop("Samtale med kirurg", Service.SURGICAL_WARD, kinds.FOLLOW_UP, 30, 120),
    Stop("Anestesitilsyn", Service.OPERATING, kinds.ANAESTHESIA, 20, 120),
)
"""The day before an operation that is planned."""
_SENT_FROM = (Service.CLINIC, Service.HEART_CLINIC, Service.SURGICAL_WARD, Service.OPERATING)


def of_hospitals(units: Iterable[Unit]) -> Iterator[Json]:
    """The day before an operation at every hospital that has all its stops."""
    found: dict[str, dict[Service, Unit]] = {}
    for unit in units:
        if unit.within and unit.service:
            found.setdefault(unit.within, {}).setdefault(unit.service, unit)
    for business, there in found.items():
        if all(stop.service in there for stop in BEFORE_OPERATION):
            yield _before_operation(business, there)


def _before_operation(business: str, there: dict[Service, Unit]) -> Json:
    return {
        "resourceType": "PlanDefinition",
        "id": f"{business}-for-operasjon",
        "title": "Dagen før operasjon",
        "type": coding(TYPE, DAY),
        "status": "active",
        "useContext": [
            {
                "code": {"system": _CONTEXT, "code": "venue"},
                "valueReference": reference(there[service].reference),
            }
            for service in _SENT_FROM
            if service in there
        ],
        "action": [_action(number, stop, there) for number, stop in enumerate(BEFORE_OPERATION)],
    }


def _action(number: int, stop: Stop, there: dict[Service, Unit]) -> Json:
    made: Json = {
        "id": f"stopp-{number}",
        "extension": [{"url": UNIT, "valueReference": reference(there[stop.service].reference)}],
        "title": stop.title,
        "code": [{"coding": [stop.kind.coding], "text": stop.kind.text}],
    }
    if number:
        span = {"low": quantity(0, "min", "min"), "high": quantity(stop.pause, "min", "min")}
        after = {"actionId": f"stopp-{number - 1}", "relationship": "after-end", "offsetRange": span}
        made["relatedAction"] = [after]
    return made | {"timingDuration": quantity(stop.minutes, "min", "min")}
