"""Plain expressions compiled straight over JSON: what members there are, how many, and what they equal.

Most constraints are of this kind ("code.exists() or detail.exists()"). Over JSON they cost a look-up where
FHIRPath makes collections of items. What is not plain is left to FHIRPath: `plain` then gives None.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants.finding import Find, Spelling, flat, member
from fellesjournal.fhir.invariants.logic import (
    LOGIC,
    Amount,
    Truth,
    agreement,
    all_of,
    any_of,
    comparison,
    constant_of,
    distinct_values,
    first,
    has_any,
    has_value,
    is_among,
    is_equal,
    negation,
    number_of,
    passing,
    pattern_test,
    single_flag,
    text_test,
    this,
)
from fellesjournal.fhir.path import parse
from fellesjournal.fhir.path.functions.patterns import compiled
from fellesjournal.fhir.path.syntax import Binary, Call, Constant, Expression, Literal, Member

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
                return LOGIC[operator](left, right)
            case Binary(operator="=" | "!=" as operator):
                return self._equality(expression, kind, wanted=operator == "=")
            case Binary(operator="in"):
                listed = frozenset(_constants(expression.right))
                return is_among(self.found(expression.left, kind).find, listed)
            case Binary(operator="<" | "<=" | ">" | ">=" as operator):
                left, right = self.amount(expression.left, kind), self.amount(expression.right, kind)
                return comparison(operator, left, right)
            case Call():
                return self._call(expression, kind)
            case Member():
                return self._flag(expression, kind)
        raise _NotPlainError

    def _equality(self, expression: Binary, kind: str, *, wanted: bool) -> Truth:
        try:
            constant = _constant(expression.right)
        except _NotPlainError:
            left, right = self.truth(expression.left, kind), self.truth(expression.right, kind)
            return agreement(left, right, wanted)
        try:
            found = self.found(expression.left, kind)
        except _NotPlainError:
            if type(constant) is not int:
                raise
            return comparison(
                "=" if wanted else "!=", self.amount(expression.left, kind), constant_of(constant)
            )
        return is_equal(found.find, constant, wanted)

    def _call(self, call: Call, kind: str) -> Truth:
        if call.of is None:
            raise _NotPlainError
        match call.name, call.arguments:
            case "not", ():
                return negation(self.truth(call.of, kind))
            case "exists" | "empty", ():
                return self._existence(call.of, kind, wanted=call.name == "exists")
            case "hasValue", ():
                return has_value(self._primitive(call.of, kind))
            case "exists", (criteria,):
                found = self.found(call.of, kind)
                return any_of(found.find, self.truth(criteria, found.kind))
            case "all", (criteria,):
                found = self.found(call.of, kind)
                return all_of(found.find, self.truth(criteria, found.kind))
            case "isDistinct", ():
                return distinct_values(self._primitive(call.of, kind))
            case "startsWith" | "contains", (Literal(kind="string", text=text),):
                holds = str.startswith if call.name == "startsWith" else str.__contains__
                return text_test(self._primitive(call.of, kind), holds, text)
            case "matches", (Literal(kind="string", text=text),):
                return pattern_test(self._primitive(call.of, kind), compiled(text, "", call.name))
        raise _NotPlainError

    def _flag(self, member: Member, kind: str) -> Truth:
        """A boolean element as a condition."""
        found = self.found(member, kind)
        if found.kind != "boolean":
            raise _NotPlainError
        return single_flag(found.find)

    def _existence(self, of: Expression, kind: str, *, wanted: bool) -> Truth:
        if isinstance(of, Member) and of.of is None:
            spelling = self._spelling(kind, of.name)
            names = spelling.names
            if len(names) == 1:
                [name] = names
                return lambda value: (name in value) is wanted
            return lambda value: names.isdisjoint(value) is not wanted
        if isinstance(of, Member) and of.of is not None:
            above = self.found(of.of, kind)
            return has_any(above.find, self._spelling(above.kind, of.name).names, wanted)
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
                above = self.found(of, kind) if of is not None else _Found(this, kind)
                return _Found(passing(above.find, self.truth(criteria, above.kind)), above.kind)
            case Call(of=of, name="first", arguments=()) if of is not None:
                above = self.found(of, kind)
                return _Found(first(above.find), above.kind)
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
        return number_of(found.find)


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
