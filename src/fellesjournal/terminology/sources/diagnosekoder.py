"""What the files of the npm package @navikt/diagnosekoder have in common: a JSON list of code and text."""

import re

import msgspec

from fellesjournal.errors import Unprocessable

_VERSION = re.compile(r"\d+\.(20\d\d)\.\d+")


class Pair(msgspec.Struct, frozen=True):
    """A code without dot, and its text."""

    code: str
    text: str


_decode = msgspec.json.Decoder(list[Pair]).decode


def pairs(content: bytes, source: str) -> list[Pair]:
    """The codes of a file, sorted, their texts without stray white space. Raises Unprocessable."""
    try:
        found = _decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unprocessable(f"{source}: it is no list of codes and texts: {error}.") from None
    return sorted((Pair(one.code, " ".join(one.text.split())) for one in found), key=lambda one: one.code)


def year(package: str, source: str) -> int:
    """The year whose codes a version of the package has: 2026 for "1.2026.0". Raises Unprocessable."""
    if not (found := _VERSION.fullmatch(package)):
        raise Unprocessable(f"{source}: the package's version {package} does not name a year.")
    return int(found[1])
