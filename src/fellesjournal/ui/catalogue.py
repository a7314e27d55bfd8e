"""Words of pages, by language: a TOML file for each, tables for places, one line for each text.

Bokmål has every text; what nynorsk does not say itself, it says in bokmål. English says everything itself.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("nb", "nn", "en")
_FALLBACK = {"nn": "nb"}


class Words(dict[str, Any]):
    """A table of a catalogue: `words.problems.title`. A text that is not there is an error, never empty."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise KeyError(f"the catalogue has no text '{name}' here") from None


@cache
def catalogue(folder: Path) -> Mapping[str, Words]:
    """The words of every language, from nb.toml, nn.toml and en.toml in a folder, which are read once."""
    read = {
        language: tomllib.loads((folder / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES
    }
    return {
        language: _words(_over(read[_FALLBACK[language]], own) if language in _FALLBACK else own)
        for language, own in read.items()
    }


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """The texts of one table, with those of another in their place."""
    merged = dict(below)
    for name, value in above.items():
        merged[name] = _over(below[name], value) if isinstance(value, dict) else value
    return merged


def _words(table: Mapping[str, Any]) -> Words:
    """Raises KeyError for a name that a dict has itself: pages would show that instead of the text."""
    if hidden := table.keys() & set(dir(Words)):
        raise KeyError(f"texts cannot be called {', '.join(sorted(hidden))}: rename them in the catalogue")
    return Words({name: _words(value) if isinstance(value, dict) else value for name, value in table.items()})
