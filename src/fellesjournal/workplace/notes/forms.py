"""A note on the screen: what its form shows, and what hinders signing it, in plain words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from secrets import token_hex
from typing import Any, NamedTuple

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable
from fellesjournal.documentation.concepts import concept_of
from fellesjournal.documentation.phrases import holes
from fellesjournal.documentation.provenance import Mark, facts_beside
from fellesjournal.documentation.rules import Hand, Node, Row, every, layout, rivals, unseen
from fellesjournal.documentation.store import Draft
from fellesjournal.documentation.templates import CALCULATED, REFERS, Template
from fellesjournal.documentation.wording import said
from fellesjournal.ui.catalogue import Words
from fellesjournal.workplace.desk import Desk

Json = dict[str, Any]

FREE_TEXT = "fritekst:0"
"""The place of the free text that every note ends in, whatever its template."""
_FREE: Json = {"linkId": "fritekst", "text": "Fritekst", "type": "text"}


class Sheet(NamedTuple):
    """A note being written: its template with the free text, the draft, what is typed, what is shown."""

    template: Template
    draft: Draft
    fields: Mapping[str, str]
    nodes: tuple[Node, ...]
    hand: Hand
    language: str = "nb"

    def said(self, text: str) -> str:
        """A text of the template as the reader's language has it."""
        return said(text, self.language)

    def name(self, item: Json) -> str:
        """What was asked, within a sentence."""
        return self.said(item["text"]).rstrip("?:")

    def rivals(self, place: str) -> Mapping[str, str]:
        """The texts of a place that another open form of the same author has, by that form."""
        return rivals(self.draft.held, place, self.hand.form)

    def file(self, row: Row) -> str:
        """What the file of an answer is called; "" where there is none but a name."""
        found = answers.parse({"type": "attachment"}, row.text)["valueAttachment"] if row.text.strip() else {}
        return str(found["title"]) if "id" in found else ""

    def types(self, item: Json) -> list[str]:
        """The types that an item asks for a reference to."""
        return [one["valueCode"] for one in item.get("extension", ()) if one["url"] == REFERS]

    def facts(self, place: str) -> Sequence[Mark]:
        """The facts of the record that stand in a text."""
        return facts_beside(self.fields, place)

    @property
    def decides(self) -> frozenset[str]:
        """The items on which others depend: when one is answered, the form is asked for anew."""
        return deciding(self.template.questionnaire["item"])


def sheet(desk: Desk, template: Template, draft: Draft, hand: Hand | None = None) -> Sheet:
    """A draft as it stands on the screen: in a form that is opened now, or in the one that asks."""
    whole = with_free_text(template)
    fields = desk.documentation.expressions.calculated(whole.questionnaire, draft.fields)
    opened = hand or Hand(token_hex(4), draft.held.revision, draft.id)
    return Sheet(whole, draft, fields, layout(whole.questionnaire, fields), opened, desk.visit.language)


def hand_of(desk: Desk) -> Hand:
    """The open form that a request comes from."""
    said = {name: desk.form.get(name) or desk.asked(name) for name in ("skjema", "sett", "utkast")}
    return Hand(said["skjema"][:16], int(said["sett"]) if said["sett"].isdecimal() else 0, said["utkast"])


def with_free_text(template: Template) -> Template:
    """A template with room for free text at its end."""
    questionnaire = template.questionnaire
    return template._replace(questionnaire=questionnaire | {"item": [*questionnaire["item"], _FREE]})


def deciding(items: Sequence[Json]) -> frozenset[str]:
    """The link ids that conditions ask about or calculations name."""
    flat = list(_flat(items))
    asked = {one["question"] for item in flat for one in item.get("enableWhen", ())}
    sums = [
        one["valueExpression"]["expression"]
        for item in flat
        for one in item.get("extension", ())
        if one["url"] == CALCULATED
    ]
    return frozenset(
        asked | {item["linkId"] for item in flat if any(f"'{item['linkId']}'" in s for s in sums)}
    )


def faults(t: Words, on: Sheet, own: Iterable[str] = ()) -> dict[str, str]:
    """What must be mended before a note can be signed, by place; `own` are the writer's own phrases."""
    found: dict[str, str] = {}
    for node, row in every(on.nodes):
        if on.rivals(row.place):
            found[row.place] = t.rivals.choose.format(name=on.name(node.item))
        elif said := _fault(t, on, node, row, own):
            found[row.place] = said
    return found


def changed_elsewhere(t: Words, on: Sheet, hand: Hand) -> dict[str, str]:
    """What another open form has written and the one that signs has not seen, by place."""
    new = set(unseen(on.draft.held, hand))
    return {
        row.place: t.rivals.changed.format(name=on.name(node.item))
        for node, row in every(on.nodes)
        if row.place in new
    }


def doubts(t: Words, on: Sheet) -> dict[str, str]:
    """What is unlikely and asked about, by place."""
    return dict(_doubts(t, on))


def _fault(t: Words, on: Sheet, node: Node, row: Row, own: Iterable[str]) -> str:
    item, text = node.item, row.text.strip()
    if item["type"] in ("group", "display"):
        return ""
    if not text:
        lacking = item.get("required") and row is node.rows[0] and not any(one.text for one in node.rows)
        return str(t.notes.required.format(name=on.name(item))) if lacking else ""
    try:
        answers.parse(item, text)
    except Unreadable as why:
        said: str = t.notes.unreadable[why.kind]
        return said.format(name=on.name(item), value=text[:40])
    if left := holes(text, own):
        return str(t.notes.hole.format(name=on.name(item), hole=left[0]))
    return ""


def _doubts(t: Words, on: Sheet) -> Iterator[tuple[str, str]]:
    for node, row in every(on.nodes):
        concept = concept_of(node.item)
        if concept is None or not row.text.strip():
            continue
        try:
            number = answers.number_of(answers.parse(node.item, row.text))
        except Unreadable:
            continue
        if number is not None and concept.is_unlikely(number):
            value = f"{number:g}".replace(".", ",")
            yield row.place, t.notes.unlikely.format(name=on.name(node.item), value=value, unit=concept.unit)


def _flat(items: Sequence[Json]) -> Iterator[Json]:
    for item in items:
        yield item
        yield from _flat(item.get("item", ()))
