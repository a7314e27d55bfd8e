"""The last illness of those who die: at a ward, in a nursing home or at home, as `fate` decided.

Told last of all, when it is known what the citizen had. Lindrende behandling as in Helsedirektoratet's
guidance on the last days of life.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.chest import PNEUMONIA, SEPSIS
from fellesjournal.rollout.region.courses.copd import WORSE
from fellesjournal.rollout.region.courses.coronary import ANGINA, ATTACK, CORONARY
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.last_stay import lies
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.formulary import (
    GLYCOPYRRONIUM,
    HALOPERIDOL,
    MIDAZOLAM,
    MORPHINE_NEEDED,
    MORPHINE_PUMP,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

ARREST = Problem("Hjertestans", "K84", "I469")
INJURY = Problem("Alvorlig skade", "A80", "T149")
AGE = Problem("Alderdomssvekkelse", "P05", "R54")
DEATH = Problem("Dødsfall", "A96")
BLEEDING = Problem("Hjerneblødning", "K90", "I619")
STRUCK = Problem("Hjerneslag", "K90", "I64")
"""Of those who stay in their nursing home, where no pictures tell what it is."""


def comes(life: Life) -> None:
    """What stands last in the record of one who dies."""
    ending = life.ending
    if ending is None:
        return
    if ending.cause in {Cause.SUDDEN, Cause.ACCIDENT}:
        _at_once(life, ending)
    elif ending.place is Place.WARD:
        _at_a_ward(life, ending)
    elif ending.place is Place.NURSING_HOME:
        _in_a_nursing_home(life, ending)
    else:
        _at_home(life, ending)


def underlying(life: Life, cause: Cause) -> Problem:
    """The underlying cause, as the list of problems has it."""
    if cause is Cause.HEART:
        return FAILURE if life.has(FAILURE) else ATTACK
    if cause is Cause.STROKE:
        at_a_ward = life.ending is not None and life.ending.place is Place.WARD
        return BLEEDING if at_a_ward else STRUCK
    if cause is Cause.LUNGS:
        return WORSE
    if cause is Cause.INFECTION:
        return SEPSIS if life.age(life.last) < 75 else PNEUMONIA
    wanted = {"P70"} if cause is Cause.DEMENTIA else {"X76", "Y77", "D75", "R84", "D76"}
    return next((one for one in life.known(life.last) if one.icpc in wanted), AGE)


def _at_once(life: Life, ending: Ending) -> None:
    sudden = ending.cause is Cause.SUDDEN
    problem = ARREST if sudden else INJURY
    hour = life.chance.between(1, 22) if sudden else life.chance.between(9, 22)
    visit = life.meet(Service.LEGEVAKT, "lege", life.last, problem, way=Way.EMERGENCY, hour=hour, minutes=60)
    told = (
        "Falt om hjemme. Hjertestans, HLR av pårørende og ambulanse i 40 minutter uten å få igjen puls."
        if sudden
        else life.chance.pick(_AT_HOME if life.decline.mmse(life.last) < GOES_OUT else _ACCIDENTS)
    )
    hearts = [one for one in (CORONARY, ANGINA, FAILURE) if sudden and life.had(one, life.last)]
    why = f"{problem.within} ved {hearts[0].within}" if hearts else problem.within
    visit.note(
        ("Hastegrad", "Rød."),
        ("Hendelse", told),
        ("Dødsfall", f"Erklært død på stedet. Dødsårsak: {why}. Pårørende ivaretatt."),
    )
    life.problem(problem, life.last, visit=visit)


def _at_a_ward(life: Life, ending: Ending) -> None:
    problem = underlying(life, ending.cause)
    stay, decided = lies(life, ending, problem)
    if ending.cause is Cause.CANCER:
        for medicine in (MORPHINE_PUMP, MIDAZOLAM, HALOPERIDOL):
            life.uses(medicine, min(stay.day + timedelta(days=1), decided))
    if stay.recorded:
        is_eased(life, decided, "Lindrende behandling")


def _in_a_nursing_home(life: Life, ending: Ending) -> None:
    """Writes the stay of one who comes there to die; for those who live there `nursing_home` does."""
    problem = underlying(life, ending.cause)
    if life.decline.lives_in(ending.since):
        life.problem(problem, ending.since)
        return
    nights = (life.last - ending.since).days
    stay = life.stay(Service.NURSING_HOME, "lege", ending.since, nights, problem)
    agreed = "pårørende" if life.decline.mmse(ending.since) < UNDERSTANDS else "pasient og pårørende"
    stay.note(
        (
            "Innkomst",
            f"Kommer til lindrende opphold. Hovedproblem: {problem.within}. Trenger hjelp til alt.",
        ),
        ("Plan", f"Ikke innleggelse ved forverring, avklart med {agreed}."),
    )
    if stay.recorded:
        is_eased(life, max(stay.day, life.last - timedelta(days=KIT)))
    nurse = stay.by(life.services.worker(Service.NURSING_HOME, "sykepleier", life.chance.between(0, 99)))
    nurse.note(
        ("Sykepleie", "Spiser og drikker svært lite. Ligger godt, snus hver tredje time."),
        after=24 * max(1, nights - 3),
    )
    nurse.note(("Sykepleie", "Sovnet stille inn. Pårørende var hos."), after=before_the_doctor(stay))
    stay.note(("Dødsfall", f"Ventet dødsfall. Dødsårsak: {problem.within}."), after=10_000)
    life.problem(problem, ending.since, visit=stay)


def before_the_doctor(stay: Visit) -> float:
    """Hours into a stay at which one dies whose death the home's doctor finds at the end of it, that day."""
    hours = (stay.end - stay.start).total_seconds() / 3600
    of_day = stay.end.hour + stay.end.minute / 60
    return hours - min(0.7 + stay.end.minute / 40, of_day * 0.9)


