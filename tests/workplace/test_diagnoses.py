"""The one list of diagnoses: who stands for each, when it was last looked over, and how it is kept true."""

from fellesjournal.ui.naming import dotted
from workplace import people
from workplace.conftest import Office, Worker
from workplace.people import ADA, condition, to

PNEUMONIA = f"/innbygger/{ADA}/forlop/ada-pneumonia"


async def version(worker: Worker) -> str:
    """Which version the pane of the diagnosis shows."""
    page = (await worker.get(PNEUMONIA)).text
    return page.partition('name="versjon" value="')[2].partition('"')[0]


async def act(worker: Worker, name: str, of: str = "") -> str:
    """Do something to the diagnosis as it is, or as it was in a version; the pane after it."""
    answer = await worker.send(f"{PNEUMONIA}/{name}", {"versjon": of or await version(worker)})
    return answer.text


async def problems(worker: Worker) -> str:
    return (await worker.get(f"/innbygger/{ADA}/del/problems")).text


async def test_who_stands_for_a_diagnosis_and_when_it_was_looked_over_is_told(office: Office) -> None:
    recorder = {"recorder": {"reference": "Practitioner/ivrig-steinroys"}}
    await office.put(condition("ada-pneumonia", "Pneumoni", "2026-11-20") | recorder)
    async with office.worker("varm-lyngmo") as nurse:
        assert "Ivrig Steinrøys" in await problems(nurse)
        assert "registrert av Ivrig Steinrøys" in (await nurse.get(PNEUMONIA)).text
        said = await act(nurse, "vurdering")
        assert "sist vurdert" in said
        assert "av Varm Lyngmo" in said
        assert "vurdert" in await problems(nurse)
        await act(nurse, "vurdering")
    [stored] = await office.asked("Condition?_id=ada-pneumonia")
    assert len(stored["extension"]) == 1, "a review takes the place of the one before"


async def test_a_diagnosis_ends_and_goes_on_again(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        assert "Diagnosen er avsluttet fra i dag" in await act(doctor, "avslutning")
        active, _, past = (await problems(doctor)).partition("Tidligere")
        assert "Pneumoni" not in active
        assert "Pneumoni" in past
        await act(doctor, "gjenapning")
        assert "Pneumoni" in (await problems(doctor)).partition("Tidligere")[0]
    [stored] = await office.asked("Condition?_id=ada-pneumonia")
    assert "abatementDateTime" not in stored


async def test_what_was_never_so_leaves_the_chart_and_can_still_be_read(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        await act(doctor, "feilforing")
        assert "Pneumoni" not in await problems(doctor)
        assert "Pneumoni" not in (await doctor.get(f"/innbygger/{ADA}/livslop")).text
        pane = (await doctor.get(PNEUMONIA)).text
        assert "feilført" in pane
        assert "Vurdert i dag" not in pane, "what is withdrawn stays so"


async def test_who_comes_second_changes_nothing_and_is_told(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor, office.worker("varm-lyngmo") as nurse:
        shown = await version(nurse)
        await act(doctor, "avslutning")
        assert "Noen har endret diagnosen" in await act(nurse, "vurdering", of=shown)
    [stored] = await office.asked("Condition?_id=ada-pneumonia")
    assert "extension" not in stored


async def test_what_is_no_act_or_not_this_citizens_is_not_found(office: Office) -> None:
    await office.put(condition("near-flu", "Influensa", "2026-11-20", citizen=people.NEAR))
    async with office.worker("ivrig-steinroys") as doctor:
        sent = {"versjon": "1"}
        assert (await doctor.send(f"{PNEUMONIA}/sletting", sent)).status_code == 404
        elsewhere = f"/innbygger/{ADA}/forlop/near-flu/avslutning"
        assert (await doctor.send(elsewhere, sent)).status_code == 404


async def test_results_and_contacts_entered_in_error_are_no_part_of_the_chart(office: Office) -> None:
    wrong = people.laboratory("ada-wrong", "Kalium", 9.9, "mmol/L", "2026-11-21T09:00:00+01:00")
    visit = {
        "resourceType": "Encounter",
        "id": "ada-visit",
        "status": "entered-in-error",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HH"},
        "type": [{"text": "Hjemmebesøk"}],
        "subject": to(ADA),
        "period": {"start": "2026-11-21T09:00:00+01:00"},
    }
    await office.put(wrong | {"status": "entered-in-error"}, visit)
    async with office.worker("ivrig-steinroys") as doctor:
        assert "Kalium" not in (await doctor.get(f"/innbygger/{ADA}/del/results")).text
        assert "Hjemmebesøk" not in (await doctor.get(f"/innbygger/{ADA}/del/contacts")).text


def test_codes_of_icd_10_have_their_point() -> None:
    assert [dotted(one) for one in ("J189", "S72.0", "I10", "R81", "")] == [
        "J18.9",
        "S72.0",
        "I10",
        "R81",
        "",
    ]
