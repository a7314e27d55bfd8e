"""Calendars as files: what RFC 5545 asks of every line, and nothing of what it is about."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.booking.icalendar.writing import Event, calendar

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_an_event_has_a_name_two_times_and_a_state() -> None:
    one = Event("a@x", NOW, NOW + timedelta(minutes=20), "Avtale", 3, cancelled=True, address="https://x/y")
    lines = calendar([one], NOW, "Legekontoret").decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    for line in (
        *("UID:a@x", "DTSTART:20261126T120000Z", "DTEND:20261126T122000Z", "SEQUENCE:3"),
        *("STATUS:CANCELLED", "CLASS:PRIVATE", "URL:https://x/y", "X-WR-CALNAME:Legekontoret"),
    ):
        assert line in lines


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_marked_folded_and_read_back(text: str) -> None:
    made = calendar([Event("a", NOW, NOW, text)], NOW)
    rows = made.split(b"\r\n")
    assert all(len(row) <= 75 for row in rows)
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert sum(row.startswith(b"BEGIN:VEVENT") for row in rows) == 1
    whole = made.replace(b"\r\n ", b"").decode()
    found = next(row for row in whole.split("\r\n") if row.startswith("SUMMARY:"))
    told = found.removeprefix("SUMMARY:").replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";")
    kept = "".join(sign for sign in text.replace("\r\n", "\n") if sign >= " " or sign == "\n")
    assert "\\" in text or told == kept
