"""Regular expressions (FHIRPath N1, sections 5.6.9 to 5.6.11), on RE2.

RE2 takes time in proportion to the text, whatever the pattern: patterns come with requests.
"""

import re
from functools import lru_cache, partial
from typing import Any

import re2

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import NOTHING, Collection, string
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import insist_on_length, text_of

LONGEST_PATTERN = 1_000
"""Characters of a regular expression."""

_FLAGS = {"i": "i", "m": "m"}
_NAMED_GROUP = re.compile(r"\(\?<(?=[A-Za-z_])")
_REFERENCE = re.compile(r"\$(?:(\d)|\{(\w+)\}|(\$))")


@function("matches", 1, 2)
def matches(here: str, pattern: Part, flags: Part | None = None) -> Part:
    """Does a part of the string match? (`^` and `$` stand for its beginning and end.)"""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        text, wanted = text_of(focus, here), text_of(pattern.argument(scope), here)
        chosen = text_of(flags.argument(scope), here) if flags else ""
        if text is None or wanted is None:
            return None
        return compiled(wanted, chosen or "", here).search(text) is not None

    return condition(holds)


@function("matchesFull", 1, 2)
def matches_full(here: str, pattern: Part, flags: Part | None = None) -> Part:
    """Does the whole string match?"""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        text, wanted = text_of(focus, here), text_of(pattern.argument(scope), here)
        chosen = text_of(flags.argument(scope), here) if flags else ""
        if text is None or wanted is None:
            return None
        return compiled(wanted, chosen or "", here).fullmatch(text) is not None

    return condition(holds)


@function("replaceMatches", 2, 3)
def replace_matches(here: str, pattern: Part, substitution: Part, flags: Part | None = None) -> Part:
    """The string with every match replaced; $1 and ${name} stand for what a group matched."""

    def find(focus: Collection, scope: Scope) -> Collection:
        text, wanted = text_of(focus, here), text_of(pattern.argument(scope), here)
        new = text_of(substitution.argument(scope), here)
        chosen = text_of(flags.argument(scope), here) if flags else ""
        if text is None or wanted is None or new is None:
            return NOTHING
        return string(_replaced(text, compiled(wanted, chosen or "", here), new, here) if wanted else text)

    return finding(find, here)


@lru_cache(maxsize=500)
def compiled(pattern: str, flags: str, here: str) -> Any:
    """The pattern for RE2. Raises Invalid when it is none, or too long."""
    if len(pattern) > LONGEST_PATTERN:
        raise Invalid(f"FHIRPath: {here}: a regular expression has at most {LONGEST_PATTERN} characters.")
    if unknown := set(flags) - set(_FLAGS):
        raise Invalid(f"FHIRPath: {here} knows the flags i and m, not '{min(unknown)}'.")
    options = re2.Options()
    options.dot_nl = True
    options.log_errors = False
    chosen = f"(?{flags})" if flags else ""
    try:
        return re2.compile(chosen + _NAMED_GROUP.sub("(?P<", pattern), options)
    except re2.error as error:
        reason = error.args[0]
        reason = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
        raise Invalid(
            f"FHIRPath: {here}: '{pattern}' is no regular expression that can be used here: {reason}. "
            "Back-references and look-around are not supported."
        ) from None


def _replaced(text: str, pattern: Any, new: str, here: str) -> str:
    parts: list[str] = []
    at = total = 0
    for found in pattern.finditer(text):
        made = _REFERENCE.sub(partial(_referred, found, here), new)
        parts += (text[at : found.start()], made)
        total += len(made)
        insist_on_length(total, here)
        at = found.end()
    return "".join((*parts, text[at:]))


def _referred(found: Any, here: str, reference: re.Match[str]) -> str:
    number, name, dollar = reference.groups()
    if dollar:
        return "$"
    try:
        return found.group(int(number) if number else name) or ""
    except (IndexError, KeyError):
        raise Invalid(f"FHIRPath: {here}: the pattern has no group '{number or name}'.") from None
