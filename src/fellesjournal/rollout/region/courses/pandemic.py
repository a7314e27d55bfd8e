"""From March 2020 to February 2022 nobody was seen about a cough without a word of covid-19.

When: the measures of 12 March 2020, and 12 February 2022, when the last were lifted (regjeringen.no). Who was
ill with it is not told: the tests of those who come are negative.
"""

from datetime import date, datetime, timedelta

import msgspec

from fellesjournal.rollout.region.chart.coding import LOINC, Json, Term
from fellesjournal.rollout.region.chart.documents import BEFORE as HAS_BEEN
from fellesjournal.rollout.region.chart.documents import section_of
from fellesjournal.rollout.region.chart.measures import looked_for
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.meetings import Meeting
from fellesjournal.rollout.region.moments import moment, written
from fellesjournal.rollout.region.paraphrases import otherwise
from fellesjournal.rollout.region.units import Service

SINCE, UNTIL = date(2020, 3, 12), date(2022, 2, 12)
AIRWAYS = ("R05", "R21", "R25", "R74", "R75", "R76", "R77", "R78", "R80", "R81", "R83", "R95", "R96")
"""ICPC-2 codes of coughs, sore throats, colds and lungs that are worse."""
AT = (Service.GP, Service.LEGEVAKT, Service.MEDICAL_WARD, Service.GERIATRIC_WARD)
PCR = Term(LOINC, "94500-6", "SARS-CoV-2 (covid-19), PCR")
BEFORE, ANSWERED = timedelta(hours=22), timedelta(hours=3)
AT_ONCE, IN_MINUTES = timedelta(minutes=25), timedelta(minutes=2)
"""How long before the note one who comes, and one who is admitted, is tested and answered."""


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
            _negative(life, one, place, note, moment(note["date"]))


def _places(life: Life) -> dict[str, int]:
    """Where each contact's first note that says what has been stands among the bodies, else its first."""
    first: dict[str, int] = {}
    telling: dict[str, int] = {}
    for contact, place, _, _, sections in life.chart.notes:
        first.setdefault(contact, place)
        if any(title == HAS_BEEN for title, _ in sections):
            telling.setdefault(contact, place)
    return first | telling


def _negative(life: Life, met: Meeting, place: int, note: Json, when: datetime) -> None:
    admitted = met.last > met.first
    taken, told = (AT_ONCE, IN_MINUTES) if admitted else (BEFORE, ANSWERED)
    words = _ADMITTED if admitted else _COMES
    text = otherwise(words[life.services.nynorsk], life.chart.said)
    life.chart.change(place, {"section": [*note["section"], section_of("Smittevern", text)]})
    laboratory = life.services.unit(Service.LABORATORY).reference
    about = {"issued": written(when - told), "performer": [{"reference": laboratory}]}
    looked_for(life.chart, PCR, when - taken, about)


_COMES = ("Testet for covid-19 i går, negativ.", "Testa for covid-19 i går, negativ.")
_ADMITTED = (
    "PCR for covid-19 i mottaket er negativ.",
    "PCR for covid-19 i mottaket er negativ.",
)
