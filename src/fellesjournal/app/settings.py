"""The settings of a site: each declared once, read from the environment, with a default and a sentence.

The field `port` is read from FELLESJOURNAL_PORT; only the database keeps its customary name, DATABASE_URL.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from fellesjournal.plumbing.trouble import Trouble

PREFIX = "FELLESJOURNAL_"
FHIR_PACKAGE = "hl7.fhir.r4.examples"
DIAGNOSES_PACKAGE = "@navikt/diagnosekoder"
LAST_PORT = 65535
MOST_DIGITS = 9


def _setting(
    default: Any, sentence: str, *, variable: str = "", least: int | None = None, most: int | None = None
) -> Any:
    metadata = {"sentence": sentence, "variable": variable, "least": least, "most": most}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


def _data() -> Path:
    if os.geteuid() == 0:
        return Path("/var/lib/fellesjournal")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fellesjournal"


def _package() -> Path:
    return Path(__file__).resolve().parents[3] / "node_modules" / FHIR_PACKAGE


def _diagnoses() -> Path:
    return Path(__file__).resolve().parents[3] / "node_modules" / DIAGNOSES_PACKAGE


def _node_modules() -> Path:
    return Path(__file__).resolve().parents[3] / "node_modules"


def _cores() -> int:
    return min(os.cpu_count() or 1, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a site can choose."""

    database_url: str = _setting(
        "",
        "Address of the site's own PostgreSQL (16 or newer), such as postgresql://user@host/name; "
        "empty: an embedded one is run.",
        variable="DATABASE_URL",
    )
    data: Path = _setting(_data, "Folder for the embedded PostgreSQL and for what can be made again (cache).")
    definitions: Path = _setting(
        _package, f"Folder of the unpacked npm package {FHIR_PACKAGE}, which holds FHIR's definitions."
    )
    diagnoses: Path = _setting(
        _diagnoses,
        f"Folder of the unpacked npm package {DIAGNOSES_PACKAGE}: ICD-10 and ICPC-2 in Norwegian.",
    )
    front_end: Path = _setting(
        _node_modules, "Folder node_modules of the installed front-end packages, which pages are made with."
    )
    practice_site: bool = _setting(
        False,
        "Whether this is a practice site, without real persons: there people sign in by picking who they "
        "are, and programs on the same machine need not say.",
    )
    practice_name: str = _setting("", "The name of the practice base, which stands on every page of it.")
    practice_unit: str = _setting(
        "", "The id of the unit whose people are offered at a practice site's sign-in; empty: all."
    )
    synthetic_numbers_only: bool = _setting(
        True,
        "Whether a practice site refuses identity numbers that a real person may have: fødselsnummer, "
        "D-nummer, felles hjelpenummer and DUF-nummer of ordinary form.",
    )
    address: str = _setting(
        "127.0.0.1", "Network address to listen on; a practice site takes a loopback address."
    )
    port: int = _setting(8080, "Port to listen on.", least=1, most=LAST_PORT)
    workers: int = _setting(_cores, "Number of processes that answer requests.", least=1)
    connections: int = _setting(8, "Most database connections that one process opens.", least=1)
    base_url: str = _setting(
        "",
        "Address of the FHIR service as others know it, such as https://journal.example/fhir; "
        "empty: as each request names it.",
    )
    site_url: str = _setting(
        "",
        "Address of the site as browsers know it, such as https://journal.example, without a path; needed "
        "for sign-in with HelseID and ID-porten. Empty, on a practice site: as each request names it.",
    )
    idle_lock: int = _setting(10, "Minutes without use after which a session is locked.", least=1, most=60)
    session_life: int = _setting(
        12, "Hours after which a session is over, however much it is used: one shift.", least=1, most=24
    )
    helseid_issuer: str = _setting(
        "", "Issuer of HelseID, such as https://helseid-sts.nhn.no; empty: no sign-in with HelseID."
    )
    helseid_client: str = _setting("", "Our client id at HelseID.")
    helseid_key: str = _setting(
        "", 'File with our private key at HelseID: a JWK in JSON with "alg" and "kid", readable by us only.'
    )
    helseid_levels: tuple[str, ...] = _setting(
        ("4",), "Security levels of HelseID that are high enough, separated by commas."
    )
    helseid_organisation: str = _setting(
        "", "Organisation numbers that health workers act for, parent:child, such as 999888777:999888999."
    )
    idporten_issuer: str = _setting(
        "", "Issuer of ID-porten, such as https://idporten.no; empty: no sign-in with ID-porten."
    )
    idporten_client: str = _setting("", "Our client id at ID-porten.")
    idporten_key: str = _setting("", "File with our private key at ID-porten, as for HelseID.")
    idporten_levels: tuple[str, ...] = _setting(
        ("idporten-loa-high",), "Levels of assurance (acr) of ID-porten that are high enough."
    )
    api_audience: str = _setting(
        "", "Audience (aud) of access tokens that the FHIR service takes; empty: it takes none."
    )
    api_bound_tokens: bool = _setting(
        True, "Whether an access token must be bound to its holder's key and come with a proof (DPoP)."
    )
    app_token_life: int = _setting(
        10, "Minutes that an app's access token lasts; after that it must renew it.", least=1, most=60
    )
    app_grant_life: int = _setting(
        30, "Days that a lasting grant to an app (offline_access) lasts at most.", least=1, most=365
    )
    form_days: int = _setting(
        60,
        "Days after the last change when a form that a citizen has begun and not sent is deleted; they are "
        "told.",
        least=1,
        most=3_650,
    )
    allowed_origins: tuple[str, ...] = _setting(
        (), "Web origins, separated by commas, whose pages may call the FHIR service (CORS); * for any."
    )
    person_limit: int = _setting(
        6_000,
        "Requests that one person may send in a minute; 0: no limit. Divided by the number of workers: each "
        "counts for itself.",
        least=0,
    )
    app_limit: int = _setting(
        120_000, "Requests that one client application may send in a minute; as above.", least=0
    )
    address_limit: int = _setting(
        12_000,
        "Requests that one network address may send in a minute without showing who asks; as above. Those of "
        "a whole hospital may come from one address: whoever has signed in is counted as a person.",
        least=0,
    )
    proxies: tuple[str, ...] = _setting(
        (), "Network addresses of the site's own proxies: the address they name (X-Forwarded-For) is counted."
    )
    smtp_server: str = _setting(
        "",
        "Mail server for notices to citizens, a name or name:port; empty: no notices by e-mail.",
    )
    smtp_security: str = _setting(
        "starttls", "How the mail server is spoken to: starttls (port 587), tls (465) or none (25)."
    )
    smtp_sender: str = _setting("", "E-mail address that notices come from.")
    smtp_user: str = _setting("", "Our name at the mail server; empty: it asks for none.")
    smtp_password: str = _setting("", "File with our password at the mail server, readable by us only.")
    sms_gateway: str = _setting(
        "", "Address of a gateway that takes SMS as JSON (to, from, text, id); empty: no notices by SMS."
    )
    sms_sender: str = _setting("", "Number or name that SMS come from.")
    sms_token: str = _setting("", "File with the gateway's bearer token; empty: it asks for none.")
    notice_days: int = _setting(
        730,
        "Days that notices, freed time and withdrawn calendar addresses are kept after their end.",
        least=1,
    )
    largest_body: int = _setting(64, "Largest request, in megabytes after decompression.", least=1)
    body_timeout: int = _setting(60, "Seconds that a request's body may take to arrive.", least=1)
    stop_timeout: int = _setting(
        20, "Seconds that requests under way get to finish when the server stops.", least=1
    )

    @property
    def cache(self) -> Path:
        """What is made from other things: may be deleted while nothing runs."""
        return self.data / "cache"

    @property
    def bases(self) -> tuple[str, ...]:
        """The addresses under which references to this server's own resources may come."""
        hosts = {self.address, "localhost"}
        local = sorted(f"http://{f'[{host}]' if ':' in host else host}:{self.port}/fhir" for host in hosts)
        return (self.base_url, *local) if self.base_url else tuple(local)


