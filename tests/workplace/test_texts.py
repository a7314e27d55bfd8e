"""Every text that a page asks for is there, in every language, and none is there that no page asks for."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from fellesjournal.ui.catalogue import catalogue

ROOM = ROOT / "src" / "fellesjournal" / "workplace"
TEXTS = ROOM / "texts"
PAGES = [
    *ROOM.rglob("*.html"),
    *ROOM.rglob("*.py"),
    *(ROOT / "src" / "fellesjournal" / "ui" / "pages").glob("*.html"),
]
USED = re.compile(r"\bt\.([a-z_]+)\.([a-z_0-9]+)\b(?!\()")
HOLE = re.compile(r"\{(\w+)\}")
CHOSEN = re.compile(r"\bt\.([a-z_]+)\[")
"""A table of which a page chooses a text by name: all of it is used."""


def texts(file: Path) -> set[tuple[str, str]]:
    tables: dict[str, dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))
    return {(table, name) for table, names in tables.items() for name in names}


def sentences(table: dict[str, Any], place: str = "") -> dict[str, str]:
    """Every text with its place, those of inner tables too."""
    found: dict[str, str] = {}
    for name, said in table.items():
        found |= sentences(said, f"{place}{name}.") if isinstance(said, dict) else {f"{place}{name}": said}
    return found


def in_pages(pattern: re.Pattern[str]) -> set[Any]:
    return {found for page in PAGES for found in pattern.findall(page.read_text("utf-8"))}


def test_english_has_the_same_texts_as_bokmaal() -> None:
    assert texts(TEXTS / "en.toml") == texts(TEXTS / "nb.toml")


def test_nynorsk_says_nothing_that_bokmaal_does_not_know() -> None:
    assert texts(TEXTS / "nn.toml") <= texts(TEXTS / "nb.toml")


def test_every_text_that_is_used_exists() -> None:
    assert in_pages(USED) <= texts(TEXTS / "nb.toml")


def test_every_text_is_used() -> None:
    chosen = in_pages(CHOSEN) | {"start", "person"}  # a worklist's title is chosen by its name
    titles = {(table, "title") for table, _ in texts(TEXTS / "nb.toml")}  # part.html: of the part it shows
    unused = texts(TEXTS / "nb.toml") - in_pages(USED) - titles
    assert {one for one in unused if one[0] not in chosen} == set()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_no_text_is_empty_and_holes_have_names(language: str) -> None:
    bokmaal = sentences(catalogue(TEXTS)["nb"])
    said = sentences(catalogue(TEXTS)[language])
    assert said.keys() == bokmaal.keys()
    for place, text in said.items():
        assert text.strip(), place
        assert "{}" not in text, place
        assert set(HOLE.findall(text)) == set(HOLE.findall(bokmaal[place])), place


def test_a_text_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError, match="no text 'nonsense'"):
        _ = catalogue(TEXTS)["nb"].frame.nonsense
