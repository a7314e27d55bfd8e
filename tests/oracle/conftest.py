"""The mixed data set, stored once, with the oracle over what was stored."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.terminology.sources.code_system import release
from oracle import coded, dataset, named
from oracle.definitions import published
from oracle.door import BASE, Door, opened
from oracle.evaluator import Oracle
from oracle.vocabulary import Vocabulary

CITIZENS = 4
_ENCODER = msgspec.json.Encoder(decimal_format="number")


@dataclass
class Stored:
    """The record and the oracle, knowing the same resources."""

    door: Door
    oracle: Oracle
    vocabulary: Vocabulary


@pytest.fixture(scope="session")
def stored(postgres: str, template: str, definitions: Definitions) -> Iterator[Stored]:
    """Our region, official examples and some Synthea citizens, behind one door."""
    with opened(postgres, template, definitions) as door:
        for tree in named.loaded():
            door.run(door.load(release(tree)))
        for resource in dataset.single():
            # Examples that break R4's own rules are listed by the corpus tests.
            with suppress(Unprocessable):
                body = _ENCODER.encode(resource)
                door.run(door.journal.update(resource["resourceType"], resource["id"], body))
        for bundle in dataset.citizens(CITIZENS):
            door.run(door.journal.transact(bundle, lambda parameters: None))
        door.run(door.pool.execute("analyze"))
        known = coded.known_with(named.known_with(published()))
        oracle = Oracle(door.everything(), datetime.now(UTC), known, BASE)
        yield Stored(door, oracle, Vocabulary(oracle))
