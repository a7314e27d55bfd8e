"""Bronchitis, influenza, pneumonia and sepsis in adults: at the GP, and at hospital when it is grave.

How many: about 10 pneumonias in 1,000 a year, 40 over 80, half of them in hospital then (FHI, NPR); sepsis 3
in 1,000 adults a year; antibiotics as in the national guidelines.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    BREATHS,
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    LACTATE,
    LEUKOCYTES,
    PLATELETS,
    POTASSIUM,
    SATURATION,
    SODIUM,
    TEMPERATURE,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.copd import COPD
from fellesjournal.rollout.region.formulary import AMOXICILLIN, PENICILLIN_HIGH, PENICILLIN_ON
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, comma, discharge

PNEUMONIA = Problem("Lungebetennelse", "R81", "J189")
BRONCHITIS = Problem("Akutt bronkitt", "R78", "J209")
INFLUENZA = Problem("Influensa", "R80", "J111")
SEPSIS = Problem("Sepsis", "A78", "A419")

_COUGHS = (PNEUMONIA, BRONCHITIS, INFLUENZA)
AFTER = timedelta(days=50)
"""From one of them, whose notes and controls speak of the cough, to the next that is met about lightly."""
BY_AGE = ((18, 0.006), (60, 0.015), (75, 0.035), (85, 0.06))
"""Pneumonias a year, from each age on."""


def catches(life: Life) -> None:
    """Now and then through the adult years."""
    adult = life.birthday(18)
    light = life.now_and_then(0.1, adult, life.ordinary_until)
    age = life.age(life.last)
    rate = next((rate for since, rate in reversed(BY_AGE) if age >= since), 0.0)
    for day in life.now_and_then(rate * (2 if life.has(COPD) else 1), adult):
        if life.chance.yes(0.2 if life.age(day) < 65 else 0.55):
            admitted(life, day)
        else:
            _at_home(life, day)
    for day in life.now_and_then(0.0012 if age < 65 else 0.007, adult):
        _sepsis(life, day)
    for day in light:
        coughs = any(life.episodes.near(one, day, AFTER) for one in _COUGHS)
        if not life.had(COPD, day) and not coughs and not lately.at_hospital(life, day):
            _light(life, day)


def _light(life: Life, day: date) -> None:
    winter = day.month in (1, 2, 3, 12)
    problem = INFLUENZA if winter and life.chance.yes(0.4) else BRONCHITIS
    visit = life.gp(life.days.apart(working_day(day)), problem)
    visit.tests({CRP: life.chance.uniform(4, 45)})
    flu = problem is INFLUENZA
    visit.measure(TEMPERATURE, max(life.chance.normal(38.9 if flu else 37.3, 0.4), 38.5 if flu else 36.4))
    told = "Høy feber og verk i hele kroppen i to dager." if flu else life.chance.other(_BRONCHITIS)
    at_work = lately.works(life, visit.day)
    leave = " Egenmelding." if at_work and life.days.stays_away(visit.day) else ""
    if leave:
        lately.is_told_of_work(life, visit.day)
    visit.note(
        ("Aktuelt", told), ("Vurdering", f"Upåvirket, rene lunger. Ikke antibiotika. Ro og drikke.{leave}")
    )
    life.episode(problem, visit, 12)


_BRONCHITIS = (
    "Hostet i to uker, litt oppspytt.",
    "Seig hoste siden forrige uke, verst om natten.",
    "Hoster opp slim om morgenen. Ikke tungpust.",
)


def _at_home(life: Life, day: date) -> None:
    visit = life.gp(day, PNEUMONIA)
    visit.measure(TEMPERATURE, life.chance.normal(38.7, 0.4))
    visit.measure(SATURATION, min(life.body.saturation_on(day), 96) - life.chance.uniform(0, 2.5))
    visit.measure(BREATHS, life.chance.uniform(18, 23))
    visit.tests({CRP: life.chance.uniform(70, 210)})
    side = life.chance.pick(("høyre", "venstre"))
    visit.note(
        ("Aktuelt", "Hoste, feber og stikk i siden ved innpust i tre dager."),
        ("Funn", f"Knatrelyder basalt på {side} side."),
        ("Plan", "Antibiotika i en uke. Kontakt ved forverring. Kontroll hvis ikke bra om ti dager."),
    )
    life.episode(PNEUMONIA, visit, 14)
    life.cure(PENICILLIN_HIGH, visit, 7)


def admitted(life: Life, day: date) -> None:
    """Pneumonia that needs a ward."""
    side = life.chance.pick(("høyre", "venstre"))
    peak = life.chance.uniform(120, 340)
    story = Story(
        "Feber, hoste og tiltagende tungpust i to dager. Slutter å spise og drikke.",
        f"Varm og klam. Knatrelyder over {side} lunge.",
        "Trolig pneumoni, røntgen er bestilt.",
        "Blodkultur, antibiotika intravenøst, oksygen, væske.",
    )
    ill = Ill(pulse=30, breaths=9, saturation=-6, temperature=life.chance.uniform(1, 2.6), systolic=-8)
    tests = panel(
        life,
        day,
        HAEMOGLOBIN,
        CREATININE,
        SODIUM,
        POTASSIUM,
        ill={CRP: peak, LEUKOCYTES: life.chance.uniform(12, 21)},
    )
    stay = admit(life, Service.MEDICAL_WARD, day, life.chance.between(3, 7), PNEUMONIA, story, ill, tests)
    if not stay.recorded:
        return
    stay.pictures(Modality.XRAY, "RTG thorax", f"Infiltrat basalt i {side} lunge.", after=2)
    stay.cultured("Dyrkning av blod", "Ingen vekst etter to døgn.", after=0.4, days=2)
    life.episode(PNEUMONIA, stay, (stay.end.date() - stay.day).days + 7)
    _falls(life, stay, peak)
    pictured = life.age(day) > 50 or life.body.smokes
    drug = "penicillin" if life.tolerates(PENICILLIN_HIGH, stay.day) else "cefotaksim"
    discharge(
        life,
        stay,
        PNEUMONIA,
        Farewell(
            f"Behandlet med {drug} intravenøst, god effekt. Feberfri og uten oksygen siste døgn.",
            "Resten av antibiotikakuren er på e-resept. " + (_PICTURE if pictured else _NO_PICTURE),
        ),
    )
    life.cure(PENICILLIN_ON, stay.leaving(), max(3, 10 - (stay.end.date() - stay.day).days))
    check = life.gp(stay.end.date() + timedelta(days=14), PNEUMONIA)
    check.tests({CRP: life.chance.uniform(2, 12)})
    check.note(("Vurdering", "Kontroll etter lungebetennelse. Bedre, fortsatt trøtt. Rene lunger."))
    if pictured and check.recorded and not life.decline.lives_in(check.day):
        cleared = "Ingen rester av infiltratet."
        radiology(life, check, PNEUMONIA, Modality.XRAY, "RTG thorax", cleared, weeks=4)


_PICTURE = "Fastlegen henviser til kontrollrøntgen om seks uker."
_NO_PICTURE = "Kontroll hos fastlegen om to uker."


RECOVERS = timedelta(days=40)
"""From a stay for sepsis until it is over: the GP sees the citizen before that, once or twice."""


_GROWS = {
    "urinveiene": "Escherichia coli",
    "huden på leggen": "Streptococcus dysgalactiae",
    "galleveiene": "Escherichia coli og Enterococcus faecalis",
    "lungene": "Streptococcus pneumoniae",
}
"""What is found in the blood, by where it came from."""


def _sepsis(life: Life, day: date) -> None:
    peak, lactate = life.chance.uniform(180, 420), life.chance.uniform(2.6, 4.8)
    source = life.chance.pick(("urinveiene", "huden på leggen", "galleveiene", "lungene"))
    story = Story(
        "Frostanfall og forvirret siden i morges, kald og marmorert da ambulansen kom.",
        f"Sepsisalarm i mottak. Mistenkt utgangspunkt: {source}. Laktat {comma(lactate)}.",
        "Sepsis.",
        "Blodkulturer, antibiotika innen en time, væskestøt, timediurese. Overvåkes.",
    )
    warm = life.chance.uniform(1.4, 3)
    ill = Ill(pulse=44, breaths=12, saturation=-5, temperature=warm, systolic=-36, confused=True)
    found = {
        CRP: peak,
        LEUKOCYTES: life.chance.uniform(15, 26),
        PLATELETS: life.chance.uniform(85, 190),
        CREATININE: life.body.creatinine_on(day) * 1.5,
    }
    tests = panel(life, day, HAEMOGLOBIN, SODIUM, POTASSIUM, ill=found)
    stay = admit(life, Service.MEDICAL_WARD, day, life.chance.between(6, 12), SEPSIS, story, ill, tests)
    if not stay.recorded:
        return
    stay.measure(LACTATE, lactate, after=0.3)
    if source == "lungene":
        stay.pictures(Modality.XRAY, "RTG thorax", "Infiltrat basalt i høyre lunge.", after=1.5)
    stay.cultured("Dyrkning av blod", f"Vekst av {_GROWS[source]} i to av to sett.", after=0.3, days=2)
    _falls(life, stay, peak)
    for number, share in ((1, 1.25), (2, 1.04)):
        again = panel(life, day, ill={CREATININE: life.body.creatinine_on(day) * share})
        stay.tests(again, after=stay.hours_to(number, 7.4))
    discharge(
        life,
        stay,
        SEPSIS,
        Farewell(
            f"Sepsis med utgangspunkt i {source}. Vekst i blodkultur. Sirkulasjon og nyrefunksjon kom seg "
            "etter to døgn.",
            "Antibiotika for en uke er på e-resept. Nyreprøver hos fastlege om to uker. Opptrening, "
            "slapp etter oppholdet.",
        ),
    )
    life.cure(AMOXICILLIN, stay.leaving(), 7)
    check = life.gp(stay.end.date() + timedelta(days=12), SEPSIS)
    over = max(check.day, stay.end.date() + RECOVERS)
    life.episode(SEPSIS, stay, (over - stay.day).days)
    gone_through(life, check, panel(life, check.day, CRP, CREATININE, HAEMOGLOBIN))
    check.note(
        ("Vurdering", "Kontroll etter sepsis. Trøtt og svak i beina, ellers grei. Nyrefunksjonen er som før.")
    )


def _falls(life: Life, stay: Visit, peak: float) -> None:
    """CRP every other day: half of it is gone in two."""
    for number in range(1, ((stay.end - stay.start).days + 1) // 2 + 1):
        values = {CRP: peak * 0.48**number, LEUKOCYTES: 7 + 9 * 0.5**number}
        stay.tests(panel(life, stay.day, ill=values), after=stay.hours_to(2 * number, 7.2))
