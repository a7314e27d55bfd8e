"""A thousand open screens: real server-sent events, and how soon a new measurement is told on each."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

import msgspec

from bench.http import Connection
from bench.long_life import CITIZEN
from bench.report import percentile, show

OPEN = 1_000
AT_ONCE = 50
"""Streams that are being opened at a time."""
ROUNDS, QUICK_ROUNDS = 40, 10
PAUSE = 0.25
WITHIN = 10.0
"""Seconds after which an event is lost."""
AIM = 100.0
"""Milliseconds within which 99 of 100 events arrive."""


class Stream(asyncio.Protocol):
    """One open screen: notes when it was last told of a change."""

    def __init__(self, told: "Told") -> None:
        self._told = told
        self.opened = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        """Called by asyncio. What comes first may hold an event too: that somebody has come."""
        if not self.opened.done():
            if b" 200 " in (line := data.partition(b"\r\n")[0]):
                self.opened.set_result(None)
            else:
                self.opened.set_exception(RuntimeError(f"a screen was not opened: {line!r}"))
        elif b"event: change" in data:
            self._told.arrived()


class Told:
    """When each event of a round arrived; complete when `count` have."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.all = asyncio.Event()
        self.moments: list[float] = []

    def begin(self) -> None:
        """A new round."""
        self.moments = []
        self.all.clear()

    def arrived(self) -> None:
        """One screen was told."""
        self.moments.append(time.perf_counter())
        if len(self.moments) == self._count:
            self.all.set()


async def bench_open_screens(address: tuple[str, int], cookie: str, rounds: int) -> dict[str, Any]:
    """p50 and p99 in milliseconds, from when a measurement was sent (so its writing is in it) and from when
    the answer came that it is stored, to the event at each screen; how many events never came."""
    loop, told = asyncio.get_running_loop(), Told(OPEN)
    request = (
        f"GET /arbeid/innbygger/{CITIZEN}/hendelser HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
        f"Accept: text/event-stream\r\nCookie: {cookie}\r\n\r\n"
    ).encode()
    gate = asyncio.Semaphore(AT_ONCE)
    transports: list[asyncio.Transport] = []

    async def open_one() -> None:
        async with gate:
            transport, stream = await loop.create_connection(lambda: Stream(told), *address)
            transports.append(transport)
            transport.write(request)
            await asyncio.wait_for(stream.opened, 60)

    await asyncio.gather(*(open_one() for _ in range(OPEN)))
    await asyncio.sleep(2)
    sent, stored, writing, lost = [], [], [], 0
    writer = Connection(*address)
    for number in range(rounds):
        told.begin()
        begun = time.perf_counter()
        answer = await writer.request("POST", "/fhir/Observation", _measurement(number))
        done = time.perf_counter()
        if answer.status != 201:
            raise RuntimeError(f"the measurement was not stored: {answer.body[:300]!r}")
        try:
            await asyncio.wait_for(told.all.wait(), WITHIN)
        except TimeoutError:
            lost += OPEN - len(told.moments)
        writing.append(1000 * (done - begun))
        sent += [1000 * (moment - begun) for moment in told.moments]
        stored += [1000 * max(0.0, moment - done) for moment in told.moments]
        await asyncio.sleep(PAUSE)
    writer.close()
    for transport in transports:
        transport.close()
    return _told(sent, stored, writing, lost)


def _told(sent: list[float], stored: list[float], writing: list[float], lost: int) -> dict[str, Any]:
    figures = {
        name: {"p50": percentile(times, 0.5), "p99": percentile(times, 0.99), "max": max(times, default=0.0)}
        for name, times in (("since sent", sent), ("since stored", stored), ("writing it", writing))
    }
    rows = [(name, *found.values()) for name, found in figures.items()]
    show(
        f"{OPEN:,} open screens, {lost} events lost (aim: p99 {AIM:.0f} ms)", ("", "p50", "p99", "max"), rows
    )
    return figures | {"lost": lost}


def _measurement(number: int) -> bytes:
    return msgspec.json.encode(
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "8867-4"}], "text": "Puls"},
            "subject": {"reference": f"Patient/{CITIZEN}"},
            "effectiveDateTime": datetime.now(UTC).isoformat(timespec="seconds"),
            "valueQuantity": {
                "value": 60 + number % 40,
                "unit": "/min",
                "system": "http://unitsofmeasure.org",
                "code": "/min",
            },
        }
    )
