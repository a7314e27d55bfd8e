"""Notes that take two signatures: asked for, on the worklist, signed, added to, sent back."""

import re
from typing import Any

from workplace.conftest import Office, Worker
from workplace.people import ADA, NEAR, note

STUDENT, DOCTOR, NURSE, OTHER = "nysgjerrig-furukongle", "ivrig-steinroys", "varm-lyngmo", "klok-tindvik"
CHART = f"/innbygger/{ADA}"
VISIT = {"funn:0/allmenn:0": "god", "vurdering-gruppe:0/vurdering:0": "Bedring.", "funn:0/puls:0": "88"}
ASKED = {"medsigneres": f"Practitioner/{DOCTOR}"}


async def written(student: Worker, fields: dict[str, str]) -> str:
    """A ward-round note, sent to be signed; what it is called."""
    await student.get(f"{CHART}/notat/visitt")
    sent = await student.send(f"{CHART}/notat/visitt", fields | ASKED)
    assert "sendt til Ivrig Steinrøys for medsignering" in sent.text
    found = re.search(r"/signert/([\w-]+)", sent.text)
    assert found
    return found[1]


async def notes(office: Office) -> list[dict[str, Any]]:
    found = await office.asked(f"Composition?patient={ADA}&_sort=-_lastUpdated")
    return [one for one in found if one["id"] != "ada-note"]


async def pulses(office: Office) -> list[tuple[str, float]]:
    found = await office.asked(f"Observation?patient={ADA}&code=8867-4")
    return [(one["status"], one["valueQuantity"]["value"]) for one in found if one["id"] != "ada-pulse"]


async def test_a_students_note_is_preliminary_until_the_doctor_has_signed_too(office: Office) -> None:
    async with office.worker(STUDENT, role=f"{STUDENT}-1") as student, office.worker(DOCTOR) as doctor:
        form = await student.get(f"{CHART}/notat/visitt")
        assert "Ivrig Steinrøys" in form.text
        assert "Varm Lyngmo" not in form.text
        assert "Avgått Lomvi" not in form.text  # the employment has ended
        assert "Medsigneres av" not in (await doctor.get(f"{CHART}/notat/visitt")).text
        note = await written(student, VISIT)
        [stored] = await notes(office)
        assert stored["status"] == "preliminary"
        assert await pulses(office) == [("preliminary", 88)]
        assert "Venter på din signatur: <strong>1</strong>" in (await doctor.get("")).text
        listed = await doctor.get("/signere")
        assert "Venter på din signatur" in listed.text
        assert f"{CHART}/medsignering/{note}" in listed.text
        assert "Dine, venter på medsignering" in (await student.get("/signere")).text
        shown = await doctor.get(f"{CHART}/medsignering/{note}")
        assert "Bedring." in shown.text
        done = await doctor.send(f"{CHART}/medsignering/{note}", {"tillegg": "Enig. Følg <CRP>."})
        assert "Notatet er medsignert." in done.text
        assert "Venter på din signatur" not in (await doctor.get("/signere")).text
    [stored] = await notes(office)
    assert stored["status"] == "final"
    names = [(one["mode"], one["party"]["display"], "time" in one) for one in stored["attester"]]
    assert names == [("professional", "Nysgjerrig Furukongle", True), ("legal", "Ivrig Steinrøys", True)]
    assert "Følg &lt;CRP&gt;." in stored["section"][-1]["text"]["div"]
    assert stored["section"][-1]["author"][0]["display"] == "Ivrig Steinrøys"
    assert await pulses(office) == [("final", 88)]


async def test_a_note_goes_back_with_a_sentence_and_comes_again(office: Office) -> None:
    async with office.worker(STUDENT, role=f"{STUDENT}-1") as student, office.worker(DOCTOR) as doctor:
        note = await written(student, VISIT)
        at = f"{CHART}/medsignering/{note}"
        assert (await doctor.send(f"{at}/retur", {"grunn": " "})).status_code == 422
        assert "sendt tilbake" in (await doctor.send(f"{at}/retur", {"grunn": "Pulsen er feil."})).text
        assert "Venter på din signatur" not in (await doctor.get("/signere")).text
        listed = await student.get("/signere")
        assert "Sendt tilbake til deg" in listed.text
        assert "Pulsen er feil." in listed.text
        assert (await student.get(f"{CHART}/signert/{note}")).status_code == 200
        again = await student.send(
            f"{CHART}/notat/visitt?retter={note}", VISIT | ASKED | {"funn:0/puls:0": "78"}
        )
        assert "medsignering" in again.text
        assert "Pulsen er feil." not in (await student.get("/signere")).text
        assert "Notatet er medsignert." in (await doctor.send(at, {"tillegg": "Sett."})).text
        assert (await student.get(f"{CHART}/signert/{note}")).status_code == 200
        await student.send(f"{CHART}/notat/visitt?retter={note}", VISIT | ASKED)
        [stored] = await notes(office)
        assert stored["status"] == "preliminary"
        assert "Sett." in stored["section"][-1]["text"]["div"], "what the doctor added outlives the amendment"
    assert await pulses(office) == [("preliminary", 88)]


