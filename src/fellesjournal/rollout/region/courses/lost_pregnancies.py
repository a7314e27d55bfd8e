"""Pregnancies that end early: miscarriage, and abortion by choice.

How many: one of eight known pregnancies is lost by itself; 8 to 18 of 1,000 women in fertile age have an
abortion in a year, most of them in their twenties and with medicines at home (Abortion Registry, FHI). All
that is written of an abortion has the label of sexual health (access/roles/labels.toml). The doctors who take
those who give birth see them; contraception has ended before each (`contraception`, which is told later).
"""

from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.rollout.region.births import births_of
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.measures import HAEMOGLOBIN, HCG
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service

MISCARRIAGE = Problem("Spontanabort", "W82", "O039")
ABORTION = Problem("Provosert abort", "W83", "O049")
SEXUAL_HEALTH = "SEX"

PER_YEAR = ((17, 0.009), (20, 0.019), (25, 0.018), (30, 0.013), (35, 0.009), (40, 0.004), (45, 0.0))
"""Abortions for each woman in a year, from each age on."""
AT_HOME = timedelta(days=10)
"""After a miscarriage, in which nothing else happens to her."""
LOST_PER_YEAR = ((20, 0.006), (25, 0.014), (30, 0.018), (36, 0.016), (42, 0.004), (46, 0.0))


def loses(life: Life) -> None:
    """Apart in time from the pregnancies that gave a child. Who lives with a woman ends none by choice: hers
    was planned."""
    if not life.person.is_woman:
        return
    births = births_of(life.person, life.era.until, life.seed)
    taken = [(one.since - timedelta(days=60), one.moment.date() + timedelta(days=180)) for one in births]
    ways = ((LOST_PER_YEAR, _miscarriage), (PER_YEAR, _abortion))
    for per_year, tell in ways[: 1 if life.person.lives_with_a_woman else None]:
        for (age, rate), (end, _) in pairwise(per_year):
            for day in life.now_and_then(rate, life.birthday(age), life.birthday(end)):
                span = (day - timedelta(days=90), day + timedelta(days=90))
                if not any(first <= span[1] and span[0] <= last for first, last in taken):
                    tell(life, day)
                    taken.append(span)


def _miscarriage(life: Life, day: date) -> None:
    week = life.chance.between(6, 11)
    visit = life.meet(Service.MATERNITY, "lege", day, MISCARRIAGE)
    visit.tests({HAEMOGLOBIN: life.chance.normal(12.6, 0.7), HCG: life.chance.uniform(60, 900)})
    life.lost.append((visit.day - timedelta(weeks=week), visit.day, True))
    life.days.take(visit.day, visit.day + AT_HOME, at_home=True)
    visit.note(
        (
            "Vurdering",
            f"Blødning og magekramper i uke {week}. Ultralyd viser tom livmor. Komplett spontanabort.",
        ),
        ("Plan", "Ingen behandling nødvendig. Snakket om sorg. Ny graviditetstest om fire uker."),
        kind=Kind.CLINIC_NOTE,
    )
    life.episode(MISCARRIAGE, visit, 30)


def _abortion(life: Life, day: date) -> None:
    week = life.chance.between(5, 9)
    with life.chart.labelled(SEXUAL_HEALTH):
        visit = life.meet(Service.MATERNITY, "lege", day, ABORTION)
        life.lost.append((visit.day - timedelta(weeks=week), visit.day, False))
        visit.tests({HAEMOGLOBIN: life.chance.normal(13, 0.7)})
        visit.note(
            (
                "Vurdering",
                f"Ønsker å avslutte svangerskapet. Ultralyd: uke {week}. Godt informert og bestemt.",
            ),
            (
                "Plan",
                "Mifepriston i dag, misoprostol hjemme om to dager. Smertestillende. Ringer ved spørsmål.",
            ),
            kind=Kind.CLINIC_NOTE,
        )
        life.episode(ABORTION, visit, 28)
        after = day + timedelta(days=28)
        called = life.meet(Service.MATERNITY, "jordmor", after, ABORTION, way=Way.PHONE)
        called.note(("Telefon", "Negativ graviditetstest. Blødning over, i fin form. Bruker kondom."))
