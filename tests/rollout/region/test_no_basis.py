"""Everything generated is held to no-basis 2.2.2, the national base profiles, and to R4 where it has none."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from fellesjournal.app.conformance import norwegian_resources
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.packages import read_package
from fellesjournal.fhir.profiles import Library, Structures
from fellesjournal.fhir.validation import Validator
from fellesjournal.rollout.region.region import Plan, Region
from rollout.region.conftest import Json, Record

BASE = "http://hl7.no/fhir/StructureDefinition/no-basis-"
CITIZENS = 60


class Basis:
    """The package's profiles of resources, and a validator that knows them."""

    def __init__(self, folder: Path, definitions: Definitions) -> None:
        package = read_package((path.name, path.read_bytes()) for path in sorted(folder.iterdir()))
        profiles = package.resources["StructureDefinition"]
        self.kinds = {tree["type"]: url for url, tree in profiles.items() if url == f"{BASE}{tree['type']}"}
        own = {tree["url"]: tree for tree in norwegian_resources()}
        sources: list[Structures] = [own.get, profiles.get, definitions.structure]
        self._validator = Validator(definitions, Library(definitions, sources))

    def errors(self, resource: Json) -> list[str]:
        """What is wrong by the profile of its type, and by R4."""
        profile = self.kinds.get(resource["resourceType"])
        found = self._validator.review(resource, [profile] if profile else [])
        return [f"{one.expression}: {one.diagnostics}" for one in found if one.severity == "error"]


@pytest.fixture(scope="module")
def basis(shared_data: Path, definitions: Definitions) -> Basis:
    return Basis(shared_data / "norway" / "no-basis-2.2.2", definitions)


def test_lives_keep_no_basis(records: dict[str, Record], basis: Basis) -> None:
    seen: Counter[str] = Counter()
    chosen = list(records.values())[:: len(records) // CITIZENS][:CITIZENS]
    for record in chosen:
        for resource in (record.patient, *record.all):
            assert basis.errors(resource) == [], resource["id"]
            seen[resource["resourceType"]] += 1
    assert len(chosen) == CITIZENS
    held = {"Patient", "RelatedPerson", "AllergyIntolerance", "Composition", "MedicationStatement"}
    assert held | {"DocumentReference", "Procedure"} <= set(basis.kinds) & set(seen)
    assert seen["Condition"] > CITIZENS


def test_units_workers_and_services_keep_no_basis(region_plan: Plan, basis: Basis) -> None:
    resources = [msgspec.json.decode(one) for one in Region(region_plan).foundation()]
    for resource in resources:
        assert basis.errors(resource) == [], resource["id"]
    kinds = {"Organization", "Practitioner", "PractitionerRole", "HealthcareService"}
    assert kinds <= set(basis.kinds) & {one["resourceType"] for one in resources}


def test_written_stories_keep_no_basis(region_plan: Plan, basis: Basis) -> None:
    resources = [msgspec.json.decode(one) for one in Region(region_plan).stories()]
    assert len(resources) > 100
    for resource in resources:
        assert basis.errors(resource) == [], resource["id"]
