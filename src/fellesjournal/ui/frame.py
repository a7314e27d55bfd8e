"""The frame that pages stand in, and how they are written out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from jinja2 import Environment

from fellesjournal.ui import norwegian
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.files import Files
from fellesjournal.ui.templates import environment

HERE = Path(__file__).parent
PAGES, STATIC = HERE / "pages", HERE / "static"


def points(values: Sequence[float]) -> str:
    """A trend as the points of an SVG polyline, 100 wide and 20 high."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step, scale = 100 / (len(values) - 1), (high - low) or 1
    return " ".join(
        f"{place * step:.0f},{18 - (value - low) / scale * 16:.1f}" for place, value in enumerate(values)
    )


@lru_cache(maxsize=10_000)
def asked(value: str, name: str) -> str:
    """A parameter of an address: the same few stand on every chart, and quoting is slow."""
    return f"{name}={quote_plus(value)}"


@cache
def _templates(folders: tuple[Path, ...], static: Files) -> Environment:
    """The templates of some folders; a process compiles each once, whatever words it is drawn with."""
    pages = environment(*folders, PAGES)
    pages.globals["file"] = static.path
    pages.filters |= {
        "day": norwegian.day,
        "clock": norwegian.clock,
        "hour": norwegian.hour,
        "number": norwegian.number,
        "points": points,
        "asked": asked,
    }
    return pages


class Frame:
    """Templates of a surface, in the shared frame, with its words."""

    def __init__(self, folders: Sequence[Path], words: Mapping[str, Words], static: Files) -> None:
        self._words = words
        self._pages = _templates(tuple(folders), static)

    def words(self, language: str) -> Words:
        """The words of a language."""
        return self._words[language]

    def html(self, template: str, language: str, now: datetime, **values: Any) -> str:
        """A page or a fragment."""

        def ago(text: str) -> str:
            return norwegian.ago(text, now, language)

        def spelled(text: str) -> str:
            return norwegian.spelled(text, now, language)

        found = self._pages.get_template(template)
        return found.render(
            t=self._words[language], language=language, now=now, ago=ago, spelled=spelled, **values
        )
