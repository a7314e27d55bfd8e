"""An act as a FHIR R4 AuditEvent (auditevent.html), with the decision in the way of the national attest.

The agent is the person in the active role; their unit is a second agent, as IHE's Basic Audit Log Patterns
have it for organisations. The decision stands in an entity with the role code 13 (security resource): its
basis, the resource it rests on and the reason a person gave (care_relation.decision_ref in Tillitsrammeverk).
"""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import msgspec

from fellesjournal.access.audit.access import Access
from fellesjournal.access.policy_names import ROLE
from fellesjournal.fhir.bundle import instant

_DCM = "http://dicom.nema.org/resources/ontology/DCM"
_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type"
_INTERACTION = "http://hl7.org/fhir/restful-interaction"
_ENTITY = "http://terminology.hl7.org/CodeSystem/audit-entity-type"
_ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role"
_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
_SIGN_IN = {"login": "110122", "logout": "110123"}
_FHIRS_OWN = frozenset(
    {
        *("read", "vread", "update", "patch", "delete", "create", "transaction", "batch", "operation"),
        *("history-instance", "history-type", "history-system", "search-type", "search-system"),
    }
)

_encode = msgspec.json.Encoder().encode
_PERSON_ENTITY = {"system": _ENTITY, "code": "1"}
_SYSTEM_ENTITY = {"system": _ENTITY, "code": "2"}
_PATIENT_ROLE = {"system": _ENTITY_ROLE, "code": "1"}
_DOMAIN_ROLE = {"system": _ENTITY_ROLE, "code": "4"}
_SECURITY_ROLE = {"system": _ENTITY_ROLE, "code": "13"}
_QUERY_ROLE = {"system": _ENTITY_ROLE, "code": "24"}


def audit_event(access: Access, id: str, observer: str) -> bytes:
    """The AuditEvent of an act, as JSON. `observer` names the server."""
    recorded = instant(access.moment)
    event = {
        "resourceType": "AuditEvent",
        "id": id,
        "meta": {"versionId": "1", "lastUpdated": recorded},
        "type": _type(access),
        "subtype": [_subtype(access)],
        "action": access.action,
        "recorded": recorded,
        "outcome": "0" if access.decision.permit else "4",
        "purposeOfEvent": [{"coding": [{"system": _REASON, "code": access.actor.purpose}]}],
        "agent": _agents(access),
        "source": {"observer": {"display": observer}},
        "entity": list(_entities(access)),
    }
    if not access.actor.purpose:
        del event["purposeOfEvent"]
    return _encode(event)


def _type(access: Access) -> dict[str, str]:
    if access.interaction in _SIGN_IN:
        return {"system": _DCM, "code": "110114", "display": "User Authentication"}
    return {"system": _TYPE, "code": "rest"}


def _subtype(access: Access) -> dict[str, str]:
    if access.interaction in _SIGN_IN:
        return {"system": _DCM, "code": _SIGN_IN[access.interaction]}
    if access.interaction in _FHIRS_OWN:
        return {"system": _INTERACTION, "code": access.interaction}
    return {"system": _INTERACTION, "code": "operation", "display": access.interaction}


def _agents(access: Access) -> list[dict[str, Any]]:
    actor = access.actor
    who: dict[str, Any] = {"display": actor.display or actor.person or "ukjent"}
    if "/" in actor.person:
        who["reference"] = actor.person
    person: dict[str, Any] = {"who": who, "requestor": True}
    if actor.role:
        person["role"] = [{"coding": [{"system": ROLE, "code": actor.role}]}]
    if actor.practitioner_role:
        person["policy"] = [actor.practitioner_role]
    agents = [person]
    if actor.unit:
        unit = {"reference": actor.unit, "display": actor.unit_display or actor.unit}
        agents.append({"who": unit, "requestor": False})
    if actor.app:
        agents.append({"who": {"display": actor.app}, "requestor": False, "name": actor.app})
    return agents


def _entities(access: Access) -> Iterator[dict[str, Any]]:
    if access.patient:
        yield {
            "what": {"reference": access.patient},
            "type": _PERSON_ENTITY,
            "role": _PATIENT_ROLE,
        }
    for reference in access.resources:
        yield {"what": {"reference": reference}, "type": _SYSTEM_ENTITY, "role": _DOMAIN_ROLE}
    if access.query:
        query = b64encode(access.query.encode()).decode()
        yield {"type": _SYSTEM_ENTITY, "role": _QUERY_ROLE, "query": query}
    yield _decision(access)


def _decision(access: Access) -> dict[str, Any]:
    decision = access.decision
    details = [{"type": "basis", "valueString": decision.basis.value}]
    if access.asked:
        details.append({"type": "asked", "valueString": access.asked})
    if not access.named:
        details.append({"type": "met", "valueString": "on a list"})
    if decision.reason:
        details.append({"type": "reason", "valueString": decision.reason})
    if access.request:
        details.append({"type": "request", "valueString": access.request})
    entity: dict[str, Any] = {
        "type": _SYSTEM_ENTITY,
        "role": _SECURITY_ROLE,
        "name": "tilgangsbeslutning",
        "detail": details,
    }
    if decision.reference:
        entity["what"] = {"reference": decision.reference}
    return entity
