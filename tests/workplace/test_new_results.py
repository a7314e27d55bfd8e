"""New results on the first page: of those in the unit's care, since this worker last had the record open."""

from datetime import UTC, datetime

from workplace.conftest import Office, Worker
from workplace.people import ADA, NEAR, appointment, laboratory, place
from world import staff

HEADING = "Nye prøvesvar siden du så sist"
HIGH = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"


async def shown(worker: Worker) -> str:
    """The list of new results; "" when it is not there."""
    return (await worker.get("/lister")).text.partition(HEADING)[2].partition("</section>")[0]


def today(id: str, text: str, value: float, citizen: str = ADA) -> dict[str, object]:
    return laboratory(id, text, value, "mg/L", datetime.now(UTC).isoformat(timespec="seconds"), citizen)


async def test_new_results_stand_until_the_record_has_been_open(office: Office) -> None:
    high = {"interpretation": [{"coding": [{"system": HIGH, "code": "H"}]}]}
    async with office.worker("ivrig-steinroys") as doctor, office.worker("varm-lyngmo") as nurse:
        await doctor.get(f"/innbygger/{ADA}")
        assert f"/innbygger/{ADA}" not in await shown(doctor)
        await office.put(today("new-crp", "CRP", 172) | high, today("new-natrium", "Natrium", 140))
        rows = await shown(doctor)
        assert rows.count(f'href="/arbeid/innbygger/{ADA}"') == 1
        assert "CRP 172 mg/L høy, 1 til" in rows
        await doctor.send(f"/innbygger/{ADA}/lest", {"til": datetime.now(UTC).isoformat()})
        assert f"/innbygger/{ADA}" not in await shown(doctor)
        assert "CRP 172" in await shown(nurse), "what one has read another has not"


async def test_results_entered_in_error_and_of_others_are_not_told(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        for citizen in (ADA, NEAR):
            await doctor.get(f"/innbygger/{citizen}")
        await office.put(today("wrong", "CRP", 300, NEAR) | {"status": "entered-in-error"})
        assert await shown(doctor) == ""


async def test_a_secretary_is_told_that_results_are_not_hers_to_read(office: Office) -> None:
    await office.put(place(staff.CLINIC), appointment("ada-clinic", ADA, staff.CLINIC))
    async with office.worker("ryddig-perlemor") as secretary:
        page = await secretary.get(f"/innbygger/{ADA}")
    assert page.status_code == 200
    assert page.text.count("Rollen din leser ikke dette") == 2
    assert "Ingen prøvesvar" not in page.text
