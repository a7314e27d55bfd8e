"""References: their shape, what they may point to, and contained resources."""

from collections.abc import Callable
from typing import Any

import pytest

from fellesjournal.fhir.resource import Literal, is_id, literal
from fhir.validation.conftest import Faults
from fhir.validation.samples import basic, observation, patient

Words = Callable[[dict[str, Any]], str]
UUID = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"


def of(reference: Any, **members: Any) -> dict[str, Any]:
    return observation(subject={"reference": reference, **members})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Patient/1", Literal("", "Patient", "1", "")),
        ("Patient/1/_history/2", Literal("", "Patient", "1", "2")),
        ("https://a.no/b/fhir/Patient/1", Literal("https://a.no/b/fhir", "Patient", "1", "")),
        ("Nothing/1", Literal("", "Nothing", "1", "")),
        ("patient/1", None),
        ("Patient", None),
        ("Patient/", None),
        ("/Patient/1", None),
        ("Patient/1/", None),
        ("Patient/a_b", None),
        ("Patient/1?x", None),
        ("ftp://a/Patient/1", None),
        (UUID, None),
        ("#a", None),
    ],
)
def test_reading_a_literal_reference(text: str, expected: Literal | None) -> None:
    assert literal(text) == expected


def test_ids() -> None:
    assert is_id("a-Z.9")
    assert not is_id("")
    assert not is_id("a\n")
    assert not is_id("x" * 65)


@pytest.mark.parametrize(
    "reference",
    [
        "Patient/1",
        "Group/a/_history/3",
        "https://example.org/fhir/Patient/1",
        "https://example.org/anything?at=all",
        "http://example.org/fhir/Unknown/1",
        UUID,
        "urn:uuid:C757873D-EC9A-4326-A141-556F43239520",
        "urn:oid:2.16.578.1.12.4.1.4.1",
        "#",
    ],
)
def test_sound(faults: Faults, reference: str) -> None:
    assert faults(of(reference)) == []


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("Patent/1", "not a resource type"),
        ("patient/1", "not a reference"),
        ("1", "not a reference"),
        ("/Patient/1", "not a reference"),
        ("Patient/a b", "not a reference"),
        ("Patient/" + "x" * 65, "at most 64 characters"),
        ("Patient?identifier=1", "may only stand in a transaction"),
        ("urn:uuid:1", "not a UUID"),
        ("urn:oid:1.x", "not a UUID or OID"),
        ("http://a b", "not a reference"),
        ("#nothing", "no contained resource"),
        ("Practitioner/1", "may point to Patient or Group or Device or Location, not to Practitioner"),
        ("https://example.org/fhir/Practitioner/1", "not to Practitioner"),
    ],
)
def test_faulty(faults: Faults, words: Words, reference: str, said: str) -> None:
    assert [expression for expression, _ in faults(of(reference))] == ["Observation.subject.reference"]
    assert said in words(of(reference))


@pytest.mark.parametrize("reference", ["", 7, None, {}])
def test_a_reference_is_a_string(faults: Faults, reference: Any) -> None:
    assert [expression for expression, _ in faults(of(reference))] == ["Observation.subject.reference"]


def test_a_reference_may_point_anywhere_where_the_definition_says_so(faults: Faults) -> None:
    assert faults(observation(focus=[{"reference": "Slot/1"}])) == []


def test_the_type_must_agree_with_the_reference(faults: Faults) -> None:
    assert faults(of("Patient/1", type="Patient")) == []
    assert faults(of("Patient/1", type="Group")) == [("Observation.subject.reference", "value")]


def test_a_logical_reference_needs_no_literal(faults: Faults) -> None:
    assert faults(observation(subject={"identifier": {"system": "urn:x", "value": "1"}})) == []
    assert faults(observation(subject={"display": "Kari"})) == []


class TestContained:
    def test_sound(self, faults: Faults) -> None:
        resource = of("#p")
        resource["contained"] = [patient(id="p", name=[{"family": "x"}])]
        assert faults(resource) == []

    def test_contained_resources_refer_to_one_another(self, faults: Faults) -> None:
        organization = {"resourceType": "Organization", "id": "o", "name": "O"}
        resource = of("#p")
        resource["contained"] = [patient(id="p", managingOrganization={"reference": "#o"}), organization]
        assert faults(resource) == []

    def test_one_that_refers_to_its_container_needs_no_reference_to_it(self, faults: Faults) -> None:
        link = {"other": {"reference": "#"}, "type": "seealso"}
        assert faults(patient(contained=[patient(id="p", link=[link])])) == []

    def test_a_canonical_or_uri_holds_it_too(self, faults: Faults) -> None:
        extension = [{"url": "urn:x", "valueCanonical": "#p"}]
        assert faults(basic(contained=[patient(id="p")], extension=extension)) == []

    def test_nothing_refers_to_it(self, faults: Faults) -> None:
        assert faults(basic(contained=[patient(id="p")])) == [("Basic.contained[0]", "invariant")]

    def test_it_needs_an_id(self, faults: Faults) -> None:
        assert faults(basic(contained=[patient()])) == [("Basic.contained[0].id", "required")]

    def test_ids_are_given_once(self, faults: Faults) -> None:
        resource = of("#p")
        resource["contained"] = [patient(id="p"), patient(id="p")]
        assert faults(resource) == [("Observation.contained[1].id", "invariant")]

    def test_it_contains_no_others(self, faults: Faults) -> None:
        inner = of("#q")
        inner.update(id="o", contained=[patient(id="q")])
        resource = basic(
            contained=[inner], extension=[{"url": "urn:x", "valueReference": {"reference": "#o"}}]
        )
        assert ("Basic.contained[0].contained", "invariant") in faults(resource)

    def test_it_is_checked_as_its_own_type(self, faults: Faults) -> None:
        resource = of("#p")
        resource["contained"] = [patient(id="p", nmae="x")]
        assert faults(resource) == [("Observation.contained[0].nmae", "structure")]

    @pytest.mark.parametrize("wrong", [7, None, [], "x", {"resourceType": "Patent"}, {}])
    def test_something_else_than_a_resource(self, faults: Faults, wrong: Any) -> None:
        (found,) = faults(basic(contained=[wrong]))
        assert found[0].startswith("Basic.contained[0]")

    def test_each_resource_of_a_bundle_has_its_own(self, faults: Faults) -> None:
        holder = of("#p")
        holder["contained"] = [patient(id="p")]
        bundle = {
            "resourceType": "Bundle",
            "type": "collection",
            "entry": [{"resource": holder}, {"resource": of("#p")}],
        }
        assert faults(bundle) == [("Bundle.entry[1].resource.subject.reference", "not-found")]
