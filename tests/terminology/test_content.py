"""Of a code system that is here without its codes, or in part, it is said that nobody here can tell."""

from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.terminology import codesystem
from fellesjournal.terminology.coded import Coded, Verdict
from fellesjournal.terminology.library import FhirLibrary
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs, sample
from terminology.conftest import Expand, codes, filtered, manner, value_set_of
from terminology.shelf import Shelf

SNOMED = "http://snomed.info/sct"
URL = "http://example.no/own"
SET = "http://example.no/set"
UNCLOSED = {"url": "http://hl7.org/fhir/StructureDefinition/valueset-unclosed", "valueBoolean": True}
SAID = f"the 3 codes of Urter ({herbs.URL}|2026) that are here, and it has more"


def system(content: str, *written: str) -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "url": URL,
        "status": "active",
        "content": content,
        "concept": [{"code": code} for code in written],
    }


def including(*include: dict[str, Any]) -> dict[str, Any]:
    return value_set_of(list(include), SET)


WHOLE = including({"system": herbs.URL})


@pytest.fixture
async def service(terminology: Terminology, pool: asyncpg.Pool) -> Terminology:
    """With a part of the herbs."""
    await herbs.load(pool, replace(herbs.release(), content="fragment"))
    return terminology


async def among(service: Terminology, tree: dict[str, Any], *asked: Coded, **also: Any) -> list[Verdict]:
    return await service.validate_among(await service.value_set_of(tree), asked, manner(), **also)


async def test_what_fhir_says_of_a_systems_content_is_kept(definitions: Definitions) -> None:
    library = FhirLibrary(definitions)
    for url, content in (
        (SNOMED, "not-present"),
        ("http://terminology.hl7.org/CodeSystem/insurance-plan-type", "fragment"),
        ("http://terminology.hl7.org/CodeSystem/service-type", "example"),
        ("http://hl7.org/fhir/CodeSystem/example-supplement", "supplement"),
        ("http://hl7.org/fhir/administrative-gender", "complete"),
    ):
        kept = await library.find("CodeSystem", url)
        assert kept is not None
        assert kept.tree["content"] == content
        own = definitions.code_system(url)
        assert own is not None
        assert (own.complete, own.has_codes) == (content == "complete", codesystem.has_codes(kept.tree))


@given(st.sampled_from(["complete", "fragment", "example", "not-present", "supplement"]), st.booleans())
def test_only_a_complete_system_may_have_no_codes_and_a_supplement_has_none_of_its_own(
    content: str, coded: bool
) -> None:
    tree = system(content, *(["a"] if coded else []))
    assert codesystem.has_codes(tree) == (content == "complete" or (coded and content != "supplement"))


@pytest.mark.parametrize("content", ["not-present", "supplement", "fragment", "example"])
async def test_a_system_without_its_codes_answers_nothing_and_says_why(
    terminology: Terminology, shelf: Shelf, content: str
) -> None:
    shelf.put(system(content))
    asked = Coded("a", URL)
    says = f"The code system {URL} is here without its codes (content is '{content}')"
    with pytest.raises(NotFound) as refused:
        await terminology.lookup(asked, manner())
    assert str(refused.value).startswith(says)
    [by_system] = await terminology.validate([asked], manner())
    [by_value_set] = await among(terminology, including({"system": URL}), asked)
    [by_resource] = await terminology.validate_by(system(content), [asked], manner())
    for verdict in (by_system, by_value_set, by_resource):
        assert (verdict.result, verdict.unknown_system, verdict.partly) == (False, URL, False)
        assert verdict.message.startswith(says)


async def test_a_supplement_is_no_code_system_of_its_own(terminology: Terminology, shelf: Shelf) -> None:
    shelf.put(system("supplement", "a"))
    with pytest.raises(NotFound, match="ask about the one that it supplements"):
        await terminology.system(URL)


async def test_fhirs_stub_of_snomed_says_that_it_has_no_codes(
    terminology: Terminology, expand: Expand
) -> None:
    [verdict] = await terminology.validate([Coded("22298006", SNOMED)], manner())
    assert verdict.unknown_system == SNOMED
    assert "without its codes" in verdict.message
    with pytest.raises(NotFound, match="without its codes"):
        await expand(including({"system": SNOMED}))
    assert codes(await expand(including({"system": SNOMED}), without=(SNOMED,))) == []


async def test_codes_that_a_value_set_lists_need_no_system(
    terminology: Terminology, expand: Expand, shelf: Shelf
) -> None:
    shelf.put(system("not-present"))
    listed = including({"system": URL, "concept": [{"code": "a", "display": "A"}]})
    found = await expand(listed)
    assert (codes(found), "extension" in found) == (["a"], False)
    verdicts = await among(terminology, listed, Coded("a", URL), Coded("b", URL))
    assert [(one.result, one.unknown_system) for one in verdicts] == [(True, ""), (False, "")]


