"""Whether an expression names only elements that there can be (FHIRPath N1, section 11: strict evaluation).

Evaluated, a name that no element has finds nothing, since what is in focus may be of any type. Where the type
can be told from the expression, a misspelt name can be refused before anything is evaluated.
"""

from collections.abc import Iterable

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.model import REFLECTED, Model
from fellesjournal.fhir.path.parser import type_name
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

Kinds = frozenset[tuple[str, str]] | None
"""The types that items may have, each with the path its elements stand at; None: any."""

ANY: Kinds = None
_OPEN = frozenset(("Resource", "DomainResource", "Element", "BackboneElement"))
"""What says nothing of the elements below."""
_SUBSETS = frozenset(("where", "first", "last", "tail", "skip", "take", "single", "distinct", "exclude"))
_SAME = _SUBSETS | {"trace", "intersect", "sort", "checkModifiers", "defineVariable", "getValue"}
"""Functions that give items they are called on."""
_BOTH = frozenset(("union", "combine"))
_WITH_EACH = frozenset(
    ("where", "select", "all", "exists", "repeat", "repeatAll", "iif", "aggregate", "sort", "trace")
)
"""Functions whose arguments are evaluated with what they are called on in focus."""
_ASKS = frozenset(("iif", "where", "all", "exists"))
"""Functions whose first argument is a condition."""
_GIVES = {
    **dict.fromkeys(
        ("exists", "empty", "not", "all", "hasValue", "is", "isDistinct", "startsWith"), "Boolean"
    ),
    **dict.fromkeys(("endsWith", "contains", "matches", "memberOf", "conformsTo"), "Boolean"),
    **dict.fromkeys(("count", "length", "indexOf", "toInteger"), "Integer"),
    **dict.fromkeys(("upper", "lower", "replace", "substring", "toString", "join", "trim"), "String"),
}
_OF_TYPE = {"extension": "Extension", "elementDefinition": "ElementDefinition", "type": REFLECTED}
_LITERALS = {
    "string": "String",
    "boolean": "Boolean",
    "integer": "Integer",
    "decimal": "Decimal",
    "date": "Date",
    "datetime": "DateTime",
    "time": "Time",
}
_MOST_ROUNDS = 8
"""After so many turns of repeat() any type is taken to be possible."""


def check(expression: Expression, kind: str, model: Model) -> None:
    """Raises Invalid when the expression, evaluated with a `kind`, names what there cannot be.

    `kind` is a type ("Patient") or the path of an element ("Questionnaire.item.enableWhen").
    """
    whole = _kinds_of(kind, model)
    _Checker(model, whole).kinds(expression, whole, whole)


def _kinds_of(kind: str, model: Model) -> Kinds:
    definitions = model.definitions
    element = definitions.element(kind) if "." in kind else None
    if element is None:
        if "." in kind or not definitions.is_type(kind):
            raise Invalid(f"FHIRPath: there is no type or element '{kind}'.")
        return _opened(((kind, kind),), model)
    return _opened(((name, element.children or name) for name in element.types), model)


def _opened(kinds: Iterable[tuple[str, str]], model: Model) -> Kinds:
    """The types with their paths; any, where the type only says that it is an element or resource."""
    found = list(kinds)
    if any(path in _OPEN for _, path in found):
        return ANY
    return frozenset((kind, "" if model.definitions.is_primitive(path) else path) for kind, path in found)


