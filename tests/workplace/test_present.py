"""Who else is in this chart."""

from uuid import uuid4

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.protection import EXTENSION
from fellesjournal.reading.attendance import Attendance, Page, Reader
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA

PRESENT = f"/innbygger/{ADA}/del/present"
DOCTOR = Reader("Practitioner/ivrig-steinroys", "Ivrig Steinrøys", "lege", "Medisinsk sengepost")


async def test_the_others_are_told_with_role_and_unit_and_oneself_is_not(office: Office) -> None:
    await Attendance(office.pool).come([Page(key_of(f"Patient/{ADA}"), uuid4(), DOCTOR)])
    async with office.worker("varm-lyngmo") as nurse, office.worker("ivrig-steinroys") as doctor:
        seen = (await nurse.get(PRESENT)).text
        own = (await doctor.get(PRESENT)).text
    assert "Ivrig Steinrøys" in seen
    assert "Lege, Medisinsk sengepost" in seen
    assert "Ivrig Steinrøys" not in own


async def test_of_one_whose_address_is_protected_the_units_are_not_told(office: Office) -> None:
    protected = {"extension": [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]}
    await office.put(people.named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01", **protected))
    await Attendance(office.pool).come([Page(key_of(f"Patient/{ADA}"), uuid4(), DOCTOR)])
    async with office.worker("varm-lyngmo") as nurse:
        seen = (await nurse.get(PRESENT)).text
    assert "Ivrig Steinrøys" in seen
    assert "Lege" in seen
    assert "Medisinsk sengepost" not in seen


async def test_who_reads_what_needs_a_right_of_its_own_is_told_by_name_alone(office: Office) -> None:
    psychologist = Reader("Practitioner/x", "Fredelig Myrull", "psykolog", "Psykiatrisk poliklinikk")
    await Attendance(office.pool).come([Page(key_of(f"Patient/{ADA}"), uuid4(), psychologist)])
    async with office.worker("varm-lyngmo") as nurse:
        seen = (await nurse.get(PRESENT)).text
    assert "Fredelig Myrull" in seen
    assert "syk" not in seen
