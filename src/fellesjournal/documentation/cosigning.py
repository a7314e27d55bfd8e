"""A note that a second person has to sign (R4 Composition.status preliminary, Composition.attester).

Its author attests as a professional; the one who is asked stands as the legal attester, without a time until
the note is theirs too. What the answers became is provisional as long: an Observation is preliminary, a
Condition provisional. What was done was done, whoever signs: a Procedure stays as it is. Who may do which of
this is held by the door (access/countersigning.py), for programs too.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from fellesjournal.access.countersigning import WRITTEN_AS
from fellesjournal.documentation.extraction import origin

Json = dict[str, Any]

RETURNED = "https://fellesjournal.no/fhir/StructureDefinition/sendt-tilbake"
"""The extension that says why, by whom and when a note was sent back to its author."""
ADDED = "Tillegg ved medsignering"
"""The heading of what the second one adds."""
_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def attesters(author: Json, asked: Json, when: str) -> list[Json]:
    """The attesters of a note that awaits its second signature: references with names, an ISO moment."""
    return [
        {"mode": "professional", "party": author, "time": when},
        {"mode": "legal", "party": asked},
    ]


def written_as(role: str) -> Json:
    """The extension of a note that says in which role it was written."""
    return {"url": WRITTEN_AS, "valueCode": role}


def asked_of(composition: Mapping[str, Any]) -> Json:
    """Who is asked to sign a note that awaits it; {} for a note that awaits nobody."""
    if composition["status"] != "preliminary":
        return {}
    waiting = (one["party"] for one in composition.get("attester", ()) if "time" not in one)
    return next(waiting, {})


def named(composition: Mapping[str, Any]) -> str:
    """What a note is called where it is signed: the number it was written under here, else its id."""
    return origin(composition) or str(composition["id"])


def returned_with(composition: Mapping[str, Any]) -> str:
    """The sentence with which a note was sent back; "" for one that was not."""
    return next(
        (
            part["valueString"]
            for one in composition.get("extension", ())
            if one["url"] == RETURNED
            for part in one["extension"]
            if part["url"] == "grunn"
        ),
        "",
    )


def added(composition: Mapping[str, Any]) -> list[Json]:
    """The sections that others than the author have added: they outlive an amendment."""
    return [one for one in composition.get("section", ()) if "author" in one]


def provisional(resource: Json) -> Json:
    """What an answer became, as long as the note awaits its second signature."""
    match resource["resourceType"]:
        case "Observation":
            return resource | {"status": "preliminary"}
        case "Condition":
            return resource | {"verificationStatus": _verified("provisional")}
    return resource


def settled(resource: Json) -> Json | None:
    """The same when both have signed; None for what needs no change."""
    if resource["resourceType"] == "Observation" and resource["status"] == "preliminary":
        return resource | {"status": "final"}
    if resource["resourceType"] == "Condition" and _is_provisional(resource):
        return resource | {"verificationStatus": _verified("confirmed")}
    return None


def countersigned(
    composition: Json, made: Sequence[Json], by: Json, when: str, words: str = ""
) -> list[Json]:
    """The note with both signatures, and what it made, as the next versions. `made` is all that the note
    made; `words` are added under a heading of their own, with their author."""
    signed = [
        one | {"time": when} if "time" not in one and one["party"]["reference"] == by["reference"] else one
        for one in composition["attester"]
    ]
    sections = [*composition.get("section", ()), *([_addition(by, words)] if words else [])]
    note = _without_return(composition) | {"status": "final", "attester": signed, "section": sections}
    return [note, *(later for one in made if (later := settled(one)))]


def sent_back(composition: Json, by: Json, when: str, reason: str) -> Json:
    """The note, back with its author: who is asked stands as before."""
    told = {
        "url": RETURNED,
        "extension": [
            {"url": "grunn", "valueString": reason},
            {"url": "av", "valueReference": by},
            {"url": "tid", "valueDateTime": when},
        ],
    }
    kept = _without_return(composition)
    return kept | {"extension": [*kept.get("extension", ()), told]}


def _without_return(composition: Json) -> Json:
    others = [one for one in composition.get("extension", ()) if one["url"] != RETURNED]
    bare = {name: value for name, value in composition.items() if name != "extension"}
    return bare | ({"extension": others} if others else {})


def _addition(by: Json, words: str) -> Json:
    lines = "<br/>".join(escape(line, quote=False) for line in words.split("\n"))
    div = f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{lines}</p></div>'
    return {"title": ADDED, "author": [by], "text": {"status": "generated", "div": div}}


def _verified(code: str) -> Json:
    return {"coding": [{"system": _VERIFICATION, "code": code}]}


def _is_provisional(condition: Mapping[str, Any]) -> bool:
    codings = condition.get("verificationStatus", {}).get("coding", ())
    return any(one.get("code") == "provisional" for one in codings)
