"""Plain expressions over JSON: choices, primitives that are only extensions, and what is unknown."""

from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants.invariant import by_path
from fellesjournal.fhir.invariants.plain import plain

EXTENSION = {"extension": [{"url": "urn:x", "valueCode": "unknown"}]}


@pytest.mark.parametrize(
    ("kind", "expression", "value", "answer"),
    [
        ("Patient", "active.exists()", {"active": False}, True),
        ("Patient", "active.exists()", {"_active": EXTENSION}, True),
        ("Patient", "active.exists()", {}, False),
        ("Patient", "active.hasValue()", {"_active": EXTENSION}, False),
        ("Patient", "active.hasValue()", {"active": True}, True),
        ("Patient", "active = true", {}, False),
        ("Patient", "active = true", {"active": True}, True),
        ("Patient", "active = true or gender.empty()", {}, True),
        ("Patient", "(active = true).not()", {}, False),
        ("Patient", "active = true implies gender.exists()", {"gender": "male"}, True),
        ("Patient", "active = true implies gender.exists()", {"active": True}, False),
        ("Patient", "active.exists() xor gender.exists()", {"active": True}, True),
        ("Patient", "active.exists() = gender.exists()", {"active": True}, False),
        ("Patient", "active and gender.exists()", {"active": True, "gender": "male"}, True),
        ("Patient", "active and gender.exists()", {"active": False, "gender": "male"}, False),
        ("Patient", "active", {}, False),
        ("Patient", "deceased.exists()", {"deceasedBoolean": True}, True),
        ("Patient", "deceased.exists()", {"_deceasedDateTime": EXTENSION}, True),
        ("Patient", "deceased.exists()", {}, False),
        ("Patient", "name.given.count() > 1", {"name": [{"given": ["A"]}, {"given": ["B"]}]}, True),
        (
            "Patient",
            "name.given.count() = 2",
            {"name": [{"given": ["A", None], "_given": [None, EXTENSION]}]},
            True,
        ),
        ("Patient", "name.given.count() + contact.count() <= 1", {"name": [{"given": ["A", "B"]}]}, False),
        (
            "Patient",
            "name.where(use = 'official').exists()",
            {"name": [{"use": "old"}, {"use": "official"}]},
            True,
        ),
        ("Patient", "name.where(use = 'official').exists()", {"name": [{"text": "X"}]}, False),
        ("Patient", "name.all(family.exists())", {"name": [{"family": "X"}, {"text": "Y"}]}, False),
        ("Patient", "name.exists(family.exists())", {"name": [{"family": "X"}, {"text": "Y"}]}, True),
        ("Patient", "name.select(family).isDistinct()", {"name": [{"family": "X"}, {"family": "X"}]}, False),
        ("Patient", "name.family.isDistinct()", {"name": [{"family": "X"}, {"family": "Y"}]}, True),
        ("Patient", "gender in ('male' | 'female')", {"gender": "female"}, True),
        ("Patient", "gender in ('male' | 'female')", {"gender": "other"}, False),
        ("Patient", "gender != 'male'", {"gender": "other"}, True),
        ("Patient", "birthDate.startsWith('19')", {"birthDate": "1962"}, True),
        ("Patient", "birthDate.contains('-')", {"birthDate": "1962"}, False),
        ("Patient.contact", "name.text.exists()", {"name": {"text": "X"}}, True),
        ("ContactPoint", "where(use = 'home').empty()", {"use": "home"}, False),
        ("Questionnaire.item", "item.item.linkId.exists()", {"item": [{"item": [{"linkId": "1"}]}]}, True),
        ("Timing.repeat", "duration >= 0", {"duration": 1.5}, True),
        ("Timing.repeat", "duration >= 0", {"duration": -1}, False),
        ("Quantity", "system = %ucum", {"system": "http://unitsofmeasure.org"}, True),
        ("Bundle.entry", "resource.exists()", {"resource": {"resourceType": "Basic"}}, True),
        ("Patient", "name.first().use = 'old'", {"name": [{"use": "old"}, {"use": "usual"}]}, True),
        ("Patient", "name.first().use.exists()", {"name": [{"text": "X"}, {"use": "usual"}]}, False),
        ("Patient", "name.first().exists()", {}, False),
        ("Patient", "name.period.exists()", {"name": [{"text": "X"}, {"period": {"end": "2020"}}]}, True),
        ("Patient", "name.given.empty()", {"name": [{"text": "X"}, {"_given": [EXTENSION]}]}, False),
        ("Patient", "name.given.empty()", {"name": [{"text": "X"}]}, True),
        ("Patient", "contact.empty() or contact.name.exists()", {"contact": [{"gender": "male"}]}, False),
        ("Patient", "birthDate.matches('^19[0-9]+$')", {"birthDate": "1962"}, True),
        ("Patient", "birthDate.matches('^[0-9]{4}-')", {"birthDate": "1962"}, False),
        ("Patient", "birthDate.matches('1').not()", {"_birthDate": EXTENSION}, False),
    ],
)
def test_what_an_expression_says(
    definitions: Definitions, kind: str, expression: str, value: dict[str, Any], answer: bool
) -> None:
    here = {"resourceType": "Basic"}
    local = Local(here, here)
    quick = plain(expression, kind, definitions)
    assert quick is not None
    assert quick(value, local) is answer
    assert by_path(expression, kind, definitions)(value, local) is answer


@pytest.mark.parametrize(
    "expression",
    [
        "name.last().exists()",
        "name[0].exists()",
        "descendants().exists()",
        "name.given & 'x' = 'y'",
        "name.nothing.exists()",
        "deceased.start.exists()",
        "name.given > 1",
        "gender.matches(birthDate)",
        "gender = birthDate",
        "%resource.active = true",
    ],
)
def test_what_is_left_to_fhirpath(definitions: Definitions, expression: str) -> None:
    assert plain(expression, "Patient", definitions) is None


def test_expressions_on_primitives_are_left_to_fhirpath(definitions: Definitions) -> None:
    assert plain("exists()", "string", definitions) is None
