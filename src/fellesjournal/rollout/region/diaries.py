"""When workers are with somebody, so that nobody is with two at a time.

Only the citizens of one block are told by one process, so a block has a third of each hour at the GP's: those
of three blocks do not meet there, and a small region has no more. In larger ones two of a doctor's many may
have had the same minutes some years ago.
"""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.days import Days
from fellesjournal.rollout.region.units import Service

THIRDS = 3
_THIRD, _PAUSE = timedelta(minutes=60 // THIRDS), timedelta(minutes=5)
_CLOSES = (16, 23)
"""The hours before which somebody is seen who comes earlier: at an office, and anywhere."""

Stretch = tuple[datetime, datetime]


class Diaries:
    """The diaries of all workers, as the citizens of a block fill them, in their order."""

    def __init__(self, block: int = 0) -> None:
        self._third = timedelta(minutes=block % THIRDS * 60 // THIRDS)
        self._taken: dict[tuple[str, date], list[Stretch]] = {}

    def begins(
        self,
        days: Days,
        worker: str,
        service: Service | None,
        start: datetime,
        lasts: timedelta,
        home: bool | None,
        *,
        booked: bool = False,
    ) -> datetime:
        """When a contact begins that day: at `start`, or as soon after as both the worker and the citizen,
        whose `days` these are, have time, who have none for others then; for the worker at `start` all the
        same where that would be too late. What is `booked` has its hour already."""
        start = days.before_going_out(start, lasts) if home and not booked else start
        third = service is Service.GP and not home and lasts <= _THIRD and not booked
        taken = [] if booked else self._taken.setdefault((worker, start.date()), [])
        begins = self._in_third(start.replace(minute=0)) if third else start
        while (after := _free_after(taken, days.begins(begins, lasts, home=home), lasts)) != begins:
            begins = self._in_third(after) if third else after
            if begins.date() != start.date() or any(start.hour < end <= begins.hour for end in _CLOSES):
                begins = days.begins(start, lasts, home=home)
                break
        taken.append((begins, begins + lasts))
        days.take_hour(begins, lasts, home=home)
        return begins

    def _in_third(self, moment: datetime) -> datetime:
        """When the block's third of an hour next begins."""
        begins = moment.replace(minute=0) + self._third
        return begins if begins >= moment else begins + timedelta(hours=1)


def _free_after(taken: list[Stretch], start: datetime, lasts: timedelta) -> datetime:
    """The start, or when the worker has time after it."""
    for since, until in sorted(taken):
        if since < start + lasts and start < until:
            start = until + _PAUSE
    return start
