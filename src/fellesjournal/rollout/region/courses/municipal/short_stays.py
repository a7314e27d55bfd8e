"""Short stays: training after hospital, and relief for those who live with somebody with dementia.

About one of eight over 70 who come home from a longer stay goes by way of a short one (KPR, rounded).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.care_messages import Message, message
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal.catalogue import REHABILITATION, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.sojourns import hours_into, sojourn
from fellesjournal.rollout.region.kin import the_partner
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

BROKEN = ("L75", "K90")
"""ICPC-2 codes after which most of the old need training: a broken hip, a stroke."""


HARMLESS = ("A06",)
"""ICPC-2 codes of what leaves nothing to train, such as a faint."""
LEARNS = 12
"""MMSE below which training for some weeks helps nobody home."""
EIGHT_WEEKS, BETWEEN = 1.84, timedelta(days=35)
"""How often relief is granted, in months; from one time to the next, at least."""


def are_foreseen(life: Life) -> None:
    """Told first: who will train after a stay sees nobody at home until that is over."""
    draws = Chance(life.seed, life.person.id, "training")

    def until(service: Service, day: date, nights: int, reasons: tuple[Problem, ...]) -> date | None:
        if service is Service.MATERNITY or nights < 4 or life.age(day) < 70:
            return None
        if life.decline.mmse(day) < LEARNS:
            return None
        if any(one.icpc in HARMLESS for one in reasons):
            return None
        often = 0.55 if any(one.icpc in BROKEN for one in reasons) else 0.12
        length = draws.between(10, 24)
        home = day + timedelta(days=nights)
        ends = home + timedelta(days=length)
        last = life.ending.since if life.ending else life.person.died
        end = min((one for one in (life.decline.moves_in, last) if one), default=None)
        if not draws.yes(often) or home >= life.last or (end and end <= ends):
            return None
        return ends if life.days.is_free(day, nights + length) else None

    life.after_stay = until


def after_hospital(life: Life) -> None:
    """Of those who are not ready for home."""
    for stay, reasons in life.stays:
        until = life.trains_until.get(stay.reference)
        if until is None:
            continue
        day = stay.end.date()
        why = f"Innlagt med {reasons[0].within}, ikke klar for å klare seg hjemme." if reasons else "Svekket."
        _early(life, stay)
        decide(
            life,
            [Grant(REHABILITATION, "plass ved helsehuset med trening hver dag", Service.SHORT_STAY)],
            day,
            until,
            Level.MUCH,
            why,
            quickly=True,
            limited=True,
        )
        _training(life, day, until, by_hand=not any(ARM in one.within for one in reasons))


def _early(life: Life, stay: Visit) -> None:
    office = life.services.unit(Service.ALLOCATION).reference
    text = "Vil trenge opptrening i kommunen etter oppholdet. Egen bolig, trapp opp til inngangen."
    when = min(stay.start + timedelta(hours=20), stay.end)
    message(life.chart, Message.EARLY, text, when, stay.unit.reference, office, stay.reference)


def _training(life: Life, since: date, until: date, *, by_hand: bool) -> None:
    """What the trainers write; a broken arm holds no walker."""

    def said_of(text: str) -> str:
        return (
            text if by_hand else text.replace("med rollator og", "med").replace("med rollator", "med støtte")
        )

    stay = sojourn(life, Service.SHORT_STAY, since, until)
    stay.note(
        (
            "Innkomst",
            said_of(
                "Kom fra sykehuset med taxi. Går med rollator og tilsyn. Ernæring og fallrisiko kartlagt."
            ),
        ),
        after=2,
    )
    life.weighs(stay, after=20)
    stay.pressure(life.body.systolic(since) + 4, life.body.diastolic(since), after=20)
    trainer = stay.by(life.services.worker(Service.SHORT_STAY, "fysioterapeut", life.person.number))
    day = since + timedelta(days=2)
    chance = Chance(life.seed, life.person.id, "trains", since)
    metres, seconds = 5 * chance.between(2, 6), chance.between(27, 46)
    for said in _training_of(metres, seconds):
        if day < min(until, life.last):
            trainer.note(("Fysioterapi", said_of(said)), after=hours_into(stay, day, 11))
        day += timedelta(days=4)
    if until <= life.last:
        stay.note(
            (
                "Utreise",
                said_of(
                    "Selvstendig i forflytning med rollator. Klarer toalett og påkledning. Reiser hjem i dag."
                ),
            ),
            after=hours_into(stay, until, 10),
        )


ARM = "overarm"


def _training_of(metres: int, seconds: int) -> tuple[str, ...]:
    """What is written of each hour, of one who walks so far and is so slow at first."""
    return (
        f"Går {metres} meter med rollator, reiser seg med hjelp av en. Timed Up and Go {seconds} sekunder.",
        f"Går {3 * metres} meter, trapp med støtte. Timed Up and Go {round(0.72 * seconds)} sekunder.",
        f"Går fritt med rollator. Timed Up and Go {round(0.54 * seconds)} sekunder. Egentrening gjennomgått.",
    )


def relief(life: Life, since: date, last: date) -> None:
    """A week about every eighth week, so that the one at home can rest."""
    before, (who, _) = since, the_partner(life.person)
    for wished in life.every(EIGHT_WEEKS, since, last - timedelta(days=10)):
        day = life.days.free(wished, 7)
        if not life.records(day) or day + timedelta(days=7) > last or day < before + BETWEEN:
            continue
        before = day
        stay = sojourn(life, Service.SHORT_STAY, day, day + timedelta(days=7))
        life.days.take(day, day + timedelta(days=7))
        said = life.chance.other(_RELIEF if life.decline.mmse(day) >= WALKS else _RELIEF_OF_FEW_WORDS)
        said = said.format(who, who.lower())
        stay.note(("Avlastningsopphold", said), after=hours_into(stay, day + timedelta(days=3), 14))


_RELIEF = (
    "Faste pleiere på dagtid. Litt urolig første natt, siden bra.",
    "Spiser godt sammen med de andre. {0} ringer hver kveld.",
    "Sovet rolig. Med på sang og tur i gangen.",
    "Lette etter {1} om kvelden, roet seg med kaffe og album.",
)
_RELIEF_OF_FEW_WORDS = (
    "Faste pleiere på dagtid. Litt urolig første natt, siden bra.",
    "Stelles og mates av faste pleiere. {0} ringer og hører hvordan det går.",
    "Sovet rolig. Smiler til musikk, oppe i stol midt på dagen.",
)
WALKS = 7
"""Points of MMSE below which nobody walks about, or eats alone."""
