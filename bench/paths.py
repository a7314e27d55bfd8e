"""Bench `paths`: what a FHIRPath expression costs on an ordinary resource of the Synthea set.

The resources are some of each type out of the bundles; an expression is compiled once, as everywhere in the
house, and evaluated with each of them.
"""

import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bench import synthea
from bench.report import median, show
from fellesjournal.app.definitions import definitions
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path as Expression

RESOURCES = 100
"""Of each type."""
ROUNDS = 20
PACKAGE = Path(__file__).parents[1] / "node_modules" / "hl7.fhir.r4.examples"

EXPRESSIONS = (
    ("Patient", "Patient.name.where(use = 'official').family"),
    ("Patient", "name.given.first()"),
    ("Patient", "Patient.birthDate"),
    ("Patient", "telecom.where(system = 'phone' and use = 'home').value"),
    ("Patient", "Patient.extension('http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex').value"),
    ("Patient", "identifier.where(type.coding.exists(code = 'MR')).value"),
    ("Patient", "(Patient.deceased as dateTime).exists() or Patient.deceased = true"),
    (
        "Patient",
        "contact.all(name.exists() or telecom.exists() or address.exists() or organization.exists())",
    ),
    ("Patient", "address.select(line.first() & ', ' & city)"),
    ("Patient", "birthDate <= @2000-01-01"),
    ("Patient", "name.exists(family.exists() and given.exists())"),
    ("Patient", "contained.where(('#' + id) in %resource.descendants().reference).not().empty()"),
    ("Patient", "contained.contained.empty()"),
    ("Patient", "text.`div`.exists()"),
    ("Observation", "(Observation.value as Quantity).value"),
    ("Observation", "Observation.value.ofType(Quantity) > 100 'mg/dL'"),
    ("Observation", "code.coding.where(system = 'http://loinc.org').code.first()"),
    ("Observation", "dataAbsentReason.empty() or value.empty()"),
    ("Observation", "component.code.where(coding.intersect(%resource.code.coding).exists()).empty()"),
    ("Observation", "hasValue() or (children().count() > id.count())"),
    ("Observation", "value.exists() or extension.exists()"),
    ("Observation", "component.where(code.coding.code = '8480-6').value.value"),
    ("Observation", "subject.where(resolve() is Patient)"),
    ("Observation", "category.coding.code = 'vital-signs' implies effective.exists()"),
    ("Encounter", "Encounter.period.start"),
    ("Encounter", "period.start.empty() or period.end.empty() or (period.start <= period.end)"),
    ("Encounter", "participant.individual.where(resolve() is Practitioner).reference"),
    ("Condition", "clinicalStatus.coding.code.lower() in ('active' | 'recurrence' | 'relapse')"),
    ("MedicationRequest", "medication.ofType(CodeableConcept).coding.display.matches('(?i)tablet')"),
)  # fmt: skip


def bench_paths(folder: Path) -> list[tuple[str, str, float, float]]:
    """Type, expression and microseconds: of the middle resource, and where the slowest tenth begins."""
    trees = by_type(synthea.unpacked(folder))
    known = definitions(PACKAGE, folder / "definitions")
    rows = []
    for kind, text in EXPRESSIONS:
        path = Expression(text)
        times = sorted(microseconds(path, tree, known) for tree in trees[kind])
        rows.append((kind, text, median(times), times[len(times) * 9 // 10]))
    show(
        f"paths: microseconds per expression, {RESOURCES} resources of each type",
        ("expression", "median", "slowest tenth"),
        [(f"{kind}: {text}", middle, slow) for kind, text, middle, slow in rows],
    )
    return rows


def by_type(files: list[Path]) -> dict[str, list[dict[str, Any]]]:
    """The first resources of each type."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for tree in synthea.resources(files[:40]):
        if len(found[tree["resourceType"]]) < RESOURCES:
            found[tree["resourceType"]].append(tree)
    return found


def microseconds(path: Expression, tree: dict[str, Any], known: Definitions) -> float:
    """The quickest of some rounds: what else the machine did meanwhile does not count."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        path.evaluate(tree, known)
        best = min(best, time.perf_counter() - start)
    return 1e6 * best
