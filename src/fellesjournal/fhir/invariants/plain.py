"""Plain expressions compiled straight over JSON: what members there are, how many, and what they equal.

Most constraints are of this kind ("code.exists() or detail.exists()"). Over JSON they cost a look-up where
FHIRPath makes collections of items. What is not plain is left to FHIRPath: `plain` then gives None.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants.finding import Find, Spelling, flat, member
from fellesjournal.fhir.path import parse
from fellesjournal.fhir.path.syntax import Binary, Call, Constant, Expression, Literal, Member

Truth = Callable[[Any], bool | None]
"""Of a JSON object: true, false or, where FHIRPath finds nothing, None."""
Amount = Callable[[Any], Any]
"""Of a JSON object: a number, or None."""

_NUMBERS = frozenset(("integer", "decimal", "positiveInt", "unsignedInt"))
_UCUM = "http://unitsofmeasure.org"


class _Found(NamedTuple):
    """What a path finds: how, and of what type or at what path it is ("" when it may be of several)."""

    find: Find
    kind: str


class _NotPlainError(Exception):
    """The expression is one for FHIRPath."""


def plain(expression: str, kind: str, definitions: Definitions) -> Callable[[Any, Local], bool] | None:
    """The test of an expression on JSON objects of a type or path; None when it is not a plain one."""
    if "." not in kind and definitions.is_primitive(kind):
        return None
    try:
        truth = _Plain(definitions).truth(parse(expression), kind)
    except _NotPlainError:
        return None
    return lambda value, local: truth(value) is True


class _Plain:
    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    # Conditions

    def truth(self, expression: Expression, kind: str) -> Truth:
        match expression:
            case Binary(operator="and" | "or" | "xor" | "implies" as operator):
                left, right = self.truth(expression.left, kind), self.truth(expression.right, kind)
                return _LOGIC[operator](left, right)
            case Binary(operator="=" | "!=" as operator):
                return self._equality(expression, kind, wanted=operator == "=")
            case Binary(operator="in"):
                listed = frozenset(_constants(expression.right))
                return _is_among(self.found(expression.left, kind).find, listed)
            case Binary(operator="<" | "<=" | ">" | ">=" as operator):
                left, right = self.amount(expression.left, kind), self.amount(expression.right, kind)
                return _comparison(operator, left, right)
            case Call():
                return self._call(expression, kind)
        raise _NotPlainError

    def _equality(self, expression: Binary, kind: str, *, wanted: bool) -> Truth:
        try:
            constant = _constant(expression.right)
        except _NotPlainError:
            left, right = self.truth(expression.left, kind), self.truth(expression.right, kind)
            return _agreement(left, right, wanted)
        try:
            found = self.found(expression.left, kind)
        except _NotPlainError:
            if type(constant) is not int:
                raise
            return _comparison(
                "=" if wanted else "!=", self.amount(expression.left, kind), constant_of(constant)
            )
        return _is_equal(found.find, constant, wanted)

    def _call(self, call: Call, kind: str) -> Truth:
        if call.of is None:
            raise _NotPlainError
        match call.name, call.arguments:
            case "not", ():
                return _negation(self.truth(call.of, kind))
            case "exists" | "empty", ():
                return self._existence(call.of, kind, wanted=call.name == "exists")
            case "hasValue", ():
                return _has_value(self._primitive(call.of, kind))
            case "exists", (criteria,):
                found = self.found(call.of, kind)
                return _any(found.find, self.truth(criteria, found.kind))
            case "all", (criteria,):
                found = self.found(call.of, kind)
                return _all(found.find, self.truth(criteria, found.kind))
            case "isDistinct", ():
                return _distinct(self._primitive(call.of, kind))
            case "startsWith" | "contains", (Literal(kind="string", text=text),):
                holds = str.startswith if call.name == "startsWith" else str.__contains__
                return _text_test(self._primitive(call.of, kind), holds, text)
        raise _NotPlainError

    def _existence(self, of: Expression, kind: str, *, wanted: bool) -> Truth:
        if isinstance(of, Member) and of.of is None:
            spelling = self._spelling(kind, of.name)
            names = spelling.names
            if len(names) == 1:
                [name] = names
                return lambda value: (name in value) is wanted
            return lambda value: names.isdisjoint(value) is not wanted
        find = self.found(of, kind).find
        return lambda value: bool(find(value)) is wanted

    # What is found

    def found(self, expression: Expression, kind: str) -> _Found:
        match expression:
            case Member(of=None, name=name):
                spelling = self._spelling(kind, name)
                return _Found(member(spelling), spelling.kind)
            case Member(of=of, name=name) if of is not None:
                above = self.found(of, kind)
                spelling = self._spelling(above.kind, name)
                return _Found(flat(above.find, member(spelling)), spelling.kind)
            case Call(of=of, name="where", arguments=(criteria,)):
                above = self.found(of, kind) if of is not None else _Found(_this, kind)
                return _Found(_passing(above.find, self.truth(criteria, above.kind)), above.kind)
            case Call(of=of, name="select", arguments=(Member() as inner,)) if of is not None:
                above = self.found(of, kind)
                below = self.found(inner, above.kind)
                return _Found(flat(above.find, below.find), below.kind)
        raise _NotPlainError

    def _primitive(self, expression: Expression, kind: str) -> Find:
        found = self.found(expression, kind)
        if "." in found.kind or not self._definitions.is_primitive(found.kind):
            raise _NotPlainError
        return found.find

    def _spelling(self, kind: str, name: str) -> Spelling:
        if not kind or ("." not in kind and self._definitions.is_primitive(kind)):
            raise _NotPlainError
        spelt = [m for m in self._definitions.members(kind).values() if m.element.name == name]
        if not spelt:
            raise _NotPlainError
        return Spelling.of(spelt)

    # Numbers

    def amount(self, expression: Expression, kind: str) -> Amount:
        match expression:
            case Literal(kind="integer", text=text):
                return constant_of(int(text))
            case Binary(operator="+"):
                left, right = self.amount(expression.left, kind), self.amount(expression.right, kind)
                return lambda value: left(value) + right(value)
            case Call(of=of, name="count", arguments=()) if of is not None:
                find = self.found(of, kind).find
                return lambda value: len(find(value))
        found = self.found(expression, kind)
        if found.kind not in _NUMBERS:
            raise _NotPlainError
        return _number(found.find)


def _this(value: Any) -> Sequence[Any]:
    return (value,)


def constant_of(number: int) -> Amount:
    """The amount that is always the same."""
    return lambda value: number


def _constants(expression: Expression) -> list[Any]:
    if isinstance(expression, Binary) and expression.operator == "|":
        return [*_constants(expression.left), *_constants(expression.right)]
    return [_constant(expression)]


def _constant(expression: Expression) -> Any:
    match expression:
        case Literal(kind="string", text=text):
            return text
        case Literal(kind="boolean", text=text):
            return text == "true"
        case Literal(kind="integer", text=text):
            return int(text)
        case Constant(name="ucum"):
            return _UCUM
    raise _NotPlainError


def _and(left: Truth, right: Truth) -> Truth:
    def both(value: Any) -> bool | None:
        a = left(value)
        if a is False:
            return False
        b = right(value)
        return False if b is False else None if a is None or b is None else True

    return both


def _or(left: Truth, right: Truth) -> Truth:
    def either(value: Any) -> bool | None:
        a = left(value)
        if a:
            return True
        b = right(value)
        return True if b else None if a is None or b is None else False

    return either


def _xor(left: Truth, right: Truth) -> Truth:
    return _agreement(left, right, wanted=False)


def _agreement(left: Truth, right: Truth, wanted: bool) -> Truth:
    def agree(value: Any) -> bool | None:
        a, b = left(value), right(value)
        return None if a is None or b is None else (a is b) is wanted

    return agree


def _negation(of: Truth) -> Truth:
    def negated(value: Any) -> bool | None:
        answer = of(value)
        return None if answer is None else not answer

    return negated


def _implies(left: Truth, right: Truth) -> Truth:
    return _or(_negation(left), right)


_LOGIC: dict[str, Callable[[Truth, Truth], Truth]] = {
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
}


def _is_equal(find: Find, constant: Any, wanted: bool) -> Truth:
    kind = type(constant)

    def equal(value: Any) -> bool | None:
        found = find(value)
        if not found:
            return None
        same = len(found) == 1 and type(found[0]) is kind and found[0] == constant
        return same is wanted

    return equal


def _is_among(find: Find, listed: frozenset[Any]) -> Truth:
    def among(value: Any) -> bool | None:
        found = find(value)
        return found[0] in listed if found else None

    return among


def _comparison(operator: str, left: Amount, right: Amount) -> Truth:
    holds = _ORDERS[operator]

    def compare(value: Any) -> bool | None:
        a, b = left(value), right(value)
        return None if a is None or b is None else holds(a, b)

    return compare


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
}


def _number(find: Find) -> Amount:
    def number(value: Any) -> Any:
        found = find(value)
        return found[0] if len(found) == 1 and type(found[0]) is not dict else None

    return number


def _any(find: Find, truth: Truth) -> Truth:
    return lambda value: any(truth(item) for item in find(value))


def _all(find: Find, truth: Truth) -> Truth:
    return lambda value: all(truth(item) for item in find(value))


def _passing(find: Find, truth: Truth) -> Find:
    def passing(value: Any) -> Sequence[Any]:
        return [item for item in find(value) if truth(item)]

    return passing


def _distinct(find: Find) -> Truth:
    def distinct(value: Any) -> bool:
        found = [item for item in find(value) if type(item) is not dict]
        return len(set(found)) == len(found)

    return distinct


def _has_value(find: Find) -> Truth:
    def has_value(value: Any) -> bool:
        found = find(value)
        return len(found) == 1 and type(found[0]) is not dict

    return has_value


def _text_test(find: Find, holds: Callable[[str, str], bool], text: str) -> Truth:
    def tested(value: Any) -> bool | None:
        found = find(value)
        return holds(found[0], text) if len(found) == 1 and type(found[0]) is str else None

    return tested
