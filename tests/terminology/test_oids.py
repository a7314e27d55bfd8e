"""A code system answers by its OID as by its URL."""

from dataclasses import replace

import asyncpg
import pytest

from fellesjournal.errors import NotFound
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.drawing import Pins
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs, sample
from terminology.conftest import Expand, codes, filtered, manner, value_set_of
from terminology.shelf import Shelf
from terminology.test_translate import OTHER, concept_map, element, found, question


@pytest.fixture
async def named(terminology: Terminology, pool: asyncpg.Pool) -> Terminology:
    await herbs.load(pool, herbs.release(), herbs.older())
    return terminology


async def test_the_operations_of_a_code_system_take_the_oid(named: Terminology) -> None:
    looked = await named.lookup(Coded("H11", herbs.NAMED), manner())
    assert (looked.about.url, looked.concept.display) == (herbs.URL, "Mynte")
    [verdict] = await named.validate([Coded("H11", herbs.NAMED)], manner())
    assert verdict.result
    system = await named.system(herbs.NAMED, "2025")
    assert (system.about.url, system.about.version) == (herbs.URL, "2025")


async def test_an_unknown_version_is_told_of_the_system_that_the_oid_names(named: Terminology) -> None:
    with pytest.raises(
        NotFound, match=rf"Version 1 of the code system {herbs.URL} is not here; loaded are 2026"
    ):
        await named.system(herbs.NAMED, "1")
    with pytest.raises(NotFound, match=r"The code system urn:oid:1\.2\.3 is not known here"):
        await named.system("urn:oid:1.2.3")


async def test_value_sets_may_name_either_and_so_may_codes(named: Terminology, expand: Expand) -> None:
    for written in (herbs.URL, herbs.NAMED):
        tree = value_set_of([{"system": written}])
        assert codes(await expand(tree)) == ["H1", "H11", "H12"]
        composed = await named.value_set_of(tree)
        asked = [Coded("H12", herbs.URL), Coded("H12", herbs.NAMED), Coded("H12", "urn:oid:1.2.3")]
        verdicts = await named.validate_among(composed, asked, manner())
        assert [one.result for one in verdicts] == [True, True, False]
        [inferred] = await named.validate_among(composed, [Coded("H12")], manner(), infer=True)
        assert inferred.result


@pytest.mark.parametrize(("some", "other"), [(herbs.URL, herbs.NAMED), (herbs.NAMED, herbs.URL)])
async def test_rules_on_one_system_meet_whichever_name_they_have(
    named: Terminology, shelf: Shelf, expand: Expand, some: str, other: str
) -> None:
    both = value_set_of([{"system": some}])
    dill = {"system": other, "concept": [{"code": "H12"}]}
    both["compose"]["exclude"] = [dill]
    assert codes(await expand(both)) == ["H1", "H11"]
    assert await named.listing.members(shelf.put(both)) == {(herbs.URL, code) for code in ("H1", "H11", "H9")}
    listed = {"system": other, "concept": [{"code": "H11"}, {"code": "H9"}], "valueSet": [both["url"]]}
    assert codes(await expand(value_set_of([listed], "http://example.no/meeting"))) == ["H11"]
    twice = value_set_of([dill, {"system": some, "concept": [{"code": "H12"}]}], "http://example.no/twice")
    assert codes(await expand(twice)) == ["H12"]


@pytest.mark.parametrize("pinned", [herbs.URL, herbs.NAMED])
async def test_an_expansion_is_drawn_from_the_version_that_is_asked_for_by_either_name(
    named: Terminology, expand: Expand, pinned: str
) -> None:
    tree = value_set_of([{"system": herbs.NAMED}])
    assert codes(await expand(tree, pins=Pins({pinned: "2025"}))) == ["H9"]


async def test_a_value_set_is_understood_anew_when_names_come(
    terminology: Terminology, shelf: Shelf, pool: asyncpg.Pool
) -> None:
    shelf.put(value_set_of([{"system": herbs.NAMED, "concept": [{"code": "H1"}]}]))
    [before] = (await terminology.value_set("http://example.no/set")).parts
    await herbs.load(pool, herbs.release())
    await terminology.systems._releases.look()
    [after] = (await terminology.value_set("http://example.no/set")).parts
    assert (before.url, after.url) == (herbs.NAMED, herbs.URL)


async def test_a_bound_value_set_has_the_code_under_either_name(named: Terminology, shelf: Shelf) -> None:
    url = shelf.put(value_set_of([{"system": herbs.URL}]))
    assert await named.memberships.load([url], manner()) == []
    assert named.memberships.member(url, herbs.NAMED, "H11") is True
    assert named.memberships.member(url, herbs.NAMED, "H99") is False


