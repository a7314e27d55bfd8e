"""Codes that a value set names and that there are not: told where it is used, with how to mend it."""

from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.drawing import Pins
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs, sample
from terminology.conftest import Expand, codes, filtered, manner, value_set_of
from terminology.shelf import Shelf

SET = "http://example.no/set"
IN_FORCE = f"{sample.URL}|2026"
MEND = "Correct it or take it out, or load a release of the code system that has it."


def listing(*asked: str) -> dict[str, Any]:
    return {"concept": [{"code": code} for code in asked]}


def warnings(expansion: dict[str, Any]) -> list[str]:
    return [one["valueString"] for one in expansion.get("parameter", ()) if one["name"] == "warning"]


@pytest.mark.parametrize(
    ("rule", "said", "where"),
    [
        (listing("T1", "none"), "lists the code 'none'", "concept[1].code"),
        (filtered("concept", "is-a", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("concept", "descendent-of", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("concept", "is-not-a", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("concept", "generalizes", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("code", "=", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("concept", "in", "T1,none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("concept", "not-in", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("parent", "=", "none"), "filters by the code 'none'", "filter[0].value"),
        (filtered("child", "in", "none,T2"), "filters by the code 'none'", "filter[0].value"),
    ],
)
async def test_a_code_that_there_is_not_is_refused_with_where_it_stands(
    terminology: Terminology, expand: Expand, rule: dict[str, Any], said: str, where: str
) -> None:
    for use in (
        lambda: expand([{}, rule]),
        lambda: expand([{}, rule], count=1),
        lambda: among(terminology, value_set_of([{}, rule])),
    ):
        with pytest.raises(Unprocessable) as refused:
            await use()
        [issue] = refused.value.issues
        assert issue.code == "code-invalid"
        assert issue.diagnostics == f"The value set {SET} {said}, which is not in {IN_FORCE}. {MEND}"
        assert issue.expression == f"ValueSet.compose.include[1].{where}"


async def among(terminology: Terminology, tree: dict[str, Any]) -> Any:
    return await terminology.validate_among(
        await terminology.value_set_of(tree), [Coded("T1", sample.URL)], manner()
    )


async def test_what_is_excluded_and_what_is_imported_must_be_there_too(expand: Expand, shelf: Shelf) -> None:
    tree = value_set_of([{}])
    tree["compose"]["exclude"] = [{"system": sample.URL} | listing("none")]
    with pytest.raises(Unprocessable) as refused:
        await expand(tree)
    assert refused.value.issues[0].expression == "ValueSet.compose.exclude[0].concept[0].code"
    shelf.put(value_set_of([listing("none")], "http://example.no/other"))
    with pytest.raises(Unprocessable, match=r"value set http://example\.no/other lists the code 'none'"):
        await expand([{"valueSet": ["http://example.no/other"]}])


async def test_every_one_is_told_and_the_one_that_may_be_meant(expand: Expand) -> None:
    with pytest.raises(Unprocessable) as refused:
        await expand([listing("none", "T1", "neither"), filtered("concept", "is-a", "nobody")])
    assert [issue.diagnostics.split("'")[1] for issue in refused.value.issues] == [
        "none",
        "neither",
        "nobody",
    ]


async def test_the_code_that_may_be_meant_is_named(expand: Expand, shelf: Shelf) -> None:
    with pytest.raises(Unprocessable, match=r"'t1\.22', which is not in \S+ Did you mean T1\.22\?"):
        await expand([listing("t1.22")])
    url = "http://example.no/own"
    own = {"resourceType": "CodeSystem", "url": url, "content": "complete", "concept": [{"code": "T1.22"}]}
    shelf.put(own)
    with pytest.raises(Unprocessable, match=r"Did you mean T1\.22\?"):
        await expand([{"system": url} | filtered("concept", "is-a", "T1-22")])


async def test_a_code_that_is_gone_or_to_come_is_a_warning(expand: Expand) -> None:
    found = await expand([listing("T1", "T9"), filtered("concept", "is-a", "X")])
    assert codes(found) == ["T1"]
    assert warnings(found) == [
        f"The value set {SET} lists the code 'T9' (Ettersmak av bukk), which is not in {IN_FORCE} but in "
        "release 2025.",
        f"The value set {SET} filters by the code 'X' (Ny), which is not in {IN_FORCE} but in release 2027.",
    ]
    older = await expand([listing("T1", "T9")], pins=Pins(system_version={sample.URL: "2025"}))
    assert (codes(older), warnings(older)) == (["T1", "T9"], [])
    with pytest.raises(Unprocessable, match=r"'X', which is not in http://example\.no/troll\|2025"):
        await expand([listing("X") | {"version": "2025"}])


async def test_what_a_pin_leaves_out_is_a_warning_and_what_a_rule_pins_is_not(expand: Expand) -> None:
    both = [listing("T1", "T3"), listing("T9") | {"version": "2025"}]
    found = await expand(both, pins=Pins(system_version={sample.URL: "2025"}))
    assert codes(found) == ["T1", "T9"]
    assert [one.split("'")[1] for one in warnings(found)] == ["T3"]
    with pytest.raises(Unprocessable) as refused:
        await expand([listing("T1"), listing("T9") | {"version": "2026"}])
    assert refused.value.issues[0].expression == "ValueSet.compose.include[1].concept[0].code"


async def test_a_system_that_is_left_out_not_here_or_here_in_part_tells_nothing(
    expand: Expand, pool: asyncpg.Pool
) -> None:
    await herbs.load(pool, replace(herbs.release(), content="fragment"))
    elsewhere = {"system": "http://example.no/unknown"} | listing("x")
    found = await expand([elsewhere, {"system": herbs.URL} | listing("H99")])
    assert codes(found) == ["x", "H99"]
    assert codes(await expand([elsewhere, listing("none")], without=(sample.URL,))) == ["x"]


async def test_value_sets_of_hl7_are_told_of_and_not_refused(expand: Expand) -> None:
    url = "http://hl7.org/fhir/ValueSet/of-trolls"
    found = await expand(value_set_of([listing("T1", "none")], url))
    assert codes(found) == ["T1"]
    assert warnings(found) == [f"The value set {url} lists the code 'none', which is not in {IN_FORCE}."]


async def test_a_binding_holds_the_codes_that_there_are_and_a_faulty_filter_binds_nobody(
    terminology: Terminology, shelf: Shelf
) -> None:
    shelf.put(value_set_of([listing("T1", "none")]))
    assert await terminology.memberships.load([SET], manner()) == []
    assert terminology.memberships.member(SET, sample.URL, "T1") is True
    assert terminology.memberships.member(SET, sample.URL, "T2") is False
    shelf.put(value_set_of([filtered("concept", "is-a", "none")]))
    assert await terminology.memberships.load([SET], manner()) == [SET]
    assert terminology.memberships.member(SET, sample.URL, "T1") is None
    assert terminology.memberships.unjudged(SET).faulty


async def test_a_search_by_a_filter_of_no_code_is_refused(terminology: Terminology, shelf: Shelf) -> None:
    shelf.put(value_set_of([listing("T1", "none")]))
    assert await terminology.listing.members(SET) >= {(sample.URL, "T1")}
    shelf.put(value_set_of([filtered("concept", "is-a", "none")]))
    with pytest.raises(Unprocessable, match="filters by the code 'none'"):
        await terminology.listing.members(SET)


async def test_a_code_that_was_in_the_value_set_is_told_with_its_last_day(terminology: Terminology) -> None:
    composed = await terminology.value_set_of(value_set_of([filtered("concept", "is-a", "T")]))
    asked = [Coded("T9", sample.URL), Coded("T9"), Coded("none", sample.URL)]
    gone, inferred, never = await terminology.validate_among(composed, asked, manner(), infer=True)
    assert gone.message == (
        f"The code {sample.URL}|T9 is not in {SET}. The code 'T9' (Ettersmak av bukk) is no longer in "
        f"{IN_FORCE}: the last release that had it is 2025. It was valid until 2025-12-31."
    )
    assert inferred.message.endswith("It was valid until 2025-12-31.")
    assert never.message == f"The code {sample.URL}|none is not in {SET}."
    assert not any(one.result for one in (gone, inferred, never))
