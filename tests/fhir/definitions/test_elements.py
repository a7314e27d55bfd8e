"""Types and their elements, as R4's StructureDefinitions have them."""

import pytest

from fellesjournal.fhir.definitions import Definitions


def test_there_are_146_resource_types_in_alphabetical_order(definitions: Definitions) -> None:
    assert len(definitions.resource_types) == 146
    assert list(definitions.resource_types) == sorted(definitions.resource_types)
    assert definitions.resource_types[0] == "Account"
    assert definitions.resource_types[-1] == "VisionPrescription"


def test_abstract_types_and_data_types_are_no_resource_types(definitions: Definitions) -> None:
    for name in ("Resource", "DomainResource", "HumanName", "string", "patient", ""):
        assert not definitions.is_resource_type(name)
    assert definitions.is_resource_type("Patient")


def test_a_type_is_numbered_by_its_place(definitions: Definitions) -> None:
    assert definitions.type_number("Account") == 1
    assert definitions.type_number("VisionPrescription") == 146
    assert definitions.resource_types[definitions.type_number("Patient") - 1] == "Patient"


def test_an_unknown_type_has_no_number(definitions: Definitions) -> None:
    with pytest.raises(KeyError):
        definitions.type_number("Patent")


def test_elements_carry_cardinality_type_binding_and_targets(definitions: Definitions) -> None:
    gender = definitions.members("Patient")["gender"].element
    assert (gender.min, gender.max, gender.types) == (0, 1, ("code",))
    assert gender.strength == "required"
    assert gender.value_set == "http://hl7.org/fhir/ValueSet/administrative-gender"
    subject = definitions.members("Encounter")["subject"].element
    assert subject.targets == ("Patient", "Group")
    name = definitions.members("Patient")["name"].element
    assert (name.max, name.summary, name.modifier) == (None, True, False)
    assert definitions.members("Patient")["active"].element.modifier


def test_a_reference_to_any_resource_has_no_targets(definitions: Definitions) -> None:
    assert definitions.members("Observation")["focus"].element.targets == ()


def test_a_choice_is_one_member_per_type(definitions: Definitions) -> None:
    members = definitions.members("Observation")
    written = [name for name in members if name.startswith("value")]
    assert written[:2] == ["valueQuantity", "valueCodeableConcept"]
    assert len(written) == 11
    assert members["valueDateTime"].type == "dateTime"
    assert members["valueDateTime"].children == ""
    assert members["valueQuantity"].children == "Quantity"
    assert members["valueQuantity"].element is members["valueString"].element
    assert "value" not in members


def test_an_open_choice_has_every_type(definitions: Definitions) -> None:
    written = [name for name in definitions.members("Extension") if name.startswith("value")]
    assert len(written) == 50
    assert "valueBase64Binary" in written
    assert "valueMeta" in written


def test_a_content_reference_leads_to_the_elements_it_names(definitions: Definitions) -> None:
    inner = definitions.members("Questionnaire.item")["item"]
    assert inner.children == "Questionnaire.item"
    reference_range = definitions.members("Observation.component")["referenceRange"]
    assert reference_range.children == "Observation.referenceRange"
    assert reference_range.type == "BackboneElement"


def test_ids_of_resources_are_ids_and_ids_of_elements_are_strings(definitions: Definitions) -> None:
    assert definitions.members("Patient")["id"].type == "id"
    assert definitions.members("HumanName")["id"].type == "string"
    assert definitions.members("Extension")["url"].type == "uri"


def test_what_stands_beside_a_primitive_is_id_and_extension(definitions: Definitions) -> None:
    assert list(definitions.members("string")) == ["id", "extension"]
    assert definitions.is_primitive("string")
    assert not definitions.is_primitive("Quantity")
    assert not definitions.is_primitive("nothing")


@pytest.mark.parametrize(
    ("path", "types"),
    [
        ("Patient.contact.telecom.system", ("code",)),
        ("Observation.component.referenceRange.low.value", ("decimal",)),
        ("Observation.valueQuantity.unit", ("string",)),
        ("Questionnaire.item.item.item.linkId", ("string",)),
        ("Bundle.entry.resource", ("Resource",)),
        ("Timing.repeat.boundsPeriod.start", ("dateTime",)),
    ],
)
def test_an_element_is_found_by_its_path(definitions: Definitions, path: str, types: tuple[str, ...]) -> None:
    element = definitions.element(path)
    assert element is not None
    assert element.types == types


def test_a_choice_is_found_without_its_type(definitions: Definitions) -> None:
    element = definitions.element("Observation.value")
    assert element is not None
    assert element.choice
    assert len(element.types) == 11


@pytest.mark.parametrize(
    "path", ["Patient.nmae", "Patient.name.family.x", "Nothing.at", "Observation.value.unit"]
)
def test_no_element_no_answer(definitions: Definitions, path: str) -> None:
    assert definitions.element(path) is None


def test_specialisation(definitions: Definitions) -> None:
    assert definitions.is_a("Patient", "DomainResource")
    assert definitions.is_a("Patient", "Resource")
    assert definitions.is_a("Age", "Quantity")
    assert definitions.is_a("code", "string")
    assert not definitions.is_a("Bundle", "DomainResource")
    assert not definitions.is_a("Nothing", "Resource")


def test_every_type_of_every_element_is_defined(definitions: Definitions) -> None:
    waiting = list(definitions.resource_types)
    seen = set(waiting)
    while waiting:
        for path in definitions.type(waiting.pop()).elements:
            for member in definitions.members(path).values():
                assert definitions.is_type(member.type), member
                assert not member.children or definitions.members(member.children)
                if member.type not in seen:
                    seen.add(member.type)
                    waiting.append(member.type)
    assert {"xhtml", "Extension", "Dosage", "ElementDefinition"} < seen


def test_rules_stand_on_types_and_on_elements(definitions: Definitions) -> None:
    [rule] = definitions.constraints("Period")
    assert (rule.key, rule.severity) == ("per-1", "error")
    assert rule.expression.startswith("start.hasValue().not()")
    assert [rule.key for rule in definitions.constraints("Organization.telecom")] == ["org-3"]
    assert [rule.key for rule in definitions.constraints("Range.low")] == ["sqty-1"]
    assert definitions.constraints("Patient.name") == ()


def test_r4s_own_profiles_and_extensions_are_kept_without_texts(definitions: Definitions) -> None:
    structure = definitions.structure("http://hl7.org/fhir/StructureDefinition/patient-birthPlace")
    assert structure is not None
    assert structure["context"] == [{"type": "element", "expression": "Patient"}]
    assert all(
        not {"short", "definition"} & element.keys() for element in structure["differential"]["element"]
    )
    assert definitions.structure("http://hl7.org/fhir/StructureDefinition/Patient") is None
    assert definitions.structure("urn:x") is None
    assert "http://hl7.org/fhir/StructureDefinition/vitalsigns" in definitions.structure_urls
