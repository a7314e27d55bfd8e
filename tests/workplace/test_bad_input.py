"""What people do to a form: tables, emoji, scripts, a lost session. Nothing is lost, nothing breaks."""

import html

import httpx
import pytest

from signin.conftest import field
from workplace.conftest import Office
from workplace.people import ADA

DOCTOR = "ivrig-steinroys"
CHART = f"/innbygger/{ADA}"
AT = f"{CHART}/notat/visitt"
PLACE = "vurdering-gruppe:0/vurdering:0"
VISIT = {"funn:0/allmenn:0": "god"}
PASTED = {
    "a table": "Prøve\tVerdi\tEnhet\r\nHb\t11,2\tg/dL\r\nCRP\t82\tmg/L",
    "emoji and other scripts": "👩‍⚕️🇳🇴 Čállinmašiidna Ǥ 日本語 \u202ehtap\u202c",
    "a script": "<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}",
    "what ends a field": '</textarea></form><form action="//ond.example">"\'`',
    "what FHIR cannot hold": "a\x00b\x07c\x1bd",
}


@pytest.mark.parametrize("what", PASTED)
async def test_whatever_is_pasted_is_text(office: Office, what: str) -> None:
    text = PASTED[what]
    async with office.worker(DOCTOR) as worker:
        await worker.get(AT)
        assert (await worker.send(f"{AT}/utkast", {PLACE: text})).status_code == 200
        shown = (await worker.get(AT)).text
        signed = await worker.send(AT, VISIT | {PLACE: text})
        assert signed.status_code == 200, signed.text
        [note] = [one for one in await office.asked(f"Composition?patient={ADA}") if one["id"] != "ada-note"]
        read = (await worker.get(f"{CHART}/journalnotat/{note['id']}")).text
    for page in (shown, read):
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
        assert '//ond.example">' not in page
    begins = text.partition("\r\n")[0].replace("\x00", "").partition("\x07")[0]
    assert begins in html.unescape(shown)
    if what == "a table":
        assert "Hb\t11,2\tg/dL<br/>CRP" in note["section"][-1]["text"]["div"]


async def test_a_session_that_is_lost_while_one_writes_costs_no_kept_word(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        await worker.get(AT)
        await worker.send(f"{AT}/utkast", {PLACE: "Skrevet før økten tok slutt"})
        proof = field((await worker.get("")).text, "bevis")
        worker.browser.cookies.clear()
        for path in (f"{AT}/utkast", AT, f"{AT}/valg"):
            refused = await worker.browser.post(f"/arbeid{path}", data={"bevis": proof, PLACE: "etterpå"})
            assert refused.status_code == 303
            assert "/logg-inn" in refused.headers["location"]
    async with office.worker(DOCTOR) as again:
        assert "Skrevet før økten tok slutt" in (await again.get(AT)).text
        assert AT in (await again.get("/signere")).text


async def test_nonsense_in_the_address_is_not_found_and_breaks_nothing(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        for path in ("/notat/finnes-ikke", "/notat/visitt@99", "/notat/@", "/signert/x", "/signert/x/flytt",
                     "/medsignering/x", "/notat/visitt/felter"):  # fmt: skip
            assert (await worker.get(f"{CHART}{path}")).status_code == 404, path
        assert (await worker.get(f"{CHART}/henvis", typer=",../x", q="a")).text.strip() == ""
        assert (await worker.get(f"{CHART}/henvis", typer="Patient", q="a")).status_code == 400
        sent: httpx.Response = await worker.send(
            f"{AT}/utkast", {"sett": "-1", "skjema": "x" * 99, PLACE: "a"}
        )
        assert sent.status_code == 410


async def test_phrases_of_ones_own_are_added_used_and_removed(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        assert (await worker.send("/fraser", {"navn": "K", "tekst": "x"})).status_code == 422
        added = await worker.send("/fraser", {"navn": ".kne", "tekst": "Kne [side] <b>, [#grader] grader."})
        assert added.status_code == 303
        page = (await worker.get("/fraser")).text
        assert "Kne [side] &lt;b&gt;, [#grader] grader." in page
        assert "Kne [side]" in (await worker.get(AT)).text
        refused = await worker.send(AT, VISIT | {PLACE: "Kne [side]."})
        assert refused.status_code == 422
        assert "«[side]» er ikke fylt ut." in refused.text
        await worker.send("/fraser/fjernet", {"navn": "kne"})
        assert "Kne [side]" not in (await worker.get("/fraser")).text
    async with office.worker("varm-lyngmo") as other:
        assert ".kne" not in (await other.get("/fraser")).text
