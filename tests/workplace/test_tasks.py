"""Tasks about a citizen: from the list to what they are about, finished with a word, taken up again."""

from typing import Any

import pytest

from workplace.conftest import Office
from workplace.people import ADA, NEAR, to
from world import staff

DOCTOR, NURSE = "ivrig-steinroys", "varm-lyngmo"
AT = f"/innbygger/{ADA}/oppgaver"


def task(id: str, owner: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Task",
        "id": id,
        "status": "requested",
        "intent": "order",
        "code": {"text": "Gå gjennom prøvesvar"},
        "focus": {"reference": "Observation/ada-pulse"},
        "for": to(ADA),
        "authoredOn": "2026-11-25T10:00:00+01:00",
        "owner": {"reference": owner},
        "requester": {"reference": f"Organization/{staff.WARD}"},
        **more,
    }


async def test_a_task_is_opened_from_the_list_finished_and_taken_up_again(office: Office) -> None:
    await office.put(task("see", f"Practitioner/{DOCTOR}", status="accepted"))
    async with office.worker(DOCTOR) as doctor:
        assert f"?apne=/arbeid{AT}" in (await doctor.get("")).text
        page = (await doctor.get(AT)).text
        assert "Gå gjennom prøvesvar" in page
        assert f"/innbygger/{ADA}/funn/Observation/ada-pulse" in page
        done = (await doctor.send(f"{AT}/see", {"merknad": "Sett. <Fint>."})).text
        assert "Oppgaven er ferdig." in done
        assert "Ingen oppgaver om innbyggeren" in done
        [stored] = await office.asked("Task?_id=see")
        assert (stored["status"], stored["note"][0]["text"]) == ("completed", "Sett. <Fint>.")
        assert stored["note"][0]["authorReference"]["reference"] == f"Practitioner/{DOCTOR}"
        assert f"?apne=/arbeid{AT}" not in (await doctor.get("")).text
        assert "Oppgaven venter igjen." in (await doctor.send(f"{AT}/see/igjen", {"fra": "accepted"})).text
    [stored] = await office.asked("Task?_id=see")
    assert stored["status"] == "accepted"


@pytest.mark.parametrize(
    "changed", [{"for": to(NEAR)}, {"owner": {"reference": "Practitioner/klok-tindvik"}}]
)
async def test_nobody_finishes_what_is_about_another_or_waits_for_others(
    office: Office, changed: dict[str, Any]
) -> None:
    await office.put(task("other", f"Organization/{staff.WARD}") | changed)
    async with office.worker(NURSE) as nurse:
        assert "Gå gjennom prøvesvar" not in (await nurse.get(AT)).text
        assert (await nurse.send(f"{AT}/other", {})).status_code == 404
        assert (await nurse.send(f"{AT}/nothing", {})).status_code == 404
    [stored] = await office.asked("Task?_id=other")
    assert stored["status"] == "requested"
