"""Values that come again are checked once; what depends on where they stand is asked each time."""

from collections.abc import Iterator
from typing import Any

import pytest

from fellesjournal.fhir.definitions import Constraint, Definitions, Member
from fellesjournal.fhir.validation import recurring
from fellesjournal.fhir.validation.recurring import BY_THEMSELVES
from fhir.validation.conftest import Faults
from fhir.validation.samples import observation

CONTAINED = {"resourceType": "Patient", "id": "p"}


def below(definitions: Definitions, path: str, seen: set[str]) -> Iterator[Member]:
    """The members of a type and of what is in it, but for its extensions."""
    if path not in seen:
        seen.add(path)
        for member in definitions.members(path).values():
            if member.type != "Extension":
                yield member
                yield from below(definitions, member.children, seen) if member.children else ()


@pytest.mark.parametrize("kind", sorted(BY_THEMSELVES))
def test_they_depend_on_nothing_round_them(definitions: Definitions, kind: str) -> None:
    rules: list[Constraint] = [*definitions.constraints(kind)]
    for member in below(definitions, kind, set()):
        assert member.type not in ("Reference", "Resource", "canonical"), member
        rules += definitions.constraints(member.element.path)
        if member.element.strength == "required":
            assert definitions.value_set_codes(member.element.value_set) is not None, member
    for rule in rules:
        assert "%" not in rule.expression, rule
        assert "resolve" not in rule.expression, rule


def test_a_fault_is_told_each_time(faults: Faults) -> None:
    wrong = observation(code={"coding": [{"system": "http://loinc.org", "kode": "1"}]})
    assert faults(wrong) == faults(wrong) == [("Observation.code.coding[0].kode", "structure")]


def test_an_extension_is_looked_at_each_time(faults: Faults) -> None:
    wrong = observation(code={"text": "x", "extension": [{"url": "http://a.no/b"}]})
    assert faults(wrong) == faults(wrong) != []


def test_what_is_sound_for_one_element_is_not_so_for_another(faults: Faults) -> None:
    assert faults(observation(subject={"reference": "Patient/7"})) == []
    assert faults(observation(encounter={"reference": "Patient/7"})) == [
        ("Observation.encounter.reference", "value")
    ]


def test_what_is_contained_is_asked_of_each_resource(faults: Faults) -> None:
    inner: dict[str, Any] = {"subject": {"reference": "#p"}}
    assert faults(observation(contained=[CONTAINED], **inner)) == []
    assert faults(observation(**inner)) == [("Observation.subject.reference", "not-found")]


def test_a_reference_that_is_no_text_is_a_fault(faults: Faults) -> None:
    assert faults(observation(subject={"reference": ["Patient/7"]})) != []


def test_what_is_remembered_has_an_end(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "KEPT", 2)
    for number in range(5):
        assert faults(observation(code={"text": f"something {number}"})) == []
    assert faults(observation(code={"text": ""})) != []
