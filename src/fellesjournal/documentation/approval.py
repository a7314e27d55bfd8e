"""From a draft of a template to one in force: who wrote it, that it was sent, who approved it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fellesjournal.access.approving import APPROVER, AUTHOR, SENT, is_sent

Json = dict[str, Any]


def written(questionnaire: Json, by: Json, before: Mapping[str, Any] = {}) -> Json:
    """A draft with one more author: a reference with a name. What was sent is a draft again."""
    authors = {one["reference"]: one for one in (*authors_of(before), by)}
    told = [{"url": AUTHOR, "valueReference": one} for one in authors.values()]
    return questionnaire | {"status": "draft", "extension": told}


def sent(questionnaire: Json, when: str) -> Json:
    """A draft that awaits approval; an ISO moment."""
    others = [one for one in questionnaire["extension"] if one["url"] != SENT]
    return questionnaire | {"extension": [*others, {"url": SENT, "valueDateTime": when}]}


def approved(questionnaire: Json, by: Json, day: date) -> Json:
    """The version in force."""
    told = [*questionnaire["extension"], {"url": APPROVER, "valueReference": by}]
    return questionnaire | {"status": "active", "approvalDate": day.isoformat(), "extension": told}


def may_approve(questionnaire: Mapping[str, Any], person: str) -> bool:
    """Whether it awaits approval, and the person has written nothing in it."""
    return is_sent(questionnaire) and person not in {one["reference"] for one in authors_of(questionnaire)}


def authors_of(questionnaire: Mapping[str, Any]) -> list[Json]:
    """Those who have written in it: references with names."""
    return _references(questionnaire, AUTHOR)


def approvers_of(questionnaire: Mapping[str, Any]) -> list[Json]:
    """Those who have approved it."""
    return _references(questionnaire, APPROVER)


def _references(questionnaire: Mapping[str, Any], url: str) -> list[Json]:
    told = questionnaire.get("extension", ())
    return [one["valueReference"] for one in told if one["url"] == url]
