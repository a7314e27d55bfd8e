"""What $diff says, applied as a patch, makes the one version out of the other."""

from typing import Any

import pytest

from fellesjournal.fhir import json
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.diff import diff
from fellesjournal.fhir.patch import patched

PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "1",
    "meta": {"versionId": "1", "lastUpdated": "2026-01-01T00:00:00Z"},
    "active": True,
    "name": [{"family": "Dahl", "given": ["Kari", "Anne"]}, {"use": "old", "family": "Berg"}],
    "telecom": [{"system": "phone", "value": "1"}, {"system": "phone", "value": "2"}],
    "contact": [{"name": {"family": "Far"}, "telecom": [{"value": "3"}]}],
    "deceasedBoolean": False,
}

CHANGES: list[dict[str, Any]] = [
    {},
    {"active": False},
    {"active": None},
    {"gender": "female", "birthDate": "1980-05-17"},
    {
        "birthDate": "1980-05-17",
        "_birthDate": {"extension": [{"url": "http://x.no/t", "valueTime": "12:00:00"}]},
    },
    {"name": [{"family": "Dahl", "given": ["Kari"]}, {"use": "old", "family": "Berg"}]},
    {"name": [{"use": "old", "family": "Berg"}]},
    {"name": [{"text": "Ny"}, *PATIENT["name"]]},
    {"name": [PATIENT["name"][0], {"text": "Midt"}, PATIENT["name"][1]]},
    {"name": [*PATIENT["name"], {"text": "Sist"}]},
    {"telecom": list(reversed(PATIENT["telecom"]))},
    {"telecom": None},
    {"contact": [*PATIENT["contact"], {"name": {"family": "Mor"}, "relationship": [{"text": "mor"}]}]},
    {"contact": [{"name": {"family": "Far", "given": ["Ole"]}}]},
    {"deceasedBoolean": None, "deceasedDateTime": "2026-01-02"},
    {"meta": {"versionId": "2", "tag": [{"code": "x"}]}},
    {"contained": [{"resourceType": "Organization", "id": "o", "name": "Sykehus"}]},
    {"maritalStatus": {"coding": [{"system": "s", "code": "M"}]}},
    {"link": [{"other": {"reference": "Patient/2"}, "type": "seealso"}]},
]


def changed(tree: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (tree | change).items() if value is not None}


def plain(tree: dict[str, Any]) -> dict[str, Any]:
    """Without what the server writes into meta."""
    meta = {k: v for k, v in tree.get("meta", {}).items() if k not in ("versionId", "lastUpdated")}
    rest = {k: v for k, v in tree.items() if k != "meta"}
    return rest | ({"meta": meta} if meta else {})


@pytest.mark.parametrize("forward", [True, False], ids=["forward", "back"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: "+".join(change) or "nothing")
def test_a_diff_is_a_patch(definitions: Definitions, change: dict[str, Any], forward: bool) -> None:
    trees = (PATIENT, changed(PATIENT, change)) if forward else (changed(PATIENT, change), PATIENT)
    before, after = (json.decode_exact(json.encode(tree)) for tree in trees)
    patch = diff(definitions, before, after)
    made = json.decode_exact(patched(definitions, json.encode(before), json.encode(patch)))
    assert plain(made) == plain(after)


def test_nothing_changed_is_an_empty_patch(definitions: Definitions) -> None:
    assert diff(definitions, PATIENT, PATIENT)["parameter"] == []


def test_decimals_that_differ_only_in_digits_differ(definitions: Definitions) -> None:
    one, other = (
        json.decode_exact(
            b'{"resourceType":"Observation","id":"1","status":"final","valueQuantity":{"value":%s}}' % number
        )
        for number in (b"1.5", b"1.50")
    )
    written = json.encode(diff(definitions, one, other))
    assert b'"Observation.value.value"' in written
    assert b'"valueDecimal":1.50' in written
