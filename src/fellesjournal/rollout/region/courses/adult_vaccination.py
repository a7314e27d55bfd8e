"""Adults' vaccines: influenza each autumn, covid-19 from 2021, pneumococci, ticks, tetanus.

Who is offered what follows FHI's advice to adults; how many take it is rounded from SYSVAK's figures: six of
ten over 65 against influenza, nine of ten adults two doses against covid-19.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import vaccines
from fellesjournal.rollout.region.chart.vaccines import Vaccine
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day, years_after
from fellesjournal.rollout.region.units import Service

INFLUENZA = Vaccine("J07BB02", "Influensa")
COVID = Vaccine("J07BN01", "Covid-19, mRNA")
PNEUMOCOCCI_23, PNEUMOCOCCI_20 = (
    Vaccine("J07AL01", "Pneumokokker, polysakkarid"),
    Vaccine("J07AL02", "Pneumokokker, konjugert"),
)
TICKS = Vaccine("J07BA01", "Skogflåttencefalitt")
HEPATITIS_A = Vaccine("J07BC02", "Hepatitt A")
BOOSTER = Vaccine("J07CA02", "Difteri, stivkrampe, kikhoste, polio")
CONJUGATED_SINCE = date(2023, 9, 1)

RISK = ("T90", "T89", "R95", "R96", "K74", "K75", "K76", "K77", "K78", "K90", "N86", "U99")
"""ICPC-2 codes of illnesses for which influenza vaccine is advised."""

LUNGS, ADVISED = ("R95",), 0.8
"""ICPC-2 codes of what a doctor advises vaccines for at each control, and the share who take them then."""

FIRST_DOSES = ((85, date(2021, 1, 18)), (75, date(2021, 2, 15)), (65, date(2021, 3, 29)),
               (55, date(2021, 5, 3)), (45, date(2021, 6, 7)), (18, date(2021, 7, 5)),
               (16, date(2021, 9, 1)))  # fmt: skip
"""From which age the first dose against covid-19 was given about when."""


def takes(life: Life) -> None:
    """Through the recorded years."""
    chance = life.chance
    willing, often = _willing(life), chance.uniform(0.7, 0.97)
    _influenza(life, willing, often)
    if chance.yes(0.9):
        _covid(life, willing)
    if found := life.first(*(one for one in life.lasting if one.icpc in LUNGS)):
        _by_advice(life, found)
    elif willing < 0.4:
        _pneumococci(life)
    if chance.yes(0.1):
        _ticks(life)
    for day in life.now_and_then(0.035, life.birthday(25))[:1]:
        give(life, BOOSTER, day, None)


def accepts(life: Life) -> bool:
    """Whether the citizen is vaccinated when a doctor advises it at controls of the lungs."""
    return _willing(life) < ADVISED


def _willing(life: Life) -> float:
    return Chance(life.seed, life.person.id, "vaccines").share()


def _by_advice(life: Life, found: date) -> None:
    """Pneumococci, soon after the illness is found; with what was given first, again in ten years."""
    day = found + timedelta(days=life.chance.between(10, 120))
    while accepts(life) and day <= life.last:
        vaccine = PNEUMOCOCCI_20 if day >= CONJUGATED_SINCE else PNEUMOCOCCI_23
        if life.records(day):
            give(life, vaccine, day, 1)
        if vaccine is PNEUMOCOCCI_20:
            return
        day = years_after(day, 10)


def _influenza(life: Life, willing: float, often: float) -> None:
    for year in range(life.era.since.year, life.era.until.year + 1):
        day = date(year, 10, 8) + timedelta(days=life.chance.between(0, 50))
        if not life.records(day) or life.age(day) < 18:
            continue
        ill = any(one.icpc in RISK for one in life.known(day))
        limit = 0.66 if life.age(day) >= 65 else 0.4 if ill else 0.07
        advised = any(one.icpc in LUNGS for one in life.known(day)) and accepts(life)
        if (advised or willing < limit) and life.chance.yes(often):
            give(life, INFLUENZA, day, 1)


def _covid(life: Life, willing: float) -> None:
    age = life.age(date(2021, 1, 1)) if life.person.born < date(2021, 1, 1) else 0
    if age < 16:
        return
    begun = next(day for years, day in FIRST_DOSES if age >= years)
    days = [begun + timedelta(days=life.chance.between(0, 24))]
    days.append(days[0] + timedelta(days=life.chance.between(35, 60)))
    if age >= 18 and life.chance.yes(0.7):
        days.append(
            max(date(2021, 10, 10), days[1] + timedelta(days=150))
            + timedelta(days=life.chance.between(0, 70))
        )
    autumns = [
        date(year, 9, 20) + timedelta(days=life.chance.between(0, 60))
        for year in range(2022, life.era.until.year + 1)
    ]
    old = [day for day in autumns if life.records(day) and life.age(day) >= (65 if day.year < 2025 else 75)]
    days += [day for day in old if willing < 0.6 and life.chance.yes(0.85)]
    for dose, day in enumerate(days, 1):
        if life.records(day):
            give(life, COVID, day, dose)


def _pneumococci(life: Life) -> None:
    day = life.birthday(65) + timedelta(days=life.chance.between(60, 900))
    if life.records(day):
        give(life, PNEUMOCOCCI_20 if day >= CONJUGATED_SINCE else PNEUMOCOCCI_23, day, 1)


def _ticks(life: Life) -> None:
    spring = date(life.chance.between(life.era.since.year, life.era.until.year), 3, 1)
    day = spring + timedelta(days=life.chance.between(0, 90))
    if not life.records(day) or life.age(day) < 5:
        return
    later = (day, day + timedelta(days=40), years_after(day, 1))
    if any(lately.expecting(life, one) for one in later):
        return
    for dose, one in enumerate(later, 1):
        if life.records(one):
            give(life, TICKS, one, dose)


def give(life: Life, vaccine: Vaccine, day: date, dose: int | None) -> None:
    """A dose on a day when nothing else happens. One drops in: it is no consultation."""
    day = working_day(life.days.outside(life.days.without_visit(working_day(day))))
    home = life.decline.lives_in(day)
    service, policy = (Service.NURSING_HOME, "sykepleier") if home else (Service.GP, "helsesekretaer")
    by, unit = life.services.worker(service, policy, life.chance.between(0, 999)), life.services.unit(service)
    if life.records(day):
        life.days.visit(day)
        when = at(day, life.chance.between(8, 15), 5 * life.chance.between(0, 11))
        vaccines.immunization(life.chart, vaccine, when, dose, by.reference, unit.reference)
