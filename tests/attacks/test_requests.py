"""Requests that are odd in themselves: paths, headers, sizes, bodies that unfold."""

import gzip
import time
import zlib
from typing import Any

import pytest
from isal import igzip
from starlette.types import Message

from access.conftest import observation
from attacks.conftest import Asking
from fellesjournal.api.call import Call
from fellesjournal.api.options import Options

MEGABYTE = 1_000_000
LONG = 20.0
"""Seconds in which even a busy machine has answered; what unfolds would take minutes, or all memory."""


@pytest.mark.parametrize(
    "path",
    [
        "Patient/..%2fPatient%2fola",
        "Patient/kari/../ola",
        "Patient/kari%2f..%2fola",
        "Patient//ola",
        "Patient%2Fola",
        "Patient/ola%00",
        "Patient/ola%20",
        "Patient/ola;x=1",
        "Patient/ol%C3%A5",
        "Patient/o%EF%BD%8Ca",
        "Patient/o%E2%80%8Bla",
        "Patient/OLA",
        "PATIENT/ola",
        "Patient/ola/",
        "Patient/ola%2f",
        "Patient/%6fla",
        "./Patient/ola",
        "%2e%2e/fhir/Patient/ola",
        "Patient\\ola",
        "Patient/ola/_history/1",
        "Patient/ola/_history/1%2f..",
        "Patient/ola/_history/%31",
        "Patient/ola?_id=kari",
        "Patient/kari?_id=ola",
        "Patient/kari/Observation/o-ola",
    ],
)
async def test_no_spelling_of_a_path_leads_to_what_is_hidden(ask: Asking, path: str) -> None:
    for actor in ("nurse", "kari", "administrator"):
        for method in ("GET", "HEAD", "PUT", "DELETE"):
            answer = await ask(actor, method, path, patient_body() if method == "PUT" else None)
            assert answer.status_code in (400, 403, 404, 405), (method, path)
            assert '"Ola"' not in answer.text
            assert "etag" not in answer.headers


def patient_body() -> dict[str, Any]:
    return {"resourceType": "Patient", "id": "ola"}


async def test_a_credential_that_comes_twice_is_none(ask: Asking) -> None:
    """The second of two headers neither replaces the first nor hides behind it: together they are none."""
    for pair in (("nurse", "system"), ("system", "nurse"), ("nurse", "nurse")):
        twice = [("x-actor", one) for one in pair]
        answer = await ask.client.get("Observation/o-ola", headers=twice)
        assert answer.status_code == 401


def test_cookies_that_come_one_by_one_are_one_header() -> None:
    pairs = [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"authorization", b"x"), (b"authorization", b"y")]
    call = Call({"method": "GET", "headers": pairs}, _nothing, Options())
    assert call.headers == {b"cookie": b"a=1; b=2", b"authorization": b"x, y"}


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


@pytest.mark.parametrize(
    "host", ["evil.example/", "a@b", "a b", "localhost:999999", "[::1", "a\tb", "x/../y"]
)
async def test_an_odd_host_is_not_written_into_links(ask: Asking, host: str) -> None:
    answer = await ask("nurse", "GET", "Observation?patient=kari", host=host)
    assert answer.status_code == 400
    assert f"://{host}" not in answer.text
    twice = [("host", "a.example"), ("host", "b.example"), ("x-actor", "nurse")]
    assert (await ask.client.get("Patient/kari", headers=twice)).status_code == 400


async def test_headers_that_claim_another_request_change_nothing(ask: Asking) -> None:
    for name in ("x-http-method-override", "x-original-url", "x-rewrite-url", "x-forwarded-prefix"):
        answer = await ask.client.get("Patient/kari", headers={"x-actor": "nurse", name: "/fhir/Patient/ola"})
        assert answer.json()["id"] == "kari"
    answer = await ask.client.post(
        "Patient/_search",
        headers={"x-actor": "nurse", "x-http-method-override": "DELETE"},
        data={"_id": "kari"},
    )
    assert answer.json()["total"] == 1


async def test_what_comes_back_of_a_request_cannot_end_a_header(ask: Asking) -> None:
    for given in ("a\r\nset-cookie: x=1", "a\x0bb", "\u00e6", "<script>"):
        answer = await ask.client.get(
            "Patient/kari", headers=[(b"x-actor", b"nurse"), (b"x-request-id", given.encode())]
        )
        assert "set-cookie" not in answer.headers
        assert "\n" not in str(answer.headers.get("x-correlation-id", ""))


