"""Whether one value in a resource matches one searched value: the rules of each kind of parameter."""

import re
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from oracle import units
from oracle.query import plain, read_prefix, split
from oracle.values import Amount, Link, Span, Text, Token, contact, fold, span


def date_matches(value: Span, searched: str, now: datetime) -> bool:
    """Ranges against ranges (search.html#prefix)."""
    prefix, text = read_prefix(searched)
    wanted = span(text)
    inside = wanted.low <= value.low and value.high <= wanted.high
    above, below = value.high > wanted.high, value.low < wanted.low
    if prefix == "ap":
        distance = abs(int(now.timestamp()) * 1_000_000 - (wanted.low + wanted.high) // 2)
        return value.low <= wanted.high + distance // 10 and value.high >= wanted.low - distance // 10
    return {
        "eq": inside,
        "ne": not inside,
        "gt": above,
        "lt": below,
        "ge": above or inside,
        "le": below or inside,
        "sa": value.low > wanted.high,
        "eb": value.high < wanted.low,
    }[prefix]


def number_matches(value: Amount, searched: str) -> bool:
    """eq and ne take the written precision, ap 10 %, the others the exact number (search.html#number)."""
    prefix, text = read_prefix(searched)
    return _compare(prefix, value.low, value.high, _Searched(text))


class _Searched:
    """A number as written: exact, with half a unit of its last place, and with a tenth of itself."""

    def __init__(self, text: str, to_base: str = "") -> None:
        decimal = Decimal(text)
        exponent = decimal.as_tuple().exponent
        assert isinstance(exponent, int)
        number, half = Fraction(decimal), Fraction(10) ** exponent / 2
        tenth = abs(number) / 10
        self.exact, self.low, self.high, self.wide_low, self.wide_high = [
            _in_base(n, to_base)
            for n in (number, number - half, number + half, number - tenth, number + tenth)
        ]


def _in_base(number: Fraction, code: str) -> Fraction:
    converted = units.canonical(number, code) if code else None
    return converted[0] if converted else number


def _compare(prefix: str, low: Fraction | None, high: Fraction | None, wanted: _Searched) -> bool:
    exact = wanted.exact
    point = low is not None and low == high
    below_top = high is not None and (high < wanted.high if point else high <= wanted.high)
    inside = low is not None and low >= wanted.low and below_top
    return {
        "eq": inside,
        "ne": not inside,
        "gt": high is None or high > exact,
        "lt": low is None or low < exact,
        "ge": high is None or high > exact or (point and high == exact),
        "le": low is None or low < exact or (point and low == exact),
        "sa": low is not None and low > exact,
        "eb": high is not None and high < exact,
        "ap": (low is None or low <= wanted.wide_high) and (high is None or high >= wanted.wide_low),
    }[prefix]


def quantity_matches(value: Amount, searched: str) -> bool:
    """[prefix][number]|[system]|[code]; UCUM units are converted, `number||code` is code or printed unit."""
    number, system, code = [*map(plain, split(searched, "|")), "", ""][:3]
    prefix, text = read_prefix(number)
    system = units.UCUM if system == units.OID else system
    if system == units.UCUM and value.system == units.UCUM and value.code:
        return _converted_matches(value, prefix, text, code)
    if system and (value.system, value.code) != (system, code):
        return False
    if code and code not in (value.code, value.unit):
        return False
    return _compare(prefix, value.low, value.high, _Searched(text))


def _converted_matches(value: Amount, prefix: str, text: str, code: str) -> bool:
    assert value.code
    mine, theirs = units.canonical(Fraction(0), value.code), units.canonical(Fraction(0), code)
    if not mine or not theirs:
        return value.code == code and _compare(prefix, value.low, value.high, _Searched(text))
    if mine[1] != theirs[1]:
        return False
    low, high = [None if end is None else _in_base(end, value.code) for end in (value.low, value.high)]
    return _compare(prefix, low, high, _Searched(text, code))


def token_matches(value: Token, searched: str) -> bool:
    """code, system|code, |code and system| (search.html#token)."""
    parts = [plain(part) for part in split(searched, "|")]
    system, code = ("", parts[0]) if len(parts) == 1 else (parts[0], "|".join(parts[1:]))
    if code and not _same_code(value, code):
        return False
    if len(parts) == 1:
        return value.code is not None
    if not system:
        return value.system is None
    return system in value.systems


def _same_code(value: Token, code: str) -> bool:
    if value.contact:
        return contact(value.code or "") == contact(code)
    return value.code == code


def of_type_matches(value: Token, searched: str) -> bool:
    """type system|type code|value, of an Identifier."""
    system, code, text = (plain(part) for part in split(searched, "|"))
    return (system, code) in value.kinds and value.code == text


def text_matches(value: Token, searched: str) -> bool:
    """:text of a token: as a string parameter over the text beside the code."""
    return any(string_matches(Text(text), "", searched) for text in value.texts)


def string_matches(value: Text, modifier: str, searched: str) -> bool:
    """Starts with, folded; :contains anywhere; :exact the string itself."""
    text = plain(searched)
    if modifier == "exact":
        return value.text == text
    folded = fold(value.text)
    return fold(text) in folded if modifier == "contains" else folded.startswith(fold(text))


def uri_matches(value: str, modifier: str, searched: str) -> bool:
    """The whole URI; :below and :above by path segments, for URLs only."""
    text = plain(searched)
    if not modifier:
        return value == text
    short, long = (text, value) if modifier == "below" else (value, text)
    short, long = short.rstrip("/"), long.rstrip("/")
    return short == long or ("://" in short and long.startswith(short + "/"))


def link_matches(value: Link, searched: str, type_: str) -> bool:
    """An id, Type/id, Type/id/_history/v, or a URL with or without |version (search.html#reference)."""
    text = plain(searched)
    if re.fullmatch(r"[A-Za-z0-9.-]{1,64}", text):
        found = re.fullmatch(rf"([A-Za-z]+)/{re.escape(text)}(/_history/.+)?", value.text)
        return value.text == text if found is None else type_ in ("", found[1])
    if type_ and not re.search(rf"(^|/){type_}/[^/]+(/_history/.+)?$", value.text):
        return False
    return text in (value.text, value.text.split("|")[0], re.sub(r"/_history/.*$", "", value.text))
