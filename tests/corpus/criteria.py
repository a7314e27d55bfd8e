"""The searches by which a resource must be found: one criterion for every way to name each of its values."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from oracle.definitions import Parameter
from oracle.evaluator import Key, Oracle
from oracle.path import Scope, evaluate, root_node
from oracle.query import escape
from oracle.values import INFINITE, Amount, Link, Span, Text, Token, Value, fold

Criterion = tuple[str, str]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SERVERS = ("_id", "_lastUpdated")
_BEGINNING = 30
"""So many characters of a text are searched for without modifier."""


def criteria(oracle: Oracle, key: Key) -> list[Criterion]:
    """Every criterion that the resource's own values meet."""
    found: dict[Criterion, None] = {("_id", key[1]): None}
    for parameter in oracle.definitions.parameters[key[0]].values():
        if parameter.code in _SERVERS:
            continue
        if parameter.kind == "composite":
            found |= dict.fromkeys((parameter.code, value) for value in _composites(oracle, key, parameter))
        elif parameter.kind != "special":
            values = oracle.values(key, parameter)
            found |= dict.fromkeys(c for value in values for c in _of(parameter, value))
            found[f"{parameter.code}:missing", "false" if oracle.present(key, parameter) else "true"] = None
    return list(found)


def _of(parameter: Parameter, value: Value) -> Iterator[Criterion]:
    for modifier, text in written(parameter.kind, value):
        yield (f"{parameter.code}:{modifier}" if modifier else parameter.code), text


def written(kind: str, value: Value) -> Iterator[tuple[str, str]]:
    """(modifier, text) of every way to name a value exactly."""
    match value:
        case Span():
            yield from (("", text) for text in _dates(value))
        case Amount():
            yield from (("", text) for text in _amounts(kind, value))
        case Text() if fold(value.text):
            yield "exact", escape(value.text)
            beginning = value.text[:_BEGINNING]
            if fold(beginning):
                yield "", escape(beginning)
        case Token():
            yield from _tokens(value)
        case Link():
            yield from _links(kind, value)


def _dates(value: Span) -> Iterator[str]:
    if value.low > -INFINITE:
        yield "ge" + _moment(value.low)
        yield "gt" + _moment(value.low - 1)
    if value.high < INFINITE:
        yield "le" + _moment(value.high)
        yield "eb" + _moment(value.high + 1)


def _moment(microseconds: int) -> str:
    return (_EPOCH + timedelta(microseconds=microseconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ").zfill(27)


def _amounts(kind: str, value: Amount) -> Iterator[str]:
    units = [""]
    if kind == "quantity":
        units += [f"||{escape(unit)}" for unit in sorted({value.code or "", value.unit or ""} - {""})]
        if value.system and value.code:
            units.append(f"|{escape(value.system)}|{escape(value.code)}")
    for unit in units:
        if value.low is not None and value.low == value.high:
            yield from (f"{prefix}{_digits(value.low)}{unit}" for prefix in ("", "ge", "le"))
        elif value.high is not None:
            yield f"lt{_digits(value.high)}{unit}"
        elif value.low is not None:
            yield f"gt{_digits(value.low)}{unit}"


def _digits(value: Fraction) -> str:
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def _tokens(value: Token) -> Iterator[tuple[str, str]]:
    code = escape(value.code) if value.code else ""
    if code:
        yield "", code
        yield from (("", f"{escape(system)}|{code}") for system in value.implied)
        yield "", f"{escape(value.system or '')}|{code}"
        yield from (
            ("of-type", "|".join(map(escape, (system, kind, value.code or ""))))
            for system, kind in value.kinds
            if system and kind
        )
    if value.system:
        yield "", f"{escape(value.system)}|"
    for text in value.texts:
        if fold(text[:_BEGINNING]):
            yield "text", escape(text[:_BEGINNING])


def _links(kind: str, value: Link) -> Iterator[tuple[str, str]]:
    if value.text and not value.text.startswith("#"):
        yield "", escape(value.text)
        if kind == "uri":
            yield "below", escape(value.text)
            yield "above", escape(value.text)
    if value.identifier:
        yield from (("identifier", text) for modifier, text in _tokens(value.identifier) if not modifier)


def _composites(oracle: Oracle, key: Key, parameter: Parameter) -> Iterator[str]:
    """For every group of elements that has all parts, each part's first value written in its first way."""
    scope = Scope(oracle.definitions, root_node(oracle.resources[key]))
    for group in oracle.nodes(key, parameter):
        parts = [
            next(
                (
                    text
                    for node in evaluate(component.expression, scope, group)
                    for value in oracle.read(component.definition.kind, node)
                    for modifier, text in written(component.definition.kind, value)
                    if not modifier
                ),
                "",
            )
            for component in parameter.components
        ]
        if all(parts):
            yield "$".join(parts)
