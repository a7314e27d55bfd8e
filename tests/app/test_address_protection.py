"""A degree of address protection that is misspelt is refused: it would protect nobody."""

from typing import Any

import pytest

from fellesjournal.app.conformance import extra_checks
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway.protection import DEGREES, EXTENSION


def patient(**value: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "extension": [{"url": EXTENSION, **value}]}


@pytest.mark.parametrize(
    "value",
    [
        {"valueCode": "kode6"},
        {"valueCode": "strengtfortrolig"},
        {"valueCode": "Fortrolig"},
        {"valueString": "fortrolig"},
        {"valueCoding": {"code": "6"}},
        {"valueCoding": {"display": "Strengt fortrolig"}},
    ],
)
def test_what_is_no_degree_is_refused_with_those_that_are(
    definitions: Definitions, value: dict[str, Any]
) -> None:
    validator = Validator(definitions, extra=extra_checks(Settings()))
    said = [one.diagnostics for one in validator.validate(patient(**value)) if one.severity == "error"]
    assert any("no degree of address protection" in one and "strengtFortrolig" in one for one in said), said


def test_the_registers_degrees_are_taken(definitions: Definitions) -> None:
    validator = Validator(definitions, extra=extra_checks(Settings()))
    for degree in DEGREES:
        assert validator.validate(patient(valueCode=degree)) == []
        assert validator.validate(patient(valueCoding={"code": degree})) == []
