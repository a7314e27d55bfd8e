"""The values of terms: what a resource is indexed under, and what a search asks for, said in one place.

A term is `hash64(value) ^ salt(kind, path)`. Values of tokens are "code", "system|code", "|code" (no system)
and "system|" (any code); of references "Type/id" or the URL as written; of URIs the URI. Values that only a
modifier asks for begin with one of the marks below, which no client can write.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from fellesjournal.fhir.search.parameters import SearchParameter, Source
from fellesjournal.fhir.search.terms import PRESENT, salt
from fellesjournal.fhir.text import contact_point

OF_TYPE = "\x00of-type"
"""Before "system|code|value": an identifier by its type (:of-type)."""
TEXT = "\x00text"
"""Before the folded text that stands beside a code (:text)."""
IDENTIFIER = "\x00identifier"
"""Before the token values of a Reference.identifier (:identifier)."""
BELOW = "\x00below"
"""Before each address that a URI lies at or below, without a slash at its end (:below)."""

PART_SEPARATOR = "\x1f"
"""Between the two values of a composite, and between code and text in a token$string row."""

_NUMBERS = {"integer", "positiveInt", "unsignedInt", "decimal"}
_MOMENTS = {"date", "dateTime", "instant", "time"}
_NAMES = {"uri", "url", "canonical", "id", "oid", "uuid"}
UNSYSTEMATIC = frozenset({"code", "boolean", "string", "markdown"} | _NAMES | _NUMBERS | _MOMENTS)
"""Element types that hold a code without a system beside it."""
_UNCODED = frozenset({"Identifier", "ContactPoint"})

NamesOf = Callable[[str], Sequence[str]]
"""From one name of a code system to every name it goes by, such as its URL and its OID; "" is no system."""

_PIECE = re.compile(r"\\(.)", re.DOTALL)


# Values as a client writes them (FHIR R4, search.html#escaping)


def split_escaped(value: str, separator: str) -> list[str]:
    r"""Split at `separator` where it is not escaped with a backslash. The parts keep their escapes."""
    if "\\" not in value:
        return value.split(separator)
    parts = [""]
    escaped = False
    for character in value:
        if character == separator and not escaped:
            parts.append("")
            continue
        parts[-1] += character
        escaped = character == "\\" and not escaped
    return parts


def unescape(value: str) -> str:
    r"""The value without its escapes: `\,` `\$` `\|` and `\\` stand for the character itself."""
    return _PIECE.sub(r"\1", value) if "\\" in value else value


# Tokens


@lru_cache(maxsize=5_000)
def token_variants(system: str, code: str) -> tuple[str, ...]:
    """The values that a code with its system ("" for none) is indexed under; `code` may be ""."""
    if not system:
        return (code, f"|{code}") if code else ()
    return (code, f"{system}|{code}", f"{system}|") if code else (f"{system}|",)


def alone(system: str) -> tuple[str]:
    """The names of a system that goes by one: the NamesOf of identifiers."""
    return (system,)


def token_forms(value: str, names_of: NamesOf = alone) -> list[str]:
    """The values that find what a client writes as code, system|code, |code or system|; [] when empty."""
    system, bar, code = token_parts(value)
    return [form for name in names_of(system) for form in _forms(name, bar, code)]


_TRUTHS = ("true", "false", "")
"""What a boolean is asked for as: where a coded value may stand too, "|code" is the code of no system."""


def token_values(source: Source, value: str, names_of: NamesOf = alone) -> list[str]:
    """The values that find, at one source, what a client writes as code, system|code, |code or system|.

    The system of an element of type code or boolean is implied: naming it changes nothing, naming another
    finds nothing. A plain string has none. What stands in an Identifier or a ContactPoint is no code system.
    """
    system, bar, code = token_parts(value)
    names = names_of(system) if is_coded(source) else alone(system)
    found = []
    if "ContactPoint" in source.codes:
        found += _forms(system, bar, contact_point(code))
    if source.codes - UNSYSTEMATIC - {"ContactPoint"} or not source.codes:
        found += [form for name in names for form in _forms(name, bar, code)]
    bare = source.codes & UNSYSTEMATIC
    if bare == {"boolean"} and code not in _TRUTHS:
        return list(dict.fromkeys(found))
    if bare and (not system or not source.systems.isdisjoint(names)):
        found += [code] if code else [PRESENT] if system else []
    return list(dict.fromkeys(found))


def is_coded(source: Source) -> bool:
    """Whether codes of code systems stand at a source, not only identifiers or contact points."""
    return not source.codes or not source.codes <= _UNCODED


def token_parts(value: str) -> tuple[str, str, str]:
    """System, "|" where the client writes one, and code, without escapes; each "" where there is none."""
    system, *rest = split_escaped(value, "|")
    if not rest:
        return "", "", unescape(system)
    return unescape(system), "|", unescape("|".join(rest))


def _forms(system: str, bar: str, code: str) -> list[str]:
    return [f"{system}{bar}{code}"] if system or code else []


# URIs and references


def uri_ancestors(uri: str) -> list[str]:
    """The addresses above an http(s) URL, nearest first: "http://a/b/c" has "http://a/b" and "http://a"."""
    scheme, mark, rest = uri.partition("://")
    if not mark:
        return []
    steps = rest.rstrip("/").split("/")
    return [f"{scheme}://{'/'.join(steps[:count])}" for count in range(len(steps) - 1, 0, -1)]


def reference_values(reference: str) -> tuple[str, ...]:
    """The values a reference, URL or canonical is indexed under: as written, and without its version."""
    plain, versioned, _ = reference.partition("/_history/")
    if not versioned:
        plain = reference.partition("|")[0]
    return (reference,) if plain == reference else (reference, plain)


# Composites


def composite_salt(parameter: SearchParameter) -> int:
    """The salt of the terms of a composite of two parts that are both found by equality."""
    return salt("composite", f"{parameter.base}.{parameter.code}")


def composite_path(parameter: SearchParameter) -> str:
    """The path under which a composite's token$string rows stand."""
    return f"{parameter.base}.{parameter.code}"


def composite_values(first: list[str], second: list[str]) -> list[str]:
    """The values of a composite of two parts found by equality, from the values of the parts."""
    return [PART_SEPARATOR.join(pair) for pair in product(first, second)]
