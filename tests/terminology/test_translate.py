"""$translate: which codes of another system a code stands for."""

from typing import Any

import pytest

from fellesjournal.errors import NotFound, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.terminology import Terminology
from fellesjournal.terminology.translation import Question, Translated
from terminology import sample
from terminology.shelf import Shelf

URL = "http://example.no/map"
OTHER = "http://example.no/other"


def concept_map(elements: list[dict[str, Any]], url: str = URL, **group: Any) -> dict[str, Any]:
    whole = {"source": sample.URL, "target": OTHER, "element": elements, **group}
    return {"resourceType": "ConceptMap", "url": url, "status": "active", "group": [whole]}


def element(code: str, *targets: tuple[str, str]) -> dict[str, Any]:
    return {"code": code, "target": [{"code": to, "equivalence": how} for how, to in targets]}


def question(code: str, system: str = sample.URL, **also: Any) -> Question:
    return Question([Coded(code, system)], **also)


def found(translated: Translated) -> list[tuple[str, str]]:
    return [(one.equivalence, one.to.code if one.to else "") for one in translated.matches]


async def test_the_best_translation_comes_first(terminology: Terminology, shelf: Shelf) -> None:
    shelf.put(concept_map([element("T1", ("inexact", "c"), ("equal", "a"), ("wider", "b"))]))
    translated = await terminology.translating.by_url(URL, "", question("T1"))
    assert found(translated) == [("equal", "a"), ("wider", "b"), ("inexact", "c")]
    assert (translated.result, translated.message) == (True, "")
    assert {one.source for one in translated.matches} == {URL}


async def test_what_has_no_translation_says_so(terminology: Terminology) -> None:
    tree = concept_map([{"code": "T1", "target": [{"equivalence": "unmatched", "comment": "None there is"}]}])
    unmatched = await terminology.translating.by_tree(tree, question("T1"))
    assert (unmatched.result, found(unmatched)) == (False, [("unmatched", "")])
    absent = await terminology.translating.by_tree(tree, question("T2"))
    assert not absent.result
    assert "no translation of http://example.no/troll|T2" in absent.message


async def test_maps_are_read_backwards(terminology: Terminology) -> None:
    tree = concept_map(
        [element("T1", ("wider", "a")), element("T2", ("equivalent", "a"), ("unmatched", "b"))]
    )
    back = await terminology.translating.by_tree(tree, question("a", OTHER, reverse=True))
    assert found(back) == [("equivalent", "T2"), ("narrower", "T1")]
    assert not (await terminology.translating.by_tree(tree, question("b", OTHER, reverse=True))).matches


async def test_only_the_target_system_that_is_asked_for(terminology: Terminology) -> None:
    tree = concept_map([element("T1", ("equal", "a"))])
    tree["group"].append(
        concept_map([element("T1", ("equal", "z"))], target="http://example.no/z")["group"][0]
    )
    every = await terminology.translating.by_tree(tree, question("T1"))
    assert [one.to.system for one in every.matches if one.to] == [OTHER, "http://example.no/z"]
    one = await terminology.translating.by_tree(tree, question("T1", target_system=OTHER))
    assert found(one) == [("equal", "a")]


async def test_matches_that_depend_on_something_wait_for_it(terminology: Terminology) -> None:
    one = element("T1", ("equal", "left"), ("equal", "right"))
    for target in one["target"]:
        target["dependsOn"] = [{"property": "http://example.no/side", "value": target["code"]}]
    tree = concept_map([one])
    nothing = await terminology.translating.by_tree(tree, question("T1"))
    assert (nothing.result, found(nothing)) == (False, [])
    assert "2 more depend" in nothing.message
    given = frozenset({("http://example.no/side", "left")})
    left = await terminology.translating.by_tree(tree, question("T1", given=given))
    assert found(left) == [("equal", "left")]


