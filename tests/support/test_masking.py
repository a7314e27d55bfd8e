"""What could name a citizen is taken out of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fellesjournal.support.masking import MASK, masked, words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Knappen virker ikke for 13816512345", f"Knappen virker ikke for {MASK}"),
        ("Født 138165 12345 i dag", f"Født {MASK} i dag"),
        ("Født 13.81.65-12345", f"Født {MASK}"),
        ("Ring 900 12 345 da", f"Ring {MASK} da"),
        ("født 01.02.1942", f"født {MASK}"),
        ("se Patient/ada og /arbeid/innbygger/ada/malinger nå", f"se {MASK} og {MASK} nå"),
        ("id 0f8fad5b-d9cb-469f-a165-70867728950e", f"id {MASK}"),
        ("skriv til blid@example.org", f"skriv til {MASK}"),
        ("Blid Fjellrype får ikke puls 88", f"{MASK} {MASK} får ikke puls 88"),
        ("BLID FJELLRYPES blid-fjellrype", f"{MASK} FJELLRYPES {MASK}-{MASK}"),
        ("NEWS2 viste 7 klokken 12:30 på side 3", "NEWS2 viste 7 klokken 12:30 på side 3"),
    ],
)
def test_numbers_addresses_and_names_are_hidden_and_the_rest_stays(text: str, left: str) -> None:
    assert masked(text, {"blid", "fjellrype"}) == left


@given(some.text(max_size=80), some.lists(some.sampled_from(["blid", "fjellrype", "ola"]), max_size=3))
def test_no_word_that_is_a_name_is_left(text: str, names: list[str]) -> None:
    said = f"{text} {' '.join(names)} 13816512345 {text}"
    left = masked(said, names).replace(MASK, " ")
    assert not set(names) & set(words(left))
    assert "13816512345" not in left
