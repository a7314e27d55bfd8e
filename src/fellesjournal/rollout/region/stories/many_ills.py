"""COPD, heart failure and diabetes at once, with nurses twice a day and a daughter with power of attorney."""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    HAEMOGLOBIN,
    HBA1C,
    NT_PROBNP,
    POTASSIUM,
    SATURATION,
    SODIUM,
)
from fellesjournal.rollout.region.chart.relations import ATTORNEY, BOOK, READ, WRITE
from fellesjournal.rollout.region.courses import copd, heart_failure
from fellesjournal.rollout.region.courses.copd import COPD, WITH_LABA
from fellesjournal.rollout.region.courses.diabetes import ATORVASTATIN, DIABETES
from fellesjournal.rollout.region.courses.family_ties import relation
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION
from fellesjournal.rollout.region.courses.municipal import alarms, home_care, partings, planning
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, MEALS, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.courses.municipal.receiving import ALARMED
from fellesjournal.rollout.region.formulary import (
    DAPAGLIFLOZIN,
    FUROSEMIDE,
    METFORMIN,
    METOPROLOL,
    RAMIPRIL,
    SALBUTAMOL,
    SPIRONOLACTONE,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story, ago

ID, DAUGHTER = "trofast-fjordlykt", "hjelpsom-fjordlykt"
STRAIN, GRAVE = 2600.0, 0.7
"""NT-proBNP in ng/L when it is as usual; how grave the COPD is, from 0 to 1."""
BEGAN = (
    (18, HYPERTENSION, (RAMIPRIL,)),
    (14, DIABETES, (METFORMIN, ATORVASTATIN)),
    (11, COPD, (SALBUTAMOL, WITH_LABA)),
    (6, FAILURE, (FUROSEMIDE, METOPROLOL, SPIRONOLACTONE)),
)
"""Years ago, what, and what is taken for it."""


def _cast(today: date) -> list[Person]:
    father = someone(18, "Trofast Fjordlykt", MAN, aged(today, 79, 1, 31), home(7))
    daughter = someone(19, "Hjelpsom Fjordlykt", WOMAN, aged(today, 51, 11, 5), home(8))
    parents(daughter, None, father)
    return [father, daughter]


def _lives(life: Life) -> None:
    ordinary.grows(life)
    today = life.era.until
    life.body.lungs_fail = (ago(life, 11, COPD.icpc), 4.5)
    for years, problem, medicines in BEGAN:
        since = ago(life, years, problem.icpc)
        life.problem(problem, since)
        for medicine in medicines:
            life.uses(medicine, since, problem)
    life.uses(DAPAGLIFLOZIN, ago(life, 4, "dapagliflozin"), FAILURE)
    for day in life.every(4, years_after(today, -6), today - timedelta(days=40)):
        _control(life, day)
    heart_failure.worsens(life, today - timedelta(days=780), STRAIN)
    copd.admitted(life, today - timedelta(days=420), GRAVE)
    heart_failure.worsens(life, today - timedelta(days=150), STRAIN)
    helped = ago(life, 2, "help")
    _is_helped(life, helped)
    _trusts(life, helped - timedelta(days=24))
    ordinary.passes(life)


def _control(life: Life, day: date) -> None:
    visit = life.gp(day, FAILURE, COPD, DIABETES, minutes=30)
    life.weighs(visit)
    visit.measure(SATURATION, life.body.saturation_on(day) + life.chance.normal(0, 0.8))
    visit.pressure(life.body.systolic(day) - 4, life.body.diastolic(day) - 3)
    ill = {HBA1C: life.chance.normal(56, 4), NT_PROBNP: STRAIN * life.chance.uniform(0.6, 1)}
    gone_through(life, visit, panel(life, day, CREATININE, POTASSIUM, SODIUM, HAEMOGLOBIN, ill=ill))
    state, plan = life.chance.pick(_STATES)
    visit.note(("Vurdering", state), ("Plan", plan))


def _is_helped(life: Life, since: date) -> None:
    grants = [
        Grant(HOME_NURSING, home_care.extent(life, Level.MUCH)),
        Grant(MEALS, "middag fire dager i uken"),
        ALARMED,
    ]
    why = "Bor alene. Kols, hjertesvikt og diabetes, trenger hjelp med medisiner og stell."
    decide(life, grants, since, None, Level.MUCH, why)
    step = Step(since, None, Level.MUCH)
    home_care.visits(life, step)
    alarms.pressed(life, step)
    partings.tell(life, [step])
    planning.plan(life, since, Level.MUCH)


def _trusts(life: Life, since: date) -> None:
    daughter = life.person.children[0]
    relation(life, daughter, "DA", (ATTORNEY, READ, BOOK, WRITE), since)


_STATES = (
    (
        "Stabil. Tungpust ved påkledning, som før. Ikke ødemer. Blodsukker greit, datter er med.",
        "Samme medisiner. Vekt to ganger i uken, ringer ved to kilo opp.",
    ),
    (
        "Mer hovne ankler, to kilo opp. Ellers uendret. Inhalerer riktig. Føttene er hele.",
        "Furosemid dobbel dose i tre dager, ny vekt på fredag.",
    ),
    (
        "NYHA III, CAT 24. Vekten er stabil. Ingen føling siden sist.",
        "Egenbehandlingsplan gjennomgått: kols og vekt. Kontroll om fire måneder.",
    ),
)

STORY = Story(
    "Many illnesses at once",
    "He is 79, lives alone, and has COPD, heart failure and diabetes. Nurses come morning and evening, and "
    "he has been at hospital three times in two years. His daughter has his power of attorney to read, "
    "book and write for him.",
    "vennlig-solber",
    "Weight, NT-proBNP and saturation over the years; the plan of care; the daughter's view of his record.",
    _cast,
    {ID: _lives},
)
