"""$validate-code of CodeSystem and ValueSet (FHIR R4 codesystem-operation-validate-code.html,
valueset-operation-validate-code.html), one at a time or many in a Bundle.
"""

from collections.abc import Sequence
from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.operations.terminology import codes
from fellesjournal.api.operations.terminology.asked import Asked, Check, Takes, sent
from fellesjournal.api.operations.terminology.stored import Shelf
from fellesjournal.errors import Invalid, Issue, NotSupported
from fellesjournal.fhir import json, outcome
from fellesjournal.terminology.coded import Coded, Manner, Verdict
from fellesjournal.terminology.terminology import Terminology

Tree = dict[str, Any]

_BOTH = {
    "url": "uri",
    "code": "code",
    "display": "string",
    "coding": "Coding",
    "codeableConcept": "CodeableConcept",
    "date": "dateTime",
    "abstract": "boolean",
    "displayLanguage": "code",
}
TAKES: dict[str, Takes] = {
    "CodeSystem": _BOTH | {"codeSystem": "CodeSystem", "version": "string"},
    "ValueSet": _BOTH
    | {
        "valueSet": "ValueSet",
        "valueSetVersion": "string",
        "system": "uri",
        "systemVersion": "string",
        "inferSystem": "boolean",
        "context": "uri",
    },
}
"""What is taken, by resource type; `inferSystem` is R5's."""


class Question:
    """One question: the codes of which any will do, and what they are validated against."""

    def __init__(self, asked: Asked, kind: str, service: Terminology) -> None:
        self.asked = asked
        self.manner: Manner = codes.manner(asked, service)
        if kind == "ValueSet":
            self.coded = codes.given(asked, version="systemVersion")
            if "context" in asked:
                raise NotSupported("The context of a value set is not known here: name the value set by url.")
        else:
            self.coded = codes.given(asked, system="url")
        self.tree: Tree | None = asked.get("valueSet" if kind == "ValueSet" else "codeSystem")

    def against(self) -> tuple[Any, ...]:
        """Questions for which this is the same are answered together."""
        asked, manner = self.asked, self.manner
        version = asked.text("valueSetVersion")
        return (id(self.tree), asked.text("url"), version, manner, asked.flag("inferSystem"))


