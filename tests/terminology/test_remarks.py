"""What there is to remark on codes: unknown, abstract, called otherwise, or of a system that cannot tell."""

from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest

from fellesjournal.fhir.ucum import URL as UCUM
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.remarks import Remark
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs, sample
from terminology.shelf import Shelf

OWN = {
    "resourceType": "CodeSystem",
    "url": "http://example.no/own",
    "status": "active",
    "concept": [{"code": "a"}],
}


async def unknown(service: Terminology, *asked: tuple[str, ...]) -> dict[str, str]:
    """What is said of the codes that are warned of as unknown."""
    said = await service.remarks([Coded(code, *rest) for code, *rest in asked])
    return {one.code: remark.text for one, remark in said.items() if remark.code == "code-invalid"}


async def remarked(service: Terminology, *asked: Coded, **also: Any) -> list[Remark]:
    return list((await service.remarks(asked, **also)).values())


async def test_a_code_of_no_release_is_unknown_and_one_of_any_is_not(terminology: Terminology) -> None:
    asked = [(code, sample.URL) for code in ("T1", "t1.21", "T9", "X", "T99")]
    says = f"There is no code 'T99' in any release here of Trollsykdommer ({sample.URL})."
    assert await unknown(terminology, *asked) == {"T99": says}


async def test_the_one_that_may_be_meant_is_named(terminology: Terminology, pool: asyncpg.Pool) -> None:
    await herbs.load(pool, herbs.release())
    says = f"There is no code 'H1.1' in Urter ({herbs.URL}|2026). Did you mean H11?"
    assert await unknown(terminology, ("H1.1", herbs.URL), ("H11", herbs.NAMED)) == {"H1.1": says}
    assert await unknown(terminology, ("H1.1", herbs.NAMED)) == {"H1.1": says}


@pytest.mark.parametrize("which", ["newest", "older"])
async def test_a_part_of_a_system_says_nothing(
    terminology: Terminology, pool: asyncpg.Pool, which: str
) -> None:
    newest, older = herbs.release(), herbs.older()
    if which == "newest":
        newest = replace(newest, content="fragment")
    else:
        older = replace(older, content="fragment")
    await herbs.load(pool, newest, older)
    assert await unknown(terminology, ("H99", herbs.URL)) == {}


async def test_of_a_release_that_is_not_here_nothing_is_known(terminology: Terminology) -> None:
    assert await unknown(terminology, ("T99", sample.URL, "1999")) == {}
    assert (await unknown(terminology, ("T99", sample.URL, "2025"))).keys() == {"T99"}


async def test_the_day_does_not_matter(terminology: Terminology, pool: asyncpg.Pool) -> None:
    await herbs.load(pool, replace(herbs.release(), valid_from=date(2999, 1, 1)))
    assert (await unknown(terminology, ("H11", herbs.URL), ("H99", herbs.URL))).keys() == {"H99"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"content": "complete"}, {"b"}),
        ({"content": "fragment"}, set()),
        ({"content": "not-present", "concept": []}, set()),
    ],
)
async def test_a_code_system_that_is_a_resource_counts_when_it_is_complete(
    terminology: Terminology, shelf: Shelf, more: dict[str, Any], told: set[str]
) -> None:
    url = shelf.put(OWN | more)
    assert (await unknown(terminology, ("a", url), ("b", url))).keys() == told


async def test_a_system_that_cannot_tell_is_told_of_once(terminology: Terminology) -> None:
    url = "http://example.no/elsewhere"
    [elsewhere] = await remarked(terminology, Coded("x", url), Coded("y", url))
    assert (elsewhere.about, elsewhere.severity) == ("system", "information")
    assert f"The code system {url} is not known here" in elsewhere.text
    [stub] = await remarked(terminology, Coded("22298006", "http://snomed.info/sct"))
    assert "without its codes" in stub.text
    [version] = await remarked(terminology, Coded("T1.1", sample.URL, "1999"))
    assert "loaded are 2027, 2026, 2025" in version.text
    assert await remarked(terminology) == []


async def test_of_a_code_that_is_not_in_the_part_that_is_here_that_is_said(
    terminology: Terminology, pool: asyncpg.Pool
) -> None:
    units = Release(UCUM, "2", "UCUM", "UCUM", [Concept("mg", "mg")], content="fragment")
    await herbs.load(pool, replace(herbs.release(), content="fragment"), units)
    asked = [Coded(code, herbs.URL) for code in ("H11", "H99")]
    asked += [Coded(code, UCUM) for code in ("mg", "10*3/uL", "milligrams")]
    said = await terminology.remarks(asked)
    assert {one.code: remark.severity for one, remark in said.items()} == {
        "H99": "information",
        "milligrams": "warning",
    }


async def test_a_display_that_no_release_knows_is_warned_of(terminology: Terminology) -> None:
    tail = "Brudd i hale"
    for display in ("", tail, "brudd  i HALE", "Halebrot", "Fracture of tail"):
        assert await remarked(terminology, Coded("T1.1", sample.URL, display=display)) == []
    [wrong] = await remarked(terminology, Coded("T1.1", sample.URL, display="Brudd i hode"))
    assert (wrong.about, wrong.severity) == ("display", "warning")
    assert wrong.text == f"{sample.URL}|T1.1 is called '{tail}', not 'Brudd i hode'."


async def test_a_name_of_another_release_is_right_unless_the_release_is_said(
    terminology: Terminology, pool: asyncpg.Pool
) -> None:
    renamed = replace(herbs.older(), concepts=[Concept("H11", "Grønnmynte")])
    await herbs.load(pool, renamed, herbs.release())
    assert await remarked(terminology, Coded("H11", herbs.URL, display="Grønnmynte")) == []
    [wrong] = await remarked(terminology, Coded("H11", herbs.URL, "2026", "Grønnmynte"))
    assert "is called 'Mynte'" in wrong.text


async def test_a_code_without_a_name_may_be_called_anything(terminology: Terminology, shelf: Shelf) -> None:
    url = shelf.put(OWN | {"content": "complete"})
    assert await remarked(terminology, Coded("a", url, display="Anything")) == []


async def test_a_code_that_only_groups_is_warned_of_where_it_is_used(terminology: Terminology) -> None:
    [warned] = await remarked(terminology, Coded("T1", sample.URL, display="Anything"))
    assert (warned.about, warned.code, warned.severity) == ("code", "business-rule", "warning")
    assert "only groups others" in warned.text
    assert await remarked(terminology, Coded("T1", sample.URL), abstract=True) == []
