"""The names of code systems, and the codes that :below, :above, :in and :not-in of a token stand for.

They come from the terminology, which reads value sets and code systems in the record itself. So they are
read before a search takes its connection: a search that waited for another one while holding it would stop
all, once as many came as there are connections.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from fellesjournal.errors import Fault, Invalid, Issue
from fellesjournal.fhir.search.values import split_escaped, unescape

MOST_HELD = 500_000
"""Codes held at once in each process; the lists that were asked for longest ago give way."""
_WAYS = ("below", "above", "in")

Pairs = tuple[tuple[str, str], ...]
"""(system, code), in order."""


class Source(Protocol):
    """Who knows the codes. Each method but `names` raises a Fault: what is not here, or is too large."""

    async def names(self) -> Mapping[str, Sequence[str]]:
        """Every name of a code system that has several, such as its URL and its OID, by each of them."""

    async def below(self, system: str, code: str) -> frozenset[str]:
        """The code and all below it."""

    async def above(self, system: str, code: str) -> frozenset[str]:
        """The code and all above it."""

    async def members(self, value_set: str) -> frozenset[tuple[str, str]]:
        """(system, code) of every code in a value set."""


class CodeLists:
    """Lists of codes by what asks for them; `source` is set when the rooms are joined."""

    def __init__(self) -> None:
        self.source: Source | None = None
        self._names: Mapping[str, Sequence[str]] = {}
        self._held: OrderedDict[tuple[str, str], Pairs | Fault] = OrderedDict()
        self._size = 0

    async def read(self, parameters: Iterable[tuple[str, str]]) -> None:
        """Read what the parameters of a search ask for, as it is now. No Fault is raised: see `get`.

        It is not known yet what kind of parameter each is; of those that are no tokens nothing is used.
        """
        await self.read_names()
        wanted = dict.fromkeys(
            (way, one)
            for name, value in parameters
            if (way := _way(name)) in _WAYS
            for one in split_escaped(value, ",")
        )
        for way, one in wanted:
            self._hold((way, one), await self._found(way, one))

    async def read_names(self) -> None:
        """Read the names of code systems as they are now."""
        if self.source is not None:
            self._names = await self.source.names()

    def names(self, system: str) -> Sequence[str]:
        """Every name of a code system, by one of them."""
        return self._names.get(system, (system,))

    def get(self, modifier: str, value: str) -> Pairs:
        """The codes of a value of a parameter with the modifier below, above, in or not-in. Raises Invalid,
        which names the modifier that was written.
        """
        held = self._held.get((_way(f":{modifier}"), value))
        if held is None:
            raise Invalid(f":{modifier} cannot be asked for here: send the search by itself.")
        if isinstance(held, Fault):
            raise Invalid(
                *(issue._replace(diagnostics=f":{modifier}: {issue.diagnostics}") for issue in held.issues)
            )
        return held

    async def _found(self, way: str, value: str) -> Pairs | Fault:
        if self.source is None:
            return Invalid("no code systems are known here.")
        try:
            if way == "in":
                return tuple(sorted(await self.source.members(unescape(value))))
            system, code = _system_and_code(value)
            list_codes = self.source.below if way == "below" else self.source.above
            return tuple((system, one) for one in sorted(await list_codes(system, code)))
        except Fault as fault:
            return fault

    def _hold(self, name: tuple[str, str], found: Pairs | Fault) -> None:
        self._size += _size(found) - (_size(self._held.pop(name)) if name in self._held else 0)
        self._held[name] = found
        while self._size > MOST_HELD and len(self._held) > 1:
            self._size -= _size(self._held.popitem(last=False)[1])


def _way(name: str) -> str:
    modifier = name.rpartition(":")[2]
    return "in" if modifier == "not-in" else modifier


def _size(found: Pairs | Fault) -> int:
    return 1 if isinstance(found, Fault) else 1 + len(found)


def _system_and_code(value: str) -> tuple[str, str]:
    system, *rest = split_escaped(value, "|")
    if not system or not rest or not rest[0]:
        said = f"it needs a code system, written system|code, not '{value}'."
        raise Invalid(Issue("value", said))
    return unescape(system), unescape("|".join(rest))
