"""R4's search parameters, compiled."""

from typing import Any

import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.chains import read
from fellesjournal.fhir.search.compile import ParametersByType, compile_parameter
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import path_number

WITHOUT_SOURCES = {"_text", "_content", "_query", "_filter", "near"}
WITHOUT_EXPRESSION = {"author", "effective", "end", "keyword", "workflow", "age", "birthOrderBoolean"}
"""Drafts among R4's extensions that do not say what they read."""


def sources(parameter: SearchParameter) -> set[tuple[str, str]]:
    return {(source.path, source.target) for source in parameter.sources}


def test_every_parameter_of_r4_is_there(parameters: ParametersByType, definitions: Definitions) -> None:
    compiled = {parameter.url for found in parameters.values() for parameter in found.values()}
    missing = {p["code"] for p in definitions.search_parameters if p["url"] not in compiled}
    assert missing == WITHOUT_EXPRESSION
    assert set(parameters) == set(definitions.resource_types)


def test_every_parameter_reads_something(parameters: ParametersByType) -> None:
    reads_nothing = {
        parameter.code
        for found in parameters.values()
        for parameter in found.values()
        if not parameter.sources and not all(part.sources for part in parameter.components or (parameter,))
    }
    assert reads_nothing == WITHOUT_SOURCES


def test_no_two_paths_share_a_number(parameters: ParametersByType) -> None:
    found = {
        source.path
        for by_code in parameters.values()
        for parameter in by_code.values()
        for source in (*parameter.sources, *(s for part in parameter.components for s in part.sources))
    }
    assert len({path_number(path) for path in found}) == len(found)


@pytest.mark.parametrize(
    ("resource_type", "code", "expected"),
    [
        ("Observation", "code", {("Observation.code", "")}),
        ("Observation", "patient", {("Observation.subject", "Patient")}),
        ("Observation", "subject", {("Observation.subject", "")}),
        ("Observation", "date", {("Observation.effective", "")}),
        ("Observation", "value-concept", {("Observation.valueCodeableConcept", "")}),
        ("Condition", "abatement-age", {("Condition.abatementAge", ""), ("Condition.abatementRange", "")}),
        ("Observation", "combo-code", {("Observation.code", ""), ("Observation.component.code", "")}),
        ("Observation", "_tag", {("Resource.meta.tag", "")}),
        ("Patient", "phone", {("Patient.telecom.where(system='phone')", "")}),
        ("Patient", "deceased", {("Patient.deceased.exists() and Patient.deceased != false", "")}),
        ("Condition", "onset-date", {("Condition.onsetDateTime", ""), ("Condition.onsetPeriod", "")}),
        ("ConceptMap", "source-uri", {("ConceptMap.sourceUri", "")}),
        ("Bundle", "composition", {("Bundle.entry[0].resource", "")}),
        ("Library", "successor", {("Library.relatedArtifact.where(type='successor').resource", "")}),
    ],
)  # fmt: skip
def test_an_expression_becomes_paths(
    resource_type: str, code: str, expected: set[tuple[str, str]], parameters: ParametersByType
) -> None:
    assert sources(parameters[resource_type][code]) == expected


def test_a_code_implies_the_systems_of_its_binding(parameters: ParametersByType) -> None:
    def systems(resource_type: str, code: str) -> frozenset[str]:
        return parameters[resource_type][code].sources[0].systems

    assert systems("Observation", "status") == {"http://hl7.org/fhir/observation-status"}
    assert systems("Task", "intent") == {
        "http://hl7.org/fhir/request-intent",
        "http://hl7.org/fhir/task-intent",
    }
    assert systems("Patient", "active") == {"http://terminology.hl7.org/CodeSystem/special-values"}
    assert systems("Observation", "code") == frozenset()


def test_a_composite_names_its_group_and_parts(parameters: ParametersByType) -> None:
    combo = parameters["Observation"]["combo-code-value-quantity"]
    assert combo.group == "Observation | Observation.component"
    assert [part.kind for part in combo.components] == ["token", "quantity"]
    assert {source.path for source in combo.components[1].sources} == {
        "Observation.valueQuantity",
        "Observation.component.valueQuantity",
    }
    variant = parameters["MolecularSequence"]["chromosome-variant-coordinate"]
    assert [part.sources[0].path for part in variant.components] == [
        "MolecularSequence.referenceSeq.chromosome",
        "MolecularSequence.variant.start",
        "MolecularSequence.variant.end",
    ]


def test_the_swapped_parts_of_relationship_are_put_right(parameters: ParametersByType) -> None:
    code, target = parameters["DocumentReference"]["relationship"].components
    assert (code.kind, code.sources[0].path) == ("token", "DocumentReference.relatesTo.code")
    assert (target.kind, target.sources[0].path) == ("reference", "DocumentReference.relatesTo.target")


def test_a_path_reads_as_the_chain_it_was_written_from(
    parameters: ParametersByType, definitions: Definitions
) -> None:
    for resource_type, found in parameters.items():
        for parameter in found.values():
            for source in parameter.sources:
                chain = read(source.path, resource_type, definitions)
                assert chain is None or str(chain) == source.path


def posted(**changes: Any) -> dict[str, Any]:
    return {
        "resourceType": "SearchParameter",
        "url": "http://example.org/SearchParameter/ward",
        "code": "ward",
        "base": ["Patient"],
        "type": "token",
        "expression": "Patient.extension.where(url = 'http://example.org/ward').value.ofType(CodeableConcept)",
    } | changes


def test_a_posted_parameter_on_an_extension(definitions: Definitions) -> None:
    (ward,) = compile_parameter(posted(), definitions)
    assert (ward.base, ward.code, ward.kind) == ("Patient", "ward", "token")
    assert sources(ward) == {
        ("Patient.extension.where(url='http://example.org/ward').valueCodeableConcept", "")
    }


def test_a_posted_parameter_of_several_types(definitions: Definitions) -> None:
    both = posted(base=["Patient", "Person"], expression="Patient.gender | Person.gender")
    assert [(p.base, sources(p)) for p in compile_parameter(both, definitions)] == [
        ("Patient", {("Patient.gender", "")}),
        ("Person", {("Person.gender", "")}),
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"expression": "Patient.nmae"}, "no element 'nmae' in Patient"),
        ({"expression": "Patient.name.frist()"}, "no function 'frist'"),
        ({"expression": "Patient.name."}, "FHIRPath"),
        ({"expression": "Observation.code"}, "reads nothing of Patient"),
        ({"expression": "Patient.name"}, "is of type HumanName, which a token parameter cannot read"),
        ({"expression": "Patient.name", "type": "date"}, "which a date parameter cannot read"),
        ({"expression": ""}, "has none"),
        ({"type": "special"}, "special"),
        ({"base": ["Zork"]}, "no resource type 'Zork'"),
        ({"type": "composite", "component": [{"definition": "http://x/none", "expression": "use"}],
          "expression": "Patient.name"}, "http://x/none is not known"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_the_reason(
    changes: dict[str, Any], says: str, definitions: Definitions
) -> None:
    with pytest.raises(Unprocessable, match=says):
        compile_parameter(posted(**changes), definitions)
