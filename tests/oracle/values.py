"""The values a search parameter finds at a node, by the R4 search page's tables of data types."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from oracle.definitions import QUANTITY_TYPES, Definitions
from oracle.path import Node, children

INFINITE = 2**62
_HAIR = Fraction(1, 10**30)
HOME = ZoneInfo("Europe/Oslo")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ł": "l"})
_INSIDE_WORDS = "'’‘`´.\u02bc"

_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?"
)


@dataclass(frozen=True)
class Span:
    """A stretch of time in microseconds since 1970 UTC, both ends included."""

    low: int
    high: int


@dataclass(frozen=True)
class Amount:
    """A number, a quantity or a range of them; None for an open end."""

    low: Fraction | None
    high: Fraction | None
    system: str | None = None
    code: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Token:
    """A code with its system, as far as it has them; `implied` systems stand in no element, and `names` are
    those that the code system goes by.
    """

    code: str | None
    system: str | None = None
    implied: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()
    contact: bool = False
    kinds: tuple[tuple[str | None, str | None], ...] = ()
    """For an Identifier: (system, code) of its type, under every name of the system."""

    @property
    def systems(self) -> frozenset[str | None]:
        """The systems that the code is of: under every name, and those implied."""
        return self.implied or self.names or frozenset({self.system})


@dataclass(frozen=True)
class Link:
    """A reference as written, and the identifier beside it."""

    text: str
    identifier: Token | None = None


@dataclass(frozen=True)
class Text:
    """One searched string."""

    text: str


Value = Span | Amount | Token | Link | Text


def fold(text: str) -> str:
    """Lower case, no accents; marks inside words vanish, all else that is no letter or digit is one space."""
    bare = "".join(c for c in text if c not in _INSIDE_WORDS)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", bare).casefold()).translate(_LETTERS)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in kept).split())


def contact(text: str) -> str:
    """A ContactPoint's value as it is compared: a telephone number by its digits, the rest in lower case."""
    if len(text) >= 4 and re.fullmatch(r"\+?[0-9 ().\-/\t\u00a0]+", text):
        return re.sub(r"[^0-9+]", "", text)
    return text.lower()


def span(text: str) -> Span:
    """The stretch that a date, partial or whole, stands for; ValueError when it is none."""
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text} is not a date")
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    digits = (fraction or "")[:6]
    first = datetime(
        int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0),
        int(digits.ljust(6, "0")) if fraction else 0,
    )  # fmt: skip
    if fraction:
        last = first + timedelta(microseconds=10 ** (6 - len(digits)) - 1)
    elif second:
        last = first.replace(microsecond=999_999)
    elif hour:
        last = first.replace(second=59, microsecond=999_999)
    else:
        last_day = int(day) if day else _days(int(year), int(month or 12))
        last = datetime(int(year), int(month or 12), last_day, 23, 59, 59, 999_999)
    return Span(_instant(first, zone), _instant(last, zone))


def _days(year: int, month: int) -> int:
    following = datetime(year + (month == 12), month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    return (following - timedelta(days=1)).day if following else 31


def _instant(local: datetime, zone: str | None) -> int:
    tz: Any = HOME
    if zone == "Z":
        tz = UTC
    elif zone:
        sign = -1 if zone[0] == "-" else 1
        tz = timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])))
    offset = local.replace(tzinfo=tz).utcoffset()
    assert offset is not None
    return (local.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1) - offset // timedelta(
        microseconds=1
    )


def spans(node: Node) -> Iterator[Span]:
    """Of a date, dateTime, instant, Period or Timing; nothing of a day that is in no calendar."""
    with suppress(ValueError):
        yield from _spans(node)


def _spans(node: Node) -> Iterator[Span]:
    if node.type in ("date", "dateTime", "instant"):
        yield span(node.value)
    elif node.type == "Period":
        yield from _period(node.value)
    elif node.type == "Timing":
        bounds = node.value.get("repeat", {}).get("boundsPeriod", {})
        parts = [span(e) for e in node.value.get("event", []) if e] + list(_period(bounds))
        if parts:
            yield Span(min(p.low for p in parts), max(p.high for p in parts))


def _period(period: dict[str, Any]) -> Iterator[Span]:
    if "start" in period or "end" in period:
        low = span(period["start"]).low if "start" in period else -INFINITE
        yield Span(low, span(period["end"]).high if "end" in period else INFINITE)


def amounts(node: Node) -> Iterator[Amount]:
    """Of a number, a Quantity of any kind, Money, a Range or SampledData."""
    value = node.value
    if node.type in ("decimal", "integer", "positiveInt", "unsignedInt"):
        yield Amount(_exact(value), _exact(value))
    elif node.type == "Money" and "value" in value:
        yield Amount(
            _exact(value["value"]), _exact(value["value"]), "urn:iso:std:iso:4217", value.get("currency")
        )
    elif node.type in QUANTITY_TYPES and "value" in value:
        low, high = _compared(_exact(value["value"]), value.get("comparator", ""))
        yield Amount(low, high, value.get("system"), value.get("code"), value.get("unit"))
    elif node.type == "SampledData":
        yield from _samples(value)
    elif node.type == "Range" and ("low" in value or "high" in value):
        ends = [value.get("low", {}), value.get("high", {})]
        low, high = [_exact(e["value"]) if "value" in e else None for e in ends]
        named = ends[0] or ends[1]
        yield Amount(low, high, named.get("system"), named.get("code"), named.get("unit"))


