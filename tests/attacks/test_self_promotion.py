"""Ways of giving oneself access, or of changing what counts for everybody."""

from typing import Any

import msgspec
import pytest

from access.conftest import block, observation, patient, put, shut_out, stay
from attacks.conftest import NURSE, Asking
from attacks.test_hidden_and_missing import bundle, entry, without_id
from fellesjournal.access.guard import grants
from fellesjournal.access.guard.ties import TIES
from fellesjournal.access.overbooking import OVERBOOKED
from fellesjournal.access.people import CLIENT
from fellesjournal.access.policy_names import ROLE
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.record.record import Record

PEOPLE = ("nurse", "student", "secretary", "kari")
EVENT_TYPE = {"system": "http://terminology.hl7.org/CodeSystem/audit-event-type", "code": "rest"}


def forged(citizen: str) -> dict[str, Any]:
    """The Task by which the door would open a record, for as long as one likes."""
    span = ("2026-11-01T00:00:00Z", "2090-01-01T00:00:00Z")
    who = NURSE.practitioner_role, NURSE.person
    return grants.task(grants.EMERGENCY, f"Patient/{citizen}", *who, "Bevisstløs", *span)


async def is_closed(ask: Asking) -> None:
    assert (await ask("nurse", "GET", "Observation/o-ola")).status_code == 404


@pytest.mark.parametrize("actor", ["nurse", "secretary", "system"])
@pytest.mark.parametrize("citizen", ["kari", "ola"])
async def test_nobody_forges_emergency_access_however_it_is_spelt(
    ask: Asking, actor: str, citizen: str
) -> None:
    plain = msgspec.json.encode(forged(citizen))
    spelt = (
        plain,
        plain.replace(b"https://felles", rb"\u0068ttps://felles"),
        plain.replace(b"https://felles", rb"https:\/\/felles"),
        plain.replace(b"tilgang", rb"\u0074ilgang"),
        plain.replace(b'"system"', rb'"\u0073ystem"').replace(b"felles", rb"\u0066elles"),
    )
    for body in spelt:
        assert (await ask(actor, "POST", "Task", body)).status_code == 403
        entry = b'{"request":{"method":"POST","url":"Task"},"resource":%s}' % body
        whole = b'{"resourceType":"Bundle","type":"transaction","entry":[%s]}' % entry
        assert (await ask(actor, "POST", "", whole)).status_code == 403
    await is_closed(ask)


@pytest.mark.parametrize("actor", ["nurse", "secretary"])
async def test_nobody_writes_who_represents_whom_however_it_is_spelt(ask: Asking, actor: str) -> None:
    tie = {"coding": [{"system": TIES, "code": "guardian"}]}
    person = {
        "resourceType": "RelatedPerson",
        "patient": {"reference": "Patient/kari"},
        "relationship": [tie],
    }
    plain = msgspec.json.encode(person)
    for body in (
        plain,
        plain.replace(b"representasjon", rb"\u0072epresentasjon"),
        plain.replace(b"/fhir", rb"\/fhir"),
    ):
        assert (await ask(actor, "POST", "RelatedPerson", body)).status_code == 403


async def test_a_task_of_ones_own_does_not_become_emergency_access(ask: Asking) -> None:
    task = forged("kari") | {"code": {"text": "Ring pasienten"}}
    assert (
        await ask("nurse", "POST", "Task", task)
    ).status_code == 403  # a task to oneself, by another reference
    del task["requester"]
    made = await ask("nurse", "POST", "Task", task)
    address = f"Task/{made.json()['id']}"
    coding = [{"system": grants.GRANTS, "code": grants.EMERGENCY}]
    for patch in (
        [{"op": "add", "path": "/code/coding", "value": coding}],
        [{"op": "replace", "path": "/for/reference", "value": "Patient/ola"}],
    ):
        assert (await ask("nurse", "PATCH", address, patch)).status_code in (403, 404)
    moved = made.json() | {"for": {"reference": "Patient/ola"}}
    assert (await ask("nurse", "PUT", address, moved)).status_code == 404
    await is_closed(ask)


