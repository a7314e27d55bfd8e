"""Those who are expected at the GP's and the heart clinic, and who wait for results."""

from datetime import datetime, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import appointments, tasks
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    HBA1C,
    POTASSIUM,
    PULSE,
    TSH,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import referred
from fellesjournal.rollout.region.courses.checkups import CHECK
from fellesjournal.rollout.region.courses.today import secretaries, slots
from fellesjournal.rollout.region.kinds_of_visit import CONSULTATION, NEW
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, last_working_day
from fellesjournal.rollout.region.units import Service, Unit

HEART = ("K78", "K77", "K76", "K74", "K86")
"""ICPC-2 codes of what one is seen for at the heart clinic, the first that the citizen has."""
FOLLOWED = ("T90", "K86", "K77", "R95", "R96", "K78", "P76", "T86", "L89", "L90")
"""ICPC-2 codes of what the GP follows."""
MEASURED = ("K86", "T90")
"""ICPC-2 codes of what one measures oneself: blood pressure, blood sugar."""
ANSWERS = 24
"""MMSE below which no form is sent."""
PALPITATIONS = Problem("Hjertebank", "K04", "R002")
SYNCOPE = "A06"
"""ICPC-2: after a stay for that nobody is said never to have fainted."""


def at_the_heart_clinic(life: Life) -> None:
    """Referred some weeks ago, and booked for today or one of the next days."""
    hour = slots.at_the_heart_clinic(life)
    if hour is None:
        return
    today = life.era.until
    problem = _first(life, HEART) or PALPITATIONS
    visit = life.gp(today - timedelta(days=life.chance.between(20, 45)), problem)
    if not visit.recorded or visit.day >= today - timedelta(days=5):
        return
    visit.measure(PULSE, life.body.pulse + life.chance.normal(6, 6))
    visit.pressure(life.body.systolic(visit.day) + 6, life.body.diastolic(visit.day) + 3)
    told = _HEART.get(problem.icpc, _HEART[""])
    if any(one.icpc == SYNCOPE for _, about in life.stays for one in about):
        told = told.replace("Ikke besvimt.", "Har vært innlagt for å ha besvimt.")
    visit.note(("Aktuelt", told), ("Plan", "EKG i dag viser ikke noe akutt. Henvist hjertepoliklinikk."))
    unit, (start, doctor) = life.services.unit(Service.HEART_CLINIC), hour
    asked = referred(life, visit, unit, problem, f"{told} Vurdering.", "active")
    life.days.take_hour(start, timedelta(minutes=slots.HALF_HOUR))
    what = "Poliklinisk utredning"
    appointments.appointment(
        life.chart, what, start, slots.HALF_HOUR, unit, doctor, problem, kind=NEW, asked=asked
    )
    secretaries.summons(life, unit, start, visit.day)
    _asks(life, tasks.BEFORE_THE_VISIT, "Svar på skjema før timen", unit, start)


def at_the_gp(life: Life) -> None:
    """An appointment today or on one of the next days, when the office is open."""
    start = slots.at_the_gp(life)
    if start is None:
        return
    problem = _first(life, FOLLOWED)
    comment = "Kontroll" if problem else life.chance.pick(_COMMENTS)
    if life.age(life.last) < 18:
        told = _OF_CHILDREN if life.age(life.last) >= POINTS else _OF_SMALL_CHILDREN
        problem, comment = None, life.chance.pick(told)
    life.days.take_hour(start, timedelta(minutes=20))
    unit, gp = life.services.unit(Service.GP), life.services.gp
    appointments.appointment(
        life.chart, "Konsultasjon", start, 20, unit, gp, problem, kind=CONSULTATION, comment=comment
    )
    given = secretaries.gives_an_hour(life, unit, start, comment)
    if problem and problem.icpc in MEASURED:
        _asks(life, tasks.MEASUREMENTS, "Send inn egne målinger før timen", unit, start, given)


def _asks(
    life: Life, form: str, what: str, unit: Unit, start: datetime, given: datetime | None = None
) -> None:
    """The unit asks for a form to be answered, at the latest on the day of the appointment, when that has
    been `given`."""
    if life.decline.mmse(life.last) >= ANSWERS:
        asked = given or at(last_working_day(life.era.until - timedelta(days=2)), 10)
        tasks.form(life.chart, form, what, asked, unit, start.date())


def waits_for_results(life: Life) -> None:
    """Tests of the last days, which the GP has yet to go through."""
    day = last_working_day(life.era.until)
    visit = life.gp(day if life.chance.yes(0.5) else last_working_day(day), CHECK)
    if not visit.recorded:
        return
    wanted = [HAEMOGLOBIN, CREATININE, POTASSIUM, CRP, life.chance.pick((TSH, HBA1C))]
    skips = [HBA1C] if _first(life, ("T90",)) else [TSH] if life.taking("H03AA", visit.day) else []
    report = visit.tests(panel(life, visit.day, *(one for one in wanted if one not in skips)))
    regular = [one for one in life.medicines(visit.day) if not one.as_needed]
    visit.note(("Blodprøver", life.chance.pick(_TAKEN if regular else _TAKEN[1:])))
    unit, gp = visit.unit.reference, life.services.gp.reference
    tasks.task(life.chart, "Gå gjennom prøvesvar", report, max(visit.answered), unit, gp)


def _first(life: Life, codes: tuple[str, ...]) -> Problem | None:
    known = {one.icpc: one for one in life.known(life.last)}
    found = (known[code] for code in codes if code in known)
    return next((one for one in found if _is_old(life, one)), None)


def _is_old(life: Life, problem: Problem) -> bool:
    """Whether it has lasted for as long as what is told of it says."""
    since = life.first(problem)
    return since is not None and since <= life.last - timedelta(days=LASTED.get(problem.icpc, 400))


LASTED = {"K86": 2000, "K77": 900}
"""Days, by ICPC-2 code."""


_HEART = {
    "K78": "Atrieflimmer med mer hjertebank ved anstrengelse siste måneder. Ønsker vurdert rytmekontroll.",
    "K77": "Hjertesvikt, litt mer tungpust ved anstrengelse. Nytt ekko ønskes.",
    "K76": "Kjent koronarsykdom. Nye brystsmerter ved anstrengelse, gir seg i ro.",
    "K74": "Angina som kommer lettere enn i fjor. Bruker nitroglyserin to ganger i uken.",
    "K86": "Høyt blodtrykk gjennom mange år. EKG tyder på fortykket venstre ventrikkel.",
    "": "Anfall med rask hjertebank i noen minutter, to ganger i uken. Ikke besvimt.",
}
_COMMENTS = ("Vondt i skulderen", "Slapp i flere uker", "Utslett", "Hoste som ikke gir seg", "Attest")
_OF_CHILDREN = ("Vondt i øret", "Utslett", "Vondt i magen", "Hoste om natten")
_OF_SMALL_CHILDREN = ("Utslett", "Snørr og hoste")
POINTS = 3
"""From which age on a child says where it hurts."""
_TAKEN = (
    "Årlige prøver ved faste medisiner. Ingen nye plager.",
    "Sliten i noen uker, ingen andre plager. Prøver tatt i dag.",
    "Svimmel av og til, spiser og sover som før. Prøver tatt.",
)
