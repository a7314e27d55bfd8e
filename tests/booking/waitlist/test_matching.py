"""A cancelled time finds its next person, over HTTP: who is asked, and who is passed over."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from booking.conftest import MONDAY, appointment
from booking.waitlist.conftest import CLINIC, DOCTOR, Site, entry, service, visit
from fellesjournal.booking.holding import HELD_UNTIL

ADA, OLA, EVA, PER = "Patient/ada", "Patient/ola", "Patient/eva", "Patient/per"


async def outcome(site: Site) -> list[str]:
    rows = await site.pool.fetch("select outcome from freed_time order by number")
    return [row["outcome"] for row in rows]


async def test_a_cancelled_time_is_offered_to_the_first_who_waits(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA), entry("eva", EVA, since="2025-11-01"))
    await site.cancel("a")
    assert await site.round() == 1
    [offer] = await site.offers("eva")
    assert offer["status"] == "proposed"
    assert datetime.fromisoformat(offer["start"]) == MONDAY
    assert await site.offers("ola") == []
    assert "ada" not in str(offer)
    assert await outcome(site) == ["offered"]


async def test_an_offer_has_each_for_the_time_of_their_own_and_nobody_who_had_declined(site: Site) -> None:
    """A nurse who comes home to one who waits for two hours has other visits in them."""
    booked = visit("a", 0, ADA, "Practitioner/declined", "Practitioner/nurse")
    declined, nurse = booked["participant"][1:3]
    declined["status"] = "declined"
    nurse["period"] = {name: booked[name] for name in ("start", "end")}
    booked["end"] = (MONDAY + timedelta(hours=2)).isoformat()
    await site.put(booked, entry("ola", OLA))
    await site.cancel("a")
    await site.round()
    [offer] = await site.offers("ola")
    parties = {one["actor"]["reference"]: one for one in offer["participant"]}
    assert parties["Practitioner/nurse"]["period"] == nurse["period"]
    assert "Practitioner/declined" not in parties


async def test_an_offer_that_is_accepted_is_an_appointment_and_the_entry_still_waits(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA))
    await site.cancel("a")
    await site.round()
    [offer] = await site.offers("ola")
    assert (await site.accept(offer)).status_code == 200
    site.passed = timedelta(hours=9)
    await site.round()
    assert [one["status"] for one in await site.offers("ola")] == ["booked"]
    [waiting] = await site.found("Appointment?_id=ola")
    assert waiting["status"] == "waitlist"


async def test_an_offer_that_nobody_answers_goes_to_the_next(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA), entry("eva", EVA, since="2026-02-01"))
    await site.cancel("a")
    await site.round()
    site.passed = timedelta(hours=5)
    await site.round()
    await site.round()
    [first], [second] = await site.offers("ola"), await site.offers("eva")
    assert (first["status"], second["status"]) == ("cancelled", "proposed")
    assert first["cancelationReason"]["coding"][0]["code"] == "AAT"


async def test_an_offer_that_is_refused_goes_to_the_next_and_never_to_the_same(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA), entry("eva", EVA, since="2026-02-01"))
    await site.cancel("a")
    await site.round()
    for name in ("ola", "eva"):
        [offer] = await site.offers(name)
        await site.cancel(offer["id"])
        await site.round()
    assert len(await site.offers("ola")) == len(await site.offers("eva")) == 1
    assert await outcome(site) == ["offered", "offered", "nobody"]


async def test_a_moved_appointment_frees_its_old_time(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA))
    await site.put(visit("a", 120, ADA))
    await site.round()
    [offer] = await site.offers("ola")
    assert datetime.fromisoformat(offer["start"]) == MONDAY


async def test_a_deleted_appointment_frees_its_time(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA))
    assert (await site.client.delete("Appointment/a")).status_code < 300
    await site.round()
    assert len(await site.offers("ola")) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"serviceType": [{"coding": [{"system": "http://snomed.info/sct", "code": "another"}]}]},
        {"notice": 24 * 60},
        {"place": "Location/elsewhere"},
        {"minutesDuration": 45},
        {"requestedPeriod": [{"start": (MONDAY + timedelta(days=1)).isoformat()}]},
        {"requestedPeriod": [{"end": (MONDAY - timedelta(days=1)).isoformat()}]},
    ],
    ids=["another visit", "needs more notice", "another place", "longer", "later", "earlier"],
)
async def test_whoever_cannot_have_the_time_is_passed_over(site: Site, more: dict[str, Any]) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA, **more), entry("eva", EVA, since="2026-03-01"))
    await site.cancel("a")
    await site.round()
    assert await site.offers("ola") == []
    assert len(await site.offers("eva")) == 1


async def test_whoever_is_busy_dead_or_has_an_appointment_is_passed_over(site: Site) -> None:
    await site.put(
        visit("a", 0, ADA),
        {"resourceType": "Patient", "id": "per", "deceasedBoolean": True},
        entry("ola", OLA),
        entry("per", PER),
        entry("eva", EVA),
        entry("ada", ADA, since="2026-03-01"),
        appointment("busy", -10, 10, OLA, "Practitioner/another"),
        visit("has", 600, EVA, supportingInformation=[{"reference": "Appointment/eva"}]),
    )
    await site.cancel("a")
    await site.round()
    assert [len(await site.offers(name)) for name in ("ola", "per", "eva", "ada")] == [0, 0, 1, 1]


async def test_time_that_somebody_took_already_is_offered_to_nobody(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA))
    await site.cancel("a")
    await site.put(appointment("b", 10, 20, EVA, DOCTOR))
    await site.round()
    assert await site.offers("ola") == []
    assert await outcome(site) == ["taken"]


@pytest.mark.parametrize(
    "chosen", [{}, {"automatic": False}, {"automatic": True, "quiet": 24 * 90}], ids=["none", "off", "quiet"]
)
async def test_a_service_that_does_not_say_so_offers_nothing_by_itself(
    site: Site, chosen: dict[str, Any]
) -> None:
    await site.put(service(**chosen), visit("a", 0, ADA), entry("ola", OLA))
    await site.cancel("a")
    await site.round()
    assert await site.offers("ola") == []
    assert await outcome(site) == ["by-hand"]


async def test_processes_that_go_their_rounds_at_once_make_one_offer(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA), entry("eva", EVA))
    await site.cancel("a")
    done = await asyncio.gather(*(site.round() for _ in range(6)))
    assert sum(done) == 1
    assert len(await site.offers("ola")) + len(await site.offers("eva")) == 1


async def test_a_yes_that_comes_too_late_is_refused_when_the_time_is_the_next_ones(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA), entry("eva", EVA))
    await site.cancel("a")
    await site.round()
    late = [*await site.offers("ola"), *await site.offers("eva")][0]
    site.passed = timedelta(hours=5)
    await site.round()
    await site.round()
    assert (await site.accept(late)).status_code == 409


async def test_what_the_list_does_stands_in_the_log(site: Site) -> None:
    await site.put(visit("a", 0, ADA), entry("ola", OLA))
    await site.cancel("a")
    before = len(site.logged)
    await site.round()
    acts = {(one.actor.role, one.interaction) for one in site.logged[before:] if one.patient == OLA}
    assert ("venteliste", "create") in acts
    assert {role for role, _ in acts} == {"venteliste"}


async def test_freed_time_names_no_citizen(site: Site) -> None:
    await site.put(visit("a", 0, ADA, comment="om Ada", reasonCode=[{"text": "utslett"}]))
    await site.cancel("a")
    [row] = await site.pool.fetch("select offered::text, start from freed_time")
    assert row["start"] == MONDAY
    assert CLINIC in row["offered"]
    assert not any(word in row["offered"] for word in ("ada", "Ada", "utslett"))


async def test_what_is_over_frees_nothing(site: Site) -> None:
    yesterday = (datetime.now(UTC) - timedelta(days=1) - MONDAY).total_seconds() / 60
    await site.put(visit("a", yesterday, ADA))
    await site.cancel("a", "IM")
    assert await site.round() == 0


async def test_a_hold_that_has_ended_is_called_off_after_a_while(site: Site) -> None:
    until = {"url": HELD_UNTIL, "valueDateTime": (datetime.now(UTC) + timedelta(minutes=10)).isoformat()}
    await site.put(visit("a", 0, ADA, status="pending", extension=[until]))
    await site.put(visit("b", 60, status="pending", extension=[until]))
    await site.put(visit("c", 120, OLA, status="pending"))
    for minutes, status in ((9, "pending"), (20, "pending"), (26, "cancelled")):
        site.passed = timedelta(minutes=minutes)
        await site.round()
        found = {one["id"]: one for one in await site.found("Appointment?_id=a,b,c")}
        assert [found[id]["status"] for id in "abc"] == [status, status, "pending"], minutes
    assert "holdt av til kl." in found["a"]["cancelationReason"]["text"]
    assert await site.pool.fetchval("select count(*) from offer") == 0
    assert await site.pool.fetchval("select count(*) from claim where until is not null") == 0


async def test_a_hold_that_is_confirmed_is_not_called_off(site: Site) -> None:
    until = {"url": HELD_UNTIL, "valueDateTime": (datetime.now(UTC) + timedelta(minutes=10)).isoformat()}
    await site.put(visit("a", 0, ADA, status="pending", extension=[until]))
    await site.put(visit("a", 0, ADA))
    site.passed = timedelta(hours=1)
    assert await site.round() == 0
    [one] = await site.found("Appointment?_id=a")
    assert one["status"] == "booked"