def _compared(exact: Fraction, comparator: str) -> tuple[Fraction | None, Fraction | None]:
    """<5 is everything up to a hair below 5."""
    least = _HAIR if comparator in ("<", ">") else 0
    low = None if comparator.startswith("<") else exact + least
    return low, None if comparator.startswith(">") else exact - least


def _samples(value: dict[str, Any]) -> Iterator[Amount]:
    """From the smallest to the largest sample; E, U and L stand for samples that are no numbers."""
    origin = value.get("origin", {})
    words = [word for word in value.get("data", "").split() if word not in ("E", "U", "L")]
    found = [_exact(origin.get("value", 0)) + _exact(word) * _exact(value.get("factor", 1)) for word in words]
    if found:
        yield Amount(min(found), max(found), origin.get("system"), origin.get("code"), origin.get("unit"))


def _exact(value: Any) -> Fraction:
    return Fraction(value if isinstance(value, int) else Decimal(str(value)))


def tokens(node: Node, definitions: Definitions, implied: frozenset[str]) -> Iterator[Token]:
    """Of everything the token table names; an Extension is read through its value."""
    value = node.value
    if node.type == "Coding":
        yield _coding(value, definitions)
    elif node.type == "CodeableConcept":
        text = (value["text"],) if "text" in value else ()
        for coding in value.get("coding", []):
            yield _coding(coding, definitions)
        if text:
            yield Token(None, texts=text)
    elif node.type == "Identifier":
        yield identifier(value, definitions)
    elif node.type == "ContactPoint":
        yield Token(value.get("value"), value.get("system"), contact=True)
    elif node.type == "boolean":
        yield Token(
            str(value).lower(), implied=frozenset({"http://terminology.hl7.org/CodeSystem/special-values"})
        )
    elif node.type in ("code", "string", "id", "uri", "canonical"):
        yield Token(value, implied=implied)
    elif node.type == "Extension":
        for inner in children(node, "value", definitions):
            yield from tokens(inner, definitions, frozenset())


def _coding(value: dict[str, Any], definitions: Definitions) -> Token:
    return Token(
        value.get("code"),
        value.get("system"),
        names=definitions.names_of(value.get("system")),
        texts=(value["display"],) if "display" in value else (),
    )


def identifier(value: dict[str, Any], definitions: Definitions) -> Token:
    """An Identifier as a token."""
    kind = value.get("type", {})
    return Token(
        value.get("value"),
        value.get("system"),
        texts=(kind["text"],) if "text" in kind else (),
        kinds=tuple(
            (name, c.get("code"))
            for c in kind.get("coding", [])
            for name in sorted(definitions.names_of(c.get("system")))
        ),
    )


def links(node: Node, definitions: Definitions) -> Iterator[Link]:
    """Of a Reference, a canonical, a uri, or a resource held in the element itself."""
    value = node.value
    if node.type == "Reference":
        beside = identifier(value["identifier"], definitions) if "identifier" in value else None
        if "reference" in value or beside:
            yield Link(value.get("reference", ""), beside)
    elif node.type in ("canonical", "uri"):
        yield Link(value)
    elif node.type == "Extension":
        for inner in children(node, "value", definitions):
            yield from links(inner, definitions)
    elif isinstance(value, dict) and "resourceType" in value and "id" in value:
        yield Link(f"{value['resourceType']}/{value['id']}")


def texts(node: Node, definitions: Definitions) -> Iterator[Text]:
    """Of a string, or the parts of a HumanName or an Address."""
    parts = {
        "HumanName": ("family", "given", "prefix", "suffix", "text"),
        "Address": ("line", "city", "district", "state", "country", "postalCode", "text"),
    }
    if node.type in ("string", "markdown", "code", "uri", "id"):
        yield Text(node.value)
    elif node.type in parts:
        for name in parts[node.type]:
            for part in children(node, name, definitions):
                yield Text(part.value)
    elif node.type == "Extension":
        for inner in children(node, "value", definitions):
            yield from texts(inner, definitions)


_SEARCHED = {
    "date": {"date", "dateTime", "instant", "Period", "Timing"},
    "number": {"decimal", "integer", "positiveInt", "unsignedInt", "Range"},
    "quantity": {*QUANTITY_TYPES, "Money", "Range", "SampledData"},
    "token": {
        "CodeableConcept",
        "Coding",
        "Identifier",
        "ContactPoint",
        "code",
        "boolean",
        "string",
        "id",
        "uri",
    }
    | {"canonical", "Extension"},
    "reference": {"Reference", "canonical", "uri", "Extension"},
    "string": {"string", "markdown", "code", "id", "uri", "HumanName", "Address", "Extension"},
    "uri": {"uri", "url", "canonical", "oid", "uuid"},
}


def has_value(kind: str, node: Node) -> bool:
    """Whether the element counts as a value (:missing): it is there, and of a type that is searched."""
    if node.type in _SEARCHED[kind]:
        return True
    return (
        kind == "reference" and isinstance(node.value, dict) and {"resourceType", "id"} <= node.value.keys()
    )
