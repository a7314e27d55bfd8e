"""FHIR's CodeSystem as a release."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from conftest import FHIR_PACKAGE
from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release
from fellesjournal.terminology.sources import code_system


def _system(*concepts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "url": "http://example.org/plants",
        "content": "complete",
        "status": "active",
        "concept": list(concepts),
        **more,
    }


def _concepts(*concepts: dict[str, Any], **more: Any) -> list[Concept]:
    return list(code_system.release(_system(*concepts, **more)).concepts)


def test_what_is_said_of_the_whole() -> None:
    release = code_system.release(
        _system(
            version="3",
            name="Plants",
            title=" Alle   planter ",
            language="nn",
            publisher="Hagen",
            copyright="fritt",
            caseSensitive=False,
            identifier=[{"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3"}],
            property=[{"code": "wet", "description": "Tåler vann", "type": "boolean"}],
        ),
        version="9",
        source="plants.json",
    )
    expected = Release(
        "http://example.org/plants", "3", "Plants", "Alle planter", [], language="nn", oid="1.2.3",
        publisher="Hagen", licence="fritt", source="plants.json", case_sensitive=False,
        properties={"wet": "Tåler vann"},
    )  # fmt: skip
    release.concepts = []
    assert release == expected


def test_what_is_not_said_is_taken_from_the_call() -> None:
    release = code_system.release(_system(), version="9", language="en", licence="CC0")
    assert (release.version, release.language, release.licence, release.case_sensitive) == (
        "9",
        "en",
        "CC0",
        True,
    )


def test_a_tree_is_read_in_its_order() -> None:
    tree = {"code": "a", "concept": [{"code": "b", "concept": [{"code": "c"}]}, {"code": "d"}]}
    found = [(one.code, one.parents) for one in _concepts(tree, {"code": "e"})]
    assert found == [("a", ()), ("b", ("a",)), ("c", ("b",)), ("d", ("a",)), ("e", ())]


def test_parents_come_from_properties_too_and_each_once() -> None:
    found = _concepts(
        {"code": "a", "concept": [{"code": "b", "property": [{"code": "parent", "valueCode": "a"}]}]},
        {"code": "c", "property": [{"code": "child", "valueCode": "b"}]},
        {"code": "d", "property": [{"code": "subsumedBy", "valueCode": "c"}]},
    )
    assert {one.code: one.parents for one in found} == {"a": (), "b": ("a", "c"), "c": (), "d": ("c",)}


@pytest.mark.parametrize("meaning", ["part-of", "grouped-by", "classified-with"])
def test_a_hierarchy_that_is_not_of_kinds_is_no_subsumption(meaning: str) -> None:
    _, inner = _concepts({"code": "a", "concept": [{"code": "b"}]}, hierarchyMeaning=meaning)
    assert (inner.parents, inner.properties) == ((), (Property("parent", "code", "a"),))


def test_values_of_every_type() -> None:
    (one,) = _concepts(
        {
            "code": "a",
            "property": [
                {"code": "p", "valueCode": "x"},
                {"code": "p", "valueCoding": {"system": "http://s", "code": "y"}},
                {"code": "p", "valueString": "tekst"},
                {"code": "p", "valueInteger": 3},
                {"code": "p", "valueBoolean": False},
                {"code": "p", "valueDateTime": "2026-01-31"},
                {"code": "p", "valueDecimal": 0.25},
            ],
        }
    )
    assert [value[1:] for value in one.properties] == [
        ("code", "x"),
        ("Coding", "http://s|y"),
        ("string", "tekst"),
        ("integer", "3"),
        ("boolean", "false"),
        ("dateTime", "2026-01-31"),
        ("decimal", "0.25"),
    ]


@pytest.mark.parametrize(
    ("value", "active", "abstract"),
    [
        ({"code": "inactive", "valueBoolean": True}, False, False),
        ({"code": "inactive", "valueBoolean": False}, True, False),
        ({"code": "status", "valueCode": "retired"}, False, False),
        ({"code": "status", "valueCode": "deprecated"}, True, False),
        ({"code": "notSelectable", "valueBoolean": True}, True, True),
        ({"code": "abstract", "valueBoolean": True}, True, True),
    ],
)
def test_what_properties_say_of_use(value: dict[str, Any], active: bool, abstract: bool) -> None:
    (one,) = _concepts({"code": "a", "property": [value]})
    assert (one.active, one.abstract) == (active, abstract)


def test_designations_keep_language_and_use() -> None:
    (one,) = _concepts(
        {
            "code": "a",
            "designation": [
                {"value": "full", "language": "en", "use": {"code": "900000000000003001"}},
                {"value": "kort", "use": {"code": "short"}},
                {"value": "annet", "use": {"code": "noe"}},
            ],
        }
    )
    assert one.designations == (
        Designation("en", "fsn", "full"),
        Designation("nb", "short", "kort"),
        Designation("nb", "synonym", "annet"),
    )


def test_a_code_without_display_is_shown_as_itself() -> None:
    assert [one.display for one in _concepts({"code": "a"}, {"code": "b", "display": "To\tord "})] == [
        "a",
        "To ord",
    ]


@pytest.mark.parametrize("content", ["not-present", "supplement"])
def test_what_has_no_codes_of_its_own_is_refused(content: str) -> None:
    with pytest.raises(Unprocessable, match=rf"no codes of its own \(its content is {content}\)"):
        code_system.release(_system(content=content))


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ({"resourceType": "Patient"}, "its resourceType is Patient"),
        ({"resourceType": "CodeSystem"}, "missing required field `url`"),
        (_system({"display": "x"}), r"missing required field `code` - at `\$\.concept\[0\]`"),
        (_system({"code": 1}), r"Expected `str`, got `int` - at `\$\.concept\[0\]\.code`"),
        (_system(concept="x"), r"Expected `array`, got `str` - at `\$\.concept`"),
    ],
)
def test_what_is_no_code_system_is_refused_with_the_place(resource: dict[str, Any], reason: str) -> None:
    with pytest.raises(Unprocessable, match=f"(?s)it is no CodeSystem: .*{reason}"):
        code_system.release(resource)


def test_national_lists_are_read_and_those_without_codes_refused(shared_data: Path) -> None:
    files = sorted((shared_data / "norway").rglob("CodeSystem-no-kodeverk-*.json"))
    assert len(files) > 40
    for file in files:
        resource = msgspec.json.decode(file.read_bytes())
        if resource["content"] == "not-present":
            with pytest.raises(Unprocessable, match="it has no codes of its own"):
                code_system.release(resource)
        else:
            release = code_system.release(resource)
            assert release.oid.startswith("2.16.578.1.12.4.1.1."), file.name
            assert list(release.concepts), file.name


def test_hl7s_own_code_system_with_several_parents() -> None:
    file = FHIR_PACKAGE / "CodeSystem-v3-ActCode.json"
    release = code_system.release(msgspec.json.decode(file.read_bytes()), language="en")
    concepts = {one.code: one for one in release.concepts}
    assert concepts["AMB"].display == "ambulatory"
    assert "_ActEncounterCode" in concepts["AMB"].parents
    assert concepts["_ActEncounterCode"].abstract
    assert {parent for one in concepts.values() for parent in one.parents} <= concepts.keys()