@pytest.mark.parametrize("actor", PEOPLE)
async def test_the_directory_is_not_written_by_those_it_lists(ask: Asking, actor: str) -> None:
    role = {"practitioner": {"reference": NURSE.person}, "organization": {"reference": "Organization/other"}}
    for made in (
        {"resourceType": "Practitioner", "id": "nina"},
        {"resourceType": "PractitionerRole", "id": "nina-other", **role},
        {"resourceType": "Organization", "id": "other", "partOf": {"reference": "Organization/ward"}},
        {
            "resourceType": "Location",
            "id": "room",
            "managingOrganization": {"reference": "Organization/ward"},
        },
        {"resourceType": "HealthcareService", "id": "hs"},
    ):
        await _refused_everywhere(ask, actor, made)
    await is_closed(ask)


@pytest.mark.parametrize("actor", PEOPLE)
async def test_what_counts_for_everybody_is_not_written_by_ordinary_roles(ask: Asking, actor: str) -> None:
    for made in (
        {"resourceType": "SearchParameter", "id": "p"},
        {"resourceType": "StructureDefinition", "id": "p"},
        {"resourceType": "CodeSystem", "id": "p", "status": "active", "content": "complete"},
        {"resourceType": "ValueSet", "id": "p", "status": "active"},
        {"resourceType": "ConceptMap", "id": "p", "status": "active"},
        {"resourceType": "Subscription", "id": "p"},
    ):
        await _refused_everywhere(ask, actor, made)
    assert (await ask(actor, "POST", "$reindex")).status_code == 403
    assert (await ask(actor, "GET", "Subscription")).status_code == 403


@pytest.mark.parametrize("actor", [*PEOPLE, "administrator", "system"])
async def test_nobody_writes_the_log(ask: Asking, actor: str) -> None:
    event = {"resourceType": "AuditEvent", "id": "e", "type": EVENT_TYPE, "recorded": "2026-11-01T00:00:00Z"}
    observer = {"observer": {"reference": "Device/x"}}
    await _refused_everywhere(ask, actor, event | {"agent": [{"requestor": True}], "source": observer})
    assert (await ask(actor, "DELETE", "AuditEvent/e")).status_code == 403


async def _refused_everywhere(ask: Asking, actor: str, made: dict[str, Any]) -> None:
    """Refused by the role, by every way of writing."""
    kind, id = made["resourceType"], made["id"]
    assert (await ask(actor, "POST", kind, made)).status_code == 403, (actor, kind)
    assert (await ask(actor, "PUT", f"{kind}/{id}", made)).status_code == 403
    assert (await ask(actor, "PUT", f"{kind}?_id={id}", made)).status_code == 403
    patch = [{"op": "add", "path": "/language", "value": "nb"}]
    assert (await ask(actor, "PATCH", f"{kind}/{id}", patch)).status_code == 403
    assert (await ask(actor, "POST", f"{kind}/{id}/$meta-add", _tagged())).status_code in (403, 404)
    for method, url in (("POST", kind), ("PUT", f"{kind}/{id}"), ("DELETE", f"{kind}/{id}")):
        one = {"request": {"method": method, "url": url}} | ({} if method == "DELETE" else {"resource": made})
        if method == "DELETE" and actor in ("administrator", "system") and kind != "AuditEvent":
            continue
        whole = {"resourceType": "Bundle", "type": "transaction", "entry": [one]}
        assert (await ask(actor, "POST", "", whole)).status_code == 403, (actor, method, kind)


def _tagged() -> dict[str, Any]:
    meta = {"tag": [{"system": "urn:x", "code": "a"}]}
    return {"resourceType": "Parameters", "parameter": [{"name": "meta", "valueMeta": meta}]}


