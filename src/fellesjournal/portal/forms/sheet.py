"""A form as it stands: its steps now, and what is written at each place."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fellesjournal.documentation import answers
from fellesjournal.documentation.options import Option, control_of, options
from fellesjournal.documentation.prepared import TICK
from fellesjournal.documentation.rules import Node, Row, layout, rivals
from fellesjournal.documentation.steps import Step, steps
from fellesjournal.documentation.store import Draft
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms.choices import filled
from fellesjournal.portal.forms.shelf import Form
from fellesjournal.portal.forms.typed import next_row
from fellesjournal.ui.naming import Json

MANY = 10
"""Options above which one chooses from a list, and not among buttons."""


class Sheet(NamedTuple):
    """A form with a draft, laid out."""

    form: Form
    questionnaire: Json
    draft: Draft
    fields: Mapping[str, str]
    nodes: tuple[Node, ...]
    steps: list[Step]

    @property
    def items(self) -> list[Json]:
        """The items at the top of the form."""
        return list(self.questionnaire["item"])

    def step(self, number: int) -> Step | None:
        """A step that is shown."""
        return next((one for one in self.steps if one.number == number), None)

    def after(self, number: int) -> int:
        """The number of the step after one; 0 after the last."""
        return next((one.number for one in self.steps if one.number > number), 0)

    def before(self, number: int) -> int:
        """The number of the step before one; 0 before the first."""
        return next((one.number for one in reversed(self.steps) if one.number < number), 0)

    def rivals(self, place: str) -> Mapping[str, str]:
        """What another window has written at a place, by window."""
        return rivals(self.draft.held, place, "")

    def shape(self, node: Node) -> str:
        """How a question is shown: known, ticks, tick, buttons, list, words, file, or a type of input."""
        item = node.item
        if item.get("readOnly"):
            return "known"
        match item["type"]:
            case "boolean":
                return "tick" if control_of(item) == TICK else "yes-no"
            case "choice" | "open-choice" if options(item):
                if item.get("repeats"):
                    return "ticks" if node.is_many else "open-ticks"
                return "list" if len(options(item)) > MANY else "buttons"
            case "choice" | "open-choice" if "answerValueSet" in item:
                return "search"
            case "attachment":
                return "file"
            case "text":
                return "words"
            case "date" if control_of(item) not in ("year", "yearMonth"):
                return "date"
        return {"dateTime": "datetime-local", "time": "time", "url": "url"}.get(item["type"], "text")

    def typed(self, node: Node, row: Row) -> str:
        """What stands in the field of an answer; a day as the browser's own field has it."""
        if node.item["type"] not in ("date", "dateTime") or not row.text.strip():
            return row.text
        try:
            [value] = answers.parse(node.item, row.text).values()
        except answers.Unreadable:
            return row.text
        return str(value)[: len("2026-11-26T08:30")]

    def options(self, node: Node) -> tuple[Option, ...]:
        """What may be chosen."""
        return options(node.item)

    def other(self, node: Node, rows: Iterable[Row]) -> str:
        """The words that are written in the place of an option."""
        keys = {one.key for one in options(node.item)} | {one.said for one in options(node.item)}
        return next((row.text for row in rows if row.text.strip() and row.text not in keys), "")

    def unit(self, node: Node) -> str:
        """The unit of a number."""
        return str(answers.unit_of(node.item).get("unit", ""))

    def file(self, row: Row) -> str:
        """What the file of an answer is called; "" where there is none."""
        found = answers.parse({"type": "attachment"}, row.text)["valueAttachment"] if row.text.strip() else {}
        return str(found["title"]) if "id" in found else ""


async def sheet(folder: Folder, form: Form, draft: Draft, *, more: str = "") -> Sheet:
    """A draft as it stands, with one row more of the item at the place `more`."""
    questionnaire = await filled(folder, form.questionnaire)
    written = {place: text for place, text in draft.fields.items() if text.strip()}
    questionnaire, fields = folder.documentation.expressions.shaped(questionnaire, written)
    nodes = layout(questionnaire, fields)
    if more and (place := next_row(nodes, more)):
        fields = {**fields, place: fields.get(place, "")}
        nodes = layout(questionnaire, fields)
    return Sheet(form, questionnaire, draft, fields, nodes, steps(questionnaire["item"], nodes))
