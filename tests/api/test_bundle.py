import json
from datetime import UTC, datetime

from fellesjournal.fhir import bundle
from fellesjournal.record.stored import Stored

BASE = "http://localhost/fhir"
WHEN = datetime(2026, 11, 23, 5, 0, 0, 123_000, UTC)
BODY = b'{"resourceType":"Patient","id":"1","multipleBirthInteger":1.00}'


def stored(version: int = 1, body: bytes | None = BODY, method: str = "PUT") -> Stored:
    return Stored("Patient", "1", version, WHEN, body, method)


def test_a_searchset_holds_bodies_untouched() -> None:
    links = [("self", f"{BASE}/Patient?name=%22"), ("next", f"{BASE}/Patient?_cursor=x")]
    raw = bundle.searchset(BASE, [(stored(), "match"), (stored(), "include")], links, 7)
    made = json.loads(raw)
    assert BODY in raw
    assert made["type"] == "searchset"
    assert made["total"] == 7
    assert [link["relation"] for link in made["link"]] == ["self", "next"]
    assert [entry["search"]["mode"] for entry in made["entry"]] == ["match", "include"]
    assert made["entry"][0]["fullUrl"] == f"{BASE}/Patient/1"


def test_an_empty_searchset_has_no_entry_member() -> None:
    assert json.loads(bundle.searchset(BASE, [], [], 0)) == {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": 0,
    }


def test_what_a_lenient_search_left_out_comes_first() -> None:
    made = json.loads(
        bundle.searchset(BASE, [(stored(), "match")], [], None, b'{"resourceType":"OperationOutcome"}')
    )
    assert made["entry"][0]["search"] == {"mode": "outcome"}
    assert "total" not in made


def test_a_history_says_what_happened_in_each_version() -> None:
    versions = [stored(3, None, "DELETE"), stored(2), stored(1, method="POST")]
    entries = json.loads(bundle.history(BASE, versions, [], 3))["entry"]
    assert [entry["request"] for entry in entries] == [
        {"method": "DELETE", "url": "Patient/1"},
        {"method": "PUT", "url": "Patient/1"},
        {"method": "POST", "url": "Patient"},
    ]
    assert "resource" not in entries[0]
    assert entries[1]["response"] == {
        "status": "200 OK",
        "etag": 'W/"2"',
        "lastModified": "2026-11-23T05:00:00.123Z",
    }
    assert [entry["response"]["status"][:3] for entry in entries] == ["204", "200", "201"]


def test_a_transaction_response_has_one_entry_per_request() -> None:
    entries = [
        bundle.response(
            "201 Created", location="Patient/1/_history/1", version=1, updated=WHEN, resource=BODY
        ),
        bundle.response("404 Not Found", outcome=b'{"resourceType":"OperationOutcome"}'),
        bundle.response("204 No Content"),
    ]
    made = json.loads(bundle.responses("batch", entries))
    assert made["type"] == "batch-response"
    assert made["entry"][0]["response"]["etag"] == 'W/"1"'
    assert made["entry"][1]["response"]["outcome"]["resourceType"] == "OperationOutcome"
    assert made["entry"][2] == {"response": {"status": "204 No Content"}}