def _at_home(life: Life, ending: Ending) -> None:
    problem = underlying(life, ending.cause)
    life.problem(problem, ending.since)
    first = life.meet(Service.GP, "lege", ending.since, problem, way=Way.HOME, hour=12, minutes=45)
    first.note(
        (
            "Hjemmebesøk",
            "Raskt svekket siste uker, orker ikke lenger komme på kontoret. Ønsker å være hjemme.",
        )
    )
    for before, text in ((KIT, life.chance.pick(_EARLIER)), (2, life.chance.pick(_LATER))):
        day = life.last - timedelta(days=before)
        visit = life.meet(
            Service.GP, "lege", day, problem, way=Way.HOME, hour=life.chance.between(9, 14), minutes=45
        )
        visit.note(("Hjemmebesøk", text))
        if before == KIT:
            is_eased(life, visit.day)
    last = life.meet(
        Service.LEGEVAKT, "lege", life.last, DEATH, way=Way.HOME, hour=life.chance.between(6, 21)
    )
    last.note(("Dødsfall", f"Ventet dødsfall i hjemmet, pårørende til stede. Dødsårsak: {problem.within}."))


def is_eased(life: Life, day: date, why: str = "Livets siste dager: bare lindrende") -> None:
    """The four medicines of the last days, under the skin; of the others only what eases is kept. Doses are
    for adults."""
    life.keep_only(EASES, day, why)
    for medicine in (
        (MORPHINE_NEEDED, MIDAZOLAM, HALOPERIDOL, GLYCOPYRRONIUM) if life.age(day) >= ADULT else ()
    ):
        if life.taking(medicine.atc, day) not in (MORPHINE_PUMP, medicine):
            life.uses(medicine, day)


ADULT = 18
KIT, EASES = 8, ("N02B", "N02A", "N05AD", "N05CD", "A03AB")
"""Days before death from which the kit is in the house (Helsedirektoratet, Livets siste dager), and how ATC
codes begin of what is kept."""
GOES_OUT = 15
"""Points of MMSE below which one is not out in traffic, on roofs or by the sea alone."""
UNDERSTANDS = 15
"""Points of MMSE below which the family alone is asked."""
_AT_HOME = (
    "Funnet ved foten av trappen hjemme. Alvorlig hodeskade, livløs da ambulansen kom.",
    "Satte noe i halsen under måltidet. HLR av hjelper og ambulanse uten effekt.",
)
_ACCIDENTS = (
    "Trafikkulykke, påkjørt i høy hastighet. Omfattende skader, livløs da ambulansen kom.",
    "Fallulykke fra stor høyde. Livløs da ambulansen kom.",
    "Drukningsulykke. HLR i en time uten effekt.",
)
_EARLIER = (
    "Sengeliggende. Lindres med subkutane medisiner, skrin er på plass. Familien mestrer med hjelp av "
    "hjemmesykepleien.",
    "Orker lite, ligger mest. Skriver medisiner for de siste dagene, avtalt med palliativt team.",
)
_LATER = (
    "Våken i korte perioder. Ikke smerter nå. Avtalt at pårørende kan ringe hele døgnet.",
    "Surklete pust, fått medisin for det. Rolig. Pårørende forberedt.",
)
