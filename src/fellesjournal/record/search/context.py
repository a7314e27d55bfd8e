"""What a search is understood by: the parameters and codes there are, this server's addresses, the time."""

from dataclasses import dataclass

from fellesjournal.fhir.definitions import Definitions
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
    bases: tuple[str, ...] = ()