async def test_a_note_that_was_not_written_here_is_signed_from_the_list_and_from_where_it_is_read(
    office: Office,
) -> None:
    doctor_, student_ = ({"reference": f"Practitioner/{one}"} for one in (DOCTOR, STUDENT))
    moment = "2026-11-26T09:00:00+01:00"
    attester = [
        {"mode": "professional", "party": student_, "time": moment},
        {"mode": "legal", "party": doctor_},
    ]
    waits = {"status": "preliminary", "attester": attester, "author": [student_]}
    await office.put(note("foreign", "Visitt", "Bedring.", "2026-11-26") | waits)
    at = f"{CHART}/medsignering/foreign"
    async with office.worker(DOCTOR) as doctor, office.worker(OTHER) as other:
        assert f'href="/arbeid{at}"' in (await doctor.get("/signere")).text
        assert f'href="/arbeid{at}"' in (await doctor.get(f"{CHART}/journalnotat/foreign")).text
        assert at not in (await other.get(f"{CHART}/journalnotat/foreign")).text
        assert (await other.get(at)).status_code == 403
        assert "Bedring." in (await doctor.get(at)).text
        assert (await doctor.get(f"/innbygger/{NEAR}/medsignering/foreign")).status_code == 404
        assert "Notatet er medsignert." in (await doctor.send(at, {"tillegg": ""})).text
        assert "/medsignering/" not in (await doctor.get("/signere")).text
    [stored] = await office.asked("Composition?_id=foreign")
    assert (stored["status"], "time" in stored["attester"][1]) == ("final", True)


async def test_nobody_but_the_one_who_is_asked_signs(office: Office) -> None:
    async with (
        office.worker(STUDENT, role=f"{STUDENT}-1") as student,
        office.worker(OTHER, role=f"{OTHER}-1") as other,
    ):
        note = await written(student, VISIT)
        for worker in (student, other):
            assert (await worker.get(f"{CHART}/medsignering/{note}")).status_code == 403
            assert (await worker.send(f"{CHART}/medsignering/{note}", {})).status_code == 403
            assert (
                await worker.send(f"{CHART}/medsignering/{note}/retur", {"grunn": "x"})
            ).status_code == 403
        assert "Venter på din signatur" not in (await other.get("/signere")).text
    [stored] = await notes(office)
    assert stored["status"] == "preliminary"


async def test_without_one_who_may_sign_too_a_student_signs_nothing_and_loses_nothing(office: Office) -> None:
    async with office.worker(STUDENT, role=f"{STUDENT}-1") as student:
        await student.get(f"{CHART}/notat/visitt")
        for asked in (
            {},
            {"medsigneres": f"Practitioner/{NURSE}"},
            {"medsigneres": f"Practitioner/{STUDENT}"},
        ):
            refused = await student.send(f"{CHART}/notat/visitt", VISIT | asked)
            assert refused.status_code == 422
            assert "Velg hvem som skal medsignere." in refused.text
            assert "Bedring." in refused.text
    assert await notes(office) == []


async def test_drafts_about_anybody_are_listed_and_nobody_elses(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor, office.worker(NURSE) as nurse:
        for citizen in (ADA, "solfrid"):
            await doctor.get(f"/innbygger/{citizen}/notat/visitt")
            await doctor.send(f"/innbygger/{citizen}/notat/visitt/utkast", {"fritekst:0": "Påbegynt"})
        listed = await doctor.get("/signere")
        assert "Utkast du ikke har signert" in listed.text
        assert f"/arbeid{CHART}/notat/visitt" in listed.text
        assert "Solfrid Multemyr" in listed.text
        assert "Ingenting venter" in (await nurse.get("/signere")).text
        await office.put({
            "resourceType": "Encounter", "id": "near-stay", "status": "finished",
            "class": {"code": "IMP"}, "subject": {"reference": "Patient/solfrid"},
            "period": {"start": "2020-01-01", "end": "2020-01-02"},
        })  # fmt: skip
        listed = await doctor.get("/signere")
        assert "Solfrid" not in listed.text
        assert "Utenfor tilgangen din nå" in listed.text
