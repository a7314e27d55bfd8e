"""Which days of a life are taken: a citizen who lies in hospital sees nobody else."""

from datetime import date, datetime, timedelta
from operator import itemgetter

from fellesjournal.rollout.region.moments import working_day

DAY, ROAD = timedelta(days=1), timedelta(hours=1)
"""A day, and the time from a visit at home to one elsewhere."""
OPENS = 8
"""The hour before which nobody who comes home in the morning comes earlier than planned."""
RESTS = 3
"""Days after a stay of more than three nights on which one is seen by nobody elsewhere."""
HOME = 10
"""Days after such a stay on which nobody comes about a trifle, nor is controlled for something else."""
MOURNS = timedelta(days=6)
"""For so long after the death of the one they live with nobody sees a doctor about a trifle."""
_STANDS = timedelta(days=21)
"""For so long one who wished for no sick note is not signed off."""
WEEKEND = timedelta(days=3)
BY_OWN_WORD = timedelta(days=3)
CONTROLS = timedelta(days=21)
"""Between controls at the GP's of one who has several illnesses."""


class Days:
    """Stays at wards, times in bed at home, and days of other contacts."""

    __slots__ = ("_controls", "_declined", "_hours", "_leaves", "_short_leaves", "_stays", "_visits")

    def __init__(self) -> None:
        self._leaves: list[tuple[date, date]] = []
        self._declined: list[date] = []
        self._short_leaves: list[tuple[date, date]] = []
        self._stays: list[tuple[date, date, bool, int]] = []
        self._visits: set[date] = set()
        self._controls: list[date] = []
        self._hours: dict[date, list[tuple[datetime, datetime, bool | None]]] = {}

    def take(self, first: date, last: date, *, at_home: bool = False, rests: int = 0) -> None:
        """A stay from the first to the last day, or a time in bed at home, where others may come. One who
        rests after it sees nobody elsewhere for so many days."""
        self._stays.append((first, last, at_home, rests))

    def signs_off(self, first: date, weeks: int) -> bool:
        """Sign the citizen off work for so many weeks; whether that was possible: not twice at a time."""
        last = first + timedelta(weeks=weeks)
        if self._is_off(first, last) or any(abs(first - one) < _STANDS for one in self._declined):
            return False
        self._leaves.append((first, last))
        return True

    def declines(self, day: date) -> bool:
        """Wish for no sick note, which holds for some weeks before and after; whether none begins then."""
        self._declined.append(day)
        return not any(abs(since - day) < _STANDS for since, _ in self._leaves)

    def stays_away(self, day: date) -> bool:
        """Stay away from work by one's own word for three days from the day (folketrygdloven § 8-24); whether
        that was called for: nobody does who is signed off, or will be in those days."""
        if self._is_off(day, day + BY_OWN_WORD):
            return False
        self._short_leaves.append((day, day + BY_OWN_WORD))
        return True

    def _is_off(self, first: date, last: date) -> bool:
        return any(since < last and first < until for since, until in (*self._leaves, *self._short_leaves))

    def off_until(self, day: date) -> date | None:
        """Until when the citizen is signed off on the day, or was until some days before."""
        return next((until for since, until in self._leaves if since <= day <= until + WEEKEND), None)

    def visit(self, day: date) -> None:
        """A contact on the day."""
        self._visits.add(day)

    def control(self, day: date) -> None:
        """A control of an illness that lasts, at the GP's."""
        self._controls.append(day)

    def near_control(self, day: date) -> bool:
        """Whether an illness that lasts is controlled within three weeks of the day."""
        return any(abs(day - one) < CONTROLS for one in self._controls)

    def between_controls(self, day: date) -> date:
        """The day, or the first after it that is three weeks from every other control, and some days after a
        stay, of which others speak."""
        while self.near_control(day) or self._is_about_a_stay(day):
            day += DAY
        return day

    def _is_about_a_stay(self, day: date) -> bool:
        """Whether the day is in a stay of more than one night, or shortly after it."""
        return any(first <= day <= last + HOME * DAY for first, last, _, rests in self._stays if rests)

    def begins(self, start: datetime, lasts: timedelta, *, home: bool | None = None) -> datetime:
        """When a contact can begin: at `start`, or that day after those that it would overlap; an hour from
        one at `home` to one elsewhere, None of what is neither."""
        begins = start
        for since, until, at_home in sorted(self._hours.get(start.date(), ()), key=itemgetter(0, 1)):
            road = ROAD if {home, at_home} == {True, False} else timedelta()
            if since < begins + lasts + road and begins < until + road:
                begins = until + max(road, timedelta(minutes=10))
        return begins if begins.date() == start.date() else start

    def before_going_out(self, start: datetime, lasts: timedelta) -> datetime:
        """When a visit at home begins that would last until one goes elsewhere: so much earlier, where that
        is not before eight and the time is free."""
        taken = self._hours.get(start.date(), ())
        away = [since for since, _, at_home in taken if at_home is False and start <= since]
        if not away or start + lasts + ROAD <= min(away):
            return start
        earlier = min(away) - ROAD - lasts
        return earlier if earlier.hour >= OPENS and self.hour_is_free(earlier, lasts) else start

    def take_hour(self, start: datetime, lasts: timedelta, *, home: bool | None = None) -> None:
        """Keep the time of a contact free of others."""
        self._hours.setdefault(start.date(), []).append((start, start + lasts, home))

    def hour_is_free(self, start: datetime, lasts: timedelta) -> bool:
        """Whether a contact of that length overlaps none at `start`."""
        taken = self._hours.get(start.date(), ())
        return all(until <= start or start + lasts <= since for since, until, _ in taken)

    def without_visit(self, day: date) -> date:
        """The day, or the next working day outside stays on which nobody else is seen."""
        while day in self._visits:
            day = self.outside(working_day(day + DAY))
        return day

    def apart(self, day: date) -> date:
        """The day, or the first after it with no other contact within three days: one does not come about
        another ailment the day after one was seen, nor says then that all is well."""
        near = [timedelta(days=one) for one in range(-3, 4)]
        days = (day + later * DAY for later in range(60))
        days = (one for one in days if not self._is_about_a_stay(one))
        return next((one for one in days if not any(one + gap in self._visits for gap in near)), day)

    def outside(self, day: date, *, home_visit: bool = False) -> date:
        """The day, or the fourth day after a stay that it falls in or shortly before: who will be admitted
        the day after is not found to be well. Those who come to the home come until then."""
        before = timedelta() if home_visit else 2 * DAY
        moved = True
        while moved:
            moved = False
            for first, last, at_home, rests in self._stays:
                until = last if home_visit else last + rests * DAY
                if not (at_home and home_visit) and first - before <= day <= until:
                    day, moved = last + 4 * DAY, True
        return day

    def free(self, day: date, nights: int) -> date:
        """The first day from which so many nights can be spent with no other contact, nor one just before.
        After a year's search the day is given as it is."""
        days = (day + later * DAY for later in range(365))
        return next((one for one in days if self.is_free(one, nights)), day)

    def is_free(self, day: date, nights: int) -> bool:
        """Whether so many nights can be spent from the day on with no other contact, nor one just before or,
        after more than one, in the days of rest."""
        last = day + nights * DAY
        others = any(since <= last + 2 * DAY and day - 2 * DAY <= until for since, until, *_ in self._stays)
        about = range(-2, nights + 1 + (RESTS if nights > 1 else 0))
        return not others and not any(day + one * DAY in self._visits for one in about)
