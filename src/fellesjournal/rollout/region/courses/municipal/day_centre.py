"""Day activity for those who live at home with dementia: a place to be on one or two weekdays."""

from datetime import datetime, timedelta

from fellesjournal.rollout.region.courses.municipal.home_notes import Said, is_hurt
from fellesjournal.rollout.region.courses.municipal.need import Step
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.units import Service

_TOLD = (
    ("Deltok i sang og lett trim. Spiste godt.", "Deltok i song og lett trim. Åt godt."),
    ("Bakte vafler sammen med de andre. Blid.", "Steikte vaflar saman med dei andre. Blid."),
    (
        "Litt urolig etter lunsj, ville hjem. Gikk tur sammen.",
        "Litt uroleg etter lunsj, ville heim. Gjekk tur.",
    ),
    ("Spilte bingo og fortalte om gamle dager.", "Spelte bingo og fortalde om gamle dagar."),
)
_OF_FEW_WORDS = (
    (
        "Satt hos de andre under sangen, smilte til musikken. Fikk hjelp til å spise.",
        "Sat hos dei andre under songen, smilte til musikken. Fekk hjelp til å ete.",
    ),
    (
        "Urolig om formiddagen, roligere med en fast pleier. Hvilte etter lunsj.",
        "Uroleg om formiddagen, rolegare med ein fast pleiar. Kvilte etter lunsj.",
    ),
    ("Holdt pleieren i hånden, våken til etter lunsj.", "Heldt pleiaren i handa, vaken til etter lunsj."),
)
TELLS, PLAYS = 7, 13
"""Points of MMSE below which nobody sings or bakes, and below which nobody plays bingo and tells of old days:
who needs help with everything."""

AFTER_LUNCH = 12
"""The hour from which who comes was not there for lunch."""

DAY, WRITTEN = timedelta(hours=5), 4.6
"""How long a day is, and the hours after which it is written of."""


def days(life: Life, step: Step) -> None:
    """A sample of the days, and those of the last weeks; the next one is kept free of visits at home."""
    until = step.last(life.last)
    found = list(life.every(2.5, step.since, until - timedelta(days=24)))
    if until >= life.era.until:
        found += [working_day(until - timedelta(days=back)) for back in (22, 15, 8, 1) if step.since < until]
        life.days.take_hour(at(working_day(until + timedelta(days=6)), 10), DAY)
    for day in found:
        if not life.records(day):
            continue
        minutes = DAY // timedelta(minutes=1)
        visit = life.meet(Service.HOME_CARE, "helsefagarbeider", day, hour=10, minutes=minutes)
        bokmaal, nynorsk = life.chance.other(_texts(life, visit.start))
        visit.note(("Dagsenter", visit.say(bokmaal, nynorsk)), after=WRITTEN)


def _texts(life: Life, start: datetime) -> Said:
    """What fits one who may say little, has broken something, or came when lunch was over."""
    points = life.decline.mmse(start.date())
    said = _OF_FEW_WORDS if points < TELLS else _TOLD
    unfit = ["trim", "tur "] if said is _TOLD and is_hurt(life, start.date()) else []
    unfit += ["bingo"] if points < PLAYS else []
    unfit += ["lunsj"] if start.hour >= AFTER_LUNCH else []
    return [one for one in said if not any(words in one[0] for words in unfit)]
