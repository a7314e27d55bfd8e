"""The words of notices, in the citizen's language."""

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fellesjournal.booking.grid import NORWAY

_LIKE = {"se": "nb", "pl": "en", "uk": "en"}
"""The language that is written where there are no texts in the citizen's own."""


class Text(NamedTuple):
    """What is sent; an SMS has no subject."""

    subject: str
    body: str


def text(kind: str, moment: datetime | None, language: str, site: str) -> Text:
    """The words of a notice. `site` is the address of the citizen's pages, "" where it is not known."""
    words = texts()[_LIKE.get(language, language)]
    when = "" if moment is None else words["date"].format(moment.astimezone(NORWAY))
    said = words[kind].format(when=when, site=site)
    return Text(words["subject"], said if site else said.removesuffix(": ") + ".")


@cache
def texts() -> dict[str, dict[str, str]]:
    """All texts, by language and kind."""
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
