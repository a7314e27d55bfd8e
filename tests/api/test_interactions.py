"""The R4 http page, interaction by interaction: status codes, headers and bodies."""

import json
from typing import Any

import httpx
import pytest

PATIENT = {"resourceType": "Patient", "name": [{"family": "Nordmann"}], "active": True}
FHIR = {"content-type": "application/fhir+json"}


async def created(client: httpx.AsyncClient, **change: Any) -> dict[str, Any]:
    answer = await client.post("Patient", json=PATIENT | change)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def issue(answer: httpx.Response) -> dict[str, Any]:
    outcome = answer.json()
    assert outcome["resourceType"] == "OperationOutcome"
    return dict(outcome["issue"][0])


async def test_create_answers_with_location_etag_and_the_resource(client: httpx.AsyncClient) -> None:
    answer = await client.post("Patient", json=PATIENT)
    body = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"].endswith(f"/fhir/Patient/{body['id']}/_history/1")
    assert answer.headers["etag"] == 'W/"1"'
    assert answer.headers["last-modified"].endswith("GMT")
    assert answer.headers["content-type"] == "application/fhir+json; charset=utf-8"
    assert body["meta"]["versionId"] == "1"


async def test_read_gives_back_every_byte(client: httpx.AsyncClient) -> None:
    rest = b'"status":"final","code":{"text":"x"},"valueQuantity":{"value":1.500}}'
    raw = b'{"resourceType":"Observation","id":"o",' + rest
    put = await client.put("Observation/o", content=raw, headers=FHIR)
    assert put.status_code == 201
    read = await client.get("Observation/o")
    assert read.status_code == 200
    assert read.content == put.content
    assert read.content.endswith(rest)


