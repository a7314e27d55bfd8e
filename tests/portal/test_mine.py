"""My data: the summary as a page and as a document, the archive, corrections, and how one is reached."""

import io
import json
import re
import zipfile
from base64 import b64encode
from typing import Any

import pytest
from pypdf import PdfReader

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.summary.sections import SECTIONS
from fellesjournal.fhir.validation import Validator
from portal.conftest import Home
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import ADA, to
from world import staff

ISO = re.compile(r"\d{4}-\d\d-\d\d")
WARD = f"Organization/{staff.WARD}"
WRONG = {"til": WARD, "hva": "Notatet om hoste", "tekst": "Jeg har aldri røykt."}
REACHED = {"telefon": "900 00 000", "epost": "blid@post.example", "sprak": "nn", "sms": "ja"}


def found_in(bundle: dict[str, Any], reference: str) -> bool:
    return any(one["fullUrl"].endswith(f"/{reference}") for one in bundle["entry"])


async def test_the_summary_is_a_sound_document_whose_references_are_in_it(
    home: Home, definitions: Definitions
) -> None:
    async with home.visitor(ADA) as visitor:
        answer = await visitor.get("/mine/sammendrag/fil")
    assert answer.headers["content-type"] == "application/fhir+json"
    bundle = answer.json()
    issues = Validator(definitions).validate(bundle)
    assert [one for one in issues if one.severity in ("error", "fatal")] == []
    composition = bundle["entry"][0]["resource"]
    assert composition["type"]["coding"][0]["code"] == "60591-5"
    codes = [one["code"]["coding"][0]["code"] for one in composition["section"]]
    assert codes == [one.code for one in SECTIONS]
    for section in composition["section"]:
        assert ("entry" in section) != ("emptyReason" in section)
        assert section["text"]["div"].startswith("<div")
        assert all(found_in(bundle, one["reference"]) for one in section.get("entry", ()))
    assert found_in(bundle, composition["author"][0]["reference"])
    assert found_in(bundle, f"Patient/{ADA}")
    results = next(one for one in composition["section"] if one["code"]["coding"][0]["code"] == "30954-2")
    assert "82 milligram per liter" in results["text"]["div"]
    assert ": 4 milligram" not in results["text"]["div"], "only the newest"


@pytest.mark.parametrize(
    ("language", "head", "unit"),
    [
        ("nb", "Hva", "milligram per liter"),
        ("nn", "Kva", "milligram per liter"),
        ("en", "What", "milligrams per litre"),
    ],
)
async def test_the_summary_is_a_pdf_with_every_section_in_the_language(
    home: Home, language: str, head: str, unit: str
) -> None:
    async with home.visitor(ADA, language) as visitor:
        page = await visitor.get("/mine/sammendrag")
        answer = await visitor.get("/mine/sammendrag/pdf")
    assert 'href="/min/mine/sammendrag/pdf"' in page.text
    assert answer.headers["content-type"] == "application/pdf"
    assert "script-src 'none'" in answer.headers["content-security-policy"]
    read = PdfReader(io.BytesIO(answer.content), strict=True)
    text = " ".join(" ".join(one.extract_text() for one in read.pages).split())
    places = [text.index(one.title[language]) for one in SECTIONS]
    assert places == sorted(places)
    assert "Blid Fjellrype" in text
    assert f"{head} " in text
    assert f"CRP 82 {unit} 21.11.2026" in text
    assert not ISO.search(text)
    assert re.search(r"(Laget|Laga|Made) \w+ \d+\.? \w+ \d{4} ", text), "paper is kept: it says the year"
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == language


async def test_the_pdf_of_somebody_else_is_not_there(home: Home) -> None:
    async with home.visitor(STRANGER) as visitor:
        assert (await visitor.get(f"/for/{ADA}/mine/sammendrag/pdf")).status_code == 404


@pytest.mark.parametrize(("language", "said"), [("nb", "Prøvesvar"), ("nn", "Allergiar"), ("en", "Results")])
async def test_the_summary_is_read_in_every_language(home: Home, language: str, said: str) -> None:
    async with home.visitor(ADA, language) as visitor:
        page = await visitor.get("/mine/sammendrag")
    assert said in page.text
    assert re.search(r"CRP: 82 milligrams? per lit(er|re) \(21\.11\.2026\)", page.text)
    assert 'class="empty"' in page.text


