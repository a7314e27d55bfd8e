"""The stay at a ward in which somebody dies: what was tried, what was decided, and the doctor's daily notes.

Who is taken by an infection in the midst of life, child or grown, is given everything first, and an intensive
care doctor is there; treatment is limited when it has not helped, and with the family (Helsedirektoratet,
Beslutningsprosesser ved begrensning av livsforlengende behandling).
"""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    LEUKOCYTES,
    NT_PROBNP,
    POTASSIUM,
    Measure,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.chest import SEPSIS
from fellesjournal.rollout.region.endings import EASED, Cause, Ending
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.lying import begins_what_is_planned
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge, seen_first

DYING: dict[Cause, Ill] = {
    Cause.HEART: Ill(30, 11, -9, 0, -22),
    Cause.STROKE: Ill(14, 4, -4, 0.8, 22, confused=True),
    Cause.LUNGS: Ill(32, 13, -8, 0.7, -6),
    Cause.INFECTION: Ill(45, 14, -10, 2.2, -35, confused=True),
    Cause.CANCER: Ill(26, 6, -5, 0.5, -16),
}
"""How far from the usual the signs are on the way."""


class Told(NamedTuple):
    """A last stay in words: on arrival; on days before the decision, the decision, and days after it; and the
    course, as the letter has it."""

    before: str
    thought: str
    plan: str
    still: tuple[str, ...]
    decided: str
    eased: tuple[str, ...]
    course: str


