"""Who may sign what: nobody in the name of another, and a note that takes two signatures gets the second from
another person, in a role that may give it (cosigned_by in access/roles). Pure.

A note (R4 Composition) that awaits its second signature is preliminary, with a legal attester who has no time
yet, and says in which role it was written. As long as it waits, its author changes what it says and whom it
is sent to, and the one who is asked signs it or sends it back: nobody else does anything to it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.access.policies import Policies
from fellesjournal.errors import Forbidden
from fellesjournal.record.scope import Rule

Tree = dict[str, Any]

WRITTEN_AS = "https://fellesjournal.no/fhir/StructureDefinition/skrevet-i-rolle"
"""The extension of a Composition that names the role it was written in (its file in access/roles)."""
_ERROR = "entered-in-error"
_SIGNED = ("final", "amended")


def countersigning(actor: Actor, policies: Policies) -> Rule:
    """The rule for the Compositions that one writes."""
    selves = (actor.person, actor.practitioner_role)
    policy = policies.find(actor.role)
    signs_alone = policy is None or not policy.cosigned_by

    def rule(after: Tree, before: Tree | None) -> None:
        earlier = before or {}
        _require_own_signatures(after, earlier, selves)
        asked, authors = asked_of(earlier), authors_of(earlier)
        if not asked:
            if not signs_alone and after["status"] != _ERROR:
                _require_waiting(after, selves, (actor.role,))
            return
        if authors_of(after) != authors:
            raise Forbidden("Composition.author stays as it is while a note awaits its second signature.")
        if not authors.isdisjoint(selves):
            if after["status"] != _ERROR:
                known = (written_as(earlier), *(() if signs_alone else (actor.role,)))
                _require_waiting(after, selves, known)
        elif asked in selves:
            _require_countersigned(after, earlier)
            if after["status"] in _SIGNED:
                _require_role(written_as(earlier), actor, policies)
        else:
            raise Forbidden(
                "A note that awaits its second signature is changed by its author, and by the one who is "
                "asked to sign it (the legal attester without a time)."
            )

    return rule


def asked_of(composition: Mapping[str, Any]) -> str:
    """Who is asked to sign a note that awaits it, as a reference; "" for a note that awaits nobody."""
    if composition.get("status") != "preliminary":
        return ""
    legal = [one for one in composition.get("attester", ()) if one["mode"] == "legal" and "time" not in one]
    return _target(legal[0].get("party", {})) if legal else ""


def authors_of(composition: Mapping[str, Any]) -> set[str]:
    """References to the authors of a note."""
    return {_target(one) for one in composition.get("author", ())}


def written_as(composition: Mapping[str, Any]) -> str:
    """The role in which a note was written; "" where it does not say."""
    told = composition.get("extension", ())
    return next((str(one.get("valueCode", "")) for one in told if one.get("url") == WRITTEN_AS), "")


def _require_own_signatures(after: Tree, earlier: Tree, selves: Sequence[str]) -> None:
    there = [_signature(one) for one in earlier.get("attester", ())]
    for one in after.get("attester", ()):
        if "time" in one and _signature(one) not in there and _target(one.get("party", {})) not in selves:
            raise Forbidden(
                f"Nobody signs for another: an attester with a time is the one who writes it ({selves[0]})."
            )


def _signature(attester: Tree) -> tuple[str, str, str]:
    return attester["mode"], _target(attester.get("party", {})), attester.get("time", "")


def _require_waiting(after: Tree, selves: Sequence[str], roles: Sequence[str]) -> None:
    """That a note awaits another's signature, and says in which role it was written."""
    asked = asked_of(after)
    if not asked or asked in selves or asked in authors_of(after):
        raise Forbidden(
            "This note takes a second signature: write it as preliminary, with the one who is asked to sign "
            "it as its legal attester without a time. That is another than its author."
        )
    if written_as(after) not in roles:
        raise Forbidden(
            f"This note takes a second signature, and says in which role it was written: "
            f'{{"url": "{WRITTEN_AS}", "valueCode": "{roles[-1]}"}} in Composition.extension.'
        )


def _require_countersigned(after: Tree, earlier: Tree) -> None:
    """That the one who is asked signs or sends back, and leaves what the author wrote as it is."""
    sections = earlier.get("section", [])
    if after.get("section", [])[: len(sections)] != sections:
        raise Forbidden(
            "Who signs another's note leaves its sections as they are, and adds a section after them."
        )
    if written_as(after) != written_as(earlier):
        raise Forbidden("Who signs another's note leaves the role in which it was written as it is.")
    waits = after["status"] == "preliminary" and asked_of(after) == asked_of(earlier)
    signed = after["status"] in _SIGNED and any(
        one["mode"] == "legal" and "time" in one and _target(one.get("party", {})) == asked_of(earlier)
        for one in after.get("attester", ())
    )
    if not waits and not signed:
        raise Forbidden(
            "Who is asked to sign a note signs it (final, with a time as its legal attester) or leaves it "
            "preliminary for its author: its author alone asks another, or takes it back."
        )


def _require_role(role: str, actor: Actor, policies: Policies) -> None:
    """That the active role is one that signs what was written in a role. Where a note does not say in which,
    the role that signs is at least one that signs alone."""
    written, own = policies.find(role), policies.find(actor.role)
    if written is not None:
        if actor.role in written.cosigned_by:
            return
        needed = " or ".join(written.cosigned_by) or "nobody"
        raise Forbidden(
            f"What is written in the role {role} is signed by {needed}, not in the role {actor.role}."
        )
    if role or own is None or own.cosigned_by:
        raise Forbidden(f"The role {actor.role} does not sign the notes of others.")


def _target(reference: Mapping[str, Any]) -> str:
    return str(reference.get("reference", "")).partition("/_history/")[0]
