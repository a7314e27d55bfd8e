"""Asthma in adults and the young: inhalers, controls, bad spells at the GP and the legevakt.

How many: about 8 in 100 have had it (FHI, public health report); steps as in GINA, used here.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import BREATHS, PULSE, SATURATION
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.allergies import HAY_FEVER
from fellesjournal.rollout.region.courses.copd import COPD
from fellesjournal.rollout.region.formulary import PREDNISOLONE, SALBUTAMOL
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.lungs import spirometry
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.units import Service

ASTHMA = Problem("Astma", "R96", "J459")
BUDESONIDE = Medicine("R03BA02", "Budesonid 200 mikrog/dose inhalasjon", "1 dose morgen og kveld")
COMBINED = Medicine(
    "R03AK07", "Budesonid/formoterol 160/4,5 mikrog/dose inhalasjon", "1 dose morgen og kveld, og ved behov"
)

TABLETS_FROM = 12
"""The age from which on the tablets of a bad spell are prescribed to be taken at home."""
RESTS = 70
"""The age from which on nobody is asked about breath at training."""
NEW: Risk = ((8, 2.2), (18, 1.2), (60, 0.8))


def lives_with(life: Life) -> None:
    """From school age on; not in those with COPD."""
    if life.has(COPD):
        return
    found = life.onset(NEW)
    if found is None:
        return
    visit = life.gp(found, ASTHMA)
    spirometry(life, visit, life.chance.uniform(0.7, 0.79), life.chance.uniform(0.62, 0.69))
    visit.note(
        ("Aktuelt", "Piping i brystet ved trening og forkjølelse, hoster om natten."),
        ("Funn", "Spirometri: obstruktiv, målt før salbutamol. Normaliseres etterpå."),
        ("Plan", "Inhalasjonssteroid, anfallsmedisin ved behov. Kontroll om to måneder."),
    )
    life.problem(ASTHMA, found, visit=visit)
    life.uses(SALBUTAMOL, found, ASTHMA)
    life.uses(BUDESONIDE, found, ASTHMA)
    if life.chance.yes(0.45):
        stepped = max(years_after(found, life.chance.between(1, 5)), life.birthday(12))
        life.stop(BUDESONIDE, stepped, "Byttet til kombinasjon")
        life.uses(COMBINED, stepped, ASTHMA)
    for day in life.every(20, found, misses=0.25):
        met = life.gp(day, ASTHMA)
        said = life.chance.other(_CONTROLLED if life.had(HAY_FEVER, met.day) else _CONTROLLED[:-1])
        if life.age(met.day) >= RESTS:
            said = said.replace("trening", "anstrengelse")
        if "spirometri" in said:
            spirometry(life, met, life.chance.uniform(0.88, 1.08), life.chance.uniform(0.76, 0.84))
        met.note(("Astmakontroll", said))
    for day in life.now_and_then(0.06, found):
        _attack(life, day)


def _attack(life: Life, day: date) -> None:
    hour, old = life.chance.between(17, 22), life.age(day) >= TABLETS_FROM
    visit = life.meet(Service.LEGEVAKT, "lege", day, ASTHMA, way=Way.EMERGENCY, hour=hour, minutes=90)
    visit.measure(SATURATION, life.chance.uniform(91, 95))
    visit.measure(BREATHS, life.chance.uniform(24, 30))
    visit.measure(PULSE, life.chance.uniform(100, 125))
    visit.note(
        ("Hastegrad", "Oransje."),
        ("Aktuelt", "Tiltagende tungpust etter forkjølelse, lite effekt av egen medisin."),
        ("Tiltak", "Salbutamol på forstøver to ganger med god effekt. Observert i halvannen time."),
        ("Plan", f"{'Prednisolon i fem dager' if old else _MORE}. Time hos fastlege om noen dager."),
        after=1.5,
    )
    if old:
        life.cure(PREDNISOLONE, visit, 5, ASTHMA)
    if visit.recorded:
        after = life.gp(visit.day + timedelta(days=life.chance.between(2, 4)), ASTHMA)
        after.measure(SATURATION, life.chance.uniform(96, 99))
        after.note(("Kontroll", "Etter anfallet: puster fritt, lette pipelyder. Inhalasjonsteknikk sjekket."))


_MORE = "Anfallsmedisin hver fjerde time det første døgnet"
_CONTROLLED = (
    "God kontroll, bruker anfallsmedisin sjeldnere enn ukentlig. Normal spirometri.",
    "Delvis kontroll. Våkner av hoste av og til. Teknikk gjennomgått.",
    "Plages mest ved trening. Ellers fin.",
    "Plages mest i pollentiden og ved trening. Ellers fin.",
)
