"""Helsedirektoratet's download format and the laboratory code system."""

import json
from datetime import date
from typing import Any

import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release
from fellesjournal.terminology.sources import helsedirektoratet, icd10, nlk


def _row(code: str | None, text: str | None, above: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "Kode": code,
        "Tekst_med_maksimalt_60_tegn": text,
        "Tekst_uten_lengdebegrensning": text,
        "Foreldrekode": above,
        "Foreldrekodetekst": None,
        "Gyldig_fra": "1999-01-01T00:00:00",
        "Gyldig_til": None,
        **more,
    }


def _icd10(*rows: dict[str, Any]) -> Release:
    content = json.dumps(rows, ensure_ascii=False).encode()
    return helsedirektoratet.release([helsedirektoratet.from_json(content, "icd10.json")], "icd-10", "2026")


HEADING = {"Tekst_med_maksimalt_60_tegn": None}


def test_hierarchy_dates_and_further_columns_are_kept() -> None:
    release = _icd10(
        _row("X", "Kapittel", **HEADING),
        _row("J09-J18", "Oppdiktet blokk", "X", **HEADING),
        _row("J18", "Oppdiktet kategori", "J09-J18"),
        _row(
            "J18.9",
            "Oppdiktet lungesykdom, uten nærmere angivelse",
            "J18",
            Tekst_med_maksimalt_60_tegn="Oppdiktet lungesykdom UNA",
            Gyldig_til="2026-12-31T00:00:00",
            Rapporteres_til_NPR="Ja",
            Kjønn=None,
            Ny_kolonne="verdi",
        ),
    )
    assert (release.url, release.version, release.source) == (icd10.URL, "2026", "icd10.json")
    chapter, block, category, code = release.concepts
    assert (chapter.abstract, block.abstract, category.abstract) == (True, True, False)
    assert (block.parents, category.parents) == (("X",), ("J09-J18",))
    assert code == Concept(
        "J189",
        "Oppdiktet lungesykdom, uten nærmere angivelse",
        ("J18",),
        designations=(Designation("nb", "short", "Oppdiktet lungesykdom UNA"),),
        properties=(
            Property("dotted", "string", "J18.9"),
            Property("Rapporteres_til_NPR", "string", "Ja"),
            Property("Ny_kolonne", "string", "verdi"),
        ),
        valid_from=date(1999, 1, 1),
        valid_to=date(2026, 12, 31),
    )


def test_a_code_with_two_periods_is_one_concept_with_the_later_text() -> None:
    old = _row("A00", "Gammelt navn", Gyldig_til="2010-12-31T00:00:00")
    new = _row("A00", "Nytt navn", "I", Gyldig_fra="2011-01-01T00:00:00")
    for rows in ((old, new), (new, old)):
        (one,) = _icd10(*rows).concepts
        assert (one.display, one.parents, one.valid_from, one.valid_to) == (
            "Nytt navn",
            ("I",),
            date(1999, 1, 1),
            None,
        )
        assert one.designations == (Designation("nb", "synonym", "Gammelt navn"),)


def test_a_row_may_end_on_the_day_that_the_next_begins_and_the_day_is_the_later_ones() -> None:
    old = _row("A00", "Gammelt navn", "I", Gyldig_til="2011-01-01")
    new = _row("A00", "Nytt navn", "II", Gyldig_fra="2011-01-01", Gyldig_til="2012-01-01")
    newest = _row("A00", "Nyeste navn", "III", Gyldig_fra="2012-01-01")
    for rows in ((old, new, newest), (newest, old, new)):
        (one,) = _icd10(*rows).concepts
        assert (one.display, one.parents, one.valid_from, one.valid_to) == (
            "Nyeste navn",
            ("III",),
            date(1999, 1, 1),
            None,
        )


def test_two_periods_that_have_ended_end_with_the_later() -> None:
    (one,) = _icd10(
        _row("A00", "Navn", Gyldig_til="2010-12-31"),
        _row("A00", "Navn", Gyldig_fra="2011-01-01", Gyldig_til="2012-12-31"),
    ).concepts
    assert (one.valid_from, one.valid_to, one.designations) == (date(1999, 1, 1), date(2012, 12, 31), ())


