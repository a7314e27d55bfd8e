"""From syntax to a Python closure: each part of an expression becomes one function of focus and scope."""

from decimal import Decimal
from functools import lru_cache

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.functions import types  # importing one function registers them all
from fellesjournal.fhir.path.items import Collection, Evaluate, Item, Scope, children, number
from fellesjournal.fhir.path.operators import OPERATORS
from fellesjournal.fhir.path.parser import parse, type_name
from fellesjournal.fhir.path.registry import find
from fellesjournal.fhir.path.singletons import decimal_of, integer_of, single
from fellesjournal.fhir.path.syntax import (
    Binary,
    Call,
    Constant,
    Expression,
    Index,
    Literal,
    Member,
    Special,
    TypeTest,
    Unary,
)
from fellesjournal.fhir.path.types import is_of

_LITERALS = {
    "string": "System.String",
    "date": "System.Date",
    "datetime": "System.DateTime",
    "time": "System.Time",
}
_SYSTEMS = {
    "ucum": "http://unitsofmeasure.org",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
}


@lru_cache(maxsize=4_000)
def compiled(text: str) -> Evaluate:
    """The closure of an expression. Raises Invalid for what is not FHIRPath or not known here."""
    return build(parse(text))


def build(expression: Expression) -> Evaluate:
    """The closure of a part of an expression."""
    match expression:
        case Literal():
            return _literal(expression)
        case Constant(name=name):
            return _constant(name)
        case Special(name=name):
            return _special(name)
        case Member(of=None, name=name):
            return _first_member(name)
        case Member(of=of, name=name) if of is not None:
            return _member(build(of), name)
        case Call():
            return _call(expression)
        case Index(of=of, index=index):
            return _index(build(of), build(index))
        case Unary():
            return _unary(expression)
        case Binary():
            return _binary(expression)
        case TypeTest(operator=operator, operand=operand, type=name):
            return _type_test(operator, build(operand), name)
    raise AssertionError(expression)


def _literal(literal: Literal) -> Evaluate:
    found: Collection
    match literal.kind:
        case "empty":
            found = []
        case "boolean":
            found = [Item(literal.text == "true", "System.Boolean")]
        case "integer":
            found = [Item(int(literal.text), "System.Integer")]
        case "decimal":
            found = [Item(Decimal(literal.text), "System.Decimal")]
        case "quantity":
            found = [Item({"value": Decimal(literal.text), "unit": literal.unit}, "System.Quantity")]
        case _:
            found = [Item(literal.text, _LITERALS[literal.kind])]
    return lambda focus, scope: found


def _constant(name: str) -> Evaluate:
    if name in _SYSTEMS:
        address = [Item(_SYSTEMS[name], "System.String")]
        return lambda focus, scope: address

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        if name in scope.environment.variables:
            return scope.environment.variables[name]
        if name in ("resource", "rootResource", "context"):
            return [scope.environment.resource]
        raise Invalid(f"FHIRPath: there is no variable %{name} here.")

    return evaluate


def _special(name: str) -> Evaluate:
    match name:
        case "$this":
            return lambda focus, scope: [scope.this]
        case "$index":
            return lambda focus, scope: number(scope.index)
    return lambda focus, scope: list(scope.total)


def _first_member(name: str) -> Evaluate:
    """A name that begins an expression may be the type of what is in focus: Patient.name."""
    if not name[0].isupper():
        return lambda focus, scope: _below(focus, scope, name)

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        definitions = scope.environment.definitions
        found = [item for item in focus if is_of(item, name, definitions)]
        return found or _below(focus, scope, name)

    return evaluate


def _member(of: Evaluate, name: str) -> Evaluate:
    return lambda focus, scope: _below(of(focus, scope), scope, name)


def _below(items: Collection, scope: Scope, name: str) -> Collection:
    definitions = scope.environment.definitions
    return [child for item in items for child in children(item, definitions, name)]


def _call(call: Call) -> Evaluate:
    found = find(call)
    arguments = [type_name(a) if found.of_type else build(a) for a in call.arguments]
    apply: Evaluate = found.build(*arguments)
    if call.of is None:
        return apply
    of = build(call.of)
    return lambda focus, scope: apply(of(focus, scope), scope)


def _index(of: Evaluate, index: Evaluate) -> Evaluate:
    def evaluate(focus: Collection, scope: Scope) -> Collection:
        at = integer_of(index(focus, scope), "an index")
        items = of(focus, scope)
        return [items[at]] if at is not None and 0 <= at < len(items) else []

    return evaluate


def _unary(expression: Unary) -> Evaluate:
    operand = build(expression.operand)

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        item = single(operand(focus, scope), f"'{expression.operator}'")
        if item is None or expression.operator == "+":
            return [] if item is None else [item]
        return [Item(type(item.value)(-decimal_of(item)), item.type)]

    return evaluate


def _binary(expression: Binary) -> Evaluate:
    apply = OPERATORS.get(expression.operator)
    if apply is None:
        where = f"at character {expression.position + 1}"
        raise Invalid(f"FHIRPath: the operator '{expression.operator}' is not known here ({where}).")
    left, right = build(expression.left), build(expression.right)
    return lambda focus, scope: apply(left(focus, scope), right(focus, scope))


def _type_test(operator: str, operand: Evaluate, name: str) -> Evaluate:
    call = types.is_type(name) if operator == "is" else types.as_type(name)
    return lambda focus, scope: call(operand(focus, scope), scope)
