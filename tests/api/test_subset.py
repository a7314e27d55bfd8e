import json
from decimal import Decimal

from fellesjournal.api.subset import Subset
from fellesjournal.fhir.definitions import Definitions

PATIENT = (
    b'{"resourceType":"Patient","id":"1","meta":{"versionId":"2","tag":[{"code":"mine"}]},'
    b'"text":{"status":"generated","div":"<div/>"},"_birthDate":{"id":"b"},"birthDate":"1970-01-01",'
    b'"name":[{"family":"Nordmann"}],"contact":[{"name":{"family":"Dal"}}],"maritalStatus":{"text":"gift"},'
    b'"link":[{"other":{"reference":"Patient/2"},"type":"seealso"}]}'
)
OBSERVATION = (
    b'{"resourceType":"Observation","id":"1","meta":{"versionId":"1"},"status":"final","code":{"text":"x"},'
    b'"valueQuantity":{"value":1.50,"unit":"kg"},"method":{"text":"m"},"component":[{"code":{"text":"y"},'
    b'"valueQuantity":{"value":2.00},"interpretation":[{"text":"z"}]}]}'
)


def members(body: bytes) -> set[str]:
    return set(json.loads(body)) - {"resourceType", "id", "meta"}


def test_summary_keeps_the_elements_r4_marks(definitions: Definitions) -> None:
    cut = Subset(definitions).cut("Patient", PATIENT, "true")
    assert members(cut) == {"birthDate", "_birthDate", "name", "link"}


def test_summary_looks_into_backbones(definitions: Definitions) -> None:
    cut = Subset(definitions).cut("Observation", OBSERVATION, "true")
    assert members(cut) == {"status", "code", "valueQuantity", "component"}
    assert json.loads(cut)["component"] == [{"code": {"text": "y"}, "valueQuantity": {"value": 2.0}}]


def test_decimals_keep_their_digits(definitions: Definitions) -> None:
    cut = Subset(definitions).cut("Observation", OBSERVATION, "true")
    assert b'"value":1.50' in cut
    assert b'"value":2.00' in cut
    assert json.loads(cut, parse_float=Decimal)["valueQuantity"]["value"] == Decimal("1.50")


def test_text_keeps_narrative_and_what_is_mandatory(definitions: Definitions) -> None:
    assert members(Subset(definitions).cut("Patient", PATIENT, "text")) == {"text"}
    assert members(Subset(definitions).cut("Observation", OBSERVATION, "text")) == {"status", "code"}


def test_data_leaves_out_the_narrative_only(definitions: Definitions) -> None:
    cut = Subset(definitions).cut("Patient", PATIENT, "data")
    assert members(cut) == members(PATIENT) - {"text"}


def test_elements_keeps_what_is_named_and_mandatory(definitions: Definitions) -> None:
    subset = Subset(definitions)
    assert members(subset.cut("Patient", PATIENT, "false", ("birthDate", "Patient.name"))) == {
        "birthDate",
        "_birthDate",
        "name",
    }
    assert members(subset.cut("Observation", OBSERVATION, "false", ("value",))) == {
        "status",
        "code",
        "valueQuantity",
    }


def test_what_was_cut_says_so_beside_its_own_tags(definitions: Definitions) -> None:
    tags = json.loads(Subset(definitions).cut("Patient", PATIENT, "data"))["meta"]["tag"]
    assert [tag["code"] for tag in tags] == ["mine", "SUBSETTED"]
    untagged = json.loads(Subset(definitions).cut("Observation", OBSERVATION, "data"))["meta"]
    assert [tag["code"] for tag in untagged["tag"]] == ["SUBSETTED"]
