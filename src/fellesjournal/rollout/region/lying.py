"""Those who lie in a ward today: what they are given there is on the list, doctor and nurse write each day.

Of stays that are over the letter tells. Doses for adults are those of Helsedirektoratet's guideline on
antibiotics in hospital and of the products' SPCs.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.norway.writing import listed
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.formulary import AMOXICILLIN, PREDNISOLONE_ON
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.theatre import around, back_from, gets_up, of_the_operation
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import GRAVE, SCORED, Ill, Signs, measured, news2, second_scale
from fellesjournal.rollout.region.vitals import signs as found
from fellesjournal.rollout.region.ward_rounds import LAST_DAY, Nurses

BENZYLPENICILLIN = Medicine(
    "J01CE01", "Benzylpenicillin 1,2 g pulver til injeksjonsvæske", "1,2 g i blodåre 4 ganger daglig"
)
CEFOTAXIME = Medicine("J01DD01", "Cefotaksim 1 g pulver til injeksjonsvæske", "1 g i blodåre 3 ganger daglig")
CLINDAMYCIN = Medicine("J01FF01", "Klindamycin 150 mg/mL injeksjonsvæske", "600 mg i blodåre 3 ganger daglig")
PIPERACILLIN = Medicine(
    "J01CR05", "Piperacillin/tazobaktam 4 g pulver til infusjonsvæske", "4 g i blodåre 3 ganger daglig"
)
FUROSEMIDE = Medicine("C03CA01", "Furosemid 10 mg/mL injeksjonsvæske", "40 mg i blodåre 2 ganger daglig")
NORADRENALINE = Medicine(
    "C01CA03", "Noradrenalin 1 mg/mL konsentrat til infusjonsvæske", "Etter blodtrykk, i blodåre"
)
PANTOPRAZOLE = Medicine(
    "A02BC02", "Pantoprazol 40 mg pulver til injeksjonsvæske", "40 mg i blodåre 2 ganger daglig"
)
NEBULISED = Medicine(
    "R03AL02", "Ipratropium/salbutamol 0,5 mg/2,5 mg inhalasjonsvæske", "1 dose på forstøver 4 ganger daglig"
)
URINE, BELLY = "N", "K"
"""How the ICD-10 codes of infections begin for which penicillin alone is not enough."""
GIVEN = (
    ("Penicillin intravenøst", BENZYLPENICILLIN),
    ("Klindamycin intravenøst", CLINDAMYCIN),
    ("ntibiotika intravenøst", BENZYLPENICILLIN),
    ("ntibiotika innen en time", PIPERACILLIN),
    ("ntibiotika og væske i blodåren", PIPERACILLIN),
    ("trykkstøttende", NORADRENALINE),
    ("Vanndrivende i blodåren", FUROSEMIDE),
    ("Furosemid intravenøst", FUROSEMIDE),
    ("otonpumpehemmer intravenøst", PANTOPRAZOLE),
    ("Forstøver", NEBULISED),
    ("steroider", PREDNISOLONE_ON),
    ("steroider, antibiotika", AMOXICILLIN._replace(dose="1 kapsel 3 ganger daglig")),
)
"""By words of the plan."""
DAYS = 3
"""For so long after today what is given there is planned."""
NIGHT = 5
"""Hours: who came later than that before morning has no night behind them."""
INTERVALS = ((GRAVE, 4), (1, 6), (0, 12))
"""From which NEWS2 on at the least every so many hours: Royal College of Physicians, 2017, but for those who
are worst, whose doctor says how often."""
MORNING, SOON = (0.4, 0.9), 0.4
"""Hours before the records stop at which the ward measures in the morning, and before that at which nobody is
measured."""
WAKES, DARK = 5, 7
"""The hour before which who is measured is woken for it, and how many hours of the night there are before the
last measurement."""
ASKS, SAYS, ULCER = 12, 4, "S97"
"""Points of MMSE and years of age below which nobody calls for help, and the ICPC-2 code of a wound on a
leg."""
WRITES = ((13.6, 14.8), (20.6, 21.9))
"""Hours of the day towards the end of a shift."""


class Lying(NamedTuple):
    """Why somebody lies there: what it is, what was planned on arrival, and how ill it makes."""

    problem: Problem
    plan: str
    ill: Ill


class Told(NamedTuple):
    """What the notes of a stay draw from."""

    life: Life
    stay: Visit
    measured: Sequence[tuple[float, Signs]]
    """Hours after arrival, and what was found."""
    given: Sequence[Medicine]
    chance: Chance

    def until(self, hours: float) -> list[Signs]:
        """What had been found by then."""
        return [signs for at, signs in self.measured if at <= hours]

    def score(self, signs: Signs) -> int | None:
        """NEWS2 of one who is old enough for it."""
        if self.life.age(self.stay.day) < SCORED:
            return None
        return news2(signs, retains=second_scale(self.life, self.stay.day))

    def words(self, signs: Signs) -> str:
        """What was found, in short."""
        score = self.score(signs)
        told = f"temperatur {signs.temperature:.1f}, SpO2 {signs.saturation} %".replace(".", ",")
        return told if score is None else f"NEWS2 {score}, {told}"

    def nurse(self, hours: float) -> Visit:
        """The stay, by the nurse who is at work then."""
        return Nurses(self.life, self.stay).at(hours)


def lies_today(life: Life, stay: Visit, why: Lying, measured: Sequence[tuple[float, Signs]]) -> None:
    """What is known this morning of one whose stay goes on: medicines, measurements, and notes."""
    chance = Chance(life.seed, life.person.id, "lying", stay.day)
    planned = (stay.end.date() - stay.day).days + DAYS
    given = begins_what_is_planned(life, stay, why.problem, why.plan, planned)
    told = Told(life, stay, [*measured], given, chance)
    told = told._replace(measured=[*measured, *_of_the_last_day(told, why.ill)])
    if told.measured:
        life.at_the_end(lambda: _is_written_of(told))


def begins_what_is_planned(life: Life, stay: Visit, problem: Problem, plan: str, days: int) -> list[Medicine]:
    """Begin what the plan names, for so many days where it is a cure; returns it."""
    given = [_for(life, problem, medicine) for words, medicine in GIVEN if words in plan]
    for medicine in given:
        if medicine is FUROSEMIDE:
            life.uses(medicine, stay.day, problem)
        else:
            life.cure(medicine, stay, days, problem)
    return given


def _for(life: Life, problem: Problem, medicine: Medicine) -> Medicine:
    """What is chosen for the infection, of one who may not tolerate penicillin."""
    if medicine is BENZYLPENICILLIN and problem.icd.startswith((URINE, BELLY)):
        medicine = CEFOTAXIME if problem.icd.startswith(URINE) else PIPERACILLIN
    return medicine if life.tolerates(medicine) else CEFOTAXIME


def _of_the_last_day(told: Told, ill: Ill) -> Iterator[tuple[float, Signs]]:
    """Measurements of the last day, as often as the score before says, and this morning's."""
    life, stay = told.life, told.stay
    hours = (stay.end - stay.start).total_seconds() / 3600
    at = told.measured[-1][0] if told.measured else 0.0
    morning = hours - told.chance.uniform(*MORNING)
    score = told.score(told.measured[-1][1]) if told.measured else GRAVE
    while at < morning - SOON:
        interval = next(every for least, every in INTERVALS if (score or 0) >= least)
        later = max(at + interval * told.chance.uniform(0.86, 1), hours - LAST_DAY)
        at = round(60 * (later if later < morning - SOON else morning)) / 60
        signs = found(life, stay.day, ill, 0.5 ** (at / ill.halves))
        score = told.score(signs)
        measured(life, told.nurse(at), signs, after=at)
        yield at, signs


