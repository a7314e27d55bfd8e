"""How a reference finds its target in a Bundle (FHIR R4, bundle.html#references)."""

from typing import Any

import pytest

from fellesjournal.fhir.neighbours import Neighbours

HERE, THERE = "http://here.example/fhir", "http://there.example/r4"


def resource(id: str, version: str = "") -> dict[str, Any]:
    meta = {"meta": {"versionId": version}} if version else {}
    return {"resourceType": "Patient", "id": id, **meta}


A, B, OLD, NEW, LOOSE = resource("1"), resource("1"), resource("2", "1"), resource("2", "2"), resource("3")
BUNDLE = {
    "resourceType": "Bundle",
    "entry": [
        {"fullUrl": f"{HERE}/Patient/1", "resource": A},
        {"fullUrl": f"{THERE}/Patient/1", "resource": B},
        {"fullUrl": f"{HERE}/Patient/2", "resource": OLD},
        {"fullUrl": f"{HERE}/Patient/2", "resource": NEW},
        {"fullUrl": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "resource": LOOSE},
        {"resource": resource("4")},
        {"fullUrl": f"{HERE}/Patient/5"},
        {"fullUrl": 6, "resource": resource("6")},
        "nothing",
    ],
}


@pytest.mark.parametrize(
    ("reference", "of", "found"),
    [
        (f"{HERE}/Patient/1", B, A),
        (f"{THERE}/Patient/1", A, B),
        ("Patient/1", A, A),
        ("Patient/1", B, B),
        ("Patient/1", LOOSE, A),
        ("Patient/2", B, OLD),
        ("Patient/2", A, OLD),
        ("Patient/2/_history/2", A, NEW),
        (f"{HERE}/Patient/2/_history/1", A, OLD),
        ("Patient/2/_history/3", A, None),
        ("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", A, LOOSE),
        ("Patient/3", A, None),
        ("Patient/4", A, None),
        ("Patient/5", A, None),
        ("Patient/6", A, None),
        ("http://elsewhere.example/Patient/1", A, None),
        ("tient/1", A, None),
        ("", A, None),
    ],
)
def test_what_a_reference_finds(reference: str, of: dict[str, Any], found: dict[str, Any] | None) -> None:
    assert Neighbours(BUNDLE).find(reference, of) is found


@pytest.mark.parametrize("entry", [None, {}, "x", [], [None], [{"fullUrl": "urn:x", "resource": "x"}]])
def test_what_is_no_bundle_has_nobody_in_it(entry: Any) -> None:
    assert Neighbours({"entry": entry}).find("Patient/1", A) is None
