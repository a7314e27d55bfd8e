"""From syntax to Python closures: each part of an expression becomes functions of focus and scope."""

from dataclasses import replace
from functools import lru_cache

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.anatomy import forked, size
from fellesjournal.fhir.path.arithmetic import negative
from fellesjournal.fhir.path.functions import types  # importing one function registers them all
from fellesjournal.fhir.path.items import NOTHING, Collection, integer
from fellesjournal.fhir.path.literals import literal
from fellesjournal.fhir.path.operators import OPERATORS
from fellesjournal.fhir.path.parser import parse, type_name
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.registry import find
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import integer_of, single
from fellesjournal.fhir.path.stepping import below, has_below
from fellesjournal.fhir.path.syntax import (
    Binary,
    Call,
    Constant,
    Expression,
    Index,
    Literal,
    Member,
    Ordered,
    Special,
    TypeTest,
    Unary,
)
from fellesjournal.fhir.path.types import is_of
from fellesjournal.fhir.path.variables import variable

_SIZE = 8
"""Parts of an argument that are as much work as one item."""


@lru_cache(maxsize=4_000)
def compiled(text: str) -> Part:
    """The closures of an expression. Raises Invalid for what is not FHIRPath or not known here."""
    expression = parse(text)
    try:
        return build(expression)
    except RecursionError:
        raise Invalid(f"FHIRPath: the expression '{text[:60]}...' is nested too deeply.") from None


def build(expression: Expression) -> Part:
    """The closures of a part of an expression."""
    here = f"'{_shown(expression)}' at character {expression.position + 1}"
    match expression:
        case Literal():
            return literal(expression, here)
        case Constant(name=name):
            return variable(name, here)
        case Special(name=name):
            return _special(name, here)
        case Member(of=None, name=name):
            return _first_member(name, here)
        case Member(of=Member(of=None, name="FHIR"), name=name) if name[0].isupper():
            return _first_member(name, here)
        case Member(of=of, name=name) if of is not None:
            return _member(build(of), name, here)
        case Call():
            return _call(expression, here)
        case Index(of=of, index=index):
            return _index(build(of), _apart(index), here)
        case Unary():
            return _signed(expression, here)
        case Binary():
            return OPERATORS[expression.operator](here, _apart(expression.left), _apart(expression.right))
        case Ordered(operand=operand, descending=descends):
            return _apart(operand)._replace(descends=descends)
        case TypeTest(operator=operator, operand=operand, type=name):
            return _on(build(operand), types.BY_NAME[operator](here, name))
    raise AssertionError(expression)


def _shown(expression: Expression) -> str:
    match expression:
        case Call(name=name):
            return f"{name}()"
        case Member(name=name) | Special(name=name):
            return name
        case Constant(name=name):
            return f"%{name}"
        case Unary(operator=operator) | Binary(operator=operator) | TypeTest(operator=operator):
            return operator
        case Index():
            return "[]"
        case Ordered(operand=operand):
            return _shown(operand)
    return expression.text


def _apart(expression: Expression) -> Part:
    """A part whose variables are not seen outside it."""
    return forked(expression, build(expression))


def _special(name: str, here: str) -> Part:
    match name:
        case "$this":
            return finding(lambda focus, scope: [scope.this], here, lambda focus, scope: True)
        case "$index":
            return finding(lambda focus, scope: integer(scope.index), here, lambda focus, scope: True)
    return finding(lambda focus, scope: scope.total, here)


def _first_member(name: str, here: str) -> Part:
    """A name that begins an expression may be the type of what is in focus: Patient.name."""

    def some(focus: Collection, scope: Scope) -> bool:
        return has_below(focus, scope.model, name)

    if not name[0].isupper():
        return finding(lambda focus, scope: below(focus, scope.model, name), here, some)

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        found = [item for item in focus if item.type == name or is_of(item, name, scope.model)]
        return found or below(focus, scope.model, name)

    return finding(evaluate, here)


def _member(of: Part, name: str, here: str) -> Part:
    find_of = of.find
    return finding(
        lambda focus, scope: below(find_of(focus, scope), scope.model, name),
        here,
        lambda focus, scope: has_below(find_of(focus, scope), scope.model, name),
    )


def _call(call: Call, here: str) -> Part:
    function = find(call)
    arguments = [type_name(a) if function.of_type else _argument(a) for a in call.arguments]
    if not arguments and call.name in ("exists", "empty"):
        return _presence(call)
    applied: Part = function.build(here, *arguments)
    return applied if call.of is None else _on(build(call.of), applied)


def _argument(expression: Expression) -> Part:
    return _apart(expression)._replace(weight=1 + size(expression) // _SIZE)


def _presence(call: Call) -> Part:
    """exists() and empty() ask for no items."""
    if call.of is None:
        some = bool
        return condition(
            (lambda focus, scope: some(focus)) if call.name == "exists" else (lambda focus, scope: not focus)
        )
    present = build(call.of).some
    if call.name == "exists":
        return condition(present)
    return condition(lambda focus, scope: not present(focus, scope))


def _on(of: Part, applied: Part) -> Part:
    """A function applied to what another part finds."""
    first, (find_applied, holds, some, *_) = of.find, applied
    return Part(
        lambda focus, scope: find_applied(first(focus, scope), scope),
        lambda focus, scope: holds(first(focus, scope), scope),
        lambda focus, scope: some(first(focus, scope), scope),
    )


def _index(of: Part, index: Part, here: str) -> Part:
    def evaluate(focus: Collection, scope: Scope) -> Collection:
        at = integer_of(index.argument(scope), here)
        items = of.find(focus, scope)
        return [items[at]] if at is not None and 0 <= at < len(items) else NOTHING

    return finding(evaluate, here)


def _signed(expression: Unary, here: str) -> Part:
    written, operator = expression.operand, expression.operator
    if operator == "-" and isinstance(written, Literal) and written.kind == "integer":
        # The least integer is further from 0 than the greatest.
        return literal(replace(written, text=f"-{written.text}"), here)
    operand = _apart(written)

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        item = single(operand.find(focus, scope), here)
        if item is None or item.value is None:
            return NOTHING
        changed = negative(item, here)
        return [item] if operator == "+" else changed

    return finding(evaluate, here)
