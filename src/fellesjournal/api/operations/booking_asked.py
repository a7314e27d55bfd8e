"""What $hold, $book and $cancel are asked with: Parameters, and the Idempotency-Key header."""

from dataclasses import dataclass
from typing import Any

import msgspec

from fellesjournal.api.call import Call, etag_version
from fellesjournal.api.operations import parameters
from fellesjournal.booking import requests
from fellesjournal.booking.holding import ASKED
from fellesjournal.booking.requests import Request
from fellesjournal.errors import Invalid, Issue, Unprocessable
from fellesjournal.fhir import json

REFERENCE, RESOURCE = "appointment-reference", "appointment-resource"
IDENTIFIER, PATIENT = "identifier", "patient-reference"
"""Ours, of $cancel: what all of a series, day or course have in common, and whose of them are meant."""
MOST = 60
"""Appointments that are booked or held at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for an `act` ("hold"). `id` names a stored Appointment, "" for a new one; `resource` is what
    was sent along; `version` the one that If-Match names; `plain` are the other parameters; `several` are all
    that were sent along, where that is more than one: new ones, to be stored all or none.
    """

    act: str
    id: str
    resource: dict[str, Any] | None
    version: int | None
    plain: dict[str, str]
    request: Request
    several: tuple[dict[str, Any], ...] = ()

    def new(self, found: dict[str, Any]) -> dict[str, Any]:
        """An Appointment that was sent along, to be stored first. Raises Unprocessable for one that is
        neither proposed nor pending.
        """
        if found.get("status") not in ASKED:
            text = f"A new Appointment is sent as pending, or as $find gave it, not {found.get('status')}."
            raise Unprocessable(Issue("value", text, "Appointment.status"))
        return {name: value for name, value in found.items() if name not in ("id", "meta")}

    def number(self, name: str, usual: int, most: int) -> int:
        """A parameter that is a number from 1 on. Raises Invalid."""
        written = self.plain.get(name, str(usual))
        if not written.isascii() or not written.isdigit() or not 0 < int(written[:9]) <= most:
            raise Invalid(f"'{name}' is a number from 1 to {most}, not '{written[:40]}'.")
        return int(written)


async def asked(call: Call, act: str, others: tuple[str, ...]) -> Asked:
    """Read a request. Raises Invalid for what means nothing."""
    body = await call.resource()
    given = {name: json.encode(value) for name, value in call.parameters}
    document = json.parse(body) if body else None
    given |= parameters.incoming(document) if document else {}
    takes = (REFERENCE, *((RESOURCE,) if act != "cancel" else ()), *others)
    for name in given:
        if name not in takes:
            raise Invalid(f"${act} takes {', '.join(takes)}, not '{name}'.")
    ways = (*takes[: len(takes) - len(others)], *((IDENTIFIER,) if IDENTIFIER in others else ()))
    if sum(one in given for one in ways) != 1:
        raise Invalid(f"${act} takes one Appointment: {' or '.join(ways)}.")
    sent = _resource(given[RESOURCE]) if RESOURCE in given else None
    several = tuple(map(_resource, parameters.all_of(document, RESOURCE))) if document and sent else ()
    plain = {name: _plain(given[name]) for name in others if name in given}
    if len(several) > 1:
        return _together(call, act, several, plain)
    id = _id(call, given[REFERENCE]) if REFERENCE in given else str((sent or {}).get("id", ""))
    content = json.encode({name: value.decode() for name, value in sorted(given.items())})
    request = requests.request(call.actor.person, act, _key(call), content)
    return Asked(act, id, sent, _version(call, sent), plain, request)


def _together(call: Call, act: str, several: tuple[dict[str, Any], ...], plain: dict[str, str]) -> Asked:
    """Several new ones at once, such as a series or a day. Raises Invalid for too many, or one with an id."""
    if len(several) > MOST or any("id" in one for one in several):
        raise Invalid(f"${act} takes at most {MOST} Appointments at once, all of them new: without an id.")
    request = requests.request(call.actor.person, act, _key(call), json.encode([plain, *several]))
    return Asked(act, "", None, None, plain, request, several)


def _key(call: Call) -> str:
    return call.header(b"idempotency-key").strip().strip('"')


def _version(call: Call, sent: dict[str, Any] | None) -> int | None:
    """The version that is to be changed: that of If-Match, else that of what was sent."""
    named = (sent or {}).get("meta", {}).get("versionId", "")
    return call.if_match() or (etag_version("meta.versionId", f'"{named}"') if named else None)


def _resource(raw: bytes) -> dict[str, Any]:
    tree = json.parse(raw).tree
    if tree.get("resourceType") != "Appointment":
        raise Invalid(f"{RESOURCE} is an Appointment, not {str(tree.get('resourceType'))[:40]}.")
    return tree


def _id(call: Call, raw: bytes) -> str:
    """The id in a reference, also in an address of this server."""
    told = msgspec.json.decode(raw)
    written = str(told.get("reference", "")) if isinstance(told, dict) else str(told)
    parts = written.removeprefix(f"{call.base}/").split("/_history/")[0].split("/")
    if len(parts) != 2 or parts[0] != "Appointment" or not parts[1]:
        raise Invalid(f"'{written[:80]}' names no Appointment of this server: write Appointment/[id].")
    return parts[1]


def _plain(raw: bytes) -> str:
    told = msgspec.json.decode(raw)
    if not isinstance(told, dict):
        return str(told)
    named = f"{told.get('system', '')}|{told['value']}" if "value" in told else ""
    return named or str(told.get("reference", "") or told.get("code", ""))
