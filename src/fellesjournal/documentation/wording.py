"""What the texts of templates are called in nynorsk: on the screen alone, a note reads the same for all."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "nynorsk.toml"


@cache
def nynorsk() -> Mapping[str, str]:
    """Titles, questions and answers by their words in bokmål; what is the same in both is left out."""
    return tomllib.loads(FILE.read_text("utf-8"))


def said(text: str, language: str) -> str:
    """A text of a template in a language; as it is where there is no other."""
    return nynorsk().get(text, text) if language == "nn" else text
