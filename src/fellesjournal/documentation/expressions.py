"""Expressions of a form (SDC 4): what is calculated from answers, what is taken from the record, what is
asked at all, and what may be chosen."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from fellesjournal.documentation import answers
from fellesjournal.documentation.responses import items_of
from fellesjournal.documentation.rules import UNASKED, Node, layout
from fellesjournal.documentation.templates import ANSWERS, CALCULATED, ENABLED, PREFILLED
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Collection, Path, root
from fellesjournal.norway.writing import OSLO

Json = dict[str, Any]

_TYPE = re.compile(r"[A-Z][A-Za-z]+(?=\.)")
ROUNDS = 4
"""How often a calculation may lean on another."""


class Expressions:
    """Evaluates FHIRPath with FHIR's definitions."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def calculated(self, questionnaire: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, str]:
        """The fields, with every calculated one as the others make it; "" where they are not enough."""
        known = dict(fields)
        if not _with(questionnaire.get("item", ()), CALCULATED):
            return known
        for _ in range(ROUNDS):
            nodes = layout(questionnaire, known)
            found = dict(self._calculate(nodes, _response(nodes)))
            if all(known.get(place) == text for place, text in found.items()):
                break
            known |= found
        return known

    def shaped(self, questionnaire: Json, fields: Mapping[str, str]) -> tuple[Json, dict[str, str]]:
        """The form as its expressions make it for these fields, and the fields with what is calculated.

        An item whose enableWhenExpression is not true is not asked (rules.UNASKED); what an answerExpression
        finds is what may be chosen, and a choice among nothing is not asked. Both see all answers that count,
        also in a row of a repeated group.
        """
        asked, known = questionnaire, self.calculated(questionnaire, fields)
        if not any(_with(questionnaire.get("item", ()), url) for url in (ENABLED, ANSWERS)):
            return asked, known
        for _ in range(ROUNDS):
            response = _response(layout(asked, known))
            made = questionnaire | {"item": [self._asked(one, response) for one in questionnaire["item"]]}
            if made == asked:
                break
            asked = made
            known = self.calculated(asked, fields)
        return asked, known

    def _asked(self, item: Json, response: Json) -> Json:
        made = dict(item)
        if expression := _expression(item, ENABLED):
            found = self._evaluated(expression, response, {"form": [root(response)]})
            made[UNASKED] = not found or found[0].value is not True
        if expression := _expression(item, ANSWERS):
            found = self._evaluated(expression, response, {"form": [root(response)]})
            made["answerOption"] = list(_options(one.value for one in found))
            made[UNASKED] = made.get(UNASKED, False) or (not found and item["type"] == "choice")
        if "item" in item:
            made["item"] = [self._asked(one, response) for one in item["item"]]
        return made

    def prefilled(
        self, questionnaire: Mapping[str, Any], known: Mapping[str, Sequence[Json]]
    ) -> dict[str, str]:
        """What a new form begins with from the record. `known` are resources by the name that expressions
        know them by: %patient, %conditions, %allergies, %medicines, %representative. An expression that
        begins with the type of one of them starts there: Patient.name."""
        variables = {name: [root(one) for one in resources] for name, resources in known.items()}
        by_type = {one["resourceType"]: one for resources in known.values() for one in resources}
        found = {}
        for item in _with(questionnaire.get("item", ()), PREFILLED):
            expression = _expression(item, PREFILLED)
            start = _TYPE.match(expression)
            focus = by_type.get(start[0] if start else "", {"resourceType": "Basic"})
            values = self._evaluated(expression, focus, variables)
            if text := ", ".join(_text(item, one.value) for one in values):
                found[item["place"]] = text
        return found

    def _calculate(
        self, nodes: Sequence[Node], response: Json, whole: Json | None = None
    ) -> Iterator[tuple[str, str]]:
        """In a row of a repeated group an expression sees that row alone, as a response of its own (SDC 4:
        the context of an expression is where its item stands), and the whole form as %form."""
        form = response if whole is None else whole
        for node in nodes:
            expression = _expression(node.item, CALCULATED)
            for row in node.rows:
                if expression:
                    known = {"form": [root(form)]}
                    values = self._evaluated(expression, response, known)
                    yield row.place, _text(node.item, values[0].value) if values else ""
                alone = node.item["type"] == "group" and node.item.get("repeats")
                yield from self._calculate(row.inner, _response(row.inner) if alone else response, form)

    def _evaluated(self, expression: str, focus: Json, variables: dict[str, Collection]) -> Collection:
        """What an expression finds; nothing where what was typed is none of what it calculates with."""
        try:
            return _path(expression).evaluate(
                focus, self._definitions, variables=variables, moment=datetime.now(OSLO)
            )
        except Invalid:
            return []


def _response(nodes: Sequence[Node]) -> Json:
    response: Json = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    return response | ({"item": items} if (items := items_of(nodes)) else {})


@lru_cache(256)
def _path(text: str) -> Path:
    return Path(text)


def _expression(item: Mapping[str, Any], url: str) -> str:
    found = (one for one in item.get("extension", ()) if one["url"] == url)
    return next((str(one["valueExpression"]["expression"]) for one in found), "")


def _with(items: Sequence[Json], url: str) -> list[Json]:
    """The items that have an expression, each with its first place."""
    return list(_placed(items, url, ""))


def _placed(items: Sequence[Json], url: str, prefix: str) -> Iterator[Json]:
    for item in items:
        place = f"{prefix}{item['linkId']}:0"
        if _expression(item, url):
            yield item | {"place": place}
        yield from _placed(item.get("item", ()), url, f"{place}/")


def _options(values: Iterable[Any]) -> Iterator[Json]:
    """Each of some values once, as an option."""
    given: list[Json] = []
    for value in values:
        name = "valueString"
        if isinstance(value, dict):
            name = "valueReference" if "reference" in value else "valueCoding"
        elif isinstance(value, int) and not isinstance(value, bool):
            name = "valueInteger"
        option = {name: value if name != "valueString" else str(value)}
        if option not in given:
            given.append(option)
    yield from given


def _text(item: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return answers.written(item, {"valueCoding": value}) if "code" in value else ""
    if not isinstance(value, int | float | Decimal) or item["type"] == "string":
        return str(value)
    return answers.written(item, {"valueDecimal": round(float(value), 1)}).removesuffix(",0")
