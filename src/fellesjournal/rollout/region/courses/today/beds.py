"""Those who lie in the medical ward, and those who have a place in the nursing home for a while."""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.contacts import Way
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
from fellesjournal.rollout.region.formulary import PARACETAMOL_FIXED
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.safety import into_a_vein
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Story, admit

ARM = Problem("Brudd i overarm", "L76", "S422")

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
    story = why.story._replace(plan=into_a_vein(life, why.story.plan))
    stay = admit(life, Service.MEDICAL_WARD, day, 5, why.problem, story, why.ill, tests)
    life.episode(why.problem, stay, 14)


def has_a_place(life: Life) -> None:
    """A short stay at the nursing home of one who has broken an arm and cannot manage at home."""
    since = _free(life, (9, 5, 13, 16), 16)
    if since is None:
        return
    if _breaks_an_arm(life, since - timedelta(days=8)) > since - timedelta(days=7):
        return
    until = life.era.until + timedelta(days=life.chance.between(5, 16))
    grant = Grant(SHORT_STAY, "plass ved sykehjemmet", Service.NURSING_HOME)
    decide(life, [grant], since, until, Level.SOME, _why(life, since), quickly=True, limited=True)
    stay = sojourn(life, Service.NURSING_HOME, since, until, ARM)
    life.days.take(since, life.era.until)
    stay.note(("Innkomst", _why(life, since)), ("Plan", _PLAN), after=2)
    stay.measure(WEIGHT, life.body.weight(since) - 1, after=19)
    stay.pressure(life.body.systolic(since) + 5, life.body.diastolic(since), after=19)
    doctor = stay.by(life.services.worker(Service.NURSING_HOME, "lege", 0))
    told = "Legemidlene er samstemt med fastlegens liste. Lite smerter i ro."
    doctor.note(("Innkomstnotat lege", told), after=25)
    nurse = stay.by(life.services.worker(Service.NURSING_HOME, "helsefagarbeider", life.chance.between(0, 9)))
    first = life.chance.between(0, len(_REPORTS) - 1)
    for number, back in enumerate((3, 1)):
        after = hours_into(stay, life.era.until - timedelta(days=back), 14)
        nurse.note(("Rapport", _REPORTS[(first + number) % len(_REPORTS)]), after=after)


def _breaks_an_arm(life: Life, day: date) -> date:
    """Returns the day, which may be some days later."""
    visit = life.meet(Service.LEGEVAKT, "lege", day, ARM, way=Way.EMERGENCY, hour=15, minutes=120)
    visit.note(
        ("Hastegrad", "Gul."),
        ("Aktuelt", "Falt utenfor butikken, tok imot med venstre skulder. Får ikke løftet armen."),
        (
            "Funn og tiltak",
            "Røntgen: brudd øverst i overarmen, lite forskjøvet. Fatle. Kontroll om ti dager.",
        ),
    )
    life.problem(ARM, visit.day, visit=visit)
    life.uses(PARACETAMOL_FIXED, visit.day, ARM)
    return visit.day


def _why(life: Life, day: date) -> str:
    alone = "Ektefellen kan ikke løfte." if life.person.has_partner(day) else "Bor alene."
    return f"Brudd i overarmen, klarer ikke stell og mat med en arm. {alone}"


def _free(life: Life, days_ago: tuple[int, ...], nights: int) -> date | None:
    """The first of these days from which nothing else has been told."""
    days = (life.era.until - timedelta(days=back) for back in days_ago)
    return next((day for day in days if life.days.free(day, nights) == day), None)


_PLAN = "Fatle i tre uker, øvelser for hånd og albue hver dag. Vurdere hjelp hjemme før utreise."
_REPORTS = (
    "Sovet godt i stol. Oppe til frokost, hjulpet med påkledning.",
    "Vondt ved snuing i natt, fått paracetamol. Fingrene er varme.",
    "Spist godt når maten er skåret opp. Gjør øvelsene selv.",
    "Med på trim i dag. Besøk av familie i ettermiddag.",
)
