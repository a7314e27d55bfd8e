"""From March 2020 to February 2022 nobody was seen about a cough without a word of covid-19.

When: the measures of 12 March 2020, and 12 February 2022, when the last were lifted (regjeringen.no). Who was
ill with it is not told: the tests of those who come are negative.
"""

from datetime import date, datetime, timedelta

import msgspec

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import LOINC, Json, Term
from fellesjournal.rollout.region.chart.documents import BEFORE as HAS_BEEN
from fellesjournal.rollout.region.chart.documents import section_of
from fellesjournal.rollout.region.chart.measures import looked_for
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.meetings import Meeting
from fellesjournal.rollout.region.moments import at, moment, written
from fellesjournal.rollout.region.paraphrases import otherwise
from fellesjournal.rollout.region.units import Service

SINCE, UNTIL = date(2020, 3, 12), date(2022, 2, 12)
AIRWAYS = ("R05", "R21", "R25", "R74", "R75", "R76", "R77", "R78", "R80", "R81", "R83", "R95", "R96")
"""ICPC-2 codes of coughs, sore throats, colds and lungs that are worse."""
AT = (Service.GP, Service.LEGEVAKT, Service.MEDICAL_WARD, Service.GERIATRIC_WARD)
PCR = Term(LOINC, "94500-6", "SARS-CoV-2 (covid-19), PCR")
TAKEN, MORE, ANSWERED = 8, 11, timedelta(hours=3)
AT_ONCE, AT_HOSPITAL, READ = timedelta(minutes=25), timedelta(hours=7), timedelta(minutes=15)
"""From which hour of the day before the note on, for how many hours, one who comes is tested, and how long
before it answered; how long before it one who is admitted is tested, how long the hospital's laboratory
takes, and until the ward has read it."""


def is_on(life: Life) -> None:
    """Told when all notes are written."""
    if life.first_day < UNTIL and life.last > SINCE:
        life.at_the_end(lambda: _tested(life))


def _tested(life: Life) -> None:
    places = _places(life)
    for one in life.meetings.between(SINCE, UNTIL):
        place = places.get(one.reference)
        if place is not None and one.service in AT and any(about.icpc in AIRWAYS for about in one.about):
            note: Json = msgspec.json.decode(life.chart.bodies[place])
            when = moment(note["date"])
            if one.last > one.first:
                _at_a_ward(life, one, place, note, when)
            else:
                _told(life, place, note, _COMES)
                _answered(life, _the_day_before(life, when), when - ANSWERED)


def _the_day_before(life: Life, when: datetime) -> datetime:
    """When the test stations were open, by the calendar of the notes."""
    minutes = Chance(life.seed, life.person.id, "tested", when.date()).between(0, 60 * MORE)
    return at(when.date() - timedelta(days=1), TAKEN) + timedelta(minutes=minutes)


def _places(life: Life) -> dict[str, int]:
    """Where each contact's first note that says what has been stands among the bodies, else its first."""
    first: dict[str, int] = {}
    telling: dict[str, int] = {}
    for contact, place, _, _, sections in life.chart.notes:
        first.setdefault(contact, place)
        if any(title == HAS_BEEN for title, _ in sections):
            telling.setdefault(contact, place)
    return first | telling


def _at_a_ward(life: Life, met: Meeting, place: int, note: Json, when: datetime) -> None:
    """What is taken in the emergency room is answered hours later, and then the ward writes it."""
    stay = next((stay for stay, _ in life.stays if stay.reference == met.reference), None)
    answered = when - AT_ONCE + AT_HOSPITAL
    _told(life, place, note, _ADMITTED)
    if stay is not None and answered + READ < min(stay.end, life.chart.until):
        _answered(life, when - AT_ONCE, answered)
        hours = (answered + READ - stay.start).total_seconds() / 3600
        stay.note(("Smittevern", stay.say(*_NEGATIVE)), after=hours)


def _told(life: Life, place: int, note: Json, words: tuple[str, str]) -> None:
    text = otherwise(words[life.services.nynorsk], life.chart.said)
    life.chart.change(place, {"section": [*note["section"], section_of("Smittevern", text)]})


def _answered(life: Life, taken: datetime, told: datetime) -> None:
    laboratory = life.services.unit(Service.LABORATORY).reference
    about = {"issued": written(told), "performer": [{"reference": laboratory}]}
    looked_for(life.chart, PCR, taken, about)


_COMES = ("Testet for covid-19 i går, negativ.", "Testa for covid-19 i går, negativ.")
_ADMITTED = (
    "PCR for covid-19 er tatt i mottaket. Isoleres til svaret foreligger.",
    "PCR for covid-19 er teken i mottaket. Vert isolert til svaret ligg føre.",
)
_NEGATIVE = (
    "Svar på PCR fra mottaket: covid-19 ikke påvist. Isoleringen er opphevet.",
    "Svar på PCR frå mottaket: covid-19 ikkje påvist. Isoleringa er oppheva.",
)
