"""Random acts against a slow and obvious account of who is busy; and many writers at once."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

import asyncpg
import msgspec
import pytest

from booking.conftest import EVERYONE, Put, appointment
from fellesjournal.booking.holding import HELD_UNTIL, given_back
from fellesjournal.errors import Conflict
from fellesjournal.record.record import Record

ACTS = 250
ACTORS = ["Practitioner/1", "Practitioner/2", "Patient/ada", "Patient/ola"]
STATUSES = ["booked", "pending", "cancelled", "arrived", "fulfilled", "proposed"]


class Account:
    """Who is busy when, as anybody would write it down."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, int, frozenset[str]]] = {}

    def takes(self, id: str, start: int, end: int, actors: Sequence[str]) -> bool:
        """Whether the time is free, but for what this one holds already."""
        others = [held for key, held in self.held.items() if key != id]
        return not any(s < end and start < e and held.intersection(actors) for s, e, held in others)


@pytest.mark.parametrize("seed", range(3))
async def test_what_is_taken_is_what_a_slow_account_says(put: Put, record: Record, seed: int) -> None:
    draw, account = random.Random(seed), Account()
    for _ in range(ACTS):
        id, start = f"a{draw.randrange(12)}", draw.randrange(0, 120, 5)
        end = start + draw.randrange(5, 45, 5)
        actors = draw.sample(ACTORS, draw.randint(1, 3))
        status = draw.choice(STATUSES)
        if draw.random() < 0.1:
            await record.delete("Appointment", id, scope=EVERYONE)
            account.held.pop(id, None)
            continue
        holds = status in ("booked", "pending", "arrived", "proposed")
        free = not holds or account.takes(id, start, end, actors)
        try:
            await put(appointment(id, start, end, *actors, status=status))
        except Conflict:
            assert not free, (id, start, end, actors, account.held)
            continue
        assert free, (id, start, end, actors, account.held)
        account.held.pop(id, None)
        if holds:
            account.held[id] = start, end, frozenset(actors)


def over(minutes: int) -> list[dict[str, str]]:
    """The extension of a hold that ends so many minutes from now."""
    return [
        {"url": HELD_UNTIL, "valueDateTime": (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()}
    ]


@pytest.mark.parametrize("seed", range(3))
async def test_no_two_that_stand_share_anybodys_time_whatever_holds_have_ended(
    put: Put, record: Record, seed: int
) -> None:
    """What is held, given back, booked late and booked by others in between: who is refused is in the way of
    something that stands, and a hold that has ended is in nobody's way."""
    draw, account = random.Random(seed), Account()
    for _ in range(ACTS):
        id, start = f"a{draw.randrange(12)}", draw.randrange(0, 120, 5)
        end = start + draw.randrange(5, 45, 5)
        actors = draw.sample(ACTORS, draw.randint(1, 3))
        status, minutes = draw.choice([("booked", -6), ("pending", -6), ("pending", 60), ("cancelled", -6)])
        tree = appointment(id, start, end, *actors, status=status, extension=over(minutes))
        stands = status == "booked" or minutes > 0
        free = account.takes(id, start, end, actors)
        try:
            await put(tree)
        except Conflict:
            assert not free, (id, start, end, actors, account.held)
            continue
        assert free or not stands or status == "cancelled", (id, start, end, actors, account.held)
        account.held.pop(id, None)
        if stands and status != "cancelled":
            account.held[id] = start, end, frozenset(actors)
    page = await record.search("Appointment", [("_count", "200")], scope=EVERYONE)
    stored = [msgspec.json.decode(entry.stored.body or b"") for entry in page.entries]
    now = datetime.now(UTC)
    standing = [one for one in stored if one["status"] != "cancelled" and not given_back(one, now)]
    assert {one["id"] for one in standing} == account.held.keys()
    for one, other in combinations(standing, 2):
        shared = {str(each["actor"]) for each in one["participant"]} & {
            str(each["actor"]) for each in other["participant"]
        }
        assert not shared or one["end"] <= other["start"] or other["end"] <= one["start"], (one, other)


async def test_many_who_move_and_book_crosswise_never_overlap_and_never_stand_still(
    put: Put, record: Record, pool: asyncpg.Pool
) -> None:
    """Each moves its appointments to and fro among the same few, in any order of parties."""

    async def writer(number: int) -> int:
        draw, won = random.Random(number), 0
        for n in range(25):
            start = draw.randrange(0, 300, 5)
            actors = draw.sample(ACTORS, 3)
            try:
                await put(appointment(f"w{number}-{n % 3}", start, start + draw.randrange(5, 30), *actors))
                won += 1
            except Conflict:
                pass
        return won

    won = await asyncio.wait_for(asyncio.gather(*(writer(n) for n in range(8))), 60)
    assert sum(won) > 8
    assert await overlaps(pool) == 0
    claims = await pool.fetchval("select count(*) from claim")
    page = await record.search("Appointment", [("status", "booked"), ("_count", "200")], scope=EVERYONE)
    stored = [msgspec.json.decode(entry.stored.body or b"") for entry in page.entries]
    assert claims == sum(len(one["participant"]) for one in stored) == 3 * len(stored)


async def overlaps(pool: asyncpg.Pool) -> int:
    """Pairs of appointments that hold one party's time, counted without the constraint's help."""
    found: int = await pool.fetchval(
        "select count(*) from claim a join claim b on a.party = b.party and a.lane = b.lane"
        " and a.holder < b.holder and a.during && b.during"
    )
    return found
