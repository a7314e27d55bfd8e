"""$lookup, $validate-code and $subsumes of a code system, by release and by day."""

import asyncio
from datetime import date
from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import NotFound, Unprocessable
from fellesjournal.terminology import languages
from fellesjournal.terminology.coded import Coded, Verdict
from fellesjournal.terminology.lookup import Looked
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.terminology import Terminology
from terminology import sample
from terminology.conftest import manner
from terminology.filling import fill
from terminology.shelf import Shelf

LAST_YEAR = date(2025, 6, 1)


async def looked(service: Terminology, code: str, version: str = "", day: date | None = None) -> Looked:
    return await service.lookup(Coded(code, sample.URL, version), manner(day), children=True)


async def validated(service: Terminology, code: str, **also: Any) -> Verdict:
    coded = Coded(code, sample.URL, also.pop("version", ""), also.pop("display", ""))
    return (await service.validate([coded], manner(also.pop("day", None), **also)))[0]


async def test_a_code_is_looked_up_with_all_there_is_about_it(terminology: Terminology) -> None:
    found = await looked(terminology, "T1.2")
    assert (found.about.version, found.concept.display) == ("2026", "Brudd i hode")
    assert (found.concept.parents, found.children) == (("T1",), ["T1.21", "T1.22"])
    assert not found.inactive
    above = await looked(terminology, "T1")
    assert above.concept.definition == "Noe er brukket"
    assert [one.text for one in above.concept.designations] == ["Brot", "Fracture", "Fracture-aktig"]
    assert (await looked(terminology, "T1.22")).concept.parents == ("T1.2", "T2")


async def test_the_release_in_force_answers_and_none_that_is_still_to_come(terminology: Terminology) -> None:
    assert (await looked(terminology, "T1")).concept.display == "Brudd"
    assert (await looked(terminology, "T1", day=LAST_YEAR)).concept.display == "Knekk"
    assert (await looked(terminology, "T1", "2025")).concept.display == "Knekk"
    assert (await looked(terminology, "X", "2027")).about.version == "2027"
    assert (await looked(terminology, "X", day=date(2027, 1, 1))).about.version == "2027"
    with pytest.raises(NotFound, match=r"no code .X. in Trollsykdommer \(http://example.no/troll\|2026\)"):
        await looked(terminology, "X")


async def test_a_code_that_is_gone_is_found_in_the_last_release_that_had_it(terminology: Terminology) -> None:
    gone = await looked(terminology, "T9")
    assert (gone.about.version, gone.inactive, gone.until) == ("2025", True, date(2025, 12, 31))
    assert gone.concept.display == "Ettersmak av bukk"
    assert not (await looked(terminology, "T9", day=LAST_YEAR)).inactive
    with pytest.raises(NotFound):
        await looked(terminology, "T9", "2026")


async def test_a_code_past_its_own_dates_is_inactive_and_says_until_when(terminology: Terminology) -> None:
    past = await looked(terminology, "T2.1")
    assert (past.inactive, past.until) == (True, date(2025, 12, 31))
    assert (await looked(terminology, "T1.22")).inactive


@pytest.mark.parametrize(
    ("system", "version", "day", "says"),
    [
        ("http://example.no/none", "", None, "not known here"),
        (sample.URL, "1999", None, "loaded are 2027, 2026, 2025"),
        (sample.URL, "", date(2020, 1, 1), "the first that is loaded, 2025, is from 2025-01-01"),
        (sample.URL, "2026", None, "no code 'T99'"),
    ],
)
async def test_what_is_not_here_is_told_with_what_is(
    terminology: Terminology, system: str, version: str, day: date | None, says: str
) -> None:
    with pytest.raises(NotFound, match=says):
        await terminology.lookup(Coded("T99", system, version), manner(day))


async def test_capitals_do_not_matter_where_the_system_says_so(terminology: Terminology) -> None:
    assert (await looked(terminology, "t1.21")).concept.code == "T1.21"
    assert (await looked(terminology, "t1.21")).concept.code == "T1.21"
    assert (await validated(terminology, "t9", day=LAST_YEAR)).result
    assert await terminology.subsumes(await terminology.system(sample.URL), "t1", "T1") == "equivalent"


async def test_a_code_is_valid_by_the_day_it_was_used(terminology: Terminology) -> None:
    assert (await validated(terminology, "T1.1")).result
    for code in ("T9", "T2.1"):
        verdict = await validated(terminology, code)
        assert not verdict.result
        assert "2025-12-31" in verdict.message
    assert (await validated(terminology, "T9", day=LAST_YEAR)).result
    assert (await validated(terminology, "T9", version="2025")).result
    assert not (await validated(terminology, "T99")).result
    inactive = await validated(terminology, "T1.22")
    assert inactive.result
    assert "is inactive" in inactive.message


async def test_the_display_is_checked_against_every_text_of_the_code(terminology: Terminology) -> None:
    for display in ("Brudd i hale", "brudd  I HALE", "Halebrot", "Fracture of tail"):
        assert (await validated(terminology, "T1.1", display=display)).result
    wrong = await validated(terminology, "T1.1", display="Brudd i hode")
    assert (wrong.result, wrong.display) == (False, "Brudd i hale")
    assert "is called 'Brudd i hale', not 'Brudd i hode'" in wrong.message
    english = await validated(terminology, "T1.1", languages=("en-GB",))
    assert english.display == "Fracture of tail"


