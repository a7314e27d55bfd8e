"""Standard phrases and their holes."""

import pytest

from fellesjournal.documentation.phrases import holes, phrases


@pytest.mark.parametrize("role", ["lege", "sykepleier", "fysioterapeut", "saksbehandler"])
def test_every_role_has_phrases(role: str) -> None:
    assert "usa" in phrases(role)


def test_a_role_says_its_own_word_its_own_way() -> None:
    assert phrases("lege")["status"] != phrases("sykepleier")["status"]


def test_a_hole_that_is_left_is_found_and_other_brackets_are_not() -> None:
    assert holes("Frekvens [#frekvens], se vedlegg [2] og [sic].") == ["[#frekvens]"]
    assert holes("Frekvens 16.") == []
