"""Whom one citizen has met, of those who prescribe: found by the day when medicines are settled."""

from bisect import bisect_left, insort
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.units import Service

GENERAL = ("A98",)
"""ICPC-2 codes of what one is seen for when everything is gone through."""
DAY = timedelta(days=1)
LATER, EARLIER = timedelta(days=24), timedelta(days=10)
"""How far from the day that a course names a medicine is begun or stopped, when somebody is seen anyway."""


class Meeting(NamedTuple):
    """A contact or stay, from day to day: at which service, with whom, and how resources refer to it."""

    first: date
    last: date
    service: Service
    by: str
    reference: str
    label: str = ""
    """The security label of the contact: what has another, or none, is not prescribed there."""

    about: tuple[Problem, ...] = ()
    """Why they met."""

    begins: datetime | None = None
    """When it began."""

    def goes_through(self, problem: Problem | None, lasting: Collection[Problem]) -> bool:
        """Whether what is taken for the problem is gone through: where they met about it, at the GP's also
        about another that lasts or in general, and at every round in a nursing home."""
        if self.service is Service.NURSING_HOME or problem in self.about:
            return True
        return self.service is Service.GP and any(one in lasting or one.icpc in GENERAL for one in self.about)

    def suits(self, label: str) -> bool:
        """Whether what has the label can be written of it."""
        return self.label in ("", label)


class Meetings:
    """In the order of the days. At the legevakt nothing is changed but what that very day is about."""

    __slots__ = ("_all", "_stays")

    def __init__(self) -> None:
        self._all: list[Meeting] = []
        self._stays: list[Meeting] = []

    def add(self, meeting: Meeting) -> None:
        """Remember one."""
        insort(self._all, meeting)
        if meeting.last > meeting.first:
            self._stays.append(meeting)

    def on(self, day: date, label: str = "") -> Meeting | None:
        """One on the day, or a stay that the day falls in."""
        at = bisect_left(self._all, (day,))
        for one in self._all[at:]:
            if one.first != day:
                break
            if one.suits(label):
                return one
        return next((one for one in self._stays if one.first <= day <= one.last and one.suits(label)), None)

    def after(self, day: date, until: date, label: str = "") -> tuple[date, Meeting] | None:
        """The first on the day or later, with its day; none after `until`."""
        found = self.on(day, label)
        if found:
            return day, found
        for one in self._all[bisect_left(self._all, (day,)) :]:
            if one.first > until:
                return None
            if one.suits(label) and one.service is not Service.LEGEVAKT:
                return one.first, one
        return None

    def between(self, since: date, until: date, label: str = "") -> list[Meeting]:
        """Those that begin from day to day, in order."""
        some = self._all[bisect_left(self._all, (since,)) : bisect_left(self._all, (until + DAY,))]
        return [one for one in some if one.suits(label)]


def prescribes(service: Service, policy: str) -> bool:
    """Whether those of the role at the service prescribe, or see to it that a doctor there does."""
    if service in (Service.HEART_CLINIC, Service.CLINIC):
        return policy in ("lege", "sykepleier")
    return policy == "lege" and service is not Service.RADIOLOGY