_EASED = (
    "Lindrende behandling. Ligger rolig. {} er her og er orientert.",
    "Samme lindring, ser ikke plaget ut. Snakket med {}.",
)
_AS_AGREED = "Alvorlig prognose, pårørende tilkalt."
TOLD: dict[Cause, Told] = {
    Cause.HEART: Told(
        "Funnet tungpust og grå hjemme, brystsmerter siste timer.",
        f"Lungeødem, svikt i hjertet. {_AS_AGREED}",
        "Vanndrivende i blodåren, maskebehandling og telemetri. Behandlingsnivå avklares med familien.",
        (
            "Fortsatt tungpust og lavt blodtrykk tross behandling.",
            "Litt mindre surkling, men lite urin. Vanndrivende gis videre.",
            "Klarer korte setninger. Blodtrykket er fortsatt lavt. {} er orientert.",
        ),
        "Svikt i hjertet tross behandling. Samtale med familien: går over til lindring.",
        _EASED,
        "Svikt i hjertet tross behandling. Besluttet lindring sammen med familien.",
    ),
    Cause.STROKE: Told(
        "Plutselig bevisstløs ved matbordet.",
        f"Stor hjerneblødning. {_AS_AGREED}",
        "Drøftet med nevrokirurg: ikke aktuelt med inngrep. Frie luftveier, leie, observeres.",
        (
            "Våkner ikke. Pupiller og pust følges.",
            "Uendret bevissthet. Væske, snuing. {} er orientert.",
            "Ingen bedring. Puster selv, reagerer ikke på tilrop.",
        ),
        "Våkner ikke. Samtale med familien om at hun eller han ikke vil komme seg. Går over til lindring.",
        _EASED,
        "Ikke aktuelt med inngrep. Våknet ikke. Lindrende behandling.",
    ),
    Cause.LUNGS: Told(
        "Tiltagende pustevansker tross inhalasjoner hjemme.",
        f"KOLS-forverring med respirasjonssvikt. {_AS_AGREED}",
        "Forstøver, steroider, antibiotika og maskebehandling. Ikke respirator, som avtalt tidligere.",
        (
            "Sliten av masken, henter seg lite inn mellom øktene.",
            "Tåler masken noen timer om gangen. Fortsatt tungpust i hvile.",
            "Sover i korte økter. Mer sekret, hjelpes med å hoste det opp. {} er orientert.",
        ),
        "Maskebehandling uten effekt. Enig med familien om å avslutte den og lindre pustebesværet.",
        _EASED,
        "Maskebehandling uten effekt. Ikke respirator etter tidligere samtale. Lindrende behandling.",
    ),
    Cause.INFECTION: Told(
        "Feber, slapp og forvirret siste døgn.",
        f"Alvorlig infeksjon med sirkulasjonssvikt. {_AS_AGREED}",
        "Antibiotika og væske i blodåren. Ikke intensivbehandling, avklart med familien.",
        (
            "Fortsatt høy feber og lavt blodtrykk. Antibiotika og væske fortsetter.",
            "Drøftet med infeksjonslege, samme antibiotika. Drikker nesten ikke.",
            "Trøttere. Samme behandling i ett døgn til. {} er orientert.",
        ),
        "Ingen respons på antibiotika og væske. Samtale med familien: går over til lindring.",
        _EASED,
        "Antibiotika og væske uten respons. Behandlingen ble lindrende.",
    ),
    Cause.CANCER: Told(
        "Uttalt slapp, smerter og dårlig matinntak hjemme. Kjent langtkommet kreft.",
        f"Langtkommet kreft, kort forventet levetid. {_AS_AGREED}",
        "Lindrende behandling, som avtalt. Smertebehandling justeres.",
        (
            "Smertene er bedre. Sover mye.",
            "Kvalm, får medisin for det. Våken i korte økter.",
            "Rolig natt. Snakket med {} om tiden framover.",
        ),
        "Nær slutten. Bare det som lindrer, familien er enig.",
        _EASED,
        "Smertepumpe og lindrende medisiner. God tid med familien.",
    ),
}
_FOUGHT = Told(
    "Feber, slapp og forvirret siste døgn.",
    "Septisk sjokk, utgangspunkt ikke kjent.",
    "Blodkulturer, bredspektret antibiotika innen en time, væskestøt, trykkstøttende legemiddel, "
    "timediurese. Full behandling, intensivlege er tilsett og følger.",
    (
        "Fortsatt sjokk, trykkstøttende legemiddel økt. Vurdert med intensivlege: fortsetter.",
        "Lite urin, nyrene følges. Antibiotika som før, full behandling.",
        "Blodtrykket holdes med legemidler. Intensivlege til tilsyn to ganger i døgnet. Snakket med {}.",
    ),
    "Svikt i flere organer tross full behandling. Enig med intensivlege om at mer ikke vil hjelpe. Samtale "
    "med {}: går over til lindring.",
    _EASED,
    "Septisk sjokk med streptokokker i blodet. Antibiotika, væske og trykkstøttende legemiddel uten varig "
    "respons, intensivlege var med. Flere organer sviktet. Lindrende behandling etter samtale med {}.",
)
GROWS = "Vekst av gruppe A-streptokokker i to av to sett."
_INFECTED = (Cause.INFECTION, Cause.LUNGS)
CHILD, GROWN = 16, 18


def fights(life: Life, problem: Problem) -> bool:
    """Whether everything is done first: for who is taken by an infection before old age."""
    return problem is SEPSIS and life.ending is not None and life.ending.cause is Cause.INFECTION


def told_of(life: Life, cause: Cause, problem: Problem) -> Told:
    """The words of the stay, with those who are at the bed."""
    said = _FOUGHT if fights(life, problem) else TOLD[cause]
    age = life.age(life.last)
    family = "foreldrene" if age < GROWN else "familien"
    one = "hun" if life.person.is_woman else "han"

    def here(text: str) -> str:
        filled = text.replace("{} er", f"{family.capitalize()} er").replace("{}", family)
        return filled.replace("hun eller han", one)

    before = said.before if age >= GROWN else _A_CHILD if age >= _TALKS else _A_SMALL_CHILD
    return Told(
        before,
        said.thought,
        said.plan,
        tuple(here(text) for text in said.still),
        here(said.decided),
        tuple(here(text) for text in said.eased),
        here(said.course),
    )


