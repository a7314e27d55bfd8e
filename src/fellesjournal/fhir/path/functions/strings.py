"""String functions (FHIRPath N1, section 5.6)."""

from collections.abc import Callable

import re2

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, Evaluate, Scope, boolean, number, string
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.singletons import integer_of, text_of

LONGEST_PATTERN = 1_000
"""Characters of a regular expression."""

_OPTIONS = re2.Options()
_OPTIONS.dot_nl = True
_OPTIONS.log_errors = False


def _test(name: str, holds: Callable[[str, str], bool]) -> None:
    def build(argument: Evaluate) -> Evaluate:
        def evaluate(focus: Collection, scope: Scope) -> Collection:
            text, wanted = text_of(focus, f"{name}()"), text_of(argument([scope.this], scope), f"{name}()")
            return [] if text is None or wanted is None else boolean(holds(text, wanted))

        return evaluate

    function(name, 1)(build)


def _change(name: str, change: Callable[[str], str]) -> None:
    def build() -> Evaluate:
        def evaluate(focus: Collection, scope: Scope) -> Collection:
            text = text_of(focus, f"{name}()")
            return [] if text is None else string(change(text))

        return evaluate

    function(name)(build)


def _matches(text: str, pattern: str) -> bool:
    """RE2 takes time in proportion to the text, whatever the pattern: patterns come with requests."""
    if len(pattern) > LONGEST_PATTERN:
        raise Invalid(f"FHIRPath: a regular expression has at most {LONGEST_PATTERN} characters.")
    try:
        return re2.compile(pattern, _OPTIONS).search(text) is not None
    except re2.error as error:
        reason = error.args[0].decode(errors="replace")
        raise Invalid(
            f"FHIRPath: '{pattern}' is no regular expression that can be used here: {reason}. "
            "Back-references and look-around are not supported."
        ) from None


_test("startsWith", str.startswith)
_test("endsWith", str.endswith)
_test("contains", str.__contains__)
_test("matches", _matches)
_change("upper", str.upper)
_change("lower", str.lower)
_change("trim", str.strip)


@function("length")
def length() -> Evaluate:
    """How many characters the string has."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, "length()")
        return [] if text is None else number(len(text))

    return evaluate


@function("substring", 1, 2)
def substring(start: Evaluate, count: Evaluate | None = None) -> Evaluate:
    """The string from a position, counted from 0, to its end or so many characters on."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, "substring()")
        begin = integer_of(start([scope.this], scope), "substring()")
        long = integer_of(count([scope.this], scope), "substring()") if count else None
        if text is None or begin is None or not 0 <= begin < len(text):
            return []
        return string(text[begin:] if long is None else text[begin : begin + max(long, 0)])

    return evaluate


@function("replace", 2)
def replace(pattern: Evaluate, substitution: Evaluate) -> Evaluate:
    """The string with every occurrence of one text replaced by another."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, "replace()")
        old = text_of(pattern([scope.this], scope), "replace()")
        new = text_of(substitution([scope.this], scope), "replace()")
        return [] if text is None or old is None or new is None else string(text.replace(old, new))

    return evaluate
