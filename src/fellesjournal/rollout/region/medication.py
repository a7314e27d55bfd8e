"""The medicines of one life as courses tell of them: begun, changed, stopped, and short cures.

What is told here is what is wished for. `prescribing` settles it when every course has been told: on which
days somebody was met who could prescribe, and what speaks against it.
"""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.treatments import Treatment
from fellesjournal.rollout.region.visit import Visit

CHANGED = "Dosen er endret"
"""Why a medicine ends that another strength takes the place of."""


class Cure(NamedTuple):
    """A medicine for some days, prescribed at a visit; `reason` refers to the problem ("" for none)."""

    medicine: Medicine
    visit: Visit
    days: int
    reason: str


class Medication:
    """What one citizen uses; `last` is the last day that is told of."""

    def __init__(self, last: date) -> None:
        self._last_day = last
        self._treatments: dict[str, Treatment] = {}
        self._past: list[Treatment] = []
        self._again: list[Treatment] = []
        """What begins later than another course of the same medicine that was told of afterwards."""
        self.cures: list[Cure] = []
        self.on_cures: list[tuple[date, date, Medicine]] = []
        """First day, day after the last, and what, of cures that were taken; empty before all is settled."""
        self.calls: dict[str, Visit] = {}
        """Calls about medicines alone, by contact: of what came of them is written when all is settled."""
        self.shuns: list[str] = []
        """How ATC codes of medicines begin that a course of disease rules out."""
        self.allergies: dict[str, date] = {}
        """How ATC codes of medicines begin that are not tolerated, and since when that is known."""
        self.reactions: list[tuple[date, str]] = []
        """From when it stands in the record what the citizen has reacted to, with how."""

    @property
    def treatments(self) -> list[Treatment]:
        """Everything that is or was used, except cures, in the order in which it was begun."""
        used = [*self._past, *self._treatments.values()]
        for one in self._again:
            same = (other for other in used if other.medicine.atc == one.medicine.atc)
            if all(other.until is not None and other.until <= one.since for other in same):
                used.append(one)
        return sorted(used, key=lambda one: (one.since, one.medicine.atc))

    def settled(self, treatments: list[Treatment]) -> None:
        """Let what was settled take the place of what was told; a dose is changed where another begins."""
        begun = {(one.medicine.atc, one.since) for one in treatments}
        for one in treatments:
            if one.why == CHANGED and (one.medicine.atc, one.until) not in begun:
                one.why = "Ikke lenger behov"
        self._treatments, self._past, self._again = {}, treatments, []

    def taking(self, prefix: str, on: date) -> Medicine | None:
        """A medicine whose ATC code begins so, and that is used on the day."""
        return next((one for one in self.medicines(on) if one.atc.startswith(prefix)), None)

    def needs(self, prefix: str, since: date) -> bool:
        """Whether no medicine whose ATC code begins so is used on the day, nor will be as far as is told."""
        same = [one for one in self.treatments if one.medicine.atc.startswith(prefix)]
        return all(one.until is not None and one.until <= since for one in same)

    def medicines(self, on: date) -> list[Medicine]:
        """What is used on the day, in the order in which it was begun: not what another strength took the
        place of, also when that is over."""
        begun = [one for one in self.treatments if one.since <= on]
        latest = {one.medicine.atc: one.since for one in begun}
        return [one.medicine for one in begun if one.on(on) and one.since == latest[one.medicine.atc]]

    def begin(self, medicine: Medicine, since: date, reason: str, label: str) -> None:
        """Begin a medicine. It takes the place of another strength, and of one that would begin later, unless
        it has ended by then."""
        if since > self._last_day:
            return
        before = self._treatments.get(medicine.atc)
        if before and before.since > since:
            if self.taking(medicine.atc, since):
                return
            self._again.append(self._treatments.pop(medicine.atc))
            before = None
        if before and before.medicine == medicine and (before.until is None or before.until > since):
            return
        if before and before.until is None:
            self.stop(medicine, since, CHANGED)
        if before and before.until and before.until > since:
            before.until, before.why = since, CHANGED
        if before:
            self._past.append(self._treatments.pop(medicine.atc))
        self._treatments[medicine.atc] = Treatment(medicine, since, reason=reason, label=label)

    def takes(self, medicine: Medicine) -> bool:
        """Whether the medicine, in any strength, is in use."""
        found = self._treatments.get(medicine.atc)
        return found is not None and found.until is None

    def begun(self, medicine: Medicine) -> date | None:
        """Since when the medicine, in any strength, is in use; None when it is not."""
        return self._treatments[medicine.atc].since if self.takes(medicine) else None

    def tolerates(self, medicine: Medicine, on: date | None = None) -> bool:
        """Whether nothing that has been told speaks against the medicine; of allergies, what is known on the
        day, where one is given."""
        known = [one for one, since in self.allergies.items() if on is None or since <= on]
        return not any(medicine.atc.startswith(one) for one in (*self.shuns, *known))

    def cut(self, prefix: str, on: date, why: str) -> None:
        """End what has an ATC code that begins so, also where a later end was told of."""
        for one in self.treatments:
            if one.on(on) and one.medicine.atc.startswith(prefix):
                one.until, one.why, one.full = on, why, False

    def keep_only(self, prefixes: tuple[str, ...], on: date, why: str) -> None:
        """End everything in use on the day but what has an ATC code that begins so."""
        for one in self.treatments:
            if one.on(on) and not one.medicine.atc.startswith(prefixes):
                one.until, one.why, one.full = on, why, False

    def stop(self, medicine: Medicine, on: date, why: str = "", *, full: bool = False) -> None:
        """End a medicine, if it is in use and the day is recorded; `full` when that was prescribed so."""
        found = self._treatments.get(medicine.atc)
        if found and found.until is None and on <= self._last_day:
            found.until, found.why, found.full = max(on, found.since), why, full

    def cure(self, medicine: Medicine, visit: Visit, days: int, for_: Problem | None = None) -> None:
        """A short cure, such as an antibiotic: prescribed, taken, ended."""
        if visit.recorded:
            self.cures.append(Cure(medicine, visit, days, self.reference_to(for_)))

    def reference_to(self, problem: Problem | None) -> str:
        """How resources refer to a problem of the list; "" when it is not there."""
        raise NotImplementedError
