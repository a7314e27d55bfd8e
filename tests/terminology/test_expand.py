"""$expand: what a value set's rules come to, in pages, in languages, and how it is shown."""

from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import Invalid, NotFound, NotSupported, Unprocessable
from fellesjournal.terminology import expansion
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.drawing import Pins
from fellesjournal.terminology.terminology import Terminology
from terminology import sample
from terminology.conftest import Expand, codes, filtered, manner, value_set_of
from terminology.filling import fill
from terminology.shelf import Shelf

EVERY = ["T", "T1", "T1.1", "T1.2", "T1.21", "T1.22", "T2", "T2.1", "T3"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, EVERY),
        (filtered("concept", "is-a", "T1.2"), ["T1.2", "T1.21", "T1.22"]),
        (filtered("concept", "descendent-of", "T1.2"), ["T1.21", "T1.22"]),
        (filtered("concept", "is-not-a", "T1"), ["T", "T2", "T2.1", "T3"]),
        (filtered("concept", "generalizes", "T1.22"), ["T", "T1", "T1.2", "T1.22", "T2"]),
        (filtered("concept", "in", "T1, T3,"), ["T1", "T3"]),
        (filtered("concept", "not-in", "T1,T1.1"), [one for one in EVERY if one not in ("T1", "T1.1")]),
        (filtered("concept", "=", "T2"), ["T2"]),
        (filtered("code", "regex", r"T1\.2\d?"), ["T1.2", "T1.21", "T1.22"]),
        (filtered("side", "=", "left"), ["T1.2", "T1.21"]),
        (filtered("side", "in", "left,none"), ["T1.1", "T1.2", "T1.21"]),
        (filtered("side", "regex", "l.*"), ["T1.2", "T1.21"]),
        (filtered("side", "exists", "true"), ["T1.1", "T1.2", "T1.21"]),
        (filtered("weight", "exists", "false"), [one for one in EVERY if one != "T1.1"]),
        (filtered("parent", "=", "T2"), ["T1.22", "T2.1"]),
        (filtered("child", "=", "T1.22"), ["T1.2", "T2"]),
        (filtered("inactive", "=", "true"), ["T1.22", "T2.1"]),
        (filtered("display", "=", "Forsteining"), ["T3"]),
        (filtered("display", "regex", "Brudd i .*"), ["T1.1", "T1.2", "T1.21", "T1.22"]),
        (filtered("display", "exists", "true"), EVERY),
        (filtered("code", "exists", "false"), []),
        (filtered("concept", "is-a", "T1") | {"version": "2025"}, ["T1"]),
        ({"concept": [{"code": "T2"}, {"code": "T1.1"}]}, ["T1.1", "T2"]),
    ],
)
async def test_each_filter_draws_its_codes(expand: Expand, rule: dict[str, Any], expected: list[str]) -> None:
    found = await expand([rule])
    assert codes(found) == expected
    assert found["total"] == len(expected)


async def test_several_filters_of_a_rule_must_all_be_met(expand: Expand) -> None:
    rule = {"filter": filtered("concept", "is-a", "T1")["filter"] + filtered("side", "=", "left")["filter"]}
    assert codes(await expand([rule])) == ["T1.2", "T1.21"]


async def test_includes_are_joined_and_excludes_taken_out(expand: Expand) -> None:
    tree = value_set_of(
        [filtered("concept", "is-a", "T1.2"), {"concept": [{"code": "T3"}, {"code": "T1.21"}]}]
    )
    assert codes(await expand(tree)) == ["T1.2", "T1.21", "T1.22", "T3"]
    tree["compose"]["exclude"] = [{"system": sample.URL} | filtered("code", "regex", r".*2")]
    assert codes(await expand(tree)) == ["T1.21", "T3"]
    tree["compose"]["exclude"] = [{"system": "http://example.no/other", "concept": [{"code": "T3"}]}]
    assert "T3" in codes(await expand(tree))


@pytest.mark.parametrize("op", ["=", "in", "not-in", "regex"])
async def test_a_filter_by_a_property_that_the_system_lacks_is_refused_with_the_nearest(
    expand: Expand, op: str
) -> None:
    with pytest.raises(
        Unprocessable, match=r"'wieght', which .*troll\|2026 does not have.*mean 'weight'.*side"
    ):
        await expand([filtered("wieght", op, "3")])


