"""Query strings and forms, read strictly: what is not valid percent-encoded UTF-8 is refused.

Starlette's reader replaces faulty bytes with U+FFFD, which would search for something nobody asked for.
"""

import re
from urllib.parse import quote

from fellesjournal.errors import Invalid

Parameters = list[tuple[str, str]]

_ESCAPED_SEPARATOR = re.compile(rb"%(?:26|3[Dd])")
_BROKEN_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_MOST_PARAMETERS = 1_000


def decoded(raw: bytes, where: str = "the query") -> str:
    """Percent-decode to text. Raises Invalid for a broken escape, for what is not UTF-8 and for NUL."""
    if b"%" in raw:
        broken = _BROKEN_PERCENT.search(raw)
        if broken:
            at = raw[broken.start() : broken.start() + 3].decode("ascii", "replace")
            raise Invalid(
                f"There is a '%' in {where} that is not followed by two hexadecimal digits: '{at}'."
            )
        raw = _unescaped(raw)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Invalid(f"The bytes in {where} are not UTF-8 after percent-decoding.") from None
    if "\x00" in text:
        raise Invalid(f"There is a NUL character in {where}.")
    return text


def _unescaped(raw: bytes) -> bytes:
    """As urllib's unquote_to_bytes, where every % begins an escape: long lists have the same few over and
    over, and each is looked for once. An escaped % is put in last, so that it begins none.
    """
    return b"%".join(map(_without_escapes, raw.split(b"%25")))


def _without_escapes(part: bytes) -> bytes:
    while (at := part.find(b"%")) >= 0:
        escape = part[at : at + 3]
        part = part.replace(escape, bytes.fromhex(escape[1:].decode()))
    return part


def parse(raw: bytes, where: str = "the query") -> Parameters:
    """The parameters of a query string or form in the order written; empty ones are dropped."""
    if not raw:
        return []
    count = raw.count(b"&") + 1
    if count > _MOST_PARAMETERS:
        raise Invalid(f"There are {count} parameters in {where}; at most {_MOST_PARAMETERS} are read.")
    pairs = _split(raw.replace(b"+", b" "), where)
    for name, equals, value in pairs:
        if equals and not name:
            raise Invalid(f"There is a value without a parameter name in {where}: '={value}'.")
    return [(name, value) for name, _, value in pairs if name]


def _split(raw: bytes, where: str) -> list[tuple[str, str, str]]:
    """Name, "=" and value of each. Hundreds are decoded as one, unless that would make new separators."""
    if not _ESCAPED_SEPARATOR.search(raw):
        return [pair.partition("=") for pair in decoded(raw, where).split("&")]
    pairs = (pair.partition(b"=") for pair in raw.split(b"&"))
    return [(decoded(name, where), equals.decode(), decoded(value, where)) for name, equals, value in pairs]


def written(parameters: Parameters) -> str:
    """The query string for a link; characters FHIR uses in values stay readable."""
    return "&".join(f"{quote(name, safe=':.')}={quote(value, safe=':/,|$.')}" for name, value in parameters)