def _is_written_of(told: Told) -> None:
    """Each day that has been, by doctor and nurse, and the night."""
    stay, chance = told.stay, told.chance
    for number in range(1, (stay.end.date() - stay.day).days):
        at = around(stay, stay.hours_to(number, chance.uniform(9.2, 11.4)))
        stay.note(("Visitt", " ".join(_of_the_round(told, told.until(at), at))), after=at)
        late = stay.hours_to(number, chance.uniform(*chance.pick(WRITES)))
        score = told.score((told.until(late) or [told.measured[0][1]])[-1]) or 0
        said = chance.other(_WATCHED if score >= GRAVE else _cared_for(told.life, stay.day))
        told.nurse(late).note(("Sykepleie", back_from(stay, late, said)), after=late)
    gets_up(told.life, stay)
    last, signs = told.measured[-1]
    if last > NIGHT:
        when = stay.start + timedelta(hours=last)
        woken = any(
            (stay.start + timedelta(hours=at)).hour < WAKES for at, _ in told.measured if at > last - DARK
        )
        said = f"{chance.other(_WOKEN if woken else _NIGHT)} Målt klokka {when:%H.%M}: {told.words(signs)}."
        told.nurse(last).note(("Sykepleie", said), after=last + 0.1)


def _cared_for(life: Life, day: date) -> list[str]:
    """What fits one who may have forgotten how to ask, or has a wound on the leg."""
    unfit = ["Sier fra"] if life.decline.mmse(day) < ASKS or life.age(day) < SAYS else []
    if any(one.icpc == ULCER for one in life.episodes.open(day)):
        unfit.append("Hel hud")
    return [one for one in _CARED_FOR if not any(word in one for word in unfit)]


def _of_the_round(told: Told, found: Sequence[Signs], at: float) -> Iterator[str]:
    operated = of_the_operation(told.life, told.stay, at, told.chance)
    if operated:
        yield operated
    elif found:
        first, last = (told.score(one) or 0 for one in (found[0], found[-1]))
        yield told.chance.other(_BETTER if last < first - 1 else _ALIKE)
    if found:
        yield f"Siste måling: {told.words(found[-1])}."
    names = [one.within.split()[0] for one in told.given]
    if names or not operated:
        yield f"Fortsetter {listed(names)}." if names else told.chance.other(_GOES_ON)
    if found and (told.score(found[-1]) or 0) >= GRAVE:
        yield "Måles hver fjerde time, ringer ved økning."


_BETTER = ("Bedre enn ved innkomst.", "Går rett vei siden innkomst.", "Klar bedring fra innkomsten.")
_ALIKE = ("Om lag som i går.", "Ingen stor endring siden siste visitt.", "Stabil, uten sikker endring.")
_GOES_ON = ("Planen fra innkomsten står.", "Fortsetter som planlagt.", "Ingen endring i planen.")
_WATCHED = (
    "Sliten, hviler det meste. Målinger tatt som avtalt, lege er orientert.",
    "Trenger hjelp til stell. Drikker små mengder. Følges med målinger.",
    "Ligger mest, snakker litt. Ringesnor innen rekkevidde.",
)
_CARED_FOR = (
    "Spist og drukket noe til måltidene. Legemidler gitt etter kurven.",
    "Ligger godt. Har fått besøk. Sier fra selv når noe trengs.",
    "Stell med tilrettelegging. Hel hud. Ingen nye plager.",
)
_WOKEN = ("Natt: sovet mellom målingene.", "Natt: vekket til målinger, sovnet igjen.")
_NIGHT = (
    "Natt: sovet i perioder.",
    "Natt: rolig, sovet fra midnatt.",
    "Natt: våken to ganger, sovnet igjen.",
)