async def test_whoever_reads_less_gets_less_of_the_summary(home: Home) -> None:
    async with home.visitor(MOTHER) as mother, home.visitor(STRANGER) as stranger:
        page = await mother.get(f"/for/{CHILD}/mine/sammendrag")
        assert "Meslinger, kusma, røde hunder (10.08.2021)" in page.text
        for path in ("", "/sammendrag", "/sammendrag/fil", "/arkiv", "/retting"):
            assert (await stranger.get(f"/for/{CHILD}/mine{path}")).status_code == 404
        api = await stranger.browser.get(f"/fhir/Patient/{CHILD}/$summary?language=zz")
        assert api.status_code == 400


async def test_the_api_gives_the_same_pdf_to_who_asks_for_one_and_refuses_where_there_is_none(
    home: Home,
) -> None:
    one, pdf = f"/fhir/Patient/{ADA}", {"Accept": "application/pdf"}
    async with home.visitor(ADA) as visitor:
        get = visitor.browser.get
        for given in (
            await get(f"{one}/$summary?language=nn&_pretty=true", headers=pdf),
            await get(f"{one}/$summary?language=nn&_format=pdf"),
        ):
            assert given.headers["content-type"] == "application/pdf"
            root: Any = PdfReader(io.BytesIO(given.content), strict=True).trailer["/Root"]
            assert root["/Lang"] == "nn"
        both = {"Accept": "application/fhir+json, application/pdf;q=0.5"}
        assert (await get(f"{one}/$summary", headers=both)).json()["type"] == "document"
        for refused in (await get(one, headers=pdf), await get(f"{one}?_format=application/pdf")):
            assert refused.status_code == 406
            assert "Only Patient/[id]/$summary can be had as a PDF" in refused.text
    async with home.visitor(STRANGER) as stranger:
        missing = await stranger.browser.get(f"{one}/$summary", headers=pdf)
        assert (missing.status_code, missing.json()["resourceType"]) == (404, "OperationOutcome")


async def test_the_archive_has_every_resource_the_files_and_a_page_to_read(home: Home) -> None:
    content = {"contentType": "text/plain", "data": b64encode(b"Kjaere Blid").decode()}
    letter = {
        "resourceType": "DocumentReference",
        "id": "ada-letter",
        "status": "current",
        "description": "Brev <b>om</b> time",
        "subject": to(ADA),
        "content": [{"attachment": content}],
    }
    empty = letter | {"id": "ada-empty", "content": [{"attachment": {"url": "https://arkiv.example/1"}}]}
    await home.office.put(letter, empty)
    async with home.visitor(ADA) as visitor:
        answer = await visitor.get("/mine/arkiv")
        log = await visitor.get("/innsyn")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        lines = [
            json.loads(line)
            for name in names
            if name.endswith(".ndjson")
            for line in archive.read(name).splitlines()
        ]
        assert archive.read("filer/ada-letter.txt") == b"Kjaere Blid"
        page = archive.read("journal.html").decode()
    assert {"LES-MEG.txt", "journal.html"} <= set(names)
    assert {"ada-crp", "ada-note", "ada-letter", ADA} <= {one["id"] for one in lines}
    assert not {one["id"] for one in lines} & {MOTHER, STRANGER}
    assert 'href="filer/ada-letter.txt"' in page
    assert "Brev &lt;b&gt;om&lt;/b&gt; time" in page
    assert "<h2>Notater</h2>" in page
    assert "Hoster og er tungpusten." in page, "a note is read, and not only named"
    assert not re.search("<h2>(Composition|Observation|Encounter|Condition)</h2>", page)
    assert "hele journalen" in log.text


