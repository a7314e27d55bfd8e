"""ConceptMap/$translate (FHIR R4 conceptmap-operation-translate.html)."""

from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.operations.terminology import codes
from fellesjournal.api.operations.terminology.asked import Asked, Check, ask
from fellesjournal.api.operations.terminology.stored import Shelf
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.conceptmap import Match, Values
from fellesjournal.terminology.terminology import Terminology
from fellesjournal.terminology.translation import Question, Translated

Tree = dict[str, Any]

_TAKES = {
    "url": "uri",
    "conceptMap": "ConceptMap",
    "conceptMapVersion": "string",
    "code": "code",
    "system": "uri",
    "version": "string",
    "source": "uri",
    "coding": "Coding",
    "codeableConcept": "CodeableConcept",
    "target": "uri",
    "targetsystem": "uri",
    "dependency": "*parts",
    "reverse": "boolean",
}


class Translating:
    """Answers GET and POST ConceptMap/$translate and ConceptMap/[id]/$translate with Parameters."""

    def __init__(self, service: Terminology, check: Check, shelf: Shelf) -> None:
        self._translating = service.translating
        self._check = check
        self._shelf = shelf

    async def translate(self, call: Call) -> Answer:
        """`result`, `message`, and a `match` for each translation, the best first.

        By the map of `url`, of the path's id, or as it is sent; without any by all maps between the value
        sets `source` and `target`, or the code systems `system` and `targetsystem`.
        """
        asked = await ask(call, "$translate", _TAKES, self._check)
        coded = [codes.with_system(one) for one in codes.given(asked)]
        question = Question(coded, asked.text("targetsystem"), asked.flag("reverse"), _dependencies(asked))
        return Answer(200, json.encode(_written(await self._translated(call, asked, question))))

    async def _translated(self, call: Call, asked: Asked, question: Question) -> Translated:
        tree = await self._shelf.tree(call) if call.id else asked.get("conceptMap")
        if tree is not None:
            return await self._translating.by_tree(tree, question)
        if "url" in asked:
            return await self._translating.by_url(
                asked.text("url"), asked.text("conceptMapVersion"), question
            )
        source = asked.text("source") or question.coded[0].system
        return await self._translating.between(
            source, asked.text("target") or question.target_system, question
        )


def _dependencies(asked: Asked) -> Values:
    """(element, code) of each `dependency`."""
    found = set()
    for parts in asked.all("dependency"):
        element, concept = "", {}
        for part in parts:
            if part["name"] == "element":
                element = part.get("valueUri", "")
            elif part["name"] == "concept":
                concept = part.get("valueCodeableConcept", {})
        if not element or not concept.get("coding"):
            raise Invalid("A dependency has the parts element (valueUri) and concept (valueCodeableConcept).")
        found |= {(element, one.get("code", "")) for one in concept["coding"]}
    return frozenset(found)


def _written(translated: Translated) -> Tree:
    written: list[Tree] = [{"name": "result", "valueBoolean": translated.result}]
    if translated.message:
        written.append({"name": "message", "valueString": translated.message})
    written += ({"name": "match", "part": _match(match)} for match in translated.matches)
    return {"resourceType": "Parameters", "parameter": written}


def _match(match: Match) -> list[Tree]:
    parts: list[Tree] = [{"name": "equivalence", "valueCode": match.equivalence}]
    if match.to is not None:
        parts.append({"name": "concept", "valueCoding": _coding(match.to)})
    for element, coded in match.gives:
        product = [
            {"name": "element", "valueUri": element},
            {"name": "concept", "valueCoding": _coding(coded)},
        ]
        parts.append({"name": "product", "part": product})
    if match.source:
        parts.append({"name": "source", "valueUri": match.source})
    return parts


def _coding(coded: Coded) -> Tree:
    members = {"system": coded.system, "version": coded.version, "code": coded.code, "display": coded.display}
    return {name: value for name, value in members.items() if value}