def test_procedures_come_in_several_files_and_keep_their_codes_as_written() -> None:
    first, second = (json.dumps([row]).encode() for row in (_row("AAA00", "Inngrep"), _row("ZX1.2", "Annet")))
    tables = [
        helsedirektoratet.from_json(first, "ncsp.json"),
        helsedirektoratet.from_json(second, "ncmp.json"),
    ]
    release = helsedirektoratet.release(tables, "nkpk", "2026")
    assert release.source == "ncsp.json, ncmp.json"
    assert release.url == "urn:oid:2.16.578.1.12.4.1.1.7275"
    assert [one.code for one in release.concepts] == ["AAA00", "ZX1.2"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"Gyldig_til": "2010-12-31"}, {"Gyldig_fra": "2010-12-30"}),
        ({"Gyldig_til": "1999-01-01"}, {}),
        ({"Gyldig_fra": "2005-01-01", "Gyldig_til": "2006-01-01"}, {"Gyldig_fra": None}),
    ],
)
def test_two_rows_of_a_code_on_the_same_days_are_refused(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    with pytest.raises(Unprocessable) as refused:
        list(_icd10(_row("A00", "Navn", **first), _row("A00", "Navn", **second)).concepts)
    assert [issue.diagnostics for issue in refused.value.issues] == [
        "icd10.json, entry 2: the code A00 is valid on the same days in icd10.json, entry 1."
    ]


def test_the_same_row_in_two_files_is_one_and_another_is_refused() -> None:
    def concepts(second: dict[str, Any]) -> list[Concept]:
        contents = [json.dumps([row]).encode() for row in (_row("A", "Kapittel"), second)]
        tables = [
            helsedirektoratet.from_json(content, f"{number}.json") for number, content in enumerate(contents)
        ]
        return list(helsedirektoratet.release(tables, "nkpk", "2026").concepts)

    assert [one.code for one in concepts(_row("A", "Kapittel"))] == ["A"]
    with pytest.raises(Unprocessable, match=r"1\.json, entry 1: the code A .* in 0\.json, entry 1"):
        concepts(_row("A", "Noe annet"))


def test_every_faulty_entry_is_told_of() -> None:
    lacking = _row("A02", "tekst")
    del lacking["Foreldrekode"], lacking["Gyldig_til"]
    release = _icd10(
        _row("A00", "god"), _row("A01", None), _row(None, "x"), lacking, _row("A03", "x", Gyldig_fra="i fjor")
    )
    with pytest.raises(Unprocessable) as refused:
        list(release.concepts)
    assert [issue.diagnostics for issue in refused.value.issues] == [
        "icd10.json, entry 2: the code A01 has no text.",
        "icd10.json, entry 3: it has no code.",
        "icd10.json, entry 4: it has no Foreldrekode, Gyldig_til.",
        "icd10.json, entry 5: i fjor is not a date.",
    ]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'[{"Kode": 1}]', b"\xff\xfe"])
def test_what_is_no_list_of_rows_is_refused(content: bytes) -> None:
    with pytest.raises(Unprocessable, match=r"f\.json: it is no list of rows with texts"):
        helsedirektoratet.from_json(content, "f.json")


def test_the_same_columns_as_csv() -> None:
    lines = (
        "\ufeffKode;Tekst_uten_lengdebegrensning;Foreldrekode;Gyldig_fra;Gyldig_til;Kodeverk\n".encode(),
        b"AAA;Oppdiktet inngrep;;01.01.2020;;NCSP\n",
        b"AAA00;Finere inngrep;AAA;01.01.2020;31.12.2025;NCSP\n",
    )
    _, fine = helsedirektoratet.release(
        [helsedirektoratet.from_csv(lines, "nkpk.csv")], "nkpk", "2026"
    ).concepts
    assert fine == Concept(
        "AAA00",
        "Finere inngrep",
        ("AAA",),
        properties=(Property("Kodeverk", "string", "NCSP"),),
        valid_from=date(2020, 1, 1),
        valid_to=date(2025, 12, 31),
    )


NLK_HEAD = (
    "kode,gyldig_fra,gyldig_til,erstattes_av,endringsdato,norsk_bruksnavn,kodedefinisjon,komponent,"
    "komponent_spesifikasjon,system,system_spesifikasjon,egenskapsart,egenskapsart_spesifikasjon,enhet,"
    "primært_fagområde,sekundært_fagområde,gruppering"
)


def test_laboratory_codes_with_their_parts() -> None:
    lines = (
        f"{NLK_HEAD}\n".encode(),
        "NOR00001,2014-01-01 ,,,,P-Oppdiktet,P—Oppdiktet; stoffk. = ? mmol/L,Oppdiktet,,P,,stoffk.,,mmol/L,"
        "Medisinsk biokjemi,,\n".encode(),
        "NPU00002,2014-01-01,2020-12-31,NOR00001,,P-Utgått,,,,,,,,,Medisinsk biokjemi,,\n".encode(),
    )
    one, gone = nlk.release(lines, "7280.99", "nlk.csv").concepts
    assert one == Concept(
        "NOR00001",
        "P-Oppdiktet",
        definition="P—Oppdiktet; stoffk. = ? mmol/L",
        properties=(
            Property("komponent", "string", "Oppdiktet"),
            Property("system", "string", "P"),
            Property("egenskapsart", "string", "stoffk."),
            Property("enhet", "string", "mmol/L"),
            Property("primært_fagområde", "string", "Medisinsk biokjemi"),
        ),
        valid_from=date(2014, 1, 1),
    )
    assert gone.valid_to == date(2020, 12, 31)
    assert gone.properties[0] == Property("erstattes_av", "code", "NOR00001")


def test_laboratory_columns_may_be_headed_as_people_write() -> None:
    lines = (
        b"Kode;Gyldig fra;Gyldig til;Norsk bruksnavn;Noe nytt\n",
        b"N1;2014-01-01;;P-Navn;x\n",
    )
    (one,) = nlk.release(lines, "7280.99", "nlk.csv").concepts
    assert (one.code, one.display) == ("N1", "P-Navn")


def test_faulty_laboratory_codes_are_told_of() -> None:
    lines = (b"kode,gyldig_fra,gyldig_til,norsk_bruksnavn\n", b"N1,x,,Navn\n", b"N2,,,\n", b",,,Navn\n")
    with pytest.raises(Unprocessable) as refused:
        list(nlk.release(lines, "1", "nlk.csv").concepts)
    assert [issue.diagnostics for issue in refused.value.issues] == [
        "nlk.csv, line 2: N1: x is not a date.",
        "nlk.csv, line 3: it has no code or no name.",
        "nlk.csv, line 4: it has no code or no name.",
    ]
    with pytest.raises(Unprocessable, match=r"nlk\.csv: the column norsk_bruksnavn is missing"):
        list(nlk.release((b"kode,gyldig_fra,gyldig_til\n",), "1", "nlk.csv").concepts)
