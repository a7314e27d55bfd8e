"""Standard phrases with holes, by role (phrases.toml)."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "phrases.toml"
EVERYBODY = "alle"
_HOLE = re.compile(r"\[(?:#?[\wæøåÆØÅ ]{1,30}|[^\[\]\n]{1,60}\|[^\[\]\n]{1,60})\]")


def phrases(role: str) -> Mapping[str, str]:
    """The phrases of a role by name; a role's own goes before everybody's of the same name."""
    read = _read()
    return {**read[EVERYBODY], **read.get(role, {})}


def holes(text: str) -> list[str]:
    """The holes of standard phrases that are left in a text, as they stand there."""
    known = {hole for each in _read().values() for phrase in each.values() for hole in _HOLE.findall(phrase)}
    return [hole for hole in _HOLE.findall(text) if hole in known]


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text("utf-8"))