async def test_a_code_that_only_groups_can_be_refused(terminology: Terminology) -> None:
    assert (await validated(terminology, "T1")).result
    refused = await validated(terminology, "T1", abstract=False)
    assert not refused.result
    assert "only groups others" in refused.message


async def test_many_codes_are_validated_in_one_go_and_in_order(terminology: Terminology) -> None:
    asked = [Coded(code, sample.URL) for code in ("T1", "nope", "T1.1", "T9", "T1")]
    verdicts = await terminology.validate(asked, manner())
    assert [one.result for one in verdicts] == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [
        ("T1", "T1", "equivalent"),
        ("T", "T1.21", "subsumes"),
        ("T2", "T1.22", "subsumes"),
        ("T1.21", "T1", "subsumed-by"),
        ("T1", "T2", "not-subsumed"),
        ("T2", "T1.21", "not-subsumed"),
    ],
)
async def test_subsumption(terminology: Terminology, a: str, b: str, outcome: str) -> None:
    assert await terminology.subsumes(await terminology.system(sample.URL), a, b) == outcome


async def test_subsumption_needs_both_codes(terminology: Terminology) -> None:
    with pytest.raises(NotFound, match="no code 'nope'"):
        await terminology.subsumes(await terminology.system(sample.URL), "T", "nope")


async def test_a_release_that_is_loaded_later_is_noticed(
    terminology: Terminology, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await looked(terminology, "T1")).about.version == "2026"
    monkeypatch.setattr("fellesjournal.terminology.releases.EVERY", 0.0)
    release = sample.older()
    release.version, release.valid_from = "2026-2", date(2026, 5, 1)
    await fill(pool, release)
    assert (await looked(terminology, "T1")).about.version == "2026-2"
    await pool.execute("update code_system set loaded = null where version = '2026-2'")
    answers = await asyncio.gather(*(looked(terminology, "T1") for _ in range(5)))
    assert {one.about.version for one in answers} == {"2026"}


async def test_fhirs_own_code_systems_are_known(terminology: Terminology) -> None:
    gender = await terminology.lookup(Coded("female", "http://hl7.org/fhir/administrative-gender"), manner())
    assert (gender.concept.display, gender.about.version) == ("Female", "4.0.1")
    roles = await terminology.system("http://terminology.hl7.org/CodeSystem/v3-RoleCode")
    assert await terminology.subsumes(roles, "FAMMEMB", "MTH") == "subsumes"


def code_system(*concepts: dict[str, Any], **also: Any) -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "url": "http://example.no/own",
        "status": "active",
        "content": "complete",
        "concept": list(concepts),
        **also,
    }


async def test_a_code_system_that_is_a_resource_answers_from_memory(
    terminology: Terminology, shelf: Shelf
) -> None:
    nested = {
        "code": "a",
        "display": "A",
        "concept": [{"code": "b", "concept": [{"code": "c", "display": "C"}]}],
    }
    retired = {
        "code": "d",
        "property": [{"code": "status", "valueCode": "retired"}, {"code": "parent", "valueCode": "a"}],
    }
    url = shelf.put(code_system(nested, retired))
    system = await terminology.system(url)
    assert await terminology.subsumes(system, "a", "c") == "subsumes"
    assert await terminology.subsumes(system, "d", "a") == "subsumed-by"
    assert await system.children("a") == ["b", "d"]
    assert (await terminology.lookup(Coded("d", url), manner())).inactive
    shelf.put(code_system({"code": "e"}))
    [before, now] = await terminology.validate([Coded("a", url), Coded("e", url)], manner())
    assert (before.result, now.result) == (False, True)


async def test_a_hierarchy_that_goes_in_a_circle_is_refused(terminology: Terminology, shelf: Shelf) -> None:
    circle = [
        {"code": one, "property": [{"code": "parent", "valueCode": parent}]}
        for one, parent in ("ab", "bc", "ca")
    ]
    url = shelf.put(code_system(*circle))
    with pytest.raises(Unprocessable, match="goes in a circle: a below b below c below a"):
        await terminology.system(url)


async def test_a_code_system_without_its_codes_is_not_here(terminology: Terminology, shelf: Shelf) -> None:
    url = shelf.put(code_system(content="not-present"))
    with pytest.raises(NotFound, match="without its codes"):
        await terminology.system(url)


def test_languages_are_read_as_browsers_send_them() -> None:
    assert languages.wanted("nb") == ("nb",)
    assert languages.wanted("en;q=0.5, nn, nb;q=0.9,*;q=0.1, de;q=0") == ("nn", "nb", "en")
    concept = Concept("T", "Brudd", designations=sample.concepts()[1].designations)
    shown = {
        tags: languages.display(concept, "nb", tags) for tags in (("nn",), ("no",), ("en-GB",), ("de", "en"))
    }
    assert list(shown.values()) == ["Brot", "Brudd", "Fracture", "Fracture"]
    assert languages.display(concept, "nb", ("de",)) == "Brudd"
