"""A person's own phrases: kept, written anew, removed, nobody else's; their holes must be filled too."""

import asyncpg
import pytest

from fellesjournal.documentation.own_phrases import LONGEST, OwnPhrases
from fellesjournal.documentation.phrases import holes
from fellesjournal.errors import Invalid

ME, YOU = "Practitioner/a", "Practitioner/b"


async def test_a_phrase_is_kept_written_anew_and_removed_for_its_author_alone(pool: asyncpg.Pool) -> None:
    own = OwnPhrases(pool)
    await own.keep(ME, "kne", "Kne [høyre|venstre].")
    await own.keep(ME, "kne", " Kne [side], [#grader] grader.\x00 ")
    assert await own.of(ME) == {"kne": "Kne [side], [#grader] grader."}
    assert await own.of(YOU) == {}
    await own.drop(YOU, "kne")
    assert await own.of(ME)
    await own.drop(ME, "kne")
    assert await own.of(ME) == {}


@pytest.mark.parametrize(
    ("name", "text"), [("k", "x"), ("Kne", "x"), ("k ne", "x"), ("kne", " "), ("kne", "x" * (LONGEST + 1))]
)
async def test_what_cannot_be_used_is_refused(pool: asyncpg.Pool, name: str, text: str) -> None:
    with pytest.raises(Invalid):
        await OwnPhrases(pool).keep(ME, name, text)


def test_a_hole_of_ones_own_phrase_is_found() -> None:
    assert holes("Kne [side].") == []
    assert holes("Kne [side].", ["Kne [side]."]) == ["[side]"]
