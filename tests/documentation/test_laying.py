"""One author in several open forms: nothing that was typed is lost, whoever types last."""

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation.rules import Hand, Held, lay, rivals, settle, unseen

EMPTY = Held({}, {}, {})
OFFICE, WARD = Hand("kontor", 0), Hand("post", 0)


def test_different_fields_are_laid_together() -> None:
    held = lay(lay(EMPTY, {"a:0": "kontor"}, OFFICE), {"b:0": "post"}, WARD)
    assert held.fields == {"a:0": "kontor", "b:0": "post"}
    assert held.others == {}


def test_in_the_same_field_both_texts_stand_until_one_is_chosen() -> None:
    held = lay(lay(EMPTY, {"a:0": "kontor"}, OFFICE), {"a:0": "post"}, WARD)
    assert held.fields["a:0"] == "kontor"
    assert rivals(held, "a:0", WARD.form) == {"": "kontor"}
    assert rivals(held, "a:0", OFFICE.form) == {"post": "post"}
    assert rivals(held, "a:0", "opened later") == {"post": "post"}
    chosen = settle(held, "a:0", "kontor\npost", WARD)
    assert chosen.fields["a:0"] == "kontor\npost"
    assert rivals(chosen, "a:0", WARD.form) == {}


def test_who_has_seen_what_the_other_wrote_writes_on_in_it() -> None:
    held = lay(EMPTY, {"a:0": "kontor"}, OFFICE)
    held = lay(held, {"a:0": "kontor og post"}, Hand("post", held.revision))
    assert (held.fields["a:0"], held.others) == ("kontor og post", {})
    again = lay(held, {"a:0": "bare kontor"}, OFFICE)
    assert again.fields["a:0"] == "kontor og post"
    assert rivals(again, "a:0", OFFICE.form) == {"": "kontor og post"}


def test_one_form_never_meets_itself() -> None:
    held = EMPTY
    for text in ("b", "be", "bed", "be", ""):
        held = lay(held, {"a:0": text}, OFFICE)
    assert (held.fields["a:0"], held.others) == ("", {})


def test_an_empty_field_displaces_no_words_and_what_is_the_same_is_no_rival() -> None:
    held = lay(EMPTY, {"a:0": "kontor"}, OFFICE)
    assert lay(held, {"a:0": " "}, WARD).fields["a:0"] == "kontor"
    same = lay(held, {"a:0": "kontor"}, WARD)
    assert rivals(same, "a:0", WARD.form) == rivals(same, "a:0", OFFICE.form) == {}
    assert rivals(lay(same, {"a:0": "nytt"}, OFFICE), "a:0", WARD.form) == {"": "nytt"}


def test_what_another_form_wrote_is_told_to_the_one_that_has_not_seen_it() -> None:
    held = lay(EMPTY, {"a:0": "kontor", "kilde/a:0": "Observation/1=kontor"}, OFFICE)
    assert unseen(held, WARD) == ["a:0"]
    assert unseen(held, OFFICE) == []
    assert unseen(held, Hand("post", held.revision)) == []


TYPED = st.lists(
    st.tuples(
        st.sampled_from(["x", "y", "z"]),
        st.sampled_from(["a:0", "b:0"]),
        st.text("abc ", max_size=3),
    ),
    max_size=12,
)


@given(TYPED)
def test_the_last_words_of_every_form_that_saw_nothing_of_the_others_are_still_there(
    typed: list[tuple[str, str, str]],
) -> None:
    held, last = EMPTY, dict[tuple[str, str], str]()
    for form, place, text in typed:
        held = lay(held, {place: text}, Hand(form, 0))
        last[form, place] = text
    for (_, place), text in last.items():
        there = {held.fields.get(place, ""), *held.others.get(place, {}).values()}
        assert not text.strip() or text in there
