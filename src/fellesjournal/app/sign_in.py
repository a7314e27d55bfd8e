"""Sign-in put together from the settings: sessions, people, and the providers this site has."""

import re
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import asyncpg
import httpx

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.refusals import Refusal, Refusals
from fellesjournal.access.audit.signing import is_refusal, signed
from fellesjournal.access.people import People
from fellesjournal.access.sessions import Sessions
from fellesjournal.access.sign_ins import SignIns
from fellesjournal.access.single_use import SingleUse
from fellesjournal.access.visit import Write
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Invalid
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.record import Record
from fellesjournal.signin.identification import Identification
from fellesjournal.signin.openid import provider
from fellesjournal.signin.openid.access_token import AccessTokens
from fellesjournal.signin.openid.client import Client
from fellesjournal.signin.openid.discovery import Discovery, is_safe
from fellesjournal.signin.openid.provider import Provider
from fellesjournal.signin.reception import Event, Reception, Tell

TIMEOUT = httpx.Timeout(5.0, connect=3.0)
"""Seconds that a provider gets to answer: a person is waiting."""

_ORGANISATION = re.compile(r"(\d{9}):(\d{9})")


class SignIn(NamedTuple):
    """The entrance, and what tells other surfaces who asks. `http` is to be closed in the end."""

    reception: Reception
    identification: Identification
    http: httpx.AsyncClient


def joined(settings: Settings, pool: asyncpg.Pool, record: Record, tell: Tell) -> SignIn:
    """Sign-in as the settings have it. Raises Trouble when they do not fit together."""
    address = _address(settings)
    http = httpx.AsyncClient(verify=_authorities(), timeout=TIMEOUT, follow_redirects=False, trust_env=False)
    once = SingleUse(pool)
    clients = {}
    for one in providers(settings):
        if not address:
            raise Trouble(
                f"Sign-in with {one.title} needs FELLESJOURNAL_SITE_URL: where browsers come back to."
            )
        clients[one.name] = Client(one, Discovery(one.issuer, http), http, f"{address}/logg-inn/retur")
    reception = Reception(
        Sessions(
            pool, idle=timedelta(minutes=settings.idle_lock), life=timedelta(hours=settings.session_life)
        ),
        SignIns(pool),
        People(record, unit=settings.practice_unit),
        once,
        clients,
        address=address,
        practice=settings.practice_site,
        practice_name=settings.practice_name,
        idle_minutes=settings.idle_lock,
        tell=tell,
    )
    tokens = None
    if settings.api_audience:
        issuers = {one.provider.issuer: one.discovery for one in clients.values()}
        tokens = AccessTokens(issuers, settings.api_audience, once, bound_only=settings.api_bound_tokens)
    return SignIn(reception, Identification(reception, tokens), http)


@cache
def _authorities() -> ssl.SSLContext:
    """Who vouches for a provider; a process reads them once."""
    return httpx.create_ssl_context(trust_env=False)


def providers(settings: Settings) -> list[Provider]:
    """The providers this site has. Raises Trouble when what one needs is missing, or its key is unfit."""
    found = []
    try:
        if issuer := settings.helseid_issuer:
            client, levels = settings.helseid_client, settings.helseid_levels
            key = _key("HELSEID", issuer, client, settings.helseid_key)
            found.append(provider.helseid(issuer, client, key, levels, _organisation(settings)))
        if issuer := settings.idporten_issuer:
            client, levels = settings.idporten_client, settings.idporten_levels
            key = _key("IDPORTEN", issuer, client, settings.idporten_key)
            found.append(provider.idporten(issuer, client, key, levels))
    except Invalid as unfit:
        raise Trouble(f"Sign-in cannot be set up: {unfit}") from unfit
    return found


def _key(name: str, issuer: str, client: str, file: str) -> str:
    """The text of a private key's file, when all that a provider needs is told."""
    variable = f"FELLESJOURNAL_{name}"
    if not is_safe(issuer):
        raise Trouble(f'{variable}_ISSUER is "{issuer}": it must begin with https://.')
    if not client or not file:
        raise Trouble(f"{variable}_ISSUER needs {variable}_CLIENT and {variable}_KEY too.")
    try:
        return Path(file).read_text()
    except OSError as error:
        raise Trouble(f"{variable}_KEY: {file} cannot be read ({error.strerror}).") from error


def _organisation(settings: Settings) -> tuple[str, str] | None:
    if not settings.helseid_organisation:
        return None
    found = _ORGANISATION.fullmatch(settings.helseid_organisation)
    if found is None:
        raise Trouble("FELLESJOURNAL_HELSEID_ORGANISATION must be two organisation numbers, parent:child.")
    return found.group(1), found.group(2)


def _address(settings: Settings) -> str:
    """The site's address, over TLS but for a practice site on this machine."""
    address = settings.site_url.rstrip("/")
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.path or parts.query or not is_safe(address):
        raise Trouble(
            f'FELLESJOURNAL_SITE_URL is "{address}": it must be https://, a host and perhaps a port, no more.'
        )
    if parts.scheme == "http" and not settings.practice_site:
        raise Trouble("FELLESJOURNAL_SITE_URL must be https:// on a site that is not for practice.")
    return address


def into_log(write: Write, refusals: Refusals, now: Callable[[], datetime]) -> Tell:
    """Events at the entrance as entries of the log; refusals by way of those who count them."""

    async def tell(event: Event) -> None:
        if is_refusal(event.what):
            await refusals.note(_refusal(event))
            return
        actor = Actor(person=event.who, role="", purpose="", session=event.session)
        await write([signed(actor, event.what, now(), reason=event.detail)])

    return tell


def _refusal(event: Event) -> Refusal:
    """An event as what is counted: its reason is one of a few words, whatever was sent."""
    reason, colon, sentence = event.detail.partition(": ")
    if event.what != "refused" or not colon:
        return Refusal(event.what, event.what, event.detail, person=event.who)
    return Refusal(event.what, reason, sentence, person=event.who)
