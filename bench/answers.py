"""The right answer to every query of the search bench, worked out in memory from the resources themselves.

It shares no code with the server: plain Python over plain JSON, one small rule per family of parameters
(FHIR R4 search.html, sections 2.1.1.5 to 2.1.1.7).
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bench.shapes import Query, Shape

Tree = dict[str, Any]
Span = tuple[Any, Any]
"""First and first-no-more of a range of values."""

SILENT = "'’‘`´."
"""Marks inside a word: the word goes on without them."""
LOCAL = ZoneInfo("Europe/Oslo")
FAR_PAST, FAR_FUTURE = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


@dataclass
class Answers:
    """For every query one bit per resource of its type; resources are known by their id without its first
    digit, which is the only part in which the copies of a multiplied set differ (bench/synthea.py)."""

    numbers: dict[str, int] = field(default_factory=dict)
    found: dict[Query, bytes] = field(default_factory=dict)
    totals: dict[Query, int] = field(default_factory=dict)

    def has(self, query: Query, id: str) -> bool:
        """Whether the resource with `id` matches."""
        number = self.numbers.get(id[1:])
        return number is not None and bool(self.found[query][number >> 3] >> (number & 7) & 1)


def answers(trees: Iterable[Tree], shapes: list[Shape]) -> Answers:
    """Work out every query of `shapes` over all resources."""
    by_type: dict[str, list[Tree]] = {}
    made = Answers()
    for tree in trees:
        by_type.setdefault(tree["resourceType"], []).append(tree)
        made.numbers[tree["id"][1:]] = len(made.numbers)
    if len(made.numbers) != sum(map(len, by_type.values())):
        raise ValueError("two ids of the set differ in nothing but their first digit")
    for shape in shapes:
        read, rule = READERS[shape.name], RULES[shape.family]
        values = [(made.numbers[tree["id"][1:]], list(read(tree))) for tree in by_type[shape.type]]
        for query in shape.queries:
            matches = rule(query)
            hits = [number for number, held in values if any(map(matches, held))]
            made.found[query], made.totals[query] = _bits(hits, len(made.numbers)), len(hits)
    return made


def _bits(hits: list[int], size: int) -> bytes:
    bits = bytearray(size // 8 + 1)
    for number in hits:
        bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def _folded(text: str) -> str:
    """Without case, accents and punctuation: "O'Keefe" is okeefe, "New-Bedford" is two words."""
    bare = "".join(c for c in text if c not in SILENT)
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def _string(query: Query) -> Callable[[str], bool]:
    asked = _folded(query.value)
    if query.modifier == ":contains":
        return lambda held: asked in _folded(held)
    return lambda held: _folded(held).startswith(asked)


def _token(query: Query) -> Callable[[Tree], bool]:
    asked = [choice.rpartition("|")[::2] for choice in query.value.split(",")]
    return lambda held: any(
        held["code"] == code and (not system or held.get("system") == system) for system, code in asked
    )


def _compared(prefix: str, asked: Span) -> Callable[[Span], bool]:
    low, high = asked

    def contained(held: Span) -> bool:
        return bool(low <= held[0] and held[1] <= high)

    return {
        "": contained,
        "eq": contained,
        "lt": lambda held: held[0] < low,
        "gt": lambda held: held[1] > high,
        "le": lambda held: held[0] < low or contained(held),
        "ge": lambda held: held[1] > high or contained(held),
        "sa": lambda held: held[0] >= high,
        "eb": lambda held: held[1] <= low,
    }[prefix]


def _date(query: Query) -> Callable[[Span], bool]:
    return _compared(query.prefix, span(query.value))


def _number(prefix: str, written: str) -> Callable[[Decimal], bool]:
    asked = Decimal(written)
    half = Decimal(5).scaleb(int(asked.as_tuple().exponent) - 1)
    return {
        "": lambda held: asked - half <= held < asked + half,
        "eq": lambda held: asked - half <= held < asked + half,
        "lt": lambda held: held < asked,
        "gt": lambda held: held > asked,
        "le": lambda held: held <= asked,
        "ge": lambda held: held >= asked,
    }[prefix]


def _quantity(query: Query) -> Callable[[Decimal], bool]:
    return _number(query.prefix, query.value)


def _composite(query: Query) -> Callable[[tuple[Tree, Decimal]], bool]:
    token, _, number = query.value.partition("$")
    prefix = number[:2] if number[:2].isalpha() else ""
    right_code = _token(Query("", "", "", "", token))
    right_value = _number(prefix, number.removeprefix(prefix))
    return lambda held: right_code(held[0]) and right_value(held[1])


def _reference(query: Query) -> Callable[[str], bool]:
    return lambda held: held == query.value


RULES: dict[str, Callable[[Query], Callable[[Any], bool]]] = {
    "string": _string,
    "token": _token,
    "date": _date,
    "quantity": _quantity,
    "composite": _composite,
    "reference": _reference,
}


def span(written: str) -> Span:
    """The range of moments a FHIR date or dateTime covers; without a zone it is Norwegian local time."""
    if "T" in written:
        start = datetime.fromisoformat(written)
        fraction = "." in written.partition("T")[2]
        return start, start + (timedelta(milliseconds=1) if fraction else timedelta(seconds=1))
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    if day:
        after = datetime(year, month, day) + timedelta(days=1)
    elif month:
        after = datetime(year + month // 12, month % 12 + 1, 1)
    else:
        after = datetime(year + 1, 1, 1)
    return datetime(year, month or 1, day or 1, tzinfo=LOCAL), after.replace(tzinfo=LOCAL)


def _period(tree: Tree) -> Span:
    start, end = tree.get("start"), tree.get("end")
    return span(start)[0] if start else FAR_PAST, span(end)[1] if end else FAR_FUTURE


def _parts(trees: Iterable[Tree], *members: str) -> Iterator[str]:
    for tree in trees:
        for member in members:
            held = tree.get(member, [])
            yield from [held] if isinstance(held, str) else held


def _codings(*concepts: Tree) -> Iterator[Tree]:
    return (coding for concept in concepts for coding in concept.get("coding", ()))


def _quantities(holders: Iterable[Tree]) -> Iterator[Decimal]:
    return (
        Decimal(str(h["valueQuantity"]["value"])) for h in holders if "value" in h.get("valueQuantity", {})
    )


def _pairs(holders: Iterable[Tree]) -> Iterator[tuple[Tree, Decimal]]:
    for holder in holders:
        for value in _quantities([holder]):
            yield from ((coding, value) for coding in _codings(holder["code"]))


def _itself_and_components(tree: Tree) -> list[Tree]:
    return [tree, *_components(tree)]


def _components(tree: Tree) -> list[Tree]:
    found: list[Tree] = tree.get("component", [])
    return found


def _pointer(member: str) -> Callable[[Tree], list[str]]:
    return lambda tree: [tree[member]["reference"]] if member in tree else []


READERS: dict[str, Callable[[Tree], Iterable[Any]]] = {
    "Patient?name": lambda t: _parts(t.get("name", ()), "family", "given", "prefix", "suffix", "text"),
    "Patient?address": lambda t: _parts(
        t.get("address", ()), "line", "city", "district", "state", "postalCode", "country", "text"
    ),
    "Organization?name": lambda t: _parts([t], "name", "alias"),
    "Patient?birthdate": lambda t: [span(t["birthDate"])],
    "Observation?date": lambda t: [span(t["effectiveDateTime"])],
    "Encounter?date": lambda t: [_period(t["period"])],
    "Observation?category": lambda t: _codings(*t.get("category", ())),
    "Observation?code": lambda t: _codings(t["code"]),
    "Encounter?status": lambda t: [{"code": t["status"], "system": "http://hl7.org/fhir/encounter-status"}],
    "Encounter?class": lambda t: [t["class"]],
    "Observation?value-quantity": lambda t: _quantities([t]),
    "Observation?component-value-quantity": lambda t: _quantities(_components(t)),
    "Observation?combo-value-quantity": lambda t: _quantities(_itself_and_components(t)),
    "Observation?code-value-quantity": lambda t: _pairs([t]),
    "Observation?component-code-value-quantity": lambda t: _pairs(_components(t)),
    "Observation?combo-code-value-quantity": lambda t: _pairs(_itself_and_components(t)),
    "Observation?subject": _pointer("subject"),
    "Observation?encounter": _pointer("encounter"),
    "Observation?performer": lambda t: [p["reference"] for p in t.get("performer", ())],
    "Encounter?subject": _pointer("subject"),
    "Encounter?participant": lambda t: [p["individual"]["reference"] for p in t.get("participant", ())],
    "MedicationRequest?subject": _pointer("subject"),
    "MedicationRequest?encounter": _pointer("encounter"),
    "MedicationRequest?requester": _pointer("requester"),
}
