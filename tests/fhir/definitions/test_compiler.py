"""What the compiler takes, and what it leaves."""

from fellesjournal.fhir.definitions import Definitions, compile_definitions, load


def test_other_resources_are_passed_over() -> None:
    empty = load(
        compile_definitions([{"resourceType": "Patient"}, {"resourceType": "ConceptMap", "url": "x"}])
    )
    assert empty.resource_types == ()
    assert empty.search_parameters == []
    assert empty.compartments == {}


def test_profiles_extensions_and_logical_models_are_no_types(definitions: Definitions) -> None:
    for name in ("bodyheight", "patient-birthPlace", "SimpleQuantity", "Definition", "FiveWs"):
        assert not definitions.is_type(name)


def test_the_order_of_the_files_does_not_matter() -> None:
    first = {"resourceType": "CodeSystem", "url": "a", "content": "complete"}
    second = {"resourceType": "CodeSystem", "url": "b", "content": "complete"}
    assert compile_definitions([first, second]) == compile_definitions([second, first])


def test_the_version_is_kept(definitions: Definitions) -> None:
    assert definitions.version == "4.0.1"
    assert load(compile_definitions([], "1.2")).version == "1.2"
