"""Reads the blood test that was taken yesterday (the last working day), before the GP has signed it."""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import tasks
from fellesjournal.rollout.region.chart.measures import (
    ALT,
    CREATININE,
    FERRITIN,
    HAEMOGLOBIN,
    HBA1C,
    LDL,
    TSH,
)
from fellesjournal.rollout.region.courses.checkups import CHECK
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import last_working_day, years_after
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, aged, home, someone
from fellesjournal.rollout.region.stories.story import Story

ID = "noysom-korndrape"
HBA1C_BY_YEAR = ((6, 37), (3, 39), (1, 42))
"""Years ago, and mmol/mol."""


def _cast(today: date) -> list[Person]:
    return [someone(38, "Nøysom Korndråpe", MAN, aged(today, 46, 8, 23), home(16))]


def _lives(life: Life) -> None:
    today = life.era.until
    for years, sugar in HBA1C_BY_YEAR:
        _checked(life, years_after(today, -years) - timedelta(days=20), sugar)
    visit = life.gp(last_working_day(today), CHECK)
    life.weighs(visit)
    visit.pressure(138, 86)
    tests = panel(life, visit.day, HAEMOGLOBIN, CREATININE, TSH, FERRITIN, ill={HBA1C: 45, LDL: 4.4, ALT: 58})
    report = visit.tests(tests)
    visit.note(
        ("Aktuelt", "Sliten siste halvår, lite mosjon. Far fikk diabetes i femtiårene."),
        ("Plan", "Blodprøver i dag. Svar leses på Helsenorge, time om to uker."),
    )
    if visit.recorded:
        gp = life.services.gp.reference
        answered = max(visit.answered)
        tasks.task(life.chart, "Gå gjennom prøvesvar", report, answered, visit.unit.reference, gp)
    ordinary.is_quiet(life)


def _checked(life: Life, day: date, sugar: float) -> None:
    visit = life.gp(day, CHECK)
    life.weighs(visit)
    visit.pressure(life.body.systolic(day), life.body.diastolic(day))
    gone_through(life, visit, panel(life, day, HAEMOGLOBIN, CREATININE, LDL, ill={HBA1C: sugar}))
    visit.note(("Helsekontroll", "Ingen plager. Prøvene er innenfor, svar på Helsenorge."))


STORY = Story(
    "Yesterday's blood test",
    "He is 46 and went to his GP on the last working day because he is tired. The results are there: HbA1c "
    "45 is higher than in earlier years, below the limit of diabetes. The GP has not gone through them yet.",
    "lun-rogneber",
    "As himself: the results with usual ranges and the years before. As the GP: the task that waits.",
    _cast,
    {ID: _lives},
)
