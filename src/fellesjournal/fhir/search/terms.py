"""Search terms: every value that is searched for by equality becomes one signed 64-bit number.

A term is the hash of the value mixed with the salt of the element path it stands at, so that one
array of numbers per resource answers every token, reference and URI search. Values are hashed once
however many search parameters read the path.
"""

from functools import lru_cache
from hashlib import blake2b

PRESENT = "\x00present"
"""The value of the term that says "this path has a value" (modifier :missing)."""


@lru_cache(maxsize=20_000)
def hash64(value: str) -> int:
    """A signed 64-bit hash of `value`, the same on every machine and in every release."""
    return int.from_bytes(blake2b(value.encode(), digest_size=8).digest(), "big", signed=True)


def code_term(system: str, code: str) -> int:
    """The hash of a code as it is found by name, however it is punctuated: I21.9 is i219."""
    return hash64(f"{system}|{''.join(filter(str.isalnum, code)).upper()}")


def key_of(reference: str) -> int:
    """The key of a resource, from its relative reference "Type/id"."""
    return hash64(reference)


@lru_cache(maxsize=200)
def keys_of(references: tuple[str, ...]) -> tuple[int, ...]:
    """The keys of many, in their order: the same hundreds are asked about again and again."""
    return tuple(map(key_of, references))


@lru_cache(maxsize=20_000)
def salt(kind: str, path: str) -> int:
    """The salt of an element path as read by one kind of search parameter ("token", "Observation.code")."""
    return hash64(f"{kind}\x00{path}")


@lru_cache(maxsize=20_000)
def path_number(path: str) -> int:
    """The signed 32-bit number an element path has in the typed index tables."""
    return int.from_bytes(blake2b(path.encode(), digest_size=4).digest(), "big", signed=True)
