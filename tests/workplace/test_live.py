import asyncio
from collections.abc import Sequence

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.workplace.live import MOST_WAITING, Cursor, Hub, lists_stream, stream

ADA, OLA = key_of("Patient/ada"), key_of("Patient/ola")


class Feed:
    """A change feed that is written by hand."""

    def __init__(self) -> None:
        self.changes: list[tuple[int, str]] = []
        self.fails = 0

    async def __call__(self, cursor: Cursor | None, most: int) -> tuple[Cursor, Sequence[tuple[int, str]]]:
        if self.fails:
            self.fails -= 1
            raise OSError("the database is away")
        place = len(self.changes) if cursor is None else cursor[1]
        found = self.changes[place : place + most]
        return (0, place + len(found)), found


async def test_only_the_streams_of_the_citizen_are_told() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with (
        hub.listening(ADA) as one,
        hub.listening(ADA) as two,
        hub.listening(OLA) as other,
        hub.running(),
    ):
        await asyncio.sleep(0.1)
        feed.changes += [(ADA, "Observation"), (ADA, "Condition"), (7, "Patient")]
        for queue in (one, two):
            assert await asyncio.wait_for(queue.get(), 2) == frozenset({"Observation", "Condition"})
        assert other.empty()


async def test_what_happened_before_is_not_told() -> None:
    feed = Feed()
    feed.changes.append((ADA, "Observation"))
    hub = Hub(feed)
    async with hub.listening(ADA) as queue, hub.running():
        await asyncio.sleep(0.1)
        feed.changes.append((ADA, "Encounter"))
        assert await asyncio.wait_for(queue.get(), 2) == frozenset({"Encounter"})


async def test_a_stream_that_does_not_keep_up_is_told_to_load_anew_once() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.listening(ADA) as slow:
        for _ in range(MOST_WAITING + 1):
            hub._tell([(ADA, "Observation")])
        assert slow.qsize() == 1
        assert slow.get_nowait() is None
        hub._tell([(ADA, "Observation")])
        assert slow.get_nowait() == frozenset({"Observation"})


async def test_a_feed_that_fails_is_asked_again() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.listening(ADA) as queue, hub.running():
        await asyncio.sleep(0.1)
        feed.fails = 3
        feed.changes.append((ADA, "Flag"))
        assert await asyncio.wait_for(queue.get(), 2) == frozenset({"Flag"})


async def test_a_stream_that_is_left_is_forgotten() -> None:
    hub = Hub(Feed())
    async with hub.listening(ADA):
        assert ADA in hub._streams
    assert hub._streams == {}


async def test_what_goes_over_the_line_is_types_alone() -> None:
    hub = Hub(Feed())
    lines = aiter(stream(hub, "ada").body_iterator)
    assert await anext(lines) == "retry: 1000\n\n"
    waiting = asyncio.ensure_future(anext(lines))
    await asyncio.sleep(0)
    hub._tell([(ADA, "Observation"), (ADA, "Condition")])
    assert await waiting == 'event: change\ndata: ["Condition", "Observation"]\n\n'


async def test_a_worklist_hears_of_every_citizen_as_one_and_of_what_it_shows_alone() -> None:
    hub = Hub(Feed())
    lines = aiter(lists_stream(hub, ("Encounter", "Appointment")).body_iterator)
    assert await anext(lines) == "retry: 1000\n\n"
    waiting = asyncio.ensure_future(anext(lines))
    await asyncio.sleep(0)
    hub._tell([(ADA, "Observation")])
    hub._tell([(ADA, "Encounter"), (ADA, "Observation")])
    hub._tell([(OLA, "Appointment")])
    assert await waiting == 'event: change\ndata: ["Appointment", "Encounter"]\n\n'


async def test_a_worklist_that_does_not_keep_up_loads_anew() -> None:
    hub = Hub(Feed())
    lines = aiter(lists_stream(hub, ("Encounter",)).body_iterator)
    await anext(lines)
    waiting = asyncio.ensure_future(anext(lines))
    await asyncio.sleep(0)
    hub._tell([(ADA, "Encounter")])
    await asyncio.sleep(0)
    for _ in range(MOST_WAITING + 1):
        hub._tell([(OLA, "Encounter")])
    assert await waiting == "event: resync\ndata: 1\n\n"
