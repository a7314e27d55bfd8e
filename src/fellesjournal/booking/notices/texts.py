"""The words of notices, in the citizen's language."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fellesjournal.norway.writing import spelled

_LIKE = {"se": "nb", "pl": "en", "uk": "en"}
"""The language that is written where there are no texts in the citizen's own."""


class Text(NamedTuple):
    """What is sent; an SMS has no subject."""

    subject: str
    body: str


def text(kind: str, moment: datetime | None, language: str, site: str, *, of_another: bool = False) -> Text:
    """The words of a notice: to the citizen, or `of_another` to who acts for them. `site` is the address of
    the citizen's pages, "" where it is not known. Every sign is one of GSM 03.38, so that an SMS stays one.
    """
    written = _LIKE.get(language, language)
    words = texts()[written]["other" if of_another else "own"]
    when = "" if moment is None else spelled(moment.isoformat(), None, written).replace("\u00a0", " ")
    said = words[kind].format(when=when, site=site)
    return Text(words["subject"], said if site else said.removesuffix(": ") + ".")


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """All texts, by language, whose it is, and kind."""
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
