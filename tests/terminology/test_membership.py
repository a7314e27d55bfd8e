"""$validate-code of a value set, and memberships that are known at once."""

from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir import ucum
from fellesjournal.fhir.codes import Unjudged
from fellesjournal.terminology.coded import Coded, Verdict
from fellesjournal.terminology.memberships import Memberships
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.terminology import Terminology
from fellesjournal.terminology.validation import in_systems
from terminology import herbs, sample
from terminology.conftest import filtered, manner, value_set_of
from terminology.shelf import Shelf

GENDER = "http://hl7.org/fhir/ValueSet/administrative-gender"
GENDERS = "http://hl7.org/fhir/administrative-gender"
BREAKS = "http://example.no/breaks"


@pytest.fixture
def breaks(shelf: Shelf) -> str:
    return shelf.put(value_set_of([filtered("concept", "is-a", "T1")], BREAKS))


async def among(service: Terminology, url: str, *asked: Coded, **also: Any) -> list[Verdict]:
    infer = also.pop("infer", False)
    composed = await service.value_set(url)
    return await service.validate_among(composed, asked, manner(**also), infer=infer)


async def test_codes_are_in_the_value_set_or_not(terminology: Terminology, breaks: str) -> None:
    asked = [Coded(code, sample.URL) for code in ("T1", "T3", "T1.22", "none")] + [Coded("T1", "http://x")]
    verdicts = await among(terminology, breaks, *asked)
    assert [one.result for one in verdicts] == [True, False, True, False, False]
    assert verdicts[0].display == "Brudd"
    assert verdicts[1].message == f"The code {sample.URL}|T3 is not in {BREAKS}."


async def test_a_version_that_the_value_set_does_not_draw_from_is_not_in_it(
    terminology: Terminology, breaks: str
) -> None:
    [newest, older] = await among(
        terminology, breaks, Coded("T1", sample.URL, "2026"), Coded("T1", sample.URL, "2025")
    )
    assert (newest.result, older.result) == (True, False)


async def test_display_and_grouping_codes_are_checked_as_in_the_code_system(
    terminology: Terminology, breaks: str
) -> None:
    [wrong] = await among(terminology, breaks, Coded("T1.1", sample.URL, display="Noe annet"))
    assert not wrong.result
    [grouping] = await among(terminology, breaks, Coded("T1", sample.URL), abstract=False)
    assert not grouping.result


async def test_displays_of_the_value_set_are_right_and_those_of_the_system_too(
    terminology: Terminology, shelf: Shelf
) -> None:
    url = shelf.put(value_set_of([{"concept": [{"code": "T1.1", "display": "Halen av"}]}]))
    asked = [Coded("T1.1", sample.URL, display=text) for text in ("halen av", "Brudd i hale", "Annet")]
    assert [one.result for one in await among(terminology, url, *asked)] == [True, True, False]


async def test_the_system_is_inferred_when_that_is_asked_for(terminology: Terminology, shelf: Shelf) -> None:
    [found] = await among(terminology, GENDER, Coded("male"), infer=True)
    assert found.coded == Coded("male", GENDERS, "4.0.1", "Male")
    with pytest.raises(Invalid, match="no system is said"):
        await among(terminology, GENDER, Coded("male"))
    own = {"system": "http://example.no/other", "concept": [{"code": "male"}]}
    url = shelf.put(value_set_of([own, {"system": GENDERS}]))
    [ambiguous] = await among(terminology, url, Coded("male"), infer=True)
    assert not ambiguous.result
    assert "several code systems" in ambiguous.message


async def test_a_code_system_that_is_not_here_does_not_matter_for_codes_of_others(
    terminology: Terminology, shelf: Shelf
) -> None:
    url = shelf.put(value_set_of([{"system": "http://snomed.info/sct"}, {"system": GENDERS}]))
    [found] = await among(terminology, url, Coded("male", GENDERS))
    assert found.result


