"""What the client wants back (FHIR R4 http.html 3.1.0.1.5-3.1.0.1.11): format, Prefer, _pretty, _summary."""

from dataclasses import dataclass
from functools import lru_cache

from fellesjournal.api.faults import NotAcceptable, UnsupportedMediaType, invalid_value
from fellesjournal.errors import Invalid

FHIR_JSON = b"application/fhir+json; charset=utf-8"
JSON_PATCH = "application/json-patch+json"
FORM = "application/x-www-form-urlencoded"

_JSON = frozenset({"application/fhir+json", "application/json", "text/json", "application/json+fhir", "json"})
_ANY = frozenset({"*/*", "application/*", "*"})
_XML = frozenset({"application/fhir+xml", "application/xml", "text/xml", "application/xml+fhir", "xml"})
PDF = "application/pdf"
_PDF = frozenset({PDF, "pdf"})
_NO_PDF = "Only Patient/[id]/$summary can be had as a PDF, this cannot:"
_VERSIONS = frozenset({"4.0", "4.0.0", "4.0.1"})
SUMMARIES = ("true", "text", "data", "count", "false")


@dataclass(frozen=True, slots=True)
class Preference:
    """The Prefer header. `returns` is minimal, representation, OperationOutcome, or "" when not said."""

    returns: str = ""
    lenient: bool = False
    asynchronous: bool = False


NONE_PREFERRED = Preference()


def media_type(value: str) -> tuple[str, dict[str, str]]:
    """Split a media type from its parameters, all lower-cased: ("application/json", {"charset": "utf-8"})."""
    kind, *rest = value.split(";")
    parameters = {}
    for part in rest:
        name, _, text = part.partition("=")
        parameters[name.strip().lower()] = text.strip().strip('"').lower()
    return kind.strip().lower(), parameters


@lru_cache(maxsize=1_000)
def check_accept(accept: str) -> None:
    """Raise NotAcceptable when the Accept header leaves no room for FHIR JSON of R4."""
    ranges = [media_type(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return
    for kind, parameters in ranges:
        if (kind in _JSON or kind in _ANY) and _wanted(parameters) and _our_version(parameters):
            return
    if any(kind in _XML for kind, _ in ranges):
        raise NotAcceptable("This server speaks FHIR JSON, not XML: send 'Accept: application/fhir+json'.")
    if any(kind in _JSON for kind, _ in ranges):
        raise NotAcceptable("This server speaks FHIR 4.0 (R4): send 'Accept: application/fhir+json'.")
    if any(kind in _PDF for kind, _ in ranges):
        raise NotAcceptable(f"{_NO_PDF} send 'Accept: application/fhir+json'.")
    raise NotAcceptable(f"None of '{accept}' can be had here: send 'Accept: application/fhir+json'.")


@lru_cache(maxsize=1_000)
def prefers_pdf(accept: str) -> bool:
    """Whether the Accept header names PDF, and wants it more than FHIR JSON where it names both."""
    ranges = [media_type(part) for part in accept.split(",")]
    pdf, json = (
        max((_weight(parameters) for kind, parameters in ranges if kind in kinds), default=0.0)
        for kinds in (_PDF, _JSON)
    )
    return pdf > json


def is_pdf(value: str) -> bool:
    """Whether a `_format` names PDF."""
    return media_type(value)[0] in _PDF


def _wanted(parameters: dict[str, str]) -> bool:
    return _weight(parameters) > 0


def _weight(parameters: dict[str, str]) -> float:
    """How much a media type is wanted, from 0 to 1 (RFC 9110 12.4.2)."""
    try:
        return float(parameters.get("q", "1"))
    except ValueError:
        return 1.0


def _our_version(parameters: dict[str, str]) -> bool:
    return parameters.get("fhirversion", "4.0") in _VERSIONS


@lru_cache(maxsize=1_000)
def check_format(value: str) -> None:
    """`_format` overrules Accept; "json" and the JSON media types are served ("+" may come as a space)."""
    kind, parameters = media_type(value.replace(" ", "+"))
    if kind in _JSON and _our_version(parameters):
        return
    if kind in _XML:
        raise NotAcceptable("This server speaks FHIR JSON, not XML: use '_format=json'.")
    if kind in _PDF:
        raise NotAcceptable(f"{_NO_PDF} use '_format=json'.")
    raise NotAcceptable(f"The format '{value}' cannot be had here: use '_format=json'.")


@lru_cache(maxsize=1_000)
def takes_gzip(accept_encoding: bytes) -> bool:
    """Whether the client reads gzip, by Accept-Encoding ("gzip;q=0" says that it does not)."""
    kinds = (media_type(part) for part in accept_encoding.decode("latin-1").split(","))
    return any(kind == "gzip" and _wanted(parameters) for kind, parameters in kinds)


@lru_cache(maxsize=1_000)
def preference(header: str) -> Preference:
    """Read Prefer; preferences that are not known are left alone, as RFC 7240 asks."""
    returns, lenient, asynchronous = "", False, False
    for part in header.replace(";", ",").split(","):
        name, _, value = part.strip().partition("=")
        value = value.strip().strip('"')
        match name.strip().lower():
            case "return":
                if value not in ("minimal", "representation", "OperationOutcome"):
                    text = f"'Prefer: return={value}' is none of minimal, representation, OperationOutcome."
                    raise Invalid(invalid_value("Prefer", text))
                returns = value
            case "handling":
                if value not in ("strict", "lenient"):
                    text = f"'Prefer: handling={value}' is neither strict nor lenient."
                    raise Invalid(invalid_value("Prefer", text))
                lenient = value == "lenient"
            case "respond-async":
                asynchronous = True
    return Preference(returns, lenient, asynchronous)


@lru_cache(maxsize=1_000)
def content_kind(content_type: str) -> str:
    """The media type of a body in UTF-8. Raises UnsupportedMediaType when it claims another charset."""
    kind, parameters = media_type(content_type)
    charset = parameters.get("charset", "utf-8")
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType(f"The body is said to be in '{charset}'; FHIR JSON is always UTF-8.")
    if not _our_version(parameters):
        raise UnsupportedMediaType(
            f"The body is said to be FHIR {parameters['fhirversion']}; this server holds FHIR 4.0 (R4)."
        )
    return kind


def is_json(kind: str) -> bool:
    """Whether a media type is FHIR JSON, by its R4 name, its old name or its generic name."""
    return kind in _JSON


def check_resource_type(content_type: str) -> None:
    """Raise UnsupportedMediaType unless a body of this Content-Type can be a FHIR resource in JSON."""
    if not content_type:
        raise UnsupportedMediaType("There is no Content-Type: send 'Content-Type: application/fhir+json'.")
    kind = content_kind(content_type)
    if kind in _JSON:
        return
    if kind in _XML:
        raise UnsupportedMediaType("This server reads FHIR JSON, not XML: send application/fhir+json.")
    raise UnsupportedMediaType(f"A body of type '{kind}' cannot be read here: send application/fhir+json.")
