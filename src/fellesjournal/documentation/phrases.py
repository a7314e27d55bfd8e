"""Standard phrases with holes, by role (phrases.toml)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "phrases.toml"
EVERYBODY = "alle"
AGAIN = "[hent på nytt]"
"""A hole where a fact stood that was another citizen's."""
_HOLE = re.compile(r"\[(?:#?[\wæøåÆØÅ ]{1,30}|[^\[\]\n]{1,60}\|[^\[\]\n]{1,60})\]")


def phrases(role: str) -> Mapping[str, str]:
    """The phrases of a role by name; a role's own goes before everybody's of the same name."""
    read = _read()
    return {**read[EVERYBODY], **read.get(role, {})}


def holes(text: str) -> list[str]:
    """The holes of standard phrases that are left in a text, as they stand there."""
    known = {hole for each in _read().values() for phrase in each.values() for hole in _HOLE.findall(phrase)}
    return [hole for hole in _HOLE.findall(text) if hole in known or hole == AGAIN]


def is_standard(sentence: str) -> bool:
    """Whether a sentence is one of a standard phrase, as everybody writes it."""
    return any(sentence in phrase for each in _read().values() for phrase in each.values())


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))
