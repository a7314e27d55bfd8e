"""Stroke and transient attacks: the stroke unit, what is left afterwards, secondary prevention.

New strokes by age from Norsk hjerneslagregister (yearly report); secondary prevention as in the national
guideline on stroke (Helsedirektoratet).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    GLUCOSE,
    HAEMOGLOBIN,
    INR,
    LDL,
    POTASSIUM,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.diabetes import ATORVASTATIN
from fellesjournal.rollout.region.courses.fibrillation import FIBRILLATION
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION
from fellesjournal.rollout.region.courses.series import control, pressed, since_last
from fellesjournal.rollout.region.driving import drives, without_advice
from fellesjournal.rollout.region.formulary import APIXABAN, ASPIRIN, CLOPIDOGREL, LOSARTAN, TICAGRELOR
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

STROKE = Problem("Hjerneinfarkt", "K90", "I639")
TIA = Problem("Forbigående hjerneiskemi (TIA)", "K89", "G459")

NEW: Risk = ((40, 0.4), (55, 2), (65, 5), (75, 12), (85, 19))

MODERATE = 6
"""Points of NIHSS above which one walks with an aid afterwards, and does not work again."""
LEFT = ("venstre", "høyre")


def happens(life: Life) -> None:
    """The first attack, and what follows."""
    times = (2.2 if life.has(HYPERTENSION) else 1.3) * (1.8 if life.has(FIBRILLATION) else 1)
    day = life.onset(NEW, times)
    if day is None:
        return
    if life.chance.yes(0.3):
        _passes(life, day)
    else:
        _strikes(life, day)


def _passes(life: Life, day: date) -> None:
    flutters, thinned = life.had(FIBRILLATION, day), life.taking(APIXABAN.atc, day)
    story = Story(
        "Plutselig nummen i ansikt og arm og utydelig tale, varte i en halvtime.",
        "Ingen utfall ved undersøkelsen. NIHSS 0. CT: ingen blødning eller infarkt, åpne kar.",
        "TIA.",
        f"{'Blodfortynnende' if flutters or thinned else 'Platehemmer'}, telemetri i et døgn.",
    )
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, POTASSIUM, GLUCOSE, INR, LDL)
    stay = admit(life, Service.MEDICAL_WARD, day, 1, TIA, story, Ill(systolic=18), tests)
    if not stay.recorded and life.records(day):
        return
    stay.pictures(
        Modality.CT, "CT caput med angiografi", "Ingen blødning eller infarkt. Åpne kar.", after=0.2
    )
    life.problem(TIA, stay.day, stay.day + timedelta(days=60), stay)
    check = life.gp(stay.end.date() + timedelta(days=14), TIA)
    systolic = life.body.systolic(check.day) + 2
    check.pressure(systolic, life.body.diastolic(check.day))
    high = _lowered(life, check) if systolic >= GOAL else ""
    told = f"Ingen nye utfall etter TIA. Tar medisinene. Kan kjøre igjen om to uker.{high}"
    life.at_the_end(lambda: check.note(("Kontroll", _to_drivers(life, check.day, told))))
    _prevented(life, stay.day, TIA)
    discharge(
        life,
        stay,
        TIA,
        Farewell(
            f"Ingen nye utfall. {_KNOWN_RHYTHM if flutters else 'Telemetri uten påfallende funn.'}",
            "Blodtrykk under 130/80, LDL under 1,8. Ikke bilkjøring de første ukene. Kontroll hos fastlege "
            "om "
            "to uker.",
        ),
    )


_KNOWN_RHYTHM = "Telemetri med kjent atrieflimmer, ellers uten påfallende funn."


def _to_drivers(life: Life, day: date, text: str) -> str:
    """What is said, at the end, when it is known who drives."""
    return text if drives(life, day) else without_advice(text)


def _lowered(life: Life, check: Visit) -> str:
    """What is said of a pressure above the goal, and done where nobody treats it."""
    if life.first(HYPERTENSION) or life.taking("C09", check.day) or not life.tolerates(LOSARTAN):
        return " Blodtrykket er litt høyt i dag, måles igjen ved neste kontroll."
    life.problem(HYPERTENSION, check.day, visit=check)
    life.uses(LOSARTAN, check.day, HYPERTENSION)
    life.body.pressed_more.append(Shift(-12, check.day, 60))
    return " Blodtrykket er over målet også hjemme. Begynner med losartan."


GOAL = 139.5
"""mmHg of systolic pressure after an attack, from which on it is treated (a single value; at home 130)."""


def _strikes(life: Life, day: date) -> None:
    side = life.chance.pick(LEFT)
    points = life.chance.weighted(((2, 30), (4, 30), (7, 25), (12, 15)))
    clot = life.chance.yes(0.25) and life.taking(APIXABAN.atc, day) is None
    seen = "for en time siden" if clot else "kvelden før"
    story = Story(
        f"Funnet med skjev munnvik og svak i {side} arm og bein. Så frisk ut {seen}.",
        f"Parese i {side} side, NIHSS {points}. CT: ingen blødning eller tette store kar.",
        "Akutt hjerneinfarkt.",
        "Trombolyse gitt i mottak. Slagenhet, svelgtest, tidlig mobilisering."
        if clot
        else "Utenfor tidsvindu for trombolyse. Slagenhet, svelgtest, tidlig mobilisering.",
    )
    nights = 3 + points
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, POTASSIUM, GLUCOSE, INR, LDL)
    stay = admit(life, Service.MEDICAL_WARD, day, nights, STROKE, story, Ill(pulse=6, systolic=28), tests)
    if not stay.recorded and life.records(day):
        return
    opposite = LEFT[1 - LEFT.index(side)]
    stay.pictures(
        Modality.CT, "CT caput med angiografi", "Ingen blødning. Ingen store karokklusjoner.", after=0.2
    )
    stay.pictures(Modality.MRI, "MR caput", f"Ferskt infarkt i {opposite} hemisfære.", after=26)
    life.problem(STROKE, stay.day, visit=stay)
    _prevented(life, stay.day, STROKE)
    lately.is_off(life, stay.day, OFF_WORK)
    if points > MODERATE:
        life.decline.disabled_since = stay.day
    life.at_the_end(lambda: _leaves(life, stay, side, points))
    _followed(life, stay, side, points)


def _leaves(life: Life, stay: Visit, side: str, points: int) -> None:
    """Told last, when it is known who had a walker before."""
    better = f"{_walks(life, stay, points)} ved utskrivning"
    discharge(
        life,
        stay,
        STROKE,
        Farewell(
            f"Bedring av kraft i {side} side. {better}. Vurdert av fysioterapeut, ergoterapeut og logoped.",
            "Videre trening i kommunen. Førerkort: kjøreforbud til ny vurdering. Slagpoliklinikk om tre "
            "måneder.",
        ),
    )


def _walks(life: Life, stay: Visit, points: int) -> str:
    if life.decline.lives_in(stay.day):
        return "Forflytter seg som før"
    if points > MODERATE or stay.reference in life.trains_until:
        return "Går med rollator"
    before = life.decline.walker_since
    return "Går med rollator som før" if before and before <= stay.day else "Går uten hjelpemidler"


OFF_WORK = 12
"""Weeks for which one is off work after a stroke, until it is controlled at the clinic."""
IN_GOAL = (134, 82)
"""mmHg under which the pressure is said to be as wished for."""
_MAY_DRIVE = "Førerkort: fyller helsekravene, kan kjøre igjen."
_STILL_BANNED = "Førerkort: kjøreforbudet forlenges."
_TRAINS = "Fortsetter trening. Førerkort avventes."


def _prevented(life: Life, day: date, problem: Problem) -> None:
    if life.had(FIBRILLATION, day):
        life.uses(APIXABAN, day, problem)
    elif life.taking(APIXABAN.atc, day) or life.taking(TICAGRELOR.atc, day):
        pass
    else:
        if life.taking(ASPIRIN.atc, day):
            life.stop(ASPIRIN, day, "Byttet til klopidogrel")
        life.uses(CLOPIDOGREL, day, problem)
    if life.taking("C10", day) is None:
        life.uses(ATORVASTATIN, day, problem)


def _followed(life: Life, stay: Visit, side: str, points: int) -> None:
    first = life.gp(stay.end.date() + timedelta(days=14), STROKE)
    systolic = life.body.systolic(first.day) + 4
    first.pressure(systolic, life.body.diastolic(first.day))
    weak = f"Kontroll etter hjerneslag. Fortsatt svekket i {side} hånd, sliter med trøtthet."
    weak += _lowered(life, first) if systolic >= GOAL else ""
    life.at_the_end(lambda: first.note(("Aktuelt", weak), ("Plan", _to_drivers(life, first.day, _TRAINS))))
    clinic = life.meet(Service.CLINIC, "lege", stay.end.date() + timedelta(days=90), STROKE)
    left = "Moderat funksjonssvikt, mRS 3." if points > MODERATE else "Lette restplager, mRS 1-2."
    left = "Ellers som før slaget, trenger hjelp som da." if life.decline.lives_in(stay.day) else left
    clinic.pressure(
        min(IN_GOAL[0], life.body.systolic(clinic.day) + 2), min(IN_GOAL[1], life.body.diastolic(clinic.day))
    )
    seen = f"{left} Ingen nye utfall. Blodtrykk i mål. {_STILL_BANNED if points > MODERATE else _MAY_DRIVE}"
    life.at_the_end(lambda: clinic.note(("Slagpoliklinikk", _to_drivers(life, clinic.day, seen))))
    for day in life.every(9, stay.end.date()):
        visit = control(life, day, STROKE)
        systolic = life.body.systolic(day) + life.chance.normal(3, 7)
        visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(0, 4))
        tests = panel(
            life, day, CREATININE, POTASSIUM, ill={LDL: min(WISHED_FOR, life.chance.normal(1.5, 0.2))}
        )
        gone_through(life, visit, tests)
        told: Sequence[str] = _RESIDENT if life.decline.lives_in(visit.day) else _STEADY
        _controlled(life, visit, life.chance.other(told), pressed(life, visit, systolic))


def _controlled(life: Life, visit: Visit, said: str, high: str) -> None:
    """Written when all else is told: nobody who has fallen or fainted has not fallen since last, nor is one
    stronger than before the stroke, or with what makes weaker."""

    def write() -> None:
        fell = since_last(life, visit.day, *_FALLS)
        told = _STEADY[1] if fell and "fall" in said else said
        struck = life.first(STROKE)
        weak = any(one.icpc in _WEAKENS for one in life.known(visit.day))
        if _LAST_YEAR in told and (weak or struck is None or struck.year >= visit.day.year):
            told = _STEADY[0]
        visit.note(("Kontroll", told + high))

    life.at_the_end(write)


WISHED_FOR = 1.74
"""mmol/L of LDL that is within the goal, as it is written with one decimal."""
_LAST_YEAR, _WEAKENS = "i fjor", ("K77", "P70", "R95")
"""What is compared with, and ICPC-2 codes of what takes strength from year to year."""
_FALLS = ("A06", "L7", "N79", "S16", "S18", "A8")
"""How the ICPC-2 codes begin of who has fallen."""
_STEADY = (
    "Ingen nye utfall. LDL i mål.",
    "Blir fort trøtt, ellers uendret. Kolesterolet er fint.",
    "Ingen fall eller anfall siden sist. Tar medisinene. Kolesterolet er i mål.",
    "Bedre utholdenhet enn i fjor. Ingen tegn til nytt slag.",
    "Fingerferdigheten er som sist. Snakket om salt, kost og bevegelse.",
)
_RESIDENT = (
    "Pleierne melder ingen nye utfall. Prøver tatt.",
    "Uendret i armen, ledsages til måltidene. Ikke tegn til nytt slag.",
)
