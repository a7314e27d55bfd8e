"""What a rule of a value set asks of a concept, as data: filters, lists of codes, and how they are joined.

One code system answers a condition at a time; a code system in the tables as SQL (stored.py), one in memory
by sets (resident.py). FHIR R4, ValueSet.compose.include.filter and its value set filter-operator.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fellesjournal.errors import Issue, NotSupported, Unprocessable


@dataclass(frozen=True, slots=True)
class Codes:
    """One of these codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Below:
    """Below a code at any depth; with `itself` the code too."""

    code: str
    itself: bool = True


@dataclass(frozen=True, slots=True)
class Above:
    """Above a code at any height, or the code itself."""

    code: str


@dataclass(frozen=True, slots=True)
class ChildOf:
    """Directly below one of these codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParentOf:
    """Directly above one of these codes."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """Has a property with one of these values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Has:
    """Has a property at all."""

    name: str


@dataclass(frozen=True, slots=True)
class Matching:
    """The code (`name` is ""), the display or a property matches a regular expression as a whole (RE2's)."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Displayed:
    """The display is one of these texts."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """Every word begins a word of the display or of a designation, or the code; words in lower case."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Active:
    """In use on a day."""

    day: date


@dataclass(frozen=True, slots=True)
class Abstract:
    """Only groups others."""


@dataclass(frozen=True, slots=True)
class Not:
    """Does not meet a condition."""

    one: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """Meets every condition; without any: every concept."""

    of: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """Meets one of the conditions."""

    of: tuple["Condition", ...]


Condition = (
    Codes
    | Below
    | Above
    | ChildOf
    | ParentOf
    | HasValue
    | Has
    | Matching
    | Displayed
    | Named
    | Active
    | Abstract
    | Not
    | All
    | Any
)

EVERYTHING = All()


class Filter(NamedTuple):
    """ValueSet.compose.include.filter; `where` is its FHIRPath, for what is wrong with it."""

    property: str
    op: str
    value: str
    where: str = ""


DISPLAY = "display"
_HIERARCHY = ("concept", "code")
_LINES = ("parent", "child")
_TRUTH = {"true": True, "false": False}


def of_filter(asked: Filter, day: date) -> Condition:
    """The condition of one filter; `day` decides what is inactive.

    Raises NotSupported for an operation that R4 does not have, Unprocessable for a value that means nothing.
    """
    if asked.op in ("is-a", "descendent-of", "is-not-a", "generalizes"):
        return _of_hierarchy(asked)
    match asked.op:
        case "=":
            return _among(asked, (asked.value,), day)
        case "in":
            return _among(asked, _listed(asked), day)
        case "not-in":
            return Not(_among(asked, _listed(asked), day))
        case "regex":
            return _matching(asked)
        case "exists":
            there = _there(asked)
            return there if _truth(asked) else Not(there)
    known = "=, is-a, descendent-of, is-not-a, regex, in, not-in, generalizes, exists"
    raise NotSupported(
        Issue("not-supported", f"The filter operation '{asked.op}' is not one of {known}.", asked.where)
    )


def _of_hierarchy(asked: Filter) -> Condition:
    if asked.property not in _HIERARCHY:
        text = f"'{asked.op}' goes by the hierarchy: its property is 'concept', not '{asked.property}'."
        raise NotSupported(Issue("not-supported", text, asked.where))
    match asked.op:
        case "is-a":
            return Below(asked.value)
        case "descendent-of":
            return Below(asked.value, itself=False)
        case "is-not-a":
            return Not(Below(asked.value))
    return Above(asked.value)


def _among(asked: Filter, values: tuple[str, ...], day: date) -> Condition:
    match asked.property:
        case "concept" | "code":
            return Codes(values)
        case "parent":
            return ChildOf(values)
        case "child":
            return ParentOf(values)
        case "display":
            return Displayed(values)
        case "inactive":
            return Not(Active(day)) if _truth(asked) else Active(day)
    return HasValue(asked.property, values)


def _matching(asked: Filter) -> Condition:
    if asked.property in _LINES:
        raise NotSupported(Issue("not-supported", _by_lines(asked), asked.where))
    return Matching("" if asked.property in _HIERARCHY else asked.property, asked.value)


def _there(asked: Filter) -> Condition:
    """Every concept has a code, and a display: its code, where no other is given."""
    if asked.property in _LINES:
        raise NotSupported(Issue("not-supported", _by_lines(asked), asked.where))
    return EVERYTHING if asked.property in (*_HIERARCHY, DISPLAY) else Has(asked.property)


def _by_lines(asked: Filter) -> str:
    known = "write = or in with codes, or is-a, descendent-of and generalizes of 'concept'"
    return f"The filter '{asked.property} {asked.op}' is not understood: of the hierarchy, {known}."


def _listed(asked: Filter) -> tuple[str, ...]:
    return tuple(part.strip() for part in asked.value.split(",") if part.strip())


def _truth(asked: Filter) -> bool:
    if asked.value not in _TRUTH:
        text = f"The filter '{asked.property} {asked.op}' takes true or false, not '{asked.value}'."
        raise Unprocessable(Issue("value", text, asked.where))
    return _TRUTH[asked.value]


def pieces(condition: Condition) -> list[Condition]:
    """Conditions that together ask for the same, no concept meeting two: a code and what is below it apart.

    An index gives what is below a code in its order, but not together with the code. So the code comes first.
    """
    if isinstance(condition, Below) and condition.itself:
        return [Codes((condition.code,)), Below(condition.code, itself=False)]
    if isinstance(condition, All):
        for place, one in enumerate(condition.of):
            apart = pieces(one)
            if len(apart) > 1:
                before, after = condition.of[:place], condition.of[place + 1 :]
                return [All((*before, each, *after)) for each in apart]
    return [condition]


def both(one: Condition, other: Condition) -> Condition:
    """The two conditions together; two lists of codes become one, in the order of the first."""
    if one == EVERYTHING:
        return other
    if isinstance(one, Codes) and isinstance(other, Codes):
        allowed = frozenset(other.codes)
        return Codes(tuple(code for code in one.codes if code in allowed))
    if other == EVERYTHING:
        return one
    return All((*one.of, other)) if isinstance(one, All) else All((one, other))


def either(one: Condition, other: Condition) -> Condition:
    """One condition or the other; two lists of codes become one, in their order."""
    if EVERYTHING in (one, other):
        return EVERYTHING
    if isinstance(one, Codes) and isinstance(other, Codes):
        return Codes(tuple(dict.fromkeys(one.codes + other.codes)))
    return Any((*one.of, other)) if isinstance(one, Any) else Any((one, other))
