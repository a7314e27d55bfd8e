"""What citizens change of their own Patient: how they are reached, in which language, and next of kin.

Nothing else of it: name, number and address are the population register's. The door writes it, for a
citizen's role does not write Patient.
"""

import re
from dataclasses import dataclass
from typing import Any

from fellesjournal.access import kin
from fellesjournal.access.policy_names import CITIZEN
from fellesjournal.access.visit import Visit
from fellesjournal.errors import Forbidden, Invalid
from fellesjournal.fhir import json
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored

Tree = dict[str, Any]

NOTICE = "https://fellesjournal.no/fhir/StructureDefinition/varsling"
"""Patient.extension with a code for each way a notice is sent, sms and email; one with `none` for no way."""
WAYS = ("sms", "email")
LANGUAGES = ("nb", "nn", "se", "en", "pl", "uk")
NEXT_OF_KIN = "N"
_RELATION = "http://terminology.hl7.org/CodeSystem/v2-0131"
_PHONE = re.compile(r"\+?[0-9][0-9 ]{4,18}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
_LONGEST = 120
_EVERYONE = Scope.everyone()


@dataclass(frozen=True, slots=True)
class Details:
    """What the citizen says; "" for what there is none of. `ways` is how notices come (of WAYS)."""

    phone: str = ""
    email: str = ""
    language: str = "nb"
    kin_name: str = ""
    kin_phone: str = ""
    ways: frozenset[str] = frozenset()


async def changed(record: Record, visit: Visit, details: Details) -> Stored:
    """Write them into the actor's own Patient. Raises Forbidden for others than the citizen, Invalid (in one
    word: phone, email, language, kin or ways) for what cannot be right.
    """
    if visit.actor.role != CITIZEN or visit.actor.represents:
        raise Forbidden("How a citizen is reached is changed by the citizen.")
    if wrong := _wrong(details):
        raise Invalid(wrong)
    stored = await record.read(*kin.split(visit.actor.person), scope=_EVERYONE)
    body = json.encode(_with(json.parse(stored.body or b"{}").tree, details))
    written = await record.update("Patient", stored.id, body, scope=_EVERYONE, if_match=stored.version)
    return written.stored


def details(patient: Tree) -> Details:
    """What a Patient says now."""
    spoken = [one for one in patient.get("communication", ()) if one.get("preferred")]
    language = next((one["code"] for each in spoken for one in each["language"].get("coding", ())), "nb")
    near = next((one for one in patient.get("contact", ()) if _is_kin(one)), Tree())
    ways = {one.get("valueCode") for one in patient.get("extension", ()) if one.get("url") == NOTICE}
    return Details(
        phone=_of(patient, "phone"),
        email=_of(patient, "email"),
        language=language if language in LANGUAGES else "nb",
        kin_name=kin.name({"name": [near["name"]]}) if "name" in near else "",
        kin_phone=_of(near, "phone"),
        ways=frozenset(way for way in WAYS if way in ways),
    )


def _wrong(said: Details) -> str:
    """What cannot be right, "" when nothing is wrong."""
    if said.phone and not _PHONE.fullmatch(said.phone):
        return "phone"
    if said.email and not _EMAIL.fullmatch(said.email):
        return "email"
    if said.language not in LANGUAGES:
        return "language"
    bad_kin = len(said.kin_name) > _LONGEST or bool(said.kin_phone and not said.kin_name)
    if bad_kin or (said.kin_phone and not _PHONE.fullmatch(said.kin_phone)):
        return "kin"
    reached = {way for way, at in (("sms", said.phone), ("email", said.email)) if at}
    return "" if said.ways <= reached else "ways"


def _with(patient: Tree, said: Details) -> Tree:
    telecom = [one for one in patient.get("telecom", ()) if one.get("system") not in ("phone", "email")]
    telecom += [{"system": "phone", "value": said.phone, "use": "mobile"}] if said.phone else []
    telecom += [{"system": "email", "value": said.email}] if said.email else []
    contact = [one for one in patient.get("contact", ()) if not _is_kin(one)]
    contact += [_kin(said)] if said.kin_name else []
    extension = [one for one in patient.get("extension", ()) if one.get("url") != NOTICE]
    extension += [{"url": NOTICE, "valueCode": way} for way in sorted(said.ways) or ["none"]]
    spoken = [one for one in patient.get("communication", ()) if not one.get("preferred")]
    coding = {"system": "urn:ietf:bcp:47", "code": said.language}
    parts: dict[str, list[Tree]] = {
        "telecom": telecom,
        "contact": contact,
        "extension": extension,
        "communication": [{"language": {"coding": [coding]}, "preferred": True}, *spoken],
    }
    rest = {name: value for name, value in patient.items() if name not in parts}
    return rest | {name: value for name, value in parts.items() if value}


def _kin(said: Details) -> Tree:
    made: Tree = {
        "relationship": [{"coding": [{"system": _RELATION, "code": NEXT_OF_KIN}]}],
        "name": {"text": said.kin_name},
    }
    return made | ({"telecom": [{"system": "phone", "value": said.kin_phone}]} if said.kin_phone else {})


def _is_kin(contact: Tree) -> bool:
    return any(
        coding.get("code") == NEXT_OF_KIN
        for concept in contact.get("relationship", ())
        for coding in concept.get("coding", ())
    )


def _of(holder: Tree, system: str) -> str:
    return next(
        (one.get("value", "") for one in holder.get("telecom", ()) if one.get("system") == system), ""
    )
