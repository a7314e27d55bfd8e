"""What a block keeps from the unit is told in the chart to those who may override it, and no line says that
there is nothing."""

from typing import Any

import pytest

from access.conftest import block, shut_out, stay
from fellesjournal.norway.protection import EXTENSION
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA
from world import staff

TYPES = "http://hl7.org/fhir/resource-types"
NOTES = {"class": [{"system": TYPES, "code": "Composition"}]}
UNIT = f"Organization/{staff.WARD}"
LINE = "Sperret for enheten din og ikke vist her: dokumenter og opplysninger (1)."


async def kept_from(office: Office, *whom: str) -> None:
    """The citizen blocks notes from some, or from everybody."""
    actors = [one for who in whom for one in shut_out(who)]
    shut: dict[str, Any] = {**NOTES, **({"actor": actors} if actors else {})}
    await office.put(block("kept", ADA, **shut))


async def seen(office: Office, who: str = "ivrig-steinroys", path: str = "") -> str:
    async with office.worker(who) as worker:
        page = await worker.get(f"/innbygger/{ADA}{path}")
    assert page.status_code == 200, page.text
    return page.text


@pytest.mark.parametrize("path", ["", "/livslop", "/del/access"])
async def test_who_may_override_a_block_from_the_unit_is_told_how_much_it_keeps(
    office: Office, path: str
) -> None:
    assert "Sperret for enheten" not in await seen(office, path=path)
    await kept_from(office, UNIT)
    assert (await seen(office, path=path)).count(LINE) == 1


async def test_the_part_does_not_say_that_there_are_no_documents(office: Office) -> None:
    await kept_from(office, UNIT)
    page = await seen(office, path="/del/documents")
    assert "Innkomstnotat" not in page
    assert "Ingen dokumenter du har tilgang til." in page


@pytest.mark.parametrize(
    "whom", [["Practitioner/ivrig-steinroys"], [], [UNIT, "Practitioner/ivrig-steinroys"]]
)
async def test_a_block_from_the_person_or_from_everybody_is_not_told_of(
    office: Office, whom: list[str]
) -> None:
    await kept_from(office, *whom)
    page = await seen(office)
    assert "Innkomstnotat" not in page
    assert "sperret" not in page


async def test_nothing_is_told_where_the_address_is_protected(office: Office) -> None:
    await kept_from(office, UNIT)
    protected = {"extension": [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]}
    await office.put(people.named(ADA, "Blid", "Fjellrype", birthDate="1942-02-01") | protected)
    assert "sperret" not in await seen(office)


async def test_who_may_not_override_it_is_not_told_of_it(office: Office) -> None:
    await office.put(stay("ada-clinic", ADA, staff.CLINIC, "2026-11-20"))
    await kept_from(office, f"Organization/{staff.CLINIC}")
    assert "sperret" not in await seen(office, "ryddig-perlemor")
