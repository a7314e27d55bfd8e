"""Dying at home, with the palliative team, nurses and the GP."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart import messages
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology, report
from fellesjournal.rollout.region.courses.municipal import planned, planning
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.formulary import (
    GLYCOPYRRONIUM,
    HALOPERIDOL,
    MACROGOL,
    MIDAZOLAM,
    MORPHINE,
    MORPHINE_PUMP,
    PARACETAMOL_FIXED,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID, HUSBAND = "stolt-ospegren", "tolerant-ospegren"
CANCER = Problem("Bukspyttkjertelkreft", "D76", "C259")
FOUND, HOME, PUMP = 300, 26, 8
"""Days ago: diagnosis, home to stay, pump."""
HOURS, MINUTES = (9, 15, 21), 30
"""When the nurses come, and for how long."""


def _cast(today: date) -> list[Person]:
    wife = someone(40, "Stolt Ospegren", WOMAN, aged(today, 72, 9, 15), home(17))
    husband = someone(41, "Tolerant Ospegren", MAN, aged(today, 74, 4, 1), wife.household)
    couple(wife, husband)
    return [wife, husband]


def _lives(life: Life) -> None:
    ordinary.grows(life)
    today = life.era.until
    life.dying_since = today - timedelta(days=FOUND + 20)
    _falls_ill(life, today - timedelta(days=FOUND))
    since = today - timedelta(days=HOME)
    grant = Grant(HOME_NURSING, "besøk morgen, ettermiddag og kveld, natt ved behov, palliativt team")
    decide(life, [grant], since, None, Level.MUCH, "Alvorlig syk, ønsker å være hjemme.", quickly=True)
    planning.plan(life, since - timedelta(days=14), Level.MUCH)
    _eased(life, today)
    _visited(life, since, today)
    ordinary.passes(life)


def _falls_ill(life: Life, day: date) -> None:
    gp = life.gp(day, CANCER)
    life.body.weighs_more += [Shift(-7, day - timedelta(days=60), 60), Shift(-8, day, 300)]
    life.weighs(gp)
    gp.note(
        ("Aktuelt", "Vondt øverst i magen mot ryggen i to måneder, sju kilo ned, ingen matlyst."),
        ("Plan", "Pakkeforløp bukspyttkjertelkreft, CT innen en uke."),
    )
    seen = radiology(
        life, gp, CANCER, Modality.CT, "CT abdomen", "Svulst i pankreashalen, flere metastaser i lever.", 0.7
    )
    life.problem(CANCER, seen.day, visit=seen)
    for days, text in ((14, _TOLD), (110, _MIDWAY), (230, _STOPPED)):
        visit = life.meet(Service.CLINIC, "lege", seen.day + timedelta(days=days), CANCER, minutes=45)
        visit.note(("Kreftpoliklinikk", text))
        report(life, visit, ("Vurdering", text))


def _eased(life: Life, today: date) -> None:
    since = today - timedelta(days=FOUND - 30)
    life.uses(PARACETAMOL_FIXED, since, CANCER)
    life.uses(MACROGOL, since, CANCER)
    life.uses(MORPHINE, since + timedelta(days=60), CANCER)
    life.stop(MORPHINE, today - timedelta(days=PUMP), "Byttet til smertepumpe")
    for tablets in (PARACETAMOL_FIXED, MACROGOL):
        life.stop(tablets, today - timedelta(days=PUMP), "Klarer ikke å svelge")
    for medicine in (MORPHINE_PUMP, MIDAZOLAM, HALOPERIDOL, GLYCOPYRRONIUM):
        life.uses(medicine, today - timedelta(days=PUMP), CANCER)


def _visited(life: Life, since: date, today: date) -> None:
    for back, text in ((PUMP, _PUMPED), (2, _GP_LAST)):
        visit = life.meet(
            Service.GP, "lege", today - timedelta(days=back), CANCER, way=Way.HOME, hour=13, minutes=45
        )
        visit.note(("Hjemmebesøk", text))
    life.turn_to("nurses")
    day = since
    while day < today:
        near = (today - day).days < PUMP
        for hour in HOURS:
            by = "sykepleier" if hour == 9 or near else "helsefagarbeider"
            visit = life.meet(Service.HOME_CARE, by, day, way=Way.HOME, hour=hour, minutes=MINUTES)
            if life.chance.yes(0.45):
                visit.note(("Palliasjon", life.chance.pick(_NEAR if near else _BEFORE)))
        day += timedelta(days=1)
    planned.visits(life, today, 1, HOURS, MINUTES)
    when = at(today - timedelta(days=1), 15)
    if life.records(when.date()):
        office, town = (life.services.unit(one).reference for one in (Service.GP, Service.HOME_CARE))
        asks, text = (
            "Spørsmål fra hjemmesykepleien",
            "Spiser ikke lenger. Trenger vi økt bakgrunnsdose i pumpen?",
        )
        messages.message(life.chart, asks, text, when, town, office, waits=True)


_TOLD = "Informert sammen med ektefellen: kreft med spredning, kan ikke opereres. Ønsker lindrende cellegift."
_MIDWAY = "Tåler kuren, litt nummen i fingrene. CT uendret. Fortsetter."
_STOPPED = (
    "Vekst i leveren, mer sliten. Enige om å avslutte cellegift. Lindring hjemme, palliativt team koblet på."
)
_PUMPED = (
    "Klarer ikke lenger tabletter. Smertepumpe startet, skrin med medisiner for de siste dagene er på plass. "
    "Ønsker ikke innleggelse. Ektefellen er innforstått."
)
_GP_LAST = "Sover det meste, våken ved stell. Smertefri i ro. Dager igjen. Avtalt å ringe hele døgnet."
_BEFORE = (
    "Oppe i stolen en time. Smerter 3 av 10, tilleggsdose før stell. Kvalm om morgenen.",
    "Orket å dusje. Spist litt yoghurt. Ektefellen sliten, tilbudt nattevakt.",
    "Hel hud, trykkavlastende madrass. Snakket om hva hun er redd for.",
)
_NEAR = (
    "Sengeliggende. Pumpen går. Munnstell, snudd. Rolig.",
    "Kvalme lindret med haloperidol. Små slurker vann. Ektefellen leser for henne.",
    "Uro i kveld, midazolam gitt en gang med god effekt. Sover.",
)

STORY = Story(
    "Home at the end",
    "She is 72 and has cancer of the pancreas with spread to the liver; treatment was ended two months ago. "
    "She wants to die at home, where her husband is, with nurses three times a day and the GP on visits. A "
    "pump has given her pain relief for eight days, and she has days left.",
    "vennlig-solber",
    "The medicines for the last days, the visits day by day, and the nurses' question to the GP yesterday.",
    _cast,
    {ID: _lives},
)
