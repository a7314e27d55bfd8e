"""When the nurses of a ward measure: on rounds in the morning, afternoon and evening, at other minutes each
day, and before one goes home.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from fellesjournal.rollout.region.chart.documents import Kind, Section
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import at_work
from fellesjournal.rollout.region.visit import Visit

LATELY = 120
"""Days: for so long the ward's measurements are told one by one."""
_ROUNDS = (6.4, 14.2, 21.1)
"""Hours of the day."""
_VARIES, _SOON, _BEFORE_END = 40, timedelta(hours=3), timedelta(minutes=20)
"""Minutes to either side; how long after arrival the first is, and before the end the last."""
_EARLY = 1.25
"""Above 1: they stand closer at first."""
_OFTEN, _NEAR = 4.0, 1.5
"""Hours after arrival at which one is measured too who is gravely ill, unless a round is so near: at least
every hour from a NEWS2 of 5 (Royal College of Physicians, 2017), of which one is told."""
LAST_DAY = 24
"""Hours before now from which who lies there is measured as often as the score says (lying.py), and before
one goes home in which there is no fever."""
_DAILY, _SOME = 72, 3
"""Hours for which there are two a day, and nights of an earlier stay that has as many sets."""


class Nurses:
    """The nurses of the ward at which a stay is, or others who work there in shifts."""

    def __init__(self, life: Life, stay: Visit, policy: str = "sykepleier") -> None:
        assert stay.unit.service is not None
        self._there = life.services.workers(stay.unit.service, policy)
        self._stay = stay

    def at(self, after: float = 0) -> Visit:
        """The stay, by the one who is at work so many hours after arrival."""
        moment = min(self._stay.start + timedelta(hours=after), self._stay.end)
        return self._stay.by(at_work(self._there, moment))

    def note(self, *sections: Section, after: float, kind: Kind = Kind.NOTE) -> None:
        """A note by the one who is at work then."""
        self.at(after).note(*sections, kind=kind, after=after)


def times(life: Life, stay: Visit, *, often: bool = False) -> Iterator[float]:
    """Hours after arrival: three a day at first and fewer as it passes, `often` more on the first; of stays
    of earlier years about one a day and then fewer, one of one or two nights, the last on the day on which
    one goes home."""
    hours = (stay.end - stay.start).total_seconds() / 3600
    slots = list(_slots(life, stay))
    if (life.era.until - stay.end.date()).days >= LATELY:
        wanted = _number(hours)
        places = [round(len(slots) * (one / wanted) ** _EARLY) for one in range(1, wanted + 1)]
        slots = [slots[one - 1] for one in dict.fromkeys(places) if one]
    else:
        slots = [(turn, at) for turn, at in slots if at < 30 or turn == 0 or (turn == 2 and at < _DAILY)]
        if often and hours > _OFTEN and not any(abs(at - _OFTEN) < _NEAR for _, at in slots):
            slots = sorted([*slots, (0, _OFTEN)], key=lambda one: one[1])
        if stay.goes_on:
            slots = [(turn, at) for turn, at in slots if at < hours - LAST_DAY]
    for _, at in slots:
        yield at


def _number(hours: float) -> int:
    """How many sets an earlier stay of so many hours has after that of the arrival."""
    nights = round(hours / 24)
    return 1 if nights < _SOME else _SOME + max(0, nights - _SOME - 1) // 2


def _slots(life: Life, stay: Visit) -> Iterator[tuple[int, float]]:
    """Which round of its day each is, and how many hours after arrival."""
    for day in range((stay.end.date() - stay.day).days + 1):
        for turn, hour in enumerate(_ROUNDS):
            minutes = round(60 * hour) + life.chance.between(-_VARIES, _VARIES)
            at = datetime.combine(stay.day + timedelta(days=day), time()) + timedelta(minutes=minutes)
            if stay.start + _SOON <= at <= stay.end - _BEFORE_END:
                yield turn, (at - stay.start).total_seconds() / 3600
