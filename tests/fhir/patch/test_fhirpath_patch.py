"""FHIRPath Patch: each kind of operation, on values, lists, backbones and choices."""

from typing import Any

import msgspec
import pytest

from fellesjournal.errors import Fault, Invalid, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.diff import diff
from fellesjournal.fhir.patch import patched

Tree = dict[str, Any]
PATIENT: Tree = {
    "resourceType": "Patient",
    "name": [{"given": ["Kari", "Anne"], "_given": [None, {"id": "g"}]}, {"text": "Kari"}],
    "birthDate": "1980",
}


def part(name: str, **value: Any) -> Tree:
    return {"name": name, **value}


def operation(kind: str, path: str, *more: Tree) -> Tree:
    return part("operation", part=[part("type", valueCode=kind), part("path", valueString=path), *more])


NAME = part("name", valueString="gender")
ADD_CONTACT = operation(
    "add",
    "Patient",
    part("name", valueString="contact"),
    part(
        "value",
        part=[
            part("name", valueHumanName={"text": "Ola"}),
            part("telecom", valueContactPoint={"value": "1"}),
            part("telecom", valueContactPoint={"value": "2"}),
        ],
    ),
)


@pytest.mark.parametrize(
    ("made", "changed"),
    [
        (operation("add", "Patient", NAME, part("value", valueCode="female")), {"gender": "female"}),
        (
            operation(
                "add", "Patient.name[1]", part("name", valueString="given"), part("value", valueString="K")
            ),
            {"name": [PATIENT["name"][0], {"text": "Kari", "given": ["K"]}]},
        ),
        (
            operation(
                "add",
                "Patient",
                part("name", valueString="deceased"),
                part("value", valueDateTime="2020-01-01"),
            ),
            {"deceasedDateTime": "2020-01-01"},
        ),
        (ADD_CONTACT, {"contact": [{"name": {"text": "Ola"}, "telecom": [{"value": "1"}, {"value": "2"}]}]}),
        (
            operation(
                "add",
                "Patient.birthDate",
                part("name", valueString="extension"),
                part("value", valueExtension={"url": "http://x.example", "valueCode": "a"}),
            ),
            {"_birthDate": {"extension": [{"url": "http://x.example", "valueCode": "a"}]}},
        ),
        (
            operation(
                "insert",
                "Patient.name",
                part("index", valueInteger=0),
                part("value", valueHumanName={"text": "0"}),
            ),
            {"name": [{"text": "0"}, *PATIENT["name"]]},
        ),
        (
            operation(
                "insert",
                "Patient.name[0].given",
                part("index", valueInteger=1),
                part("value", valueString="B"),
            ),
            {
                "name": [
                    {"given": ["Kari", "B", "Anne"], "_given": [None, None, {"id": "g"}]},
                    PATIENT["name"][1],
                ]
            },
        ),
        (
            operation(
                "insert",
                "Patient.photo",
                part("index", valueInteger=0),
                part("value", valueAttachment={"url": "u:1"}),
            ),
            {"photo": [{"url": "u:1"}]},
        ),
        (operation("delete", "Patient.name[1]"), {"name": PATIENT["name"][:1]}),
        (
            operation("delete", "Patient.name.given[0]"),
            {"name": [{"given": ["Anne"], "_given": [{"id": "g"}]}, PATIENT["name"][1]]},
        ),
        (operation("delete", "Patient.gender"), {}),
        (
            operation("replace", "Patient.birthDate", part("value", valueDate="1981-02")),
            {"birthDate": "1981-02"},
        ),
        (
            operation("replace", "Patient.name.where(text = 'Kari').text", part("value", valueString="K")),
            {"name": [PATIENT["name"][0], {"text": "K"}]},
        ),
        (
            operation("replace", "Patient.name[0].given[0]", part("value", valueString="K")),
            {"name": [{"given": ["K", "Anne"], "_given": [None, {"id": "g"}]}, PATIENT["name"][1]]},
        ),
        (
            operation(
                "move", "Patient.name", part("source", valueInteger=1), part("destination", valueInteger=0)
            ),
            {"name": PATIENT["name"][::-1]},
        ),
    ],
)
def test_an_operation_changes_just_what_it_names(definitions: Definitions, made: Tree, changed: Tree) -> None:
    assert apply(definitions, PATIENT, made) == PATIENT | changed


