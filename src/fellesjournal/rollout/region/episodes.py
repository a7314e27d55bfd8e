"""Passing problems: how long each lasted is known when all contacts about it are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.rollout.region.chart import problems
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.visit import Visit

FOLLOWED = timedelta(days=60)
"""For so long after its end a contact about a problem belongs to what has been, not to something new."""

NEARLY, APART = timedelta(days=4), timedelta(days=20)
"""How long after its last control something is quite over, and how far that is from when it comes again."""
NEAR = timedelta(days=100)
LONG, _TOLD_OTHERWISE = timedelta(days=90), ("S", "O", "Z")
"""How long what passes lasts to be part of one's history, and letters of ICD-10 that are told otherwise:
by a plaster, or as being with child."""
_SPOTS = ("D22", "L82")
"""ICD-10 codes of what is harmless and left, and told of only where there is nothing else."""


class Episodes:
    """What came and went, and the days on which somebody was met about each problem."""

    __slots__ = ("_begun", "_hidden", "_hidden_since", "_last", "_met", "_spans")

    def __init__(self) -> None:
        self._met: defaultdict[Problem, list[date]] = defaultdict(list)
        self._spans: list[tuple[Problem, date, date]] = []
        self._begun: defaultdict[Problem, list[tuple[date, date, int]]] = defaultdict(list)
        self._hidden: set[Problem] = set()
        self._hidden_since = date.max
        self._last = date.max

    def met(self, day: date, reasons: Sequence[Problem]) -> None:
        """A contact about some problems."""
        for one in reasons:
            self._met[one].append(day)

    def near(self, problem: Problem, day: date, span: timedelta = NEAR) -> bool:
        """Whether somebody is met about the problem within some weeks before or after the day."""
        return any(abs(day - one) < span for one in self._met[problem])

    def lasts(self, problem: Problem, since: date, until: date) -> bool:
        """Whether the problem is there on one of the days."""
        there = ((first, last) for one, first, last in self._spans if one == problem)
        return any(first <= until and since <= last for first, last in there)

    def passes(self, chart: Chart, problem: Problem, since: date, until: date) -> None:
        """A problem of the list lasts from the day for a time; what has a label is not told to others."""
        if until > since:
            self._spans.append((problem, since, until))
        if chart.label:
            self._hidden.add(problem)
            self._hidden_since = min(self._hidden_since, since)

    def is_over(self, problem: Problem, on: date) -> None:
        """What was to last longer is over on the day."""
        self._spans = [
            (one, since, min(until, on) if one == problem else until) for one, since, until in self._spans
        ]

    def under_way(self, on: date) -> list[Problem]:
        """What began before the day, is not over on it, and lasts for so long that others ask about it."""
        there = ((one, until - since) for one, since, until in self._spans if since < on <= until)
        long = (one for one, lasts in there if lasts >= LONG and one not in self._hidden)
        return [one for one in long if not one.icd.startswith((*_TOLD_OTHERWISE, *_SPOTS))]

    def open(self, on: date) -> list[Problem]:
        """What began before the day and is not over on it, however short: of who has nothing else. Asked
        when all contacts are told."""
        there = ((one, self._ends(one, since, until)) for one, since, until in self._spans if since < on)
        return [
            one
            for one, until in there
            if on <= until and one not in self._hidden and not one.icd.startswith(_TOLD_OTHERWISE)
        ]

    def hides(self, on: date) -> bool:
        """Whether there was something before the day that others are not told of."""
        return self._hidden_since <= on

    def _ends(self, problem: Problem, since: date, until: date) -> date:
        """When it is over, with the contacts about it before it comes again."""
        again = [first for one, first, _ in self._spans if one == problem and first > since]
        return _last(until, sorted(day for day in self._met[problem] if day < min(again, default=date.max)))

    def begin(
        self, chart: Chart, problem: Problem, visit: Visit, days: int, last: date, found: date | None = None
    ) -> str:
        """Put a problem on the list, on the day it was `found` or at the visit, that is over in so many days
        or when it was last controlled. Returns the reference to it, "" when the visit is not recorded."""
        if not visit.recorded:
            return ""
        self._last = last
        until, by = visit.day + timedelta(days=days), visit.worker.reference
        self.passes(chart, problem, visit.day, until)
        ended = until if until <= last else None
        if ended:
            self._begun[problem].append((visit.day, until, len(chart.bodies)))
        made = problems.condition(chart, problem, visit.day, ended, found or visit.day, by, visit.reference)
        if found:  # the words that say how long it had been are those of the arrival
            chart.found[-1] = chart.found[-1]._replace(seen=visit.day)
        return made

    def close(self, chart: Chart) -> None:
        """Let no problem be over before the last contact about it."""
        for problem, begun in self._begun.items():
            begun.sort()
            met = sorted(self._met[problem])
            for (_, until, place), (following, _, _) in pairwise([*begun, (date.max, date.max, 0)]):
                ended = _last(until, [day for day in met if day < following])
                if ended > until:
                    over = min(ended + NEARLY, self._last, max(ended, following - APART))
                    chart.change(place, {"abatementDateTime": over.isoformat()})


def _last(until: date, met: list[date]) -> date:
    for day in met:
        if until < day <= until + FOLLOWED:
            until = day
    return until