@pytest.mark.parametrize("name", ["status", "deprecated", "notSelectable", "inactive"])
async def test_properties_that_fhir_defines_may_be_asked_of_every_system(expand: Expand, name: str) -> None:
    await expand([filtered(name, "exists", "false")])


async def test_a_property_that_only_concepts_carry_counts_as_one_of_the_system(
    pool: asyncpg.Pool, expand: Expand
) -> None:
    await fill(pool, replace(sample.newest(), url="http://example.no/bare", properties={}))
    include = {"system": "http://example.no/bare"}
    assert codes(await expand([include | filtered("weight", "=", "3")])) == ["T1.1"]
    with pytest.raises(Unprocessable, match="Did you mean 'weight'"):
        await expand([include | filtered("wieght", "=", "3")])


async def test_value_sets_are_imported_and_cut_with_one_another(
    terminology: Terminology, expand: Expand, shelf: Shelf
) -> None:
    breaks = shelf.put(value_set_of([filtered("concept", "is-a", "T1")], "http://example.no/breaks"))
    noses = shelf.put(value_set_of([filtered("concept", "is-a", "T2")], "http://example.no/noses"))

    def importing(*rules: dict[str, Any]) -> dict[str, Any]:
        return {"resourceType": "ValueSet", "status": "active", "compose": {"include": list(rules)}}

    assert codes(await expand(importing({"valueSet": [breaks, noses]}))) == ["T1.22"]
    both = codes(await expand(importing({"valueSet": [breaks]}, {"valueSet": [noses]})))
    assert both == ["T1", "T1.1", "T1.2", "T1.21", "T1.22", "T2", "T2.1"]
    some = {"system": sample.URL, "valueSet": [breaks], "concept": [{"code": "T1.1"}, {"code": "T3"}]}
    assert codes(await expand(importing(some))) == ["T1.1"]
    without = importing({"valueSet": [breaks]})
    without["compose"]["exclude"] = [{"valueSet": [noses]}]
    assert codes(await expand(without)) == ["T1", "T1.1", "T1.2", "T1.21"]

    url = shelf.put(importing({"valueSet": [breaks]}) | {"url": "http://example.no/importing"})
    assert len((await terminology.value_set(url)).parts) == 1
    shelf.put(value_set_of([{"concept": [{"code": "T3"}]}], breaks))
    assert codes(await expand((await terminology.value_set(url)).tree)) == ["T3"]
    [part] = (await terminology.value_set(url)).parts
    assert part.listed


async def test_value_sets_that_import_one_another_in_a_circle_are_refused(
    terminology: Terminology, shelf: Shelf
) -> None:
    for one, other in (("a", "b"), ("b", "c"), ("c", "a")):
        compose = {"include": [{"valueSet": [f"http://example.no/{other}"]}]}
        shelf.put({"resourceType": "ValueSet", "url": f"http://example.no/{one}", "compose": compose})
    with pytest.raises(Unprocessable, match=r"go in a circle: .*/a imports .*/b imports .*/c imports .*/a"):
        await terminology.value_set("http://example.no/a")


async def test_pages_are_cut_out_of_all_code_systems_together(expand: Expand) -> None:
    own = {
        "system": "http://example.no/unknown",
        "concept": [{"code": "u1", "display": "U 1"}, {"code": "u2"}],
    }
    rules = [filtered("concept", "is-a", "T1.2"), own]
    whole = codes(await expand(rules))
    assert whole == ["T1.2", "T1.21", "T1.22", "u1", "u2"]
    pages = [await expand(rules, offset=start, count=2) for start in (0, 2, 4, 6)]
    assert [codes(page) for page in pages] == [whole[0:2], whole[2:4], whole[4:6], []]
    assert {page["total"] for page in pages} == {5}
    assert [page["offset"] for page in pages] == [0, 2, 4, 6]
    size = await expand(rules, count=0)
    assert (size["total"], codes(size)) == (5, [])


