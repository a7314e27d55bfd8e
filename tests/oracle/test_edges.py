"""The edges of the syntax, first as the oracle answers them."""

from datetime import UTC, datetime

import pytest

from oracle.edges import ANSWERED, Edge
from oracle.evaluator import Oracle
from world import region


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(region.resources(), datetime(2026, 11, 23, 12, tzinfo=UTC))


@pytest.mark.parametrize(("edge", "ids"), ANSWERED, ids=[str(edge) for edge, _ in ANSWERED])
def test_the_oracle_answers(oracle: Oracle, edge: Edge, ids: str) -> None:
    assert {id_ for _, id_ in oracle.answer(*edge).matches} == set(ids.split())
