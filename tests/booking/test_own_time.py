"""Whose time may be blocked by one who keeps no calendars: the rule that the door asks."""

from collections.abc import Sequence
from typing import Any

import pytest

from fellesjournal.access.actor import Actor
from fellesjournal.access.policies import Policies
from fellesjournal.booking.asked.own_time import of_workers
from fellesjournal.errors import Forbidden

Json = dict[str, Any]
POLICIES = Policies()
HELD: dict[str, Json] = {
    "own": {"actor": [{"reference": "Practitioner/a"}]},
    "by-role": {"actor": [{"reference": "PractitionerRole/a-1"}]},
    "others": {"actor": [{"reference": "Practitioner/b"}]},
    "shared": {"actor": [{"reference": "Practitioner/a"}, {"reference": "Location/room"}]},
    "closed": {"actor": [{"reference": "Practitioner/a"}], "active": False},
    "a-1": {"practitioner": {"reference": "Practitioner/a"}},
}


async def known(type_name: str, asked: Sequence[tuple[str, str]]) -> list[Json]:
    return [HELD[one] for one in dict(asked)["_id"].split(",") if one in HELD]


def slot(schedule: str) -> Json:
    return {"resourceType": "Slot", "schedule": {"reference": f"Schedule/{schedule}"}}


def rules(role: str) -> Any:
    return of_workers(POLICIES)(Actor("Practitioner/a", role, "TREAT"))


@pytest.mark.parametrize("schedule", ["own", "by-role"])
async def test_the_own_time_is_blocked(schedule: str) -> None:
    [(name, rule)] = rules("lege")
    assert name == "Slot"
    await rule(slot(schedule), None, known)


@pytest.mark.parametrize("schedule", ["others", "shared", "closed", "unknown"])
async def test_time_of_others_or_shared_with_others_is_not(schedule: str) -> None:
    [(_, rule)] = rules("lege")
    with pytest.raises(Forbidden, match="own time alone"):
        await rule(slot(schedule), None, known)
    with pytest.raises(Forbidden, match="own time alone"):
        await rule(slot("own"), slot(schedule), known)


def test_who_keeps_calendars_is_not_asked_and_who_blocks_nothing_neither() -> None:
    assert rules("helsesekretaer") == ()
    assert rules("legestudent") == ()
    assert rules("no-such-role") == ()
