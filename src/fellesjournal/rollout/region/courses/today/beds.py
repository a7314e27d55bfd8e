"""Those who lie in the medical ward, and those who have a place in the nursing home for a while."""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    POTASSIUM,
    SODIUM,
    TROPONIN_T,
    WEIGHT,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import chest, copd, heart_failure
from fellesjournal.rollout.region.courses.copd import COPD
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.municipal.catalogue import SHORT_STAY, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.sojourns import hours_into, sojourn
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Story, admit

USUAL_STRAIN, USUAL_GRAVITY = 2500.0, 0.5
"""NT-proBNP in ng/L of one whose heart fails, and how grave COPD is, of those who are admitted."""


class Stay(NamedTuple):
    """What brings somebody to the ward, and is not told elsewhere."""

    problem: Problem
    story: Story
    ill: Ill
    crp: tuple[float, float]
    """From, to; mg/L."""


STAYS = (
    Stay(
        Problem("Rosen", "S76", "A46"),
        Story(
            "Frysninger og feber siden i går. Rød og varm legg fra ankel til kne.",
            "Skarpt avgrenset rødme på leggen, opptegnet med tusj. Ikke sår.",
            "Erysipelas.",
            "Penicillin intravenøst, leggen høyt, rødmen følges.",
        ),
        Ill(pulse=18, breaths=2, temperature=1.9),
        (90, 240),
    ),
    Stay(
        Problem("Nyrebekkenbetennelse", "U70", "N10"),
        Story(
            "Svie ved vannlating i fire dager, siden i natt feber og vondt i ryggen.",
            "Bankeøm over venstre nyrelosje. Urinstix positiv på leukocytter og nitritt.",
            "Pyelonefritt.",
            "Urin- og blodkultur, antibiotika intravenøst, væske.",
        ),
        Ill(pulse=22, breaths=3, temperature=2.0, systolic=-6),
        (80, 260),
    ),
    Stay(
        Problem("Besvimelse", "A06", "R55"),
        Story(
            "Falt om på kjøkkenet etter frokost, borte i under et minutt. Ingen skade.",
            "Klar og orientert. EKG uten blokk. Blodtrykket faller 18 mmHg stående.",
            "Synkope, trolig ortostatisk. Arytmi må utelukkes.",
            "Telemetri, legemiddelgjennomgang, blodtrykk liggende og stående.",
        ),
        Ill(systolic=-12),
        (1, 8),
    ),
    Stay(
        Problem("Brystsmerter", "A11", "R074"),
        Story(
            "Klemmende ubehag i brystet i en time i går kveld, gav seg i ambulansen.",
            "Upåvirket. EKG uten nye forandringer.",
            "Brystsmerter til observasjon.",
            "Troponin i serie, telemetri, arbeids-EKG i morgen om prøvene er normale.",
        ),
        Ill(pulse=6, systolic=8),
        (1, 6),
    ),
)


def is_admitted(life: Life) -> None:
    """A stay that began in the last three days and goes on."""
    day = _free(life, (2, 1, 3), 8)
    if day is None:
        return
    if life.has(FAILURE):
        heart_failure.worsens(life, day, USUAL_STRAIN)
    elif life.has(COPD):
        copd.admitted(life, day, USUAL_GRAVITY)
    elif life.chance.yes(0.4):
        chest.admitted(life, day)
    else:
        _lies(life, day, life.chance.pick(STAYS))


def _lies(life: Life, day: date, why: Stay) -> None:
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, SODIUM, POTASSIUM, TROPONIN_T)
    tests[CRP] = life.chance.uniform(*why.crp)
    stay = admit(life, Service.MEDICAL_WARD, day, 5, why.problem, why.story, why.ill, tests)
    life.episode(why.problem, stay, 14)


def has_a_place(life: Life) -> None:
    """A short stay at the nursing home, decided on some days or weeks ago."""
    since = _free(life, (9, 5, 13, 16), 16)
    if since is None:
        return
    until = life.era.until + timedelta(days=life.chance.between(5, 16))
    at_home, name = ("partner", "Avlastning") if life.person.has_partner(since) else ("alone", "Opptrening")
    why = _WHY[at_home]
    grant = Grant(SHORT_STAY, "plass ved sykehjemmet", Service.NURSING_HOME)
    decide(life, [grant], since, until, Level.MUCH, why, quickly=True, limited=True)
    stay = sojourn(life, Service.NURSING_HOME, since, until, *life.known(since)[:1])
    life.days.take(since, life.era.until)
    stay.note(("Innkomst", f"{name}: {why[:1].lower()}{why[1:]}"), ("Plan", _PLAN[at_home]), after=2)
    stay.measure(WEIGHT, life.body.weight(since) - 1, after=19)
    stay.pressure(life.body.systolic(since) + 5, life.body.diastolic(since), after=19)
    doctor = stay.by(life.services.worker(Service.NURSING_HOME, "lege", 0))
    doctor.note(
        ("Innkomstnotat lege", "Legemidlene er samstemt med fastlegens liste. Ingen endring."), after=25
    )
    nurse = stay.by(life.services.worker(Service.NURSING_HOME, "helsefagarbeider", life.chance.between(0, 9)))
    for back in (3, 1):
        after = hours_into(stay, life.era.until - timedelta(days=back), 14)
        nurse.note(("Rapport", life.chance.pick(_REPORTS)), after=after)


def _free(life: Life, days_ago: tuple[int, ...], nights: int) -> date | None:
    """The first of these days from which nothing else has been told."""
    days = (life.era.until - timedelta(days=back) for back in days_ago)
    return next((day for day in days if life.days.free(day, nights) == day), None)


_WHY = {
    "partner": "Ektefellen som hjelper til daglig, trenger noen ukers hvile.",
    "alone": "Har falt to ganger hjemme siste måned og spist dårlig. Bor alene.",
}
_PLAN = {
    "partner": "Samme rutiner som hjemme. Oppe til måltider, tur hver dag. Samtale med ektefellen på fredag.",
    "alone": "Trening tre ganger i uken, næringsrik kost, vekt hver uke. Vurdere hjelp hjemme før utreise.",
}
_REPORTS = (
    "Sovet godt. Oppe til frokost, gikk til dagligstuen med rollator.",
    "Litt urolig i kveld, gikk seg til ro etter kveldsmat og prat.",
    "Spist halve porsjoner. Drikker når det blir minnet på. Hel hud.",
    "Med på trim i dag. Besøk av familie i ettermiddag.",
)
