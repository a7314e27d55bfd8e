"""What a search is understood by: the parameters and codes there are, this server's addresses, the time."""

from dataclasses import dataclass, field

from fellesjournal.fhir.definitions import Definitions
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
    bases: tuple[str, ...] = ()
    value_sets: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
