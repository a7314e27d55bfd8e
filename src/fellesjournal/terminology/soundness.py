"""Whether a CodeSystem or a ValueSet can be used at all: no circles, and filters that can be asked.

What is wrong here would make every operation on the resource fail, long after it was stored and for somebody
else. So it is refused when it is written. What only several resources together can have wrong, such as value
sets that include one another in a circle, is told when they are used.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from fellesjournal.errors import NotSupported, Unprocessable
from fellesjournal.fhir.faults import Faults, Found, Local, fault, shown
from fellesjournal.terminology import ancestry
from fellesjournal.terminology.conditions import Filter, of_filter
from fellesjournal.terminology.regex import matcher

MOST_TOLD = 50
"""Faults of one hierarchy that are told of."""

_UP = ("parent", "subsumedBy")
_DOWN = "child"
_VALUES = ("valueCode", "valueString")


class _Line(NamedTuple):
    """What a property says of the hierarchy: which code stands above which, and where that is written."""

    above: str
    below: str
    place: str
    other: str
    """The one of the two that is not the concept that the property is of."""


def code_system_check(value: Any, local: Local) -> Faults:
    """The check of a CodeSystem's hierarchy, by nesting and properties (FHIR R4, codesystem.html#hierarchy).

    Of a system that is complete every code above or below another must be there.
    """
    if type(value) is not dict:
        return None
    numbers: dict[str, int] = {}
    lines: list[_Line] = []
    places: list[str] = []
    for place, concept, parent in _concepts(value):
        code = concept.get("code")
        if type(code) is str:
            if code not in numbers:
                numbers[code] = len(numbers) + 1
                places.append(place)
            lines += _lines(concept, code, place)
            lines += [_Line(parent, code, place, parent)] if parent else []
    found: list[Found] = []
    if value.get("content") == "complete":
        for line in lines:
            if line.other not in numbers:
                message = f"The code {shown(line.other)} is not in this code system, which is complete."
                found += fault("not-found", message, line.place)
    return found[:MOST_TOLD] + _circle(lines, numbers, places) or None


def _concepts(system: Any) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every concept with its place and the code it stands in, in no order; what is malformed is left out."""
    waiting = [(place, concept, "") for place, concept in _objects(system, "concept", "")]
    while waiting:
        place, concept, parent = waiting.pop()
        yield place, concept, parent
        code = concept.get("code")
        above = code if type(code) is str else ""
        waiting.extend((inner, one, above) for inner, one in _objects(concept, "concept", place))


def _lines(concept: dict[str, Any], code: str, at: str) -> Iterator[_Line]:
    for place, stated in _objects(concept, "property", at):
        name = stated.get("code")
        other = next((stated[each] for each in _VALUES if type(stated.get(each)) is str), "")
        if other and name in _UP:
            yield _Line(other, code, f"{place}.value", other)
        elif other and name == _DOWN:
            yield _Line(code, other, f"{place}.value", other)


def _circle(lines: list[_Line], numbers: dict[str, int], places: list[str]) -> list[Found]:
    children: dict[int, list[int]] = {}
    for line in dict.fromkeys((line.above, line.below) for line in lines):
        if line[0] in numbers and line[1] in numbers:
            children.setdefault(numbers[line[0]], []).append(numbers[line[1]])
    loop = ancestry.cycle(children)
    if not loop:
        return []
    codes = list(numbers)
    names = " > ".join(codes[number - 1] for number in [*loop, loop[0]][:20])
    return fault("business-rule", f"The hierarchy goes in a circle: {names}.", places[loop[0] - 1])


def value_set_check(value: Any, local: Local) -> Faults:
    """The check of a ValueSet's filters: regular expressions can be read, and true or false stands where one
    of them must (FHIR R4, ValueSet.compose.include.filter). Other operations than R4's are no code of R4's.
    """
    found: list[Found] = []
    if type(value) is not dict or type(compose := value.get("compose")) is not dict:
        return None
    for part in ("include", "exclude"):
        for place, rule in _objects(compose, part, ".compose"):
            for where, condition in _objects(rule, "filter", place):
                written = [condition.get(name) for name in ("property", "op", "value")]
                if all(type(each) is str for each in written):
                    found += _filter(Filter(*map(str, written)), where)
    return found or None


def _filter(asked: Filter, place: str) -> list[Found]:
    try:
        of_filter(asked, date.max)
        if asked.op == "regex":
            matcher(asked.value)
    except NotSupported:
        return []  # sound, and more than this terminology does: told when it is asked
    except Unprocessable as refused:
        return fault("value", refused.issues[0].diagnostics, f"{place}.value")
    return []


def _objects(holder: dict[str, Any], name: str, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects in a list, each with its place; what is of another form is for R4's own checks to tell."""
    listed = holder.get(name)
    for index, one in enumerate(listed if type(listed) is list else ()):
        if type(one) is dict:
            yield f"{at}.{name}[{index}]", one
