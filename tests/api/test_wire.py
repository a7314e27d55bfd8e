"""What only a real connection can do: stop in the middle, hang up, send what no HTTP library would."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest

BODY = json.dumps({"resourceType": "Patient", "name": [{"text": "half" * 500}]}).encode()


@contextmanager
def connected(server: str) -> Iterator[socket.socket]:
    where = urlsplit(server)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=30) as connection:
        yield connection


def head(server: str, line: str, *headers: str) -> bytes:
    host = urlsplit(server).netloc
    return "\r\n".join([line, f"Host: {host}", *headers, "", ""]).encode("latin-1")


def post(server: str, length: int) -> bytes:
    kind = "Content-Type: application/fhir+json"
    return head(server, "POST /fhir/Patient HTTP/1.1", kind, f"Content-Length: {length}")


def answer_to(connection: socket.socket) -> bytes:
    received = b""
    while part := connection.recv(65_536):
        received += part
    return received


def stored(server: str) -> int:
    return int(httpx.get(f"{server}/Patient?_summary=count").json()["total"])


def test_a_body_that_stops_coming_is_answered_408(server: str) -> None:
    before = stored(server)
    with connected(server) as connection:
        connection.sendall(post(server, len(BODY)) + BODY[:100])
        answer = answer_to(connection)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"nothing was stored" in answer
    assert stored(server) == before


def test_a_client_that_hangs_up_stores_nothing(server: str) -> None:
    before = stored(server)
    for sent in (0, 1, 100, len(BODY) - 1):
        with connected(server) as connection:
            connection.sendall(post(server, len(BODY)) + BODY[:sent])
    assert stored(server) == before


def test_a_body_in_chunks_is_read(server: str) -> None:
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(BODY[n : n + 500]), BODY[n : n + 500]) for n in range(0, len(BODY), 500)
    )
    kind = "Content-Type: application/fhir+json"
    request = head(
        server, "POST /fhir/Patient HTTP/1.1", kind, "Transfer-Encoding: chunked", "Connection: close"
    )
    with connected(server) as connection:
        connection.sendall(request + chunks + b"0\r\n\r\n")
        assert answer_to(connection).startswith(b"HTTP/1.1 201")


def test_two_requests_on_one_connection_are_both_answered(server: str) -> None:
    request = head(server, "GET /fhir/Patient/none HTTP/1.1")
    last = head(server, "GET /fhir/metadata?_elements=fhirVersion HTTP/1.1", "Connection: close")
    with connected(server) as connection:
        connection.sendall(request + last)
        answer = answer_to(connection)
    assert answer.startswith(b"HTTP/1.1 404")
    assert b"HTTP/1.1 200" in answer


@pytest.mark.parametrize(
    "line",
    [
        "GET /fhir/Patient?name=\xff HTTP/1.1",
        "GET /fhir/Patient/\xff HTTP/1.1",
        "GET /fhir/Patient/%ff HTTP/1.1",
        "GET /fhir/Patient?name=%ff HTTP/1.1",
        "GET /fhir/../../etc/passwd HTTP/1.1",
        "GET /fhir/%2e%2e/Patient HTTP/1.1",
        "GET //fhir/Patient HTTP/1.1",
        "GET /fhir//Patient/1 HTTP/1.1",
        "GET /fhir/Patient?name=" + "x" * 20_000 + " HTTP/1.1",
        "GET /fhir/Patient?name=" + "x" * 100_000 + " HTTP/1.1",
        "GET http://elsewhere/fhir/Patient/none HTTP/1.1",
        "BREW /fhir/Patient HTTP/1.1",
        "GET /fhir/Patient/none HTTP/9.9",
        "nonsense",
    ],
    ids=lambda line: line[:40].encode("ascii", "replace").decode(),
)
def test_odd_request_lines_get_a_4xx(server: str, line: str) -> None:
    with connected(server) as connection:
        connection.sendall(head(server, line, "Connection: close"))
        answer = answer_to(connection)
    assert not answer or answer.split()[1].startswith(b"4"), answer[:200]
    assert stored(server) >= 0


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 2", "Content-Length: 3"),
        ("Content-Length: -1",),
        ("Content-Length: 99999999999999999999",),
        ("Content-Length: 999999999999",),
        ("Transfer-Encoding: chunked", "Content-Length: 5"),
        ("X-Odd: " + "x" * 100_000,),
        ("Accept: \xff",),
        ("Prefer: \xff",),
        ("If-None-Exist: \xff=%",),
    ],
    ids=lambda headers: headers[0][:30].encode("ascii", "replace").decode(),
)
def test_odd_headers_get_a_4xx(server: str, headers: tuple[str, ...]) -> None:
    kind = "Content-Type: application/fhir+json"
    with connected(server) as connection:
        connection.sendall(head(server, "POST /fhir/Patient HTTP/1.1", kind, "Connection: close", *headers))
        connection.shutdown(socket.SHUT_WR)
        answer = answer_to(connection)
    assert not answer or answer.split()[1].startswith(b"4"), answer[:200]
    assert stored(server) >= 0
