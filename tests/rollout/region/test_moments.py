from datetime import datetime, timedelta

import pytest

from fellesjournal.rollout.region.moments import shown, written


@pytest.mark.parametrize(
    ("local", "told"),
    [
        (datetime(2026, 1, 1, 12), "2026-01-01T12:00:00+01:00"),
        (datetime(2026, 7, 1, 12), "2026-07-01T12:00:00+02:00"),
        (datetime(2026, 3, 29, 1, 59), "2026-03-29T01:59:00+01:00"),
        (datetime(2026, 3, 29, 2, 10), "2026-03-29T03:10:00+02:00"),
        (datetime(2026, 3, 29, 3), "2026-03-29T03:00:00+02:00"),
        (datetime(2026, 10, 25, 2, 59), "2026-10-25T02:59:00+02:00"),
        (datetime(2026, 10, 25, 3), "2026-10-25T03:00:00+01:00"),
    ],
)
def test_a_local_time_has_the_offset_of_its_day(local: datetime, told: str) -> None:
    assert written(local) == told


@pytest.mark.parametrize("day", [datetime(2026, 3, 29), datetime(2026, 10, 25)])
def test_a_contact_ends_after_its_beginning_on_the_nights_when_clocks_are_put_on_or_back(
    day: datetime,
) -> None:
    for minute in range(0, 6 * 60, 5):
        begins = shown(day + timedelta(minutes=minute))
        ends = begins + timedelta(minutes=25)
        assert datetime.fromisoformat(written(begins)) < datetime.fromisoformat(written(ends))
