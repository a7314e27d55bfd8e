"""The parts that an expression is compiled to: each answers in the way its surroundings ask."""

from collections.abc import Callable
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, boolean
from fellesjournal.fhir.path.scope import Scope

Find = Callable[[Collection, Scope], Collection]
"""From what is in focus to what is found."""
Holds = Callable[[Collection, Scope], bool | None]
"""As a condition: true, false, or None for unknown (FHIRPath N1, section 6.5)."""
Some = Callable[[Collection, Scope], bool]
"""Is anything found?"""


class Part(NamedTuple):
    """A compiled part of an expression. The three answers agree; each takes its own shortest way."""

    find: Find
    holds: Holds
    some: Some
    constant: Collection | None = None
    """What a literal always finds."""
    weight: int = 1
    """How much work it is to evaluate it once, as an argument."""
    descends: bool = False
    """Is it a key by which sort() puts the largest first?"""

    def argument(self, scope: Scope) -> Collection:
        """What it finds as an argument that is evaluated once, and not with each item."""
        return self.find([scope.this], scope)


def finding(find: Find, here: str, some: Some | None = None) -> Part:
    """A part that finds items. `here` names it and its place in messages."""
    return Part(
        find,
        lambda focus, scope: truth(find(focus, scope), here),
        some or (lambda focus, scope: bool(find(focus, scope))),
    )


def condition(holds: Holds) -> Part:
    """A part that is true, false or unknown."""
    return Part(
        lambda focus, scope: boolean(holds(focus, scope)),
        holds,
        lambda focus, scope: holds(focus, scope) is not None,
    )


def constant(items: Collection, here: str) -> Part:
    """A literal."""
    return finding(lambda focus, scope: items, here)._replace(constant=items)


def truth(items: Collection, here: str) -> bool | None:
    """What a collection counts as in a condition: a single item that is not a boolean counts as true.

    FHIRPath N1, section 4.5. Raises Invalid when there are several items.
    """
    if len(items) == 1:
        value = items[0].value
        return value if type(value) is bool else True
    if items:
        raise Invalid(f"FHIRPath: {here} is a condition and wants one value, not {len(items)}.")
    return None
