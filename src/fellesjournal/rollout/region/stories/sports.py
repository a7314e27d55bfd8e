"""A knee that gave way at football, and training after it."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology, refer
from fellesjournal.rollout.region.formulary import NAPROXEN
from fellesjournal.rollout.region.kinds_of_visit import PHYSIO
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, aged, home, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID = "spenstig-tangvind"
KNEE = Problem("Fremre korsbåndskade i kne", "L96", "S835")


def _cast(today: date) -> list[Person]:
    return [someone(43, "Spenstig Tangvind", MAN, aged(today, 19, 6, 13), home(18))]


def _lives(life: Life) -> None:
    ordinary.grows(life)
    today = life.era.until
    hurt = life.meet(
        Service.LEGEVAKT, "lege", today - timedelta(days=26), KNEE, way=Way.EMERGENCY, hour=19, minutes=80
    )
    hurt.pictures(Modality.XRAY, "RTG høyre kne", "Ansamling. Ingen brudd.", after=0.5)
    hurt.note(
        ("Hastegrad", "Grønn."),
        (
            "Aktuelt",
            "Vred høyre kne i en takling på fotballtrening, kjente et smell. Hovnet opp med en gang.",
        ),
        ("Funn", "Stor ansamling. Lachman positiv, ellers vanskelig å undersøke. Røntgen uten brudd."),
        ("Tiltak", "Krykker, is, bandasje. Fastlege om en uke, MR bestilles."),
    )
    life.problem(KNEE, hurt.day, visit=hurt)
    life.uses(NAPROXEN, hurt.day, KNEE)
    life.stop(NAPROXEN, hurt.day + timedelta(days=12), "Ikke lenger behov")
    seen = life.gp(hurt.day + timedelta(days=6), KNEE)
    seen.note(
        ("Funn", "Fortsatt ansamling, bøyer til 90 grader. Lachman 2+."),
        ("Plan", "MR. Fysioterapi fra nå. Sykmeldt fra butikkjobben i to uker."),
    )
    found = "Totalruptur av fremre korsbånd. Menisker hele."
    pictures = radiology(life, seen, KNEE, Modality.MRI, "MR høyre kne", found, 1)
    told = life.gp(pictures.day + timedelta(days=2), KNEE, way=Way.PHONE, minutes=10)
    told.note(("Telefon", f"Svar på MR: {found} Henvises ortoped på poliklinikken. Fortsetter trening."))
    refer(life, told, Service.CLINIC, KNEE, "Fremre korsbåndskade, 19 år, spiller fotball. Operasjon?", 6)
    for back, text in zip((16, 11, 6, 2), _TRAINED, strict=True):
        visit = life.meet(
            Service.PHYSIOTHERAPY, "fysioterapeut", today - timedelta(days=back), KNEE, minutes=45
        )
        visit.note(("Fysioterapi", text))
    unit = life.services.unit(Service.PHYSIOTHERAPY)
    trainer = life.services.worker(Service.PHYSIOTHERAPY, "fysioterapeut", 0)
    start = at(working_day(today + timedelta(days=3)), 14)
    appointments.appointment(life.chart, "Fysioterapi", start, 45, unit, trainer, KNEE, kind=PHYSIO)
    ordinary.passes(life)


_TRAINED = (
    "Strekkdefekt 10 grader, hevelse 2+. Starter med aktivering av lår og sykkel uten motstand.",
    "Full strekk. Går uten krykker inne. Knebøy til 60 grader.",
    "Hevelse 1+. Trappegang uten smerter, balanse på ett bein 20 sekunder.",
    "Fullt utslag. Styrke 70 % av frisk side. Plan: fem uker til før kirurgen ser ham.",
)

STORY = Story(
    "The knee",
    "He is 19 and twisted his knee at football four weeks ago. Legevakt X-rayed it, the GP asked for an MRI, "
    "which shows a torn cruciate ligament, and has referred him to the surgeon at the hospital's clinic. "
    "Meanwhile he trains with a physiotherapist.",
    "arvaken-nordlys",
    "One injury through legevakt, GP, radiology and physiotherapy; the referral that is open; the next "
    "training that is booked.",
    _cast,
    {ID: _lives},
)
