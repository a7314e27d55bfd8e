"""A note about the wrong citizen: withdrawn there, a draft at the right one, logged at both."""

import re
from typing import Any

import msgspec

from fellesjournal.fhir.search.terms import key_of
from workplace.conftest import Office, Worker
from workplace.people import ADA, FAR, NEAR

DOCTOR, NURSE = "ivrig-steinroys", "varm-lyngmo"
WRONG, RIGHT = f"/innbygger/{ADA}", f"/innbygger/{NEAR}"
VISIT = {
    "funn:0/allmenn:0": "god",
    "funn:0/puls:0": "88",
    "vurdering-gruppe:0/vurdering:0": "Fikk brudd i lårhalsen.",
    "vurdering-gruppe:0/ny-diagnose:0": "Brudd på seg",
    "fritekst:0": "Datteren heter noe eget.",
}
TOLD = ("lårhals", "Brudd på seg", "Datteren", "Visitt")


async def written(worker: Worker) -> str:
    await worker.get(f"{WRONG}/notat/visitt")
    sent = await worker.send(f"{WRONG}/notat/visitt", VISIT)
    found = re.search(r"/signert/([\w-]+)/flytt", sent.text)
    assert found, sent.text
    return found[1]


async def everything(office: Office, citizen: str) -> list[dict[str, Any]]:
    """All that is in a citizen's record now."""
    return await office.asked(f"Patient/{citizen}/$everything?_count=500")