@pytest.mark.parametrize("written", [herbs.URL, herbs.NAMED])
@pytest.mark.parametrize("asked", [herbs.URL, herbs.NAMED])
async def test_a_map_translates_by_either_name(
    named: Terminology, shelf: Shelf, written: str, asked: str
) -> None:
    shelf.put(concept_map([element("H11", ("equal", "mint"))], source=written))
    translated = await named.translating.between(asked, OTHER, question("H11", asked))
    assert found(translated) == [("equal", "mint")]
    shelf.put(concept_map([element("mint", ("equal", "H11"))], source=OTHER, target=written))
    back = await named.translating.between(OTHER, asked, question("mint", OTHER, target_system=asked))
    assert found(back) == [("equal", "H11")]


@pytest.mark.parametrize("asked", [herbs.URL, herbs.NAMED])
async def test_codes_are_listed_by_either_name(named: Terminology, shelf: Shelf, asked: str) -> None:
    assert await named.listing.below(asked, "H1") == {"H1", "H11", "H12"}
    assert await named.listing.above(asked, "H11") == {"H1", "H11"}
    assert await named.listing.below(asked, "H9") == {"H9"}  # of the release before
    url = shelf.put(value_set_of([{"system": asked} | filtered("concept", "is-a", "H1")]))
    assert await named.listing.members(url) == {(herbs.URL, code) for code in ("H1", "H11", "H12")}
    with pytest.raises(NotFound, match=rf"There is no code 'H7' in {asked} \(2026, 2025\)"):
        await named.listing.below(asked, "H7")


async def test_the_names_of_a_code_system_are_told_by_each_of_them(
    named: Terminology, pool: asyncpg.Pool
) -> None:
    await herbs.load(pool, replace(herbs.release(), version="2024", oid="1.2.3", valid_from=None))
    await named.systems._releases.look()
    known = await named.listing.names()
    names = (herbs.URL, herbs.NAMED, "urn:oid:1.2.3")
    assert {name: known[name] for name in names} == dict.fromkeys(names, names)
    assert sample.URL not in known  # it goes by one name alone


async def test_an_oid_that_two_systems_claim_names_neither(named: Terminology, pool: asyncpg.Pool) -> None:
    await herbs.load(pool, replace(herbs.release(), url="http://example.no/weeds"))
    await named.systems._releases.look()
    with pytest.raises(NotFound):
        await named.system(herbs.NAMED)


async def test_a_system_whose_url_is_an_oid_keeps_it(named: Terminology, pool: asyncpg.Pool) -> None:
    await herbs.load(pool, replace(herbs.release(), url=herbs.NAMED, title="Selve nummeret"))
    await named.systems._releases.look()
    assert (await named.system(herbs.NAMED)).about.title == "Selve nummeret"
    assert (await named.system(herbs.URL)).about.title == "Urter"


async def test_an_oid_is_the_value_set_of_its_list_until_there_is_another_of_that_name(
    named: Terminology, expand: Expand, shelf: Shelf
) -> None:
    assert await named.memberships.load([herbs.NAMED], manner()) == []
    assert named.memberships.member(herbs.NAMED, herbs.URL, "H11") is True
    assert named.memberships.member(herbs.NAMED, herbs.URL, "H99") is False
    assert len((await named.value_set(herbs.NAMED)).parts) == 1
    shelf.put(value_set_of([{"system": herbs.URL, "concept": [{"code": "H1"}]}], herbs.NAMED))
    await named.memberships.load([herbs.NAMED], manner())
    assert named.memberships.member(herbs.NAMED, herbs.URL, "H11") is False
    assert await named.memberships.load(["urn:oid:1.2.3.4"], manner()) == ["urn:oid:1.2.3.4"]
    assert (
        "The code system urn:oid:1.2.3.4 is not known here"
        in named.memberships.unjudged("urn:oid:1.2.3.4").why
    )
    with pytest.raises(NotFound):
        await named.value_set(herbs.URL)


async def test_a_list_that_has_no_other_name_is_the_value_set_of_its_oid(
    named: Terminology, pool: asyncpg.Pool
) -> None:
    alone = "urn:oid:2.16.578.1.12.4.1.1.1"
    await herbs.load(pool, Release(alone, "1", "Alone", "Alone", [Concept("a", "A")]))
    await named.systems._releases.look()
    assert await named.memberships.load([alone], manner()) == []
    assert named.memberships.member(alone, alone, "a") is True
    assert named.memberships.member(alone, alone, "b") is False
