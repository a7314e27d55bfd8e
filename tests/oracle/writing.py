"""Writing a value that is in the data as a client might search for it: whole, in part, or nearly."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from oracle import units
from oracle.definitions import Parameter
from oracle.query import PREFIXES, escape
from oracle.terminology import Terminology
from oracle.values import HOME, INFINITE, Amount, Link, Span, Text, Token, fold

Draw = Callable[[st.SearchStrategy[Any]], Any]
Written = tuple[str, str]
"""Modifier and value."""

_WITH_PARTS = {"Encounter", "Location", "Organization", "Procedure"}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SOON, _LATE = _EPOCH.replace(year=1800), _EPOCH.replace(year=2200)
_PRECISIONS = ["%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"]
_ZONES = [HOME, UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-5, minutes=-30))]


def date(draw: Draw, value: Span, prefixes: tuple[str, ...] = PREFIXES) -> str:
    """A prefix and one end of the value, or a moment near it, at any precision."""
    ends = [end for end in (value.low, value.high) if abs(end) < INFINITE] or [0]
    near = timedelta(**{draw(st.sampled_from(["days", "hours", "seconds", "milliseconds"])): 1})
    moment = (
        _EPOCH
        + timedelta(microseconds=draw(st.sampled_from(ends)))
        + near * draw(st.sampled_from([0, 0, -1, 1]))
    )
    moment = min(max(moment, _SOON), _LATE)
    shape = draw(st.sampled_from(_PRECISIONS))
    zone = draw(st.sampled_from(_ZONES)) if "T" in shape else HOME
    text: str = moment.astimezone(zone).strftime(shape)
    if "%f" in shape:
        text = text[: draw(st.integers(-5, -3))]
    if "T" in shape:
        text += _zone_text(zone, moment)
    return str(draw(st.sampled_from(["", *prefixes]))) + text


def _zone_text(zone: Any, moment: datetime) -> str:
    if zone is UTC:
        return "Z"
    local = moment.astimezone(zone)
    ambiguous = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    if zone is HOME and not ambiguous:
        return ""  # local time needs no zone, but for the hour that the clock shows twice
    offset = local.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}"


def _prefix(draw: Draw) -> str:
    return str(draw(st.sampled_from(["", *PREFIXES])))


def number(draw: Draw, value: Amount) -> str:
    """A prefix and one end of the value, exact or rounded, or a number near it."""
    return _prefix(draw) + _digits(draw, _end(draw, value))


def _end(draw: Draw, value: Amount) -> Fraction:
    ends = [end for end in (value.low, value.high) if end is not None] or [Fraction(0)]
    return Fraction(draw(st.sampled_from(ends)))


def _digits(draw: Draw, exact: Fraction) -> str:
    near = exact + draw(st.sampled_from([Fraction(0), Fraction(0), exact / 50, Fraction(1), Fraction(-1)]))
    places = draw(st.sampled_from([None, 0, 1, 2]))
    decimal = Decimal(near.numerator) / Decimal(near.denominator)
    return f"{decimal:f}" if places is None else f"{decimal:.{places}f}"


def quantity(draw: Draw, value: Amount) -> str:
    """A number with no unit, the printed or coded unit, the system's unit, or another unit of its kind."""
    forms = [""]
    forms += [f"||{escape(unit)}" for unit in {value.code, value.unit} if unit]
    if value.system and value.code:
        forms.append(f"|{escape(value.system)}|{escape(value.code)}")
    form: str = draw(st.sampled_from(sorted(forms)))
    other = _other_unit(draw, value)
    if other and draw(st.booleans()):
        return other
    return number(draw, value) + form


def _other_unit(draw: Draw, value: Amount) -> str:
    """Away from the very bounds, where a binary and an exact conversion may fall to either side."""
    if value.system != units.UCUM or not value.code:
        return ""
    same = units.of_the_kind_of(value.code)
    if not same:
        return ""
    code = draw(st.sampled_from(same))
    exact = units.convert(_end(draw, value), value.code, code) * draw(
        st.sampled_from([Fraction(101, 100), Fraction(99, 100)])
    )
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    digits = draw(st.sampled_from([2, 4]))
    return f"{_prefix(draw)}{Decimal(f'{decimal:.{digits}g}'):f}|{units.UCUM}|{escape(code)}"


