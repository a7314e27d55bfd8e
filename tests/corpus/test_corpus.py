"""The official examples are stored, read back as written, and found again by each of their own values."""

from collections import Counter

import pytest

from corpus.conftest import Corpus
from corpus.criteria import Criterion, criteria
from corpus.examples import Example, own_meta, tokens
from corpus.finding import batches, failing, miscounted
from fhir.validation.test_examples import BROKEN, MANY
from oracle.evaluator import Key, Oracle, load

SHOWN = 40
ALONE = 2
"""Criteria of each form ("Observation", "code:text") that are counted alone over the whole corpus."""


@pytest.fixture(scope="module")
def oracle(corpus: Corpus) -> Oracle:
    return corpus.oracle()


@pytest.fixture(scope="module")
def wanted(corpus: Corpus, oracle: Oracle) -> dict[Key, list[Criterion]]:
    return {key: criteria(oracle, key) for key in corpus.stored}


def test_all_are_stored_but_those_that_break_r4s_own_rules(corpus: Corpus) -> None:
    assert set(corpus.refused) == {*BROKEN, *MANY}
    assert len(corpus.stored) + len(corpus.refused) == len(corpus.taken)


def test_what_is_read_is_what_was_written(corpus: Corpus) -> None:
    async def changed(item: tuple[Key, Example]) -> list[str]:
        key, example = item
        body = (await corpus.door.journal.read(*key)).body
        assert body is not None
        same = tokens(body) == tokens(example.raw) and own_meta(load(body)) == own_meta(example.resource)
        return [] if same else [example.name]

    assert corpus.door.each(corpus.stored.items(), changed) == []


def test_each_is_found_by_each_of_its_own_values(corpus: Corpus, wanted: dict[Key, list[Criterion]]) -> None:
    work = [(key, batch) for key, found in wanted.items() for batch in batches(found)]
    lost = corpus.door.each(work, lambda item: failing(corpus.door, *item))
    assert lost[:SHOWN] == [], f"{len(lost)} of {sum(len(batch) for _, batch in work)}"


def test_one_criterion_finds_as_many_as_the_oracle(
    corpus: Corpus, oracle: Oracle, wanted: dict[Key, list[Criterion]]
) -> None:
    taken: Counter[tuple[str, str]] = Counter()
    work = []
    for (type_, _), found in wanted.items():
        for name, value in found:
            taken[type_, name] += 1
            if taken[type_, name] <= ALONE:
                work.append((type_, (name, value), oracle.answer(type_, [(name, value)]).total))
    wrong = corpus.door.each(work, lambda item: miscounted(corpus.door, *item))
    assert wrong[:SHOWN] == [], f"{len(wrong)} of {len(work)}"
