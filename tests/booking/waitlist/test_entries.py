"""Who is on a list stays on it until a person says why not: entries, and how they are closed."""

from typing import Any

import pytest

from booking.conftest import at
from booking.waitlist.conftest import CLINIC, Site, entry
from fellesjournal.booking.waitlist.entry import closed
from fellesjournal.errors import Conflict, Unprocessable
from fellesjournal.norway.codes.contacts import WAIT_ENDED

OLA = "Patient/ola"
OTHER = {"actor": {"reference": "HealthcareService/other"}, "status": "accepted"}


def lacking(**changed: Any) -> dict[str, Any]:
    made = entry("ola", OLA) | changed
    return {name: value for name, value in made.items() if value is not None}


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (lacking(participant=[{"actor": {"reference": CLINIC}, "status": "accepted"}]), "the citizen"),
        (lacking(participant=[{"actor": {"reference": OLA}, "status": "accepted"}]), "the one service"),
        (lacking(participant=[*entry("ola", OLA)["participant"], OTHER]), "the one service"),
        (lacking(start=at(0), end=at(30)), "leave out start"),
        (lacking(extension=None), "since when it counts"),
    ],
    ids=["no citizen", "no list", "two lists", "a time", "no since"],
)
async def test_an_entry_that_lacks_something_is_refused(site: Site, tree: dict[str, Any], said: str) -> None:
    answer = await site.put(tree, status=(422,))
    assert said in answer.text


@pytest.mark.parametrize(
    "leaving",
    [
        {"status": "booked", "start": at(0), "end": at(30)},
        {"status": "proposed"},
        {"status": "cancelled"},
        {"status": "cancelled", "cancelationReason": {"text": "orker ikke mer"}},
        {"status": "noshow", "start": at(0), "end": at(30)},
        {"status": "entered-in-error", "start": at(0), "end": at(30)},
    ],
    ids=["booked", "proposed", "no reason", "no code", "noshow", "a mistake"],
)
async def test_nobody_leaves_a_list_by_the_way(site: Site, leaving: dict[str, Any]) -> None:
    await site.put(entry("ola", OLA))
    answer = await site.put(entry("ola", OLA) | leaving, status=(409,))
    assert "closed by status" in answer.text
    assert await site.pool.fetchval("select count(*) from waiting") == 1


async def test_an_entry_is_not_deleted(site: Site) -> None:
    made = {name: value for name, value in entry("", OLA).items() if name != "id"}
    created = await site.client.post("Appointment", json=made)
    id = created.json()["id"]
    answer = await site.client.delete(f"Appointment/{id}")
    assert answer.status_code == 409
    assert f"Appointment/{id} waits" in answer.text
    assert await site.pool.fetchval("select count(*) from waiting") == 1


@pytest.mark.parametrize("code", [one.code for one in WAIT_ENDED.codes])
async def test_a_person_closes_an_entry_with_a_reason(site: Site, code: str) -> None:
    await site.put(entry("ola", OLA))
    await site.put(closed(entry("ola", OLA), code, "Snakket med Ola"))
    [one] = await site.found("Appointment?_id=ola")
    assert one["cancelationReason"]["text"].endswith("Snakket med Ola")
    assert await site.pool.fetchval("select count(*) from waiting") == 0


@pytest.mark.parametrize(("code", "status"), [("AAI", 200), ("APVAI", 200), ("AAT", 409), ("IM", 409)])
async def test_the_citizen_may_say_that_they_wait_no_more_and_the_service_gives_the_reason(
    site: Site, code: str, status: int
) -> None:
    await site.put(entry("ola", OLA))
    coding = {"system": "urn:oid:2.16.578.1.12.4.1.1.7621", "code": code}
    said = {"status": "cancelled", "cancelationReason": {"coding": [coding]}}
    await site.put(entry("ola", OLA) | said, status=(status,))


def test_a_wait_ends_for_a_reason_that_there_is_and_once() -> None:
    with pytest.raises(Unprocessable, match="not '99'"):
        closed(entry("ola", OLA), "99")
    with pytest.raises(Conflict, match="does not wait"):
        closed(closed(entry("ola", OLA), "1"), "1")


async def test_whoever_wants_one_certain_time_is_on_no_list(site: Site) -> None:
    wish = entry("ola", OLA) | {"start": at(0), "end": at(30), "extension": []}
    await site.put({name: value for name, value in wish.items() if value})
    assert await site.pool.fetchval("select count(*) from waiting") == 0
