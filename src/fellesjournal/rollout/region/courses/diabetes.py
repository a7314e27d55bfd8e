"""Type 2 diabetes: found by HbA1c, metformin first and more when needed, controlled twice a year.

New cases from the Norwegian Prescription Database as FHI tells of them; steps of treatment and the yearly
control as in the national guideline on diabetes (Helsedirektoratet, 2016, revised).
"""

from datetime import date

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import CREATININE, HBA1C, LDL
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION
from fellesjournal.rollout.region.courses.series import CHANGED, control, is_changed, pressed
from fellesjournal.rollout.region.formulary import METFORMIN
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.visit import Visit

DIABETES = Problem("Diabetes type 2", "T90", "E119")
METFORMIN_MORE = Medicine("A10BA02", "Metformin 1000 mg tablett", "1 tablett morgen og kveld")
EMPAGLIFLOZIN = Medicine("A10BK03", "Empagliflozin 10 mg tablett", "1 tablett hver morgen")
GLARGINE = Medicine("A10AE04", "Insulin glargin 100 E/mL penn", "16 E under huden hver kveld")
ATORVASTATIN = Medicine("C10AA05", "Atorvastatin 20 mg tablett", "1 tablett hver kveld")

NEW: Risk = ((30, 0.6), (40, 2.2), (50, 4.5), (60, 7), (70, 8), (85, 5))


def lives_with(life: Life) -> None:
    """From the day it is found to the last day."""
    times = 2.2 if life.body.weight_line + life.body.gain > 0.4 else 0.7
    found = life.onset(NEW, times * (1.4 if life.has(HYPERTENSION) else 0.9))
    if found is None:
        return
    level = life.chance.uniform(50, 68)
    first = life.gp(found, DIABETES)
    first.tests({HBA1C: level})
    first.note(
        ("Vurdering", "Tørst siste måneder, HbA1c over 48 mmol/mol. Diabetes type 2, uten komplikasjoner."),
        ("Plan", "Kostråd og mosjon, frisklivssentralen. Metformin. Bestiller selv time hos øyelege."),
    )
    life.problem(DIABETES, found, visit=first)
    life.uses(METFORMIN, found, DIABETES)
    life.uses(METFORMIN_MORE, years_after(found, 1), DIABETES)
    if not life.takes(ATORVASTATIN) and life.chance.yes(0.7):
        life.uses(ATORVASTATIN, years_after(found, 1), DIABETES)
    third = years_after(found, life.chance.between(4, 9))
    if life.chance.yes(0.55):
        life.uses(EMPAGLIFLOZIN, third, DIABETES)
    if life.chance.yes(0.25):
        life.uses(GLARGINE, years_after(third, life.chance.between(2, 8)), DIABETES)
    for number, day in enumerate(life.every(6, found)):
        _control(life, day, level, yearly=number % 2 == 1)


def _control(life: Life, day: date, level: float, *, yearly: bool) -> None:
    visit = control(life, day, DIABETES)
    tests = {HBA1C: level - 4 + life.chance.normal(0, 2)}
    systolic = life.body.systolic(day) + life.chance.normal(8, 8)
    high = pressed(life, visit, systolic)
    if yearly:
        treated = {LDL: max(1.2, life.chance.normal(1.9, 0.3))} if life.taking("C10", day) else {}
        tests |= panel(life, day, CREATININE, LDL, ill=treated)
        life.weighs(visit)
        _reviewed(life, visit, life.chance.other(_YEARLY) + high, life.chance.other(_ONWARDS))
    elif high:
        visit.note(("Kontroll", f"Ingen føling siden sist.{high}"))
    visit.tests(tests)
    visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(0, 4))


def _reviewed(life: Life, visit: Visit, found: str, onwards: str) -> None:
    def write() -> None:
        plan = f"{CHANGED[0]} Ny kontroll om et halvt år." if is_changed(life, visit.day) else onwards
        visit.note(("Årskontroll", found), ("Plan", plan))

    life.at_the_end(write)


_YEARLY = (
    "Føtter: god puls og normal sensibilitet ved monofilament. Øyne følges hos øyelege.",
    "Ingen sår eller trykkmerker på føttene, kjenner monofilament over alt. Øyelege: uten funn.",
    "Foten undersøkt: varm, hel hud, puls kjennes. Har vært hos øyelege i år.",
    "Ingen føling. Føttene er fine, bruker gode sko. Øynene følges hos øyelege.",
)
_ONWARDS = (
    "Fortsetter som før. Ny kontroll om et halvt år.",
    "Samme behandling. Kosthold gjennomgått, ny kontroll om seks måneder.",
    "Målet for langtidsblodsukker er avtalt på nytt. Ses om et halvt år.",
)