async def test_a_correction_is_followed_from_sent_to_answered(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        sent = await visitor.send("/mine/retting", WRONG)
        assert sent.headers["location"] == "/min/mine/retting?sendt=ja"
        assert ">sendt<" in (await visitor.get("/mine/retting")).text
        assert "Ber om retting: Notatet om hoste" in (await worker.get("")).text
        await worker.get(f"/innbygger/{ADA}/meldinger")
        assert ">lest<" in (await visitor.get("/mine/retting")).text
        [stored] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
        await worker.send(f"/innbygger/{ADA}/meldinger", {"svar": stored["id"], "tekst": "Det er rettet."})
        page = (await visitor.get("/mine/retting")).text
    assert ">besvart<" in page
    assert "Det er rettet." in page


async def test_a_correction_of_a_note_names_it_and_only_ones_own(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.visitor(STRANGER) as stranger:
        assert "/min/mine/retting?om=ada-note" in (await visitor.get("/journal/notat/ada-note")).text
        assert 'name="om" value="ada-note"' in (await visitor.get("/mine/retting", om="ada-note")).text
        await visitor.send("/mine/retting", WRONG | {"om": "ada-note"})
        [stored] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
        assert stored["about"][0]["reference"] == "Composition/ada-note"
        for forged in ("ada-note", "../Patient", "finnes-ikke"):
            page = await stranger.send("/mine/retting", WRONG | {"om": forged})
            assert page.status_code in (400, 404), forged
        assert (await visitor.send("/mine/retting", WRONG | {"om": "finnes-ikke"})).status_code == 404


async def test_control_characters_break_no_form(home: Home) -> None:
    odd = "a\x00b\x1f\ud7ff"
    async with home.visitor(ADA) as visitor:
        for path, form in {
            "/mine/retting": WRONG | {"hva": odd, "tekst": odd},
            "/mine/kontakt": REACHED | {"parorende": odd},
            "/meldinger": {"til": WARD, "emne": odd, "tekst": odd},
            "/timer/ada-coming/avlysning": {"grunn": "ill", "tekst": odd},
            "/deling/fullmakt": {"nummer": odd, "etternavn": odd, "les": "ja", "lenge": "year"},
            "/innsyn/sporsmal": {"hendelse": odd, "tekst": odd},
        }.items():
            assert (await visitor.send(path, form)).status_code < 500, path


@pytest.mark.parametrize(
    "wrong", [{"til": "Organization/x"}, {"hva": " "}, {"tekst": ""}, {"tekst": "x" * 2001}]
)
async def test_a_correction_that_is_not_whole_is_asked_for_again(home: Home, wrong: dict[str, str]) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.send("/mine/retting", WRONG | wrong)
        assert page.status_code == 400
        assert (WRONG | wrong)["hva"].strip() in page.text
    assert await home.office.asked(f"Communication?subject=Patient/{ADA}") == []


async def test_how_one_is_reached_is_changed_and_nothing_else(home: Home) -> None:
    before = (await home.office.asked(f"Patient?_id={ADA}"))[0]
    async with home.visitor(ADA) as visitor:
        form = REACHED | {"parorende": "Mild Rosevik", "parorende-telefon": "900 00 001"}
        saved = await visitor.send("/mine/kontakt", form)
        assert saved.headers["location"] == "/min/mine/kontakt?lagret=ja"
        page = (await visitor.get("/mine/kontakt")).text
        for said in ("900 00 000", "blid@post.example", "Mild Rosevik", "900 00 001"):
            assert said in page
        after = (await home.office.asked(f"Patient?_id={ADA}"))[0]
        assert {name for name in after if after[name] != before.get(name)} == {
            *("meta", "telecom", "contact", "communication", "extension"),
        }
        await visitor.send("/mine/kontakt", {"sprak": "nb"})
        cleared = (await home.office.asked(f"Patient?_id={ADA}"))[0]
    assert not {"telecom", "contact"} & cleared.keys()
    assert [one["valueCode"] for one in cleared["extension"]] == ["none"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"telefon": "ring meg"}, "bare tall"),
        ({"epost": "blid"}, "krøllalfa"),
        ({"sprak": "xx"}, "Velg et språk"),
        ({"parorende-telefon": "900 00 001"}, "navnet til den pårørende"),
        ({"telefon": "", "sms": "ja"}, "for å få SMS"),
    ],
)
async def test_details_that_cannot_be_right_are_told_and_kept(
    home: Home, wrong: dict[str, str], said: str
) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.send("/mine/kontakt", REACHED | wrong)
        assert (page.status_code, said in page.text) == (400, True)
        assert (REACHED | wrong)["epost"] in page.text


async def test_a_mother_does_not_change_how_her_child_is_reached(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor:
        assert (await visitor.send(f"/for/{CHILD}/mine/kontakt", REACHED)).status_code == 403
        assert (
            "<form method" not in (await visitor.get(f"/for/{CHILD}/mine/kontakt")).text.partition("<main")[2]
        )
