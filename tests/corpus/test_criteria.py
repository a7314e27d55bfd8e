"""The oracle itself finds every example by its own values, before SQL is asked."""

from datetime import UTC, datetime

from corpus.criteria import criteria
from corpus.examples import Example, examples, own_meta, spread, tokens
from oracle.definitions import published
from oracle.evaluator import Oracle

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_all_of_them_are_here() -> None:
    assert sum(1 for _ in examples()) == 5306


def test_tokens_leave_out_only_what_the_server_writes() -> None:
    raw = b'{"resourceType":"X","id":"1","meta":{"id":"2","tag":[{}]},"n":1.50,"a":[{"id":"b \\"c"}]}'
    kept = b'{"n":1.50,"a":[{"id":"b \\"c"}]}'
    assert b"".join(tokens(raw)) == kept
    assert tokens(b' { "resourceType" : "X", "n" : 1.50, "a":[{"id":"b \\"c"}], "id":"9" } ') == tokens(raw)
    assert tokens(b'{"a":1,"id":"1","resourceType":"X"}') == tokens(b'{"resourceType":"X","a":1}')
    assert own_meta({"meta": {"versionId": "1", "lastUpdated": "x", "source": "y"}}) == {"source": "y"}


def test_a_spread_takes_all_of_a_small_type_evenly_of_a_large_one_and_what_is_named() -> None:
    small = [Example(f"Patient-{n}.json", b"") for n in range(2)]
    large = [Example(f"ValueSet-{n}.json", b"") for n in range(9)]
    assert spread([*small, *large], 3) == [*small, large[0], large[3], large[6]]
    assert spread([*small, *large], 3, {"ValueSet-8"}) == [*small, large[0], large[3], large[6], large[8]]
    assert spread([*small, *large], 9) == [*small, *large]


def test_every_type_that_has_an_example_is_taken() -> None:
    types = {example.name.partition("-")[0] for example in examples()}
    assert {example.name.partition("-")[0] for example in spread(examples(), 1)} == types


def test_the_oracle_finds_each_example_by_its_own_values() -> None:
    missed: list[tuple[str, str, str]] = []
    for example in _few_of_every_type():
        resource = example.resource
        oracle = Oracle([resource], NOW, published())
        key = (resource["resourceType"], resource["id"])
        missed += [
            (example.name, n, v) for n, v in criteria(oracle, key)[:300] if not oracle.satisfies(key, n, v)
        ]
    assert missed == []


def _few_of_every_type() -> list[Example]:
    seen: dict[str, int] = {}
    chosen = []
    for example in examples():
        type_ = example.name.partition("-")[0]
        seen[type_] = seen.get(type_, 0) + 1
        if seen[type_] <= 8:
            chosen.append(example)
    return chosen
