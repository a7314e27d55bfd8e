"""The official examples stored once, as they are written in their files."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from corpus.examples import Example, examples, spread
from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fhir.validation.test_examples import BROKEN, MANY
from oracle.door import Door, opened
from oracle.evaluator import Key, Oracle

OF_A_TYPE = 80
"""Examples of a type. Only four types have more: code systems, value sets, search parameters and structures,
4,433 in all, which are much alike; each of them is parsed and validated in tests/fhir."""


@dataclass
class Corpus:
    """What became of the examples."""

    door: Door
    taken: list[Example]
    stored: dict[Key, Example] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    """Name of the file without its ending -> what was said."""

    async def store(self, example: Example) -> list[str]:
        """Put it under its own id."""
        key = example.resource["resourceType"], example.resource["id"]
        try:
            await self.door.journal.update(*key, example.raw)
            self.stored[key] = example
        except Unprocessable as refusal:
            self.refused[example.name.removesuffix(".json")] = str(refusal)
        return []

    def oracle(self) -> Oracle:
        """An oracle over what was stored."""
        return Oracle((example.resource for example in self.stored.values()), datetime.now(UTC))


@pytest.fixture(scope="session")
def corpus(postgres: str, template: str, definitions: Definitions, every_example: bool) -> Iterator[Corpus]:
    """The examples, put under their own ids: with --all all of them, else some of the largest types."""
    taken = list(examples()) if every_example else spread(examples(), OF_A_TYPE, {*BROKEN, *MANY})
    with opened(postgres, template, definitions) as door:
        corpus = Corpus(door, taken)
        door.each(taken, corpus.store)
        door.run(door.pool.execute("analyze"))
        yield corpus