@pytest.mark.parametrize(
    ("unmapped", "expected"),
    [
        ({"mode": "provided"}, [("equal", "T9")]),
        ({"mode": "fixed", "code": "unknown"}, [("inexact", "unknown")]),
        ({"mode": "other-map", "url": "http://example.no/map/2"}, [("wider", "rest")]),
    ],
)
async def test_codes_that_a_map_does_not_name(
    terminology: Terminology, shelf: Shelf, unmapped: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    shelf.put(concept_map([element("T9", ("wider", "rest"))], "http://example.no/map/2"))
    tree = concept_map([element("T1", ("equal", "a"))], unmapped=unmapped)
    assert found(await terminology.translating.by_tree(tree, question("T9"))) == expected
    assert found(await terminology.translating.by_tree(tree, question("T1"))) == [("equal", "a")]


@pytest.mark.parametrize("mode", [{"mode": "provided"}, {"mode": "fixed", "code": "unknown"}])
async def test_a_code_that_there_is_not_is_no_other_code_of_a_map(
    terminology: Terminology, mode: dict[str, str]
) -> None:
    tree = concept_map([element("T1", ("equal", "a")), element("Z1", ("equal", "z"))], unmapped=mode)
    absent = await terminology.translating.by_tree(tree, question("XYZ"))
    assert (absent.result, found(absent)) == (False, [])
    assert absent.message == f"There is no code 'XYZ' in any release here of Trollsykdommer ({sample.URL})."
    named = await terminology.translating.by_tree(tree, question("Z1"))
    assert found(named) == [("equal", "z")]
    coming = await terminology.translating.by_tree(tree, question("X"))
    assert coming.result


async def test_a_code_of_a_system_that_is_not_here_whole_may_be_one(
    terminology: Terminology, shelf: Shelf
) -> None:
    system = "http://example.no/part"
    tree = concept_map([], source=system, unmapped={"mode": "fixed", "code": "unknown"})
    elsewhere = await terminology.translating.by_tree(tree, question("XYZ", system))
    assert found(elsewhere) == [("inexact", "unknown")]
    shelf.put(
        {
            "resourceType": "CodeSystem",
            "url": system,
            "status": "active",
            "content": "fragment",
            "concept": [{"code": "A"}],
        }
    )
    in_part = await terminology.translating.by_tree(tree, question("XYZ", system))
    assert found(in_part) == [("inexact", "unknown")]


async def test_maps_that_point_to_one_another_in_a_circle_are_refused(
    terminology: Terminology, shelf: Shelf
) -> None:
    for one, other in ((URL, f"{URL}/2"), (f"{URL}/2", URL)):
        shelf.put(
            concept_map([element("T1", ("equal", "a"))], one, unmapped={"mode": "other-map", "url": other})
        )
    with pytest.raises(Unprocessable, match="in a circle"):
        await terminology.translating.by_url(URL, "", question("T9"))


async def test_every_map_between_two_systems_is_used(terminology: Terminology, shelf: Shelf) -> None:
    shelf.put(concept_map([element("T1", ("equal", "a"))]))
    shelf.put(concept_map([element("T1", ("equal", "a"), ("wider", "b"))], f"{URL}/2"))
    both = await terminology.translating.between(sample.URL, OTHER, question("T1"))
    assert found(both) == [("equal", "a"), ("equal", "a"), ("wider", "b")]
    back = await terminology.translating.between(OTHER, "", question("b", OTHER, reverse=True))
    assert found(back) == [("narrower", "T1")]
    with pytest.raises(NotFound, match="No ConceptMap from"):
        await terminology.translating.between(sample.URL, "http://example.no/none", question("T1"))
    with pytest.raises(NotFound, match="concept map http://none is not known"):
        await terminology.translating.by_url("http://none", "", question("T1"))


FHIRS = "http://hl7.org/fhir/ConceptMap"
GENDER = "http://hl7.org/fhir/administrative-gender"


async def test_fhirs_own_maps_answer_by_url_and_by_their_ends(terminology: Terminology) -> None:
    asked = question("female", GENDER)
    by_url = await terminology.translating.by_url(f"{FHIRS}/cm-administrative-gender-v2", "4.0.1", asked)
    assert found(by_url) == [("equal", "F")]
    v2, v3 = (
        f"http://terminology.hl7.org/CodeSystem/{name}" for name in ("v2-0001", "v3-AdministrativeGender")
    )
    for system in (v2, v3):
        between = await terminology.translating.between(GENDER, system, asked)
        assert {(one.to.system, one.to.code) for one in between.matches if one.to} == {(system, "F")}
    ends = ("http://hl7.org/fhir/ValueSet/name-use", "http://terminology.hl7.org/ValueSet/v2-0200")
    named = await terminology.translating.between(*ends, question("official", "http://hl7.org/fhir/name-use"))
    assert found(named) == [("equivalent", "L")]
    back = await terminology.translating.between(v2, GENDER, question("F", v2, reverse=True))
    assert ("equal", "female") in found(back)


async def test_every_status_of_fhir_has_its_general_one(
    terminology: Terminology, definitions: Definitions
) -> None:
    general = definitions.code_system("http://hl7.org/fhir/resource-status")
    assert general is not None
    maps = {url: tree for url, tree in definitions.concept_maps.items() if url.startswith(f"{FHIRS}/sc-")}
    assert len(maps) == 61
    elements = [one for tree in maps.values() for group in tree["group"] for one in group["element"]]
    to = {target["code"] for one in elements for target in one["target"]}
    assert to - general.concepts.keys() == {"not-done"}, "R4 maps to one code that its system does not have"


@pytest.mark.parametrize("name", ["101", "102", "103", "example2"])
async def test_maps_that_are_examples_are_not_known(terminology: Terminology, name: str) -> None:
    with pytest.raises(NotFound, match="is not known here"):
        await terminology.translating.by_url(f"{FHIRS}/{name}", "", question("home"))
