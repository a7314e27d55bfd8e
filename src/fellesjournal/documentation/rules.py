"""A form as it stands: which items are shown, in what rows, with what was typed (FHIR R4 Questionnaire,
enableWhen). Pure.

What was typed is kept as a flat table: "prove:0/svar:1" is the second answer to item `svar` within the first
of the groups `prove`. A question is looked for where the item that depends on it stands, then further out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable

Json = dict[str, Any]
Fields = Mapping[str, str]
"""What was typed, by place."""

FACTS = "fakta/"
"""Before the place of a text: the facts of the record that were inserted in it, a line each."""
ASIDE = ("kilde/", FACTS)
"""What places begin with that hold no text of a person, but tell of the text at another place."""

_COMPARE = {"=": eq, "!=": ne, ">": gt, "<": lt, ">=": ge, "<=": le}


class Row(NamedTuple):
    """One answer, or one of a repeated group: its place, what was typed, and what stands within."""

    place: str
    text: str
    inner: tuple["Node", ...]


class Node(NamedTuple):
    """One item that is shown, with its rows."""

    item: Json
    place: str
    rows: tuple[Row, ...]

    @property
    def is_many(self) -> bool:
        """Whether several of a given set may be ticked: a row for each option."""
        return is_many(self.item)


def is_many(item: Mapping[str, Any]) -> bool:
    """Whether an item is a list of options of which several may be chosen."""
    return bool(item["type"] == "choice" and item.get("repeats") and item.get("answerOption"))


def layout(questionnaire: Mapping[str, Any], fields: Fields) -> tuple[Node, ...]:
    """The items that are shown, in order, each with as many rows as were begun, at least one."""
    form = _Form(questionnaire, fields)
    return tuple(form.nodes(questionnaire.get("item", ()), ""))


def every(nodes: Sequence[Node]) -> Iterator[tuple[Node, Row]]:
    """Every row of every item that is shown, outer ones first."""
    for node in nodes:
        for row in node.rows:
            yield node, row
            yield from every(row.inner)


def answered(nodes: Sequence[Node]) -> Iterator[tuple[Node, Row, Json]]:
    """Every answer that can be read, with its item and row."""
    for node, row in every(nodes):
        if node.item["type"] in ("group", "display") or not row.text.strip():
            continue
        with suppress(Unreadable):
            yield node, row, answers.parse(node.item, row.text)


class Hand(NamedTuple):
    """An open form that something is typed in: what it is called, the last revision of the draft that it was
    given, and that draft's id ("": whichever there is)."""

    form: str = ""
    seen: int = 0
    draft: str = ""


class Held(NamedTuple):
    """What a draft holds. `marks`: by place the revision of its last change and the form that made it;
    `others`: by place and form what was typed where another form had written already."""

    fields: Mapping[str, str]
    marks: Mapping[str, tuple[int, str]]
    others: Mapping[str, Mapping[str, str]]
    revision: int = 0


def lay(held: Held, typed: Fields, hand: Hand) -> Held:
    """What was typed in one form, laid over what the draft holds. Where another form has written since this
    one was given the draft, the text that is there stays, and both stand until their author chooses: the same
    text too, for the other may yet be changed. Nothing that is blank displaces words."""
    fields, marks = dict(held.fields), dict(held.marks)
    others = {place: dict(texts) for place, texts in held.others.items()}
    revision = held.revision + 1
    for place, text in typed.items():
        if place.startswith(FACTS):  # what tells of text is only ever added to
            known = [*fields.get(place, "").split("\n"), *text.split("\n")]
            fields[place] = "\n".join(filter(None, dict.fromkeys(known)))
            continue
        there, (at, by) = fields.get(place, ""), marks.get(place, (0, ""))
        others.get(place, {}).pop(hand.form, None)
        apart = by != hand.form and at > hand.seen and there.strip() and not place.startswith(ASIDE)
        if apart and text.strip():
            others.setdefault(place, {})[hand.form] = text
        elif not apart and (there != text or place not in fields):
            fields[place], marks[place] = text, (revision, hand.form)
    return Held(fields, marks, {place: texts for place, texts in others.items() if texts}, revision)


def settle(held: Held, place: str, text: str, hand: Hand) -> Held:
    """The text that the author has chosen for a place, in the place of all that stood there."""
    others = {one: texts for one, texts in held.others.items() if one != place}
    marks = {**held.marks, place: (held.revision + 1, hand.form)}
    return Held({**held.fields, place: text}, marks, others, held.revision + 1)


