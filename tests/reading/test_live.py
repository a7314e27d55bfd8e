import asyncio
from collections.abc import Collection, Sequence

import pytest
from starlette.responses import StreamingResponse

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.reading import live
from fellesjournal.reading.live import Change, Cursor, Hub, Interest
from fellesjournal.ui import events
from fellesjournal.ui.events import stream

ADA, OLA = key_of("Patient/ada"), key_of("Patient/ola")
WARD, OTHER_WARD, NURSE = (key_of(one) for one in ("Organization/1", "Organization/2", "Practitioner/1"))
SOON = 2.0


def chart(citizen: int, *hidden: str) -> Interest:
    """The chart of a citizen, to one who reads all but some types."""
    types = {"Observation", "Condition", "Encounter", "Flag", "Patient"}
    return Interest(frozenset(types.difference(hidden)), citizen)


def lists(*parties: int) -> Interest:
    return Interest(frozenset({"Encounter", "Appointment"}), parties=frozenset(parties))


class Feed:
    """A change feed that is written by hand; its places are numbered from 1."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.fails = 0

    def add(self, citizen: int, *types: str, concerns: frozenset[int] | None = frozenset()) -> None:
        for type_name in types:
            place = (1, len(self.changes) + 1)
            self.changes.append(Change(place, citizen, type_name, concerns))

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
    with (
        hub.listening(chart(ADA)) as one,
        hub.listening(chart(ADA)) as two,
        hub.listening(chart(OLA)) as other,
    ):
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
    with hub.listening(chart(ADA)) as told:
        async with hub.running():
            await settled(hub, feed)
            feed.add(ADA, "Encounter")
            assert await told.next(SOON) == frozenset({"Encounter"})


async def test_what_a_slow_stream_has_not_taken_is_gathered_into_one_event() -> None:
    hub = Hub(Feed())
    with hub.listening(chart(ADA)) as slow:
        for _ in range(1_000):
            await hub.pass_on([Change((1, 1), ADA, name) for name in ("Observation", "Encounter")])
        assert await slow.next(SOON) == frozenset({"Observation", "Encounter"})
        assert await slow.next(0.01) == frozenset()


async def test_a_feed_that_fails_is_asked_again() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(chart(ADA)) as told:
        async with hub.running():
            await settled(hub, feed)
            feed.fails = 3
            feed.add(ADA, "Flag")
            assert await told.next(SOON) == frozenset({"Flag"})


async def test_a_stream_that_is_left_is_forgotten() -> None:
    hub = Hub(Feed())
    with hub.listening(chart(ADA)):
        assert ADA in hub._charts
    assert hub._charts == {}


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
        assert await hub.missed(chart(ADA), place) == frozenset({"Observation"})
        assert await hub.missed(chart(OLA), place) == frozenset({"Flag"})
        assert await hub.missed(chart(ADA), hub.place) == frozenset()


async def test_who_was_away_for_too_long_loads_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "REMEMBERED", 3)
    feed = Feed()
    hub = Hub(feed)
    assert await hub.missed(chart(ADA), "1-0") is None
    async with hub.running():
        await settled(hub, feed)
        place = hub.place
        feed.add(ADA, *["Observation"] * 3)
        await settled(hub, feed)
        assert await hub.missed(chart(ADA), place) == frozenset({"Observation"})
        feed.add(ADA, "Observation")
        await settled(hub, feed)
        assert await hub.missed(chart(ADA), place) is None


async def test_a_place_that_is_none_is_not_known() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        for place in ("", "1", "a-b", "-", "1-2-3", "²-1", "9" * 50 + "-1"):
            assert await hub.missed(chart(ADA), place) is None


async def test_what_goes_over_the_line_is_types_and_places_alone() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        lines = aiter(stream(hub, chart(ADA), "").body_iterator)
        assert await anext(lines) == b"retry: 1000\n: ping\nid: 1-0\n\n"
        waiting = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        feed.add(ADA, "Observation", "Condition")
        assert await waiting == b'event: change\ndata: ["Condition", "Observation"]\nid: 1-2\n\n'


async def test_of_types_that_the_role_does_not_read_nothing_is_told() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(chart(ADA, "Flag")) as told:
        async with hub.running():
            await settled(hub, feed)
            place = hub.place
            feed.add(ADA, "Flag")
            await settled(hub, feed)
            assert await told.next(0.05) == frozenset()
            assert await hub.missed(told.interest, place) == frozenset()


async def test_a_worklist_hears_as_one_of_what_concerns_it_and_of_what_it_shows_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(events, "LISTS_EVERY", 0.2)
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        lines = aiter(stream(hub, lists(WARD, NURSE), "").body_iterator)
        await anext(lines)
        waiting = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0)
        feed.add(ADA, "Observation", concerns=frozenset({WARD}))
        await settled(hub, feed)
        feed.add(ADA, "Encounter", "Observation", concerns=frozenset({ADA, WARD}))
        feed.add(OLA, "Appointment", concerns=frozenset({NURSE}))
        assert await waiting == b'event: change\ndata: ["Appointment", "Encounter"]\nid: 1-4\n\n'


async def test_the_worklist_of_another_unit_is_not_told() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(lists(WARD, NURSE)) as one, hub.listening(lists(OTHER_WARD)) as other:
        async with hub.running():
            await settled(hub, feed)
            place = hub.place
            feed.add(ADA, "Encounter", concerns=frozenset({WARD, ADA}))
            assert await one.next(SOON) == frozenset({"Encounter"})
            assert await other.next(0.05) == frozenset()
            assert await hub.missed(other.interest, place) == frozenset()
    assert hub._lists == {}


async def test_a_change_that_names_another_citizen_is_told_in_no_chart_of_theirs() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(chart(OLA)) as told:
        async with hub.running():
            await settled(hub, feed)
            feed.add(ADA, "Encounter", concerns=frozenset({OLA}))
            await settled(hub, feed)
            assert await told.next(0.05) == frozenset()


async def test_what_was_not_looked_up_may_concern_every_worklist() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(lists(WARD, NURSE)) as one, hub.listening(lists(OTHER_WARD)) as other:
        async with hub.running():
            await settled(hub, feed)
            feed.add(ADA, "Encounter", "Observation", concerns=None)
            for told in (one, other):
                assert await told.next(SOON) == frozenset({"Encounter"})


async def test_a_worklist_that_comes_back_is_told_what_it_missed() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        feed.add(OLA, "Flag", "Encounter", concerns=frozenset({WARD}))
        await settled(hub, feed)
        first = await opening(stream(hub, lists(WARD), "1-0"))
        assert first.endswith(b'event: change\ndata: ["Encounter"]\nid: 1-2\n\n')


async def test_the_feed_does_not_wait_for_those_who_look_who_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_ROUND", 0.01)
    looking = asyncio.Event()

    async def never_done(citizens: Sequence[int]) -> dict[int, str]:
        looking.set()
        await asyncio.Event().wait()
        return {}

    feed = Feed()
    hub = Hub(feed, never_done)
    with hub.listening(chart(ADA)) as told:
        async with hub.running():
            await settled(hub, feed)
            await asyncio.wait_for(looking.wait(), SOON)
            feed.add(ADA, "Observation")
            assert await told.next(SOON) == frozenset({"Observation"})


async def test_a_stream_begins_with_what_was_missed() -> None:
    feed = Feed()
    hub = Hub(feed)
    async with hub.running():
        await settled(hub, feed)
        feed.add(ADA, "Flag")
        await settled(hub, feed)
        first = await opening(stream(hub, chart(ADA), "1-0"))
        assert first.endswith(b'event: change\ndata: ["Flag"]\nid: 1-1\n\n')
        lost = await opening(stream(hub, chart(ADA), "0-5"))
        assert b"event: resync" in lost


async def test_a_stream_ends_and_says_where_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "OPEN_FOR", 0.05)
    hub = Hub(Feed())
    said = [line async for line in stream(hub, chart(ADA), "").body_iterator]
    assert str(said[-1]).startswith("b'event: again")
    assert hub._charts == {}


def guarded(feed: Feed, citizen: int, reference: str) -> None:
    """A change that not everybody may be told of."""
    feed.add(citizen, reference.partition("/")[0])
    feed.changes[-1] = feed.changes[-1]._replace(guarded=reference)


class Sight:
    """What one reader reaches, and how often that was asked."""

    def __init__(self, *reached: str) -> None:
        self.reached, self.asked, self.fails = {*reached}, 0, False

    async def __call__(self, asked: Collection[str]) -> set[str]:
        self.asked += 1
        if self.fails:
            raise OSError("the database is away")
        return self.reached.intersection(asked)

    def of(self, name: str) -> Interest:
        return chart(ADA)._replace(reader=name, sees=self)


async def test_what_one_does_not_reach_one_is_not_told_of_and_each_reader_is_looked_up_once() -> None:
    feed = Feed()
    hub = Hub(feed)
    sees, does_not, none = Sight("Encounter/1"), Sight(), chart(ADA)
    with (
        hub.listening(sees.of("one")) as one,
        hub.listening(sees.of("one")) as same,
        hub.listening(does_not.of("other")) as other,
        hub.listening(none) as blind,
    ):
        async with hub.running():
            await settled(hub, feed)
            place = hub.place
            guarded(feed, ADA, "Encounter/1")
            for told in (one, same):
                assert await told.next(SOON) == frozenset({"Encounter"})
            assert (sees.asked, does_not.asked) == (1, 1)
            for told in (other, blind):
                assert await told.next(0.05) == frozenset()
                assert await hub.missed(told.interest, place) == frozenset()
            assert await hub.missed(one.interest, place) == frozenset({"Encounter"})


async def test_where_it_cannot_be_found_out_all_is_fetched_anew_through_the_door() -> None:
    feed = Feed()
    hub = Hub(feed)
    sight = Sight()
    sight.fails = True
    with hub.listening(sight.of("one")) as told:
        async with hub.running():
            await settled(hub, feed)
            guarded(feed, ADA, "Encounter/1")
            assert await told.next(SOON) == told.interest.shown


async def test_after_a_consent_all_is_fetched_anew_also_by_who_does_not_read_consents() -> None:
    feed = Feed()
    hub = Hub(feed)
    with hub.listening(chart(ADA)) as told, hub.listening(chart(OLA)) as other:
        async with hub.running():
            await settled(hub, feed)
            feed.add(ADA, "Consent")
            assert await told.next(SOON) == told.interest.shown
            assert await other.next(0.05) == frozenset()