_BLED = "Stor blødning i høyre hjernehalvdel med gjennombrudd til hjernehulene."
_TALKS = 2
_ILL_AND_TREATED = (Cause.HEART, Cause.LUNGS, Cause.INFECTION)
"""What is treated first, before it is decided that only what eases is given."""
_A_CHILD = "Feber, slapp og uvel siste døgn."
_A_SMALL_CHILD = "Feber og slapp siste døgn, vil ikke drikke."


def lies(life: Life, ending: Ending, problem: Problem) -> tuple[Visit, date]:
    """Until death, with what is given against the illness until the day on which only what eases is decided,
    and that day."""
    told = told_of(life, ending.cause, problem)
    nights = (life.last - ending.since).days
    bled = ending.cause is Cause.STROKE
    found = f"Alvorlig syk. CT: {_BLED[:1].lower()}{_BLED[1:]}" if bled else "Alvorlig syk."
    story = Story(told.before, found, told.thought, told.plan)
    service = Service.CHILDRENS_WARD if life.age(life.last) < CHILD else Service.MEDICAL_WARD
    fought = fights(life, problem)
    stay = admit(
        life,
        service,
        ending.since,
        nights,
        problem,
        story,
        DYING[ending.cause],
        _tests(life, ending),
        dying=True,
        fought=fought or (nights > EASED and ending.cause in _ILL_AND_TREATED),
    )
    life.problem(problem, stay.day, visit=stay)
    if bled:
        stay.pictures(Modality.CT, "CT caput", _BLED, after=seen_first(story))
    if fought:
        stay.cultured("Dyrkning av blod", GROWS, after=0.3, days=2)
    decided = (stay.start + timedelta(hours=_each_day(life, stay, told))).date()
    if stay.recorded and life.age(stay.day) >= GROWN:
        begins_what_is_planned(life, stay, problem, told.plan, (decided - stay.day).days)
    stay.note(("Dødsfall", f"Død i dag med pårørende til stede. Dødsårsak: {problem.within}."), after=10_000)
    onwards = "Dødsmelding er sendt. Pårørende tilbys samtale."
    discharge(life, stay, problem, Farewell(told.course, onwards), died=True)
    return stay, decided


def _tests(life: Life, ending: Ending) -> dict[Measure, float]:
    tests = panel(
        life,
        ending.since,
        HAEMOGLOBIN,
        POTASSIUM,
        ill={
            CRP: life.chance.uniform(90, 380) if ending.cause in _INFECTED else life.chance.uniform(8, 80),
            LEUKOCYTES: life.chance.uniform(11, 25),
            CREATININE: life.body.creatinine_on(ending.since) * 1.6,
        },
    )
    if ending.cause is Cause.CANCER:
        tests[HAEMOGLOBIN] = min(tests[HAEMOGLOBIN] - 0.8, life.chance.uniform(10.6, 12.4))
    if ending.cause is Cause.HEART:
        tests[NT_PROBNP] = life.chance.uniform(9000, 30000)
    return tests


def _each_day(life: Life, stay: Visit, told: Told) -> float:
    """The doctor's notes: one a day, and the decision, which is made before only what eases is given. Returns
    how many hours after arrival it is made."""
    hours = (stay.end - stay.start).total_seconds() / 3600
    decided = stay.hours_to((life.last - stay.day).days - EASED, life.chance.uniform(12.6, 15))
    if decided < _TRIED:
        decided = min(hours * 0.7, max(hours * 0.4, hours - _NURSED))
    decided_on = (stay.start + timedelta(hours=decided)).date()
    for number in range(1, (stay.end.date() - stay.day).days + 1):
        seen = stay.hours_to(number, life.chance.uniform(8.6, 11.2))
        if seen < hours - 1 and decided_on != stay.day + timedelta(days=number):
            said = life.chance.other(told.still if seen < decided else told.eased)
            stay.note(("Visitt", said), after=seen)
    stay.note(("Visitt", told.decided), after=decided)
    return decided


_NURSED = 9
"""Hours before death at which nurses have what eases."""
_TRIED = 12
"""Hours into a stay before which it is not decided that treatment does not help, when there is time."""
