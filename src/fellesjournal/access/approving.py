"""How a template of notes comes into force: written by some, approved by another, then left as it is. Pure.

A version of a template is a Questionnaire whose URL begins with TEMPLATES. It is a draft while it is
written and names its authors; one who has written nothing in it puts what was sent in force, or sends it
back. What is in force is not changed: it is retired, or followed by a version of its own, so that what was
written from it can be read as it was.
"""

from collections.abc import Mapping
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.errors import Forbidden
from fellesjournal.record.scope import Rule

Tree = dict[str, Any]

TEMPLATES = "https://fellesjournal.no/fhir/Questionnaire/"
"""How the URL of every template begins."""
_BASE = "https://fellesjournal.no/fhir/StructureDefinition/"
AUTHOR, SENT, APPROVER = _BASE + "mal-forfatter", _BASE + "mal-sendt", _BASE + "mal-godkjenner"
"""The extensions that name who wrote a version, when it was sent to approval, and who approved it."""
_TOLD = frozenset({"extension", "meta", "status", "approvalDate", "id"})
"""What is about a version, and no part of what it says."""


def approving(actor: Actor) -> Rule:
    """The rule for the Questionnaires that one writes; what is no template is none of its business."""

    def rule(after: Tree, before: Tree | None) -> None:
        if not (_is_template(after) or _is_template(before or {})):
            return
        match (before or {}).get("status", ""), after["status"]:
            case ("" | "draft", "draft"):
                _require_authors(after, before or {}, actor.person)
            case ("draft", "active"):
                _require_approved(after, before or {}, actor.person)
            case ("active" | "retired" as was, now) if now in (was, "retired"):
                _require_same(after, before or {})
            case ("" | "draft", "retired"):
                _require_unapproved(after)
            case ("active", _):
                raise Forbidden(
                    "A template in force is retired, or followed by a new version: it is not changed."
                )
            case _:
                raise Forbidden(
                    "A template begins as a draft, and comes into force when another has approved it: send "
                    "Questionnaire.status draft, of a new version where this one is retired."
                )

    return rule


def references(questionnaire: Mapping[str, Any], url: str) -> list[str]:
    """Whom the extensions of a URL name."""
    told = questionnaire.get("extension", ())
    found = [one.get("valueReference", {}).get("reference", "") for one in told if one.get("url") == url]
    return [one.partition("/_history/")[0] for one in found]


def is_sent(questionnaire: Mapping[str, Any]) -> bool:
    """Whether a draft awaits approval."""
    said = {one.get("url") for one in questionnaire.get("extension", ())}
    return questionnaire["status"] == "draft" and SENT in said


def _is_template(questionnaire: Mapping[str, Any]) -> bool:
    return str(questionnaire.get("url", "")).startswith(TEMPLATES)


def _require_authors(after: Tree, before: Tree, person: str) -> None:
    """That everybody who has written in a draft stands among its authors, and nobody else."""
    authors, known = set(references(after, AUTHOR)), set(references(before, AUTHOR))
    wrote = (
        {person} if _content(after) != _content(before) or (is_sent(after) and not is_sent(before)) else set()
    )
    if authors != known | wrote:
        raise Forbidden(
            f"The authors of a draft are all who have written in it: one extension {AUTHOR} for each of "
            f"{', '.join(sorted(known | wrote))}."
        )
    _require_unapproved(after)


def _require_unapproved(questionnaire: Tree) -> None:
    if references(questionnaire, APPROVER):
        raise Forbidden("What is not in force has no approver: leave the extension out.")


def _require_approved(after: Tree, before: Tree, person: str) -> None:
    if person in references(before, AUTHOR) or not is_sent(before):
        raise Forbidden(
            "A template comes into force when it was sent to approval, and one who has written nothing in it "
            "approves it."
        )
    if _content(after) != _content(before) or references(after, AUTHOR) != references(before, AUTHOR):
        raise Forbidden("What is approved is what was sent: change nothing but the status and the approval.")
    if references(after, APPROVER) != [person]:
        raise Forbidden(f"Who approves a template is named: one extension {APPROVER} for {person}.")


def _require_same(after: Tree, before: Tree) -> None:
    named = [(references(one, AUTHOR), references(one, APPROVER)) for one in (after, before)]
    if _content(after) != _content(before) or named[0] != named[1]:
        raise Forbidden(
            "A template that is or was in force stays as it is: write a new version, or retire this one "
            "(status retired, nothing else changed)."
        )


def _content(questionnaire: Tree) -> Tree:
    return {name: value for name, value in questionnaire.items() if name not in _TOLD}
