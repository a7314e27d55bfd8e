"""Those who lie in a ward of the hospital: since when, what for, and what is done."""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    LIPASE,
    POTASSIUM,
    SODIUM,
    TROPONIN_T,
)
from fellesjournal.rollout.region.courses import chest, copd, heart_failure, lately
from fellesjournal.rollout.region.courses.abdomen import STONES
from fellesjournal.rollout.region.courses.bones import NAILED, after_bones
from fellesjournal.rollout.region.courses.copd import COPD
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.short_admissions import AGAIN, GASTROSCOPY
from fellesjournal.rollout.region.courses.today.reasons import STAYS, Stay
from fellesjournal.rollout.region.formulary import (
    APIXABAN,
    APIXABAN_FIRST,
    CIPROFLOXACIN,
    PIVMECILLINAM_HIGH,
    TRIMETHOPRIM_SULFA,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.safety import into_a_vein
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.wards import admit, seen_first

USUAL_STRAIN, USUAL_GRAVITY = 2500.0, 0.5
"""NT-proBNP in ng/L of one whose heart fails, and how grave COPD is, of those who are admitted."""
NIGHTS = ((1, 30), (2, 28), (3, 18), (4, 12), (5, 8), (6, 4))
"""How long those have lain there who do on one day, and how common it is."""
PANCREATITIS, BELOW = "K859", 1.1
"""ICD-10, and g/dL that blood falls after a bleeding before it is steady."""
EMBOLISM, FIRST_WEEK = "I269", timedelta(days=7)
"""ICD-10, and for how long the dose of apixaban is doubled (SPC apixaban: new clots in veins)."""
PNEUMONIA = 0.12
"""Share of those in the medical ward without a known illness of heart or lungs."""


def is_admitted(life: Life, service: Service) -> None:
    """A stay at the ward that began in the last days and goes on."""
    day = free(life, life.chance.weighted(NIGHTS), 8)
    if day is None:
        return
    if service is Service.MEDICAL_WARD and _of_known_illness(life, day):
        return
    fitting = [one for one in STAYS if one.service is service and _can_be(life, day, one)]
    if fitting:
        lies(life, day, fitting[life.person.born.day % len(fitting)])


def _can_be(life: Life, day: date, why: Stay) -> bool:
    """Whether it is told of one of that age: nobody has a clot whose blood is thinned, nor stones again, and
    who does not go out breaks no leg on stairs."""
    if not why.ages[0] <= life.age(day) < why.ages[1]:
        return False
    if why.problem.icd == EMBOLISM:
        return life.taking("B01AF", day) is None and life.taking("B01AA", day) is None
    if why.problem.icd == PANCREATITIS:
        return not life.has(STONES)
    return why.operation is None or not lately.stays_in(life, day)


def free(life: Life, back: int, nights: int) -> date | None:
    """The day so many days ago, or one of the days about it from which nothing else has been told."""
    days = (life.era.until - timedelta(days=one) for one in (back, back + 1, max(1, back - 1), back + 2))
    return next((day for day in days if life.days.free(day, nights) == day), None)


def _of_known_illness(life: Life, day: date) -> bool:
    """The stay of one whose heart or lungs fail, or who has pneumonia; whether it was told."""
    if life.has(FAILURE) and life.chance.yes(0.6):
        heart_failure.worsens(life, day, USUAL_STRAIN)
    elif life.has(COPD) and life.chance.yes(0.6):
        copd.admitted(life, day, USUAL_GRAVITY)
    elif life.chance.yes(PNEUMONIA):
        chest.admitted(life, day)
    else:
        return False
    return True


def lies(life: Life, day: date, why: Stay) -> None:
    """A stay from the day on, that goes on for some days more."""
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, SODIUM, POTASSIUM)
    if why.service is Service.MEDICAL_WARD:
        tests |= panel(life, day, TROPONIN_T)
    if why.problem.icd == PANCREATITIS:
        tests[LIPASE] = life.chance.uniform(450, 900)
    tests[CRP] = life.chance.uniform(*why.crp)
    nights = (life.era.until - day).days + life.chance.between(1, 3)
    medicine, plan = why.medicine, into_a_vein(life, why.story.plan, day)
    if medicine is PIVMECILLINAM_HIGH and not (life.person.is_woman and life.tolerates(medicine)):
        medicine = TRIMETHOPRIM_SULFA if life.tolerates(TRIMETHOPRIM_SULFA) else CIPROFLOXACIN
        plan = plan.replace("pivmecillinam", medicine.name.split()[0].lower())
    story = why.story._replace(plan=plan)
    stay = admit(life, why.service, day, nights, why.problem, story, why.ill, tests)
    if not stay.recorded:
        return
    if why.pictures:
        stay.pictures(*why.pictures, after=seen_first(story))
    life.episode(why.problem, stay, nights + 10)
    if why.problem.icd == EMBOLISM:
        life.uses(APIXABAN_FIRST, stay.day)
        life.uses(APIXABAN, stay.day + FIRST_WEEK)
    elif medicine and life.tolerates(medicine) and not life.takes(medicine):
        life.cure(medicine, stay, nights + 7)
    _looked_into(life, stay, why, tests[HAEMOGLOBIN])
    if why.operation and stay.day < life.era.until - timedelta(days=1):
        at = stay.hours_to(1, life.chance.uniform(8.2, 11.5))
        stay.operation(why.operation, life.chance.between(50, 110), after=at)
        after_bones(life, stay, why.problem, clots=NAILED in why.operation.text)


def _looked_into(life: Life, stay: Visit, why: Stay, blood: float) -> None:
    """What the plan asks for: a look into the stomach and blood afterwards, a second troponin, urine."""
    if (
        "Gastroskopi" in why.story.plan
        and stay.hours_to(1, 12) < (stay.end - stay.start).total_seconds() / 3600
    ):
        at = stay.hours_to(1, 9.5)
        stay.examined(GASTROSCOPY, 20, after=at)
        stay.note(("Gastroskopi", _SEEN), after=at + 0.6)
        for later, lost in ((6, 0.8), (at + 2, BELOW), (at + 20, BELOW - 0.2)):
            stay.tests({HAEMOGLOBIN: blood - lost}, after=later)
    if "Troponin i serie" in why.story.plan:
        stay.tests(panel(life, stay.day, TROPONIN_T), after=AGAIN)
    if "Urin- og blodkultur" in why.story.plan:
        stay.cultured("Dyrkning av urin", _GREW, after=1.2, days=2)
        stay.cultured("Dyrkning av blod", "Ingen vekst etter to døgn.", after=0.7, days=2)


_SEEN = (
    "Sår i magesekken, 8 mm, med synlig kar. Injisert adrenalin og satt to klips. Ikke blødning ved slutt."
)
_GREW = "Escherichia coli, rikelig vekst. Følsom for mecillinam, trimetoprim-sulfa og gentamicin."
