"""A constraint is answered alike by FHIRPath and by what is quicker, over the official examples."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Faults, Local
from fellesjournal.fhir.invariants import Invariants, Test
from fellesjournal.fhir.invariants.invariant import Failed, by_path
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.validation.shapes import Shapes

LARGEST = 100_000
"""Bytes of an example; the larger ones say the same again."""
EACH = 40
"""Values on which one constraint of one element is compared."""


class Comparing(Invariants):
    """Makes tests that ask both ways and note where the answers differ."""

    def __init__(self, definitions: Definitions) -> None:
        super().__init__(definitions)
        self._known = definitions
        self.differing: list[tuple[str, str, Any]] = []
        self.asked: Counter[tuple[str, str]] = Counter()
        self.not_compiled: set[str] = set()

    def _test(self, expression: str, kind: str) -> Test:
        quick = super()._test(expression, kind)
        try:
            slow = by_path(expression, kind, self._known)
        except Invalid:
            self.not_compiled.add(expression)
            return quick

        def test(value: Any, local: Local) -> bool | Failed | None:
            answer = quick(value, local)
            self.asked[expression, kind] += 1
            if self.asked[expression, kind] <= EACH:
                other = slow(value, local)
                if type(other) is bool and other is not answer:
                    self.differing.append((kind, expression, value))
            return answer

        return test


@pytest.fixture(scope="module")
def compared(definitions: Definitions) -> Comparing:
    invariants = Comparing(definitions)

    def resource(value: Any, local: Local) -> Faults:
        kind = value["resourceType"]
        ids = frozenset(item.get("id", "") for item in value.get("contained", ()))
        return shapes.of(kind)(value, Local(value, value, ids))

    def contained(value: Any, local: Local) -> Faults:
        return shapes.of(value["resourceType"])(value, Local(value, local.root, local.contained))

    shapes = Shapes(definitions, invariants, resource, contained)
    for path in _small(FHIR_PACKAGE):
        tree = parse(path.read_bytes()).tree
        resource(tree, Local(tree, tree))
    return invariants


def _small(package: Path) -> list[Path]:
    paths = [path for path in sorted(package.glob("*-*.json")) if path.name != "package.json"]
    return [path for path in paths if path.stat().st_size <= LARGEST]


def test_both_ways_give_the_same_answer(compared: Comparing) -> None:
    assert sum(compared.asked.values()) > 50_000
    found = {(kind, expression[:60]) for kind, expression, _ in compared.differing}
    assert found <= DIFFERING.keys()


DIFFERING = {
    ("Questionnaire.item.enableWhen", "operator = 'exists' implies (answer is Boolean)"): (
        "a boolean of FHIR is no System.Boolean to FHIRPath, but it is what is meant"
    ),
}
"""(type, beginning of the expression) of those that may differ -> why."""
