"""Bench `validation`: microseconds to validate one resource of the Synthea set, type by type.

Every resource is validated as the record does before it stores it. Cold is the first resource of a type in a
new validator, whose checks are compiled then. Warm is the mean of the best of several passes over all
resources of the type, in processor time, with the constraints in FHIRPath and without.
"""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.report import median, say, show
from fellesjournal.app.definitions import definitions
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.profiles import Library
from fellesjournal.fhir.validation import Validator
from fellesjournal.fhir.validation.resources import Checks

PACKAGE = Path(__file__).parents[1] / "node_modules" / "hl7.fhir.r4.examples"
PASSES = 5
LONG = 1000.0
"""Microseconds that an ordinary resource may take at most."""

Tree = dict[str, Any]
Validate = Callable[[Tree], object]


@dataclass(frozen=True)
class Row:
    """The figures of one resource type, in microseconds."""

    type: str
    resources: int
    cold: float
    warm: float
    without: float
    slowest: float
    """The slowest single resource, warm."""


def bench_validation(trees: Iterable[Tree], data: Path) -> dict[str, Any]:
    """Measure, print and give the figures; `data` is a folder for the compiled definitions."""
    known = definitions(PACKAGE, data / "cache")
    by_type: dict[str, list[Tree]] = {}
    for tree in trees:
        by_type.setdefault(tree["resourceType"], []).append(tree)
    faulty = sum(bool(Validator(known).validate(tree)) for group in by_type.values() for tree in group[:1])
    warm, without = Validator(known).validate, _without_constraints(known)
    gc.collect()
    gc.disable()
    try:
        rows = [_row(kind, group, known, warm, without) for kind, group in sorted(by_type.items())]
        singly = [_once(warm, tree) for group in by_type.values() for tree in group]
    finally:
        gc.enable()
    return _told(rows, singly, faulty)


def _without_constraints(known: Definitions) -> Validate:
    return Checks(known, (), Library(known, [known.structure]), None).whole


def _row(kind: str, group: list[Tree], known: Definitions, warm: Validate, without: Validate) -> Row:
    cold = _once(Validator(known).validate, group[0])
    return Row(
        kind,
        len(group),
        cold,
        _mean(warm, group),
        _mean(without, group),
        max(min(_once(warm, tree) for _ in range(3)) for tree in group),
    )


def _mean(validate: Validate, group: list[Tree]) -> float:
    best = float("inf")
    for _ in range(PASSES):
        start = time.process_time()
        for tree in group:
            validate(tree)
        best = min(best, time.process_time() - start)
    return 1e6 * best / len(group)


def _once(validate: Validate, tree: Tree) -> float:
    start = time.process_time()
    validate(tree)
    return 1e6 * (time.process_time() - start)


def _told(rows: list[Row], singly: list[float], faulty: int) -> dict[str, Any]:
    show(
        "Validation, microseconds per resource",
        ("type", "resources", "cold", "warm", "without constraints", "slowest"),
        [(row.type, row.resources, row.cold, row.warm, row.without, row.slowest) for row in rows],
    )
    number = sum(row.resources for row in rows)
    mean = sum(row.warm * row.resources for row in rows) / number
    without = sum(row.without * row.resources for row in rows) / number
    long = sum(each > LONG for each in singly)
    say(f"Mean {mean:.1f}, {mean - without:.1f} of it constraints; median {median(singly):.1f} microseconds")
    say(f"Longer than {LONG:.0f} microseconds: {long} of {number}; types whose first was faulty: {faulty}")
    return {
        "validation": {
            "resources": number,
            "mean_us": mean,
            "mean_without_constraints_us": without,
            "median_us": median(singly),
            "longer_than_1_ms": long,
            "types": {row.type: vars(row) for row in rows},
        }
    }
