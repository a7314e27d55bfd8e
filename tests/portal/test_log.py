"""A question about the log: asked from the row, answered by the privacy officer, and read by the citizen."""

import re

import pytest

from portal.conftest import Home, Visitor
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import ADA

OFFICER = "varsom-isrose"
WHY = "Hvorfor så dere på dette i går?"


async def opened(home: Home) -> None:
    async with home.office.worker("varm-lyngmo") as worker:
        assert (await worker.get(f"/innbygger/{ADA}")).status_code == 200


async def event(visitor: Visitor) -> str:
    """The event of the row that tells of the worker."""
    page = (await visitor.get("/innsyn")).text
    found = re.search(r"hendelse=([0-9-]+)\">[^<]*<span class=\"hidden\">: [^<]*Varm Lyngmo", page)
    assert found
    return found.group(1)


async def test_a_question_is_asked_from_the_row_and_its_answer_comes_back(home: Home) -> None:
    await opened(home)
    async with home.visitor(ADA) as visitor, home.office.worker(OFFICER) as officer:
        asked = await event(visitor)
        page = await visitor.get("/innsyn/sporsmal", hendelse=asked)
        assert "Varm Lyngmo" in page.text
        sent = await visitor.send("/innsyn/sporsmal", {"hendelse": asked, "tekst": WHY})
        assert sent.headers["location"] == "/min/innsyn?spurt=ja"
        shown = await visitor.get("/innsyn", spurt="ja")
        assert "Spørsmålet er sendt" in shown.text
        assert "Venter på svar" in shown.text
        assert "Spørsmål om innsyn (1)" in (await officer.get("")).text
        listed = (await officer.get("/sporsmal")).text
        assert WHY in listed
        assert "Varm Lyngmo" in listed
        assert "Fjellrype" not in listed, "the role reads no record"
        [id] = re.findall(r'action="/arbeid/sporsmal/([^"]+)"', listed)
        short = await officer.send(f"/sporsmal/{id}", {"svar": "ja"})
        assert (short.status_code, "minst fem tegn" in short.text) == (422, True)
        done = await officer.send(f"/sporsmal/{id}", {"svar": "Du lå på posten hennes."})
        assert done.headers["location"] == "/arbeid/sporsmal"
        again = await officer.send(f"/sporsmal/{id}", {"svar": "Du lå på posten hennes."})
        assert again.status_code == 409
        answered = (await visitor.get("/innsyn")).text
        assert "Svar: Du lå på posten hennes." in answered
        assert "opprettet noe i spørsmålene om innsyn" in answered


async def test_deliberate_and_incidental_are_told_apart(home: Home) -> None:
    await opened(home)
    async with home.office.worker("varm-lyngmo") as worker, home.visitor(ADA) as visitor:
        await worker.get("")
        page = (await visitor.get("/innsyn")).text
        assert "Varm Lyngmo" in page
        assert "sto på en liste</span>" not in page
        assert "sto på en liste</span>" in (await visitor.get("/innsyn", lister="ja")).text


@pytest.mark.parametrize("text", ["", "  hm ", "x" * 1001])
async def test_a_question_that_says_nothing_is_asked_for_again(home: Home, text: str) -> None:
    await opened(home)
    async with home.visitor(ADA) as visitor:
        form = {"hendelse": await event(visitor), "tekst": text}
        page = await visitor.send("/innsyn/sporsmal", form)
        assert page.status_code == 400
        assert "Skriv hva du vil vite" in page.text


async def test_nobody_asks_about_the_log_of_another(home: Home) -> None:
    await opened(home)
    async with home.visitor(ADA) as visitor, home.visitor(STRANGER) as stranger:
        asked = await event(visitor)
        for forged in (asked, "1-99999999", "x", "", "1-1-1"):
            assert (await stranger.get("/innsyn/sporsmal", hendelse=forged)).status_code == 404
            page = await stranger.send("/innsyn/sporsmal", {"hendelse": forged, "tekst": WHY})
            assert page.status_code == 404
    async with home.visitor(MOTHER) as mother:
        assert (await mother.get(f"/for/{CHILD}/innsyn/sporsmal", hendelse=asked)).status_code == 404


async def test_only_the_privacy_officer_reads_and_answers(home: Home) -> None:
    async with home.office.worker("varm-lyngmo") as worker:
        assert (await worker.get("/sporsmal")).status_code == 403
        assert (await worker.send("/sporsmal/1", {"svar": "Fordi det er slik."})).status_code == 403
    async with home.office.worker(OFFICER) as officer:
        assert (await officer.send("/sporsmal/finnes-ikke", {"svar": "Fordi det."})).status_code == 404


async def test_what_one_does_oneself_hides_nobody_else_and_lists_stay_chosen(home: Home) -> None:
    await opened(home)
    async with home.visitor(ADA) as visitor:
        for _ in range(25):
            await visitor.get("/journal")
        assert "Varm Lyngmo" in (await visitor.get("/innsyn")).text
        page = (await visitor.get("/innsyn", lister="ja")).text
        assert all("lister=ja" in one for one in re.findall(r'class="button" href="([^"]+)"', page))
