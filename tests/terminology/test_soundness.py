"""Code systems and value sets that can never be used are refused when they are written."""

from typing import Any

import pytest

from fellesjournal.fhir.faults import Local
from fellesjournal.terminology.soundness import MOST_TOLD, code_system_check, value_set_check


def system(*concepts: Any, **more: Any) -> dict[str, Any]:
    return {"resourceType": "CodeSystem", "content": "complete", "concept": list(concepts), **more}


def below(code: str, *parents: str, name: str = "parent") -> dict[str, Any]:
    return {"code": code, "property": [{"code": name, "valueCode": parent} for parent in parents]}


def value_set(*filters: Any, part: str = "include") -> dict[str, Any]:
    asked = [dict(zip(("property", "op", "value"), one, strict=True)) for one in filters]
    return {"resourceType": "ValueSet", "compose": {part: [{"system": "urn:x", "filter": asked}]}}


def said(check: Any, tree: Any) -> list[tuple[str, str, str]]:
    return [(one.path, one.code, one.message) for one in check(tree, Local({}, {})) or ()]


@pytest.mark.parametrize(
    "tree",
    [
        system(),
        system({"code": "a", "concept": [{"code": "b"}]}),
        system(below("b", "a"), {"code": "a"}),
        system(below("c", "a", "b"), below("b", "a"), {"code": "a"}),
        system(below("a", "b", name="child"), {"code": "b"}),
        system(below("a", "b", name="replacedBy")),
        system(below("b", "a"), content="fragment"),
        system({"code": "a", "concept": [below("b", "a")]}),
    ],
)
def test_a_hierarchy_that_ends_somewhere_is_sound(tree: dict[str, Any]) -> None:
    assert said(code_system_check, tree) == []


@pytest.mark.parametrize(
    ("tree", "place", "message"),
    [
        (system(below("a", "a")), ".concept[0]", "The hierarchy goes in a circle: a > a."),
        (
            system(below("a", "b"), below("b", "c"), below("c", "a"), {"code": "x"}),
            ".concept[",
            "The hierarchy goes in a circle: ",
        ),
        (
            system(below("a", "b"), below("b", "a"), content="fragment"),
            ".concept[",
            "The hierarchy goes in a circle: ",
        ),
        (
            system({"code": "a", "concept": [below("b", "a", name="child")]}),
            ".concept[0]",
            "The hierarchy goes in a circle: ",
        ),
        (
            system({"code": "x", "concept": [below("a", "x", "y")]}),
            ".concept[0].concept[0].property[1].value",
            'The code "y" is not in this code system, which is complete.',
        ),
        (
            system(below("a", "y", name="child")),
            ".concept[0].property[0].value",
            'The code "y" is not in this code system, which is complete.',
        ),
    ],
)
def test_a_circle_and_a_code_that_is_not_there_are_told_by_their_place(
    tree: dict[str, Any], place: str, message: str
) -> None:
    [(path, _, text)] = said(code_system_check, tree)
    assert path.startswith(place)
    assert text.startswith(message)


def test_many_faults_of_one_hierarchy_are_told_up_to_a_number() -> None:
    tree = system(*(below(str(number), f"x{number}") for number in range(MOST_TOLD + 20)))
    assert len(said(code_system_check, tree)) == MOST_TOLD


@pytest.mark.parametrize(
    "condition",
    [
        ("concept", "is-a", "a"),
        ("display", "regex", "hofte.*"),
        ("inactive", "=", "true"),
        ("colour", "exists", "false"),
        ("parent", "regex", "more than is done here"),
        ("colour", "is-a", "more than is done here"),
    ],
)
def test_a_filter_that_means_something_is_sound(condition: tuple[str, str, str]) -> None:
    assert said(value_set_check, value_set(condition)) == []


@pytest.mark.parametrize("part", ["include", "exclude"])
@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (("display", "regex", "(hofte"), "The regular expression '(hofte' cannot be used: missing )"),
        (("display", "regex", "(?=x)"), "The regular expression '(?=x)' cannot be used: "),
        (("colour", "exists", "maybe"), "The filter 'colour exists' takes true or false, not 'maybe'."),
        (("inactive", "=", "no"), "The filter 'inactive =' takes true or false, not 'no'."),
    ],
)
def test_a_filter_that_means_nothing_is_told_by_its_place(
    part: str, condition: tuple[str, str, str], message: str
) -> None:
    tree = value_set(("concept", "is-a", "a"), condition, part=part)
    [(place, code, text)] = said(value_set_check, tree)
    assert (place, code) == (f".compose.{part}[0].filter[1].value", "value")
    assert text.startswith(message)


@pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [7], [None], [{}], [[{}]], {"concept": [{}]}])
def test_what_is_malformed_is_left_to_the_checks_of_its_form(odd: Any) -> None:
    concept = {"code": "a", "property": odd, "concept": odd}
    for tree in (odd, system(concept), system(**{"concept": odd}), system({"code": odd, "concept": odd})):
        assert said(code_system_check, tree) == []
    for tree in (odd, {"compose": odd}, {"compose": {"include": odd}}, value_set((odd, odd, odd))):
        assert said(value_set_check, tree) == []
