"""What a search is understood by: the parameters and codes there are, this server's addresses, the time."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fellesjournal.errors import Forbidden
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.registry import Registry


@dataclass(slots=True)
class Context:
    """`bases` are the addresses this server answers on; `now` microseconds since 1970 (prefix ap).

    `value_sets` are the codes of the value sets named by :in and :not-in, fetched beforehand:
    url -> {(system, code)}.
    """

    registry: Registry
    definitions: Definitions
    now: int
    scope: Scope
    bases: tuple[str, ...] = ()
    value_sets: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)

    def read(self, types: Iterable[str]) -> tuple[str, ...]:
        """Those of the types that the actor reads. Raises Forbidden when it is none of them."""
        wanted = tuple(types)
        found = tuple(name for name in wanted if self.scope.reads(self.definitions.type_number(name)))
        if wanted and not found:
            raise Forbidden(f"This role does not read {', '.join(wanted)}, so it cannot search there.")
        return found
