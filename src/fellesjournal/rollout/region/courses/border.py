"""A blood pressure at the border, of those who have no illness for which it is followed: measured at home,
and seen again.

At 140/90 or more it is measured at home for a week, and then every year (Helsedirektoratet,
national guideline on cardiovascular prevention, 2017); about one of four is high at the doctor's alone.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.courses.coronary import ANGINA, CORONARY
from fellesjournal.rollout.region.courses.diabetes import DIABETES
from fellesjournal.rollout.region.courses.fibrillation import FIBRILLATION
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION, PRESSED
from fellesjournal.rollout.region.courses.kidney import KIDNEYS
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

FOLLOWED = (HYPERTENSION, CORONARY, ANGINA, FIBRILLATION, FAILURE, DIABETES, STROKE, KIDNEYS)
"""Of these the pressure is followed where the illness is told."""
FROM = 139.5
"""mmHg of systolic pressure, as it is written without decimals."""
AT_HOME = 149.5
"""mmHg of systolic pressure from which on nurses tell the GP of it."""
HOLDS = timedelta(days=1000)
"""For so long what was measured at home is trusted."""
SOON = timedelta(days=150)
"""Who is found to have high blood pressure so soon is measured at home for that."""
MANAGES = 22
"""Points of MMSE below which nobody measures at home."""
AT_WARD, STAYED = 146, 2
"""mmHg, and nights, from which on a ward writes of it."""
WARDS = (Service.MEDICAL_WARD, Service.SURGICAL_WARD, Service.ORTHOPAEDIC_WARD, Service.GERIATRIC_WARD)


def is_followed(life: Life, day: date) -> bool:
    """Whether somebody follows the pressure of one who had such an illness on the day."""
    return any(life.had(one, day) for one in FOLLOWED)


def spoken_of(life: Life, day: date, systolic: float) -> tuple[str, str]:
    """What is said of a pressure that is measured at the GP's, and what follows of it; nothing where it is
    not raised, or is followed."""
    if systolic < FROM or is_followed(life, day):
        return "", ""
    if _is_known(life, day):
        return _AS_KNOWN
    if not _is_looked_into(life, day):
        _seen_again(life, day)
    return _MEASURES if _manages(life, day) else _AGAIN


def found_at_home(life: Life, day: date, systolic: float) -> tuple[str, str]:
    """What nurses write of a high pressure that they measure at home, and what follows of it."""
    if systolic < AT_HOME:
        return "", ""
    life.body.high_at_home.append(day)
    if is_followed(life, day) or _is_known(life, day):
        return life.chance.other(_TOLD_OF)
    if not _is_looked_into(life, day):
        _seen_again(life, day)
    return _TO_BE_SEEN


def after_stays(life: Life) -> None:
    """A ward that measured high pressure asks the GP to look into it; the letter says so (`wards`)."""
    for stay, _ in life.stays:
        home = stay.end.date()
        if stay.unit.service in WARDS and (home - stay.day).days >= STAYED and home < life.ordinary_until:
            raised = life.body.systolic(home) >= AT_WARD and not is_followed(life, home)
            if raised and not _is_known(life, home):
                life.body.asked_of.append(home)
                if not _is_looked_into(life, home):
                    _seen_again(life, home)


def _is_known(life: Life, day: date) -> bool:
    """Whether it was measured at home in the last years, and was not high there."""
    return any(one <= day < one + HOLDS for one in life.body.measured_at_home)


def _is_looked_into(life: Life, day: date) -> bool:
    """Whether it will be soon, or high pressure is found."""
    found = life.first(HYPERTENSION)
    coming = (*life.body.measured_at_home, *((found,) if found else ()))
    return any(day < one < day + SOON for one in coming)


def _manages(life: Life, day: date) -> bool:
    return life.decline.mmse(day) >= MANAGES


def _seen_again(life: Life, day: date) -> None:
    visit = life.gp(life.days.apart(working_day(day + timedelta(days=life.chance.between(18, 40)))), PRESSED)
    life.body.measured_at_home.append(visit.day)
    high = min(134.0, life.body.systolic(day) - 6)
    low = min(84.0, life.body.diastolic(day) - 2)
    systolic = life.body.systolic(visit.day) + life.chance.normal(0, 5)
    diastolic = life.body.diastolic(visit.day) + life.chance.normal(0, 3)
    visit.pressure(systolic, diastolic)
    if _manages(life, visit.day):
        higher = systolic >= max(HIGHER, high + 5) or diastolic >= LOWER
        said = life.chance.other(_HIGHER_HERE if higher else _AT_HOME)
        life.at_the_end(lambda: _own_measures(life, visit, said, f"{high:.0f}/{low:.0f}"))
    else:
        visit.note(("Blodtrykk", visit.say(*_SITTING)))


def _own_measures(life: Life, visit: Visit, said: tuple[str, str], mean: str) -> None:
    """What was measured at home; written when it is known what nurses measured there."""
    told = any(one <= visit.day < one + SOON for one in life.body.high_at_home)
    bokmaal, nynorsk = _LOWER_THAN_THERE if told else said
    visit.note(("Blodtrykk", visit.say(bokmaal.format(mean), nynorsk.format(mean))))


_MEASURES = (
    "Blodtrykket er litt høyt i dag. Måler hjemme i en uke, ny time.",
    "Blodtrykket er litt høgt i dag. Måler heime i ei veke, ny time.",
)
_AGAIN = (
    "Blodtrykket er litt høyt i dag. Måles igjen om noen uker.",
    "Blodtrykket er litt høgt i dag. Vert målt igjen om nokre veker.",
)
_TO_BE_SEEN = (
    "Blodtrykket er høyt i dag, målt to ganger. Fastlegen er varslet og måler det igjen.",
    "Blodtrykket er høgt i dag, målt to gonger. Fastlegen er varsla og måler det igjen.",
)
_TOLD_OF = (
    (
        "Blodtrykket er høyt, målt to ganger. Fastlegen er orientert.",
        "Blodtrykket er høgt, målt to gonger. Fastlegen er orientert.",
    ),
    (
        "Høyt trykk ved to målinger. Fastlegen får beskjed.",
        "Høgt trykk ved to målingar. Fastlegen får melding.",
    ),
    (
        "Trykket er høyt, også etter ti minutters hvile. Skrevet på listen til legen.",
        "Trykket er høgt, òg etter ti minutt kvile. Skrive på lista til legen.",
    ),
)
_AS_KNOWN = (
    "Blodtrykket er høyere her enn hjemme, som kjent.",
    "Blodtrykket er høgare her enn heime, som kjent.",
)
_AT_HOME = (
    (
        "Har målt hjemme i en uke: snitt {}. Ikke høyt blodtrykk. Råd om salt og mosjon. Ny måling om et år.",
        "Har målt heime i ei veke: snitt {}. Ikkje høgt blodtrykk. Råd om mosjon. Ny måling om eit år.",
    ),
    (
        "Målingene hjemme har snitt {}, og det er fint her i dag. Trenger ikke behandling nå.",
        "Målingane heime har snitt {}, og det er fint her i dag. Treng ikkje behandling no.",
    ),
)
HIGHER, LOWER = 135.0, 89.5
"""mmHg, of the systolic and the diastolic, from which on it is said to be higher at the doctor's than at
home."""
_HIGHER_HERE = (
    _AT_HOME[0],
    (
        "Målingene hjemme har snitt {}. Høyere på kontoret. Trenger ikke behandling nå.",
        "Målingane heime har snitt {}. Høgare på kontoret. Treng ikkje behandling no.",
    ),
)
_LOWER_THAN_THERE = (
    "Målingene hjemme har snitt {}, lavere enn hos hjemmesykepleien. Trenger ikke behandling nå.",
    "Målingane heime har snitt {}, lågare enn hos heimesjukepleia. Treng ikkje behandling no.",
)
_SITTING = (
    "Målt tre ganger sittende, faller for hver gang. Ikke behandling, måles igjen ved neste besøk.",
    "Målt tre gonger sitjande, fell for kvar gong. Ikkje behandling, blir målt igjen ved neste besøk.",
)
