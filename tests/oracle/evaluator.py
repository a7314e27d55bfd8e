"""The answer oracle: which resources a FHIR R4 search must return, decided one resource at a time.

Written from the search page (https://hl7.org/fhir/R4/search.html) and the published SearchParameters,
sharing no code with the product. It is slow and keeps everything in memory; nothing else was asked of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec

from oracle.definitions import Definitions, Parameter, published
from oracle.matching import (
    date_matches,
    link_matches,
    number_matches,
    of_type_matches,
    quantity_matches,
    string_matches,
    text_matches,
    token_matches,
    uri_matches,
)
from oracle.path import Node, Scope, evaluate, root_node
from oracle.query import plain, read_name, split
from oracle.terminology import Terminology
from oracle.values import (
    Amount,
    Link,
    Span,
    Text,
    Token,
    Value,
    amounts,
    fold,
    has_value,
    links,
    spans,
    texts,
    tokens,
)

Key = tuple[str, str]
Parameters = list[tuple[str, str]]

CONTROLS = {
    "_sort",
    "_count",
    "_include",
    "_revinclude",
    "_total",
    "_summary",
    "_elements",
    "_format",
    "_pretty",
} | {
    "_contained",
    "_containedType",
    "_type",
}
PART_OF = ("partof", "part-of")
"""The parameters that make hierarchies of resources of one type."""
_DECODER = msgspec.json.Decoder(float_hook=Decimal)


def load(body: bytes) -> dict[str, Any]:
    """A resource with its decimals as written."""
    resource: dict[str, Any] = _DECODER.decode(body)
    return resource


class RefusedError(Exception):
    """The search asks for what R4 does not define."""


@dataclass(frozen=True)
class Answer:
    """The resources found, in order, and how many they are."""

    matches: list[Key]
    total: int


class Oracle:
    """Knows every current resource, in the order of their creation, and the server's own address (`base`)."""

    def __init__(
        self,
        resources: Iterable[dict[str, Any]],
        now: datetime,
        definitions: Definitions | None = None,
        base: str = "",
    ) -> None:
        self.base = base
        self.definitions = definitions or published()
        self.terminology = Terminology(self.definitions)
        self.now = now
        self.resources = {(r["resourceType"], r["id"]): r for r in resources}
        self._born = {key: order for order, key in enumerate(self.resources)}
        self._by_type: dict[str, list[Key]] = {}
        for key in self.resources:
            self._by_type.setdefault(key[0], []).append(key)
        self._found: dict[tuple[Key, str], list[Value]] = {}
        self._nodes: dict[tuple[Key, str], list[Node]] = {}

    def answer(self, type_: str | None, parameters: Parameters, compartment: Key | None = None) -> Answer:
        """All matches of a search of one type (or of `_type`, or of everything), sorted."""
        keys = [key for t in self._types(type_, parameters) for key in self._by_type.get(t, [])]
        if compartment:
            keys = [key for key in keys if self.in_compartment(key, compartment)]
        criteria = [(name, value) for name, value in parameters if read_name(name).code not in CONTROLS]
        matches = [key for key in keys if all(self.satisfies(key, name, value) for name, value in criteria)]
        matches.sort(key=lambda key: -self._born[key])
        for name, value in parameters:
            if name == "_sort":
                matches = self._sorted(matches, value)
        return Answer(matches, len(matches))

    def _types(self, type_: str | None, parameters: Parameters) -> list[str]:
        if type_:
            return [type_]
        wanted = [set(value.split(",")) for name, value in parameters if name == "_type"]
        return [t for t in self.definitions.types if all(t in names for names in wanted)]

    def parameter(self, type_: str, code: str) -> Parameter:
        """The search parameter of this name."""
        try:
            return self.definitions.parameters[type_][code]
        except KeyError:
            raise RefusedError(f"{type_} has no search parameter {code}") from None

    def satisfies(self, key: Key, name: str, value: str) -> bool:
        """Whether a resource meets one criterion."""
        if name.startswith("_has:"):
            return self._has(key, name.removeprefix("_has:"), value)
        read = read_name(name)
        parameter = self.parameter(key[0], read.code)
        if read.rest:
            return any(
                self._chain_step(target, read.rest, value)
                for target in self.targets(key, parameter, read.modifier)
            )
        if read.modifier == "missing":
            return (value == "true") == (not self.present(key, parameter))
        if read.modifier in ("not", "not-in"):
            positive = read.modifier.removeprefix("not").removeprefix("-")
            return not any(self._matches(key, parameter, positive, one) for one in split(value, ","))
        return any(self._matches(key, parameter, read.modifier, one) for one in split(value, ","))

    def _has(self, key: Key, rest: str, value: str) -> bool:
        source, code, criterion = rest.split(":", 2)
        parameter = self.parameter(source, code)
        return any(
            key in self.targets(other, parameter) and self.satisfies(other, criterion, value)
            for other in self._by_type.get(source, [])
        )

    def _chain_step(self, target: Key, rest: str, value: str) -> bool:
        if (
            not rest.startswith("_has:")
            and read_name(rest).code not in self.definitions.parameters[target[0]]
        ):
            return False
        return self.satisfies(target, rest, value)

    def targets(self, key: Key, parameter: Parameter, type_: str = "") -> list[Key]:
        """The resources at hand that a reference parameter of this resource points to."""
        found = []
        for link in self.values(key, parameter):
            assert isinstance(link, Link)
            words = link.text.split("/_history/")[0].split("/")
            target = (words[0], words[-1])
            if (
                len(words) == 2
                and target in self.resources
                and type_ in ("", target[0])
                and target not in found
            ):
                found.append(target)
        return found

    def nodes(self, key: Key, parameter: Parameter) -> list[Node]:
        """What the parameter's expression yields in this resource."""
        place = (key, parameter.url)
        if place not in self._nodes:
            scope = Scope(self.definitions, root_node(self.resources[key]))
            self._nodes[place] = evaluate(parameter.expression, scope)
        return self._nodes[place]

    def values(self, key: Key, parameter: Parameter) -> list[Value]:
        """The searched values of a parameter in this resource."""
        place = (key, parameter.url)
        if place not in self._found:
            found = [v for node in self.nodes(key, parameter) for v in self.read(parameter.kind, node)]
            self._found[place] = [v for v in found if not isinstance(v, Link) or _may_point(v, parameter)]
        return self._found[place]

    def read(self, kind: str, node: Node) -> list[Value]:
        """The values of one node, as this kind of parameter reads it."""
        bound = self.terminology.systems_of(self.definitions.bindings.get(node.element, ""))
        implied = frozenset(name for system in bound for name in self.definitions.names_of(system))
        readers: dict[str, Callable[[], Iterable[Value]]] = {
            "date": lambda: spans(node),
            "number": lambda: amounts(node),
            "quantity": lambda: amounts(node),
            "token": lambda: tokens(node, self.definitions, implied),
            "reference": lambda: links(node, self.definitions),
            "string": lambda: texts(node, self.definitions),
            "uri": lambda: [Link(node.value)] if isinstance(node.value, str) else [],
        }
        return list(readers[kind]())

    def present(self, key: Key, parameter: Parameter) -> bool:
        """Whether the resource has a value for the parameter (:missing)."""
        return any(has_value(parameter.kind, node) for node in self.nodes(key, parameter))

    def _matches(self, key: Key, parameter: Parameter, modifier: str, searched: str) -> bool:
        if parameter.kind == "composite":
            return self._composite_matches(key, parameter, searched)
        return any(
            self.matches(parameter.kind, value, modifier, searched) for value in self.values(key, parameter)
        )

    def matches(self, kind: str, value: Value, modifier: str, searched: str) -> bool:
        """Whether one value matches one searched value."""
        if isinstance(value, Span):
            return date_matches(value, searched, self.now)
        if isinstance(value, Amount):
            return (
                quantity_matches(value, searched) if kind == "quantity" else number_matches(value, searched)
            )
        if isinstance(value, Text):
            return string_matches(value, modifier, searched)
        if isinstance(value, Token):
            return self._token_matches(value, modifier, searched)
        return self._link_matches(kind, value, modifier, searched)

    def _link_matches(self, kind: str, value: Link, modifier: str, searched: str) -> bool:
        if kind == "uri":
            return uri_matches(value.text, modifier, searched)
        if modifier == "identifier":
            return value.identifier is not None and token_matches(value.identifier, searched)
        searched = searched.removeprefix(f"{self.base}/")
        if modifier in ("above", "below"):
            return self._in_hierarchy(value, modifier, searched)
        return link_matches(value, searched, modifier)

    def _in_hierarchy(self, value: Link, modifier: str, searched: str) -> bool:
        """Whether the reference is to what is searched for, to a part of it (:below), or to its whole."""
        if link_matches(value, searched, ""):
            return True
        start = [key for key in self.resources if link_matches(Link("/".join(key)), searched, "")]
        own = [key for key in self.resources if link_matches(Link("/".join(key)), value.text, "")]
        if modifier == "below":
            return any(key in start for mine in own for key in self._whole(mine))
        return any(key in own for wanted in start for key in self._whole(wanted))

    def _whole(self, key: Key) -> list[Key]:
        """The resource, what it is part of, and so on; nothing when its type has no parts."""
        found: list[Key] = []
        open_ = [key]
        while open_:
            part = open_.pop()
            if part not in found:
                found.append(part)
                open_ += [
                    target
                    for code in PART_OF
                    if code in self.definitions.parameters[part[0]]
                    for target in self.targets(part, self.parameter(part[0], code), part[0])
                ]
        return found

    def _token_matches(self, value: Token, modifier: str, searched: str) -> bool:
        if modifier == "text":
            return text_matches(value, searched)
        if modifier == "of-type":
            return of_type_matches(value, searched)
        if modifier not in ("in", "below", "above"):
            return token_matches(value, searched)
        if value.code is None:
            return False
        systems = value.systems
        if modifier == "in":
            return any(self.terminology.contains(plain(searched), system, value.code) for system in systems)
        *system, code = (plain(part) for part in split(searched, "|"))
        broad, narrow = (code, value.code) if modifier == "below" else (value.code, code)
        return any(
            self.terminology.subsumes(s, broad, narrow) for s in systems if not system or s == system[0]
        )

    def _composite_matches(self, key: Key, parameter: Parameter, searched: str) -> bool:
        parts = split(searched, "$")
        if len(parts) != len(parameter.components):
            raise RefusedError(f"{parameter.code} has {len(parameter.components)} parts")
        scope = Scope(self.definitions, root_node(self.resources[key]))
        return any(
            all(
                any(
                    self.matches(component.definition.kind, value, "", part)
                    for node in evaluate(component.expression, scope, group)
                    for value in self.read(component.definition.kind, node)
                )
                for component, part in zip(parameter.components, parts, strict=True)
            )
            for group in self.nodes(key, parameter)
        )

    def in_compartment(self, key: Key, compartment: Key) -> bool:
        """Whether a resource is in the compartment of, say, ("Patient", "1")."""
        if key == compartment:
            return True
        codes = self.definitions.compartments[compartment[0]].get(key[0], [])
        return any(
            link_matches(value, "/".join(compartment), "")
            for code in codes
            if code in self.definitions.parameters[key[0]]
            for value in self.values(key, self.parameter(key[0], code))
            if isinstance(value, Link)
        )

    def _sorted(self, keys: list[Key], rule: str) -> list[Key]:
        """By the rules in turn; stable, so that the newest stands first among equals."""
        for part in reversed(rule.split(",")):
            code, down = part.removeprefix("-"), part.startswith("-")
            ranked = [(key, self._rank(key, code, down)) for key in keys]
            having = [(key, rank) for key, rank in ranked if rank is not None]
            having.sort(key=lambda pair: _Down(pair[1]) if down else pair[1])
            keys = [key for key, _ in having] + [key for key, rank in ranked if rank is None]
        return keys

    def _rank(self, key: Key, code: str, down: bool) -> Any:
        ranks = [
            rank for value in self.values(key, self.parameter(key[0], code)) for rank in _ranks(value, down)
        ]
        return (max(ranks) if down else min(ranks)) if ranks else None

    def included(self, page: list[Key], parameters: Parameters) -> set[Key]:
        """What _include and _revinclude add to a page of matches."""
        rules = [
            (name.partition(":")[0], name.endswith((":iterate", ":recurse")), value)
            for name, value in parameters
            if name.partition(":")[0] in ("_include", "_revinclude")
        ]
        found: set[Key] = set()
        for name, _, value in rules:
            found |= self._follow(name, value, set(page))
        fresh = found | set(page)
        while fresh:
            reached = {k for name, again, value in rules if again for k in self._follow(name, value, fresh)}
            fresh = reached - found - set(page)
            found |= fresh
        return found - set(page)

    def _follow(self, name: str, value: str, keys: set[Key]) -> set[Key]:
        source, _, rest = value.partition(":")
        code, _, type_ = rest.partition(":")
        origins = keys if name == "_include" else self.resources
        return {
            target if name == "_include" else origin
            for origin in origins
            if source in ("*", origin[0])
            for parameter in self.definitions.parameters[origin[0]].values()
            if parameter.kind == "reference" and code in ("", "*", parameter.code)
            for target in self.targets(origin, parameter, type_)
            if name == "_include" or target in keys
        }


def _may_point(link: Link, parameter: Parameter) -> bool:
    """Whether a reference to a resource here is to one of the parameter's types."""
    type_, slash, _ = link.text.partition("/")
    return not parameter.targets or not slash or not type_.isalpha() or type_ in parameter.targets


class _Down:
    """Turns an order round, and leaves equals equal."""

    def __init__(self, rank: Any) -> None:
        self.rank = rank

    def __lt__(self, other: "_Down") -> bool:
        return bool(other.rank < self.rank)


def _ranks(value: Value, down: bool) -> Iterable[Any]:
    match value:
        case Span():
            return [value.high if down else value.low]
        case Amount():
            end = value.high if down else value.low
            return [(1 if down else -1, 0) if end is None else (0, end)]
        case Token():
            return [] if value.code is None else [value.code]
        case Link():
            # What names a contained resource is known within its own resource alone.
            return [value.text] if value.text and not value.text.startswith("#") else []
        case Text():
            return [fold(value.text)]