async def test_a_device_does_not_become_a_system_with_rights(ask: Asking, guarded: Record) -> None:
    """A system's client id stands in a Device, as the policy does: no role writes either."""
    known = {"resourceType": "Device", "id": "lab", "identifier": [{"system": CLIENT, "value": "lab"}]}
    await put(guarded, known)
    fresh = {"resourceType": "Device", "identifier": [{"system": CLIENT, "value": "mine"}]}
    whole = known | {"type": {"coding": [{"system": ROLE, "code": "fagsystem"}]}}
    for actor in ("nurse", "student", "system"):
        assert (await ask(actor, "POST", "Device", fresh)).status_code == 403
        assert (await ask(actor, "PUT", "Device/lab", whole)).status_code == 403
        assert (await ask(actor, "PUT", "Device?_id=lab", whole)).status_code == 403
        patch = [{"op": "replace", "path": "/identifier/0/value", "value": "mine"}]
        assert (await ask(actor, "PATCH", "Device/lab", patch)).status_code == 403


async def test_a_citizen_does_not_get_the_number_of_another(ask: Asking, guarded: Record) -> None:
    """Whoever signs in with a number has the record that bears it."""
    numbered = patient("kari", identifier=[{"system": Kind.BIRTH_NUMBER.system, "value": "13816400005"}])
    await put(guarded, numbered)
    mine = [{"system": Kind.BIRTH_NUMBER.system, "value": "01829900018"}]
    for identifiers in (mine, [*numbered["identifier"], *mine], []):
        changed = {**numbered, "identifier": identifiers} if identifiers else patient("kari")
        for actor in ("nurse", "secretary"):
            assert (await ask(actor, "PUT", "Patient/kari", changed)).status_code == 403
            entries = bundle("transaction", entry("PUT", "Patient/kari", changed))
            assert (await ask(actor, "POST", "", entries)).status_code == 403
    patch = [{"op": "replace", "path": "/identifier/0/value", "value": "01829900018"}]
    assert (await ask("nurse", "PATCH", "Patient/kari", patch)).status_code == 403
    local = [*numbered["identifier"], {"system": "urn:x", "value": "7"}]
    assert (await ask("nurse", "PUT", "Patient/kari", numbered | {"identifier": local})).status_code == 200
    assert (await ask("system", "PUT", "Patient/kari", numbered | {"identifier": mine})).status_code == 200


async def test_nothing_moves_between_citizens_past_the_reach_of_its_writer(ask: Asking) -> None:
    assert (await ask("nurse", "PUT", "Observation/o-kari", observation("o-kari", "ola"))).status_code == 404
    patch = [{"op": "replace", "path": "/subject/reference", "value": "Patient/ola"}]
    assert (await ask("nurse", "PATCH", "Observation/o-kari", patch)).status_code == 404
    back = [{"op": "replace", "path": "/subject/reference", "value": "Patient/kari"}]
    assert (await ask("nurse", "PATCH", "Observation/o-ola", back)).status_code == 404
    for reference in ("Patient/ola/_history/1", "http://localhost/fhir/Patient/ola", "#p", "urn:uuid:x"):
        made = observation("x", "kari") | {"subject": {"reference": reference}}
        answer = await ask("nurse", "POST", "Observation", {k: v for k, v in made.items() if k != "id"})
        assert answer.status_code in (400, 404, 422), (reference, answer.text)


async def test_what_names_no_citizen_or_wraps_another_is_no_way_round(ask: Asking) -> None:
    hidden = {"resource": patient("ola")}
    attempts: tuple[dict[str, Any], ...] = (
        {"resourceType": "Bundle", "type": "collection", "entry": [hidden]},
        {"resourceType": "List", "status": "current", "mode": "working"},
        {"resourceType": "Binary", "contentType": "text/plain", "data": "aGVp"},
        {"resourceType": "Basic", "code": {"text": "x"}},
        observation("x", "kari", contained=[{"resourceType": "Patient", "id": "p"}])
        | {"subject": {"reference": "#p"}},
    )
    for made in attempts:
        made.pop("id", None)
        assert (await ask("nurse", "POST", made["resourceType"], made)).status_code == 404, made
    linked = patient("kari", link=[{"other": {"reference": "Patient/ola"}, "type": "seealso"}])
    assert (await ask("nurse", "PUT", "Patient/kari", linked)).status_code == 200
    for address in (
        "Patient?_id=kari&_include=Patient:link",
        "Patient/kari/$everything",
        "Patient?link=Patient/ola",
    ):
        assert '"Ola"' not in (await ask("nurse", "GET", address)).text
    await is_closed(ask)


