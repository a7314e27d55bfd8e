"""One citizen's life as courses of disease tell it: a language in which a course is a page.

A course asks for days (`onset`, `every`, `now_and_then`), meets the citizen on them (`gp`, `meet`, `stay`),
and says what was found, begun and ended. What falls outside the years that are recorded, or after death, is
quietly not written: a course needs not think of it.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import log

from fellesjournal.norway.ages import age_on
from fellesjournal.rollout.region.body import SCALES, Body
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import contacts, problems
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import WEIGHT
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.days import MOURNS, RESTS, Days
from fellesjournal.rollout.region.decline import Decline
from fellesjournal.rollout.region.diaries import Diaries
from fellesjournal.rollout.region.endings import Cause, Ending
from fellesjournal.rollout.region.episodes import Episodes
from fellesjournal.rollout.region.families import OLDEST, Era
from fellesjournal.rollout.region.interpreting import chart_of
from fellesjournal.rollout.region.medication import Medication
from fellesjournal.rollout.region.meetings import Meeting, Meetings, prescribes
from fellesjournal.rollout.region.moments import at, dawn, shown, working_day, years_after
from fellesjournal.rollout.region.openings import NOT_FROM_A_HOME, closed, opens
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.services import Services
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.sickrooms import room_of
from fellesjournal.rollout.region.units import Service, Unit, Worker, receives
from fellesjournal.rollout.region.visit import Visit

HOMES = (Service.NURSING_HOME, Service.SHORT_STAY)
"""Where other services visit those who stay."""

Risk = tuple[tuple[int, float], ...]
"""From each age on: how many of 1,000 fall ill in a year."""


class Life(Medication):
    """What has happened to one citizen so far, and the chart it is written in."""

    def __init__(
        self, person: Person, era: Era, services: Services, seed: str, diaries: Diaries | None = None
    ) -> None:
        self.person, self.era, self.services, self.diaries = person, era, services, diaries or Diaries()
        self.chart = chart_of(person, dawn(era.until))
        self.last = min(person.died or era.until, era.until)
        super().__init__(self.last)
        self.chance = Chance(seed, person.id)
        self.body = Body(person, self.chance)
        self.dying_since: date | None = None
        self._seed = seed
        self._problems: dict[Problem, str] = {}
        self._since: dict[Problem, date] = {}
        self._unsent: list[Callable[[], None]] = []
        self.days = Days()
        self.meetings = Meetings()
        self.episodes = Episodes()
        self.pregnancies: list[tuple[date, date]] = []
        """From when each is known until its end."""
        self.lost: list[tuple[date, date, bool]] = []
        """The first day and the end of each that ended early, and whether it was wished for."""
        self.stays: list[tuple[Visit, tuple[Problem, ...]]] = []
        """Recorded stays at wards, and why."""
        self.trains_until: dict[str, date] = {}
        """Until when those who are not ready for home train in a short stay, by the stay before it."""
        self.after_stay: Callable[[Service, date, int, tuple[Problem, ...]], date | None] = _straight_home
        """Until when a stay of so many nights from a day is followed by another at the municipality's."""
        if lost := person.widowed:
            self.days.take(lost - timedelta(days=1), lost + MOURNS, at_home=True)
        self.decline = Decline()
        self.ending: Ending | None = None
        """What the citizen dies of in the recorded years, which `courses.fate` tells first of all."""

    # Who, and when

    def turn_to(self, course: str) -> None:
        """Begin the draws of a course: what it draws does not depend on the courses before."""
        self.chance = Chance(self._seed, self.person.id, course)

    def age(self, on: date) -> int:
        """The citizen's age in whole years."""
        return age_on(self.person.born, on)

    def birthday(self, age: int) -> date:
        """The day on which the citizen becomes so old."""
        return years_after(self.person.born, age)

    @property
    def seed(self) -> str:
        """The region's: what two records tell alike, such as a birth, is drawn from it for both."""
        return self._seed

    @property
    def first_day(self) -> date:
        """The first that is written of: of the recorded years, or of the life."""
        return max(self.era.since, self.person.born)

    def records(self, day: date) -> bool:
        """Whether what happens on the day is written; of the last day only what was over at dawn is."""
        return self.first_day <= day <= self.last and day < self.era.until

    def happened(self, ended: datetime) -> bool:
        """Whether what was over at that time is written."""
        day = ended.date()
        over = day < self.era.until or self.at_dawn(ended) == ended
        return self.first_day <= day <= self.last and over

    def at_dawn(self, moment: datetime) -> datetime:
        """The moment, or the dawn of the last day when that is earlier."""
        return min(moment, dawn(self.era.until))

    def has(self, *wanted: Problem) -> bool:
        """Whether the citizen has, or has had, one of the problems."""
        return any(one in self._problems for one in wanted)

    def had(self, problem: Problem, on: date) -> bool:
        """Whether the problem had begun on the day."""
        return problem in self._since and self._since[problem] <= on

    def first(self, *wanted: Problem) -> date | None:
        """The day on which the first of the problems began."""
        return min((self._since[one] for one in wanted if one in self._since), default=None)

    def known(self, on: date) -> list[Problem]:
        """What had begun before the day and is not over, in the order in which it began."""
        begun = [(since, one) for one, since in self._since.items() if since < on]
        return [one for _, one in sorted(begun)]

    def onset(self, risk: Risk, times: float = 1.0) -> date | None:
        """The day on which a disease begins, if it does before the last day of the record; also before the
        first. `times` makes it as many times more likely."""
        share = self.chance.share()
        limit = -log(1 - share) * 1000 / times if times > 0 else float("inf")
        age = bisect_left(_hazards(risk), limit)
        if age > OLDEST:
            return None
        day = self.birthday(age) + timedelta(days=self.chance.between(0, 364))
        return day if day <= self._begins_until else None

    def leading_to(self, cause: Cause, least: int, most: int) -> date | None:
        """A day so many years before a death of this cause; None when the citizen dies of nothing such."""
        if self.ending is None or self.ending.cause is not cause:
            return None
        return max(years_after(self.last, -self.chance.between(least, most)), self.birthday(30))

    def every(
        self, months: float, since: date, until: date | None = None, misses: float = 0.1
    ) -> Iterator[date]:
        """Working days about so many months apart, the first after one interval; some are missed."""
        step, end = months * 30.4, min(until or self.last, self.last)
        day = since
        while True:
            day += timedelta(days=max(1, round(self.chance.normal(step, step / 12))))
            if day > end:
                return
            if day >= self.era.since and not self.chance.yes(misses):
                yield working_day(day)

    def now_and_then(
        self, per_year: float, since: date | None = None, until: date | None = None
    ) -> list[date]:
        """Days at random, on average so many a year, in order; within the recorded years."""
        first = max(since or self.era.since, self.era.since, self.person.born)
        last = min(until or self.last, self.last, self.era.until - timedelta(days=1))
        if first >= last:
            return []
        number = self.chance.number(per_year * (last - first).days / 365.25)
        return sorted(self.chance.day(first, last) for _ in range(number))

    # What is wrong, and what is taken for it

    def problem(
        self, problem: Problem, since: date, until: date | None = None, visit: Visit | None = None
    ) -> str:
        """The problem on the list, written once. Returns the reference, "" after death."""
        if problem in self._problems:
            return self._problems[problem]
        if since > self.last:
            return ""
        told = visit.day if visit and visit.recorded else max(since, min(self.era.since, self.last))
        ended = until if until and until <= self.last else None
        by = (visit.worker if visit and visit.recorded else self.own_doctor(since)).reference
        contact = visit.reference if visit else ""
        made = problems.condition(self.chart, problem, since, ended, told, by, contact)
        self._problems[problem] = made
        if ended is None and not self.chart.label:
            self._since[problem] = since
        self.episodes.passes(self.chart, problem, since, until or since)
        return made

    def is_over(self, problem: Problem, place: int, day: date) -> None:
        """End a lasting problem that stands at the place in the chart."""
        self._since.pop(problem, None)
        self.episodes.is_over(problem, day)
        self.chart.change(place, problems.ended(day))

    def episode(self, problem: Problem, visit: Visit, days: int) -> str:
        """A passing problem, such as a cold: on the list with its end, as often as it happens."""
        return self.episodes.begin(self.chart, problem, visit, days, self.last)

    def uses(self, medicine: Medicine, since: date, for_: Problem | None = None) -> None:
        """Begin a medicine. It takes the place of another strength, and of one that would begin later."""
        self.begin(medicine, since, self.reference_to(for_), self.chart.label)

    def own_doctor(self, on: date) -> Worker:
        """The GP, or the nursing home's doctor of one who lives there."""
        lives_in = self.decline.lives_in(on)
        at_home = self.services.gp
        return self.services.worker(Service.NURSING_HOME, "lege", self.person.number) if lives_in else at_home

    def reference_to(self, problem: Problem | None) -> str:
        """How resources refer to a problem of the list; "" when it is not there."""
        return self._problems.get(problem, "") if problem else ""

    def problem_at(self, reference: str) -> Problem | None:
        """The problem of the list that has the reference."""
        return next((one for one, made in self._problems.items() if made == reference), None)

    @property
    def lasting(self) -> Collection[Problem]:
        """What is on the list and has no end."""
        return self._since.keys()

    # Whom the citizen meets

    def gp(self, day: date, *reasons: Problem, way: Way = Way.VISIT, minutes: int = 20) -> Visit:
        """A consultation with the citizen's own GP on a working day."""
        start = at(working_day(day), self.chance.between(8, 14), 5 * self.chance.between(0, 11))
        unit = self.services.unit(Service.GP)
        return self._met(start, minutes, way, unit, self.services.gp, "lege", reasons)

    def meet(
        self,
        service: Service,
        policy: str,
        day: date,
        *reasons: Problem,
        way: Way = Way.VISIT,
        hour: int | None = None,
        minutes: int = 30,
        booked: str = "",
        also: Sequence[str] = (),
    ) -> Visit:
        """A contact with a worker of that role at the service that the citizen belongs to; `booked` is the
        appointment that it fulfils, `also` who else takes part."""
        worker = self.services.worker(service, policy, self.chance.between(0, 999), reasons, (day, hour))
        if hour is None:
            day, hour = working_day(day), self.chance.between(8, 15)
        start = at(day, hour, 5 * self.chance.between(0, 11))
        unit = self.services.unit(service)
        return self._met(start, minutes, way, unit, worker, policy, reasons, booked, also)

    def stay(
        self,
        service: Service,
        policy: str,
        day: date,
        nights: int,
        *reasons: Problem,
        going_on: bool = False,
        start: datetime | None = None,
    ) -> Visit:
        """A stay at a ward or nursing home, from `start` when that is known. It ends at death, and is not
        ended when it is `going_on`."""
        unit = self.services.unit(service)
        worker = receives(self.services.workers(service, policy), policy, start, self.chance.between(0, 999))
        start = start or at(day, self.chance.between(9, 21), 5 * self.chance.between(0, 11))
        last = min(day + timedelta(days=max(1, nights)), self.last)
        died = last == self.person.died
        hour = self.chance.between(0, 23) if died else self.chance.between(9, 12)
        end = at(last, hour, 5 * self.chance.between(0, 11))
        end = max(self.at_dawn(end), start + timedelta(minutes=30))
        onwards: date | None = None
        if service not in HOMES:
            onwards = self.after_stay(service, day, (end.date() - day).days, reasons)
            rests = RESTS if nights > 1 and service is not Service.MATERNITY else 0
            self.days.take(day, onwards or end.date(), rests=rests)
            if nights > 3 and service is not Service.MATERNITY:
                lost = -min(2.5, 0.3 * nights)
                self.body.weighs_more.append(Shift(lost, day, nights, end.date(), 120))
        reference = ""
        if self.records(day):
            ended = None if going_on and self.person.died is None else end
            room = room_of(unit, self.person, day) if ended is None else ""
            reference = contacts.encounter(
                self.chart, Way.STAY, start, ended, unit.reference, worker.reference, reasons, room=room
            )
            self.episodes.met(end.date(), reasons)
            other = None if policy == "lege" else self.services.worker(service, "lege", self.person.number)
            self.remember(service, day, end.date(), other or worker, reference, reasons, start)
        visit = Visit(self.chart, reference, start, end, unit, worker, self.services)
        if reference and service not in HOMES:
            self.stays.append((visit, reasons))
            if onwards:
                self.trains_until[reference] = onwards
        return visit

    def weighs(self, visit: Visit, *, after: float = 0) -> None:
        """Weigh the citizen, so many hours into a visit, with all that courses add to the weight."""
        if visit.recorded:
            day = (visit.start + timedelta(hours=after)).date()
            error = self.chance.normal(0, SCALES)
            self.at_the_end(lambda: visit.measure(WEIGHT, self.body.weight(day) + error, after=after))

    def remember(
        self,
        service: Service,
        first: date,
        last: date,
        by: Worker,
        reference: str,
        about: tuple[Problem, ...] = (),
        begins: datetime | None = None,
    ) -> None:
        """That somebody was met, or stayed with, who prescribes."""
        self.meetings.add(
            Meeting(first, last, service, by.reference, reference, self.chart.label, about, begins)
        )

    def _met(
        self,
        start: datetime,
        minutes: int,
        way: Way,
        unit: Unit,
        worker: Worker,
        policy: str,
        reasons: Sequence[Problem],
        booked: str = "",
        also: Sequence[str] = (),
    ) -> Visit:
        day = self.days.outside(start.date(), home_visit=way is Way.HOME)
        if day != start.date() or closed(unit.service, day):
            day = opens(unit.service, day)
        missed = day != start.date() and way is Way.HOME and unit.service is Service.HOME_CARE
        if way is Way.VISIT:
            day = self.days.without_visit(day)
        if day != start.date():
            start = at(opens(unit.service, day), start.hour, start.minute)
        reference, lasts = "", timedelta(minutes=minutes)
        missed |= self.decline.lives_in(start.date()) and unit.service in NOT_FROM_A_HOME
        if self.happened(start + lasts) and not missed:
            self.days.visit(day := start.date())
            self.episodes.met(day, reasons)
            by, at_unit, home = worker.reference, unit.reference, way.at_home
            start = self.diaries.begins(self.days, by, unit.service, start, lasts, home, booked=bool(booked))
            end = (start := shown(start)) + lasts
            reference = contacts.encounter(
                self.chart, way, start, end, at_unit, by, tuple(reasons), booked=booked, also=also
            )
            if unit.service and prescribes(unit.service, policy):
                self.remember(unit.service, day, day, worker, reference, tuple(reasons), start)
        return Visit(self.chart, reference, start, start + lasts, unit, worker, self.services)

    # The end

    def close(self) -> None:
        """Write what waited for the whole life to be told: letters that list all that is used on a day."""
        for write in self._unsent:
            write()
        self._unsent.clear()
        self.episodes.close(self.chart)
        self.after_stay = _straight_home  # what stood here holds the life: it would wait for the collector

    def at_the_end(self, write: Callable[[], None]) -> None:
        """Write this when every course has been told: letters that list all that is used on a day."""
        self._unsent.append(write)

    @property
    def ordinary_until(self) -> date:
        """Until when the citizen sees a GP for ordinary things: not when dying, nor in a nursing home."""
        return min(one for one in (self.dying_since, self.decline.moves_in, self.last) if one)

    @property
    def _begins_until(self) -> date:
        """The last illness is told by itself: nothing else begins shortly before death."""
        return self.last - timedelta(days=45 if self.person.died else 1)


def _straight_home(service: Service, day: date, nights: int, reasons: tuple[Problem, ...]) -> None:
    """Nothing follows a stay."""


@lru_cache(maxsize=1_000)
def _hazards(risk: Risk) -> list[float]:
    """How many of 1,000 have fallen ill by the end of each year of age, were none to die or be cured."""
    yearly = [0.0] * (OLDEST + 1)
    for age, number in risk:
        yearly[age:] = [number] * len(yearly[age:])
    return list(accumulate(yearly))
