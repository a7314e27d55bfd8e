"""What has been shortly before a day, and can be spoken of: tests, and the hospital."""

from datetime import date, timedelta

from fellesjournal.rollout.region.life import Life

ANSWERED = timedelta(days=14)
"""For so long tests are asked about."""
WAITED = timedelta(days=45)
"""For so long something from the hospital is waited for."""


def tested(life: Life, day: date) -> bool:
    """Whether tests were taken in the last weeks."""
    return any(day - ANSWERED <= one < day for one in life.chart.tested)


def at_hospital(life: Life, day: date) -> bool:
    """Whether a stay at hospital ended in the last weeks."""
    return any(day - WAITED <= stay.end.date() < day for stay, _ in life.stays)
