"""Every constraint of R4 has a test, and the errata are those of R4."""

from collections.abc import Iterator
from typing import Any

import pytest

from fellesjournal.fhir.definitions import Constraint, Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants import Invariants
from fellesjournal.fhir.invariants.errata import ERRATA
from fellesjournal.fhir.invariants.invariant import breaches
from fellesjournal.fhir.invariants.native import NATIVE


def constraints(definitions: Definitions) -> Iterator[tuple[str, Constraint]]:
    for name in (*definitions.resource_types, "Period", "Quantity", "ElementDefinition", "Timing", "Count"):
        for path, rules in definitions.type(name).constraints.items():
            yield from ((path, rule) for rule in rules)


def test_the_constraints_of_the_specification_are_there(definitions: Definitions) -> None:
    keys = {rule.key for _, rule in constraints(definitions)}
    assert {"obs-7", "per-1", "bdl-7", "qty-3", "sqty-1", "eld-3", "pat-1", "tim-9"} <= keys
    assert not {"ele-1", "ext-1", "dom-2", "dom-6", "txt-1"} & keys
    assert [rule.key for rule in definitions.constraints("Patient.contact")] == ["pat-1"]
    assert definitions.constraints("Patient.name") == ()


def test_each_of_them_can_be_evaluated(definitions: Definitions) -> None:
    invariants = Invariants(definitions)
    for path, rule in constraints(definitions):
        kind = path if path in definitions.type(path.partition(".")[0]).elements else "Quantity"
        for made in invariants.of([rule], kind):
            assert made.test is not None, (path, rule)


def test_what_is_written_in_python_or_mended_is_still_in_r4(definitions: Definitions) -> None:
    every = {name: definitions.type(name) for name in definitions.type_names}
    written = {
        rule.expression for found in every.values() for rules in found.constraints.values() for rule in rules
    }
    assert set(ERRATA) <= written
    assert set(NATIVE) <= written
    assert all(erratum.reason.endswith(".") for erratum in ERRATA.values())


def test_warnings_are_left_out_when_only_errors_are_wanted(definitions: Definitions) -> None:
    errors = Invariants(definitions, ("error",)).on("NutritionOrder")
    assert [made.key for made in errors] == []
    assert [made.key for made in Invariants(definitions).on("NutritionOrder")] == ["nor-1"]


def test_an_expression_that_is_none_is_told_and_refuses_nothing(definitions: Definitions) -> None:
    rule = Constraint("x-1", "error", "Something holds", "noSuchFunction()")
    [made] = Invariants(definitions).of([rule], "Patient")
    tree = {"resourceType": "Patient"}
    [found] = made.breach(tree, Local(tree, tree))
    assert (found.severity, found.code) == ("warning", "processing")
    assert found.message.startswith("x-1 cannot be evaluated here: Something holds. ")
    assert "noSuchFunction" in found.message


@pytest.mark.parametrize(("severity", "told"), [("error", "warning"), ("warning", "information")])
def test_a_rule_that_fails_on_a_value_is_told_with_the_reason_and_refuses_nothing(
    definitions: Definitions, severity: str, told: str
) -> None:
    rule = Constraint("x-1", severity, "One name", "name.single().exists()")
    made = Invariants(definitions).of([rule], "Patient")
    one: dict[str, Any] = {"resourceType": "Patient", "name": [{"family": "Aasmundtveit"}]}
    two = one | {"name": one["name"] * 2}
    assert breaches(made, one, Local(one, one)) is None
    [found] = breaches(made, two, Local(two, two)) or []
    assert (found.severity, found.code) == (told, "processing")
    assert found.message.startswith("x-1 cannot be evaluated here: One name. FHIRPath: ")
    assert found.message.endswith("not 2.")
    assert "Aasmundtveit" not in found.message