async def test_memberships_are_known_at_once_after_loading(terminology: Terminology, breaks: str) -> None:
    known = terminology.memberships
    assert known.member(breaks, sample.URL, "T1.1") is None
    assert await known.load([breaks, GENDER, "http://example.no/none"], manner()) == [
        "http://example.no/none"
    ]
    for code, expected in (("T1", True), ("T1.21", True), ("T3", False), ("none", False)):
        assert known.member(breaks, sample.URL, code) is expected
    assert known.member(GENDER, GENDERS, "male") is True
    assert known.member(GENDER, sample.URL, "male") is False


async def test_hierarchies_are_known_at_once_after_loading(terminology: Terminology) -> None:
    known = terminology.memberships
    assert known.subsumes(sample.URL, "T", "T") is None
    assert await known.load_hierarchies([sample.URL, "http://example.no/none"]) == ["http://example.no/none"]
    pairs = {("T", "T1.21"): True, ("T2", "T1.22"): True, ("T1", "T1"): True, ("T1.21", "T"): False}
    assert {pair: known.subsumes(sample.URL, *pair) for pair in pairs} == pairs


async def test_a_bare_code_is_known_by_the_value_set_alone(terminology: Terminology, breaks: str) -> None:
    known = terminology.memberships
    assert await known.load([breaks, GENDER], manner()) == []
    assert known.member(breaks, "", "T1") is True
    assert known.member(breaks, "", "tull") is False
    assert known.member(GENDER, "", "female") is True
    assert known.member(GENDER, "", "Female") is False
    assert known.member("http://example.no/none", "", "T1") is None


async def test_what_was_asked_for_longest_ago_gives_way(terminology: Terminology, breaks: str) -> None:
    small = Memberships(terminology.systems, terminology.composing, most=18)
    assert await small.load([breaks, GENDER], manner()) == []
    assert small.member(breaks, sample.URL, "T1") is True
    marital = "http://hl7.org/fhir/ValueSet/marital-status"
    assert await small.load([marital], manner()) == [marital]
    assert await small.load([GENDER], manner()) == []
    other = "http://hl7.org/fhir/ValueSet/publication-status"
    assert await small.load([other], manner()) == []
    assert small.member(breaks, sample.URL, "T1") is None
    assert small.member(other, "http://hl7.org/fhir/publication-status", "draft") is True
    tiny = Memberships(terminology.systems, terminology.composing, most=9)
    assert await tiny.load_hierarchies([sample.URL]) == [sample.URL]


async def test_why_a_value_set_is_not_held_is_known(terminology: Terminology, shelf: Shelf) -> None:
    held = terminology.memberships
    faulty = shelf.put(value_set_of([filtered("wieght", "=", "3")], "http://example.no/faulty"))
    far = shelf.put(value_set_of([{"system": "http://example.no/nowhere"}], "http://example.no/far"))
    assert await held.load([faulty, far], manner()) == [faulty, far]
    assert held.unjudged(faulty).faulty
    assert "Did you mean 'weight'?" in held.unjudged(faulty).why
    assert not held.unjudged(far).faulty
    assert "http://example.no/nowhere is not known here" in held.unjudged(far).why
    shelf.put(value_set_of([filtered("weight", "=", "3")], faulty))
    assert await held.load([faulty], manner()) == []
    assert held.unjudged(faulty) == Unjudged()


async def test_units_are_judged_by_the_grammar_of_ucum_and_not_by_a_list(
    terminology: Terminology, shelf: Shelf, pool: asyncpg.Pool
) -> None:
    await herbs.load(pool, Release(ucum.URL, "2", "UCUM", "UCUM", [Concept("mg", "mg")], content="fragment"))
    asked = [Coded(code, ucum.URL) for code in ("mg", "kg.m2/s3", "mg/dL{x}", "bogus")]
    some = shelf.put(
        value_set_of([{"system": ucum.URL, "concept": [{"code": "mg"}]}], "http://example.no/some")
    )
    every = shelf.put(value_set_of([{"system": ucum.URL}], "http://example.no/every"))
    alone = await in_systems(terminology.systems, asked, manner())
    assert [one.result for one in alone] == [True, True, True, False]
    assert (
        alone[-1].message
        == "'bogus' is no unit of UCUM: it is neither listed nor put together by UCUM's grammar."
    )
    assert [one.result for one in await among(terminology, every, *asked)] == [True, True, True, False]
    assert [one.result for one in await among(terminology, some, *asked)] == [True, False, False, False]
