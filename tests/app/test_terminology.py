"""Code systems from files: what set-up loads, what an operator adds, and the page that tells of both."""

import asyncio
import json
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.first_start import started_before
from app.processes import data_folder, environment_for, fellesjournal
from conftest import ROOT
from fellesjournal.app import code_system_files, demonstration, settings, terminology
from fellesjournal.app.code_system_files import KINDS
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Conflict, Unprocessable
from fellesjournal.fhir import ucum
from fellesjournal.plumbing import database, embedded
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.terminology.loading import Listed
from fellesjournal.terminology.sources import currencies, icd10, icpc2, loinc, time_zones

PAGE = ROOT / "docs" / "terminology.md"

PLANTS = {
    "resourceType": "CodeSystem",
    "url": "http://example.org/plants",
    "version": "1",
    "content": "complete",
    "title": "Planter",
    "concept": [{"code": "m", "display": "Mose", "concept": [{"code": "t", "display": "Torvmose"}]}],
}


def _plants(folder: Path, **more: Any) -> Path:
    file = folder / "plants.json"
    file.write_text(json.dumps(PLANTS | more))
    return file


def _ignore(title: str, concepts: int) -> None:
    """Nobody watches."""


async def test_set_up_loads_everything_once_and_the_page_tells_of_it(write_docs: bool) -> None:
    """The first start of the demo has loaded them."""
    told: list[tuple[str, int]] = []
    with started_before() as (data, _), embedded.running(data / "demo") as url:
        listed = await asyncio.to_thread(terminology.listed, url)
        again = await asyncio.to_thread(
            terminology.load, settings.read({}), url, lambda title, count: told.append((title, count))
        )
        connection = await database.connect(url)
        concepts = await connection.fetchval("select count(*) from concept")
        await connection.close()
    assert again.outcomes == Counter(unchanged=len(listed))
    assert sum(one.concepts for one in listed) == again.concepts == concepts
    assert told[0] == ("ICD-10, norsk utgave", 0)
    assert [count for _, count in told] == sorted(count for _, count in told)
    page = _page(listed)
    if write_docs:
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `bin/test --write-docs tests/app/test_terminology.py`"


