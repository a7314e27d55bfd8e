"""A code that is not there is refused, with the one that may be meant."""

import asyncpg
import pytest

from fellesjournal.errors import NotFound
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs
from terminology.conftest import manner, value_set_of

OWN = {
    "resourceType": "CodeSystem",
    "url": "http://example.no/own",
    "status": "active",
    "content": "complete",
    "concept": [{"code": "I21.9"}],
}


@pytest.fixture
async def service(terminology: Terminology, pool: asyncpg.Pool) -> Terminology:
    await herbs.load(pool, herbs.release())
    return terminology


@pytest.mark.parametrize("written", ["H1.1", "h11", "H 11", "h-1.1"])
async def test_a_code_that_is_written_otherwise_is_refused_and_the_right_one_is_named(
    service: Terminology, written: str
) -> None:
    says = f"There is no code '{written}' in Urter ({herbs.URL}|2026). Did you mean H11?"
    with pytest.raises(NotFound) as refused:
        await service.lookup(Coded(written, herbs.URL), manner())
    assert str(refused.value) == says
    [verdict] = await service.validate([Coded(written, herbs.URL)], manner())
    assert (verdict.result, verdict.message) == (False, says)
    with pytest.raises(NotFound) as refused:
        await service.subsumes(await service.system(herbs.URL), "H1", written)
    assert str(refused.value) == says


@pytest.mark.parametrize("written", ["H13", "H1X", "...", "", "H11 H12"])
async def test_a_code_that_is_only_similar_is_not_suggested(service: Terminology, written: str) -> None:
    [verdict] = await service.validate([Coded(written, herbs.URL)], manner())
    assert (verdict.result, verdict.message) == (
        False,
        f"There is no code '{written}' in Urter ({herbs.URL}|2026).",
    )


async def test_a_value_set_suggests_only_what_is_in_it(service: Terminology) -> None:
    mint = [{"system": herbs.URL, "concept": [{"code": "H11"}]}]
    whole = [{"system": herbs.URL}]
    for include, written, suggested in (
        (mint, "H1.1", " Did you mean H11?"),
        (mint, "H1.2", ""),
        (mint, "H12", ""),
        (whole, "H1.2", " Did you mean H12?"),
    ):
        composed = await service.value_set_of(value_set_of(include, "http://example.no/some"))
        [verdict] = await service.validate_among(composed, [Coded(written, herbs.URL)], manner())
        message = f"The code {herbs.URL}|{written} is not in http://example.no/some.{suggested}"
        assert (verdict.result, verdict.message) == (False, message)


async def test_a_whole_code_system_is_named_once(service: Terminology) -> None:
    url = f"{herbs.URL}?fhir_vs"
    [verdict] = await service.validate_among(
        await service.value_set(url), [Coded("H1.1", herbs.URL)], manner()
    )
    assert verdict.message == f"The code 'H1.1' is not in {url}. Did you mean H11?"


async def test_a_code_system_that_is_a_resource_suggests_too(service: Terminology) -> None:
    system = await service.system_of(OWN)
    [verdict] = await service.validate_in(system, [Coded("I219", "http://example.no/own")], manner())
    assert verdict.message == "There is no code 'I219' in http://example.no/own. Did you mean I21.9?"
