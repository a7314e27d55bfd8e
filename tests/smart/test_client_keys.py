"""Keys of apps that are fetched from their own address, as they are now."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from joserfc import jwk

from fellesjournal.access.apps import App
from fellesjournal.smart import client_keys
from fellesjournal.smart.client_keys import ClientKeys
from fellesjournal.smart.refusal import Refusal
from smart.conftest import Site
from smart.test_services import EC, LABORATORY, assertion, credentials


class Publisher(ThreadingHTTPServer):
    """Publishes a JWK set, and counts how often it is asked."""

    body = b""
    asked = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/keys"


class _Answer(BaseHTTPRequestHandler):
    server: Publisher

    def do_GET(self) -> None:
        self.server.asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    server = Publisher(("127.0.0.1", 0), _Answer)
    server.body = json.dumps({"keys": [EC.as_dict(private=False)]}).encode()
    threading.Thread(target=partial(server.serve_forever, 0.1), daemon=True).start()
    yield server
    server.shutdown()


def app(address: str) -> App:
    return LABORATORY._replace(jwks="", jwks_uri=address)


async def test_keys_are_fetched_once_for_many_requests(publisher: Publisher) -> None:
    async with httpx.AsyncClient() as http:
        keys = ClientKeys(http)
        for _ in range(3):
            assert (await keys.find(app(publisher.address), "ec")).thumbprint() == EC.thumbprint()
    assert publisher.asked == 1


async def test_a_new_key_is_found_when_an_assertion_names_it(
    publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_keys, "SOONEST", 0.0)
    other = jwk.ECKey.generate_key("P-384", parameters={"kid": "new"})
    async with httpx.AsyncClient() as http:
        keys = ClientKeys(http)
        await keys.find(app(publisher.address), "ec")
        publisher.body = json.dumps({"keys": [other.as_dict(private=False)]}).encode()
        assert (await keys.find(app(publisher.address), "new")).thumbprint() == other.thumbprint()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"keys": 1}', b'{"keys": [{"kty": "oct", "k": "AA"}]}']
)
async def test_what_is_no_key_set_is_refused(publisher: Publisher, body: bytes) -> None:
    publisher.body = body
    async with httpx.AsyncClient() as http:
        with pytest.raises(Refusal):
            await ClientKeys(http).find(app(publisher.address), "ec")


async def test_an_address_that_does_not_answer_is_a_refusal() -> None:
    async with httpx.AsyncClient() as http:
        with pytest.raises(Refusal) as refused:
            await ClientKeys(http).find(app("http://127.0.0.1:9/keys"), "ec")
    assert refused.value.error == "invalid_client"


async def test_private_keys_in_a_set_are_passed_over() -> None:
    assert client_keys.read_keys({"keys": [EC.as_dict(private=True)]}) == []


async def test_a_service_with_its_keys_at_an_address_gets_a_token(site: Site, publisher: Publisher) -> None:
    await site.apps.register(app(publisher.address))
    refused = await credentials(site, assertion())
    assert "no system of this record" in refused.json()["error_description"], "its key was taken"
