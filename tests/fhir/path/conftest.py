"""One patient, and what expressions find in it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "kari",
    "contained": [{"resourceType": "Organization", "id": "gp", "name": "Legesenteret"}],
    "active": True,
    "name": [
        {"use": "official", "family": "Nordmann", "given": ["Kari", "Marie"]},
        {"use": "nickname", "given": ["Kaja"]},
    ],
    "birthDate": "1980-05-17",
    "_birthDate": {"extension": [{"url": "http://x/time", "valueDateTime": "1980-05-17T03:00:00Z"}]},
    "deceasedBoolean": False,
    "multipleBirthInteger": 2,
    "managingOrganization": {"reference": "#gp"},
    "generalPractitioner": [{"reference": "Practitioner/1"}, {"reference": "Organization/2"}],
    "extension": [{"url": "http://x/weight", "valueQuantity": {"value": Decimal("72.50"), "unit": "kg"}}],
}

Values = Callable[[str], list[Any]]


@pytest.fixture(scope="session")
def values(definitions: Definitions) -> Values:
    """The values that an expression finds in the patient."""
    return lambda text: [item.value for item in Path(text).evaluate(PATIENT, definitions)]


@pytest.fixture(scope="session")
def written(values: Values) -> Values:
    """As values, but written as text: decimals with their digits, quantities with their unit."""
    return lambda text: [_written(value) for value in values(text)]


def _written(value: Any) -> Any:
    if isinstance(value, dict):
        quote = "'" if "code" in value else ""
        return f"{value['value']:f} {quote}{value['unit']}{quote}"
    return f"{value:f}" if isinstance(value, Decimal) else value
