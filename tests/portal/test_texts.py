"""The portal's own words: the same in every language, all of them used, and easy to read."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from fellesjournal.documentation.own_forms import own_forms
from fellesjournal.documentation.prepared import description_of, prepared
from fellesjournal.portal.another import of_another
from fellesjournal.portal.forms.choices import flat
from fellesjournal.portal.record.areas import AREAS
from fellesjournal.ui.catalogue import catalogue

ROOM = ROOT / "src" / "fellesjournal" / "portal"
TEXTS = ROOM / "texts"
HOLE = re.compile(r"\{(\w+)\}")
USED = re.compile(r"\bt\.([a-z_]+)\.([a-z_0-9]+)\b(?!\()")
CHOSEN = {
    *("menu", "area", "group", "kind", "tie", "appointment"),
    *("power", "lasts", "hindered", "learns", "reason"),
    *("correction_state", "details_wrong", "language", "notice_way", "grown"),
    *("form_fault", "form_state"),
    *("another", "archived"),
}
"""Tables of which a page chooses a text by name."""
EASY = 40
"""Lix below which a text is easy to read (C. H. Björnsson, Läsbarhet, 1968)."""


def texts(table: dict[str, Any], place: str = "") -> Iterator[tuple[str, str]]:
    for name, said in table.items():
        if isinstance(said, dict):
            yield from texts(said, f"{place}{name}.")
        else:
            yield f"{place}{name}", said


def lix(said: list[str]) -> float:
    """Words in a sentence, and how many of a hundred words have more than six letters."""
    words = [word for text in said for word in re.findall(r"\w+", text)]
    sentences = sum(max(1, len(re.findall(r"[.!?:]", text))) for text in said)
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_words_of_the_portal_are_easy_to_read(language: str) -> None:
    said = [text for _, text in texts(catalogue(TEXTS)[language]) if len(text.split()) > 3]
    assert lix(said) <= EASY


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_words_of_our_own_forms_are_easy_to_read(language: str) -> None:
    forms = [prepared(one, language) for one in own_forms().values()]
    said = [description_of(one, language) for one in own_forms().values()]
    said += [one["text"] for form in forms for one in flat(form["item"])]
    assert lix([text for text in said if len(text.split()) > 3]) <= EASY


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_language_says_the_same_with_the_same_holes(language: str) -> None:
    read = catalogue(TEXTS)
    bokmaal, other = dict(texts(read["nb"])), dict(texts(read[language]))
    assert other.keys() == bokmaal.keys()
    for place, text in other.items():
        assert text.strip(), place
        assert set(HOLE.findall(text)) == set(HOLE.findall(bokmaal[place])), place


def test_a_text_that_a_page_could_not_reach_is_refused(tmp_path: Path) -> None:
    for language in ("nb", "nn", "en"):
        (tmp_path / f"{language}.toml").write_text('[growth]\nvalues = "Alle tall"\n', "utf-8")
    with pytest.raises(KeyError, match="cannot be called values"):
        catalogue(tmp_path)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_what_is_said_to_who_acts_for_somebody_stands_for_a_text_with_the_same_holes(language: str) -> None:
    words = catalogue(TEXTS)
    own, said = dict(texts(words[language])), dict(texts(of_another(words)[language]))
    assert said.keys() == own.keys()
    for place, text in texts(words[language].another):
        assert set(HOLE.findall(text)) == set(HOLE.findall(own[place])), place
        assert said[place] == text


def test_every_text_is_used_and_every_text_that_is_used_is_there() -> None:
    shared = ROOM.parent / "ui" / "pages" / "cover.html"
    pages = [page.read_text("utf-8") for page in (*ROOM.rglob("*.html"), *ROOM.rglob("*.py"), shared)]
    used = {f"{table}.{name}" for page in pages for table, name in USED.findall(page)}
    written = dict(texts(tomllib.loads((TEXTS / "nb.toml").read_text("utf-8"))))
    chosen = {place for place in written if place.partition(".")[0] in CHOSEN} | {"result.high", "result.low"}
    assert {place for place in used if place.partition(".")[0] not in CHOSEN} <= written.keys()
    assert written.keys() - used <= chosen
    assert {f"area.{name}.{what}" for name in AREAS for what in ("title", "about", "empty")} <= written.keys()
