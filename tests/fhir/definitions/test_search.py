"""Search parameters and compartments."""

from fellesjournal.fhir.definitions import Definitions


def test_every_search_parameter_but_the_illustrations(definitions: Definitions) -> None:
    urls = [parameter["url"] for parameter in definitions.search_parameters]
    assert len(urls) == len(set(urls)) == 1397
    assert not any("/example" in url for url in urls)


def test_a_search_parameter_keeps_what_search_and_capabilities_need(definitions: Definitions) -> None:
    found = next(p for p in definitions.search_parameters if p["url"].endswith("/clinical-patient"))
    assert found["code"] == "patient"
    assert found["type"] == "reference"
    assert "Condition" in found["base"]
    assert found["target"] == ["Group", "Patient"] or "Patient" in found["target"]
    assert "where(resolve() is Patient)" in found["expression"]
    assert found["description"]
    assert "xpath" not in found


def test_composites_keep_their_components(definitions: Definitions) -> None:
    found = next(
        p for p in definitions.search_parameters if p["url"].endswith("/Observation-code-value-quantity")
    )
    assert [c["expression"] for c in found["component"]] == ["code", "value.as(Quantity)"]


def test_compartments_name_the_parameters_that_place_a_resource(definitions: Definitions) -> None:
    assert set(definitions.compartments) == {
        "Patient",
        "Encounter",
        "RelatedPerson",
        "Practitioner",
        "Device",
    }
    patient = definitions.compartments["Patient"]
    assert patient["Observation"] == ("subject", "performer")
    assert patient["Patient"] == ("link",)
    assert "Organization" not in patient
    assert definitions.compartments["Encounter"]["Encounter"] == ("{def}",)
