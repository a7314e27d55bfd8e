"""Certificates: for sports, journeys, work and the driving licence, which is asked for at 80 and every second
year (førerkortforskriften vedlegg 1).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.measures import HEIGHT
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import border, habits, lately
from fellesjournal.rollout.region.courses.dialogue import NOBODY_TRAVELS
from fellesjournal.rollout.region.courses.mood import DEPRESSION, STRAIN
from fellesjournal.rollout.region.courses.municipal.young import AUTISM, LEARNING, PALSY
from fellesjournal.rollout.region.courses.series import pressed
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.courses.substances import ALCOHOL, OPIOIDS
from fellesjournal.rollout.region.driving import DRIVES
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day, years_after
from fellesjournal.rollout.region.visit import Visit

PAPERS = Problem("Attest", "A97")


def asked_for(life: Life, day: date) -> None:
    """One, of the kinds that are asked for at that age."""
    visit = life.gp(life.days.apart(working_day(day)), PAPERS)
    age = life.age(day)
    kinds = [_TO_SPORT, "Attest om vaksiner og helse til utenlandsopphold."]
    if 20 <= age < 67:
        kinds = [
            "Helseattest for førerkort klasse C. Syn og hørsel innenfor kravene.",
            _TO_NAV,
            _TO_INSURER,
        ]
        if age < RACES and habits.moves(life, day):
            kinds.append(_TO_A_RACE)
    elif age >= 67:
        kinds = [_TO_TRAVEL, _OF_MEDICINES]
        ill = [one.icpc for one in life.known(day)]
        if age >= SHORT_OF_BREATH and any(one in _WALKS_LEAST for one in ill):
            kinds = [_TO_PARK] if any(one in _WALKS_ON for one in ill) else [_TO_BE_DRIVEN, _TO_PARK]
    if any(one.icpc == HEARS_BADLY for one in life.known(day)):
        kinds = [one for one in kinds if "hørsel" not in one]
    if NOBODY_TRAVELS[0] <= visit.day < NOBODY_TRAVELS[1]:
        kinds = [one for one in kinds if not any(word in one for word in _ABROAD)] or [_TO_INSURER]
    systolic = life.body.systolic(day) + life.chance.normal(0, 6)
    high = visit.say(*border.spoken_of(life, visit.day, systolic)) if visit.recorded else ""
    high = high or pressed(life, visit, systolic).strip()
    _certified(life, visit, life.chance.other(kinds), f" {high}" if high else "")
    if age < 67:
        visit.measure(HEIGHT, life.body.height(day))
        life.weighs(visit)
    visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(0, 4))


def _certified(life: Life, visit: Visit, kind: str, high: str) -> None:
    """Written when all illness is told: races are for the well, and of who is well NAV asks nothing."""

    def write() -> None:
        ill = [one.within for one in life.known(visit.day) if one.icpc not in _NOT_AT_WORK]
        ill += [one.within for one in (DEPRESSION, STRAIN) if life.episodes.lasts(one, visit.day, visit.day)]
        said, depends = kind, life.has(ALCOHOL, OPIOIDS)
        well = not (life.known(visit.day) or life.episodes.open(visit.day) or ill or depends)
        if kind == _TO_A_RACE and not well:
            said = _TO_NAV
        if kind == _TO_SPORT and not well:
            said = _EXAMINED
        if "førerkort klasse C" in said and (depends or not _is_at_work(life, visit.day)):
            said = _TO_NAV
        if said == _TO_NAV:
            said = f"{_TO_NAV} ved {ill[0]}." if ill else _TO_INSURER
        if said == _OF_MEDICINES and not life.medicines(visit.day):
            said = _TO_TRAVEL
        if life.decline.is_helped(visit.day, by_nurses=True):
            said = _OF_THE_HELPED.get(said, said)
        if "førerkort klasse C" in said and life.taking("A10", visit.day):
            said = f"{said} Diabetes med legemidler: ingen føling siste år, kontrolleres regelmessig."
        visit.note(("Attest", f"{said}{high}"))

    life.at_the_end(write)


SEES_TO_PAPERS = 12
"""Points of MMSE below which the licence runs out by itself."""


def _is_at_work(life: Life, day: date) -> bool:
    """Asked when all sick notes are written."""
    off = lately.at_hospital(life, day) or life.days.off_until(day)
    return lately.is_well_at_work(life, day) and not off


def drives_on(life: Life) -> None:
    """The certificate at 80, and every second year while they drive; told when it is known who is helped."""
    if life.has(LEARNING, AUTISM, PALSY):
        return
    if not life.chance.yes(0.55):
        life.decline.drove_until = life.birthday(80)
        return
    life.decline.drove_until = life.birthday(90)
    for age in range(80, 90, 2):
        if life.birthday(age) > life.ordinary_until:
            return
        if life.decline.mmse(life.birthday(age)) < SEES_TO_PAPERS:
            life.decline.drove_until = life.birthday(age)
            return
        visit = life.gp(life.days.apart(working_day(life.birthday(age))), PAPERS)
        if not visit.recorded:
            continue
        allowed = age < 84 or life.chance.yes(0.7)
        verdict = "Helsekravene er oppfylt, attest for to år."
        if life.decline.mmse(visit.day) < DRIVES:
            allowed, verdict = (
                False,
                "Hukommelsen svikter: helsekravene er ikke oppfylt, leverer førerkortet.",
            )
        elif _is_kept_from_driving(life, visit.day):
            allowed, verdict = False, "Etter hjerneslaget: helsekravene er ikke oppfylt."
        elif _is_led_out(life, visit.day):
            allowed, verdict = False, "Trenger hjelp til å gå ute: helsekravene er ikke oppfylt."
        elif not allowed:
            verdict = "Anbefales å slutte å kjøre, er enig."
        visit.note(("Førerkortattest", f"Syn, hørsel og oppmerksomhet vurdert. {verdict}"))
        if not allowed:
            life.decline.drove_until = visit.day
            return


def _is_led_out(life: Life, day: date) -> bool:
    """Whether somebody comes to help at home who found that the citizen does not go out alone."""
    return life.decline.is_helped(day) and not life.decline.goes_out(day)


def _is_kept_from_driving(life: Life, day: date) -> bool:
    """Whether a stroke of the last years is one that the clinic has not seen yet, or has left much."""
    since = life.first(STROKE)
    if since is None or not years_after(day, -2) < since <= day:
        return False
    return day - since < SEEN or life.decline.disabled_since == since


SEEN = timedelta(days=130)
"""After which the clinic has said who may drive again."""
_TO_NAV = "Legeerklæring til NAV om arbeidsevne"
_ABROAD = ("reise", "utland", "utenland")
"""In the words of papers for a journey."""
_TO_SPORT = "Legeattest til idrett. Frisk, normal undersøkelse."
_EXAMINED = "Legeattest til idrett. Normal undersøkelse, kan trene og konkurrere."
_TO_A_RACE = "Attest for start i turløp i utlandet. Frisk, normal undersøkelse."
_TO_TRAVEL, _OF_MEDICINES = "Attest til reiseforsikring.", "Attest om medisiner til utenlandsreise."
_OF_THE_HELPED = {
    _TO_TRAVEL: "Attest til søknad om ledsagerbevis.",
    _OF_MEDICINES: "Attest til søknad om hjelpestønad.",
}
"""What those need whom nurses come to, instead of papers to go abroad with."""
_TO_INSURER = "Attest til forsikringsselskap, etter samtykke."
_NOT_AT_WORK = (
    *("R97", "K95", "H86", "Y85", "X11", "K86", "T93", "S87", "S91", "N89", "T86", "T90", "T92", "L95"),
    *("L27", "K78", "K81", "U99", "B80", "B81", "D84", "S86", "S88", "W11", "W12", "W14", "K96", "S82"),
    *("S99", "D89"),
)
"""ICPC-2 codes of what keeps nobody from work."""
HEARS_BADLY = "H86"
RACES = 60
"""Until when one who is well is declared fit for it."""
SHORT_OF_BREATH, _WALKS_LEAST, _WALKS_ON = 80, ("L75", "R95"), ("L89", "L90")
"""From which age on, and with what, one is certified to walk less than two hundred metres, and with what one
is told to walk (joints.py)."""
_TO_BE_DRIVEN = "Attest for TT-kort: går under 200 meter uten pause."
_TO_PARK = "Attest for parkeringstillatelse for forflytningshemmede."
