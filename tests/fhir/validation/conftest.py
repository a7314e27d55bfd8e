from collections.abc import Callable
from typing import Any

import pytest

from fellesjournal.errors import Issue
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator

Faults = Callable[[dict[str, Any]], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def validator(definitions: Definitions) -> Validator:
    return Validator(definitions)


@pytest.fixture(scope="session")
def faults(validator: Validator) -> Faults:
    """(expression, code) of every fault."""

    def found(resource: dict[str, Any]) -> list[tuple[str, str]]:
        return [(issue.expression, issue.code) for issue in validator.validate(resource)]

    return found


@pytest.fixture(scope="session")
def words(validator: Validator) -> Callable[[dict[str, Any]], str]:
    """What is said of a resource with one fault."""

    def said(resource: dict[str, Any]) -> str:
        issues: list[Issue] = validator.validate(resource)
        assert len(issues) == 1, issues
        return issues[0].diagnostics

    return said
