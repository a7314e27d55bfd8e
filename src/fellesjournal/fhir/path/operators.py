"""FHIRPath's operators by how they are written (FHIRPath N1, section 6)."""

from collections.abc import Callable

from fellesjournal.fhir.path.arithmetic import add, divide, join, modulo, multiply, quotient, subtract
from fellesjournal.fhir.path.comparison import comparing
from fellesjournal.fhir.path.equality import all_alike, distinct, equal, identities, identity
from fellesjournal.fhir.path.items import Collection
from fellesjournal.fhir.path.parts import Holds, Part, condition, finding
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import single

Build = Callable[[str, Part, Part], Part]
"""From the operator's name and place for messages, and its operands."""


# Equality


def _equals(here: str, left: Part, right: Part) -> Part:
    text = _text(right.constant)
    if text is None:
        return condition(lambda focus, scope: equal(left.find(focus, scope), right.find(focus, scope)))

    def holds(focus: Collection, scope: Scope) -> bool | None:
        """The commonest comparison: an element with a code or another text."""
        items = left.find(focus, scope)
        if len(items) == 1 and type(items[0].value) is str:
            return items[0].value == text
        return equal(items, right.find(focus, scope))

    return condition(holds)


def _text(constant: Collection | None) -> str | None:
    if constant and constant[0].type == "System.String":
        return str(constant[0].value)
    return None


def _differs(here: str, left: Part, right: Part) -> Part:
    return _negated(_equals(here, left, right))


def _equivalent(here: str, left: Part, right: Part) -> Part:
    def holds(focus: Collection, scope: Scope) -> bool | None:
        first, second = left.find(focus, scope), right.find(focus, scope)
        scope.environment.work(len(first) * len(second))
        return all_alike(first, second)

    return condition(holds)


def _not_equivalent(here: str, left: Part, right: Part) -> Part:
    return _negated(_equivalent(here, left, right))


def _negated(part: Part) -> Part:
    def holds(focus: Collection, scope: Scope) -> bool | None:
        found = part.holds(focus, scope)
        return None if found is None else not found

    return condition(holds)


# Collections


def _union(here: str, left: Part, right: Part) -> Part:
    return finding(
        lambda focus, scope: distinct(left.find(focus, scope) + right.find(focus, scope)),
        here,
        lambda focus, scope: left.some(focus, scope) or right.some(focus, scope),
    )


def _in(here: str, left: Part, right: Part) -> Part:
    def holds(focus: Collection, scope: Scope) -> bool | None:
        wanted = single(left.find(focus, scope), here)
        return None if wanted is None else identity(wanted) in identities(right.find(focus, scope))

    return condition(holds)


def _contains(here: str, left: Part, right: Part) -> Part:
    return _in(here, right, left)


# Logic, of three values: true, false and unknown


def _and(here: str, left: Part, right: Part) -> Part:
    first, second = left.holds, right.holds

    def holds(focus: Collection, scope: Scope) -> bool | None:
        a = first(focus, scope)
        if a is False:
            return False
        b = second(focus, scope)
        return b if a else False if b is False else None

    return condition(holds)


def _or(here: str, left: Part, right: Part) -> Part:
    return condition(_either(left.holds, right.holds))


def _either(first: Holds, second: Holds) -> Holds:
    def holds(focus: Collection, scope: Scope) -> bool | None:
        a = first(focus, scope)
        if a:
            return True
        b = second(focus, scope)
        return True if b else b if a is False else None

    return holds


def _xor(here: str, left: Part, right: Part) -> Part:
    def holds(focus: Collection, scope: Scope) -> bool | None:
        a, b = left.holds(focus, scope), right.holds(focus, scope)
        return None if a is None or b is None else a is not b

    return condition(holds)


def _implies(here: str, left: Part, right: Part) -> Part:
    return condition(_either(_negated(left).holds, right.holds))


OPERATORS: dict[str, Build] = {
    "=": _equals,
    "!=": _differs,
    "~": _equivalent,
    "!~": _not_equivalent,
    "in": _in,
    "contains": _contains,
    "|": _union,
    "<": comparing(lambda order: order < 0),
    "<=": comparing(lambda order: order <= 0),
    ">": comparing(lambda order: order > 0),
    ">=": comparing(lambda order: order >= 0),
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "div": quotient,
    "mod": modulo,
    "&": join,
}
