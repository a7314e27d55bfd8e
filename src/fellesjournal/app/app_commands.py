"""What an administrator does with apps: register them, list them, remove them."""

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import asyncpg

from fellesjournal.access.apps import App, Apps
from fellesjournal.access.granted import clinical, known
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.signin.openid.discovery import is_safe
from fellesjournal.smart.client_keys import read_keys

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9._\-]{3,64}")


def registration(app: App, keys: str) -> App:
    """An app as it can be registered. `keys` is a file with a JWK set, or the https address of one, or empty.

    Raises Trouble that says what is missing or wrong.
    """
    app = _with_keys(app._replace(id=app.id or secrets.token_hex(8)), keys)
    if not _ID.fullmatch(app.id):
        raise Trouble("An app's id has 3 to 64 letters, digits, dots, dashes and underscores.")
    if not app.name.strip() or not app.responsible.strip():
        raise Trouble("An app needs --name and --responsible: people are shown both before they grant.")
    for address in (*app.redirect_uris, *filter(None, [app.launch_uri])):
        _check_address(address)
    if app.kind == "service" and app.redirect_uris:
        raise Trouble("A service has no redirect addresses: it acts without a person.")
    if app.kind != "service" and not app.redirect_uris:
        raise Trouble("An app that people use needs --redirect-uri: where their browser goes back to.")
    if app.kind == "public" and (app.jwks or app.jwks_uri):
        raise Trouble("A public app has no keys.")
    if app.kind != "public" and not (app.jwks or app.jwks_uri):
        raise Trouble(
            "The app needs --keys: a file with its public keys (a JWK set), or their https address."
        )
    _check_scopes(app)
    return app


def _with_keys(app: App, keys: str) -> App:
    if not keys:
        return app
    if "://" in keys:
        if not is_safe(keys):
            raise Trouble(f"{keys} must begin with https://.")
        return app._replace(jwks_uri=keys)
    try:
        found = json.loads(Path(keys).read_text())
    except (OSError, ValueError) as error:
        raise Trouble(f"{keys} cannot be read as a JWK set: {error}.") from error
    if not read_keys(found):
        raise Trouble(f"{keys} holds no public RSA or EC key that signatures can be checked with.")
    return app._replace(jwks=json.dumps(found))


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    web = parts.scheme in ("http", "https")
    if not parts.scheme or parts.fragment or "*" in address or (web and not is_safe(address)):
        raise Trouble(f"{address} must be a whole https address (or on this machine), without * and #.")
    if parts.scheme in ("javascript", "data", "file", "vbscript"):
        raise Trouble(f"{address}: browsers must not be sent there.")


def _check_scopes(app: App) -> None:
    scopes = app.scopes.split()
    if strange := [one for one in scopes if one not in known(scopes)]:
        raise Trouble(f"These are no scopes here: {', '.join(strange)}. See docs/smart.md.")
    levels = {one.level for one in map(clinical, scopes) if one is not None}
    if not levels:
        raise Trouble("An app needs --scopes with at least one about resources, such as patient/Patient.rs.")
    if (app.kind == "service") != ("system" in levels) or (app.kind == "service" and len(levels) > 1):
        raise Trouble("system/ scopes are for services, patient/ and user/ scopes for apps that people use.")


def run(url: str, act: Callable[[Apps], Awaitable[T]]) -> T:
    """Do one thing with the apps in a database."""

    async def done() -> T:
        pool: asyncpg.Pool = database.unopened_pool(url, 1)
        async with database.opened(pool, url):
            return await act(Apps(pool))

    return asyncio.run(done())


def add(url: str, app: App, keys: str) -> Iterator[str]:
    """Register an app."""
    found = registration(app, keys)
    run(url, lambda apps: apps.register(found))
    yield f"{found.name} is registered. Its client id is {found.id}"


def listed(url: str) -> Iterator[str]:
    """Every app that is registered, a line each."""
    for one in run(url, Apps.all):
        yield f"{one.id}  {one.name} ({one.kind}, {one.responsible}): {one.scopes}"


def remove(url: str, id: str) -> Iterator[str]:
    """Remove an app. Raises Trouble when there is none of the id."""
    if not run(url, lambda apps: apps.remove(id)):
        raise Trouble(f"There is no app {id}: `fellesjournal apps list` prints those there are.")
    yield f"{id} is removed: its tokens are void."
