"""Templates in nynorsk: every text that is translated is one of a template, and differs."""

from collections.abc import Iterator
from typing import Any

from fellesjournal.documentation.templates import templates
from fellesjournal.documentation.wording import nynorsk, said


def texts(item: dict[str, Any]) -> Iterator[str]:
    yield item["text"]
    yield from (one["valueCoding"]["display"] for one in item.get("answerOption", ()))
    for inner in item.get("item", ()):
        yield from texts(inner)


def in_templates() -> set[str]:
    known = {one.title for one in templates().values()}
    for one in templates().values():
        for item in one.questionnaire["item"]:
            known |= set(texts(item))
    return known


def test_every_text_in_nynorsk_is_of_a_template_and_other_than_in_bokmaal() -> None:
    assert set(nynorsk()) <= in_templates()
    assert [text for text, other in nynorsk().items() if text == other or not other.strip()] == []


def test_no_two_answers_of_a_question_are_called_the_same() -> None:
    for one in templates().values():
        for item in one.questionnaire["item"]:
            for inner in (item, *item.get("item", ())):
                shown = [said(each["valueCoding"]["display"], "nn") for each in inner.get("answerOption", ())]
                assert len(set(shown)) == len(shown)


def test_what_has_no_other_word_stays_as_it_is() -> None:
    assert said("Hva er viktig for deg?", "nn") == "Kva er viktig for deg?"
    assert said("Hva er viktig for deg?", "nb") == "Hva er viktig for deg?"
    assert said("Faggruppens eget spørsmål", "nn") == "Faggruppens eget spørsmål"
