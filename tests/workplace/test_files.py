"""Files and references as answers: sent while one writes, checked, in the record when the note is signed."""

import base64
import re

import httpx

from signin.conftest import field
from workplace.conftest import Office, Worker
from workplace.people import ADA

NURSE = "varm-lyngmo"
CHART = f"/innbygger/{ADA}"
AT = f"{CHART}/notat/sar"
PLACE, REFERS = "saret:0/bilde:0", "saret:0/gjelder:0"
WOUND = {"saret:0/sted:0": "Venstre hæl", "saret:0/slag:0": "Trykksår", "stell:0/vurdering:0": "Gror."}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


async def send(worker: Worker, name: str, content: bytes, **more: str) -> httpx.Response:
    page = await worker.get("")
    form = {"bevis": field(page.text, "bevis"), **WOUND, **more}
    return await worker.browser.post(f"/arbeid{AT}/fil", data=form, files={f"fil/{PLACE}": (name, content)})


def note_of(page: str) -> str:
    found = re.search(r"/signert/([\w-]+)/flytt", page)
    assert found
    return found[1]


def held(page: str) -> str:
    found = re.search(rf'name="{PLACE}" value="([^"]*)"', page)
    assert found
    return found[1]


async def test_a_picture_is_sent_signed_amended_and_taken_back_with_its_note(office: Office) -> None:
    async with office.worker(NURSE) as worker:
        await worker.get(AT)
        sent = await send(worker, "hæl.png", PNG)
        assert sent.status_code == 200
        assert ">hæl.png</output>" in sent.text
        assert "Venstre hæl" in sent.text, "what was typed is kept with it"
        text = held(sent.text)
        signed = await worker.send(AT, WOUND | {PLACE: text})
        assert signed.status_code == 200, signed.text
        note = note_of(signed.text)
        [document] = await office.asked(f"DocumentReference?patient={ADA}")
        attachment = document["content"][0]["attachment"]
        assert (attachment["contentType"], attachment["title"]) == ("image/png", "hæl.png")
        assert base64.b64decode(attachment["data"]) == PNG
        shown = await worker.get(f"{CHART}/dokument/{document['id']}/fil")
        assert (shown.headers["content-type"], shown.content) == ("image/png", PNG)
        amending = await worker.get(f"{CHART}/signert/{note}")
        assert held(amending.text) == text
        again = await worker.send(f"{AT}?retter={note}", WOUND | {PLACE: text, "fritekst:0": "Rettet."})
        assert again.status_code == 200, again.text
        [kept] = await office.asked(f"DocumentReference?patient={ADA}")
        assert (kept["id"], kept["status"], kept["content"]) == (
            document["id"],
            "current",
            document["content"],
        )
        await worker.send(f"{CHART}/signert/{note}/feilforing", {"grunn": "Feil bilde"})
    [gone] = await office.asked(f"DocumentReference?patient={ADA}")
    assert gone["status"] == "entered-in-error"


async def test_a_picture_moves_to_the_right_citizen_with_its_note(office: Office) -> None:
    async with office.worker(NURSE) as worker:
        await worker.get(AT)
        text = held((await send(worker, "hæl.png", PNG)).text)
        signed = await worker.send(AT, WOUND | {PLACE: text})
        note = note_of(signed.text)
        await worker.send(f"{CHART}/signert/{note}/flytt", {"til": "solfrid"})
        [left] = await office.asked(f"DocumentReference?patient={ADA}")
        assert left["content"] == [{"attachment": {"title": "Trukket tilbake"}}]
        right = AT.replace(ADA, "solfrid")
        assert ">hæl.png</output>" in (await worker.get(right)).text
        assert "Notatet er signert." in (await worker.send(right, WOUND | {PLACE: text})).text
    [moved] = await office.asked("DocumentReference?patient=solfrid")
    assert base64.b64decode(moved["content"][0]["attachment"]["data"]) == PNG


async def test_what_is_no_picture_is_told_and_nothing_is_lost(office: Office) -> None:
    async with office.worker(NURSE) as worker:
        await worker.get(AT)
        for content in (b"MZ\x90", b"<svg/onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"\0" * 5_300_000):
            refused = await send(worker, "<b>.png", content)
            assert refused.status_code == 422
            assert "«&lt;b&gt;.png» er" in refused.text
            assert "Venstre hæl" in refused.text
        removed = await send(worker, "a.png", PNG)
        choice = {"valg": f"tom||{PLACE}", PLACE: held(removed.text)}
        assert held((await worker.send(f"{AT}/valg", WOUND | choice)).text) == ""


async def test_a_reference_is_chosen_from_the_citizens_own(office: Office) -> None:
    async with office.worker(NURSE) as worker:
        found = (await worker.get(f"{CHART}/henvis", typer="Condition", q="pneu")).text
        option = re.search(r'value="([^"]+)"', found)
        assert option
        assert option[1] == "Pneumoni 20.11.2026 [Condition/ada-pneumonia]"
        assert (await worker.get(f"{CHART}/henvis", typer="Condition,Nothing", q="crp")).text.strip() == ""
        await worker.get(AT)
        for wrong in ("X [Condition/ingen]", "X [Observation/ada-crp]", "X [Patient/solfrid]"):
            refused = await worker.send(AT, WOUND | {REFERS: wrong})
            assert refused.status_code == 422
            assert "Hører til diagnosen: dette finnes ikke i journalen." in refused.text
        assert (await worker.send(AT, WOUND | {REFERS: option[1]})).status_code == 200
    [response] = await office.asked(f"QuestionnaireResponse?patient={ADA}")
    answers = {one["linkId"]: one["answer"][0] for one in response["item"][0]["item"]}
    assert answers["gjelder"]["valueReference"] == {
        "reference": "Condition/ada-pneumonia",
        "display": "Pneumoni 20.11.2026",
    }
