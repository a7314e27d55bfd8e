"""The privacy officer's pages: what was taken, followed up with a sentence; unusual use; a citizen's log."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from workplace.conftest import Office, Worker
from workplace.people import FAR

OFFICER, NURSE = "varsom-isrose", "arvaken-nordlys"


@pytest.fixture
async def officer(office: Office) -> AsyncIterator[Worker]:
    """The privacy officer, when a nurse at the emergency room has opened somebody's record."""
    async with office.worker(NURSE) as nurse:
        taken = await nurse.send(
            "/nodtilgang", {"innbygger": FAR, "grunn": "life", "utdyping": "Ligger <b>på gulvet</b>"}
        )
        assert taken.headers["location"] == f"/arbeid/innbygger/{FAR}"
        assert (await nurse.get(f"/innbygger/{FAR}")).status_code == 200
    async with office.worker(OFFICER) as worker:
        yield worker


async def task_id(worker: Worker) -> str:
    found = re.search(r'action="/arbeid/oppfolging/([^"/?]+)', (await worker.get("/oppfolging")).text)
    assert found
    return found.group(1)


async def test_the_officers_day_begins_with_who_took_what_and_why(officer: Worker) -> None:
    page = (await officer.get("")).text
    assert "Nødtilgang: Årvåken Nordlys, Sykepleier, " in page
    assert "«Fare for liv eller helse. Ligger &lt;b&gt;på gulvet&lt;/b&gt;»" in page
    assert f"Patient/{FAR}" in page
    assert "Havsule" not in page, "the role reads no record"
    assert "varer ennå" in page
    assert "Ingenting er fulgt opp ennå" in page


async def test_it_is_marked_with_a_sentence_and_undone_with_another(officer: Worker) -> None:
    id = await task_id(officer)
    marked = await officer.send(f"/oppfolging/{id}", {"setning": "Riktig brukt, snakket med lederen."})
    assert (marked.status_code, marked.headers["location"]) == (303, "/arbeid/oppfolging")
    page = (await officer.get("/oppfolging")).text
    assert "Ingenting å følge opp" in page
    assert "Varsom Isrose: «Riktig brukt, snakket med lederen.»" in page
    undone = await officer.send(f"/oppfolging/{id}/omgjoring", {"setning": "Ny opplysning"})
    assert undone.status_code == 303
    page = (await officer.get("/oppfolging")).text
    assert "Ingenting er fulgt opp ennå" in page
    assert page.index("Ny opplysning") < page.index("Riktig brukt")


async def test_what_was_typed_stays_when_it_is_not_taken(officer: Worker) -> None:
    id = await task_id(officer)
    short = await officer.send(f"/oppfolging/{id}", {"setning": "ok"})
    assert (short.status_code, "minst fem tegn" in short.text) == (422, True)
    assert 'value="ok"' in short.text
    await officer.send(f"/oppfolging/{id}", {"setning": "Riktig brukt"})
    late = await officer.send(f"/oppfolging/{id}", {"setning": "Enda en gang"})
    assert (late.status_code, "Noen andre har endret dette" in late.text) == (409, True)
    assert "Enda en gang" in late.text


async def test_what_was_done_with_the_access_is_told_in_words(officer: Worker) -> None:
    page = (await officer.get("/oppfolging")).text
    link = re.search(r'href="(/arbeid/oppfolging/logg[^"]+)"', page)
    assert link
    log = await officer.browser.get(link.group(1).replace("&amp;", "&"))
    assert log.status_code == 200
    assert "Årvåken Nordlys ved " in log.text
    assert "med nødtilgang, som er til for når det haster med hjelp" in log.text


async def test_unusual_use_is_shown_by_day_with_the_reason(officer: Worker) -> None:
    page = await officer.get("/uvanlig")
    assert page.status_code == 200
    assert "Årvåken Nordlys" in page.text
    assert "Nødtilgang til innbyggere: 1" in page.text
    long_ago = await officer.get("/uvanlig", fra="2020-01-01", til="2020-01-07")
    assert "Ingenting uvanlig i disse dagene" in long_ago.text


@pytest.mark.parametrize(
    ("fra", "til", "said"),
    [
        ("i går", "2026-11-01", "Skriv dagene som 24.12.2026"),
        ("02.11.2026", "01.11.2026", "høyst 92 dager"),
        ("2026-11-02", "2026-11-01", "høyst 92 dager"),
        ("2026-01-01", "2026-11-01", "høyst 92 dager"),
    ],
)
async def test_days_that_cannot_be_shown_are_told_in_a_sentence(
    officer: Worker, fra: str, til: str, said: str
) -> None:
    page = await officer.get("/uvanlig", fra=fra, til=til)
    assert (page.status_code, said in page.text) == (422, True)


async def test_others_have_no_such_pages(office: Office) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    async with office.worker(NURSE) as nurse:
        for path in ("/oppfolging", "/uvanlig"):
            assert (await nurse.get(path)).status_code == 403
        assert (await nurse.get("/oppfolging/logg", innbygger=FAR, til=soon)).status_code == 404
        assert (await nurse.send("/oppfolging/x", {"setning": "Riktig brukt"})).status_code == 403
