"""A small FHIRPath: what the R4 search parameters' expressions use, evaluated over typed nodes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from oracle.definitions import QUANTITY_TYPES, Definitions


@dataclass(frozen=True, eq=False)
class Node:
    """A value in a resource, with its FHIR type and the element that defines it ("Patient.gender")."""

    value: Any
    type: str
    element: str


@dataclass(frozen=True, eq=False)
class Scope:
    """What an expression is evaluated in."""

    definitions: Definitions
    root: Node


Nodes = list[Node]
Expression = Callable[[Nodes, Scope], Nodes]

_TOKEN = re.compile(r"\s*(?:('(?:[^'\\]|\\.)*')|(%?[A-Za-z_]\w*)|(\d+)|(!=|[().|\[\]=,]))")


def root_node(resource: dict[str, Any]) -> Node:
    """The node of a whole resource."""
    return Node(resource, resource["resourceType"], resource["resourceType"])


def evaluate(expression: str, scope: Scope, start: Node | None = None) -> Nodes:
    """The nodes `expression` yields, from the root or from `start`; each node once, in document order."""
    found = parse(expression)([start or scope.root], scope)
    return list(
        {id(node.value) if isinstance(node.value, dict) else i: node for i, node in enumerate(found)}.values()
    )


@lru_cache(maxsize=5000)
def parse(expression: str) -> Expression:
    """The expression as a function; ValueError for what is not in the subset."""
    parser = _Parser(expression)
    result = parser.union_level()
    if parser.position != len(parser.tokens):
        raise ValueError(f"{expression}: stopped at {parser.tokens[parser.position :]}")
    return result


class _Parser:
    """Recursive descent; from the loosest binding operator to the tightest."""

    def __init__(self, text: str) -> None:
        self.tokens = [next(filter(None, m)) for m in _TOKEN.findall(text)]
        self.position = 0

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self, expected: str = "") -> str:
        token = self.peek()
        if expected and token != expected:
            raise ValueError(f"expected {expected}, found {token}")
        self.position += 1
        return token

    def union_level(self) -> Expression:
        """`and` binds loosest, then = and !=, then is and as, then |."""
        left = self.equality_level()
        while self.peek() == "and":
            self.take()
            left = _both(left, self.equality_level())
        return left

    def equality_level(self) -> Expression:
        left = self.type_level()
        while self.peek() in ("=", "!="):
            left = _compare(left, self.take(), self.type_level())
        return left

    def type_level(self) -> Expression:
        left = self.or_level()
        while self.peek() in ("is", "as"):
            left = (_is if self.take() == "is" else _of_type)(left, self.take())
        return left

    def or_level(self) -> Expression:
        parts = [self.path_level()]
        while self.peek() == "|":
            self.take()
            parts.append(self.path_level())
        return parts[0] if len(parts) == 1 else _united(parts)

    def path_level(self) -> Expression:
        current = self.first()
        while self.peek() in (".", "["):
            if self.take() == "[":
                current = _at(current, int(self.take()))
                self.take("]")
            else:
                current = self.step(current, self.take())
        return current

    def first(self) -> Expression:
        token = self.take()
        if token == "(":
            inner = self.union_level()
            self.take(")")
            return inner
        if token.startswith("'"):
            return _constant(token[1:-1], "string")
        if token in ("true", "false"):
            return _constant(token == "true", "boolean")
        if token == "%resource":
            return lambda nodes, scope: [scope.root]
        if token[0].isupper():
            return _this_if_type(token)
        return self.step(lambda nodes, scope: nodes, token)

    def step(self, before: Expression, name: str) -> Expression:
        if self.peek() != "(":
            return _child(before, name)
        self.take("(")
        if name in ("as", "ofType"):
            result = _of_type(before, self.take())
        elif name == "where":
            result = _where(before, self.union_level())
        elif name in ("extension", "hasExtension"):
            found = _extension(before, self.take()[1:-1])
            result = found if name == "extension" else _exists(found)
        elif name == "resolve":
            result = _resolve(before)
        elif name == "exists":
            result = _exists(before)
        else:
            raise ValueError(f"function {name} is not in the subset")
        self.take(")")
        return result


def _constant(value: Any, type_: str) -> Expression:
    return lambda nodes, scope: [Node(value, type_, "")]


def _this_if_type(name: str) -> Expression:
    return lambda nodes, scope: [n for n in nodes if n.type == name or name in ("Resource", "DomainResource")]


def _child(before: Expression, name: str) -> Expression:
    return lambda nodes, scope: [
        c for n in before(nodes, scope) for c in children(n, name, scope.definitions)
    ]


def children(node: Node, name: str, definitions: Definitions) -> Iterable[Node]:
    """The children of `node` called `name`, in order; nulls that only hold a place in a list are left out."""
    if not isinstance(node.value, dict):
        return
    parent = "Quantity" if node.type in QUANTITY_TYPES else node.type
    for form in definitions.children.get(parent, {}).get(name, []):
        held = node.value.get(form.member)
        for value in held if isinstance(held, list) else [held]:
            if value is not None:
                type_ = value["resourceType"] if form.type == "Resource" else form.type
                yield Node(value, type_, form.element)


def _at(before: Expression, index: int) -> Expression:
    return lambda nodes, scope: before(nodes, scope)[index : index + 1]


def _united(parts: list[Expression]) -> Expression:
    return lambda nodes, scope: [n for part in parts for n in part(nodes, scope)]


def _of_type(before: Expression, name: str) -> Expression:
    # R4 writes `as` over many items and `DateTime` for dateTime.
    return lambda nodes, scope: [n for n in before(nodes, scope) if n.type.lower() == name.lower()]


def _is(before: Expression, name: str) -> Expression:
    return lambda nodes, scope: [Node(n.type == name, "boolean", "") for n in before(nodes, scope)]


def _exists(before: Expression) -> Expression:
    return lambda nodes, scope: [Node(bool(before(nodes, scope)), "boolean", "")]


def _truth(nodes: Nodes) -> bool | None:
    return bool(nodes[0].value) if nodes else None


def _both(left: Expression, right: Expression) -> Expression:
    def both(nodes: Nodes, scope: Scope) -> Nodes:
        sides = [_truth(left(nodes, scope)), _truth(right(nodes, scope))]
        if False in sides:
            return [Node(False, "boolean", "")]
        return [] if None in sides else [Node(True, "boolean", "")]

    return both


def _compare(left: Expression, operator: str, right: Expression) -> Expression:
    def compare(nodes: Nodes, scope: Scope) -> Nodes:
        one, other = left(nodes, scope), right(nodes, scope)
        if not one or not other:
            return []
        equal = [n.value for n in one] == [n.value for n in other]
        return [Node(equal == (operator == "="), "boolean", "")]

    return compare


def _where(before: Expression, condition: Expression) -> Expression:
    return lambda nodes, scope: [n for n in before(nodes, scope) if _truth(condition([n], scope))]


def _extension(before: Expression, url: str) -> Expression:
    def extension(nodes: Nodes, scope: Scope) -> Nodes:
        return [
            e
            for n in before(nodes, scope)
            for e in children(n, "extension", scope.definitions)
            if e.value.get("url") == url
        ]

    return extension


def _resolve(before: Expression) -> Expression:
    """A stand-in for the resource referred to: only its type is known, which is all that R4 asks."""

    def resolve(nodes: Nodes, scope: Scope) -> Nodes:
        return [
            Node({}, type_, type_)
            for n in before(nodes, scope)
            if (type_ := target_type(n, scope.root.value, scope.definitions))
        ]

    return resolve


def target_type(reference: Node, root: dict[str, Any], definitions: Definitions) -> str:
    """The type a Reference points to, as its text, `type` or contained resource tells; "" when unknown."""
    if not isinstance(reference.value, dict):
        return ""
    text = reference.value.get("reference", "")
    if text.startswith("#"):
        held = [c["resourceType"] for c in root.get("contained", []) if f"#{c.get('id')}" == text]
        return held[0] if held else ""
    words = re.sub(r"/_history/[^/]*$", "", text).split("/")
    if len(words) >= 2 and words[-2] in definitions.parameters:
        return words[-2]
    stated: str = reference.value.get("type", "")
    return stated
