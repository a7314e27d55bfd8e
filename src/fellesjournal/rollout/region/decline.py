"""How old age takes its toll: dementia, and when a citizen moves into a nursing home. Known before other
courses are told, since doctors then come to the home."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

SITS = 7
"""Points of MMSE below which one sits and lies, and is moved by others."""


class Dementia(NamedTuple):
    """One citizen's: since when the diagnosis is there, the MMSE then, and how much is lost in a year."""

    since: date
    first: float
    pace: float
    before: int = 50
    """Days before the diagnosis on which a doctor is first told of it."""

    @property
    def noticed(self) -> date:
        """The day on which a doctor is first told that the citizen forgets."""
        return self.since - timedelta(days=self.before)

    def mmse(self, on: date) -> int:
        """Points of 30 on a day; until the diagnosis, those found then."""
        lost = self.pace * max(0, (on - self.since).days) / 365.25
        return max(0, min(30, round(self.first - lost)))


@dataclass(slots=True)
class Decline:
    """What is known of one citizen; nothing, of most."""

    dementia: Dementia | None = None
    moves_in: date | None = None
    """The day on which the citizen moves into a nursing home for good."""
    helped: bool = False
    """Whether nurses come to the citizen's home on the last day."""
    helped_since: date | None = None
    """The day on which help at home began that goes on, of one who needs it to manage the day."""
    outdoors: list[tuple[date, bool]] = field(default_factory=list)
    """From when on who decided on help found that it is needed outdoors, or not."""
    disabled_since: date | None = None
    """The day of an illness after which the citizen does not work again."""
    able_on: date | None = None
    """The last day on which it was told of work: help at home does not begin before it for frailty alone."""
    drove_until: date | None = None
    """The day on which the licence was handed in, or ran out."""
    has_plan: bool = False
    """Whether those who help at home now have a plan."""
    applied: str = ""
    """Refers to the application that they come for, when that is recorded."""
    applied_for_cleaning: str = ""
    """The same of those who clean."""
    helped_at_home: list[tuple[date, date, bool]] = field(default_factory=list)
    """From when until when somebody comes to help one who does not manage alone, and whether nurses do."""
    walker_since: date | None = None
    """The first day on which it was told that the citizen has a walker at home."""

    def has_walker(self, day: date) -> None:
        """It is told on the day that there is a walker at home."""
        self.walker_since = min(day, self.walker_since or day)

    def lives_in(self, day: date) -> bool:
        """Whether the citizen lives in a nursing home on the day."""
        return self.moves_in is not None and day >= self.moves_in

    def goes_out(self, day: date) -> bool:
        """Whether nobody who decided on help found that it is needed outdoors; known when municipal care is
        told."""
        decided = [helped for since, helped in sorted(self.outdoors) if since <= day]
        return not decided or not decided[-1]

    def is_helped(self, day: date, *, by_nurses: bool = False) -> bool:
        """Whether somebody comes to help at home on the day; known when municipal care is told."""
        spans = self.helped_at_home
        return any(since <= day < until and (nursed or not by_nurses) for since, until, nursed in spans)

    def sits(self, on: date) -> bool:
        """Whether the citizen no longer stands and walks."""
        return self.mmse(on) < SITS

    def mmse(self, on: date) -> int:
        """Points of 30 on a day; 29 for one of whom nobody has said that he or she forgets."""
        forgets = self.dementia is not None and self.dementia.noticed <= on
        return self.dementia.mmse(on) if forgets and self.dementia else 29
