"""Day programmes on bits, beside a search that tries every time for every stop."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.booking.free.programme import Stop, Visit, shortest

LENGTH = 24
PEOPLE = ("a", "b", "c")
bits = st.integers(0, (1 << LENGTH) - 1)
stops = st.lists(
    st.tuples(
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True),
        st.integers(1, 4),
        st.integers(0, 3),
        st.integers(0, 3),
    ).map(lambda made: Stop([made[0]], made[1], made[2], made[2] + made[3])),
    min_size=1,
    max_size=4,
)


def free_at(lane: int, start: int, length: int) -> bool:
    return all(lane >> bit & 1 for bit in range(start, start + length))


def slow(
    free: dict[str, list[int]], wanted: list[Stop], citizen: int, chosen: tuple[int, ...] = ()
) -> Iterator[tuple[int, ...]]:
    """Every way in which the stops can follow one another."""
    if len(chosen) == len(wanted):
        yield chosen
        return
    stop = wanted[len(chosen)]
    for start in range(LENGTH - stop.length + 1):
        if chosen:
            pause = start - chosen[-1] - wanted[len(chosen) - 1].length
            if not stop.least <= pause <= stop.most:
                continue
        able = all(
            any(free_at(lane, start, stop.length) for one in pool for lane in free.get(one, []))
            for pool in stop.pools
        )
        if able and free_at(citizen, start, stop.length):
            yield from slow(free, wanted, citizen, (*chosen, start))


@given(st.dictionaries(st.sampled_from(PEOPLE), st.lists(bits, max_size=2)), stops, bits)
def test_the_shortest_day_is_as_short_as_any_that_a_slow_search_finds_and_the_first_of_those(
    free: dict[str, list[int]], wanted: list[Stop], citizen: int
) -> None:
    found = shortest(free, wanted, citizen, (1 << LENGTH) - 1)
    every = sorted(slow(free, wanted, citizen), key=lambda starts: (starts[-1] - starts[0], starts))
    assert (found is None) == (not every)
    if found is None:
        return
    starts = tuple(visit.start for visit in found)
    assert starts in every
    assert (starts[-1] - starts[0], starts[0]) == (every[0][-1] - every[0][0], every[0][0])
    for visit, stop in zip(found, wanted, strict=True):
        for who, pool in zip(visit.who, stop.pools, strict=True):
            assert who in pool
            assert any(free_at(lane & citizen, visit.start, stop.length) for lane in free[who])


def test_five_stops_of_a_preoperative_day_follow_each_other_with_pauses() -> None:
    morning = (1 << 72) - 1
    free = {"nurse": [morning], "lab": [morning << 4], "ecg": [morning << 10], "doctor": [morning << 20]}
    wanted = [
        Stop([["nurse"]], 4),
        Stop([["lab"]], 2, 0, 6),
        Stop([["ecg"]], 3, 1, 12),
        Stop([["doctor"]], 6, 0, 12),
        Stop([["nurse"]], 2, 0, 24),
    ]
    found = shortest(free, wanted, (1 << 100) - 1, (1 << 100) - 1)
    assert [visit.start for visit in found or ()] == [10, 14, 17, 20, 26], (
        "not from 0, with two hours to wait"
    )


def test_a_stop_with_a_nurse_and_a_room_waits_for_both() -> None:
    free = {"nurse": [0b111100], "room": [0b011110], "other": [0b110000]}
    stop = Stop([["nurse"], ["other", "room"]], 3)
    assert shortest(free, [stop], (1 << 10) - 1, (1 << 10) - 1) == (Visit(2, ("nurse", "room")),)
    other = stop._replace(pools=[["nurse"], ["other"]])
    assert shortest(free, [other], (1 << 10) - 1, (1 << 10) - 1) is None


def test_nothing_is_found_where_nothing_is_asked_or_nobody_is_free() -> None:
    assert shortest({}, [], 7, 7) is None
    assert shortest({}, [Stop([["a"]], 1)], 7, 7) is None
    assert shortest({"a": [7]}, [Stop([["a"]], 1)], 7, 0) is None