async def test_a_code_that_is_not_in_the_part_that_is_here_may_be_right(service: Terminology) -> None:
    says = f"The code 'H99' is not among {SAID}, so it may be right all the same."
    asked = Coded("H99", herbs.URL)
    with pytest.raises(NotFound) as refused:
        await service.lookup(asked, manner())
    assert str(refused.value) == says
    [by_system] = await service.validate([asked], manner())
    [by_value_set] = await among(service, WHOLE, asked)
    for verdict in (by_system, by_value_set):
        assert verdict == Verdict(False, says, unknown_system=f"{herbs.URL}|2026", partly=True)
    with pytest.raises(NotFound, match="may be right all the same"):
        await service.subsumes(await service.system(herbs.URL), "H1", "H99")


async def test_of_the_part_that_is_here_all_is_told(service: Terminology) -> None:
    below = including({"system": herbs.URL} | filtered("concept", "is-a", "H11"))
    asked = [Coded("H11", herbs.URL), Coded("H12", herbs.URL), Coded("H11", herbs.URL, display="Dill")]
    verdicts = await among(service, below, *asked)
    assert [(one.result, one.unknown_system) for one in verdicts] == [(True, ""), (False, ""), (False, "")]
    [meant] = await service.validate([Coded("H1.1", herbs.URL)], manner())
    assert meant.message.endswith(" Did you mean H11?")


async def test_an_expansion_says_that_codes_may_be_missing(service: Terminology, expand: Expand) -> None:
    found = await expand(WHOLE)
    assert codes(found) == ["H1", "H11", "H12"]
    assert found["extension"] == [UNCLOSED]
    told = {"name": "warning", "valueString": f"Codes may be missing: looked in were {SAID}."}
    assert told in found["parameter"]
    listed = await expand(including({"system": herbs.URL, "concept": [{"code": "H99"}]}))
    assert (codes(listed), "extension" in listed) == (["H99"], False)


async def test_where_the_system_is_inferred_one_that_knows_the_code_is_enough(service: Terminology) -> None:
    several = including({"system": SNOMED}, {"system": herbs.URL}, {"system": sample.URL})
    [known, unsure] = await among(service, several, Coded("T1"), Coded("T99"), infer=True)
    assert (known.result, known.coded and known.coded.system) == (True, sample.URL)
    assert (unsure.result, unsure.unknown_system) == (False, SNOMED)


async def test_a_search_for_the_codes_of_a_value_set_needs_the_whole_system(
    service: Terminology, shelf: Shelf
) -> None:
    shelf.put(WHOLE)
    with pytest.raises(NotFound) as refused:
        await service.listing.members(SET)
    assert SAID in str(refused.value)
    shelf.put(including({"system": SNOMED}))
    with pytest.raises(NotFound, match="without its codes"):
        await service.listing.members(SET)
    shelf.put(including({"system": herbs.URL, "concept": [{"code": "H99"}]}))
    assert await service.listing.members(SET) == {(herbs.URL, "H99")}


async def test_a_search_below_a_code_that_is_not_here_says_that_it_may_be_right(service: Terminology) -> None:
    assert await service.listing.below(herbs.URL, "H1") == {"H1", "H11", "H12"}
    with pytest.raises(NotFound, match="may be right all the same"):
        await service.listing.below(herbs.URL, "H99")


async def test_whether_a_code_of_a_part_is_in_a_value_set_is_not_known_at_once(
    service: Terminology, shelf: Shelf
) -> None:
    shelf.put(including({"system": herbs.URL}, {"system": sample.URL}))
    known = service.memberships
    assert await known.load([SET], manner()) == []
    asked = {("H11", herbs.URL): True, ("H99", herbs.URL): None, ("T1", sample.URL): True}
    asked |= {("T99", sample.URL): False, ("x", "http://example.no/other"): False}
    assert {one: known.member(SET, one[1], one[0]) for one in asked} == asked
    assert known.member(SET, herbs.NAMED, "H99") is None
    shelf.put(including({"system": herbs.URL, "concept": [{"code": "H11"}]}))
    assert await known.load([SET], manner()) == []
    assert known.member(SET, herbs.URL, "H99") is False


async def test_a_system_that_is_not_in_force_yet_cannot_tell(terminology: Terminology) -> None:
    [verdict] = await terminology.validate([Coded("T1", sample.URL)], manner(date(1999, 1, 1)))
    assert (verdict.result, verdict.unknown_system) == (False, sample.URL)
    [version] = await terminology.validate([Coded("T1", sample.URL, "1999")], manner())
    assert version.unknown_system == f"{sample.URL}|1999"
