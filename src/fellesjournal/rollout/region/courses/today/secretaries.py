"""What secretaries write: a clinic's letter with the hour, and a GP's office's answer to who asks for one."""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.chart import documents, messages
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, last_working_day, working_day
from fellesjournal.rollout.region.units import Unit, Worker

SECRETARY = "helsesekretaer"
READ = timedelta(days=4)
"""How long after a referral it has been gone through, and an hour is given."""
ASKS = 0.7
"""Share of those with an hour at the GP's who asked in writing; the others telephoned."""
WRITES = 24
"""MMSE below which somebody else calls."""
GROWN = 18


def summons(life: Life, unit: Unit, start: datetime, referred: date) -> None:
    """The letter that tells of an hour at a clinic, some days after the referral."""
    by, sent = _secretary(life, unit), at(working_day(referred + READ), 13, life.chance.between(0, 59))
    if by is None or not life.happened(sent):
        return
    to = f"{life.person.given} {life.person.family_name}"
    text = (
        f"Du har fått time {start:%d.%m.%Y} kl. {start:%H.%M}. Møt i ekspedisjonen ti minutter før. Ta med "
        "liste over legemidlene dine. Passer ikke timen, gi beskjed senest et døgn før."
    )
    documents.letter(
        life.chart,
        Kind.LETTER,
        "Innkalling til poliklinikk",
        [("Time", text)],
        sent,
        by.reference,
        unit.reference,
        "",
        (f"Fra: {unit.name}", f"Til: {to}", f"Skrevet av: {by.name}"),
    )


def gives_an_hour(life: Life, unit: Unit, start: datetime) -> None:
    """One asks for an hour in writing, and is told which one it is."""
    by, able = _secretary(life, unit), life.decline.mmse(life.last) >= WRITES
    asks = life.chance.yes(ASKS)
    answered = at(last_working_day(life.era.until), life.chance.between(8, 14), life.chance.between(0, 59))
    sent = at(answered.date() - timedelta(days=1), life.chance.between(16, 21), life.chance.between(0, 59))
    if by is None or not (able and asks) or life.age(life.last) < GROWN or not life.records(sent.date()):
        return
    citizen = life.person.reference
    first = messages.message(life.chart, "Timebestilling", _ASKED, sent, citizen, unit.reference)
    told = f"Hei, du har fått time {start:%d.%m.%Y} kl. {start:%H.%M}."
    messages.message(life.chart, "Timebestilling", told, answered, by.reference, citizen, first)


def _secretary(life: Life, unit: Unit) -> Worker | None:
    found = life.services.workers(unit.service, SECRETARY) if unit.service else []
    return found[0] if found else None


_ASKED = "Hei, jeg trenger en time hos fastlegen. Det haster ikke."
