"""Texts as they are searched: stems in their order, as PostgreSQL reads them."""

import re

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.terminology.wording.written import LARGEST, line, vector

STEM = r"[^\W_]+"
ONE = re.compile(rf"{STEM}:\d+(,\d+)*|_{STEM}")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Lungebetennelsen", "lungebetennelse"),
        ("SYKDOMMER", "sjukdom"),
        ("Blåveis på øyet", "blaaveis pa oyet"),
        ("brudd i hoften", "brudd i hofta"),
    ],
)
def test_what_is_said_in_another_way_is_written_down_as_the_same(text: str, same: str) -> None:
    assert line(text) == line(same)


def test_a_text_without_words_is_no_line() -> None:
    assert (line("- ,"), vector(" \n...")) == ("", "")


def test_a_long_stem_is_written_backwards_too_and_a_short_one_is_not() -> None:
    assert vector("hoste på badet") == "host:1 pa:2 bad:3"
    assert vector("hoftebrudd") == "hoftebrudd:1 _ddurbetfoh"


def test_no_phrase_goes_from_one_text_to_the_next() -> None:
    assert vector("kvalme\nhoste") == "kvalm:1 host:7"


@given(st.text())
def test_whatever_is_written_is_a_vector(text: str) -> None:
    assert all(ONE.fullmatch(one) for one in vector(text).split(" ") if one)


async def test_postgresql_takes_the_longest_and_strangest_texts(pool: asyncpg.Pool) -> None:
    many = " ".join(
        f"{number:x}".translate(str.maketrans("0123456789", "ghijklmnop")) for number in range(90_000)
    )
    for text in (many, "é" * 500_000, "же " * 100_000, "it's \\ 'quoted' & | ! ( ) < : * _ %", "١٢ 一二三"):
        written = vector(text)
        assert len(written.encode()) < 3 * LARGEST
        doubled = "select length($1::text::tsvector || $2::text::tsvector)"
        assert await pool.fetchval(doubled, written, vector(text[::-1])) is not None
