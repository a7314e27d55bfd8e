"""The table of words for one thing."""

from collections import Counter
from pathlib import Path

import pytest

from fellesjournal.terminology import finding
from fellesjournal.terminology.finding.synonyms import Synonyms, norwegian, phrase, read

TABLE = sorted((Path(finding.__file__).parent / "table").glob("*.txt"))
SMALL = Synonyms(
    read(
        [
            "# Bones",
            "hoftebrudd = brudd i lårhals = fractura colli > pertrokantært brudd, hoftefeil",
            "hofteslitasje = koksartrose",
            "",
        ]
    )
)


def others(words: str) -> set[str]:
    heard = SMALL.whole(phrase(words))
    return {" ".join(one) for one in heard.phrases} if heard else set()


def test_names_find_each_other_and_what_is_narrower() -> None:
    assert others("hoftebrudd") == {"brudd larhals", "fractura colli", "pertrokantaert brudd", "hoftefeil"}
    assert "hoftebrudd" in others("fractura colli")


def test_what_is_narrower_finds_nothing() -> None:
    assert others("pertrokantært brudd") == set()


def test_a_name_is_known_in_any_order_and_inflection() -> None:
    assert others("lårhalsen bruddet") >= others("brudd i lårhals") != set()


def test_a_compound_is_known_by_its_parts() -> None:
    known = Synonyms(read(["hoftebrudd = collumfraktur", "hofte = coxa", "brudd = fraktur"]))
    assert known.whole(("brudd", "hofte")) is not None


def test_the_beginning_of_a_name_is_known_with_how_much_of_it_there_is() -> None:
    found = SMALL.begun(("hoftebr",))
    assert [round(heard.share, 1) for heard in found] == [0.7]
    assert len(SMALL.begun(("hofte",))) == 2


def test_a_short_beginning_is_not_looked_for() -> None:
    assert SMALL.begun(("ho",)) == []


def test_a_beginning_that_may_become_too_much_is_not_guessed_at() -> None:
    many = Synonyms(read(f"hofte{letter} = navn{letter}" for letter in "abcdefgh"))
    assert many.begun(("hofte",)) == []


def test_the_table_is_read() -> None:
    heard = norwegian().whole(("kol",)) or norwegian().whole(("kols",))
    assert heard is not None
    assert ("kronisk", "obstruktiv", "lungesykdom") in heard.phrases


@pytest.mark.parametrize("file", TABLE, ids=lambda file: file.name)
def test_every_line_of_the_table_says_something(file: Path) -> None:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        for meaning in read([line]):
            phrases = (*meaning.names, *meaning.narrower)
            assert all(phrases), f"{file.name}:{number}: a phrase without words"
            assert len(set(phrases)) > 1, f"{file.name}:{number}: one phrase alone is found by itself anyway"


def test_no_two_lines_begin_with_the_same_name() -> None:
    lines = [line for file in TABLE for line in file.read_text("utf-8").splitlines()]
    first = Counter(line.partition("=")[0].partition(">")[0].strip() for line in lines if "=" in line)
    assert [name for name, times in first.items() if times > 1] == []
