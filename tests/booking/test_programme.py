"""Day programmes on bits, beside a search that tries every time for every stop."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.booking.free.programme import Stop, days

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
def test_programmes_are_those_that_a_slow_search_finds(
    free: dict[str, list[int]], wanted: list[Stop], citizen: int
) -> None:
    found = days(free, wanted, citizen, (1 << LENGTH) - 1, count=LENGTH)
    every = set(slow(free, wanted, citizen))
    assert [one[0].start for one in found] == sorted({one[0] for one in every})
    for programme in found:
        assert tuple(visit.start for visit in programme) in every
        for visit, stop in zip(programme, wanted, strict=True):
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
    [first] = days(free, wanted, (1 << 100) - 1, (1 << 100) - 1, count=1)
    assert [visit.start for visit in first] == [0, 4, 10, 20, 26]


def test_a_stop_with_a_nurse_and_a_room_waits_for_both() -> None:
    free = {"nurse": [0b111100], "room": [0b011110], "other": [0b110000]}
    stop = Stop([["nurse"], ["other", "room"]], 3)
    [[visit]] = days(free, [stop], (1 << 10) - 1, (1 << 10) - 1)
    assert (visit.start, visit.who) == (2, ("nurse", "room"))
    assert days(free, [stop._replace(pools=[["nurse"], ["other"]])], (1 << 10) - 1, (1 << 10) - 1) == []


def test_nothing_is_found_where_nothing_is_asked_or_nobody_is_free() -> None:
    assert days({}, [], 7, 7) == []
    assert days({}, [Stop([["a"]], 1)], 7, 7) == []
    assert days({"a": [7]}, [Stop([["a"]], 1)], 7, 0) == []
