"""What a terminology operation is asked: its parameters from the query and from a body, by name and type.

Simple values may come in the query, or by POST in a form, as those of a search; what is composed (a Coding,
a resource) comes in Parameters by POST. A body that is the one resource an operation takes stands for that
parameter (FHIR R4 operations.html#request).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from fellesjournal.api import negotiation
from fellesjournal.api.call import Call
from fellesjournal.errors import Invalid, Issue
from fellesjournal.fhir import json
from fellesjournal.fhir.query import Parameters, parse

Tree = dict[str, Any]
Takes = Mapping[str, str]
"""Parameter -> its type; with "*" before it when it may be given several times."""
Check = Callable[[Tree], None]
"""Raises Unprocessable for a resource that is not sound."""

_ELSEWHERE = {
    "system": ("url",),
    "url": ("system",),
    "version": ("valueSetVersion", "systemVersion"),
    "systemVersion": ("version",),
    "valueSetVersion": ("version",),
    "language": ("displayLanguage",),
}
"""What other operations call a parameter, and what it may be called here."""

_COMPOSED = {"Coding", "CodeableConcept", "CodeSystem", "ValueSet", "ConceptMap", "parts"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T.+)?")
_RESOURCES = {"CodeSystem", "ValueSet", "ConceptMap"}


class Asked:
    """The parameters of one question, checked against what the operation takes."""

    def __init__(self, operation: str, takes: Takes) -> None:
        self._operation = operation
        self._takes = takes
        self._values: dict[str, list[Any]] = {}

    def query(self, parameters: Parameters) -> None:
        """Take parameters of a query string. Raises Invalid for an unknown or composed one."""
        for name, value in parameters:
            kind = self._kind(name)
            if kind in _COMPOSED:
                text = f"'{name}' is a {kind}: send it by POST, in a Parameters resource."
                raise Invalid(Issue("invalid", text, f"http.{name}"))
            self._add(name, _READ[kind](name, value) if kind in _READ else value)

    def body(self, tree: Tree) -> None:
        """Take a Parameters resource, or the one resource that the operation is about."""
        kind = tree.get("resourceType")
        if kind == "Parameters":
            for one in tree.get("parameter", ()):
                self._take(one)
            return
        name = next((name for name, its in self._takes.items() if its == kind and kind in _RESOURCES), None)
        if name is None:
            raise Invalid(f"{self._operation} takes a Parameters resource, not a {kind}.")
        self._add(name, tree)

    def _take(self, one: Tree) -> None:
        name = one["name"]
        kind = self._kind(name)
        value = one.get("part") if kind == "parts" else one.get("resource")
        if value is None:
            value = next((value for member, value in one.items() if member.startswith("value")), None)
        if kind in _RESOURCES and isinstance(value, dict) and value.get("resourceType") != kind:
            raise Invalid(f"'{name}' is a {kind}, not a {value.get('resourceType')}.")
        if not isinstance(value, _PYTHON[kind]) or (kind == "integer" and value is True):
            raise Invalid(Issue("value", f"'{name}' is given as {kind}.", f"Parameters.parameter('{name}')"))
        self._add(name, value)

    def _kind(self, name: str) -> str:
        kind = self._takes.get(name)
        if kind is None:
            near = [here for here in _ELSEWHERE.get(name, ()) if here in self._takes]
            near = near or get_close_matches(name, self._takes, n=1, cutoff=0.5)
            hint = f" Did you mean '{near[0]}'?" if near else f" It takes {', '.join(self._takes)}."
            raise Invalid(f"{self._operation} takes no parameter '{name}'.{hint}")
        return kind.removeprefix("*")

    def _add(self, name: str, value: Any) -> None:
        values = self._values.setdefault(name, [])
        if values and not self._takes[name].startswith("*"):
            raise Invalid(f"{self._operation} takes '{name}' once.")
        values.append(value)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def get(self, name: str) -> Any:
        """The value, or None."""
        return self._values.get(name, [None])[0]

    def text(self, name: str) -> str:
        """The value of a text, "" when it is not given."""
        return str(self._values[name][0]) if name in self._values else ""

    def all(self, name: str) -> list[Any]:
        """The values of a parameter that may be given several times."""
        return self._values.get(name, [])

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """The value of a boolean."""
        return bool(self._values[name][0]) if name in self._values else otherwise

    def number(self, name: str) -> int | None:
        """The value of an integer that is not negative. Raises Invalid for one that is."""
        value = self.get(name)
        if value is not None and not 0 <= value < 2**31:
            raise Invalid(Issue("value", f"'{name}' is 0 or more, not {value}.", f"http.{name}"))
        return None if value is None else int(value)

    def day(self, name: str = "date") -> date | None:
        """The day of a dateTime. Raises Invalid for less than a day."""
        written = self.text(name)
        if not written:
            return None
        text = f"'{name}' names a day, such as 2026-01-31, not '{written}'."
        if not _DAY.fullmatch(written):
            raise Invalid(Issue("value", text, f"http.{name}"))
        try:
            return date.fromisoformat(written[:10])
        except ValueError:
            raise Invalid(Issue("value", text, f"http.{name}")) from None


async def ask(call: Call, operation: str, takes: Takes, check: Check) -> Asked:
    """The question of a request, by GET or POST. Raises Invalid, and Unprocessable for an unsound body."""
    asked = Asked(operation, takes)
    tree = await sent(call, check)
    asked.query(call.parameters)
    if tree is not None:
        asked.body(tree)
    return asked


async def sent(call: Call, check: Check) -> Tree | None:
    """The resource in the body of a POST. None without one: the fields of a form join those of the query.

    Raises UnsupportedMediaType for another body, Invalid, and Unprocessable for an unsound resource.
    """
    if call.method != "POST":
        return None
    if negotiation.content_kind(call.header(b"content-type")) == negotiation.FORM:
        call.take(parse(await call.body(), "the form"))
        return None
    tree = json.parse(await call.resource()).tree
    check(tree)
    return tree


def _boolean(name: str, value: str) -> bool:
    if value not in ("true", "false"):
        raise Invalid(Issue("value", f"'{name}' is true or false, not '{value}'.", f"http.{name}"))
    return value == "true"


def _integer(name: str, value: str) -> int:
    if not value.removeprefix("-").isdecimal() or not value.isascii() or len(value) > 10:
        raise Invalid(Issue("value", f"'{name}' is a whole number, not '{value}'.", f"http.{name}"))
    return int(value)


_READ: dict[str, Callable[[str, str], Any]] = {"boolean": _boolean, "integer": _integer}
_PYTHON: dict[str, type] = {
    "boolean": bool,
    "integer": int,
    "parts": list,
    **dict.fromkeys(("Coding", "CodeableConcept", *_RESOURCES), dict),
    **dict.fromkeys(("code", "string", "uri", "canonical", "dateTime"), str),
}