async def test_set_up_replaces_what_an_earlier_program_made_of_the_same_package(
    database_url: str, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = settings.read({})
    releases = list(terminology.set_up(chosen))[3:4]
    monkeypatch.setattr(terminology, "set_up", lambda chosen: releases)
    first = await asyncio.to_thread(terminology.load, chosen, database_url, _ignore)
    assert first.outcomes == {"loaded": 1}
    releases[0].title = "LOINC, som vi nå kaller det"
    report = await asyncio.to_thread(terminology.load, chosen, database_url, _ignore)
    assert report.outcomes == {"replaced": 1}
    assert await pool.fetchval("select title from code_system") == "LOINC, som vi nå kaller det"


async def test_set_up_leaves_alone_what_an_operator_has_put_in_its_place(
    tmp_path: Path, database_url: str, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = list(terminology.set_up(settings.read({})))[3:4]
    monkeypatch.setattr(terminology, "set_up", lambda chosen: releases)
    await asyncio.to_thread(terminology.load, Settings(), database_url, _ignore)
    file = _plants(tmp_path, url=releases[0].url, version=releases[0].version)

    def add() -> None:
        terminology.add(database_url, "fhir", [file], replace_=True, progress=_ignore)

    await asyncio.to_thread(add)
    report = await asyncio.to_thread(terminology.load, Settings(), database_url, _ignore)
    assert (report.outcomes, report.concepts) == ({"kept": 1}, 2)
    assert await pool.fetchval("select source from code_system") == "plants.json"


def test_set_up_says_which_package_is_missing(tmp_path: Path) -> None:
    chosen = Settings(diagnoses=tmp_path / "nowhere")
    with pytest.raises(Trouble, match=r"there is no .*nowhere/package\.json\. Install them with `npm ci`"):
        next(terminology.set_up(chosen))


async def test_an_operator_adds_a_release_beside_the_earlier_one(tmp_path: Path, database_url: str) -> None:
    def add(**more: Any) -> Counter[str]:
        file = _plants(tmp_path, **more)
        since = date(2026, 1, 1) if more else None
        return terminology.add(database_url, "fhir", [file], valid_from=since, progress=_ignore).outcomes

    assert await asyncio.to_thread(add) == {"loaded": 1}
    assert await asyncio.to_thread(add) == {"unchanged": 1}
    assert await asyncio.to_thread(add, version="2") == {"loaded": 1}
    with pytest.raises(Conflict, match=r"another content: give the content of plants\.json its own version"):
        await asyncio.to_thread(add, version="2", title="Noe annet")
    listed = await asyncio.to_thread(terminology.listed, database_url)
    assert [(one.version, one.valid_from, one.title) for one in listed] == [
        ("2", "2026-01-01", "Planter"),
        ("1", "", "Planter"),
    ]


def _named(name: str, folder: Path, content: str = "") -> Path:
    file = folder / name
    file.write_text(content)
    return file


NLK = "kode,gyldig_fra,gyldig_til,norsk_bruksnavn\nN1,2020-01-01,,Navn\n"
PROCEDURES = (
    '[{"Kode":"A","Tekst_uten_lengdebegrensning":"x","Foreldrekode":"","Gyldig_fra":"","Gyldig_til":""}]'
)
PROCEDURES_AS_CSV = "Kode;Tekst_uten_lengdebegrensning;Foreldrekode;Gyldig_fra;Gyldig_til\nA;x;;;\n"
FEST = (
    "<FEST><HentetDato>2026-09-08T00:00:00</HentetDato><OppfVirkestoff><Id>1</Id><Virkestoff><Id>ID_1</Id>"
    "<Navn>Oppdiktol</Navn></Virkestoff></OppfVirkestoff></FEST>"
)


@pytest.mark.parametrize(
    ("kind", "name", "content", "codes", "version"),
    [
        ("nlk", "nlk.csv", NLK, ["N1"], "7"),
        ("nkpk", "nkpk.json", PROCEDURES, ["A"], "7"),
        ("nkpk", "nkpk.csv", PROCEDURES_AS_CSV, ["A"], "7"),
        ("icd-10", "icd10.json", PROCEDURES, ["A"], "7"),
        ("icpc-2", "icpc2.json", PROCEDURES, ["A"], "7"),
        ("fest", "fest251.xml", FEST, ["ID_1"], "7"),
        ("fhir", "plants.json", json.dumps(PLANTS), ["m", "t"], "1"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_each_kind_is_read_from_a_file_and_from_a_zip(
    kind: str, name: str, content: str, codes: list[str], version: str, packed: bool, tmp_path: Path
) -> None:
    path = _named(name, tmp_path, content)
    if packed:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.write(path, f"folder/{name}")
        path = tmp_path / "all.zip"
    release = code_system_files.read(kind, [path], "7", date(2026, 1, 1))
    assert [one.code for one in release.concepts] == codes
    assert (release.version, release.valid_from, release.source) == (version, date(2026, 1, 1), name)


def test_fest_tells_its_own_version(tmp_path: Path) -> None:
    release = code_system_files.read("fest", [_named("fest251.xml", tmp_path, FEST)], "", None)
    assert (release.version, release.valid_from) == ("2026-09-08", date(2026, 9, 8))


SNOMED = {
    "Terminology/sct2_Concept_Snapshot_NO1000202_20260415.txt": ("id active", "10 1"),
    "Terminology/sct2_Description_Snapshot-no_NO1000202_20260415.txt": (
        "id active conceptId languageCode typeId term",
        "1 1 10 no 900000000000013009 ting",
    ),
    "Terminology/sct2_Relationship_Snapshot_NO1000202_20260415.txt": (
        "active sourceId destinationId typeId characteristicTypeId",
    ),
    "Terminology/sct2_StatedRelationship_Snapshot_NO1000202_20260415.txt": ("not read",),
    "Refset/der2_cRefset_LanguageSnapshot-no_NO1000202_20260415.txt": (
        "active refsetId referencedComponentId acceptabilityId",
    ),
}


def _snomed(folder: Path) -> Path:
    for name, lines in SNOMED.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(line.replace(" ", "\t") + "\n" for line in lines))
    return folder


def test_snomed_is_read_from_the_folder_of_a_release(tmp_path: Path) -> None:
    release = code_system_files.read("snomed", [_snomed(tmp_path)], "", None)
    assert release.version == "http://snomed.info/sct/51000202101/version/20260415"
    assert [(one.code, one.display) for one in release.concepts] == [("10", "ting")]


def test_loinc_is_read_with_its_groups_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "LoincTable").mkdir()
    _named("LoincTable/Loinc.csv", tmp_path, "LOINC_NUM,COMPONENT,LONG_COMMON_NAME,STATUS\n1-8,a,b,ACTIVE\n")
    assert len(list(code_system_files.read("loinc", [tmp_path], "2.99", None).concepts)) == 1
    _named("ComponentHierarchyBySystem.csv", tmp_path, "IMMEDIATE_PARENT,CODE,CODE_TEXT\n,LP1,x\nLP1,1-8,b\n")
    assert len(list(code_system_files.read("loinc", [tmp_path], "2.99", None).concepts)) == 2


def _two_files(folder: Path) -> list[Path]:
    return [_named("a.csv", folder, NLK), _named("b.csv", folder, NLK)]


@pytest.mark.parametrize(
    ("kind", "paths", "version", "sentence"),
    [
        ("nlkk", _two_files, "1", r"There is no kind of code system nlkk; there are: icd-10, icpc-2, "),
        ("nlk", _two_files, "1", r"One file is read at a time, and these are 2: a\.csv, b\.csv\."),
        ("nlk", lambda f: [f / "x.csv"], "1", r"There is no file or folder .*x\.csv\."),
        (
            "nlk",
            lambda f: [_named("a.csv", f)],
            "",
            r"a\.csv does not tell its version: name it with --version",
        ),
        ("nlk", lambda f: [_named("a.zip", f, "x")], "1", r"a\.zip cannot be unpacked: it is no zip file"),
        ("fhir", lambda f: [_named("a.json", f, "[]")], "1", r"a\.json is no JSON object: "),
        ("loinc", _two_files, "1", r"There is no Loinc\.csv among the files: a\.csv, b\.csv\."),
        ("snomed", _two_files, "1", r"There is no file with _Concept_Snapshot or _Description_Snapshot or "),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    kind: str, paths: Callable[[Path], list[Path]], version: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(Trouble, match=sentence):
        code_system_files.read(kind, paths(tmp_path), version, None)


def test_a_snomed_release_that_does_not_tell_its_version(tmp_path: Path) -> None:
    for file in list(_snomed(tmp_path).rglob("*.txt")):
        file.rename(file.with_name(file.name.replace("_NO1000202", "_XX")))
    with pytest.raises(Trouble, match="does not tell its version: name it with --version"):
        code_system_files.read("snomed", [tmp_path], "", None)
    assert code_system_files.read("snomed", [tmp_path], "x", None).version == "x"


def test_a_file_of_another_kind_is_refused_by_its_reader(tmp_path: Path) -> None:
    release = code_system_files.read("nlk", [_named("nlk.csv", tmp_path, "a,b\n")], "1", None)
    with pytest.raises(Unprocessable, match=r"nlk\.csv: the column kode, .* is missing; there are: a, b\."):
        list(release.concepts)


def test_the_demo_loads_code_systems_once_for_what_they_are_made_from(tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path)
    made_from = terminology.made_from(settings.read({}))
    assert demonstration.lacks_terminology(chosen, made_from)
    demonstration.mark_terminology(chosen, made_from)
    assert not demonstration.lacks_terminology(chosen, made_from)
    assert demonstration.lacks_terminology(chosen, "another program")


def test_the_commands_say_what_they_did_and_what_is_wrong(tmp_path: Path) -> None:
    with data_folder() as data:
        environment = environment_for(data)
        none = fellesjournal(environment, "terminology", "list")
        assert none.returncode == 1
        assert "There is no database in" in none.stderr
        arguments = ("--valid-from", "2026-01-01")
        added = fellesjournal(environment, "terminology", "add", "fhir", str(_plants(tmp_path)), *arguments)
        assert "A code system with 2 codes is loaded, in " in added.stdout
        broken = _plants(
            tmp_path,
            concept=[
                {"code": "a", "display": "x"},
                {"code": "a ", "display": "y"},
                {"code": "a", "display": "z"},
            ],
            version="2",
        )
        refused = fellesjournal(environment, "terminology", "add", "fhir", str(broken))
        assert refused.returncode == 1
        assert refused.stderr.splitlines() == [
            "plants.json: 'a ' ('y') is no code: it is empty or has stray white space.",
            "plants.json: the code a comes twice.",
        ]
        listed = fellesjournal(environment, "terminology", "list")
        assert listed.stdout.splitlines() == [
            "http://example.org/plants 1",
            "    Planter: 2 codes, valid from 2026-01-01. plants.json.",
            "    Its licence is not told.",
        ]


def _page(listed: list[Listed]) -> str:
    """The page with its tables made anew, each between two comments."""
    parts = {
        "set-up": [
            "| System | Version | Valid from | Codes | Source | Licence |",
            "|---|---|---|---|---|---|",
            *_set_up_rows(listed),
        ],
        "left-out": [f"- `{file}`: {reason}." for file, reason in terminology.LEFT_OUT.items()],
        "kinds": [
            "| KIND | System | What to fetch | Licence |",
            "|---|---|---|---|",
            *(
                f"| `{kind}` | {one.title} `{one.url}` | {one.file} | {one.licence} |"
                for kind, one in KINDS.items()
            ),
        ],
    }
    text = PAGE.read_text()
    for name, lines in parts.items():
        before, mark, rest = text.partition(f"<!-- {name} -->\n")
        assert mark, name
        _, end, after = rest.partition("<!-- end -->")
        text = before + mark + "".join(f"{line}\n" for line in lines) + end + after
    return text


OWN = {
    icd10.URL: "ICD-10 in Norwegian",
    icpc2.URL: "ICPC-2 in Norwegian",
    ucum.URL: "UCUM, units of measure",
    loinc.URL: "LOINC, vital signs only",
    currencies.URL: "Currencies (ISO 4217)",
    time_zones.URL: "Time zones",
}


def _set_up_rows(listed: list[Listed]) -> list[str]:
    by_url = {one.url: one for one in listed}
    rows = [
        f"| {name} `{url}` | {one.version} | {one.valid_from or '–'} | {one.concepts:,} | {one.source} "
        f"| {one.licence} |"
        for url, name in OWN.items()
        for one in [by_url[url]]
    ]
    national = [one for one in listed if one.source.startswith(terminology.NORWEGIAN_SOURCE)]
    others = [one for one in listed if one.url not in OWN and one not in national]
    package = others[0].source.partition(",")[0]
    codes = sum(one.concepts for one in others)
    return [
        *rows,
        f"| Norway's administrative code lists, {len(national)} of them `urn:oid:2.16.578.1.12.4.1.1...` "
        f"| {terminology.NORWEGIAN_VERSION} | – | {sum(one.concepts for one in national):,} "
        "| src/fellesjournal/norway/codes, each with its source | as its source says |",
        f"| HL7 and FHIR, {len(others):,} code systems | each its own | – | {codes:,} "
        f"| {package}, CodeSystem-*.json | CC0 1.0, or as each says |",
    ]