async def test_a_value_set_gives_codes_its_own_displays(expand: Expand) -> None:
    renamed = {
        "code": "T1.1",
        "display": "Halen av",
        "designation": [{"language": "de", "value": "Schwanzbruch"}],
    }
    rules = [{"concept": [renamed, {"code": "T1.2"}]}]
    plain = await expand(rules, designations=True)
    assert [one["display"] for one in plain["contains"]] == ["Halen av", "Brudd i hode"]
    texts = [one["value"] for one in plain["contains"][0]["designation"]]
    assert texts == ["Schwanzbruch", "Brudd i hale", "Halebrot", "Fracture of tail", "Fracture of tail-aktig"]
    german = await expand(rules, languages=("de",))
    assert german["contains"][0]["display"] == "Schwanzbruch"
    nynorsk = await expand(rules, languages=("nn", "en"))
    assert nynorsk["contains"][0]["display"] == "Halebrot"


async def test_designations_are_given_by_language_and_use(expand: Expand) -> None:
    rules = [{"concept": [{"code": "T1"}]}]
    assert "designation" not in (await expand(rules))["contains"][0]
    english = await expand(rules, designations=True, only_designations=("urn:ietf:bcp:47|en",))
    assert english["contains"][0]["designation"] == [
        {"language": "en", "use": {"code": "display"}, "value": "Fracture"}
    ]


async def test_inactive_codes_are_marked_or_left_out(expand: Expand) -> None:
    rules = [filtered("concept", "is-a", "T2")]
    assert [one.get("inactive", False) for one in (await expand(rules))["contains"]] == [False, True, True]
    assert codes(await expand(rules, active_only=True)) == ["T2"]
    tree = value_set_of(rules)
    tree["compose"]["inactive"] = False
    assert codes(await expand(tree)) == ["T2"]
    in_time = await expand(rules, active_only=True, day=date(2025, 6, 1))
    assert codes(in_time) == []


async def test_the_day_decides_the_release(expand: Expand) -> None:
    assert codes(await expand([{}], day=date(2025, 6, 1))) == ["T", "T1", "T9"]
    assert codes(await expand([{}], pins=Pins(system_version={sample.URL: "2027"}))) == ["T", "X"]
    other = [{"version": "2025"}]
    assert codes(await expand(other, pins=Pins(system_version={sample.URL: "2027"}))) == ["T", "T1", "T9"]
    assert codes(await expand(other, pins=Pins(force={sample.URL: "2027"}))) == ["T", "X"]
    with pytest.raises(Unprocessable, match="check-system-version"):
        await expand(other, pins=Pins(check={sample.URL: "2027"}))
    assert codes(await expand([{}], without=(sample.URL,))) == []


async def test_the_filter_finds_beginnings_of_words_in_any_order(expand: Expand) -> None:
    assert codes(await expand([{}], text="hod bru")) == ["T1.2", "T1.21"]
    assert codes(await expand([{}], text="T1.2")) == ["T1.2", "T1.21", "T1.22"]
    assert codes(await expand([{}], text="tail")) == ["T1.1"]
    assert codes(await expand([{}], text="ale")) == []
    own = {
        "system": "http://example.no/u",
        "concept": [{"code": "u1", "display": "Åpent brudd"}, {"code": "u2"}],
    }
    assert codes(await expand([own], text="åpen BRUDD")) == ["u1"]


async def test_small_expansions_can_show_the_hierarchy(expand: Expand) -> None:
    found = await expand([filtered("concept", "is-a", "T1")], nested=True)
    [top] = found["contains"]
    assert (top["code"], top["abstract"]) == ("T1", True)
    assert codes(top) == ["T1.1", "T1.2"]
    assert codes(top["contains"][1]) == ["T1.21", "T1.22"]
    gap = await expand([{"concept": [{"code": "T1"}, {"code": "T1.21"}]}], nested=True)
    assert codes(gap) == ["T1", "T1.21"]
    flat = await expand([filtered("concept", "is-a", "T1")], nested=True, for_ui=True, count=10)
    assert codes(flat) == ["T1.1", "T1.2", "T1.21", "T1.22"]


async def test_an_expansion_says_how_it_was_made(expand: Expand, terminology: Terminology) -> None:
    found = await expand([{}], echoed=({"name": "filter", "valueString": "x"},))
    assert found["timestamp"] == "2026-06-01"
    assert found["identifier"].startswith("urn:uuid:")
    assert found["parameter"] == [
        {"name": "filter", "valueString": "x"},
        {"name": "version", "valueUri": f"{sample.URL}|2026"},
    ]