def string(draw: Draw, value: Text) -> Written:
    """The beginning, a part or the whole of a text, in any case, or nearly."""
    words = value.text
    modifier = draw(st.sampled_from(["", "", "contains", "exact"]))
    if modifier == "exact":
        words = draw(st.sampled_from([words, words, words.upper(), words + "x"]))
    else:
        start = draw(st.integers(0, max(0, len(words) - 1))) if modifier == "contains" else 0
        words = words[start : start + draw(st.integers(1, 20))]
        words = draw(st.sampled_from([words, words.upper(), words + "q", fold(words)]))
    words = words.strip() or "x"
    return modifier, escape(words if fold(words) else "x")


def token(draw: Draw, value: Token, terminology: Terminology, value_sets: dict[str, list[str]]) -> Written:
    """A code in one of its four forms, nearly it, its text, or a way around its code system."""
    system = draw(st.sampled_from(sorted(name or "" for name in value.systems)))
    ways: list[Written] = [("", form) for form in _token_forms(value, system)]
    ways += [("not", form) for form in _token_forms(value, system)]
    ways += [("text", escape(text[: draw(st.integers(1, 12))])) for text in value.texts if fold(text[:1])]
    if value.code and not value.implied:
        ways += [
            ("of-type", "|".join(map(escape, (system, code, value.code))))
            for system, code in value.kinds
            if system and code
        ]
    known = (
        value.code is not None
        and system in terminology.complete
        and value.code in terminology.broader(system)
    )
    if known and value.code:
        code = draw(st.sampled_from([value.code, *sorted(terminology.ancestors(system, value.code))]))
        ways += [(way, f"{system}|{escape(code)}") for way in ("below", "above")]
        for url in value_sets.get(system, []):
            ways += [("in", escape(url)), ("not-in", escape(url))]
    return draw(st.sampled_from(ways)) if ways else ("", "x")


def id_(draw: Draw, value: Token) -> Written:
    """A resource's id, or nearly."""
    code = value.code or ""
    modifier, text = draw(st.sampled_from([("", code), ("not", code), ("", f"{code}x")]))
    return modifier, text


def _token_forms(value: Token, system: str) -> list[str]:
    code = escape(value.code) if value.code else ""
    forms = [f"{escape(system)}|"] if system else []
    if code:
        forms += [code, code, f"{escape(system)}|{code}", f"|{code}", f"{code}x", f"urn:x|{code}"]
    return forms


def reference(draw: Draw, value: Link, parameter: Parameter, base: str) -> Written:
    """As written, by id, type, address, without version, by identifier, along a hierarchy, or nearly."""
    ways: list[Written] = []
    if value.text and not value.text.startswith("#"):
        bare = value.text.split("/_history/")[0] if "/_history/" in value.text else value.text.split("|")[0]
        ways += [("", escape(value.text)), ("", escape(bare)), ("", escape(bare + "x"))]
        type_, slash, id_ = bare.partition("/")
        if slash and "/" not in id_ and ":" not in bare:
            ways += [("", id_), ("", f"{base}/{bare}"), ("", f"http://elsewhere.example/fhir/{bare}")]
            ways += [(type_, id_)] if type_ in parameter.targets or not parameter.targets else []
            ways += (
                [("below", bare), ("above", bare)] if type_ in _WITH_PARTS & set(parameter.targets) else []
            )
    if value.identifier:
        ways += [("identifier", f) for f in _token_forms(value.identifier, value.identifier.system or "")]
    return draw(st.sampled_from(ways)) if ways else ("", "Patient/x")


def uri(draw: Draw, value: Link) -> Written:
    """The URI, something above or below it, or nearly it."""
    steps = value.text.split("/")
    above = "/".join(steps[: draw(st.integers(min(3, len(steps)), len(steps)))])
    ways = [
        ("", value.text),
        ("", value.text + "x"),
        ("below", value.text),
        ("below", above),
        ("below", above + "/"),
    ]
    ways += [("above", value.text), ("above", value.text + "/under/it")]
    modifier, text = draw(st.sampled_from(ways))
    return modifier, escape(text)
