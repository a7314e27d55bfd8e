"""Encoding and escaping (FHIRPath, section 5.6, of trial use)."""

import base64
import binascii
import html
import json
import re
from collections.abc import Callable

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import NOTHING, Collection, string
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import text_of

Change = Callable[[str], str]

_QUOTE = re.compile(r'\\.|"', re.DOTALL)


def _changing(name: str, changes: dict[str, Change]) -> None:
    """Register a function whose argument says what it does to the string."""

    def build(here: str, target: Part) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            text, wanted = text_of(focus, here), text_of(target.argument(scope), here)
            if text is None or wanted is None:
                return NOTHING
            if wanted not in changes:
                raise Invalid(f"FHIRPath: {here} knows {', '.join(changes)}, not '{wanted}'.")
            try:
                return string(changes[wanted](text))
            except (ValueError, binascii.Error):
                raise Invalid(f"FHIRPath: {here}: the string is not {wanted}.") from None

        return finding(find, here)

    function(name, 1)(build)


def _unescape_json(text: str) -> str:
    """A quote without an escape, which no JSON string has inside, stays as it is."""
    written = _QUOTE.sub(lambda found: found[0] if found[0] != '"' else '\\"', text)
    return str(json.loads(f'"{written}"'))


_changing(
    "encode",
    {
        "hex": lambda text: text.encode().hex(),
        "base64": lambda text: base64.b64encode(text.encode()).decode(),
        "urlbase64": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    },
)
_changing(
    "decode",
    {
        "hex": lambda text: bytes.fromhex(text).decode(),
        "base64": lambda text: base64.b64decode(text, validate=True).decode(),
        "urlbase64": lambda text: base64.b64decode(text, altchars=b"-_", validate=True).decode(),
    },
)
_changing("escape", {"html": html.escape, "json": lambda text: json.dumps(text, ensure_ascii=False)[1:-1]})
_changing("unescape", {"html": html.unescape, "json": _unescape_json})
