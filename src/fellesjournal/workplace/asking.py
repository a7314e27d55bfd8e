"""What the parts of a screen ask the record, all in one round trip, and what each tells of the answers."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, NamedTuple

from fellesjournal.access.journal import Question
from fellesjournal.workplace.desk import Desk

Facts = dict[str, Any]
"""What a template is given."""


class Asking(NamedTuple):
    """The searches of one part. `tell` takes the resources that each of them found, and gives the facts."""

    searches: tuple[Question, ...]
    tell: Callable[..., Facts]


def of(id: str, type_name: str, **parameters: str) -> Question:
    """A search in the record of a citizen; `parameters` as in Record.search."""
    return Question(type_name, [("patient", id), *parameters.items()])


async def answered(desk: Desk, askings: Sequence[Asking]) -> list[Facts]:
    """The facts of each part."""
    found = iter(await desk.search_together([one for asking in askings for one in asking.searches]))
    return [asking.tell(*islice(found, len(asking.searches))) for asking in askings]
