"""Ask once: what the record already knows of a concept, while it is fresh."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from fellesjournal.documentation import answers
from fellesjournal.documentation.concepts import Concept, concept_of
from fellesjournal.documentation.rules import Node, every

Json = dict[str, Any]


class Known(NamedTuple):
    """A value that is there already: the text for the field, as people read it, where from, by whom, when."""

    text: str
    said: str
    source: str
    by: str
    when: str

    @property
    def mark(self) -> str:
        """What tells that a field holds this value, confirmed: its source and its text."""
        return f"{self.source}={self.text}"


def asked(nodes: Sequence[Node]) -> list[Concept]:
    """The measured or observed concepts that a form asks about."""
    found = (concept_of(node.item) for node, _ in every(nodes))
    return list({one.name: one for one in found if one and one.kind == "Observation"}.values())


def recall(nodes: Sequence[Node], observations: Sequence[Json], now: datetime) -> dict[str, Known]:
    """By place, what is known and fresh. `observations` are the newest first."""
    found: dict[str, Known] = {}
    for node, row in every(nodes):
        one = concept_of(node.item)
        if one and one.fresh and (known := _newest(one, node.item, observations, now)):
            found[row.place] = known
    return found


def _newest(concept: Concept, item: Json, observations: Sequence[Json], now: datetime) -> Known | None:
    for observation in observations:
        when = observation.get("effectiveDateTime", "")
        if observation.get("status") == "entered-in-error" or len(when) < 20:
            continue
        if not timedelta() <= now - datetime.fromisoformat(when) <= timedelta(hours=concept.fresh):
            continue
        for part in _parts(observation):
            if _is(part, concept) and (answer := _answer(item, part)):
                by = next((one.get("display", "") for one in observation.get("performer", ())), "")
                source = f"Observation/{observation['id']}"
                return Known(answers.written(item, answer), answers.said(answer), source, by, when)
    return None


def _parts(observation: Json) -> Iterator[Json]:
    yield observation
    yield from observation.get("component", ())


def _is(part: Mapping[str, Any], concept: Concept) -> bool:
    wanted = (concept.system, concept.code)
    return any((one.get("system"), one.get("code")) == wanted for one in part["code"].get("coding", ()))


def _answer(item: Json, part: Json) -> Json | None:
    """A value of the record as an answer of the item; None where it does not fit."""
    if "valueQuantity" in part and item["type"] in ("decimal", "integer", "quantity"):
        value = part["valueQuantity"].get("value")
        unit = answers.unit_of(item)
        if value is None or part["valueQuantity"].get("code", unit.get("code")) != unit.get("code"):
            return None
        return {"valueQuantity": part["valueQuantity"]} if unit else {"valueDecimal": value}
    if "valueBoolean" in part and item["type"] == "boolean":
        return {"valueBoolean": part["valueBoolean"]}
    if "valueString" in part and item["type"] in ("string", "text"):
        return {"valueString": part["valueString"]}
    for coding in part.get("valueCodeableConcept", {}).get("coding", ()):
        for one in item.get("answerOption", ()):
            if one["valueCoding"]["code"] == coding.get("code"):
                return {"valueCoding": one["valueCoding"]}
    return None
