"""Scopes in plain words: what a person is told that an app may do."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fellesjournal.access.granted import Clinical, clinical
from fellesjournal.access.policies import Kind
from fellesjournal.smart.texts import Texts

_READ, _WRITE, _DELETE = frozenset("rs"), frozenset("cu"), frozenset("d")


class Told(NamedTuple):
    """What may be read, written and deleted, a phrase each; who it is about, and how the person is shown."""

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    deletes: tuple[str, ...]
    one_patient: bool
    identity: bool


def told(scopes: Iterable[str], kinds: Mapping[str, Kind], texts: Texts, language: str) -> Told:
    """What scopes mean."""
    names = list(scopes)
    found = [one for one in map(clinical, names) if one is not None]

    def phrases(letters: frozenset[str]) -> tuple[str, ...]:
        meant = [one for one in found if letters & set(one.letters)]
        return tuple(dict.fromkeys(_phrase(one, kinds, texts, language) for one in meant))

    return Told(
        phrases(_READ),
        phrases(_WRITE),
        phrases(_DELETE),
        any(one.level == "patient" for one in found),
        any(name in ("openid", "fhirUser", "profile") for name in names),
    )


def _phrase(scope: Clinical, kinds: Mapping[str, Kind], texts: Texts, language: str) -> str:
    """One type of information, with what it is limited to."""
    if scope.type == "*":
        return texts.everything
    title = next((kind.title[language] for kind in kinds.values() if scope.type in kind.types), "")
    named = f"{title} ({scope.type})" if title else scope.type
    if not scope.query:
        return named
    return f"{named}, {texts.only} {', '.join(_limit(*pair, texts) for pair in scope.query)}"


def _limit(name: str, value: str, texts: Texts) -> str:
    code = value.rpartition("|")[2]
    return texts.categories.get(code, f"{name}={value}") if name == "category" else f"{name}={value}"
