"""Ways of asking whether a resource is there that one may not see: hidden and missing are answered alike."""

import re
from typing import Any

import pytest

from access.conftest import observation, patient
from attacks.conftest import Asking

AMENDED = [{"op": "replace", "path": "/status", "value": "amended"}]
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
MOMENT = re.compile(r"20\d\d-\d\d-\d\dT[0-9:.]+Z")


def without_id(resource: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in resource.items() if name != "id"}


def bundle(kind: str, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def entry(method: str, url: str, resource: Any = None, **request: str) -> dict[str, Any]:
    made: dict[str, Any] = {"request": {"method": method, "url": url, **request}}
    return made if resource is None else made | {"resource": resource}


async def same(ask: Asking, actor: str, *requests: tuple[Any, ...], **headers: str) -> int:
    """Ask two ways; the answers differ in no byte but ids and moments that are new. Gives the status."""
    one, other = [await ask(actor, *request, **headers) for request in requests]
    assert told(one) == told(other), requests
    return one.status_code


def told(answer: Any) -> tuple[int, str, dict[str, str]]:
    def plain(text: str) -> str:
        text = MOMENT.sub("MOMENT", UUID.sub("NEW", text))
        return re.sub(r"\b(o-)?(ola|nix)\b", "IT", text)

    headers = {name: plain(value) for name, value in answer.headers.items() if name != "last-modified"}
    return answer.status_code, plain(answer.text), headers


@pytest.mark.parametrize("actor", ["nurse", "student", "secretary", "kari", "administrator"])
async def test_an_update_does_not_tell_which_ids_are_taken(ask: Asking, actor: str) -> None:
    for tag in ("", 'W/"1"', 'W/"7"'):
        headers = {"if_match": tag} if tag else {}
        observations = (("PUT", f"Observation/{id}", observation(id, "kari")) for id in ("o-ola", "o-nix"))
        assert await same(ask, actor, *observations, **headers) in (403, 404, 412)
        patients = (("PUT", f"Patient/{id}", patient(id)) for id in ("ola", "nix"))
        assert await same(ask, actor, *patients, **headers) in (403, 404, 412)


@pytest.mark.parametrize("kind", ["batch", "transaction"])
async def test_a_bundle_does_not_tell_it_either(ask: Asking, kind: str) -> None:
    for method, tag in (("PUT", ""), ("PUT", 'W/"1"'), ("PATCH", ""), ("GET", "")):
        sent = []
        for id in ("o-ola", "o-nix"):
            body = {"PUT": observation(id, "kari"), "PATCH": _patch()}.get(method)
            request = entry(method, f"Observation/{id}", body, **({"ifMatch": tag} if tag else {}))
            sent.append(("POST", "", bundle(kind, request)))
        await same(ask, "nurse", *sent)


async def test_conditions_see_only_what_the_actor_sees(ask: Asking) -> None:
    made = without_id(observation("x", "kari"))
    for criteria in ("_id={}", "subject:Patient._id={}", "identifier=urn:x|{}"):
        hidden, missing = (criteria.format(id) for id in ("o-ola", "o-nix"))
        for method, body in (("PUT", made), ("PATCH", AMENDED), ("DELETE", None)):
            requests = ((method, f"Observation?{one}", body) for one in (hidden, missing))
            await same(ask, "nurse", *requests)
        for one in (hidden, missing):
            answer = await ask("nurse", "POST", "Observation", made, if_none_exist=one)
            assert answer.status_code == 201, "a hidden match would have been answered with 200"


async def test_a_conditional_update_that_names_an_id_does_not_tell_it(ask: Asking) -> None:
    for kind in ("batch", "transaction", ""):
        requests = []
        for id in ("o-ola", "o-nix"):
            address, body = "Observation?identifier=urn:x|none", observation(id, "kari")
            whole = ("POST", "", bundle(kind, entry("PUT", address, body)))
            requests.append(whole if kind else ("PUT", address, body))
        await same(ask, "nurse", *requests)


async def test_references_do_not_tell_whether_their_target_is_there(ask: Asking) -> None:
    for reference in (
        "Patient/{}",
        "Patient?identifier=urn:x|nr-{}",
        "Observation/o-{}",
        "Patient/{}/_history/1",
    ):
        sent = []
        for id in ("ola", "nix"):
            performer = [{"reference": reference.format(id)}]
            made = without_id(observation("x", "kari", focus=performer))
            sent.append(("POST", "", bundle("transaction", entry("POST", "Observation", made))))
        await same(ask, "nurse", *sent)


@pytest.mark.parametrize(("actor", "hidden"), [("nurse", "ola"), ("kari", "ola"), ("blocked", "kari")])
async def test_ones_own_log_does_not_tell_what_was_there(ask: Asking, actor: str, hidden: str) -> None:
    """Everybody reads what they did themselves; that somebody exists, or is blocked, was not given them."""
    for id in (hidden, "nix"):
        searches = [f"Observation?patient=Patient/{id}", f"Patient?_id={id}"]
        for address in (f"Patient/{id}", f"Observation/o-{id}", f"Patient/{id}/$everything", *searches):
            await ask(actor, "GET", address)
            await ask(actor, "POST", "", bundle("batch", entry("GET", address)))
        await ask(actor, "DELETE", f"Observation/o-{id}")
        await ask(actor, "PUT", f"Observation?_id=o-{id}", without_id(observation("x", id)))
    for more in ("", "&outcome=4", "&outcome=0", "&_count=1"):
        of_one, of_none = [
            await ask(actor, "GET", f"AuditEvent?patient={id}{more}") for id in (hidden, "nix")
        ]
        assert (of_one.status_code, of_one.text) == (200, of_none.text.replace("nix", hidden))
    own = await ask(actor, "GET", "AuditEvent?_count=1000")
    assert f"Patient/{hidden}" not in own.text.partition('"entry"')[2]
    for number in range(1, 60):
        answer = await ask(actor, "GET", f"AuditEvent/1-{number}")
        assert answer.status_code == 404 or f"Patient/{hidden}" not in answer.text


async def test_references_by_criteria_do_not_search_what_the_role_does_not_read(ask: Asking) -> None:
    """Administrators read no patients, secretaries no observations."""
    for number in ("nr-kari", "nr-ola", "nr-nix"):
        calendar = {
            "resourceType": "Schedule",
            "actor": [{"reference": f"Patient?identifier=urn:x|{number}"}],
        }
        sent = bundle("transaction", entry("POST", "Schedule", calendar))
        answer = await ask("administrator", "POST", "", sent, prefer="return=representation")
        assert (answer.status_code, "Patient/kari" in answer.text) == (403, False)
    for status in ("final", "preliminary"):
        reason = [{"reference": f"Observation?patient=kari&status={status}"}]
        sent = bundle(
            "transaction", entry("POST", "ServiceRequest", _referral("kari") | {"reasonReference": reason})
        )
        assert (await ask("secretary", "POST", "", sent)).status_code == 403


async def test_neither_validation_nor_comparison_tells_it(ask: Asking) -> None:
    for mode in ("update", "delete", "create", "profile"):
        profile = "&profile=http://hl7.org/fhir/StructureDefinition/Observation" if mode == "profile" else ""
        for body in (True, False):
            requests = []
            for id in ("o-ola", "o-nix"):
                sent = observation(id, "kari") if body else {"resourceType": "Parameters"}
                requests.append(("POST", f"Observation/{id}/$validate?mode={mode}{profile}", sent))
            await same(ask, "nurse", *requests)
    for operation in ("$diff", "$diff?from=1", "$diff?from=1&to=2", "$meta"):
        await same(ask, "nurse", *(("GET", f"Observation/{id}/{operation}") for id in ("o-ola", "o-nix")))
    added = {
        "resourceType": "Parameters",
        "parameter": [{"name": "meta", "valueMeta": {"tag": [{"system": "urn:x", "code": "a"}]}}],
    }
    for operation in ("$meta-add", "$meta-delete"):
        both = (("POST", f"Observation/{id}/{operation}", added) for id in ("o-ola", "o-nix"))
        assert await same(ask, "nurse", *both) == 404


async def test_care_is_opened_alike_for_citizens_that_are_there_and_that_are_not(ask: Asking) -> None:
    for actor, status in (("nurse", 201), ("student", 404), ("kari", 403)):
        for made in (_encounter, _referral):
            both = (("POST", made(id)["resourceType"], made(id)) for id in ("ola", "nix"))
            assert await same(ask, actor, *both) == status


def _encounter(citizen: str) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "status": "planned",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": {"reference": f"Patient/{citizen}"},
    }


def _referral(citizen: str) -> dict[str, Any]:
    return {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{citizen}"},
    }


def _patch() -> dict[str, Any]:
    parts = [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": "Observation.status"},
        {"name": "value", "valueCode": "amended"},
    ]
    return {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}
