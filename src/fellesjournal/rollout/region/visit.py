"""One contact, and what came of it: measurements, tests, notes, letters.

A visit outside the recorded years has no reference, and writes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from fellesjournal.rollout.region import answers
from fellesjournal.rollout.region.chart import (
    documents,
    imaging,
    measures,
    procedures,
    results,
    scores,
    vaccines,
)
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, Term
from fellesjournal.rollout.region.chart.documents import Kind, Section
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import Measure
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.chart.vaccines import Vaccine
from fellesjournal.rollout.region.interpreting import interpreted
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.paraphrases import otherwise
from fellesjournal.rollout.region.services import Services
from fellesjournal.rollout.region.tracings import FLUTTER, SINUS, in_flutter, shown, tracing
from fellesjournal.rollout.region.units import Service, Unit, Worker

PATHOLOGY = "SP"
"""The section of a laboratory that looks at tissue (HL7 0074)."""
LONG = timedelta(hours=12)
"""From which length on a contact is a stay."""
_THEATRE = ("Operasjonsbeskrivelse", "Intervensjon")
"""The notes on what was done, written when it is."""
_OUT = timedelta(minutes=12)
"""From a measurement to the way to theatre, and from its end to the next that is done or written."""
_TRACED = timedelta(minutes=35)
"""How long before a note of a stay the tracing of the heart was taken that it tells of."""


@dataclass(slots=True)
class Visit:
    """A contact. `start` and `end` are local times."""

    chart: Chart
    reference: str
    start: datetime
    end: datetime
    unit: Unit
    worker: Worker
    services: Services
    operated: bool = False
    """Whether an operation was done in it."""
    answered: list[datetime] = field(default_factory=list)
    """When what was taken in it is answered."""
    described: list[datetime] = field(default_factory=list)
    """When its pictures are described."""
    tested: set[Measure] = field(default_factory=set)
    """What is measured in its blood."""
    theatre: list[tuple[datetime, datetime, Operation | None]] = field(default_factory=list)
    """When one is in theatre during a stay, and for what; nothing where there is no wound afterwards."""
    seen: list[datetime] = field(default_factory=list)
    """When something is measured, taken or written."""

    @property
    def recorded(self) -> bool:
        """Whether what is found here is written."""
        return self.reference != ""

    @property
    def day(self) -> date:
        """The day it began."""
        return self.start.date()

    def measure(self, measure: Measure, value: float, *, after: float = 0) -> None:
        """A measurement, `after` so many hours."""
        if self.recorded:
            measures.observation(self.chart, measure, value, self._moment(after), self._about)

    def pressure(self, systolic: float, diastolic: float, *, after: float = 0) -> None:
        """A blood pressure in mmHg."""
        if self.recorded:
            measures.blood_pressure(self.chart, systolic, diastolic, self._moment(after), self._about)

    def standing(self, systolic: float, diastolic: float, *, after: float = 0) -> None:
        """A blood pressure in mmHg of one who has stood for three minutes."""
        if self.recorded:
            about = self._about | {"note": [{"text": "Målt stående."}]}
            measures.blood_pressure(self.chart, systolic, diastolic, self._moment(after), about)

    def news2(self, points: Mapping[str, int], scale: str, *, after: float = 0) -> None:
        """A NEWS2 by the points of its parts."""
        if self.recorded:
            scores.news2(self.chart, points, self._moment(after), self._about, scale)

    def score(self, what: Term, score: Term) -> None:
        """A score that is a code."""
        if self.recorded:
            measures.scored(self.chart, what, score, self._moment(0), self._about)

    def looked_for(self, what: Term, *, found: bool) -> None:
        """A test that is read while the citizen waits, and finds something or not."""
        if self.recorded:
            measures.looked_for(self.chart, what, self._moment(0), self._about, found=found)

    def tests(self, values: Mapping[Measure, float], *, after: float = 0) -> str:
        """Laboratory tests taken together, with the laboratory's report on those that it answers; one alone
        has none, nor has what an office measures. Returns the reference of what tells of them, "" when not
        written."""
        when = self._before_the_end(after, answers.LABORATORY)
        return self._tested(values, when, {"encounter": {"reference": self.reference}})

    def sampled(self, values: Mapping[Measure, float], when: datetime) -> None:
        """Tests that were taken some days before the contact at which they are gone through."""
        self._tested(values, when, {})

    def _tested(self, values: Mapping[Measure, float], when: datetime, contact: Json) -> str:
        if not self.recorded:
            return ""
        service, until = self.unit.service, self.chart.until
        told = {one: answers.of_test(one, when, service, until) for one in values}
        told = {one: answered for one, answered in told.items() if answered <= until}
        self.tested |= told.keys()
        self.chart.drawn.add(when.date())
        sent = [one for one in told if answers.is_sent(one, service)]
        if sent:
            self.chart.tested.append(when.date())
        laboratory = self.services.unit(Service.LABORATORY).reference
        self.answered += told.values()
        taken = []
        for one, answered in told.items():
            by = laboratory if one in sent else self.unit.reference
            about = contact | {"issued": written(answered), "performer": [{"reference": by}]}
            taken.append(measures.observation(self.chart, one, values[one], when, about))
        mine = [made for one, made in zip(told, taken, strict=True) if one in sent]
        if len(mine) < 2:
            return next(iter((*mine, *taken)), "")
        last = max(told[one] for one in sent)
        return results.report(self.chart, mine, (when, last), laboratory, contact)

    def cultured(self, what: str, found: str, *, after: float, days: int, section: str = "MB") -> datetime:
        """A test that microbiology, or another `section`, answers after so many days, of a stay before it is
        over; pathology answers on working days. Returns when."""
        when = self._before_the_end(after, timedelta(days=days))
        is_over = self.end - self.start > LONG and self.end < self.chart.until
        last = self.end if is_over else datetime.max
        answered = min(when + timedelta(days=days, minutes=47 + 13 * when.minute % 97), last)
        if section == PATHOLOGY:
            answered = answers.of_tissue(answered, when)
        if self.recorded and answered <= self.chart.until:
            by = self.services.unit(Service.LABORATORY).reference
            results.culture(self.chart, what, found, (when, answered), by, self.reference, section)
        return answered

    def stool(self, *, blood: bool, days: int = -6) -> None:
        """A test for blood in the stool, taken at home so many days after the visit, or before it, and read
        at the GP's office."""
        when = self.start + timedelta(days=days)
        if self.recorded and when < self.chart.until:
            about = {"issued": written(when), "performer": [{"reference": self.unit.reference}]}
            measures.looked_for(self.chart, measures.STOOL, when, about, found=blood)

    def vaccine(self, vaccine: Vaccine, dose: int | None) -> None:
        """One dose of a vaccine; which, where it is known."""
        if self.recorded:
            by, unit = self.worker.reference, self.unit.reference
            vaccines.immunization(self.chart, vaccine, self._moment(0), dose, by, unit, self.reference)

    def worded(self, sections: Sequence[Section]) -> list[Section]:
        """Sections in other words where they say again what the citizen's notes have said."""
        return [(title, otherwise(text, self.chart.said)) for title, text in sections]

    def note(self, *sections: Section, kind: Kind = Kind.NOTE, after: float = 0, exact: bool = False) -> None:
        """A note by the one who was met, at once or when what was taken there is answered; `exact` as it is,
        where a letter says the same."""
        if self.recorded:
            if self.theatre and sections[0][0] in _THEATRE:
                over = self.theatre[-1][1] + _OUT
                after = max(after, (over - self.start).total_seconds() / 3600)
            told = self._as_the_heart_is(sections)
            self._traced(told, kind, after)
            if self.chart.interpreter and not exact:
                told = interpreted(self.chart, self.unit.service, self.reference, self.day, told)
            documents.note(
                self.chart,
                kind,
                told if exact else self.worded(told),
                self._told(after),
                self.worker.reference,
                self.unit.reference,
                self.reference,
            )

    def _traced(self, sections: Sequence[Section], kind: Kind, after: float) -> None:
        """The tracing of the heart that a note tells of; a discharge summary tells again of what was."""
        found = next((found for _, text in sections if (found := shown(text))), "")
        found = found.replace(SINUS, FLUTTER) if self._flutters else found
        if found and kind is not Kind.DISCHARGE:
            before = self._told(after) - _TRACED if self.end - self.start > LONG else self.start
            tracing(self.chart, found, max(self.start, before), self._about)

    @property
    def _flutters(self) -> bool:
        return self.chart.flutters_since < self.day

    def _as_the_heart_is(self, sections: Sequence[Section]) -> Sequence[Section]:
        return [(title, in_flutter(text)) for title, text in sections] if self._flutters else sections

    def letter(self, kind: Kind, title: str, to: str, *sections: Section, after: float = 0) -> None:
        """A letter as a PDF to someone: a discharge summary, a referral, a decision."""
        if self.recorded:
            lines = (f"Fra: {self.unit.name}", f"Til: {to}", f"Skrevet av: {self.worker.name}")
            documents.letter(
                self.chart,
                kind,
                title,
                self._as_the_heart_is(sections),
                self._told(after),
                self.worker.reference,
                self.unit.reference,
                self.reference,
                lines,
            )

    def pictures(
        self,
        modality: Modality,
        what: str,
        found: str,
        *,
        after: float = 0,
        request: str = "",
        by: Service = Service.RADIOLOGY,
    ) -> None:
        """Pictures and the report on them `by` a doctor of radiology or the heart clinic; `request` is the
        referral they answer."""
        if self.recorded:
            when = self._before_the_end(after, answers.DESCRIBED)
            described = answers.of_pictures(when, self.unit.service)
            doctor, unit = self.worker, self.services.unit(by)
            if self.unit.service is not by:
                doctor = self.services.worker(by, "lege", when.toordinal())
            self.answered.append(described)
            self.described.append(described)
            span = (when, described)
            imaging.examination(
                self.chart,
                modality,
                what,
                found,
                span,
                doctor.reference,
                unit.reference,
                self.reference,
                request,
            )

    def operation(self, operation: Operation, minutes: int, *, after: float = 0, reason: str = "") -> None:
        """An operation that lasts so many minutes; `reason` refers to the problem on the list."""
        if self.recorded:
            self.operated = True
            lasts = timedelta(minutes=minutes)
            start = max(self.start, min(self.start + timedelta(hours=after), self.end - lasts))
            if self.end - self.start > LONG and self.unit.service is not Service.MATERNITY:
                for one in sorted(self.seen):
                    start = one + _OUT if start - _OUT < one < start + lasts + _OUT else start
                self.theatre.append((start, start + lasts, operation))
            end = start + lasts
            by = self.worker.reference
            procedures.procedure(self.chart, operation, start, end, by, self.reference, reason)

    def examined(self, procedure: Operation, minutes: int, *, after: float = 0) -> None:
        """Something that is done to look, such as a gastroscopy: there is no wound afterwards."""
        before = self.operated
        self.operation(procedure, minutes, after=after)
        self.operated = before
        self.theatre[:] = [(*one[:2], None if one[2] is procedure else one[2]) for one in self.theatre]

    def hours_to(self, days: int, hour: float) -> float:
        """How many hours after the beginning an hour of a day is, so many days later; 0 when it is past."""
        then = datetime.combine(self.day + timedelta(days=days), time()) + timedelta(hours=hour)
        return max(0.0, (then - self.start).total_seconds() / 3600)

    def by(self, worker: Worker) -> "Visit":
        """The same contact, with what another worker finds and writes."""
        return replace(self, worker=worker)

    @property
    def goes_on(self) -> bool:
        """Whether it is a stay that has not ended when the records do."""
        return self.recorded and self.end >= self.chart.until

    def leaving(self) -> "Visit":
        """The same stay at its end, when something is given along; not yet recorded when it goes on."""
        return replace(self, start=self.end, reference="" if self.goes_on else self.reference)

    @property
    def nynorsk(self) -> bool:
        """Whether the household's municipality writes nynorsk."""
        return self.services.nynorsk

    def say(self, bokmaal: str, nynorsk: str) -> str:
        """The one of two texts that is written here."""
        return nynorsk if self.nynorsk else bokmaal

    def _moment(self, hours: float) -> datetime:
        """So many hours after arrival, or when one is back from theatre."""
        moment = min(self.start + timedelta(hours=hours), self.end) if hours else self.start
        for start, end, _ in self.theatre:
            moment = min(end + _OUT, self.end) if start <= moment < end + _OUT else moment
        self.seen.append(moment)
        return moment

    def _told(self, hours: float) -> datetime:
        """When something is written: of a short contact after the answers that come in it."""
        if hours or self.end - self.start > LONG:
            return self._moment(hours)
        return max((one for one in self.answered if self.start <= one <= self.end), default=self.start)

    def _before_the_end(self, hours: float, answer: timedelta) -> datetime:
        """The moment, or the last at which what is taken is still answered in the stay."""
        moment = self._moment(hours)
        is_stay = self.end - self.start > LONG
        return max(self.start, min(moment, self.end - answer)) if is_stay else moment

    @property
    def _about(self) -> Json:
        return {
            "encounter": {"reference": self.reference},
            "performer": [{"reference": self.worker.reference}],
        }
