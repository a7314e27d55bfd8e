"""What an app must be to be registered, by the command or by an administrator's page."""

import json
import re
import secrets
from urllib.parse import urlsplit

from fellesjournal.access.apps import App
from fellesjournal.access.granted import clinical, known
from fellesjournal.errors import Invalid
from fellesjournal.signin.openid.discovery import is_safe
from fellesjournal.smart.client_keys import read_keys
from fellesjournal.smart.registry_texts import TEXTS

_ID = re.compile(r"[A-Za-z0-9._\-]{3,64}")
_NOWHERE = ("javascript", "data", "file", "vbscript")


class Unfit(Invalid):
    """What is missing or wrong with an app: `why` is a key of RegistryTexts.unfit."""

    def __init__(self, why: str, about: str = "") -> None:
        super().__init__(TEXTS["en"].unfit[why].format(about))
        self.why = why
        self.about = about


def registration(app: App, keys: str) -> App:
    """An app as it can be registered. `keys` is a JWK set in JSON, or the https address of one, or empty.

    Raises Unfit.
    """
    app = _with_keys(app._replace(id=app.id or secrets.token_hex(8)), keys.strip())
    if not _ID.fullmatch(app.id):
        raise Unfit("id")
    if not app.name.strip() or not app.responsible.strip():
        raise Unfit("name")
    for address in (*app.redirect_uris, *filter(None, [app.launch_uri])):
        _check_address(address)
    if (app.kind == "service") == bool(app.redirect_uris):
        raise Unfit("address-of-service" if app.redirect_uris else "no-address")
    if (app.kind == "public") == bool(app.jwks or app.jwks_uri):
        raise Unfit("keys-of-public" if app.kind == "public" else "no-keys")
    _check_scopes(app)
    return app


def _with_keys(app: App, keys: str) -> App:
    if not keys:
        return app
    if "://" in keys and not keys.startswith("{"):
        if not is_safe(keys):
            raise Unfit("keys-address", keys)
        return app._replace(jwks_uri=keys)
    try:
        found = json.loads(keys)
    except ValueError:
        raise Unfit("keys-unread") from None
    if not read_keys(found):
        raise Unfit("keys-unfit")
    return app._replace(jwks=json.dumps(found))


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    web = parts.scheme in ("http", "https")
    if not parts.scheme or parts.fragment or "*" in address or (web and not is_safe(address)):
        raise Unfit("address", address)
    if parts.scheme in _NOWHERE:
        raise Unfit("nowhere", address)


def _check_scopes(app: App) -> None:
    scopes = app.scopes.split()
    if strange := [one for one in scopes if one not in known(scopes)]:
        raise Unfit("scopes-unknown", ", ".join(strange))
    levels = {one.level for one in map(clinical, scopes) if one is not None}
    if not levels:
        raise Unfit("no-scopes")
    if (app.kind == "service") != ("system" in levels) or (app.kind == "service" and len(levels) > 1):
        raise Unfit("scopes-of-kind")
