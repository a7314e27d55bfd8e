"""Searches that make sense of the data at hand, for hypothesis: every kind of parameter, prefix and modifier,
chains, _has, sorts, includes, compartments and pages."""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from oracle import writing
from oracle.definitions import Parameter
from oracle.evaluator import Key, Parameters
from oracle.query import PREFIXES
from oracle.values import Amount, Link, Span, Text, Token, Value
from oracle.vocabulary import Vocabulary
from oracle.writing import Draw, Written

COMMON = ["_id", "_lastUpdated", "_tag", "_profile", "_security", "_source"]


@dataclass(frozen=True)
class Search:
    """One search: what is asked, of which type, in which compartment."""

    type: str | None
    parameters: tuple[tuple[str, str], ...]
    compartment: Key | None = None

    def __repr__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.parameters)
        within = "/".join(self.compartment) + "/" if self.compartment else ""
        return f"GET {within}{self.type or ''}?{query}"


def searches(vocabulary: Vocabulary) -> st.SearchStrategy[Search]:
    """Any valid search."""
    return st.one_of(
        _of_a_type(vocabulary),
        _of_a_type(vocabulary),
        _in_a_compartment(vocabulary),
        _of_several_types(vocabulary),
    )


@st.composite
def _of_a_type(draw: Draw, vocabulary: Vocabulary) -> Search:
    type_ = draw(st.sampled_from(vocabulary.types))
    criteria = [
        draw(criterion(vocabulary, type_)) for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3])))
    ]
    return Search(type_, (*criteria, *_controls(draw, vocabulary, type_)))


@st.composite
def _in_a_compartment(draw: Draw, vocabulary: Vocabulary) -> Search:
    compartments = vocabulary.oracle.definitions.compartments
    centres = [key for key in vocabulary.oracle.resources if key[0] in compartments]
    centre = draw(st.sampled_from(centres))
    types = [t for t in vocabulary.types if t in compartments[centre[0]]]
    if draw(st.integers(0, 4)) == 0:
        return Search(None, (("_count", str(draw(st.integers(1, 30)))),), centre)
    type_ = draw(st.sampled_from(types))
    criteria = [draw(criterion(vocabulary, type_))] if draw(st.booleans()) else []
    return Search(type_, (*criteria, *_controls(draw, vocabulary, type_)), centre)


@st.composite
def _of_several_types(draw: Draw, vocabulary: Vocabulary) -> Search:
    types = draw(st.lists(st.sampled_from(vocabulary.types), min_size=1, max_size=3, unique=True))
    known = [code for code in COMMON if (types[0], code) in vocabulary.values]
    criteria = (
        [_plain(draw, vocabulary, types[0], draw(st.sampled_from(known)))] if draw(st.booleans()) else []
    )
    count = ("_count", str(draw(st.integers(1, 30))))
    sort = [("_sort", draw(st.sampled_from(["_id", "-_id", "_lastUpdated", "-_lastUpdated"])))]
    return Search(
        None, (("_type", ",".join(types)), *criteria, *(sort if draw(st.booleans()) else []), count)
    )


@st.composite
def criterion(draw: Draw, vocabulary: Vocabulary, type_: str, depth: int = 2) -> tuple[str, str]:
    """One criterion: a plain one, or one on a resource that refers or is referred to."""
    way = draw(st.sampled_from(["plain", "plain", "plain", "chain", "has"])) if depth else "plain"
    if way == "chain" and (outward := vocabulary.from_(type_)):
        _, code, target = draw(st.sampled_from(outward))
        name, value = draw(criterion(vocabulary, target, depth - 1))
        rest = name.partition(".")[0].partition(":")[0]
        implicit = (
            rest != "_has" and vocabulary.same_kind_wherever(type_, code, rest) and ":below" not in name
        )
        typed = not implicit or draw(st.booleans())
        return f"{code}:{target}.{name}" if typed else f"{code}.{name}", value
    if way == "has" and (inward := vocabulary.to(type_)):
        source, code, _ = draw(st.sampled_from(inward))
        name, value = draw(criterion(vocabulary, source, depth - 1))
        return f"_has:{source}:{code}:{name}", value
    return _plain(draw, vocabulary, type_, draw(st.sampled_from(vocabulary.codes(type_))))


