"""Types, variables, logic and literals (FHIRPath N1, sections 2, 6.3, 6.5, 9 and 10)."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1 is Integer and 1.0 is Decimal and 'a' is String and true is Boolean", [True]),
        ("@2020 is Date and @2020T is DateTime and @T10 is Time and 4 'mg' is Quantity", [True]),
        ("1.is(System.Integer) and 1 is System.Any", [True]),
        ("active is boolean and active is FHIR.boolean", [True]),
        ("active is Boolean or active is System.Boolean", [False]),
        ("$this is System.Patient or 1 is FHIR.Integer", [False]),
        ("'a' is string", [False]),
        ("Patient is Patient and Patient is DomainResource and Patient is FHIR.Resource", [True]),
        ("name.first().use is code and name.first().use is string", [True]),
        ("{} is Patient", []),
        ("contained[0] is Organization", [True]),
        ("(deceased as boolean) = false", [True]),
        ("deceased as dateTime", []),
        ("deceased.as(boolean)", [False]),
        ("Resource.id", ["kari"]),
        ("FHIR.Patient.id", ["kari"]),
        ("Observation.id", []),
        ("`Patient`.`id`", ["kari"]),
        ("1.type().namespace + '.' + 1.type().name", ["System.Integer"]),
        ("active.type().namespace + '.' + active.type().name", ["FHIR.boolean"]),
        ("name.first().type().baseType", ["FHIR.Element"]),
    ],
)
def test_types(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("operator", "answers"),
    [
        ("and", "tf. fff .f."),
        ("or", "ttt tf. t.."),
        ("xor", "ft. tf. ..."),
        ("implies", "tf. ttt t.."),
    ],
)
def test_logic_has_three_values(operator: str, answers: str, values: Values) -> None:
    words = {"t": "true", "f": "false", ".": "{}"}
    answer: dict[str, list[Any]] = {"t": [True], "f": [False], ".": []}
    for left, row in zip("tf.", answers.split(), strict=True):
        for right, expected in zip("tf.", row, strict=True):
            assert values(f"{words[left]} {operator} {words[right]}") == answer[expected]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("true.not() | {}.not()", [False]),
        ("1 and 'a'", [True]),
        ("name.first() and true", [True]),
        ("false and name.single().exists()", [False]),
        ("%resource.id | %context.id | %rootResource.id", ["kari"]),
        (
            "%ucum | %sct | %loinc",
            ["http://unitsofmeasure.org", "http://snomed.info/sct", "http://loinc.org"],
        ),
        ("%`vs-gender`", ["http://hl7.org/fhir/ValueSet/gender"]),
        ("%\"vs-gender\" | %'vs-gender'", ["http://hl7.org/fhir/ValueSet/gender"]),
        ("%`ext-x`", ["http://hl7.org/fhir/StructureDefinition/x"]),
        ("name.where($this.use = 'official').given.where($index = 1)", ["Marie"]),
        ("defineVariable('n', name).select(%n.use)", ["official", "nickname"]),
        (
            "name.select(defineVariable('u', use).given.select(%u & $this))",
            ["officialKari", "officialMarie", "nicknameKaja"],
        ),
        ("name.trace('names').use.first()", ["official"]),
        ("// a comment\nid /* and\nanother */", ["kari"]),
        ("'it\\'s \\u00e5 \\\\ \\/'", ["it's å \\ /"]),
        ("@2015-02-04T14:34:28.123+01:00", ["2015-02-04T14:34:28.123+01:00"]),
    ],
)
def test_logic_variables_and_literals(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("1 is Zork", r"no type 'Zork', which 'is' at character 3"),
        ("{} is FHIR.Zork", "no type 'FHIR.Zork'"),
        ("ofType(System.Patient)", "no type 'System.Patient'"),
        ("name is HumanName", "wants one value"),
        ("%unheard", r"no variable %unheard here .at character 1"),
        ("defineVariable('a', 1) | %a", "no variable %a"),
        ("defineVariable('a').defineVariable('a')", "cannot define %a"),
        ("defineVariable('resource')", "cannot define %resource"),
        ("name and true", "is a condition and wants one value"),
    ],
)
def test_what_is_not_there_is_named(expression: str, says: str, values: Values) -> None:
    with pytest.raises(Invalid, match=says):
        values(expression)


def test_a_condition_is_known_without_making_items(definitions: Definitions) -> None:
    from fellesjournal.fhir.path import Environment, resolve_locally, root

    patient = root(PATIENT)
    environment = Environment(definitions, patient, resolve_locally)
    assert Path("name.exists() and photo.empty()").holds(patient, environment) is True
    assert Path("photo").holds(patient, environment) is None
    (name, _) = Path("name").find(patient, environment)
    assert Path("given.count() = 2 and %context = $this").holds(name, environment) is True
