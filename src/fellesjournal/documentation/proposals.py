"""What a citizen has answered in a form, as a proposal: what each answer would become in the record, and what
health workers have decided of that.

The answers are in the record as they are, a QuestionnaireResponse that its author never changes. What is
decided stands in extensions of it, one for each answer: confirmed or set aside, by whom, when, and why. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fellesjournal.documentation import answers, responses, signing
from fellesjournal.documentation.concepts import Concept, concept_of
from fellesjournal.documentation.extraction import Signer, extract, origin
from fellesjournal.documentation.own_forms import MOMENT
from fellesjournal.documentation.rules import Node, answered, layout
from fellesjournal.errors import Invalid

Json = dict[str, Any]

DECIDED = "https://fellesjournal.no/fhir/StructureDefinition/svar-vurdert"
"""The extension of a QuestionnaireResponse that says what was decided of one answer."""
CONFIRMED_BY = "https://fellesjournal.no/fhir/StructureDefinition/bekreftet-av"
"""The extension of what an answer became that says which health worker confirmed it."""
CONFIRMED, SET_ASIDE = "bekreftet", "lagt-til-side"
LONGEST = 500
"""Characters of a reason."""


class Decision(NamedTuple):
    """What was decided of the answer at a place: CONFIRMED or SET_ASIDE, by whom, at which ISO moment,
    why."""

    place: str
    outcome: str
    by: Json
    when: str
    reason: str = ""

    @property
    def extension(self) -> Json:
        """The decision in the QuestionnaireResponse."""
        told: list[Json] = [
            {"url": "sted", "valueString": self.place},
            {"url": "utfall", "valueCode": self.outcome},
            {"url": "av", "valueReference": self.by},
            {"url": "tid", "valueDateTime": self.when},
        ]
        if self.reason:
            told.append({"url": "grunn", "valueString": self.reason})
        return {"url": DECIDED, "extension": told}


class Proposal(NamedTuple):
    """One resource that answers would become: the place it is known by, what was asked and answered."""

    place: str
    concept: Concept | None
    lines: tuple[tuple[str, str], ...]
    resource: Json


class Answered(NamedTuple):
    """A form that was sent: the form made ready, as it was laid out, and what was answered, by place."""

    questionnaire: Json
    nodes: tuple[Node, ...]
    fields: Mapping[str, str]


def read(questionnaire: Mapping[str, Any], response: Mapping[str, Any]) -> Answered:
    """A response read by its form, which is made ready. A code of a value set is one that may be chosen.
    Raises Invalid for answers that are none to this form: programs send such."""
    given = list(_every(response.get("item", ())))
    form = dict(questionnaire) | {"item": [_with_given(one, given) for one in questionnaire["item"]]}
    try:
        fields = responses.fields_of(form, response)
    except (LookupError, TypeError, ValueError, AttributeError, RuntimeError) as fault:
        raise Invalid(f"The answers are none to the form {questionnaire.get('url', '')}.") from fault
    return Answered(form, layout(form, fields), fields)


def proposals(on: Answered, response: Mapping[str, Any]) -> list[Proposal]:
    """What the answers would become. Pressures that were measured together are one."""
    asked = {row.place: (node, answer) for node, row, answer in answered(on.nodes)}
    extracted = extract(on.nodes, on.fields, _signer(on, response), _files(response))
    return [_proposal(one, response, asked) for one in extracted.resources]


def decisions(response: Mapping[str, Any]) -> dict[str, Decision]:
    """What was decided, by place."""
    found = {}
    for one in response.get("extension", ()):
        if one["url"] == DECIDED:
            said = {part["url"]: value for part in one["extension"] for value in _values(part)}
            found[said["sted"]] = Decision(
                said["sted"], said["utfall"], said["av"], said["tid"], said.get("grunn", "")
            )
    return found


def confirmed(response: Mapping[str, Any], proposal: Proposal, by: Json) -> Json:
    """What an answer becomes when a health worker, a reference with a name, confirms it."""
    made = {**proposal.resource, "extension": [{"url": CONFIRMED_BY, "valueReference": by}]}
    if made["resourceType"] == "Observation":
        made["derivedFrom"] = [{"reference": f"QuestionnaireResponse/{response['id']}"}]
    if made["resourceType"] in ("Condition", "AllergyIntolerance"):
        made |= {"recorder": by, "asserter": proposal.resource["recorder"]}
    return made


def decided(
    response: Json, made: Sequence[Json], news: Sequence[Decision], also: Sequence[Json] = ()
) -> Json:
    """The transaction that writes down what was decided, with what it makes; `also` are next versions of
    others that it is the end of."""
    told = [*response.get("extension", ()), *(one.extension for one in news)]
    return signing.written_over([*made, response | {"extension": told}, *also])


def moment_of(on: Answered, response: Mapping[str, Any]) -> str:
    """When what is told of was so: as an answer says, else when it was written."""
    for node, _, answer in answered(on.nodes):
        if MOMENT["code"] in (one.get("code") for one in node.item.get("code", ())):
            return str(answer.get("valueDateTime") or answer.get("valueDate", response["authored"]))
    return str(response["authored"])


def _signer(on: Answered, response: Mapping[str, Any]) -> Signer:
    return Signer(
        note=response["id"],
        patient=response["subject"]["reference"],
        author=response["author"],
        custodian={},
        when=moment_of(on, response),
        written=response["authored"],
    )


def _proposal(
    resource: Json, response: Mapping[str, Any], asked: Mapping[str, tuple[Node, Json]]
) -> Proposal:
    place = origin(resource).removeprefix(f"{response['id']}/")
    if place in asked:
        node, answer = asked[place]
        return Proposal(place, concept_of(node.item), (_line(node, answer),), resource)
    panel = place.removeprefix("panel-")
    parts = [
        (concept, _line(node, answer))
        for node, answer in asked.values()
        if (concept := concept_of(node.item)) and concept.panel == panel
    ]
    return Proposal(place, parts[0][0], tuple(line for _, line in parts), resource)


def _line(node: Node, answer: Json) -> tuple[str, str]:
    unit = answers.unit_of(node.item).get("unit", "")
    said = answers.said(answer)
    return node.item["text"], f"{said} {unit}".strip() if "valueQuantity" not in answer else said


def _files(response: Mapping[str, Any]) -> dict[str, Json]:
    """The files that were sent, by what their answers know them by."""
    files = (answer.get("valueAttachment", {}) for _, answer in _every(response.get("item", ())))
    return {one["id"]: one for one in files if "id" in one and "data" in one}


def _every(items: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    """Every answer of a response, with its linkId."""
    for item in items:
        for answer in item.get("answer", ()):
            yield item["linkId"], answer
            yield from _every(answer.get("item", ()))
        yield from _every(item.get("item", ()))


def _with_given(item: Json, given: Sequence[tuple[str, Json]]) -> Json:
    """An item of a value set with the codes that were answered to it, as its options."""
    inner = {"item": [_with_given(one, given) for one in item["item"]]} if "item" in item else {}
    if "answerValueSet" not in item:
        return item | inner
    link = responses.known_as(item)
    codes = [
        {"valueCoding": one["valueCoding"]} for name, one in given if name == link and "valueCoding" in one
    ]
    return item | inner | ({"answerOption": codes} if codes else {})


def _values(part: Mapping[str, Any]) -> list[Any]:
    return [value for name, value in part.items() if name.startswith("value")]


def plainly(response: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Questions and answers as the response itself has them, for one whose form is not to be had."""
    return [*_plainly(response.get("item", ()))]


def _plainly(items: Sequence[Json]) -> Iterator[tuple[str, list[str]]]:
    for item in items:
        given = item.get("answer", ())
        said = [answers.said(one) for one in given if any(name.startswith("value") for name in one)]
        if said:
            yield str(item.get("text", item["linkId"])), said
        for one in given:
            yield from _plainly(one.get("item", ()))
        yield from _plainly(item.get("item", ()))