def _plain(draw: Draw, vocabulary: Vocabulary, type_: str, code: str) -> tuple[str, str]:
    parameter = vocabulary.oracle.definitions.parameters[type_][code]
    if parameter.kind == "composite":
        return code, _several(draw, lambda: ("", _composite(draw, vocabulary, type_, parameter)))[1]
    if draw(st.integers(0, 9)) == 0:
        return f"{code}:missing", draw(st.sampled_from(["true", "false"]))
    values = vocabulary.values[type_, code]
    modifier, value = _several(
        draw, lambda: written(draw, vocabulary, parameter, draw(st.sampled_from(values)))
    )
    return f"{code}:{modifier}" if modifier else code, value


def _several(draw: Draw, one: Any) -> Written:
    """One value, or an OR list of those that share the first one's modifier."""
    modifier, value = one()
    values = [value]
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        other, more = one()
        if other == modifier:
            values.append(more)
    return modifier, ",".join(values)


def written(draw: Draw, vocabulary: Vocabulary, parameter: Parameter, value: Value) -> Written:
    """A value as a client might write it, with a modifier or none."""
    match value:
        case Span():
            # About the present moment depends on the moment of asking.
            recent = parameter.code == "_lastUpdated"
            return "", writing.date(draw, value, PREFIXES[:-1] if recent else PREFIXES)
        case Amount() if parameter.kind == "quantity":
            return "", writing.quantity(draw, value)
        case Amount():
            return "", writing.number(draw, value)
        case Text():
            return writing.string(draw, value)
        case Token() if parameter.code == "_id":
            return writing.id_(draw, value)
        case Token():
            return writing.token(draw, value, vocabulary.oracle.terminology, vocabulary.value_sets)
        case Link() if parameter.kind == "uri":
            return writing.uri(draw, value)
    return writing.reference(draw, value, parameter, vocabulary.oracle.base)


def _composite(draw: Draw, vocabulary: Vocabulary, type_: str, parameter: Parameter) -> str:
    """The parts from one group of elements, or from different ones."""
    groups = vocabulary.groups[type_, parameter.code]
    group = draw(st.sampled_from(groups))
    parts = []
    for place, component in enumerate(parameter.components):
        source = group if draw(st.integers(0, 3)) else draw(st.sampled_from(groups))
        parts.append(_part(draw, vocabulary, component.definition, source[place]))
    return "$".join(parts)


def _part(draw: Draw, vocabulary: Vocabulary, parameter: Parameter, values: list[Value]) -> str:
    for _ in range(8 if values else 0):
        modifier, text = written(draw, vocabulary, parameter, draw(st.sampled_from(values)))
        if not modifier:
            return text
    return "1" if parameter.kind in ("number", "quantity") else "2020" if parameter.kind == "date" else "x"


def _controls(draw: Draw, vocabulary: Vocabulary, type_: str) -> Parameters:
    controls = [("_count", str(draw(st.sampled_from([1, 2, 3, 7, 30, 200]))))]
    # A computed value, such as whether a Patient has died, has no order here.
    sortable = ["_id", "_lastUpdated", *(c for t, c in vocabulary.values if t == type_)]
    if draw(st.booleans()):
        keys = draw(st.lists(st.sampled_from(sortable), min_size=1, max_size=2, unique=True))
        controls.append(("_sort", ",".join(draw(st.sampled_from(["", "-"])) + key for key in keys)))
    if draw(st.integers(0, 4)) == 0:
        controls.append(("_total", draw(st.sampled_from(["accurate", "none"]))))
    outward, inward = vocabulary.from_(type_), vocabulary.to(type_)
    if outward and draw(st.integers(0, 4)) == 0:
        controls.append(_include(draw, "_include", [draw(st.sampled_from(outward))], vocabulary))
    if inward and draw(st.integers(0, 4)) == 0:
        controls.append(_include(draw, "_revinclude", [draw(st.sampled_from(inward))], vocabulary))
    return controls


def _include(draw: Draw, name: str, follows: list[Any], vocabulary: Vocabulary) -> tuple[str, str]:
    source, code, target = draw(st.sampled_from(follows + vocabulary.follows[:3]))
    value = draw(st.sampled_from([f"{source}:{code}", f"{source}:{code}:{target}", f"{source}:*", "*"]))
    reverse = name == "_revinclude"
    return name + draw(st.sampled_from(["", ":iterate"])), f"{source}:{code}" if reverse else value
