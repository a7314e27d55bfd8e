"""What an actor may reach. Every door of the record asks for a scope; none has a default.

Within reach is what belongs to a citizen in whose care the actor takes part (`index_care`) or whose record is
theirs, and what is within reach by itself; unless it is kept from them (`index_restriction`). What belongs to
no citizen (organisations, code lists) is within reach by its type.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

Reach = tuple[int | None, *tuple[list[int] | None, ...]]
"""The arguments of the SQL function within_reach from `moment` on; None throughout: everything is."""

ALL_TYPES = tuple(range(1, 256))


Rule = Callable[[dict[str, Any], dict[str, Any] | None], None]
"""Raises Forbidden for a resource that may not be written as it is to be, after what it was (None: new)."""

FEW = 10
"""How many of a type a rule is told of at once."""


class Told(NamedTuple):
    """A resource, and whether it is within the writer's reach."""

    tree: dict[str, Any]
    seen: bool


class Known(Protocol):
    """What the record holds, also beyond the writer's reach: for a rule to weigh, and not to repeat."""

    async def __call__(
        self, type_name: str, asked: Sequence[tuple[str, str]], *, most: int = FEW
    ) -> list[dict[str, Any]]:
        """Of a type what meets search parameters."""

    async def named(self, references: Iterable[str]) -> dict[str, Told]:
        """Those of some references ("Patient/7") whose resources are there."""


Weighing = Callable[[dict[str, Any], dict[str, Any] | None, Known], Awaitable[None]]
"""A Rule that needs to know more than the resource."""


class Condition(Protocol):
    """What only some resources meet: a predicate of a search (record/search/predicate.py)."""

    def test(self, sql: Any, row: str) -> str:
        """A boolean expression over an alias with the columns of index_term."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Within reach is everything (`whole`), or, at `moment` (microseconds since 1970 UTC):

    the records of `citizens` (keys), and of those in whose care one of `parties` (keys of units, services
    and persons) takes part; without what is kept from one of `shut` (0: from all), unless care was entered
    for one of `overrides`, and without the kinds of restricted information that are not among `rights`. Of
    what is no citizen's, the types `shared`. Only the types `readable` are read at all (None: every type).
    `opening` are the types with which care of a citizen out of reach may begin. Only new resources of the
    types `named` are given an id by their writer (None: of every type): who could give any id would learn
    which are taken. What holds one of the texts `reserved` may not be written, nor be changed; a citizen's
    identifiers of systems that begin with `settled` ("": none) stay as they are. `unveiled`: what protected
    addresses hide is shown (see veil). `about` are the citizens that a request is known to be about: a hint
    that makes it quicker and decides nothing. `conditions` are what a resource of a type must meet to be
    found by any search: in matches, includes, chains and counts alike. Reads by id do not ask them: whoever
    gives such a scope reads through a search (see `conditional`). `rules` and `weighed` are asked before a
    resource of a type is written, `weighed` of those who reach everything only when `strict`; `files` before
    one of any type that may hold a file. `single` are types with the systems of which one in use alone has a
    number (see bounds).
    """

    whole: bool
    moment: int = 0
    citizens: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()
    shut: tuple[int, ...] = (0,)
    overrides: tuple[int, ...] = ()
    shared: tuple[int, ...] = ALL_TYPES
    rights: tuple[int, ...] = ()
    readable: frozenset[int] | None = None
    opening: frozenset[int] = frozenset()
    named: frozenset[int] | None = None
    reserved: tuple[bytes, ...] = ()
    settled: str = ""
    unveiled: bool = False
    about: tuple[int, ...] = ()
    conditions: tuple[tuple[int, Condition], ...] = ()
    rules: tuple[tuple[str, Rule], ...] = ()
    files: Rule | None = None
    weighed: tuple[tuple[str, Weighing], ...] = ()
    single: tuple[tuple[str, tuple[str, ...]], ...] = ()
    strict: bool = False

    @classmethod
    def everyone(cls, *, unveiled: bool = False) -> "Scope":
        """Every citizen, and all of each record; protected addresses only when it is said."""
        return cls(whole=True, unveiled=unveiled)

    @classmethod
    def of(cls, *citizens: int) -> "Scope":
        """The records of these citizens, by key, and what is shared."""
        return cls(whole=False, citizens=citizens)

    @property
    def reach(self) -> Reach:
        """See Reach."""
        if self.whole:
            return (None,) * 7
        lists = (self.citizens, self.parties, self.shut, self.overrides, self.shared, self.rights)
        return self.moment, *map(list, lists)

    def asked_about(self, citizens: Iterable[int]) -> "Scope":
        """The same scope for a request that is known to be about some citizens."""
        return replace(self, about=tuple(citizens))

    def reading_only(self, types: Iterable[int]) -> "Scope":
        """The same scope where no resources but those of some types are read."""
        return replace(self, readable=frozenset(filter(self.reads, types)))

    @property
    def unlimited(self) -> bool:
        """Whether there is nothing that a search has to test of a row."""
        return self.whole and not self.conditions

    def conditional(self, type_number: int) -> bool:
        """Whether only some resources of a type are within reach, by what they say."""
        return any(number == type_number for number, _ in self.conditions)

    def reads(self, type_number: int) -> bool:
        """Whether resources of a type are read at all."""
        return self.readable is None or type_number in self.readable

    def names(self, type_number: int) -> bool:
        """Whether new resources of a type may be given an id by who writes them."""
        return self.named is None or type_number in self.named
