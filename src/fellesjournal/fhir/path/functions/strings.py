"""String functions (FHIRPath N1, section 5.6). Positions are counted in characters from 0."""

from collections.abc import Callable

from fellesjournal.fhir.path.items import NOTHING, Collection, integer, string
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import insist_on_length, integer_of, text_of


def _test(name: str, holds_for: Callable[[str, str], bool]) -> None:
    def build(here: str, argument: Part) -> Part:
        def holds(focus: Collection, scope: Scope) -> bool | None:
            text, wanted = text_of(focus, here), text_of(argument.argument(scope), here)
            return None if text is None or wanted is None else holds_for(text, wanted)

        return condition(holds)

    function(name, 1)(build)


def _change(name: str, change: Callable[[str], str]) -> None:
    def build(here: str) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            text = text_of(focus, here)
            return NOTHING if text is None else string(change(text))

        return finding(find, here)

    function(name)(build)


def _position(name: str, position: Callable[[str, str], int]) -> None:
    def build(here: str, wanted: Part) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            text, part = text_of(focus, here), text_of(wanted.argument(scope), here)
            return NOTHING if text is None or part is None else integer(position(text, part))

        return finding(find, here)

    function(name, 1)(build)


_test("startsWith", str.startswith)
_test("endsWith", str.endswith)
_test("contains", str.__contains__)
_change("upper", str.upper)
_change("lower", str.lower)
_change("trim", str.strip)
_position("indexOf", str.find)
_position("lastIndexOf", str.rfind)


@function("length")
def length(here: str) -> Part:
    """How many characters the string has."""

    def find(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, here)
        return NOTHING if text is None else integer(len(text))

    return finding(find, here)


@function("substring", 1, 2)
def substring(here: str, start: Part, count: Part | None = None) -> Part:
    """The string from a position to its end or so many characters on."""

    def find(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, here)
        begin = integer_of(start.argument(scope), here)
        long = integer_of(count.argument(scope), here) if count else None
        if text is None or begin is None or not 0 <= begin < len(text):
            return NOTHING
        return string(text[begin:] if long is None else text[begin : begin + max(long, 0)])

    return finding(find, here)


@function("replace", 2)
def replace(here: str, pattern: Part, substitution: Part) -> Part:
    """The string with every occurrence of one text replaced by another."""

    def find(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, here)
        old, new = text_of(pattern.argument(scope), here), text_of(substitution.argument(scope), here)
        if text is None or old is None or new is None:
            return NOTHING
        insist_on_length(len(text) + text.count(old) * len(new), here)
        return string(text.replace(old, new))

    return finding(find, here)


@function("toChars")
def to_chars(here: str) -> Part:
    """The characters of the string."""

    def find(focus: Collection, scope: Scope) -> Collection:
        text = text_of(focus, here) or ""
        scope.environment.work(len(text))
        return [item for character in text for item in string(character)]

    return finding(find, here)


@function("split", 1)
def split(here: str, separator: Part) -> Part:
    """The parts of the string between the separators; its characters for an empty one."""

    def find(focus: Collection, scope: Scope) -> Collection:
        text, between = text_of(focus, here), text_of(separator.argument(scope), here)
        if text is None or between is None:
            return NOTHING
        parts = text.split(between) if between else list(text)
        scope.environment.work(len(parts))
        return [item for part in parts for item in string(part)]

    return finding(find, here)


@function("join", 0, 1)
def join(here: str, separator: Part | None = None) -> Part:
    """All strings in one, with the separator between them."""

    def find(focus: Collection, scope: Scope) -> Collection:
        between = (text_of(separator.argument(scope), here) or "") if separator else ""
        texts = [text for item in focus if (text := text_of([item], here)) is not None]
        insist_on_length(sum(map(len, texts)) + len(between) * len(texts), here)
        return string(between.join(texts)) if focus else NOTHING

    return finding(find, here)
