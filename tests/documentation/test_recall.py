"""Ask once: what the record knows comes up while it is fresh, with source and age."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fellesjournal.documentation.recall import recall
from fellesjournal.documentation.rules import layout
from fellesjournal.documentation.templates import templates

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NODES = layout(templates()["visitt"].questionnaire, {})


def measured(code: str, value: float, unit: str, hours: float, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"m-{code}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": (NOW - timedelta(hours=hours)).isoformat(),
        "performer": [{"display": "Varm Lyngmo"}],
        "valueQuantity": {"value": value, "unit": unit, "code": unit},
    } | more


def test_a_fresh_value_comes_up_with_who_and_when() -> None:
    known = recall(NODES, [measured("8310-5", 37.8, "Cel", 2)], NOW)
    assert list(known) == ["funn:0/temperatur:0"]
    one = known["funn:0/temperatur:0"]
    assert (one.text, one.source, one.by) == ("37,8", "Observation/m-8310-5", "Varm Lyngmo")


def test_a_part_of_a_blood_pressure_is_found() -> None:
    parts = [
        {
            "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
            "valueQuantity": {"value": value},
        }
        for code, value in (("8480-6", 132), ("8462-4", 80))
    ]
    pressure = measured("85354-9", 0, "", 1, component=parts)
    del pressure["valueQuantity"]
    known = recall(NODES, [pressure], NOW)
    assert {place: one.text for place, one in known.items()} == {
        "funn:0/overtrykk:0": "132",
        "funn:0/undertrykk:0": "80",
    }


def test_what_is_stale_wrong_of_tomorrow_or_in_another_unit_does_not_come_up() -> None:
    assert recall(NODES, [measured("8310-5", 37.8, "Cel", 13)], NOW) == {}
    assert recall(NODES, [measured("8310-5", 37.8, "Cel", 1, status="entered-in-error")], NOW) == {}
    assert recall(NODES, [measured("8310-5", 37.8, "Cel", -1)], NOW) == {}
    assert recall(NODES, [measured("8310-5", 100.0, "[degF]", 1)], NOW) == {}