async def test_more_codes_than_one_answer_holds_are_too_costly(
    expand: Expand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "MOST", 5)
    for wanted in ({}, {"count": 6}, {"offset": 2}):
        with pytest.raises(Unprocessable, match="at most 5 are given at once") as raised:
            await expand([{}], **wanted)
        assert raised.value.issues[0].code == "too-costly"
    assert len(codes(await expand([{}], count=5))) == 5
    assert len(codes(await expand([{}], count=9, offset=6))) == 3


async def test_a_filter_has_a_limit_and_signs_mean_nothing_in_it(expand: Expand) -> None:
    with pytest.raises(Invalid, match="21 words"):
        await expand([{}], text=" ".join(f"w{n}" for n in range(21)))
    assert codes(await expand([{}], text="(hale|*")) == ["T1.1"]


async def test_many_rules_are_no_trouble(expand: Expand) -> None:
    tree = value_set_of([{}, *(filtered("display", "=", f"x{n}") for n in range(200))])
    rules = [{"system": sample.URL} | filtered("display", "=", f"x{n}") for n in range(500)]
    tree["compose"]["exclude"] = [*rules, {"system": sample.URL} | filtered("concept", "is-a", "T1")]
    assert codes(await expand(tree)) == ["T", "T2", "T2.1", "T3"]


@pytest.mark.parametrize(
    ("rule", "error", "says"),
    [
        ({"system": "http://example.no/none"}, NotFound, "not known here"),
        ({"version": "1"}, NotFound, "loaded are"),
        ({"valueSet": ["http://example.no/none"]}, NotFound, "value set .* is not known here"),
        (filtered("side", "is-a", "left"), NotSupported, "goes by the hierarchy"),
        (filtered("concept", "near", "left"), NotSupported, "is not one of"),
        (filtered("parent", "regex", "T1.*"), NotSupported, "of the hierarchy, write = or in"),
        (filtered("child", "exists", "true"), NotSupported, "of the hierarchy, write = or in"),
        (filtered("side", "exists", "perhaps"), Unprocessable, "takes true or false"),
        (filtered("code", "regex", "(T"), Unprocessable, "cannot be used"),
        (filtered("code", "regex", r"(T)\1"), Unprocessable, "cannot be used"),
    ],
)
async def test_what_cannot_be_expanded_is_said(
    expand: Expand, rule: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        await expand([rule])


async def test_a_rule_needs_a_system_or_a_value_set(expand: Expand) -> None:
    with pytest.raises(Unprocessable, match="names a system or a value set"):
        await expand({"resourceType": "ValueSet", "compose": {"include": [{}]}})
    with pytest.raises(Unprocessable, match="neither rules"):
        await expand({"resourceType": "ValueSet"})


async def test_a_value_set_without_rules_is_what_its_expansion_lists(expand: Expand) -> None:
    contains = [{"system": sample.URL, "code": "T1", "contains": [{"system": sample.URL, "code": "T1.1"}]}]
    assert codes(await expand({"resourceType": "ValueSet", "expansion": {"contains": contains}})) == [
        "T1",
        "T1.1",
    ]


async def test_code_systems_imply_value_sets(terminology: Terminology, expand: Expand) -> None:
    for url, expected in (
        (f"{sample.URL}?fhir_vs", EVERY),
        (f"{sample.URL}?fhir_vs=isa/T2", ["T2", "T1.22", "T2.1"]),
    ):
        assert codes(await expand((await terminology.value_set(url)).tree)) == expected
    with pytest.raises(NotFound, match="Of the implicit value sets"):
        await terminology.value_set(f"{sample.URL}?fhir_vs=ecl/x")


async def test_a_regular_expression_cannot_take_for_ever(expand: Expand) -> None:
    assert codes(await expand([filtered("code", "regex", "(T+)+(T+)+(1+)+!")])) == []


async def test_fhirs_own_value_sets_expand(terminology: Terminology) -> None:
    composed = await terminology.value_set("http://hl7.org/fhir/ValueSet/administrative-gender")
    found = await terminology.expand(composed, expansion.Wanted(sample.TODAY))
    assert codes(found["expansion"]) == ["male", "female", "other", "unknown"]
    assert found["url"] == "http://hl7.org/fhir/ValueSet/administrative-gender"
    assert "compose" not in found
    with pytest.raises(Invalid, match="inferSystem"):
        await terminology.validate_among(composed, [Coded("male")], manner())
