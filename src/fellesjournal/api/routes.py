"""The table of everything that is served: one line per interaction or operation.

Requests are dispatched by it, and the CapabilityStatement, the Allow header and the OpenAPI description are
made from it, so that none of them can promise what is not there.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call

Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Route:
    """`shape` is the path below the base with {type}, {id}, {inner} (a type in a compartment) and {version}.

    `name` is the code of the interaction in the CapabilityStatement ("read", "search-type"), or the name of
    the operation with its "$". `only` lists the resource types that have it; empty for all.
    """

    method: str
    shape: str
    name: str
    summary: str
    handler: Handler
    only: frozenset[str] = frozenset()
    has_pdf: bool = False
    """Whether the answer can be had as a PDF as well."""

    @property
    def operation(self) -> bool:
        """Whether this is an operation ("$validate") and not an interaction."""
        return self.name.startswith("$")


class Table:
    """Routes by shape and method."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._by_shape: dict[str, dict[str, Route]] = {}
        for route in self.routes:
            self._by_shape.setdefault(route.shape, {})[route.method] = route

    def at(self, shape: str, kind: str = "") -> dict[str, Route]:
        """Method -> route of a shape, for resource type `kind`; empty when there is nothing."""
        found = self._by_shape.get(shape)
        if not found:
            return {}
        if any(route.only for route in found.values()):
            return {m: route for m, route in found.items() if not route.only or kind in route.only}
        return found

    def shape_of(self, name: str, kind: str = "") -> str:
        """Where an operation is that was asked for at another place: "Patient/[id]/$everything", or ""."""
        for route in self.routes:
            here = not kind or not route.only or kind in route.only
            if here and route.name == name and route.shape.endswith(f"/{name}"):
                type_name = kind or (next(iter(route.only)) if len(route.only) == 1 else "[type]")
                return route.shape.replace("{type}", type_name).replace("{id}", "[id]")
        return ""

    def operations(self, prefix: str, kind: str = "") -> list[str]:
        """The operations below a path ("{type}/{id}/"), for suggestions: ["$meta", "$validate"]."""
        return sorted(
            {
                route.name
                for route in self.routes
                if route.operation
                and route.shape == prefix + route.name
                and (not route.only or kind in route.only)
            }
        )
