import asyncio
from collections.abc import Sequence

import pytest
from starlette.responses import StreamingResponse

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.workplace import live
from fellesjournal.workplace.live import Change, Cursor, Hub, lists_stream, stream

ADA, OLA = key_of("Patient/ada"), key_of("Patient/ola")
SOON = 2.0


class Feed:
    """A change feed that is written by hand; its places are numbered from 1."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.fails = 0

    def add(self, citizen: int, *types: str) -> None:
        for type_name in types:
            self.changes.append(((1, len(self.changes) + 1), citizen, type_name))

    async def __call__(self, cursor: Cursor | None, most: int) -> tuple[Cursor, Sequence[Change]]:
        if self.fails:
            self.fails -= 1
            raise OSError("the database is away")
        place = len(self.changes) if cursor is None else cursor[1]
        found = self.changes[place : place + most]
        return (1, place + len(found)), found


async def settled(hub: Hub, feed: Feed) -> None:
    """The hub has read all of the feed."""
    async with asyncio.timeout(SOON):
        while hub.place != f"1-{len(feed.changes)}":  # noqa: ASYNC110 -- a hub tells its streams, nobody else
            await asyncio.sleep(0.01)


async def opening(response: StreamingResponse) -> bytes:
    """What a stream says first."""
    said = await anext(aiter(response.body_iterator))
    assert isinstance(said, bytes)
    return said


async def test_only_the_streams_of_the_citizen_are_told() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(ADA) as one, hub.listening(ADA) as two, hub.listening(OLA) as other:
        async with hub.running():
            await settled(hub, feed)
            feed.add(ADA, "Observation", "Condition")
            feed.add(7, "Patient")
            for told in (one, two):
                assert await told.next(SOON) == frozenset({"Observation", "Condition"})
            assert await other.next(0.05) == frozenset()


async def test_what_happened_before_is_not_told() -> None:
    feed = Feed()
    feed.add(ADA, "Observation")
    hub = Hub(feed)
    with hub.listening(ADA) as told:
        async with hub.running():
            await settled(hub, feed)
            feed.add(ADA, "Encounter")
            assert await told.next(SOON) == frozenset({"Encounter"})


async def test_what_a_slow_stream_has_not_taken_is_gathered_into_one_event() -> None:
    hub = Hub(Feed())
    with hub.listening(ADA) as slow:
        for _ in range(1_000):
            hub._tell([(ADA, "Observation"), (ADA, "Encounter")])
        assert await slow.next(SOON) == frozenset({"Observation", "Encounter"})
        assert await slow.next(0.01) == frozenset()


async def test_a_feed_that_fails_is_asked_again() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(ADA) as told:
        async with hub.running():
            await settled(hub, feed)
            feed.fails = 3
            feed.add(ADA, "Flag")
            assert await told.next(SOON) == frozenset({"Flag"})


async def test_a_stream_that_is_left_is_forgotten() -> None:
    hub = Hub(Feed())
    with hub.listening(ADA):
        assert ADA in hub._streams
    assert hub._streams == {}


async def test_who_comes_back_is_told_what_was_missed_and_of_nobody_else() -> None:
    feed = Feed()
    feed.add(ADA, "Patient")
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        place = hub.place
        feed.add(ADA, "Observation")
        feed.add(OLA, "Flag")
        await settled(hub, feed)
        assert hub.missed(ADA, place) == frozenset({"Observation"})
        assert hub.missed(OLA, place) == frozenset({"Flag"})
        assert hub.missed(ADA, hub.place) == frozenset()


async def test_who_was_away_for_too_long_loads_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "REMEMBERED", 3)
    feed = Feed()
    hub = Hub(feed)
    assert hub.missed(ADA, "1-0") is None
    async with hub.running():
        await settled(hub, feed)
        place = hub.place
        feed.add(ADA, *["Observation"] * 3)
        await settled(hub, feed)
        assert hub.missed(ADA, place) == frozenset({"Observation"})
        feed.add(ADA, "Observation")
        await settled(hub, feed)
        assert hub.missed(ADA, place) is None


async def test_a_place_that_is_none_is_not_known() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        for place in ("", "1", "a-b", "-", "1-2-3", "²-1", "9" * 50 + "-1"):
            assert hub.missed(ADA, place) is None


async def test_what_goes_over_the_line_is_types_and_places_alone() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        lines = aiter(stream(hub, "ada", "").body_iterator)
        assert await anext(lines) == b"retry: 1000\n: ping\nid: 1-0\n\n"
        waiting = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        feed.add(ADA, "Observation", "Condition")
        assert await waiting == b'event: change\ndata: ["Condition", "Observation"]\nid: 1-2\n\n'


async def test_a_worklist_hears_of_every_citizen_as_one_and_of_what_it_shows_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "LISTS_EVERY", 0.2)
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        lines = aiter(lists_stream(hub, ("Encounter", "Appointment"), "").body_iterator)
        await anext(lines)
        waiting = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        feed.add(ADA, "Observation")
        await settled(hub, feed)
        feed.add(ADA, "Encounter", "Observation")
        feed.add(OLA, "Appointment")
        assert await waiting == b'event: change\ndata: ["Appointment", "Encounter"]\nid: 1-4\n\n'


async def test_a_worklist_that_comes_back_is_told_what_it_missed_of_everybody() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        feed.add(OLA, "Flag", "Encounter")
        await settled(hub, feed)
        first = await opening(lists_stream(hub, ("Encounter",), "1-0"))
        assert first.endswith(b'event: change\ndata: ["Encounter"]\nid: 1-2\n\n')


async def test_a_stream_begins_with_what_was_missed() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        feed.add(ADA, "Flag")
        await settled(hub, feed)
        first = await opening(stream(hub, "ada", "1-0"))
        assert first.endswith(b'event: change\ndata: ["Flag"]\nid: 1-1\n\n')
        lost = await opening(stream(hub, "ada", "0-5"))
        assert b"event: resync" in lost


async def test_a_stream_ends_and_says_where_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "OPEN_FOR", 0.05)
    hub = Hub(Feed())
    said = [line async for line in stream(hub, "ada", "").body_iterator]
    assert str(said[-1]).startswith("b'event: again")
    assert hub._streams == {}
