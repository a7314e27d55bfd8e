"""Whatever is wrong with a request: a 4xx and an OperationOutcome that says so, and nothing stored."""

import gzip

import asyncpg
import httpx
import pytest

FHIR = {"content-type": "application/fhir+json"}
GOOD = b'{"resourceType":"Patient","active":true}'

BODIES = {
    "nothing": (b"", 400),
    "no JSON": (b"hello", 400),
    "cut off": (GOOD[:-1], 400),
    "two values": (GOOD + GOOD, 400),
    "an array": (b"[]", 400),
    "a string": (b'"Patient"', 400),
    "null": (b"null", 400),
    "no type": (b"{}", 400),
    "another type": (b'{"resourceType":"Observation","status":"final","code":{}}', 400),
    "a type that is no text": (b'{"resourceType":7}', 400),
    "unknown element": (b'{"resourceType":"Patient","nmae":[]}', 422),
    "wrong kind": (b'{"resourceType":"Patient","active":"yes"}', 422),
    "impossible date": (b'{"resourceType":"Patient","birthDate":"2020-02-31"}', 422),
    "unknown code": (b'{"resourceType":"Patient","gender":"woman"}', 422),
    "NUL escape": (b'{"resourceType":"Patient","name":[{"family":"a\\u0000b"}]}', 400),
    "raw NUL": (b'{"resourceType":"Patient","name":[{"family":"a\x00b"}]}', 400),
    "lone surrogate": (b'{"resourceType":"Patient","name":[{"family":"\\ud800"}]}', 400),
    "duplicate key": (b'{"resourceType":"Patient","active":true,"active":false}', 400),
    "duplicate resourceType": (b'{"resourceType":"Patient","resourceType":"Patient"}', 400),
    "latin-1": ('{"resourceType":"Patient","name":[{"family":"Åse"}]}'.encode("latin-1"), 400),
    "UTF-16": (GOOD.decode().encode("utf-16"), 400),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD, 400),
    "too deep": (b'{"resourceType":"Patient","extension":' + b"[" * 5_000 + b"]" * 5_000 + b"}", 400),
    "much too deep": (b"[" * 1_000_000, 400),
    "huge integer": (b'{"resourceType":"Patient","multipleBirthInteger":%s}' % (b"9" * 4_000), 422),
    "large integer": (b'{"resourceType":"Patient","multipleBirthInteger":99999999999}', 422),
    "huge exponent": (b'{"resourceType":"Patient","multipleBirthInteger":1e999999}', 400),
    "NaN": (b'{"resourceType":"Patient","multipleBirthInteger":NaN}', 400),
    "single quotes": (b"{'resourceType':'Patient'}", 400),
    "XML": (b"<Patient xmlns='http://hl7.org/fhir'/>", 400),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_faulty_body_is_refused_and_nothing_is_stored(client: httpx.AsyncClient, name: str) -> None:
    body, status = BODIES[name]
    answer = await client.post("Patient", content=body, headers=FHIR)
    assert answer.status_code == status, answer.text
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert all(issue["diagnostics"] for issue in answer.json()["issue"])
    assert (await client.get("Patient?_summary=count")).json()["total"] == 0


async def test_every_fault_is_named_with_its_place(client: httpx.AsyncClient) -> None:
    body = {"resourceType": "Patient", "gender": "woman", "birthDate": "1.1.80", "contact": [{"nmae": {}}]}
    issues = (await client.post("Patient", json=body)).json()["issue"]
    places = {expression for issue in issues for expression in issue["expression"]}
    assert {"Patient.gender", "Patient.birthDate"} <= places
    assert any(place.startswith("Patient.contact[0]") for place in places)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 415),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/fhir+xml"}, 415),
        ({"content-type": "application/fhir+json; charset=iso-8859-1"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        (FHIR | {"content-encoding": "br"}, 415),
        (FHIR | {"content-encoding": "gzip"}, 400),
        (FHIR | {"prefer": "return=all"}, 400),
        (FHIR | {"host": 'x"y'}, 400),
    ],
    ids=str,
)
async def test_faulty_headers_are_refused(
    client: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    answer = await client.post("Patient", content=GOOD, headers=headers)
    assert answer.status_code == status
    assert answer.json()["issue"][0]["diagnostics"]


async def test_a_compressed_body_is_read(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "Patient", content=gzip.compress(GOOD), headers=FHIR | {"content-encoding": "gzip"}
    )
    assert answer.status_code == 201


async def test_a_body_over_the_limit_is_too_large(client: httpx.AsyncClient) -> None:
    answer = await client.post("Patient", content=b" " * 2_000_001, headers=FHIR)
    assert answer.status_code == 413
    bomb = gzip.compress(b" " * 3_000_000)
    answer = await client.post("Patient", content=bomb, headers=FHIR | {"content-encoding": "gzip"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("name=%zz", 400, "hexadecimal"),
        ("name=%ff", 400, "UTF-8"),
        ("name=%00", 400, "NUL"),
        ("=x", 400, "without a parameter name"),
        ("brithdate=1980", 400, "birthdate"),
        ("name:exakt=x", 400, "exact"),
        ("birthdate=maybe", 400, "maybe"),
        ("birthdate=xx2020", 400, "xx2020"),
        ("_count=many", 400, "_count"),
        ("_count=-1", 400, "_count"),
        ("_sort=nmae", 400, "name"),
        ("_include=Patient:nothing", 400, "nothing"),
        ("_cursor=abc", 400, "_cursor"),
        ("_unknown=1", 400, "_unknown"),
        ("_summary=most", 400, "_summary"),
        ("_pretty=perhaps", 400, "_pretty"),
        ("_total=roughly", 400, "_total"),
        ("_format=xml", 406, "XML"),
        ("name=", 400, "no value"),
        ("_id=" + "x" * 20_000, 414, "_search"),
        ("near=1|2|3|km", 400, "near"),
        ("_has:Observation:nothing:code=1", 400, "nothing"),
        ("organization.nmae=x", 400, "nmae"),
        ("_lastUpdated=99999", 400, "99999"),
    ],
)
async def test_faulty_queries_say_what_was_meant(
    client: httpx.AsyncClient, query: str, status: int, word: str
) -> None:
    answer = await client.get(f"Patient?{query}")
    assert answer.status_code == status, answer.text
    assert word in " ".join(issue["diagnostics"] for issue in answer.json()["issue"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "Pasient/1", 404),
        ("GET", "patient", 404),
        ("GET", "Patient/1/2", 404),
        ("GET", "Patient/a_b", 400),
        ("GET", "Patient/%zz", 400),
        ("GET", "Patient/1?name=x", 400),
        ("GET", "Patient/1/_history/9999999999", 404),
        ("GET", "Patient/1/$everthing", 404),
        ("POST", "$reindexx", 404),
        ("GET", ".well-known/smart-configuration", 404),
        ("GET", "metadata?mode=ancient", 400),
        ("PUT", "Patient/1?name=x", 400),
        ("PUT", "metadata", 405),
        ("DELETE", "", 405),
        ("PATCH", "Patient/1/_history/1", 405),
    ],
)
async def test_wrong_addresses_are_told_apart(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path, headers=FHIR)
    assert answer.status_code == status, answer.text
    assert answer.json()["resourceType"] == "OperationOutcome"


async def test_a_fault_of_our_own_shows_no_trace(
    client: httpx.AsyncClient, pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    await pool.close()
    answer = await client.get("Patient/1", headers={"x-request-id": "lost-database"})
    assert answer.status_code == 500
    assert "lost-database" in answer.text
    assert "Traceback" not in answer.text
    assert "lost-database" in caplog.text
