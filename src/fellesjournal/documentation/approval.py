"""From a draft of a template to one in force and out of use: who wrote it, that it was sent, who approved it,
sent it back or retired it. Who may do which of this is held by the door (access/approving.py).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from fellesjournal.access.approving import APPROVER, AUTHOR, SENT, is_sent

Json = dict[str, Any]

_BASE = "https://fellesjournal.no/fhir/StructureDefinition/"
RETURNED, RETIRED = _BASE + "mal-sendt-tilbake", _BASE + "mal-tatt-ut-av-bruk"
"""Extensions that say why (grunn), by whom (av) and when (tid) a version was sent back, or taken out of
use."""


class Decision(NamedTuple):
    """Why, by whom (a reference with a name) and when (an ISO moment) something was decided."""

    reason: str
    by: Json
    when: str

    def told(self, url: str) -> Json:
        """As an extension."""
        return {
            "url": url,
            "extension": [
                {"url": "grunn", "valueString": self.reason},
                {"url": "av", "valueReference": self.by},
                {"url": "tid", "valueDateTime": self.when},
            ],
        }


def written(questionnaire: Json, by: Json, before: Mapping[str, Any] = {}) -> Json:
    """A draft with one more author: a reference with a name. What was sent is a draft again; the sentence
    with which it was sent back stands until it is sent anew."""
    authors = {one["reference"]: one for one in (*authors_of(before), by)}
    told = [{"url": AUTHOR, "valueReference": one} for one in authors.values()]
    told += [one for one in before.get("extension", ()) if one["url"] == RETURNED]
    return questionnaire | {"status": "draft", "extension": told}


def sent(questionnaire: Json, when: str) -> Json:
    """A draft that awaits approval; an ISO moment."""
    others = _without(questionnaire, SENT, RETURNED)
    return questionnaire | {"extension": [*others, {"url": SENT, "valueDateTime": when}]}


def sent_back(questionnaire: Json, decision: Decision) -> Json:
    """A draft that its authors go on with."""
    others = _without(questionnaire, SENT, RETURNED)
    return questionnaire | {"extension": [*others, decision.told(RETURNED)]}


def retired(questionnaire: Json, decision: Decision) -> Json:
    """A version that nothing new is written from."""
    others = _without(questionnaire, RETIRED)
    return questionnaire | {"status": "retired", "extension": [*others, decision.told(RETIRED)]}


def approved(questionnaire: Json, by: Json, day: date) -> Json:
    """The version in force."""
    told = [*questionnaire["extension"], {"url": APPROVER, "valueReference": by}]
    return questionnaire | {"status": "active", "approvalDate": day.isoformat(), "extension": told}


def may_approve(questionnaire: Mapping[str, Any], person: str) -> bool:
    """Whether it awaits approval, and the person has written nothing in it."""
    return is_sent(questionnaire) and person not in {one["reference"] for one in authors_of(questionnaire)}


def status_of(questionnaire: Mapping[str, Any]) -> str:
    """draft, sent, returned, active or retired."""
    if is_sent(questionnaire):
        return "sent"
    if questionnaire["status"] == "draft" and decision(questionnaire, RETURNED):
        return "returned"
    return str(questionnaire["status"])


def decision(questionnaire: Mapping[str, Any], url: str) -> Decision | None:
    """The decision that an extension tells of: RETURNED or RETIRED."""
    told = next((one for one in questionnaire.get("extension", ()) if one["url"] == url), None)
    if told is None:
        return None
    parts = {one["url"]: one for one in told.get("extension", ())}
    reason, by, when = (parts.get(name, {}) for name in ("grunn", "av", "tid"))
    return Decision(
        reason.get("valueString", ""), by.get("valueReference", {}), when.get("valueDateTime", "")
    )


def authors_of(questionnaire: Mapping[str, Any]) -> list[Json]:
    """Those who have written in it: references with names."""
    return _references(questionnaire, AUTHOR)


def approvers_of(questionnaire: Mapping[str, Any]) -> list[Json]:
    """Those who have approved it."""
    return _references(questionnaire, APPROVER)


def _without(questionnaire: Mapping[str, Any], *urls: str) -> list[Json]:
    return [one for one in questionnaire.get("extension", ()) if one["url"] not in urls]


def _references(questionnaire: Mapping[str, Any], url: str) -> list[Json]:
    told = questionnaire.get("extension", ())
    return [one["valueReference"] for one in told if one["url"] == url]
