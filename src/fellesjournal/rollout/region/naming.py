"""What a contact changed on the list of medicines, named in its note.

A course says why; which medicine it became, and in which strength, is known when the whole list is settled.
So this is written last: into the note of the one who prescribed, or as a note of its own where nobody had
written one. What is begun at a ward stands in its letter, with all that is used, unless one dies there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from fellesjournal.norway.writing import listed
from fellesjournal.rollout.region.chart import documents
from fellesjournal.rollout.region.chart.chart import Noted
from fellesjournal.rollout.region.chart.documents import Kind, Section
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.devices import device
from fellesjournal.rollout.region.interpreting import interpreted
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.meetings import Meeting
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.treatments import Treatment
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

HEADING = "Legemidler"
"""Over a note of its own."""
_COME = timedelta(hours=1)
"""After which the doctor of a home has seen who moves in."""


@dataclass(slots=True)
class Change:
    """What was changed at one contact on one day."""

    met: Meeting
    begun: list[Medicine] = field(default_factory=list)
    ended: list[Treatment] = field(default_factory=list)
    cures: list[Medicine] = field(default_factory=list)
    renewed: list[Medicine] = field(default_factory=list)


class Changes:
    """Those of one life, by contact and day."""

    __slots__ = ("_found", "_life")

    def __init__(self, life: Life) -> None:
        self._life = life
        self._found: dict[tuple[str, date], Change] = {}

    def begins(self, day: date, met: Meeting | None, medicine: Medicine) -> None:
        """It is begun, where somebody was met."""
        if met:
            self._at(day, met).begun.append(medicine)

    def renews(self, day: date, met: Meeting | None, medicine: Medicine) -> None:
        """It is prescribed again, which is written of calls alone."""
        if met and met.reference in self._life.calls:
            self._at(day, met).renewed.append(medicine)

    def ends(self, one: Treatment) -> None:
        """It is ended, where somebody was met that day."""
        met = self._life.meetings.on(one.until, one.label) if one.until and not one.full else None
        if met and one.until:
            self._at(one.until, met).ended.append(one)

    def cures(self, visit: Visit, medicine: Medicine) -> None:
        """It is prescribed for some days."""
        day, contact = visit.start.date(), visit.reference
        found = self._found.get((contact, day))
        if found is None:
            service = visit.unit.service or Service.GP
            met = Meeting(day, day, service, visit.worker.reference, contact, "", (), visit.start)
            found = self._found[contact, day] = Change(met)
        found.cures.append(medicine)

    def write(self) -> None:
        """Write all of it, after everything else."""
        self._life.at_the_end(self._write)

    def _at(self, day: date, met: Meeting) -> Change:
        found = self._found.get((met.reference, day))
        if found is None:
            found = self._found[met.reference, day] = Change(met)
        return found

    def _write(self) -> None:
        for visit in self._life.calls.values():
            _of_call(self._life, visit, self._found.pop((visit.reference, visit.day), None))
        died = self._life.person.died
        stays = {stay.reference for stay, _ in self._life.stays if stay.end.date() != died}
        wanted = {contact for contact, _ in self._found} - stays
        notes = [one for one in self._life.chart.notes if one[0] in wanted]
        for (contact, day), one in self._found.items():
            if contact in wanted:
                _of_contact(self._life, day, one, [note for note in notes if note[0] == contact])


def stopped(life: Life, stay: Visit) -> str:
    """What was ended in a stay, as its letter says; "" when nothing was."""
    first, last = stay.day, stay.end.date()
    begun = [one.medicine for one in life.treatments if first <= one.since <= last]
    ended = [one for one in life.treatments if one.until and not one.full and first <= one.until <= last]
    return " ".join(_ends(ended, begun, nynorsk=False))


def _of_call(life: Life, visit: Visit, change: Change | None) -> None:
    """The note of a call about medicines: what came of it is all that it tells."""
    title = "Telefon" if visit.unit.service is Service.GP else "Legevisitt"
    if change is None or not (change.begun or change.ended):
        renewed = change.renewed if change else []
        said = _renewed(visit, renewed) if life.medicines(visit.day) else visit.say(*_USES_NONE)
        visit.note((title, said))
        return
    named = _sentences(change, visit.nynorsk)
    visit.note((title, " ".join((visit.say(*_GONE_THROUGH), *named))))


def _renewed(visit: Visit, medicines: Sequence[Medicine]) -> str:
    if not medicines:
        return visit.say(*_NO_CHANGE)
    names = _listed(medicines)
    return visit.say(
        f"Ber om ny resept på {names}. Virker som før. Sendt.",
        f"Ber om ny resept på {names}. Verkar som før. Send.",
    )


def _of_contact(life: Life, day: date, change: Change, notes: Sequence[Noted]) -> None:
    """In the last note that the one who was met wrote there that day, or in one of its own."""
    notes = [one for one in notes if one[3].date() == day]
    _leave_out(change, " ".join(text for *_, sections in notes for _, text in sections).lower())
    text = " ".join(_sentences(change, life.services.nynorsk))
    if not text:
        return
    own = [one for one in notes if one[2] == change.met.by and not _tells_of_a_death(one)]
    if own:
        documents.extend(life.chart, own[-1], text)
        return
    when = _hour(change.met, day)
    unit = life.services.unit(change.met.service).reference
    sections: Sequence[Section] = ((HEADING, text),)
    if life.chart.interpreter:
        sections = interpreted(life.chart, change.met.service, change.met.reference, day, sections)
    with life.chart.labelled(change.met.label):
        documents.note(life.chart, Kind.NOTE, sections, when, change.met.by, unit, change.met.reference)


def _tells_of_a_death(noted: Noted) -> bool:
    """Whether nothing is begun any more when it is written."""
    return any(title in _OF_A_DEATH for title, _ in noted[4])


_OF_A_DEATH = ("Dødsfall", "Videre")
"""Headings of what is written after a death, at once and as the letter."""


def _hour(met: Meeting, day: date) -> datetime:
    """When it is written: as a contact begins, and on the first day of a stay when one has come."""
    if met.begins and met.begins.date() == day:
        return met.begins + (_COME if met.last > met.first else timedelta())
    return at(day, 9 if day == met.last else 11)


def _leave_out(change: Change, said: str) -> None:
    """What the notes of that contact name already."""
    if said:
        change.begun = [one for one in change.begun if not _is_said(one, said)]
        change.ended = [one for one in change.ended if not _is_said(one.medicine, said)]
        change.cures = [one for one in change.cures if not _is_said(one, said)]


def _is_said(medicine: Medicine, said: str) -> bool:
    put_in = device(medicine)
    called = put_in.called[0] if put_in else medicine.name
    return called.split()[0].lower() in said


def _sentences(change: Change, nynorsk: bool) -> list[str]:
    before = {one.medicine.atc for one in change.ended}
    begun = [one for one in change.begun if one.atc not in before]
    told = _ends(change.ended, change.begun, nynorsk=nynorsk) if before else []
    if begun:
        told.insert(0, f"{'Byrjar' if nynorsk else 'Starter'} med {_listed(begun)}.")
    if change.cures:
        told.append(f"Resept: {_listed(change.cures)}.")
    return told


def _ends(ended: Sequence[Treatment], begun: Sequence[Medicine], *, nynorsk: bool) -> list[str]:
    """What is ended; another strength of the same is a change of dose. Reasons are in bokmål alone."""
    told: list[str] = []
    over: dict[str, list[Medicine]] = {}
    for one in ended:
        after = next((new for new in begun if new.atc == one.medicine.atc), None)
        if after is None:
            over.setdefault("" if nynorsk else one.why, []).append(one.medicine)
        elif after.name != one.medicine.name:
            changed = "Endra" if nynorsk else "Endret"
            told.append(f"{changed}: {after.within}, før {one.medicine.within}.")
    for why, medicines in over.items():
        because = f" ({why[0].lower()}{why[1:]})" if why else ""
        told.append(f"{'Sluttar' if nynorsk else 'Slutter'} med {_listed(medicines)}{because}.")
    return told


def _listed(medicines: Sequence[Medicine]) -> str:
    return listed([one.within for one in medicines])


_GONE_THROUGH = ("Gått gjennom medisinene.", "Gått gjennom medisinane.")
_USES_NONE = (
    "Spør om råd om medisiner. Bruker ingen faste nå.",
    "Spør om råd om medisinar. Brukar ingen faste no.",
)
_NO_CHANGE = (
    "Spør om medisinene. Gått gjennom listen, ingenting endres nå.",
    "Spør om medisinane. Gått gjennom lista, ingenting vert endra no.",
)