class _Checker:
    def __init__(self, model: Model, whole: Kinds) -> None:
        self._model = model
        self._whole = whole

    def kinds(self, expression: Expression, focus: Kinds, this: Kinds) -> Kinds:
        """The types that the expression can find. `this` is what $this stands for."""
        match expression:
            case Literal(kind=kind):
                return _system(_LITERALS[kind]) if kind in _LITERALS else ANY
            case Special(name=name):
                return this if name == "$this" else ANY
            case Constant(name=name):
                return self._whole if name == "context" else ANY
            case Member(of=None, name=name):
                return self._first(name, focus, expression)
            case Member(of=of, name=name) if of is not None:
                return self._below(self.kinds(of, focus, this), name, expression)
            case Call():
                return self._call(expression, focus, this)
            case Index(of=of, index=index):
                self.kinds(index, this, this)
                return self.kinds(of, focus, this)
            case Unary(operand=operand) | Ordered(operand=operand):
                return self.kinds(operand, focus, this)
            case TypeTest(operator=operator, operand=operand, type=name):
                self.kinds(operand, focus, this)
                wanted = self._of_type(name, expression)
                return wanted if operator == "as" else _system("Boolean")
            case Binary(operator=operator, left=left, right=right):
                first, second = self.kinds(left, focus, this), self.kinds(right, focus, this)
                return _either(first, second) if operator == "|" else ANY
        return ANY

    def _first(self, name: str, focus: Kinds, expression: Expression) -> Kinds:
        """A name that begins an expression: a type of what is in focus, or an element below it."""
        if not name[0].isupper() or not self._model.definitions.is_type(name):
            return self._below(focus, name, expression)
        if focus is None:
            return ANY
        found = frozenset(kind for kind in focus if self._model.is_a(kind[0], name))
        if not found:
            raise Invalid(f"FHIRPath: {_names(focus)} is no {name} ({_place(expression)}).")
        return found

    def _below(self, focus: Kinds, name: str, expression: Expression) -> Kinds:
        if focus is None:
            return ANY
        steps = [step for _, path in focus for step in self._model.steps[path or "Element"].get(name, ())]
        if not steps and focus:
            raise Invalid(f"FHIRPath: {_names(focus)} has no element '{name}' ({_place(expression)}).")
        return ANY if any(s.path in _OPEN for s in steps) else frozenset((s.type, s.path) for s in steps)

    def _call(self, call: Call, focus: Kinds, this: Kinds) -> Kinds:
        of = self.kinds(call.of, focus, this) if call.of else focus
        if call.name in ("ofType", "as", "is"):
            wanted = self._of_type(type_name(call.arguments[0]), call)
            return _system("Boolean") if call.name == "is" else wanted
        if call.name in ("repeat", "repeatAll"):
            return self._repeated(call.arguments[0], of)
        each = of if call.name in _WITH_EACH else this
        found = [self.kinds(argument, each, each) for argument in call.arguments]
        if call.name in _ASKS and found:
            _insist_on_condition(found[0], call)
        if call.name == "select":
            return found[0]
        if call.name in _SAME:
            return of
        if call.name in _BOTH:
            return _either(of, found[0])
        if call.name in _OF_TYPE:
            return frozenset(((_OF_TYPE[call.name], _OF_TYPE[call.name]),))
        return _system(_GIVES[call.name]) if call.name in _GIVES else ANY

    def _repeated(self, projection: Expression, of: Kinds) -> Kinds:
        """What a turn finds, and what the next one finds of it: a name need not be in every turn."""
        found = self.kinds(projection, of, of)
        for _ in range(_MOST_ROUNDS):
            try:
                more = _either(found, self.kinds(projection, found, found))
            except Invalid:
                return found
            if more == found:
                return found
            found = more
        return ANY

    def _of_type(self, name: str, expression: Expression) -> Kinds:
        space, _, bare = name.rpartition(".")
        definitions = self._model.definitions
        if space in ("", "FHIR") and definitions.is_type(bare):
            return _opened(((bare, bare),), self._model)
        if space in ("", "System") and bare in (*_LITERALS.values(), "Quantity", "Any"):
            return ANY if bare in ("Quantity", "Any") else _system(bare)
        raise Invalid(f"FHIRPath: there is no type '{name}' ({_place(expression)}).")


def _insist_on_condition(kinds: Kinds, call: Call) -> None:
    """A text or number that is computed is always there, so that it is no condition; an element may be."""
    if kinds and all(kind.startswith("System.") and kind != "System.Boolean" for kind, _ in kinds):
        raise Invalid(f"FHIRPath: {call.name}() wants a condition, not {_names(kinds)} ({_place(call)}).")


def _either(first: Kinds, second: Kinds) -> Kinds:
    return None if first is None or second is None else first | second


def _system(name: str) -> Kinds:
    return frozenset(((f"System.{name}", ""),))


def _names(kinds: frozenset[tuple[str, str]]) -> str:
    return " or ".join(sorted(path or kind for kind, path in kinds))


def _place(expression: Expression) -> str:
    return f"character {expression.position + 1}"
