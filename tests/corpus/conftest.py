"""Every official example stored once, as it is written in its file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from corpus.examples import Example, examples
from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from oracle.door import Door, opened
from oracle.evaluator import Key, Oracle


@dataclass
class Corpus:
    """What became of the examples."""

    door: Door
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
def corpus(postgres: str, template: str, definitions: Definitions) -> Iterator[Corpus]:
    """All examples, put under their own ids."""
    with opened(postgres, template, definitions) as door:
        corpus = Corpus(door)
        door.each(examples(), corpus.store)
        door.run(door.pool.execute("analyze"))
        yield corpus
