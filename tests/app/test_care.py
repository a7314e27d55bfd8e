"""The demo's citizens are in somebody's care."""

from datetime import date
from pathlib import Path

import msgspec

from fellesjournal.app import care, sample, staff
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator


def test_every_unit_that_treats_has_its_citizens(definitions: Definitions) -> None:
    found = list(care.resources([f"p{number}" for number in range(100)], date(2026, 11, 26)))
    assert len(found) == sum(one.citizens for one in care.CARE)
    assert len({(one["resourceType"], one["id"]) for one in found}) == len(found)
    validator = Validator(definitions)
    assert [issue for one in found for issue in validator.validate(one)] == []
    assert {one.unit for one in care.CARE} <= {unit.id for unit in staff.UNITS}


def test_a_small_set_is_shared_by_all(tmp_path: Path) -> None:
    file = tmp_path / "citizens.ndjson"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, sample.resources())))
    ids = care.patients(file)
    assert ids == sorted(one["id"] for one in sample.resources() if one["resourceType"] == "Patient")
    found = list(care.resources(ids, date(2026, 11, 26)))
    assert len({(one["resourceType"], one["id"]) for one in found}) == len(found)
