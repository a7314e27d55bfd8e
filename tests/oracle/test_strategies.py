"""The generated searches themselves: the oracle understands every one of them."""

from datetime import UTC, datetime
from functools import lru_cache

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from oracle.evaluator import Oracle
from oracle.strategies import Search, searches
from oracle.vocabulary import Vocabulary
from world import region


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return Vocabulary(Oracle(region.resources(), datetime(2026, 11, 23, 12, tzinfo=UTC)))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.deferred(lambda: searches(vocabulary())))
def test_the_oracle_understands_every_generated_search(search: Search) -> None:
    oracle = vocabulary().oracle
    answer = oracle.answer(search.type, list(search.parameters), search.compartment)
    event("found" if answer.matches else "nothing found")
    assert len(set(answer.matches)) == answer.total <= len(oracle.resources)


def test_there_is_something_to_find_for_every_kind_of_parameter() -> None:
    definitions = vocabulary().oracle.definitions
    kinds = {definitions.parameters[t][c].kind for t in vocabulary().types for c in vocabulary().codes(t)}
    assert kinds == {"string", "token", "reference", "date", "number", "quantity", "uri", "composite"}
