"""What expressions find."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Item, Path
from fhir.path.conftest import PATIENT


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("Patient.name.given", ["Kari", "Marie", "Kaja"]),
        ("name.where(use = 'official').given.first()", ["Kari"]),
        ("name[1].given", ["Kaja"]),
        ("name[7].given", []),
        ("Observation.name", []),
        ("Resource.id | DomainResource.id", ["kari"]),
        ("name.given.last()", ["Kaja"]),
        ("name.given.tail()", ["Marie", "Kaja"]),
        ("name.given.skip(1).take(1)", ["Marie"]),
        ("name.first().family.single()", ["Nordmann"]),
        ("name.count()", [2]),
        ("name.exists()", [True]),
        ("photo.exists()", [False]),
        ("photo.empty()", [True]),
        ("name.exists(use = 'old')", [False]),
        ("name.all(given.exists())", [True]),
        ("name.all(family.exists())", [False]),
        ("name.select(given.first())", ["Kari", "Kaja"]),
        ("name.given.distinct().count() = 3 and name.given.isDistinct()", [True]),
        ("deceased", [False]),
        ("deceased.ofType(boolean)", [False]),
        ("deceased as dateTime", []),
        ("deceased is boolean", [True]),
        ("Patient.deceased.exists() and Patient.deceased != false", [False]),
        ("multipleBirth + 1", [3]),
        ("multipleBirth > 1 and multipleBirth <= 2", [True]),
        ("7 div 2 | 7 mod 2 | -(3) | 2 * 3", [3, 1, -3, 6]),
        ("1 / 0", []),
        ("birthDate < @1981", [True]),
        ("birthDate = @1980-05-17", [True]),
        ("birthDate = @1980-05", []),
        ("birthDate.hasValue()", [True]),
        ("birthDate.extension('http://x/time').value", ["1980-05-17T03:00:00Z"]),
        ("hasExtension('http://x/weight')", [True]),
        ("extension('http://x/weight').value.ofType(Quantity).unit", ["kg"]),
        ("(extension.value as Quantity).value > 72.4", [True]),
        ("generalPractitioner.where(resolve() is Practitioner).reference", ["Practitioner/1"]),
        ("managingOrganization.resolve().name", ["Legesenteret"]),
        ("%resource.id & '!'", ["kari!"]),
        ("name.given.where($this.startsWith('K'))", ["Kari", "Kaja"]),
        ("name.where($index = 1).use", ["nickname"]),
        ("name.family.matches('^Nord') and name.family.contains('man')", [True]),
        ("name.family.upper() + name.family.substring(0, 4)", ["NORDMANNNord"]),
        ("name.family.replace('Nord', 'Sør').length()", [7]),
        ("name.use contains 'old' or 'nickname' in name.use", [True]),
        ("{} or true", [True]),
        ("{} and true", []),
        ("{} implies false", []),
        ("active.not()", [False]),
        ("active xor true", [False]),
        ("iif(active, 'yes', 'no')", ["yes"]),
        ("name.given.intersect('Kari' | 'Ola')", ["Kari"]),
        ("name.given.exclude('Kari').combine('Kaja')", ["Marie", "Kaja", "Kaja"]),
        ("contained.children().count()", [2]),
        ("descendants().where($this is HumanName).count()", [2]),
        ("%ucum", ["http://unitsofmeasure.org"]),
    ],
)
def test_an_expression_finds(expression: str, values: list[Any], definitions: Definitions) -> None:
    assert [item.value for item in Path(expression).evaluate(PATIENT, definitions)] == values


def test_items_know_their_type(definitions: Definitions) -> None:
    def types(expression: str) -> list[str]:
        return [item.type for item in Path(expression).evaluate(PATIENT, definitions)]

    assert types("birthDate | name.family | active") == ["date", "string", "boolean"]
    assert types("extension.value") == ["Quantity"]
    assert types("contained") == ["Organization"]
    assert types("true | 1 | 'a'") == ["System.Boolean", "System.Integer", "System.String"]


def test_items_say_where_they_stand(definitions: Definitions) -> None:
    (given,) = Path("name[0].given[1]").evaluate(PATIENT, definitions)
    assert given.container is PATIENT["name"][0]["given"]
    assert given.key == 1
    (birth,) = Path("birthDate").evaluate(PATIENT, definitions)
    assert birth.container is PATIENT
    assert birth.key == "birthDate"
    (deceased,) = Path("deceased").evaluate(PATIENT, definitions)
    assert deceased.key == "deceasedBoolean"
    (computed,) = Path("name.count()").evaluate(PATIENT, definitions)
    assert computed.container is None


def test_variables_and_focus(definitions: Definitions) -> None:
    (name, *_) = Path("name").evaluate(PATIENT, definitions)
    found = Path("given contains %wanted").evaluate(
        PATIENT, definitions, focus=name, variables={"wanted": [Item("Marie", "string")]}
    )
    assert [item.value for item in found] == [True]


@pytest.mark.parametrize(
    "expression",
    ["name.single()", "name.given.startsWith('K')", "%unheard", "active > 1", "name['a']", "'a'.matches('(')",
     "'a'.matches('(?=a)')", "ofType(Zork)", "'a' + 1", "active.upper()"],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused(expression: str, definitions: Definitions) -> None:
    with pytest.raises(Invalid, match="FHIRPath"):
        Path(expression).evaluate(PATIENT, definitions)


def test_a_regular_expression_takes_no_more_time_than_its_text(definitions: Definitions) -> None:
    text = "a" * 100_000 + "b"
    variables = {"text": [Item(text, "string")]}
    assert not _value("%text.matches('^(a+)+$')", definitions, variables)
    assert _value("%text.matches('^(a+)+b$')", definitions, variables)
    with pytest.raises(Invalid, match="a regular expression has at most 1000 characters"):
        _value(f"%text.matches('{'a' * 1001}')", definitions, variables)


def _value(expression: str, definitions: Definitions, variables: dict[str, list[Item]]) -> Any:
    (item,) = Path(expression).evaluate(PATIENT, definitions, variables=variables)
    return item.value
