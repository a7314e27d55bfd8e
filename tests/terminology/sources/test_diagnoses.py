"""ICD-10 and ICPC-2 from the npm package: hierarchies that are rebuilt from the codes."""

import json
from datetime import date
from itertools import pairwise

import pytest

from conftest import ROOT
from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Property, Release
from fellesjournal.terminology.sources import icd10, icpc2

PACKAGE = ROOT / "node_modules" / "@navikt" / "diagnosekoder"


def _file(*pairs: tuple[str, str]) -> bytes:
    return json.dumps([{"code": code, "text": text} for code, text in pairs]).encode()


def _by_code(release: Release) -> dict[str, Concept]:
    return {one.code: one for one in release.concepts}


def _icd10(*pairs: tuple[str, str]) -> dict[str, Concept]:
    return _by_code(icd10.release(_file(*pairs), "1.2026.0", "ICD10.json"))


def _icpc2(*pairs: tuple[str, str]) -> dict[str, Concept]:
    return _by_code(icpc2.release(_file(*pairs), "1.2026.0", "ICPC2.json"))


def test_the_year_is_the_version() -> None:
    release = icd10.release(_file(), "1.2026.0", "x")
    assert (release.version, release.valid_from, release.url) == ("2026", date(2026, 1, 1), icd10.URL)
    with pytest.raises(Unprocessable, match="the package's version 2 does not name a year"):
        icpc2.release(_file(), "2", "x")


def test_groups_without_text_are_made_and_marked() -> None:
    found = _icd10(("J1890", " Oppdiktet  lungesykdom "))
    assert found["J1890"] == Concept(
        "J1890", "Oppdiktet lungesykdom", ("J189",), properties=(Property("dotted", "string", "J18.90"),)
    )
    assert found["J189"] == Concept(
        "J189",
        "Gruppe J18.9",
        ("J18",),
        properties=(Property("dotted", "string", "J18.9"), Property("text-missing", "boolean", "true")),
        abstract=True,
    )
    assert (found["J18"].parents, found["J18"].abstract) == (("X",), True)
    assert found["X"].display == "Sykdommer i luftveiene (J00–J99)"


def test_a_group_with_a_text_keeps_it() -> None:
    found = _icd10(("A46", "Rosen"), ("A461", "Rosen i ansikt"))
    assert (found["A46"].display, found["A46"].abstract, found["A461"].parents) == ("Rosen", False, ("A46",))


@pytest.mark.parametrize(
    ("code", "chapter"),
    [
        ("D489", "II"),
        ("D500", "III"),
        ("H599", "VII"),
        ("H600", "VIII"),
        ("T4n", "XIX"),
        ("V0n0a", "XX"),
        ("W2s", "XX"),
        ("U071", "XXII"),
    ],
)
def test_the_chapter_is_in_the_number(code: str, chapter: str) -> None:
    assert icd10.chapter_of(code) == chapter


@pytest.mark.parametrize("code", ["D49", "H96", "P97", "J1", "?00", "Å00"])
def test_a_code_outside_every_chapter_is_refused(code: str) -> None:
    with pytest.raises(Unprocessable, match=r"ICD10\.json: no chapter of ICD-10 has the code"):
        _icd10((code, "tekst"))


def test_chapters_do_not_overlap() -> None:
    ends = sorted((one.first, one.last) for one in icd10.CHAPTERS)
    assert all(first <= last for first, last in ends)
    assert all(before[1] < after[0] for before, after in pairwise(ends))
    assert len(ends) == 22


def test_icpc2_has_chapters_and_components() -> None:
    found = _icpc2(
        ("R05", "Hoste"), ("R96", "Astma"), ("A98", "Helseopplysning"), ("A981", "Finere"), ("A191", "Alene")
    )
    assert found["R05"].parents == ("R01-R29",)
    assert found["R05"].properties == (Property("component", "code", "symptom"),)
    assert found["R96"].parents == ("R70-R99",)
    assert found["R70-R99"].parents == ("R",)
    assert (found["R"].display, found["R"].abstract) == ("Luftveier", True)
    assert found["A981"].parents == ("A98",)
    assert found["A191"].parents == ("A01-A29",)


@pytest.mark.parametrize("code", ["E01", "R30", "R69", "R00", "Rxx", "", "5"])
def test_a_code_that_icpc2_does_not_have_is_refused(code: str) -> None:
    with pytest.raises(Unprocessable, match=r"ICPC2\.json: no chapter of ICPC-2 has the code"):
        _icpc2((code, "tekst"))


@pytest.mark.parametrize("content", [b"{}", b"[1]", b'[{"code":"A"}]', b"\xff", b""])
def test_what_is_no_list_of_codes_is_refused(content: bytes) -> None:
    with pytest.raises(Unprocessable, match=r"x: it is no list of codes and texts"):
        icd10.release(content, "1.2026.0", "x")


def test_every_code_of_the_package_has_a_chapter_above_it() -> None:
    for system, name in ((icd10, "ICD10.json"), (icpc2, "ICPC2.json")):
        content = (PACKAGE / "lib" / name).read_bytes()
        found = _by_code(system.release(content, "1.2026.0", name))
        codes = {pair["code"] for pair in json.loads(content)}
        assert codes <= found.keys()
        tops = set(icpc2.CHAPTERS) | {one.number for one in icd10.CHAPTERS}
        for code in codes:
            above = code
            while found[above].parents:
                (above,) = found[above].parents
            assert above in tops