class Reading(NamedTuple):
    """One setting as it stands."""

    variable: str
    type: str
    value: str
    default: str
    origin: str
    """ "environment" or "default"."""
    sentence: str


_SECRET = re.compile(r"^(\w+://[^:/@]*:).*(@)|(?<=password=)[^&]*()")
"""The password of a database's address."""

_TYPES = {str: "text", int: "number", bool: "true or false", Path: "folder", tuple[str, ...]: "list"}


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this site. Raises Trouble for an unknown variable and for a value of the wrong kind."""
    declared = {_variable(one): one for one in fields(Settings)}
    for name in environment:
        if name.startswith(PREFIX) and name not in declared:
            near = get_close_matches(name[len(PREFIX) :], [one.name.upper() for one in fields(Settings)], 1)
            hint = (
                f" Did you mean {PREFIX}{near[0]}?" if near else " `fellesjournal settings` lists them all."
            )
            raise Trouble(f"There is no setting {name}.{hint}")
    given = {
        one.name: _parsed(one, environment[name]) for name, one in declared.items() if name in environment
    }
    return Settings(**given)


def readings(environment: Mapping[str, str] = os.environ) -> list[Reading]:
    """Every setting with its present value and where that comes from, without the database's password."""
    settings, defaults = read(environment), Settings()
    return [
        Reading(
            variable=_variable(one),
            type=_TYPES[one.type],  # type: ignore[index] # a field's type is a class here, never a string
            value=_written(getattr(settings, one.name)),
            default=_written(getattr(defaults, one.name)),
            origin="environment" if _variable(one) in environment else "default",
            sentence=one.metadata["sentence"],
        )
        for one in fields(Settings)
    ]


def _variable(one: Field[Any]) -> str:
    return one.metadata["variable"] or PREFIX + one.name.upper()


def _parsed(one: Field[Any], text: str) -> Any:
    """The value of a variable's text, or Trouble that says what it should be."""
    text = text.strip()
    if one.type is bool:
        return _truth(one, text)
    if one.type is int:
        return _number(one, text)
    if one.type is Path:
        return Path(text).expanduser().resolve()
    if one.type == tuple[str, ...]:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def _truth(one: Field[Any], text: str) -> bool:
    values = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
    if text.lower() not in values:
        raise Trouble(f'{_variable(one)} is "{text}": it must be true or false.')
    return values[text.lower()]


def _number(one: Field[Any], text: str) -> int:
    least, most = one.metadata["least"], one.metadata["most"]
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        number = int(text)
        if number >= least and (most is None or number <= most):
            return number
    bounds = f"from {least} to {most}" if most else f"{least} or more"
    raise Trouble(f'{_variable(one)} is "{text}": it must be a whole number, {bounds}.')


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ", ".join(value)
    return _SECRET.sub(r"\1***\2", str(value))
