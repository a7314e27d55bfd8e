"""Bundles: what they begin with, how entries are addressed, and that each entry is checked for itself."""

from typing import Any

import pytest

from fellesjournal.fhir.validation import Validator
from fhir.validation.conftest import Faults
from fhir.validation.samples import patient

DOCUMENT: dict[str, Any] = {
    "resourceType": "Composition",
    "status": "final",
    "type": {"text": "x"},
    "date": "2024-01-01",
    "author": [{"display": "x"}],
    "title": "x",
}
MESSAGE: dict[str, Any] = {
    "resourceType": "MessageHeader",
    "eventUri": "urn:x",
    "source": {"endpoint": "urn:x"},
}


def bundle(kind: str, *resources: dict[str, Any], **members: Any) -> dict[str, Any]:
    entries = [{"fullUrl": f"urn:oid:1.{number}", "resource": each} for number, each in enumerate(resources)]
    return {"resourceType": "Bundle", "type": kind, **({"entry": entries} if entries else {}), **members}


def document(*resources: dict[str, Any], **members: Any) -> dict[str, Any]:
    named = {"identifier": {"system": "urn:x", "value": "1"}, "timestamp": "2024-01-01T00:00:00Z"}
    return bundle("document", *resources, **(named | members))


def test_documents_and_messages_that_are_sound(faults: Faults) -> None:
    assert faults(document(DOCUMENT, patient())) == []
    assert faults(bundle("message", MESSAGE, patient())) == []


@pytest.mark.parametrize(
    ("resource", "rule"),
    [
        (document(patient(), DOCUMENT), "bdl-11"),
        (document(), "bdl-11"),
        (document(DOCUMENT, identifier={"value": "1"}), "bdl-9"),
        (bundle("document", DOCUMENT, identifier={"system": "urn:x", "value": "1"}), "bdl-10"),
        (bundle("message", patient()), "bdl-12"),
        (bundle("collection", patient(), total=1), "bdl-1"),
        (bundle("transaction", patient()), "bdl-3"),
        (bundle("transaction-response", patient()), "bdl-4"),
    ],
)
def test_a_rule_of_bundles(validator: Validator, resource: dict[str, Any], rule: str) -> None:
    assert [issue.diagnostics.partition(":")[0] for issue in validator.validate(resource)] == [rule]


@pytest.mark.parametrize(
    ("url", "sound"),
    [
        ("http://x.no/fhir/Patient/1", True),
        ("urn:uuid:c757873d-ec9a-4326-a141-556f43239520", True),
        ("http://x.no/fhir/Patient/2", False),
        ("http://x.no/fhir/Person/1", False),
        ("http://x.no/elsewhere", True),
        ("Patient/1", False),
    ],
)
def test_the_address_of_an_entry(faults: Faults, url: str, sound: bool) -> None:
    resource = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": url, "resource": patient(id="1")}],
    }
    assert faults(resource) == ([] if sound else [("Bundle.entry[0].fullUrl", "value")])


def test_each_entry_is_checked_for_itself(faults: Faults) -> None:
    found = faults(bundle("collection", patient(gender="x"), patient(contact=[{"gender": "male"}])))
    assert found == [
        ("Bundle.entry[0].resource.gender", "code-invalid"),
        ("Bundle.entry[1].resource.contact[0]", "invariant"),
    ]


def test_an_entry_is_held_to_the_profile_it_declares(faults: Faults) -> None:
    declaring = {"profile": ["http://hl7.org/fhir/StructureDefinition/actualgroup"]}
    group = {"resourceType": "Group", "type": "person", "actual": False, "meta": declaring}
    assert faults(bundle("collection", group)) == [("Bundle.entry[0].resource.actual", "value")]
