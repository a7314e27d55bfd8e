"""What secretaries write: a clinic's letter with the hour, a GP's office's answer to who asks for one.
What they register: letters on paper from outside."""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.chart import documents, messages
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.papers import HEARS_BADLY
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, last_working_day, working_day
from fellesjournal.rollout.region.units import Service, Unit, Worker

SECRETARY = "helsesekretaer"
READ = timedelta(days=4)
"""How long after a referral it has been gone through, and an hour is given."""
ASKS = 0.7
"""Share of those with an hour at the GP's who asked in writing; the others telephoned."""
WRITES = 24
"""MMSE below which somebody else calls."""
GROWN = 18
ON_PAPER = 0.12
"""Share of the grown to whose GP such a letter came in the last three months."""


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


def gives_an_hour(life: Life, unit: Unit, start: datetime, about: str) -> datetime | None:
    """One asks for an hour in writing, says what it is about, and is told which one it is: when, None where
    nobody asks so."""
    by, able = _secretary(life, unit), life.decline.mmse(life.last) >= WRITES
    asks = life.chance.yes(ASKS)
    answered = at(last_working_day(life.era.until), life.chance.between(8, 14), life.chance.between(0, 59))
    sent = at(answered.date() - timedelta(days=1), life.chance.between(16, 21), life.chance.between(0, 59))
    if by is None or not (able and asks) or life.age(life.last) < GROWN or not life.records(sent.date()):
        return None
    if life.days.outside(sent.date(), home_visit=True) != sent.date():
        return None
    citizen, asked = life.person.reference, _ASKED.format(about.lower())
    first = messages.message(life.chart, "Timebestilling", asked, sent, citizen, unit.reference)
    told = f"Hei, du har fått time {start:%d.%m.%Y} kl. {start:%H.%M}."
    messages.message(life.chart, "Timebestilling", told, answered, by.reference, citizen, first)
    return answered


def registers(life: Life) -> None:
    """A letter from outside the region has come to the GP's office on paper, in one of the last weeks."""
    unit = life.services.unit(Service.GP)
    by, comes = _secretary(life, unit), life.chance.yes(ON_PAPER)
    sent = life.era.until - timedelta(days=life.chance.between(3, 90))
    when = at(working_day(sent + timedelta(days=3)), life.chance.between(9, 13), life.chance.between(0, 59))
    if by is None or not comes or life.birthday(GROWN) > sent or not life.happened(when):
        return
    if life.decline.lives_in(sent):
        return
    sender, title, text = life.chance.pick([one for one in _FROM_OUTSIDE if _fits(life, one[0], sent)])
    about = f"Gjelder {life.person.given} {life.person.family_name}, født {life.person.born:%d.%m.%Y}."
    sections = [("Gjelder", about), ("Uttalelse", text)]
    documents.from_outside(life.chart, title, sections, sender, sent, when, by, unit.reference)


def _fits(life: Life, sender: str, sent: date) -> bool:
    """Only those at work are tested there, and who is helped at home is not abroad."""
    if sender == _AT_WORK:
        deaf = any(one.icpc == HEARS_BADLY for one in life.known(sent))
        return not deaf and lately.is_well_at_work(life, sent)
    return sender != _ABROAD or not (life.decline.helped_since or life.decline.moves_in)


def _secretary(life: Life, unit: Unit) -> Worker | None:
    found = life.services.workers(unit.service, SECRETARY) if unit.service else []
    return found[0] if found else None


_ASKED = "Hei, jeg trenger en time hos fastlegen. Det gjelder: {}. Det haster ikke."
_AT_WORK, _ABROAD = "Bedriftshelsetjenesten Medvind", "Kurbadet Solkysten, utlandet"
_FROM_OUTSIDE = (
    (
        "Brillehuset Regnbuen, optiker",
        "Synsundersøkelse hos optiker",
        "Syn 1,0 på begge øyne med briller. Ny styrke. Ingen funn som krever øyelege. Ny kontroll om to år.",
    ),
    (
        "Tannklinikken Sukkerfri",
        "Fra tannlege",
        "Ferdig behandlet for betennelse i tannkjøttet. Munntørrhet er ikke sett. Ny innkalling om et år.",
    ),
    (
        _ABROAD,
        "Vaksinasjon gitt på reise",
        "Stivkrampevaksine gitt etter et rent kutt på ferie. Såret var grodd ved avreise.",
    ),
    (
        _AT_WORK,
        "Hørselsprøve på arbeidsplassen",
        "Hørselsprøve innenfor det som er vanlig for alderen. Bruker hørselvern.",
    ),
)
"""Who sent it, what it is called, and what it says."""