def test_a_choice_changes_its_type(definitions: Definitions) -> None:
    before = {"resourceType": "Observation", "valueString": "x", "_valueString": {"id": "a"}}
    made = operation("replace", "Observation.value", part("value", valueInteger=5))
    assert apply(definitions, before, made) == {"resourceType": "Observation", "valueInteger": 5}


def test_decimals_keep_their_digits(definitions: Definitions) -> None:
    before = (
        b'{"resourceType":"Observation","valueQuantity":{"value":1.50},'
        b'"referenceRange":[{"low":{"value":1E2}}]}'
    )
    made = (
        b'{"resourceType":"Parameters","parameter":[{"name":"operation","part":['
        b'{"name":"type","valueCode":"replace"},{"name":"path","valueString":"Observation.value.value"},'
        b'{"name":"value","valueDecimal":72.40}]}]}'
    )
    after = patched(definitions, before, made)
    assert b'"value":72.40' in after
    assert b'"value":1E+2' in after


@pytest.mark.parametrize(
    ("made", "fault", "why"),
    [
        (operation("jump", "Patient"), Invalid, "'type' is one of"),
        (operation("delete", "Patient.name"), Unprocessable, "names 2 elements"),
        (
            operation("replace", "Patient.gender", part("value", valueCode="a")),
            Unprocessable,
            "names 0 elements",
        ),
        (operation("add", "Patient", NAME), Invalid, "needs the part 'value'"),
        (operation("add", "Patient", part("value", valueCode="a")), Invalid, "needs the part 'name'"),
        (
            operation("add", "Patient", part("name", valueString="birthDate"), part("value", valueDate="1")),
            Unprocessable,
            "already",
        ),
        (
            operation("add", "Patient", part("name", valueString="colour"), part("value", valueDate="1")),
            Unprocessable,
            "no element 'colour'",
        ),
        (
            operation("add", "Patient", part("name", valueString="deceased"), part("value", valueDate="1")),
            Unprocessable,
            "may not be written",
        ),
        (
            operation(
                "insert", "Patient.name", part("index", valueInteger=9), part("value", valueHumanName={})
            ),
            Unprocessable,
            "no place 9",
        ),
        (
            operation(
                "insert", "Patient.birthDate", part("index", valueInteger=0), part("value", valueDate="1")
            ),
            Unprocessable,
            "not a list",
        ),
        (
            operation(
                "move", "Patient.name", part("source", valueInteger=2), part("destination", valueInteger=0)
            ),
            Unprocessable,
            "there is no 2",
        ),
        (
            operation("replace", "'x'", part("value", valueString="a")),
            Unprocessable,
            "does not name an element",
        ),
        (operation("delete", "Patient.("), Invalid, "FHIRPath|expression|expected"),
        (part("change"), Invalid, "not 'operation'"),
    ],
)
def test_an_operation_that_cannot_be_done_says_why(
    definitions: Definitions, made: Tree, fault: type[Fault], why: str
) -> None:
    with pytest.raises(fault, match=why) as refused:
        apply(definitions, PATIENT, made)
    assert refused.value.issues[0].expression == "Parameters.parameter[0]"


def test_what_is_neither_kind_of_patch_is_refused(definitions: Definitions) -> None:
    with pytest.raises(Invalid, match="A patch is a JSON Patch"):
        patched(definitions, b'{"resourceType":"Patient"}', b'{"resourceType":"Patient"}')


def test_a_diff_applied_to_the_first_version_gives_the_second(definitions: Definitions) -> None:
    after = apply(definitions, PATIENT, ADD_CONTACT) | {
        "birthDate": "1981",
        "name": [{"text": "K"}],
        "active": True,
    }
    made = diff(definitions, PATIENT, after)
    patch = msgspec.json.encode(made)
    assert msgspec.json.decode(patched(definitions, msgspec.json.encode(PATIENT), patch)) == after


def apply(definitions: Definitions, before: Tree, made: Tree) -> Tree:
    patch = msgspec.json.encode({"resourceType": "Parameters", "parameter": [made]})
    after: Tree = msgspec.json.decode(patched(definitions, msgspec.json.encode(before), patch))
    return after
