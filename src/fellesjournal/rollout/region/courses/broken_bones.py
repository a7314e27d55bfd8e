"""Children's fractures: a forearm, a collarbone, a finger.

Nearly one of two boys and one of three girls breaks a bone before 16 (Scandinavian studies, rounded).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.emergencies import SUMMER
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.openings import REOPENED, SHUT, school_day
from fellesjournal.rollout.region.units import Service

FOREARM = Problem("Brudd nederst i underarmen", "L72", "S525")
COLLARBONE = Problem("Kragebeinsbrudd", "L76", "S420")
FINGER = Problem("Fingerbrudd", "L74", "S626")
KINDS = ((FOREARM, 55.0), (FINGER, 25.0), (COLLARBONE, 20.0))
TREATED = {
    FOREARM: ("RTG underarm", "Torusbrudd i distale radius uten feilstilling.", "Gipsskinne i tre uker."),
    FINGER: ("RTG finger", "Udislosert brudd i mellomfalang.", "Teipes til nabofinger i tre uker."),
    COLLARBONE: ("RTG kragebein", "Brudd midt på kragebeinet, lett forskjøvet.", "Fatle i to til tre uker."),
}


IN_CLASS = "i gymtimen"
SMALL, SOON, NOVEMBER = 6, timedelta(days=2), 11
"""The age up to which one is no pupil; how near a school day is in a week of school; and a month without
snow to ski on, and too dark for the rest."""
_BENDS, _BROKEN = 12, "Brudd i distale radius uten feilstilling."
"""The age from which bone does not buckle, and what breaks then."""
_OF_PUPILS, _ALL_YEAR = ("på fotballtrening", IN_CLASS), ("fra et klatrestativ",)
_IN_SUMMER, _IN_WINTER = ("på trampoline", "fra sykkel"), ("på ski", "i akebakken")


def breaks(life: Life) -> None:
    """At play and sport, from three to fifteen."""
    often = 0.022 if life.person.is_woman else 0.03
    for day in life.now_and_then(often, life.birthday(3), life.birthday(16)):
        _fracture(life, day, life.chance.weighted(KINDS))


def _places(life: Life, day: date) -> list[str]:
    """Where one can fall: by the season, and at school and training for pupils, not in the holidays."""
    shut = SHUT <= day < REOPENED[Service.SCHOOL_HEALTH]
    at_school = life.age(day) > SMALL and school_day(day) - day <= SOON and not shut
    season = _IN_SUMMER if day.month in SUMMER else () if day.month == NOVEMBER else _IN_WINTER
    return [*(_OF_PUPILS if at_school else ()), *_ALL_YEAR, *season]


def _hurts(life: Life, day: date, problem: Problem) -> str:
    if problem is FINGER:
        return "Vond og hoven finger."
    return (
        "Vondt, vil ikke bruke armen."
        if life.age(day) <= SMALL
        else "Vondt ved bevegelse, holder armen i ro."
    )


def _fracture(life: Life, day: date, problem: Problem) -> None:
    picture, seen, treated = TREATED[problem]
    if problem is FOREARM and life.age(day) >= _BENDS:
        seen = _BROKEN
    where = life.chance.pick(_places(life, day))
    hour = life.chance.between(14, 20)
    if where == IN_CLASS:
        day, hour = school_day(day), min(hour, 15)
    visit = life.meet(Service.LEGEVAKT, "lege", day, problem, way=Way.EMERGENCY, hour=hour, minutes=90)
    visit.pictures(Modality.XRAY, picture, seen, after=0.5)
    visit.note(
        ("Aktuelt", f"Falt {where}. {_hurts(life, day, problem)} God følelse og sirkulasjon i fingrene."),
        ("Tiltak", f"{treated} Paracetamol. Kontroll hos fastlege."),
    )
    life.episode(problem, visit, 30)
    check = life.gp(day + timedelta(days=23), problem)
    worn = f"{treated.partition(' i ')[0]} for {problem.within} fra {visit.day:%d.%m.%Y}."
    life.body.mends.append((visit.day, check.day, worn))
    check.note(("Kontroll", "Tilhelet, ingen ømhet. Full bevegelse. Kan trene igjen om to uker."))
