"""ADHD: found at school age, treated with stimulants, controlled twice a year, and once by
who goes on with it for long.

About 4 of 100 children get the diagnosis, boys more than twice as often (FHI; Norwegian Prescription
Database).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.measures import PULSE
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import border
from fellesjournal.rollout.region.courses.series import control
from fellesjournal.rollout.region.formulary import METHYLPHENIDATE
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service

ADHD = Problem("ADHD", "P81", "F900")
LISDEXAMFETAMINE = Medicine("N06BA12", "Lisdeksamfetamin 30 mg kapsel", "1 kapsel hver morgen")
NEWER = 2014
"""The first whole year in which lisdexamfetamine could be prescribed here."""
PSYCHIATRY = "PSY"
STIMULANTS = "N06BA"

NEW: Risk = ((6, 2.8), (8, 5), (12, 2.6), (16, 1.4), (19, 0.7), (30, 0.25), (45, 0.04))


NAMED = 1985
"""Before this year nobody here was given the diagnosis who has it now."""


def lives_with(life: Life) -> None:
    """From the assessment to the last day; half stop the medicine in the end. The clinic's own notes have
    psychiatry's label."""
    found = life.onset(NEW, 0.6 if life.person.is_woman else 1.4)
    if found is None or found.year < NAMED:
        return
    with life.chart.labelled(PSYCHIATRY):
        for number in range(2):
            visit = life.meet(
                Service.PSYCHIATRY, "psykolog", found - timedelta(days=60 - 30 * number), ADHD, minutes=60
            )
            visit.note(("Utredning", _ASSESSED[number]), kind=Kind.CLINIC_NOTE)
    first = life.gp(found, ADHD)
    medicine = METHYLPHENIDATE if life.chance.yes(0.7) or found.year < NEWER else LISDEXAMFETAMINE
    treated = life.chance.yes(0.8)
    wants = "Samtykker til forsøk med medisin." if treated else "Ønsker ikke medisin nå."
    plan = "Vekt, puls og blodtrykk følges." if treated else "Råd om struktur. Ny time ved ønske om medisin."
    school = " Skolen er informert." if life.age(found) < 17 else ""
    first.note(
        ("Vurdering", f"Utredet, fyller kriteriene for ADHD. {wants}"),
        ("Plan", f"{plan}{school}"),
    )
    life.problem(ADHD, found, visit=first)
    if not treated:
        return
    life.uses(medicine, found, ADHD)
    ends = found + timedelta(days=life.chance.between(700, 5500))
    lost = -0.02 * life.body.weight(found)
    life.body.weighs_more.append(Shift(lost, found, 120, ends, 200))
    for day in life.every(6, found, ends, misses=0.02):
        _control(life, day)
    if life.chance.yes(0.6):
        life.stop(medicine, ends, "Ønsker å klare seg uten")
    elif ends < life.last:
        for day in life.every(11, ends, misses=0.02):
            _control(life, day)


def _control(life: Life, day: date) -> None:
    visit = control(life, day, ADHD)
    systolic = life.body.systolic(day) + 3 + life.chance.normal(0, 5)
    visit.pressure(systolic, life.body.diastolic(day) + 2 + life.chance.normal(0, 4))
    visit.measure(PULSE, life.body.pulse + 7 + life.chance.normal(0, 5))
    life.weighs(visit)
    high = visit.say(*border.spoken_of(life, visit.day, systolic)) if visit.recorded else ""
    if high or life.chance.yes(0.5):
        said = life.chance.other(_CONTROLLED)
        life.at_the_end(
            lambda: visit.note(("Kontroll", f"{_of_the_list(life, visit.day, said)} {high}".strip()))
        )


def _of_the_list(life: Life, day: date, said: str) -> str:
    """What is said of who has used a medicine for some time, or what is of who does not on the day."""
    used = all(life.taking(STIMULANTS, one) for one in (day, day - timedelta(days=1)))
    return said if used else "Uten medisin for tiden. Søvn og struktur i hverdagen er gjennomgått."


_ASSESSED = (
    "Anamnese med pårørende og spørreskjemaer fra to miljøer. Urolig, glemsk, strever med å fullføre.",
    "Tilbakemelding. Kriteriene for ADHD er oppfylt. Råd om struktur, behandling hos fastlege.",
)
_CONTROLLED = (
    "God effekt på konsentrasjonen, litt dårlig matlyst til lunsj. Uendret dose.",
    "Fungerer bra på dagtid. Sovner sent, råd om søvn.",
    "Bra. Ingen bivirkninger.",
)
