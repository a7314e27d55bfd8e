"""Type 2 diabetes: found by HbA1c, metformin first and more when needed, controlled twice a year.

New cases from the Norwegian Prescription Database as FHI tells of them; steps of treatment and the yearly
control, with albumin in urine, as in the national guideline on diabetes (Helsedirektoratet, 2016, revised).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import CREATININE, HBA1C, LDL, URINE_ALBUMIN
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.hypertension import AMLODIPINE, HYPERTENSION
from fellesjournal.rollout.region.courses.kidney import KIDNEYS
from fellesjournal.rollout.region.courses.series import CHANGED, HIGH, MANAGES, control, is_changed, pressed
from fellesjournal.rollout.region.formulary import LOSARTAN, METFORMIN
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.shifts import Shift
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
    if found is None or any(found <= over for _, over in life.pregnancies):  # whose sugar was normal
        return
    level = life.chance.uniform(50, 68)
    first = life.gp(found, DIABETES)
    _found(life, first, level)
    life.problem(DIABETES, found, visit=first)
    life.uses(METFORMIN, found, DIABETES)
    rises = level >= RISES
    if rises:
        life.uses(METFORMIN_MORE, years_after(found, 1), DIABETES)
    if not life.takes(ATORVASTATIN) and life.chance.yes(0.7):
        life.uses(ATORVASTATIN, years_after(found, 1), DIABETES)
    third = years_after(found, life.chance.between(4, 9))
    if rises and life.chance.yes(0.55):
        life.uses(EMPAGLIFLOZIN, third, DIABETES)
    if rises and life.chance.yes(0.25):
        life.uses(GLARGINE, years_after(third, life.chance.between(2, 8)), DIABETES)
    pressures: list[float] = []
    for number, day in enumerate(life.every(6, found)):
        sugar = _treated(level, rises=rises, more=day > years_after(found, 1) + DOUBLED)
        _control(life, day, sugar, pressures, yearly=number % 2 == 1)


def _treated(level: float, *, rises: bool, more: bool) -> float:
    """mmol/mol of HbA1c with what is taken: who was high stays above the goal until there is more, and then
    comes down to it (below 53, Helsedirektoratet)."""
    if not rises:
        return level - 4
    return min(level - 7, GOAL) if more else max(level - 4, GOAL + 2)


def _found(life: Life, visit: Visit, level: float) -> None:
    """What is looked at when it is found (Helsedirektoratet, national guideline on diabetes)."""
    treated = {LDL: 1.9} if life.taking("C10", visit.day) else {}
    urine = {URINE_ALBUMIN: life.chance.uniform(0.4, 2.6)}
    visit.tests({HBA1C: level} | panel(life, visit.day, CREATININE, LDL, ill=treated | urine))
    systolic = life.body.systolic(visit.day) + life.chance.normal(5, 6)
    visit.pressure(systolic, life.body.diastolic(visit.day) + 2)
    high = pressed(life, visit, systolic)
    visit.note(
        (
            "Vurdering",
            f"Tørst siste måneder, HbA1c over 48 mmol/mol. Diabetes type 2. Føttene er uten funn.{high}",
        ),
        ("Plan", _OTHERS_SEE if _is_helped(life, visit.day) else _SEES_TO_IT),
    )


def _is_helped(life: Life, day: date) -> bool:
    """Whether others see to meals, appointments and the pressure."""
    return life.decline.mmse(day) < MANAGES or life.decline.lives_in(day)


_SEES_TO_IT = "Kostråd og mosjon, frisklivssentralen. Bestiller selv time hos øyelege."
_OTHERS_SEE = "Kosten er tatt opp med dem som hjelper. De bestiller time hos øyelege."


def _control(life: Life, day: date, level: float, pressures: list[float], *, yearly: bool) -> None:
    """A control; `pressures` has those of the controls before it, and gets this one's."""
    visit = control(life, day, DIABETES)
    tests = {HBA1C: level + life.chance.normal(0, 1.4)}
    systolic = life.body.systolic(day) + life.chance.normal(8, 8)
    pressures.append(systolic)
    high = pressed(life, visit, systolic)
    if high and len([one for one in pressures[-3:] if one >= HIGH]) >= TWICE:
        high = _lowered(life, visit) or high
    if yearly:
        taken = life.taking("C10", visit.day - timedelta(days=30))
        treated = {LDL: max(1.2, life.chance.normal(1.9, 0.3))} if taken else {}
        leaks = life.had(KIDNEYS, visit.day)
        urine = {URINE_ALBUMIN: life.chance.uniform(3.4, 16) if leaks else life.chance.uniform(0.4, 2.6)}
        visit.tests(urine)
        tests |= panel(life, day, CREATININE, LDL, ill=treated)
        life.weighs(visit)
        said = f"{life.chance.other(_YEARLY)}{_LEAKS if leaks else ''}{high}"
        onwards = life.chance.other(_ONWARDS)
        _reviewed(life, visit, said, _AT_EASE if onwards is _AGREED and _is_helped(life, day) else onwards)
    elif high:
        visit.note(("Kontroll", f"Ingen føling siden sist.{high}"))
    gone_through(life, visit, tests)
    visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(0, 4))