async def test_head_answers_like_get_without_a_body(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    got, head = await client.get(f"Patient/{patient['id']}"), await client.head(f"Patient/{patient['id']}")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert (await client.head("Patient/none")).status_code == 404


async def test_a_version_stays_readable(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    await client.put(f"Patient/{patient['id']}", json=patient | {"active": False})
    first = await client.get(f"Patient/{patient['id']}/_history/1")
    assert first.json()["active"] is True
    assert first.headers["etag"] == 'W/"1"'
    assert (await client.get(f"Patient/{patient['id']}/_history/3")).status_code == 404


async def test_a_deleted_resource_is_gone_and_comes_back(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    address = f"Patient/{patient['id']}"
    deleted = await client.delete(address)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert deleted.headers["etag"] == 'W/"2"'
    gone = await client.get(address)
    assert gone.status_code == 410
    assert issue(gone)["code"] == "deleted"
    assert (await client.get(f"{address}/_history/2")).status_code == 410
    assert (await client.delete(address)).status_code == 204
    again = await client.put(address, json=patient)
    assert again.status_code == 201
    assert again.json()["meta"]["versionId"] == "3"


async def test_deleting_what_never_was_is_no_error(client: httpx.AsyncClient) -> None:
    assert (await client.delete("Patient/never")).status_code == 204
    said = await client.delete("Patient/never", headers={"prefer": "return=OperationOutcome"})
    assert said.status_code == 200
    assert issue(said)["severity"] == "information"


async def test_update_creates_under_the_clients_id(client: httpx.AsyncClient) -> None:
    first = await client.put("Patient/mine", json=PATIENT | {"id": "mine"})
    second = await client.put("Patient/mine", json=PATIENT | {"id": "mine", "active": False})
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.headers["location"].endswith("/Patient/mine/_history/1")
    assert "location" not in second.headers
    assert second.headers["content-location"].endswith("/Patient/mine/_history/2")


@pytest.mark.parametrize("body_id", [None, "other"])
async def test_update_needs_the_id_in_the_body(client: httpx.AsyncClient, body_id: str | None) -> None:
    body = PATIENT | ({"id": body_id} if body_id else {})
    assert (await client.put("Patient/mine", json=body)).status_code == 400


async def test_if_match_guards_against_lost_updates(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    address = f"Patient/{patient['id']}"
    good = await client.put(address, json=patient | {"active": False}, headers={"if-match": 'W/"1"'})
    late = await client.put(address, json=patient, headers={"if-match": 'W/"1"'})
    assert (good.status_code, late.status_code) == (200, 412)
    assert (await client.delete(address, headers={"if-match": 'W/"1"'})).status_code == 412
    assert (await client.delete(address, headers={"if-match": '"2"'})).status_code == 204


@pytest.mark.parametrize("value", ["1", "W/1", 'W/"x"', 'W/"1", W/"2"', "*", "", 'W/"9999999999"'])
async def test_if_match_that_is_malformed_is_refused(client: httpx.AsyncClient, value: str) -> None:
    patient = await created(client)
    answer = await client.put(f"Patient/{patient['id']}", json=patient, headers={"if-match": value})
    assert answer.status_code == 400
    assert issue(answer)["location"] == ["http.If-Match"]


async def test_conditional_read_saves_the_body(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    address = f"Patient/{patient['id']}"
    read = await client.get(address)
    for headers in (
        {"if-none-match": 'W/"1"'},
        {"if-none-match": '"7", W/"1"'},
        {"if-modified-since": read.headers["last-modified"]},
    ):
        answer = await client.get(address, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == 'W/"1"'
    for headers in (
        {"if-none-match": 'W/"2"'},
        {"if-none-match": 'W/"2"', "if-modified-since": read.headers["last-modified"]},
        {"if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT"},
        {"if-modified-since": "yesterday"},
    ):
        assert (await client.get(address, headers=headers)).status_code == 200


async def test_conditional_create_makes_one(client: httpx.AsyncClient) -> None:
    body = PATIENT | {"identifier": [{"system": "http://x.no", "value": "1"}]}
    asked = {"if-none-exist": "identifier=http://x.no|1"}
    first, second = [await client.post("Patient", json=body, headers=asked) for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["id"] == first.json()["id"]
    await client.post("Patient", json=body)
    assert (await client.post("Patient", json=body, headers=asked)).status_code == 412
    assert (await client.post("Patient", json=body, headers={"if-none-exist": ""})).status_code == 400
    assert (
        await client.post("Patient", json=body, headers={"if-none-exist": "identifer=1"})
    ).status_code == 400


async def test_conditional_update_finds_its_resource(client: httpx.AsyncClient) -> None:
    body = PATIENT | {"identifier": [{"system": "http://x.no", "value": "2"}]}
    asked = {"identifier": "http://x.no|2"}
    first = await client.put("Patient", params=asked, json=body)
    second = await client.put("Patient", params=asked, json=body | {"active": False})
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["id"] == first.json()["id"]
    assert second.json()["meta"]["versionId"] == "2"
    other = await client.put("Patient", params=asked, json=body | {"id": "other"})
    assert other.status_code == 400
    await client.post("Patient", json=body)
    assert (await client.put("Patient", params=asked, json=body)).status_code == 412
    assert (await client.put("Patient", json=body)).status_code == 400


async def test_conditional_delete_takes_one(client: httpx.AsyncClient) -> None:
    body = PATIENT | {"identifier": [{"value": "3"}]}
    for _ in range(2):
        await client.post("Patient", json=body)
    assert (await client.delete("Patient", params={"identifier": "3"})).status_code == 412
    assert (await client.delete("Patient", params={"identifier": "none"})).status_code == 204
    assert (await client.delete("Patient")).status_code == 400
    [entry, _] = (await client.get("Patient", params={"identifier": "3"})).json()["entry"]
    assert (await client.delete("Patient", params={"_id": entry["resource"]["id"]})).status_code == 204
    assert (await client.get("Patient", params={"identifier": "3"})).json()["total"] == 1


async def test_patch_speaks_both_languages(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    address = f"Patient/{patient['id']}"
    operations = [{"op": "replace", "path": "/active", "value": False}]
    json_patch = {"content-type": "application/json-patch+json"}
    first = await client.patch(address, content=json.dumps(operations), headers=json_patch)
    assert (first.status_code, first.json()["active"]) == (200, False)
    parts = [
        {"name": "type", "valueCode": "add"},
        {"name": "path", "valueString": "Patient"},
        {"name": "name", "valueString": "birthDate"},
        {"name": "value", "valueDate": "1980-05-17"},
    ]
    fhirpath = {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}
    second = await client.patch(address, json=fhirpath, headers=FHIR)
    assert (second.status_code, second.json()["birthDate"]) == (200, "1980-05-17")
    late = await client.patch(address, json=fhirpath, headers=FHIR | {"if-match": 'W/"1"'})
    assert late.status_code == 412


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("[]", "application/xml-patch+xml", 415),
        ("[]", "text/plain", 415),
        ("{", "application/json-patch+json", 400),
        ('{"resourceType":"Patient"}', "application/fhir+json", 400),
        ('[{"op":"remove","path":"/nothing"}]', "application/json-patch+json", 422),
        ('[{"op":"replace","path":"/id","value":"x"}]', "application/json-patch+json", 422),
        ('[{"op":"replace","path":"/active","value":"x"}]', "application/json-patch+json", 422),
    ],
)
async def test_patches_that_cannot_be_are_refused(
    client: httpx.AsyncClient, content: str, kind: str, status: int
) -> None:
    patient = await created(client)
    answer = await client.patch(f"Patient/{patient['id']}", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert issue(answer)["diagnostics"]


async def test_prefer_chooses_what_comes_back(client: httpx.AsyncClient) -> None:
    minimal = await client.post("Patient", json=PATIENT, headers={"prefer": "return=minimal"})
    assert (minimal.status_code, minimal.content) == (201, b"")
    assert minimal.headers["location"]
    outcome = await client.post("Patient", json=PATIENT, headers={"prefer": "return=OperationOutcome"})
    assert outcome.json()["issue"][0]["severity"] == "information"
    whole = await client.post("Patient", json=PATIENT, headers={"prefer": "return=representation"})
    assert whole.json()["resourceType"] == "Patient"


async def test_an_outcome_that_is_preferred_has_the_warnings_of_what_was_stored(
    client: httpx.AsyncClient,
) -> None:
    prefer = {"prefer": "return=OperationOutcome"}
    doubtful = PATIENT | {"id": "doubtful", "meta": {"profile": ["http://example.org/unknown"]}}
    for answer in (
        await client.post("Patient", json=doubtful, headers=prefer),
        await client.put("Patient/doubtful", json=doubtful, headers=prefer),
    ):
        done, *warnings = answer.json()["issue"]
        assert (answer.status_code, done["severity"], done["code"]) == (201, "information", "informational")
        assert {one["severity"] for one in warnings} == {"warning"}
        assert ["Patient.meta.profile[0]"] in [one["expression"] for one in warnings]
    asked = await client.post("Patient/$validate", json=doubtful)
    said = [one["diagnostics"] for one in asked.json()["issue"] if one["severity"] == "warning"]
    assert [one["diagnostics"] for one in warnings] == said


async def test_an_update_that_changes_nothing_keeps_the_version(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    again = await client.put(f"Patient/{patient['id']}", json=patient)
    assert (again.status_code, again.headers["etag"]) == (200, 'W/"1"')


async def test_history_tells_what_happened(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    address = f"Patient/{patient['id']}"
    await client.put(address, json=patient | {"active": False})
    await client.delete(address)
    bundle = (await client.get(f"{address}/_history")).json()
    assert bundle["type"] == "history"
    assert bundle["total"] == 3
    assert [entry["request"]["method"] for entry in bundle["entry"]] == ["DELETE", "PUT", "POST"]
    assert "resource" not in bundle["entry"][0]
    for path in ("Patient/_history", "_history"):
        assert len((await client.get(path)).json()["entry"]) == 3
    assert (await client.get("Patient/never/_history")).status_code == 404


async def test_history_pages_by_its_next_link(client: httpx.AsyncClient) -> None:
    for number in range(5):
        await client.put("Patient/p", json=PATIENT | {"id": "p", "birthDate": f"198{number}"})
    seen, address = [], "Patient/p/_history?_count=2"
    while address:
        bundle = (await client.get(address)).json()
        seen += [entry["resource"]["meta"]["versionId"] for entry in bundle["entry"]]
        address = next((link["url"] for link in bundle["link"] if link["relation"] == "next"), "")
    assert seen == ["5", "4", "3", "2", "1"]


async def test_summary_and_elements_cut_what_is_read(client: httpx.AsyncClient) -> None:
    patient = await created(client, maritalStatus={"text": "gift"})
    address = f"Patient/{patient['id']}"
    cut = (await client.get(address, params={"_summary": "true"})).json()
    assert "maritalStatus" not in cut
    assert cut["meta"]["tag"][0]["code"] == "SUBSETTED"
    chosen = (await client.get(address, params={"_elements": "active"})).json()
    assert set(chosen) == {"resourceType", "id", "meta", "active"}
    assert (await client.get(address, params={"_summary": "some"})).status_code == 400
    assert (await client.get(address, params={"_summary": "count"})).status_code == 400


async def test_pretty_is_for_people(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    pretty = await client.get(f"Patient/{patient['id']}", params={"_pretty": "true"})
    assert b'\n  "id": ' in pretty.content
    assert pretty.json() == patient
    assert b"\n" in (await client.get("Patient/never", params={"_pretty": "true"})).content


async def test_formats_are_negotiated(client: httpx.AsyncClient) -> None:
    patient = await created(client)
    address = f"Patient/{patient['id']}"
    assert (await client.get(address, headers={"accept": "application/fhir+xml"})).status_code == 406
    assert (await client.get(address, params={"_format": "xml"})).status_code == 406
    assert (await client.get(f"{address}?_format=application/fhir+json")).status_code == 200
    overruled = await client.get(address, params={"_format": "json"}, headers={"accept": "text/xml"})
    assert overruled.status_code == 200


async def test_long_answers_are_compressed_for_who_can_read_it(client: httpx.AsyncClient) -> None:
    patient = await created(client, name=[{"text": "x" * 2_000}])
    address = f"Patient/{patient['id']}"
    packed = await client.get(address, headers={"accept-encoding": "gzip"})
    plain = await client.get(address, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < 500
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json() == patient
    short = await client.get("Patient/none", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in short.headers


async def test_the_request_id_comes_back(client: httpx.AsyncClient) -> None:
    mine = await client.get("metadata", headers={"x-request-id": "abc-1"})
    assert mine.headers["x-request-id"] == "abc-1"
    odd = await client.get("metadata", headers={"x-request-id": "not one!"})
    assert odd.headers["x-request-id"] != "not one!"
    assert odd.headers["x-correlation-id"] == "not one!"
    assert (await client.get("metadata")).headers["x-request-id"]


async def test_other_methods_are_told_which_there_are(client: httpx.AsyncClient) -> None:
    answer = await client.post("Patient/1")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"
    options = await client.options("Patient")
    assert options.status_code == 204
    assert options.headers["allow"] == "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
    assert (await client.request("BREW", "Patient/1")).status_code == 405
