"""What forms and addresses name, read."""

from datetime import date

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.ui.asked import day


@pytest.mark.parametrize("text", ["24.12.2026", " 24.12.2026 ", "2026-12-24"])
def test_a_day_is_read_as_people_write_it_and_as_addresses_do(text: str) -> None:
    assert day(text) == date(2026, 12, 24)


@pytest.mark.parametrize("text", ["", "i morgen", "31.2.2026", "24.12", "12/24/2026", "24.12.26"])
def test_what_is_no_day_is_refused_with_how_to_write_it(text: str) -> None:
    with pytest.raises(Invalid, match=r"write it as 24\.12\.2026"):
        day(text)
