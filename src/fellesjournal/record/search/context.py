"""What a search is understood by: the parameters and codes there are, this server's addresses, the time."""

from collections.abc import Iterable
from dataclasses import dataclass

from fellesjournal.errors import Forbidden
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.codes import CodeLists
from fellesjournal.record.search.registry import Registry


@dataclass(slots=True)
class Context:
    """`bases` are the addresses this server answers on; `now` microseconds since 1970 (prefix ap).

    `codes` has what is below, above and in what the modifiers of tokens name, read beforehand.
    """

    registry: Registry
    definitions: Definitions
    now: int
    codes: CodeLists
    scope: Scope
    bases: tuple[str, ...] = ()

    def read(self, types: Iterable[str]) -> tuple[str, ...]:
        """See require_readable."""
        return require_readable(types, self.scope, self.definitions)


def require_readable(types: Iterable[str], scope: Scope, definitions: Definitions) -> tuple[str, ...]:
    """Those of the types that the actor reads. Raises Forbidden when it is none of them."""
    wanted = tuple(types)
    found = tuple(name for name in wanted if scope.reads(definitions.type_number(name)))
    if wanted and not found:
        raise Forbidden(f"This role does not read {', '.join(wanted)}, so it cannot search there.")
    return found
