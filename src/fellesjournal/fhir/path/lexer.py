"""FHIRPath's words (FHIRPath N1, section 12: lexical elements)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from fellesjournal.errors import Invalid


class Token(NamedTuple):
    """A word: kind is name, quoted (a delimited name), string, number, date, time, symbol or end."""

    kind: str
    text: str
    position: int


_CLOCK = r"\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?"
_WORDS = re.compile(
    rf"""
      (?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<time>@T{_CLOCK})
    | (?P<date>@\d\d\d\d(?:-\d\d(?:-\d\d)?)?(?:T(?:{_CLOCK})?(?:Z|[+-]\d\d:\d\d)?)?)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<name>[A-Za-z_]\w*|\$this|\$index|\$total)
    | (?P<quoted>`(?:[^`\\]|\\.)*`|(?<=%)"(?:[^"\\]|\\.)*")
    | (?P<string>'(?:[^'\\]|\\.)*')
    | (?P<symbol><=|>=|!=|!~|[-.\[\]()+*/&|<>=~,{{}}%])
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# Quoted twice after %, as R4's page writes it (fhirpath.html#variables): %"vs-administrative-gender".
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPED = {"r": "\r", "n": "\n", "t": "\t", "f": "\f"}


def tokens(text: str) -> Iterator[Token]:
    """The words of an expression, strings and delimited names without quotes and escapes, then one `end`.

    Raises Invalid at the first character that begins no word.
    """
    at = 0
    while at < len(text):
        found = _WORDS.match(text, at)
        if found is None:
            raise Invalid(f"FHIRPath: nothing can begin with '{text[at]}' at character {at + 1} of '{text}'.")
        kind = found.lastgroup or ""
        word = found[kind]
        if kind in ("string", "quoted"):
            word = _whole(_ESCAPE.sub(_unescape, word[1:-1]))
        if kind != "space":
            yield Token(kind, word, at)
        at = found.end()
    yield Token("end", "", at)


def _whole(word: str) -> str:
    """Two escapes that are the halves of one character make that character."""
    return (
        word.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\ud" in ascii(word) else word
    )


def _unescape(found: re.Match[str]) -> str:
    escaped = found[1]
    if len(escaped) == 5:
        return chr(int(escaped[1:], 16))
    return _ESCAPED.get(escaped, escaped)