class ValidatingCodes:
    """Answers GET and POST $validate-code of CodeSystem and ValueSet, at type and instance level."""

    def __init__(self, service: Terminology, check: Check, shelf: Shelf) -> None:
        self._service = service
        self._check = check
        self._shelf = shelf

    async def validate_code(self, call: Call) -> Answer:
        """Parameters with `result`, `message`, `issues` and `display`; for a Bundle of Parameters a Bundle.

        A code that nobody here can judge has the result false, an issue that says so, and its code system in
        `x-caused-by-unknown-system`, as terminology servers tell it (HL7 Terminology Ecosystem IG).
        """
        tree = await sent(call, self._check)
        if tree is not None and tree["resourceType"] == "Bundle":
            return await self._many(call, tree)
        asked = Asked("$validate-code", TAKES[call.type])
        asked.query(call.parameters)
        if tree is not None:
            asked.body(tree)
        return await self._one(call, asked)

    async def _one(self, call: Call, asked: Asked) -> Answer:
        question = Question(asked, call.type, self._service)
        [verdicts] = await self._answered(call, [question])
        return Answer(200, json.encode(_written(verdicts, asked)))

    async def _many(self, call: Call, bundle: Tree) -> Answer:
        """The questions of a Bundle, those against the same system or value set together."""
        questions = [self._entry(call, entry) for entry in bundle.get("entry", ())]
        groups: dict[tuple[Any, ...], list[int]] = {}
        for place, question in enumerate(questions):
            groups.setdefault(question.against(), []).append(place)
        entries: list[Tree] = [{}] * len(questions)
        for places in groups.values():
            answers = await self._answered(call, [questions[place] for place in places])
            for place, verdicts in zip(places, answers, strict=True):
                entries[place] = {
                    "resource": _written(verdicts, questions[place].asked),
                    "response": {"status": "200 OK"},
                }
        answered = {"resourceType": "Bundle", "type": "batch-response", "entry": entries}
        return Answer(200, json.encode(answered))

    def _entry(self, call: Call, entry: Tree) -> Question:
        if entry.get("resource", {}).get("resourceType") != "Parameters":
            raise Invalid("Each entry of a Bundle for $validate-code holds a Parameters resource.")
        asked = Asked("$validate-code", TAKES[call.type])
        asked.query(call.parameters)
        asked.body(entry["resource"])
        return Question(asked, call.type, self._service)

    async def _answered(self, call: Call, questions: Sequence[Question]) -> list[list[Verdict]]:
        """For each question the verdicts on its codes; all questions are against the same."""
        coded = [one for question in questions for one in question.coded]
        if call.type == "ValueSet":
            verdicts = await self._among(call, questions[0], coded)
        else:
            verdicts = await self._in_system(call, questions[0], coded)
        found, start = [], 0
        for question in questions:
            found.append(verdicts[start : start + len(question.coded)])
            start += len(question.coded)
        return found

    async def _among(self, call: Call, first: Question, coded: list[Coded]) -> list[Verdict]:
        asked, day = first.asked, first.manner.day
        tree = await self._shelf.tree(call) if call.id else first.tree
        if tree is not None:
            composed = await self._service.value_set_of(tree, day)
        elif asked.text("url"):
            composed = await self._service.value_set(asked.text("url"), asked.text("valueSetVersion"), day)
        else:
            raise Invalid("Name the value set by url, or send it as valueSet.")
        infer = asked.flag("inferSystem")
        return await self._service.validate_among(composed, coded, first.manner, infer=infer)

    async def _in_system(self, call: Call, first: Question, coded: list[Coded]) -> list[Verdict]:
        tree = await self._shelf.tree(call) if call.id else first.tree
        url = tree.get("url", "") if tree else first.asked.text("url")
        placed = [one if one.system else one._replace(system=url) for one in coded]
        name, names = self._service.systems.url_of, {one.system for one in placed} | {url}
        urls = {each: await name(each) for each in names}
        others = {one for one in placed if url and urls[one.system] != urls[url]}
        mine = [one for one in placed if one not in others]
        if tree is not None:
            found = await self._service.validate_by(tree, mine, first.manner)
        else:
            found = await self._service.validate(list(map(codes.with_system, mine)), first.manner)
        verdicts = dict(zip(mine, found, strict=True))
        return [verdicts.get(one) or Verdict(False, f"{one.written} is no code of {url}.") for one in placed]


def _written(verdicts: Sequence[Verdict], asked: Asked) -> Tree:
    """Parameters with the verdict: true when one of the codes is valid; an inferred system is given too."""
    good = next((one for one in verdicts if one.result), None)
    written: list[Tree] = [{"name": "result", "valueBoolean": good is not None}]
    told = {place: one for place, one in enumerate(verdicts) if one.message and good in (None, one)}
    if told:
        written.append({"name": "message", "valueString": " ".join(one.message for one in told.values())})
        issues = [_issue(one, _expression(asked, place)) for place, one in told.items()]
        written.append({"name": "issues", "resource": outcome.as_tree(issues)})
    unknown = dict.fromkeys(one.unknown_system for one in told.values() if one.unknown_system)
    written += ({"name": "x-caused-by-unknown-system", "valueCanonical": one} for one in unknown)
    shown = good or next((one for one in verdicts if one.display), None)
    if shown and shown.display:
        written.append({"name": "display", "valueString": shown.display})
    if good and good.coded and asked.flag("inferSystem"):
        written.append({"name": "code", "valueCode": good.coded.code})
        written.append({"name": "system", "valueUri": good.coded.system})
    return {"resourceType": "Parameters", "parameter": written}


def _expression(asked: Asked, place: int) -> str:
    """Where the code is in what was asked (FHIR R5, the parameter `issues`)."""
    if "codeableConcept" in asked:
        return f"CodeableConcept.coding[{place}]"
    return "Coding" if "coding" in asked else "code"


def _issue(told: Verdict, expression: str) -> Issue:
    """What the message says of one code. That nobody here can tell is no verdict on the code."""
    if told.result:
        return Issue("business-rule", told.message, expression, "warning")
    if told.unknown_system:
        return Issue("not-found", told.message, expression, "warning" if told.partly else "error")
    return Issue("code-invalid", told.message, expression)
