"""From the path of a request to the shape of a route (FHIR R4 http.html 3.1.0.1.2)."""

import re
from difflib import get_close_matches

from fellesjournal.api.routes import Route, Table
from fellesjournal.errors import Invalid, Issue, NotFound
from fellesjournal.fhir.query import decoded

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_VERSION = re.compile(r"[1-9][0-9]{0,8}")

Found = tuple[dict[str, Route], str, str, str, str]
"""Method -> route, then type, id, inner type and version; "" for what the path does not have."""


class Paths:
    """Finds the routes of a path, and says what is wrong with a path that has none."""

    def __init__(self, table: Table, types: tuple[str, ...]) -> None:
        self._table = table
        self._types = frozenset(types)
        self._one = {kind: table.at("{type}/{id}", kind) for kind in types}

    def find(self, path: str) -> Found:
        """The routes of a path such as "Patient/1". Raises NotFound, with the nearest name, or Invalid."""
        segments = path.split("/")
        if len(segments) == 2 and _ID.fullmatch(segments[1]):
            routes = self._one.get(segments[0])
            if routes:
                return routes, segments[0], segments[1], "", ""
        if "%" in path:
            segments = [decoded(segment.encode(), "the path") for segment in segments]
        if segments[-1] == "":
            segments.pop()
        return self._walk(segments)

    def _walk(self, segments: list[str]) -> Found:
        if not segments or segments[0] not in self._types:
            return self._system(segments)
        kind, rest = segments[0], segments[1:]
        if not rest or rest[0].startswith(("_", "$")):
            return self._at(["{type}", *rest], kind), kind, "", "", ""
        identity = rest[0]
        if not _ID.fullmatch(identity):
            text = f"'{identity}' is not an id: an id has 1 to 64 of A-Z, a-z, 0-9, '-' and '.'."
            raise Invalid(Issue("value", text))
        shape, inner, version = ["{type}", "{id}", *rest[1:]], "", ""
        if len(rest) > 1 and (rest[1] in self._types or rest[1] == "*"):
            shape[2], inner = "{inner}", rest[1]
        elif len(rest) == 3 and rest[1] == "_history":
            shape[3], version = "{version}", rest[2]
            if not _VERSION.fullmatch(version):
                raise NotFound(f"There is no version '{version}': versions are numbered 1, 2, 3 and so on.")
        return self._at(shape, kind), kind, identity, inner, version

    def _system(self, segments: list[str]) -> Found:
        if len(segments) == 1 or not segments:
            routes = self._table.at("/".join(segments))
            if routes:
                return routes, "", "", "", ""
        first = segments[0]
        if first.startswith("$"):
            self._refuse_misplaced(first)
            raise NotFound(_unknown("operation", first, self._table.operations("")))
        if first.startswith("_"):
            raise NotFound(f"There is nothing at '{'/'.join(segments)}'.")
        raise NotFound(_unknown("resource type", first, self._types))

    def _at(self, shape: list[str], kind: str) -> dict[str, Route]:
        routes = self._table.at("/".join(shape), kind)
        if routes:
            return routes
        last = shape[-1]
        if last.startswith("$"):
            self._refuse_misplaced(last, kind)
            prefix = "/".join(shape[:-1]) + "/"
            raise NotFound(_unknown("operation", last, self._table.operations(prefix, kind), f" of {kind}"))
        if len(shape) == 3:
            raise NotFound(_unknown("resource type", last, self._types))
        raise NotFound(f"There is nothing below this {kind} at '{'/'.join(shape[1:])}'.")

    def _refuse_misplaced(self, name: str, kind: str = "") -> None:
        shape = self._table.shape_of(name, kind) or self._table.shape_of(name)
        if shape:
            raise NotFound(f"There is no {name} here: it is at {shape}.")


def _unknown(what: str, name: str, known: "frozenset[str] | list[str]", where: str = "") -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5) or [
        one for one in known if one.lower() == name.lower()
    ]
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"Unknown {what} '{name}'{where}.{hint}"
