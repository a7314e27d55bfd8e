"""The hierarchy of numbers, compared with the slow and obvious way."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology import ancestry

Links = set[tuple[int, int]]

links = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=25)
downward = st.sets(
    st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] < pair[1]), max_size=30
)


def _children(pairs: Links) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for parent, child in sorted(pairs):
        found.setdefault(parent, []).append(child)
    return found


def _all_pairs(pairs: Links) -> Links:
    """Joined until nothing new comes."""
    closed = set(pairs)
    while more := {(a, d) for a, b in closed for c, d in closed if b == c} - closed:
        closed |= more
    return closed


@given(downward)
def test_everything_below_is_found_once(pairs: Links) -> None:
    found = [(above, below) for above, all_below in ancestry.below(_children(pairs)) for below in all_below]
    assert len(found) == len(set(found))
    assert set(found) == _all_pairs(pairs)


@given(links)
def test_a_cycle_is_found_exactly_when_there_is_one(pairs: Links) -> None:
    loop = ancestry.cycle(_children(pairs))
    assert bool(loop) == any(above == below for above, below in _all_pairs(pairs))
    if loop:
        assert len(set(loop)) == len(loop)
        assert set(pairwise([*loop, loop[0]])) <= pairs


def test_a_chain_of_fifty_thousand_is_no_cycle_and_needs_no_recursion() -> None:
    chain = {n: [n + 1] for n in range(1, 50_000)}
    assert ancestry.cycle(chain) == []
    assert len(ancestry.cycle(chain | {50_000: [1]})) == 50_000


def test_a_place_reached_by_two_ways_is_below_once() -> None:
    assert dict(ancestry.below({1: [2, 3], 2: [4], 3: [4]})) == {1: {2, 3, 4}, 2: {4}, 3: {4}}
