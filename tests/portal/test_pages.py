"""What citizens see of their own record, and of those they act for."""

import re
from base64 import b64encode
from urllib.parse import unquote

import pytest

from fellesjournal.portal.record.areas import AREAS
from portal.conftest import Home
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import ADA, SCRIPT, code_of


async def test_the_first_page_tells_of_the_next_appointment_what_waits_and_what_is_new(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.get()
        assert page.status_code == 200
        assert page.text.count("Kontroll hos fastlege") == 2
        assert "Lun Rognebær" in page.text
        assert "/min/journal/prover" in page.text
        assert "/min/journal/prover" in (await visitor.get()).text, "the visit goes on"


async def test_a_first_page_that_is_fetched_anew_tells_of_news_since_it_was_opened(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        opened = await visitor.get()
        [again] = re.findall(r'data-renews="/min\?fra=([^"]+)"', opened.text)
        renewed = await visitor.get("", fra=unquote(again))
        assert "/min/journal/prover" in renewed.text
        later = await visitor.get("", siden=unquote(again))
        assert "/min/journal/prover" in later.text
        assert 'data-renews="/min?siden=' in later.text
        for nonsense in ("i går", "2026-11-26", "9999-99-99T00:00:00Z"):
            assert "/min/journal/prover" in (await visitor.get("", siden=nonsense)).text


async def test_pages_have_a_script_that_hides_them_and_live_ones_two_more(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        live, still = await visitor.get("/journal/prover"), await visitor.get("/deling/fullmakt")
    assert live.text.count("<script") == 3
    assert 'data-shows="DiagnosticReport Observation"' in live.text
    assert re.findall(r'<script src="[^"]+-(\w+\.js)"', still.text) == ["idle.js"]
    assert "script-src 'self'" in live.headers["content-security-policy"]


async def test_a_record_with_nothing_in_it_says_why_and_what_will_come(home: Home) -> None:
    async with home.visitor(STRANGER) as visitor:
        first = await visitor.get()
        assert "Du har ingen time nå" in first.text
        for area in AREAS:
            page = await visitor.get(f"/journal/{area}")
            assert page.status_code == 200, area
            assert 'class="empty"' in page.text, area


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_every_area_is_whole_in_every_language(home: Home, language: str) -> None:
    async with home.visitor(ADA, language) as visitor:
        overview = await visitor.get("/journal")
        addresses = re.findall(r'href="/min(/journal/[a-z]+)"', overview.text)
        assert len(addresses) == len(AREAS)
        read = {path: (await visitor.get(path)).text for path in addresses}
    assert f'lang="{language}"' in overview.text
    for path, fact in {
        "/journal/diagnoser": "Pneumoni",
        "/journal/prover": "82",
        "/journal/malinger": "88",
        "/journal/dokumenter": "Innkomstnotat",
        "/journal/tjenester": "Helsetjenester i hjemmet",
        "/journal/kontakter": "Lungebetennelse",
        "/journal/timer": "Kontroll hos fastlege",
    }.items():
        assert fact in read[path], path


async def test_every_value_of_a_test_is_there_with_a_curve(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.get("/journal/prove", kode=code_of("CRP"))
        assert "21.11.2026" in page.text
        assert "03.10.2022" in page.text
        assert "<polyline" in page.text
        assert (await visitor.get("/journal/prove", kode="x|y")).status_code == 404


async def test_a_note_is_text_and_nothing_in_it_runs(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.get("/journal/notat/ada-note")
    assert "Hoster og er tungpusten" in page.text
    assert SCRIPT not in page.text


async def test_nobody_reaches_another_by_an_address(home: Home) -> None:
    async with home.visitor(STRANGER) as visitor:
        for path in (
            f"/for/{ADA}",
            f"/for/{ADA}/hendelser",
            f"/for/{CHILD}/journal",
            "/for/ingen",
            "/journal/notat/ada-note",
            "/journal/dokument/ada-note",
            "/journal/finnesikke",
        ):
            page = await visitor.get(path)
            assert page.status_code == 404, path
            assert "Siden finnes ikke" in page.text, path


async def test_a_mother_sees_her_childs_record_and_it_is_plain_whose_it_is(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor:
        first = await visitor.get()
        assert f'href="/min/for/{CHILD}"' in first.text
        page = await visitor.get(f"/for/{CHILD}")
        assert "Liten Rosevik" in page.text
        assert "journalen til en du handler for" in page.text
        vaccines = await visitor.get(f"/for/{CHILD}/journal/vaksiner")
        assert "Meslinger" in vaccines.text
        assert f'href="/min/for/{CHILD}/innsyn"' in vaccines.text


async def test_the_log_tells_who_has_been_there(home: Home) -> None:
    async with home.office.worker("varm-lyngmo") as worker:
        await worker.get(f"/innbygger/{ADA}")
    async with home.visitor(ADA) as visitor:
        page = await visitor.get("/innsyn")
    assert "Varm Lyngmo" in page.text
    assert "innlagt" in page.text


async def test_health_workers_are_led_to_their_workplace(home: Home) -> None:
    async with home.office.worker("varm-lyngmo") as worker:
        answer = await worker.browser.get("/min")
    assert (answer.status_code, answer.headers["location"]) == (303, "/arbeid")


async def test_a_citizen_who_signs_in_comes_to_the_record(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        answer = await visitor.browser.post("/logg-inn/ovelse", data={"person": f"Patient/{ADA}"})
        assert answer.headers["location"] == "/min"
        assert 'href="/min"' in (await visitor.browser.get("/logg-inn/meg")).text


async def test_who_is_not_signed_in_signs_in_first_and_comes_back(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        visitor.browser.cookies.clear()
        answer = await visitor.get("/innsyn")
    assert answer.headers["location"].startswith("/logg-inn?til=")


async def test_a_letter_tells_how_far_it_has_come_and_is_opened_once(home: Home) -> None:
    await home.office.put(LETTER)
    before = await rungs(home)
    assert "Sendt" in before
    assert "Levert" in before
    assert "Ikke åpnet ennå" in before
    async with home.office.worker("varm-lyngmo") as worker:
        pane = await worker.get(f"/innbygger/{ADA}/dokument/brevet")
        assert "Ikke åpnet av innbyggeren ennå" in pane.text
    async with home.visitor(ADA) as visitor:
        assert "Du er velkommen" in (await visitor.get("/journal/dokument/brevet")).text
    opened = await rungs(home)
    assert re.search(r"Åpnet\s+<time", opened)
    async with home.visitor(ADA) as visitor:
        await visitor.get("/journal/dokument/brevet")
    assert await rungs(home) == opened
    async with home.office.worker("varm-lyngmo") as worker:
        pane = await worker.get(f"/innbygger/{ADA}/dokument/brevet")
        assert "Åpnet av innbyggeren" in pane.text


async def rungs(home: Home) -> str:
    """The steps of the letter, as they stand in the list."""
    async with home.visitor(ADA) as visitor:
        page: str = (await visitor.get("/journal/dokumenter")).text
    return page[page.index('href="/min/journal/dokument/brevet"') :].partition("</ol>")[0]


LETTER = {
    "resourceType": "DocumentReference",
    "id": "brevet",
    "status": "current",
    "description": "Innkalling",
    "subject": {"reference": f"Patient/{ADA}"},
    "date": "2026-11-20T10:00:00+01:00",
    "content": [
        {"attachment": {"contentType": "text/plain", "data": b64encode(b"Du er velkommen.").decode()}}
    ],
}