def _lowered(life: Life, visit: Visit) -> str:
    """High pressure that has been high twice: it is treated, or more than before; where the GP finds it later
    it is not high at home yet. "" when both medicines are taken."""
    if life.has(HYPERTENSION) and not life.had(HYPERTENSION, visit.day):
        return "" if _is_helped(life, visit.day) else f" {visit.say(*_NOT_AT_HOME)}"
    new = [one for one in (LOSARTAN, AMLODIPINE) if life.taking(one.atc[:3], visit.day) is None]
    new = [one for one in new if life.tolerates(one)]
    if not new or not visit.recorded:
        return ""
    life.problem(HYPERTENSION, visit.day, visit=visit)
    life.uses(new[0], visit.day, HYPERTENSION)
    life.body.pressed_more.append(Shift(-14, visit.day, 60))
    where = "igjen" if _is_helped(life, visit.day) else "også hjemme"
    return f" Blodtrykket er høyt {where}. Begynner med {new[0].name.split()[0].lower()}."


_NOT_AT_HOME = (
    "Blodtrykket er høyt her, men under 135/85 i snitt hjemme. Følges.",
    "Blodtrykket er høgt her, men under 135/85 i snitt heime. Blir følgt.",
)
GOAL, DOUBLED = 53, timedelta(days=70)
"""mmol/mol that is aimed at, and after how long more of a medicine has done what it does."""
RISES, TWICE = 57, 2
"""mmol/mol of HbA1c when it is found from which on it needs more, and how often a pressure is high before it
is treated."""


def _reviewed(life: Life, visit: Visit, found: str, onwards: str) -> None:
    def write() -> None:
        plan = f"{CHANGED[0]} Ny kontroll om et halvt år." if is_changed(life, visit.day) else onwards
        visit.note(("Årskontroll", found), ("Plan", plan))

    life.at_the_end(write)


_LEAKS = " Litt albumin i urinen, som ventet ved nyresykdommen."
_YEARLY = (
    "Føtter: god puls og normal sensibilitet ved monofilament. Øyne følges hos øyelege.",
    "Ingen sår eller trykkmerker på føttene, kjenner monofilament over alt. Øyelege: uten funn.",
    "Foten undersøkt: varm, hel hud, puls kjennes. Har vært hos øyelege det siste året.",
    "Ingen føling. Føttene er fine, bruker gode sko. Øynene følges hos øyelege.",
)
_AGREED = "Målet for langtidsblodsukker er avtalt på nytt. Ses om et halvt år."
_AT_EASE = "Målet for langtidsblodsukker er romsligere nå. Ses om et halvt år."
_ONWARDS = (
    "Fortsetter som før. Ny kontroll om et halvt år.",
    "Samme behandling. Kosthold gjennomgått, ny kontroll om seks måneder.",
    _AGREED,
)