async def test_a_note_is_moved_in_three_interactions_and_nothing_of_it_is_left(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor:
        note = await written(doctor)
        before = {one["id"] for one in await everything(office, ADA)}
        page = await doctor.get(f"{WRONG}/signert/{note}/flytt")  # one: "Feil pasient?"
        assert "Hvem er den rette?" in page.text
        hits = await doctor.get(f"{WRONG}/signert/{note}/flytt", treff="ja", q="solf")  # two: letters
        assert f'name="til" value="{NEAR}"' in hits.text
        assert "Solfrid Multemyr, 76" in hits.text
        moved = await doctor.send(f"{WRONG}/signert/{note}/flytt", {"til": NEAR})  # three: the right one
        assert "Notatet er trukket tilbake her." in moved.text
        assert f"/arbeid{RIGHT}/notat/visitt" in moved.text
        left = await everything(office, ADA)
        text = msgspec.json.encode(left).decode()
        assert not [word for word in TOLD if word in text]
        assert {one["id"] for one in left} == before
        assert text.count("Trukket tilbake") >= 3
        chart = (await doctor.get(WRONG)).text
        assert not [word for word in TOLD[:3] if word in chart]
        assert "Trukket tilbake" in chart
        draft = await doctor.get(f"{RIGHT}/notat/visitt")
        assert "Fikk brudd i lårhalsen." in draft.text
        assert "Datteren heter noe eget." in draft.text
        assert "Solfrid Multemyr" in (await doctor.get("/signere")).text
        assert (await doctor.get(f"{WRONG}/signert/{note}")).status_code == 404
        signed = await doctor.send(f"{RIGHT}/notat/visitt", VISIT)
        assert "Notatet er signert." in signed.text
    at_right = await office.asked(f"Observation?patient={NEAR}&code=8867-4")
    assert [one["status"] for one in at_right] == ["final"]


async def test_an_opened_note_can_be_amended_moved_and_taken_back_by_who_wrote_it(office: Office) -> None:
    """Somebody finds out later than in the moment of signing."""
    async with office.worker(DOCTOR) as doctor:
        note = await written(doctor)
        [found] = [one for one in await office.asked(f"Composition?patient={ADA}") if one["id"] != "ada-note"]
        at = f"{WRONG}/journalnotat/{found['id']}"
        mine, others = (await doctor.get(at)).text, (await doctor.get(f"{WRONG}/journalnotat/ada-note")).text
        for act in ("", "/flytt", "/feilforing"):
            assert f'/arbeid{WRONG}/signert/{note}{act}"' in mine
        assert "/signert/" not in others
        await doctor.send(f"{WRONG}/signert/{note}/feilforing", {"grunn": "Skrevet to ganger"})
        assert "/signert/" not in (await doctor.get(at)).text
    async with office.worker("varm-lyngmo") as other:
        assert "/signert/" not in (await other.get(at)).text


async def test_what_was_written_is_no_longer_read_there_by_plain_fhir_and_is_not_lost(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor, office.worker(NURSE) as nurse:
        note = await written(doctor)
        await doctor.send(f"{WRONG}/signert/{note}/flytt", {"til": NEAR})
        ours = [one for one in await everything(office, ADA) if note in str(one.get("identifier", ""))]
        assert len(ours) >= 4
        for one in ours:
            path = f"/fhir/{one['resourceType']}/{one['id']}"
            for worker in (doctor, nurse):
                history = await worker.browser.get(f"{path}/_history")
                assert [entry["resource"] for entry in history.json()["entry"]] == [one]
                assert (await worker.browser.get(f"{path}/_history/1")).status_code == 404
                assert not [word for word in TOLD if word in history.text]
    kept = await office.asked(f"{path}/_history".removeprefix("/fhir/"))
    assert len(kept) > 1


async def test_the_move_is_logged_at_both(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor:
        note = await written(doctor)
        await doctor.send(f"{WRONG}/signert/{note}/flytt", {"til": NEAR})
    log = await office.pool.fetch(
        "select citizen, interaction from audit_event where person = $1", f"Practitioner/{DOCTOR}"
    )
    done = {(row["citizen"], row["interaction"]) for row in log}
    assert (key_of(f"Patient/{NEAR}"), "read") in done
    assert (key_of(f"Patient/{ADA}"), "transaction") in done


async def test_a_note_is_not_moved_to_whom_its_author_may_not_open_nor_to_nobody(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor:
        note = await written(doctor)
        for to in (FAR, "ingen", ADA, ""):
            refused = await doctor.send(f"{WRONG}/signert/{note}/flytt", {"til": to})
            assert refused.status_code == 422
            assert "Velg en annen innbygger" in refused.text
        hits = await doctor.get(f"{WRONG}/signert/{note}/flytt", treff="ja", q="fjern")
        assert "Havsule" not in hits.text
        assert (await doctor.get(f"{WRONG}/signert/{note}")).status_code == 200


async def test_only_who_wrote_a_note_moves_it(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor, office.worker(NURSE) as nurse:
        note = await written(doctor)
        assert (await nurse.get(f"{WRONG}/signert/{note}/flytt")).status_code == 403
        assert (await nurse.send(f"{WRONG}/signert/{note}/flytt", {"til": NEAR})).status_code == 403


async def test_a_draft_at_the_right_one_is_not_written_over(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor:
        note = await written(doctor)
        await doctor.get(f"{RIGHT}/notat/visitt")
        await doctor.send(f"{RIGHT}/notat/visitt/utkast", {"fritekst:0": "Om Solfrid selv"})
        refused = await doctor.send(f"{WRONG}/signert/{note}/flytt", {"til": NEAR})
        assert refused.status_code == 422
        assert "Du har et utkast av «Visitt» hos Solfrid Multemyr fra før." in refused.text
        assert "Om Solfrid selv" in (await doctor.get(f"{RIGHT}/notat/visitt")).text
        assert (await doctor.get(f"{WRONG}/signert/{note}")).status_code == 200


async def test_what_was_typed_to_amend_it_goes_along(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor:
        note = await written(doctor)
        await doctor.get(f"{WRONG}/signert/{note}")
        await doctor.send(f"{WRONG}/notat/visitt/utkast?retter={note}", {"fritekst:0": "Nytt ord"})
        await doctor.send(f"{WRONG}/signert/{note}/flytt", {"til": NEAR})
        assert "Nytt ord" in (await doctor.get(f"{RIGHT}/notat/visitt")).text
        assert "Utkast som venter" not in (await doctor.get(f"{WRONG}/notat")).text