def rivals(held: Held, place: str, form: str) -> dict[str, str]:
    """The texts of a place that a form does not show, by the form they are from ("": what the draft has)."""
    texts = {"": held.fields.get(place, ""), **held.others.get(place, {})}
    shown = texts.pop(form if form in texts else "")
    return {by: text for by, text in texts.items() if text.strip() and text != shown}


def unseen(held: Held, hand: Hand) -> list[str]:
    """The places at which other forms have written since this one was given the draft."""
    return [
        place
        for place, (at, by) in held.marks.items()
        if at > hand.seen and by != hand.form and not place.startswith(ASIDE)
    ]


UNASKED = "unasked"
"""Member of an item that an expression has found not to be asked now (documentation.expressions)."""


class _Form:
    def __init__(self, questionnaire: Mapping[str, Any], fields: Fields) -> None:
        self._fields = {place: text for place, text in fields.items() if text.strip()}
        self._begun = _begun(fields)
        self._items = {one["linkId"]: one for one in _flat(questionnaire.get("item", ()))}
        self._known: dict[str, list[Any]] = {}
        self._of: dict[str, list[tuple[str, str]]] = {}
        for place, text in self._fields.items():
            self._of.setdefault(place.rpartition("/")[2].rpartition(":")[0], []).append((place, text))

    def nodes(self, items: Sequence[Json], prefix: str) -> Iterator[Node]:
        for item in items:
            if self.is_enabled(item, prefix):
                place = prefix + item["linkId"]
                yield Node(item, place, tuple(self._rows(item, place)))

    def _rows(self, item: Json, place: str) -> Iterator[Row]:
        count = self._begun.get(place, 0) if item.get("repeats") else 0
        if is_many(item):
            count = len(item["answerOption"])
        for number in range(max(1, count)):
            at = f"{place}:{number}"
            yield Row(at, self._fields.get(at, ""), tuple(self.nodes(item.get("item", ()), f"{at}/")))

    def is_enabled(self, item: Json, prefix: str, asking: frozenset[str] = frozenset()) -> bool:
        """`asking` are the items that wait for this one: a circle is not gone round twice."""
        if item.get(UNASKED):
            return False
        conditions = item.get("enableWhen", ())
        if not conditions or item["linkId"] in asking:
            return True
        held = (self._holds(one, prefix, asking | {item["linkId"]}) for one in conditions)
        return any(held) if item.get("enableBehavior") == "any" else all(held)

    def _holds(self, condition: Json, prefix: str, asking: frozenset[str]) -> bool:
        question = self._items.get(condition["question"])
        found = list(self._answers(question, prefix, asking)) if question else []
        name = next(name for name in condition if name.startswith("answer"))
        expected = _bare(condition[name])
        if condition["operator"] == "exists":
            return bool(found) == bool(expected)
        compare = _COMPARE[condition["operator"]]
        return any(_compares(compare, one, expected) for one in found)

    def _answers(self, question: Json, prefix: str, asking: frozenset[str]) -> Iterator[Any]:
        for place, text in self._nearest(question["linkId"], prefix):
            if self.is_enabled(question, place.rpartition("/")[0] + "/" if "/" in place else "", asking):
                if place not in self._known:
                    self._known[place] = list(_read(question, text))
                yield from self._known[place]

    def _nearest(self, link: str, prefix: str) -> list[tuple[str, str]]:
        found = self._of.get(link, [])
        while prefix:
            here = [one for one in found if one[0].startswith(prefix)]
            if here:
                return here
            prefix = re.sub(r"[^/]+/$", "", prefix)
        return found


def _read(question: Json, text: str) -> Iterator[Any]:
    """What an answer is compared by; nothing for a text that is none."""
    with suppress(Unreadable):
        yield _bare(next(iter(answers.parse(question, text).values())))


def _begun(fields: Fields) -> dict[str, int]:
    """How many rows of each item were begun."""
    counted: dict[str, int] = {}
    for place in fields:
        for found in re.finditer(r":(\d{1,2})(?=/|$)", place):
            item = place[: found.start()]
            counted[item] = max(counted.get(item, 0), int(found[1]) + 1)
    return counted


def _flat(items: Sequence[Json]) -> Iterator[Json]:
    for item in items:
        yield item
        yield from _flat(item.get("item", ()))


def _bare(value: Any) -> Any:
    """A value to compare: the code of a coding, the number of a quantity, what a reference points at."""
    if isinstance(value, dict):
        return next((value[name] for name in ("value", "code", "reference") if name in value), None)
    return value


def _compares(compare: Any, one: Any, expected: Any) -> bool:
    try:
        return bool(compare(one, expected))
    except TypeError:
        return False
