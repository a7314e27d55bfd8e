"""What FHIR adds (FHIR R4, fhirpath.html#functions), and what is asked of the surroundings."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Item, Path
from fhir.path.conftest import PATIENT, Values

UCUM = "http://unitsofmeasure.org"
OBSERVATION: dict[str, Any] = {
    "resourceType": "Observation",
    "status": "final",
    "modifierExtension": [{"url": "http://x/doubt", "valueBoolean": True}],
    "code": {"coding": [{"system": "http://s", "code": "b"}, {"system": "http://t", "code": "z"}]},
    "valueQuantity": {"value": 6.3, "comparator": ">", "system": UCUM, "code": "mmol/L"},
    "component": [
        {"code": {"text": "weight"}, "valueQuantity": {"value": 0.5, "system": UCUM, "code": "kg"}},
        {"code": {"text": "age"}, "valueQuantity": {"value": 2, "system": UCUM, "code": "a"}},
        {"code": {"text": "score"}, "valueQuantity": {"value": 7}},
        {"code": {"text": "none"}, "dataAbsentReason": {"text": "unknown"}},
    ],
    "text": {"status": "generated", "div": "<div xmlns='http://www.w3.org/1999/xhtml'>B</div>"},
}


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("birthDate.extension('http://x/time').value", ["1980-05-17T03:00:00Z"]),
        ("birthDate.extension.url", ["http://x/time"]),
        ("birthDate.hasExtension('http://x/time')", [True]),
        ("extension('http://x/other')", []),
        ("extension({})", []),
        ("birthDate.hasValue()", [True]),
        ("photo.hasValue() or name.hasValue()", [False]),
        ("birthDate.getValue()", ["1980-05-17"]),
        ("name.getValue()", []),
        ("managingOrganization.resolve().name", ["Legesenteret"]),
        ("generalPractitioner.resolve().ofType(Practitioner).id", ["1"]),
        ("'Patient/7'.resolve().id", ["7"]),
        ("name.first().checkModifiers().use", ["official"]),
        ("conformsTo('http://x') | 'a'.memberOf('http://x') | text.`div`.htmlChecks()", []),
    ],
)
def test_fhirs_own_functions(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


def test_modifier_extensions_that_are_not_known_are_refused(definitions: Definitions) -> None:
    assert Path("checkModifiers('http://x/doubt').status").evaluate(OBSERVATION, definitions)
    with pytest.raises(Invalid, match="modifier extension 'http://x/doubt'"):
        Path("checkModifiers('http://x/other')").evaluate(OBSERVATION, definitions)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("component.value.where($this = 500 'g').exists()", [True]),
        ("component[0].value > 400 'g' and component[0].value < 1 'kg'", [True]),
        ("component[1].value = 2 years", [True]),
        ("@2020-01-01 + component[1].value", ["2022-01-01"]),
        ("component[2].value > 6", [True]),
        ("component[2].value > 1 'kg'", []),
        ("component[0].value.toString()", ["0.5 'kg'"]),
        ("value > 6 'mmol/L'", []),  # more than 6.3, but by how much is not said
        ("component.where(value.empty() and dataAbsentReason.empty()).empty()", [True]),
    ],
)
def test_fhirs_quantities_compare_by_their_codes(
    expression: str, found: list[Any], definitions: Definitions
) -> None:
    assert [item.value for item in Path(expression).evaluate(OBSERVATION, definitions)] == found


class _Codes:
    """a subsumes b; the value set has a and b of http://s, and what has no system cannot be told."""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        return None if not system else (system, code) in (("http://s", "a"), ("http://s", "b"))

    def subsumes(self, system: str, a: str, b: str) -> bool | None:
        return (a, b) == ("a", "b") if system == "http://s" else None


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("code.memberOf('http://v')", [True]),
        ("code.coding[0].memberOf('http://v')", [True]),
        ("code.coding[1].memberOf('http://v')", [False]),
        ("status.memberOf('http://v')", []),
        ("component[0].code.memberOf('http://v')", []),
        ("code.coding[0].subsumedBy(%a)", [True]),
        ("%a.subsumes(code)", [True]),
        ("code.subsumes(%a)", [False]),
        ("code.subsumes(code)", [True]),
        ("code.coding[0].subsumes(code.coding[1])", [False]),
    ],
)
def test_codes_are_asked_of_a_terminology(
    expression: str, found: list[Any], definitions: Definitions
) -> None:
    variables = {"a": [Item({"system": "http://s", "code": "a"}, "Coding", "Coding")]}
    items = Path(expression).evaluate(OBSERVATION, definitions, codes=_Codes(), variables=variables)
    assert [item.value for item in items] == found


def test_profiles_and_narratives_are_asked_of_who_knows_them(definitions: Definitions) -> None:
    def conforms(item: Item, url: str) -> bool | None:
        return item.type == "Patient" and url == "http://x"

    def narrative(text: str) -> bool:
        return "div" in text

    assert Path("conformsTo('http://x')").evaluate(PATIENT, definitions, conforms=conforms)[0].value is True
    found = Path("text.`div`.htmlChecks()").evaluate(OBSERVATION, definitions, narrative=narrative)
    assert [item.value for item in found] == [True]


def test_the_moment_is_the_one_that_is_given(definitions: Definitions) -> None:
    moment = datetime(2026, 5, 17, 23, 30, 15, 123_456, tzinfo=timezone(timedelta(hours=2)))

    def values(text: str) -> list[Any]:
        return [item.value for item in Path(text).evaluate(PATIENT, definitions, moment=moment)]

    assert values("now()") == ["2026-05-17T23:30:15.123+02:00"]
    assert values("today()") == ["2026-05-17"]
    assert values("timeOfDay()") == ["23:30:15.123"]
    assert values("now() = now() and today() > birthDate and timeOfDay() > @T22") == [True]
    assert values("birthDate + 46 years <= today()") == [True]
    with pytest.raises(Invalid, match=r"'today\(\)' at character 1 has no answer here"):
        Path("today()").evaluate(PATIENT, definitions)
    assert Path("now()").evaluate(PATIENT, definitions, moment=datetime(2026, 1, 1, tzinfo=UTC))
