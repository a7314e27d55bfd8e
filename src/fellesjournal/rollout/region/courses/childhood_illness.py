"""What children fall ill with: wheezing with colds, eczema, chickenpox.

One of five wheezes in the first two years (the ECA study, Oslo), one of seven has eczema, and nearly all
have had chickenpox at ten; three of ten of those see a doctor.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import BREATHS, SATURATION, TEMPERATURE
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.kin import the_parents
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service

WHEEZING = Problem("Obstruktiv bronkitt", "R78", "J219")
ECZEMA = Problem("Atopisk eksem", "S87", "L209")
CHICKENPOX = Problem("Vannkopper", "A72", "B019")
SALBUTAMOL = Medicine(
    "R03AC02", "Salbutamol 0,1 mg/dose inhalasjonsaerosol", "2 til 4 doser på kammer ved tung pust", True
)
HYDROCORTISONE = Medicine(
    "D07AA02", "Hydrokortison 1 % krem", "Tynt lag 1 gang daglig i perioder på 1 til 2 uker", True
)
MOMETASONE = Medicine(
    "D07AC13", "Mometason 0,1 % krem", "Tynt lag 1 gang daglig i perioder på inntil 2 uker", True
)


def catches(life: Life) -> None:
    """Through childhood."""
    if life.birthday(16) < life.era.since:
        return
    if life.chance.yes(0.2):
        for number in range(life.chance.between(1, 4)):
            _wheezes(life, number)
    if life.chance.yes(0.15):
        _eczema(life)
    day = life.person.born + timedelta(days=life.chance.between(400, 3000))
    if life.chance.yes(0.3):
        _chickenpox(life, day)


def _wheezes(life: Life, number: int) -> None:
    day = life.person.born + timedelta(days=life.chance.between(120, 1200))
    acute = life.chance.yes(0.4)
    visit = (
        life.meet(
            Service.LEGEVAKT,
            "lege",
            day,
            WHEEZING,
            way=Way.EMERGENCY,
            hour=life.chance.between(17, 23),
            minutes=60,
        )
        if acute
        else life.gp(day, WHEEZING)
    )
    visit.measure(BREATHS, life.chance.normal(44 if acute else 36, 4))
    visit.measure(SATURATION, life.chance.normal(95 if acute else 97, 0.8))
    visit.measure(TEMPERATURE, life.chance.normal(37.9, 0.4))
    visit.note(
        (
            "Funn",
            _HEARD[number % len(_HEARD)],
        ),
        ("Tiltak", "God effekt av salbutamol på kammer. Hjem med råd, kontakt ved forverring."),
    )
    life.episode(WHEEZING, visit, 10)
    life.cure(SALBUTAMOL, visit, 14)


_HEARD = (
    "Forkjølet i tre dager, nå tett i brystet. Lette inndragninger, pipelyder over begge lunger.",
    "Rennende nese siden i går, hostet hele natten. Piper ved utpust, leker mellom slagene.",
    "Tung i pusten siden i morges. Forlenget utpust, ikke nesevingespill.",
    "Hoste og slim i fem dager. Spredte pipelyder, puster fort når barnet gråter.",
)


def _eczema(life: Life) -> None:
    found = life.person.born + timedelta(days=life.chance.between(100, 1200))
    over = found + timedelta(days=life.chance.between(500, 5000))
    visit = life.gp(found, ECZEMA)
    visit.note(
        (
            "Funn",
            visit.say(
                "Tørre, røde flekker i albue- og knebøyer og på kinn.",
                "Tørre, raude flekker i bøyer og på kinn.",
            ),
        ),
        ("Plan", "Fuktighetskrem daglig, hydrokortison i perioder. Skriftlig plan."),
    )
    life.problem(ECZEMA, found, over, visit)
    life.uses(HYDROCORTISONE, found, ECZEMA)
    life.stop(HYDROCORTISONE, over, "Eksemet er borte")
    for day in life.every(15, found, over, misses=0.4):
        check = life.gp(day, ECZEMA)
        said = life.chance.other(_SKIN)
        alone = life.age(check.day) >= SEES_TO_IT
        who = "Smører seg selv" if alone else f"{the_parents(life.person, check.day)} smører"
        check.note(("Kontroll", said.replace("Foreldrene smører", who)))


SEES_TO_IT = 11
"""The age from which one rubs oneself with cream."""
_SKIN = (
    "Bedre om sommeren. Kløe om natten ved oppbluss, ikke infisert.",
    "Lite utslett nå, tørr hud på leggene. Fortsetter med fuktighetskrem.",
    "Oppbluss i knehasene etter forkjølelse. Hydrokortison i to uker.",
    "Klør mindre enn sist. Foreldrene smører hver kveld.",
)


def _chickenpox(life: Life, day: date) -> None:
    if not life.records(day):
        return
    visit = life.gp(day, CHICKENPOX)
    visit.measure(TEMPERATURE, life.chance.normal(38.2, 0.5))
    visit.note(
        ("Funn", "Vesikler i ulike stadier over hele kroppen, kløe. Drikker godt."),
        ("Plan", "Råd mot kløe. Hjemme til alt er skorper."),
    )
    life.episode(CHICKENPOX, visit, 9)