async def test_who_is_shut_out_does_not_lift_the_block(ask: Asking) -> None:
    """Not by ending it, nor beside a new contact, which such a doctor may well begin."""
    ended = block("shut", "kari", actor=shut_out("Organization/clinic")) | {"status": "inactive"}
    contact = without_id(stay("x", "kari", "clinic", "2026-11-02"))
    patch = [{"op": "replace", "path": "/status", "value": "inactive"}]
    assert (await ask("blocked", "PUT", "Consent/shut", ended)).status_code == 404
    assert (await ask("blocked", "PATCH", "Consent/shut", patch)).status_code == 404
    assert (await ask("blocked", "PUT", "Consent?patient=kari", without_id(ended))).status_code == 404
    both = bundle("transaction", entry("POST", "Encounter", contact), entry("PUT", "Consent/shut", ended))
    assert (await ask("blocked", "POST", "", both)).status_code == 404
    assert (await ask("blocked", "POST", "Encounter", contact)).status_code == 201
    assert (await ask("blocked", "GET", "Observation/o-kari")).status_code == 404


async def test_a_citizen_opens_and_changes_only_the_own_record(ask: Asking, guarded: Record) -> None:
    await put(guarded, _appointment("meeting", "Practitioner/nina"))
    await put(guarded, {"resourceType": "Task", "id": "work", "status": "ready", "intent": "order"})
    for address in ("Appointment/meeting", "Task/work"):
        assert (await ask("kari", "GET", address)).status_code == 404
        assert (await ask("nurse", "GET", address)).status_code == 200
    changed = _appointment("meeting", "Practitioner/nina") | {"status": "cancelled"}
    assert (await ask("kari", "PUT", "Appointment/meeting", changed)).status_code == 404
    both = _appointment("x", "Patient/kari", "Patient/ola")
    made = await ask("kari", "POST", "Appointment", both)
    assert made.status_code == 201
    both_patients = f"Appointment?_id={made.json()['id']}&_include=Appointment:patient"
    assert '"Ola"' not in (await ask("kari", "GET", both_patients)).text
    assert (await ask("kari", "POST", "Appointment", _appointment("x", "Patient/ola"))).status_code == 404
    await is_closed(ask)


def _appointment(id: str, *actors: str) -> dict[str, Any]:
    participants = [{"status": "accepted", "actor": {"reference": actor}} for actor in actors]
    return {"resourceType": "Appointment", "id": id, "status": "proposed", "participant": participants}


async def test_nobody_overbooks_without_the_right_by_whatever_way(ask: Asking) -> None:
    why = [{"url": OVERBOOKED, "valueString": "Haster"}]
    nurse = {"actor": {"reference": NURSE.person}, "status": "accepted"}
    citizen = {"actor": {"reference": "Patient/kari"}, "status": "accepted"}
    times = {"start": "2099-01-01T10:00:00Z", "end": "2099-01-01T10:30:00Z"}
    plain = {"resourceType": "Appointment", "status": "booked", **times, "participant": [nurse, citizen]}
    over = plain | {"participant": [nurse | {"extension": why}, citizen]}
    body = msgspec.json.encode(over)
    spelt = (body, body.replace(b"overbooked", rb"overb\u006foked"))
    for actor, status in (("student", 403), ("kari", 403), ("nurse", 201)):
        for sent in spelt:
            assert (await ask(actor, "POST", "Appointment", sent)).status_code == status
    made = (await ask("nurse", "POST", "Appointment", plain)).json()
    patch = [{"op": "add", "path": "/participant/0/extension", "value": why}]
    assert (await ask("student", "PATCH", f"Appointment/{made['id']}", patch)).status_code == 403
    assert (await ask("student", "PUT", f"Appointment/{made['id']}", made | over)).status_code == 403
