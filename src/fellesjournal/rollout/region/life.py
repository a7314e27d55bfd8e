"""One citizen's life as courses of disease tell it: a language in which a course is a page.

A course asks for days (`onset`, `every`, `now_and_then`), meets the citizen on them (`gp`, `meet`, `stay`),
and says what was found, begun and ended. What falls outside the years that are recorded, or after death, is
quietly not written: a course needs not think of it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from math import log

from fellesjournal.norway.ages import age_on
from fellesjournal.rollout.region.body import Body
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import contacts, medicines, problems
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.families import OLDEST, Era
from fellesjournal.rollout.region.moments import at, working_day, years_after
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.services import Services
from fellesjournal.rollout.region.units import Service, Unit, Worker
from fellesjournal.rollout.region.visit import Visit

Risk = tuple[tuple[int, float], ...]
"""From each age on: how many of 1,000 fall ill in a year."""


@dataclass(slots=True)
class Treatment:
    """A medicine in use, until it is stopped."""

    medicine: Medicine
    since: date
    until: date | None = None
    reason: str = ""
    why: str = ""


class Life:
    """What has happened to one citizen so far, and the chart it is written in."""

    def __init__(self, person: Person, era: Era, services: Services, seed: str) -> None:
        self.person = person
        self.era = era
        self.services = services
        self.chart = Chart(person.id)
        self.last = min(person.died or era.until, era.until)
        self.chance = Chance(seed, person.id)
        self.body = Body(person, self.chance)
        self._seed = seed
        self._problems: dict[Problem, str] = {}
        self._treatments: dict[str, Treatment] = {}

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

    def records(self, day: date) -> bool:
        """Whether what happens on the day is written."""
        return max(self.era.since, self.person.born) <= day <= self.last

    def has(self, *wanted: Problem) -> bool:
        """Whether the citizen has, or has had, one of the problems."""
        return any(one in self._problems for one in wanted)

    def onset(self, risk: Risk, times: float = 1.0) -> date | None:
        """The day on which a disease begins, if it does before the last day of the record; also before the
        first. `times` makes it as many times more likely."""
        share = self.chance.share()
        limit = -log(1 - share) * 1000 / times if times > 0 else float("inf")
        age = bisect_left(_hazards(risk), limit)
        if age > OLDEST:
            return None
        day = self.birthday(age) + timedelta(days=self.chance.between(0, 364))
        return day if day <= self.last else None

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
        last = min(until or self.last, self.last)
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
        by = self.services.gp.reference
        made = problems.condition(
            self.chart, problem, since, ended, told, by, visit.reference if visit else ""
        )
        self._problems[problem] = made
        return made

    def episode(self, problem: Problem, visit: Visit, days: int) -> str:
        """A passing problem, such as a cold: on the list with its end, as often as it happens."""
        if not visit.recorded:
            return ""
        ended = visit.day + timedelta(days=days)
        by = visit.worker.reference
        return problems.condition(
            self.chart,
            problem,
            visit.day,
            ended if ended <= self.last else None,
            visit.day,
            by,
            visit.reference,
        )

    def uses(self, medicine: Medicine, since: date, for_: Problem | None = None) -> None:
        """Begin a medicine. Another strength of one that is used takes its place."""
        if since > self.last:
            return
        before = self._treatments.get(medicine.atc)
        if before and before.until is None:
            if before.medicine == medicine:
                return
            self.stop(medicine, since, "Dosen er endret")
        if before:
            self._write(self._treatments.pop(medicine.atc))
        reason = self._problems.get(for_, "") if for_ else ""
        self._treatments[medicine.atc] = Treatment(medicine, since, reason=reason)

    def takes(self, medicine: Medicine) -> bool:
        """Whether the medicine, in any strength, is in use."""
        found = self._treatments.get(medicine.atc)
        return found is not None and found.until is None

    def stop(self, medicine: Medicine, on: date, why: str = "") -> None:
        """End a medicine, if it is in use and the day is recorded."""
        found = self._treatments.get(medicine.atc)
        if found and found.until is None and on <= self.last:
            found.until, found.why = max(on, found.since), why

    def cure(self, medicine: Medicine, visit: Visit, days: int, for_: Problem | None = None) -> None:
        """A short cure, such as an antibiotic: prescribed, taken, ended."""
        if not visit.recorded:
            return
        reason = self._problems.get(for_, "") if for_ else ""
        until = min(visit.day + timedelta(days=days), self.last)
        medicines.prescription(
            self.chart,
            medicine,
            visit.day,
            visit.worker.reference,
            reason=reason,
            contact=visit.reference,
            current=False,
        )
        medicines.statement(self.chart, medicine, visit.day, until, reason=reason)

    # Whom the citizen meets

    def gp(self, day: date, *reasons: Problem, way: Way = Way.VISIT, minutes: int = 20) -> Visit:
        """A consultation with the citizen's own GP on a working day."""
        start = at(working_day(day), self.chance.between(8, 14), 5 * self.chance.between(0, 11))
        return self._met(start, minutes, way, self.services.unit(Service.GP), self.services.gp, reasons)

    def meet(
        self,
        service: Service,
        policy: str,
        day: date,
        *reasons: Problem,
        way: Way = Way.VISIT,
        hour: int | None = None,
        minutes: int = 30,
    ) -> Visit:
        """A contact with a worker of that role at the service that the citizen belongs to."""
        unit = self.services.unit(service)
        worker = self.services.worker(service, policy, self.chance.between(0, 999))
        if hour is None:
            day, hour = working_day(day), self.chance.between(8, 15)
        start = at(day, hour, 5 * self.chance.between(0, 11))
        return self._met(start, minutes, way, unit, worker, reasons)

    def stay(
        self, service: Service, policy: str, day: date, nights: int, *reasons: Problem, going_on: bool = False
    ) -> Visit:
        """A stay at a ward or nursing home. It ends at death, and is not ended when it is `going_on`."""
        unit = self.services.unit(service)
        worker = self.services.worker(service, policy, self.chance.between(0, 999))
        start = at(day, self.chance.between(9, 21), 5 * self.chance.between(0, 11))
        end = at(min(day + timedelta(days=max(1, nights)), self.last), 12)
        end = max(end, start + timedelta(minutes=30))
        reference = ""
        if self.records(day):
            open_ = going_on and self.person.died is None
            reference = contacts.encounter(
                self.chart,
                Way.STAY,
                start,
                None if open_ else end,
                unit.reference,
                worker.reference,
                reasons,
            )
        return Visit(self.chart, reference, start, end, unit, worker, self.services.nynorsk)

    def _met(
        self,
        start: datetime,
        minutes: int,
        way: Way,
        unit: Unit,
        worker: Worker,
        reasons: Sequence[Problem],
    ) -> Visit:
        end = start + timedelta(minutes=minutes)
        reference = ""
        if self.records(start.date()):
            reference = contacts.encounter(
                self.chart, way, start, end, unit.reference, worker.reference, tuple(reasons)
            )
        return Visit(self.chart, reference, start, end, unit, worker, self.services.nynorsk)

    # The end

    def close(self) -> None:
        """Write what was open until the last day: the medicine list, with its prescriptions."""
        for treatment in self._treatments.values():
            self._write(treatment)
        self._treatments.clear()

    def _write(self, treatment: Treatment) -> None:
        ended = treatment.until or self.person.died
        if ended and ended < self.era.since:
            return
        by = self.services.gp.reference
        day = max(treatment.since, self.era.since)
        while day <= (ended or self.last):
            following = years_after(day, 1)
            current = ended is None and following > self.last
            medicines.prescription(
                self.chart, treatment.medicine, day, by, reason=treatment.reason, current=current
            )
            day = following
        medicines.statement(
            self.chart,
            treatment.medicine,
            treatment.since,
            ended,
            reason=treatment.reason,
            why=treatment.why,
        )


@lru_cache(maxsize=1_000)
def _hazards(risk: Risk) -> list[float]:
    """How many of 1,000 have fallen ill by the end of each year of age, were none to die or be cured."""
    yearly = [0.0] * (OLDEST + 1)
    for age, number in risk:
        yearly[age:] = [number] * len(yearly[age:])
    return list(accumulate(yearly))