@pytest.mark.parametrize(
    "body",
    [
        b'{"resourceType":"Observation","a":' + b"[" * 100_000,
        b'{"resourceType":"Observation","a":' + b'{"a":' * 100_000,
        b'{"resourceType":"Observation","contained":'
        + b'[{"contained":' * 5_000
        + b"1"
        + b"}]" * 5_000
        + b"}",
        b'{"resourceType":"Observation","id":' + b"9" * 1_000_000 + b"}",
        b'{"resourceType":"Observation",' + b",".join(b'"x%d":1' % n for n in range(100_000)) + b"}",
        b'{"resourceType":"Observation","category":[' + b",".join([b"{}"] * 200_000) + b"]}",
        b'{"resourceType":"Observation","status":"' + b"\\u0041" * 300_000 + b'"}',
    ],
    ids=["arrays", "objects", "contained", "digits", "members", "items", "escapes"],
)
async def test_json_that_is_deep_or_wide_is_refused_soon(ask: Asking, body: bytes) -> None:
    began = time.monotonic()
    answer = await ask("nurse", "POST", "Observation", body)
    assert answer.status_code in (400, 413, 422)
    assert len(answer.content) < MEGABYTE
    assert time.monotonic() - began < LONG


@pytest.mark.parametrize(
    "packed", [gzip.compress, igzip.compress, lambda raw: gzip.compress(gzip.compress(raw))]
)
async def test_a_body_that_unfolds_is_not_unfolded(ask: Asking, packed: Any) -> None:
    bomb = packed(b" " * (200 * MEGABYTE))
    answer = await ask("nurse", "POST", "Observation", bomb, content_encoding="gzip")
    assert answer.status_code in (400, 413)
    for encoding in ("deflate", "br", "gzip, gzip", "zstd"):
        sent = zlib.compress(b"{}")
        answer = await ask("nurse", "POST", "Observation", sent, content_encoding=encoding)
        assert answer.status_code == 415


async def test_searches_of_any_length_are_refused_or_answered_soon(ask: Asking) -> None:
    form = {"content_type": "application/x-www-form-urlencoded"}
    for body in (
        b"&".join(b"code=x%d" % n for n in range(5_000)),
        b"&".join(b"code=x%d" % n for n in range(900)),
        b"code=" + b",".join(b"x%d" % n for n in range(20_000)),
        b"_id=" + b",".join(b"x%d" % n for n in range(20_000)),
        b"&".join(b"subject:Patient.name=x%d" % n for n in range(200)),
        b"&".join(b"_has:Observation:has-member:code=x%d" % n for n in range(200)),
        b"subject." * 13 + b"name=x",
        b"_has:Observation:subject:" * 13 + b"code=x",
        b"_sort=" + b",".join([b"date"] * 500),
        b"code:text=" + b"a " * 50_000,
    ):
        began = time.monotonic()
        answer = await ask("nurse", "POST", "Observation/_search", body, **form)
        assert answer.status_code in (200, 400, 413), (body[:40], answer.text[:300])
        assert time.monotonic() - began < LONG, body[:40]


@pytest.mark.parametrize(
    "path",
    [
        "Observation.code.where(text.matches('(a+)+$')).text",
        "Observation.note.text.where($this.matches('^(([a-z])+.)+[A-Z]([a-z])+$'))",
        "Observation.repeat($this)",
        "Observation.descendants().descendants().descendants().descendants()",
        "Observation" + ".descendants()" * 200,
        "(" * 500 + "Observation.status" + ")" * 500,
        "Observation.note.text.replace('a', 'aaaaaaaaaa')" + ".replace('a', 'aaaaaaaaaa')" * 12,
        "Observation." + "select($this | $this | $this)." * 12 + "status",
        "Observation.note.select(%resource.descendants()).select(%resource.descendants())",
    ],
)
async def test_an_expression_in_a_patch_does_not_run_away(ask: Asking, path: str) -> None:
    whole = observation("o-kari", "kari", note=[{"text": "a" * 5_000 + "!"}])
    assert (await ask("nurse", "PUT", "Observation/o-kari", whole)).status_code == 200
    parts = [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": path},
        {"name": "value", "valueString": "x"},
    ]
    patch = {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}
    began = time.monotonic()
    answer = await ask("nurse", "PATCH", "Observation/o-kari", patch)
    assert answer.status_code in (400, 413, 422), answer.text[:300]
    assert time.monotonic() - began < LONG


async def test_a_browser_that_is_led_to_an_answer_of_the_service_does_not_show_it(ask: Asking) -> None:
    for method, address in (
        ("GET", "Patient/kari"),
        ("GET", "Patient/ola"),
        ("GET", "metadata"),
        ("POST", ""),
    ):
        answer = await ask("nurse", method, address)
        assert answer.headers["content-disposition"] == 'attachment; filename="api.json"', address
