"""Whatever happens, everybody who was put on a list is on it, or a person has said why not."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.waitlist.conftest import Site, entry, visit
from fellesjournal.booking.waitlist.entry import closed, reason

PEOPLE = ("ola", "eva", "per")
T = TypeVar("T")

acts = st.lists(
    st.tuples(
        st.sampled_from(["cancel", "round", "yes", "no", "late", "take", "close", "delete", "book"]),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=10,
)


class Day:
    """What is done at random, and who a person has taken off the list."""

    def __init__(self, site: Site, number: int) -> None:
        self.site, self.number, self.left, self.visits = site, number, set[str](), 0

    def id(self, name: str) -> str:
        return f"{name}-{self.number}"

    async def begin(self) -> None:
        for name in PEOPLE:
            await self.site.put(entry(self.id(name), f"Patient/{name}"))

    async def do(self, act: str, which: int) -> None:
        name = PEOPLE[which]
        await getattr(self, f"_{act}")(name, which)

    async def _take(self, name: str, which: int) -> None:
        self.visits += 1
        minutes = self.number * 2_000 + self.visits * 40
        await self.site.put(visit(self.id(f"v{self.visits}"), minutes, "Patient/ada"), status=(201, 409))

    async def _cancel(self, name: str, which: int) -> None:
        for one in await self.site.found(f"Appointment?_id={self.id(f'v{self.visits}')}&status=booked"):
            await self.site.cancel(one["id"])

    async def _round(self, name: str, which: int) -> None:
        await self.site.round()

    async def _late(self, name: str, which: int) -> None:
        self.site.passed += timedelta(hours=5)
        await self.site.round()

    async def _yes(self, name: str, which: int) -> None:
        for offer in await self._open(name):
            await self.site.accept(offer)

    async def _no(self, name: str, which: int) -> None:
        for offer in await self._open(name):
            await self.site.cancel(offer["id"])

    async def _close(self, name: str, which: int) -> None:
        if name not in self.left:
            [one] = await self.site.found(f"Appointment?_id={self.id(name)}")
            await self.site.put(closed(one, "2"))
            self.left.add(name)

    async def _delete(self, name: str, which: int) -> None:
        if name not in self.left:
            assert (await self.site.client.delete(f"Appointment/{self.id(name)}")).status_code == 409

    async def _book(self, name: str, which: int) -> None:
        if name not in self.left:
            [one] = await self.site.found(f"Appointment?_id={self.id(name)}")
            [time] = [visit("x", self.number * 2_000, "Patient/ola")]
            changed = one | {"status": "booked", "start": time["start"], "end": time["end"]}
            await self.site.put(changed, status=(409,))

    async def _open(self, name: str) -> list[dict[str, Any]]:
        return [one for one in await self.site.offers(self.id(name)) if one["status"] == "proposed"]

    async def check(self) -> None:
        for name in PEOPLE:
            [one] = await self.site.found(f"Appointment?_id={self.id(name)}")
            assert (one["status"], reason(one)) == (
                ("cancelled", "2") if name in self.left else ("waitlist", "")
            )
        kept = await self.site.pool.fetchval(
            "select count(*) from waiting where entry->>0 like $1", f"%-{self.number}"
        )
        assert kept == len(PEOPLE) - len(self.left)


async def test_nobody_is_lost_whatever_happens(site: Site) -> None:
    loop = asyncio.get_running_loop()
    numbers = iter(range(1, 1_000))

    def now(work: Awaitable[T]) -> T:
        async def done() -> T:
            return await work

        return asyncio.run_coroutine_threadsafe(done(), loop).result(60)

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(acts)
    def whatever(doings: list[tuple[str, int]]) -> None:
        day = Day(site, next(numbers))
        now(day.begin())
        for act, which in doings:
            now(day.do(act, which))
            now(day.check())

    await asyncio.to_thread(whatever)
