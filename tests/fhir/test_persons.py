"""Which persons a resource names."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.persons import TYPES, persons_named

KARI = {"reference": "Patient/kari"}


def named(tree: Any, type_name: str = "Basic") -> set[str]:
    return persons_named(type_name, msgspec.json.encode(tree))


@pytest.mark.parametrize(
    "tree",
    [
        {"subject": KARI},
        {"participant": [{"actor": KARI}, {"actor": KARI}]},
        {"extension": [{"url": "urn:x", "valueReference": KARI}]},
        {"contained": [{"resourceType": "Basic", "subject": KARI}]},
        {"focus": {"reference": "Patient/kari/_history/2", "display": "Kari"}},
    ],
)
def test_a_reference_names_wherever_it_stands(tree: Any) -> None:
    assert named(tree) == {"Patient/kari"}


@pytest.mark.parametrize(
    "reference",
    [
        "#kari",
        "http://x.no/Patient/kari",
        "Practitioner/kari",
        "Patient?identifier=1",
        "urn:uuid:1",
        "Patient",
    ],
)
def test_what_is_no_person_of_this_record_is_not_named(reference: str) -> None:
    assert named({"subject": {"reference": reference, "display": "Patient/ola"}}) == set()


@pytest.mark.parametrize("written", [b"Patient\\/kari", b"\\u0050atient/kari", b"Patient/\\u006bari"])
def test_escapes_hide_nobody(written: bytes) -> None:
    assert persons_named("Basic", b'{"subject":{"reference":"%s"}}' % written) == {"Patient/kari"}
    assert persons_named("Basic", b'{"a":{"\\u0072eference":"%s"}}' % written) == {"Patient/kari"}


def test_a_bundle_names_those_whose_resources_it_holds() -> None:
    resource = {"resourceType": "Patient", "id": "kari"}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": resource}, {"fullUrl": "urn:x"}]}
    assert named(bundle, "Bundle") == {"Patient/kari"}
    assert named({"contained": [resource]}) == set(), "an id within a resource is not the record's"


@given(
    persons=st.sets(st.tuples(st.sampled_from(TYPES), st.from_regex(r"[A-Za-z0-9.-]{1,64}", fullmatch=True))),
    text=st.text(),
)
def test_all_who_are_named_are_found_and_no_other(persons: set[tuple[str, str]], text: str) -> None:
    names = {"/".join(one) for one in persons}
    tree = [{"a": {"reference": name, "display": text}, "b": [text]} for name in names]
    assert named({"x": tree}) == names
