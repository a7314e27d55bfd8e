"""The log over HTTP: AuditEvents, and who has opened a record, in plain words."""

import httpx

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator


async def test_what_was_done_is_found_as_audit_events(
    client: httpx.AsyncClient, definitions: Definitions
) -> None:
    await client.put("Patient/7", json={"resourceType": "Patient", "id": "7"})
    await client.get("Patient/7", headers={"X-Request-Id": "my-request"})
    answer = (await client.get("AuditEvent?patient=Patient/7&_count=1")).json()
    [found] = [entry["resource"] for entry in answer["entry"]]
    assert Validator(definitions).validate(found) == []
    assert (found["action"], found["subtype"][0]["code"]) == ("R", "read")
    assert found["entity"][0]["what"] == {"reference": "Patient/7"}
    assert {"type": "request", "valueString": "my-request"} in found["entity"][-1]["detail"]
    read = await client.get(f"AuditEvent/{found['id']}")
    assert (read.status_code, read.json()) == (200, found)
    following = (await client.get(answer["link"][1]["url"])).json()
    assert [entry["resource"]["action"] for entry in following["entry"]] == ["C"]
    inside = (await client.get("Patient/7/AuditEvent?_count=10")).json()
    assert {entry["resource"]["id"] for entry in inside["entry"]} > {found["id"]}


async def test_the_log_of_a_citizen_is_read_in_both_languages(
    client: httpx.AsyncClient, definitions: Definitions
) -> None:
    await client.put("Patient/7", json={"resourceType": "Patient", "id": "7"})
    for language, text in (
        (
            "nb",
            "Du opprettet noe i kjerneinformasjonen. "
            "Dette er en øvelsesbase med oppdiktede personer, der alle kan åpne alt.",
        ),
        (
            "en",
            "You created something in the core information. "
            "This is a practice site with invented people, where everybody may open everything.",
        ),
    ):
        answer = (await client.get(f"Patient/7/$access-log?language={language}&date=ge2020")).json()
        assert Validator(definitions).validate(answer) == []
        line = {part["name"]: part for part in answer["parameter"][-1]["part"]}
        assert line["text"]["valueString"] == text
        event = await client.get(line["event"]["valueReference"]["reference"])
        assert event.json()["recorded"] == line["start"]["valueInstant"]
    first = (await client.get("Patient/7/$access-log?_count=1")).json()
    [next] = [one["valueUri"] for one in first["parameter"] if one["name"] == "next"]
    assert (await client.get(next)).json()["parameter"][0]["name"] == "line"


async def test_audit_events_are_not_sent_and_what_is_not_answered_is_refused(
    client: httpx.AsyncClient,
) -> None:
    sent = {"resourceType": "AuditEvent"}
    for answer in (
        await client.post("AuditEvent", json=sent),
        await client.put("AuditEvent/1-1", json=sent | {"id": "1-1"}),
        await client.delete("AuditEvent/1-1"),
        await client.get("AuditEvent/1-1/_history"),
    ):
        assert answer.status_code == 403
        assert "written by the record itself" in answer.json()["issue"][0]["diagnostics"]
    wrong = await client.get("AuditEvent?patiant=7")
    assert wrong.status_code == 400
    assert "Did you mean 'patient'?" in wrong.json()["issue"][0]["diagnostics"]
    assert (await client.get("AuditEvent/9-9")).status_code == 404
