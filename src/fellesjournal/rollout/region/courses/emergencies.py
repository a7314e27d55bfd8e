"""The legevakt: cuts, sprains, falls and acute illness, with triage.

How many: about 240 contacts for 1,000 citizens a year, half of them consultations (Nasjonalt
kompetansesenter for legevaktmedisin, yearly statistics): 2 in 100 red, 20 yellow, the rest green.
"""

from collections import Counter
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import CRP, TROPONIN_T
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.adult_vaccination import BOOSTER
from fellesjournal.rollout.region.courses.coronary import ANGINA, ATTACK, CORONARY
from fellesjournal.rollout.region.courses.emergency_cases import CASES, CHEST, HEAD, Case
from fellesjournal.rollout.region.courses.joints import HIP, KNEE
from fellesjournal.rollout.region.courses.known import at_legevakt
from fellesjournal.rollout.region.kin import the_parents
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.strips import read_off
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import measured, signs

AGAIN = timedelta(days=120)
"""Before which the same has not happened again, or it would be the same."""
SPOKEN_OF = 93
"""Per cent of oxygen below which the doctor says what it comes of."""
SUMMER = range(4, 11)
"""Months without ice and snow."""
ANKLE = "L73"
"""ICPC-2 code of one that is broken."""
APART = timedelta(days=65)
"""From what others are met about, to what that would deny."""
GROWN = 16
"""The age from which a head that was hit is an adult's."""
_CHILDS_HEAD = (
    "GCS 15, normale pupiller. Leker og svarer som vanlig, observert i to timer. Foreldrene har fått "
    "hodeskaderåd og vekker to ganger i natt."
)
_PLAYS = 10
"""Until which age it is told of play that the head is clear."""
_PICTURED = (
    "GCS 15, normale pupiller. CT på sykehuset uten blødning. Reiser hjem, hodeskaderåd, ikke alene i natt."
)
OLD, THINS = 65, "B01A"
"""From which age on, and with which medicines, a head that was hit is pictured, as is that of a grown one who
was gone for a while (Scandinavian guidelines for head injuries in adults, 2013)."""
PICTURES, HOUR = 60, 60
"""Minutes for an X-ray and its description, and in an hour."""
WATCHED = (("i to timer", 2.1), ("en time", 1.1), ("Smertefri etter", 0.8), ("Ortostatisk", 0.3))
"""What a note says was waited for, and the hours after which it is written."""
TWICE = 1.6
"""Hours between two tests of troponin."""
_KNOWN_HEART = (
    "Kjent koronarsykdom. EKG som før, troponin uten stigning ved to målinger. Smerten kan trykkes fram og "
    "ligner ikke den kjente. Time hos fastlege ved nye smerter."
)


def _against_tetanus(life: Life, visit: Visit) -> str:
    """What is said of the vaccine, and given where an adult has none on the list; every ten years (FHI)."""
    doses = [day for day, against in life.chart.vaccinated if "stivkrampe" in against]
    if any(visit.day - VALID <= one <= visit.day for one in doses):
        return " Stivkrampevaksine i orden."
    if doses or life.age(visit.day) < GROWN_UP:
        return ""
    visit.vaccine(BOOSTER, None)
    return " Stivkrampevaksine gitt, over ti år siden sist."


WOUNDS, GROWN_UP = ("S13", "S18"), 25
"""ICPC-2 codes of bites and cuts, and from which age on the vaccines of childhood are too old."""
VALID = timedelta(days=3652)
_HOURS = ((9, 1), (13, 2), (16, 3), (18, 4), (20, 4), (22, 2), (1, 1))
"""When people come, and how common it is."""
_IN_SPORTS = "fotball"
AIRWAYS, DAYS_ILL = ("R74", "R72", "R76", "R78", "R80", "R81"), timedelta(days=9)
"""ICPC-2 codes of infections of the airways, and for how long one has them."""
ON_THE_MOVE, ON_CRUTCHES = ("L72", "L73", "L77"), timedelta(days=100)
"""ICPC-2 codes of wrists and ankles that are broken or sprained on the way, and for how long before and after
an operation of bones nobody goes so, nor is one operated on who has a boot."""


def happen(life: Life) -> None:
    """Now and then from three years on."""
    rate = 0.22 if life.birthday(75) > life.era.since else 0.3
    seen: dict[Case, date] = {}
    times: Counter[Case] = Counter()
    for day in life.now_and_then(rate, life.birthday(3), life.ordinary_until):
        fits = [(one, one.weight) for one in CASES if one.youngest <= life.age(day) <= one.oldest]
        fits = [(one, weight) for one, weight in fits if day - seen.get(one, date.min) > AGAIN]
        fits = [(one, weight) for one, weight in fits if _can_be(life, day, one)]
        if fits:
            case = life.chance.weighted(fits)
            seen[case] = day
            told = (case.told, *case.others)
            if case.others and _IN_SPORTS in case.told and _rests(life, day):
                told = case.others
            again = times[case] and len(told) > 1
            summer = "" if again else case.summer
            _seen(life, day, case._replace(told=told[times[case] % len(told)], summer=summer))
            times[case] += 1


def _rests(life: Life, day: date) -> bool:
    """Whether nobody is at sports: who is hindered, with child, or has just given birth."""
    return lately.is_hindered(life, day) or lately.expecting(life, day)


def _can_be(life: Life, day: date, case: Case) -> bool:
    """Whether others speak of nothing that denies it: no fever while cures against cancer are given, no pain
    in the chest in the weeks of an infarction, no boot on the leg whose hip or knee is walked on, nobody who
    falls off a bicycle with child, no foot or wrist while another bone is in plaster or about when bones
    are operated on."""
    if case.ill and case.ill.temperature and _is_cured(life, day):
        return False
    if case.crp and _is_ill_already(life, day):
        return False
    denied = {CHEST: (ATTACK,), ANKLE: (HIP.problem, KNEE.problem)}.get(case.problem.icpc, ())
    if any(life.episodes.near(one, day, APART) for one in denied):
        return False
    if case.problem.icpc not in ON_THE_MOVE:
        return True
    wards = (stay for stay, _ in life.stays if stay.unit.service is Service.ORTHOPAEDIC_WARD)
    operated = any(abs(day - stay.day) < ON_CRUTCHES for stay in wards)
    rides = not case.others and case.summer != ""
    return not life.body.is_mending(day) and not operated and not (rides and _rests(life, day))


def _is_ill_already(life: Life, day: date) -> bool:
    """Whether a stay has just been, or a cold, a throat or an influenza was seen in the days around it: what
    the blood shows does not come and go in a day."""
    met = life.meetings.between(day - DAYS_ILL, day + DAYS_ILL)
    return lately.at_hospital(life, day) or any(about.icpc in AIRWAYS for one in met for about in one.about)


def _is_cured(life: Life, day: date) -> bool:
    return any(since <= day <= until for since, until in life.body.cured)


def _is_a_childs_head(life: Life, day: date, case: Case) -> bool:
    return case.problem.icpc == HEAD and life.age(day) < GROWN


def _of_a_childs_head(life: Life, day: date) -> str:
    said = _CHILDS_HEAD.replace("Foreldrene", the_parents(life.person, day))
    return said if life.age(day) < _PLAYS else said.replace("Leker og svarer", "Våken, husker og svarer")


def _is_pictured(life: Life, day: date, case: Case) -> bool:
    if case.problem.icpc != HEAD:
        return False
    gone = life.age(day) >= GROWN and any(words in case.told for words in ("bevisstløs", "husker ikke"))
    return gone or life.age(day) >= OLD or life.taking(THINS, day) is not None


def _waits(life: Life, day: date, case: Case) -> int:
    """Minutes at legevakt for what has to be waited for: an answer, pictures, being watched."""
    if case.picture or _is_pictured(life, day, case):
        return PICTURES
    if _is_a_childs_head(life, day, case):
        return 2 * HOUR
    return HOUR if "observert en time" in case.done else 0


def _seen(life: Life, day: date, case: Case) -> None:
    first, last = case.hours
    hour = life.chance.weighted([one for one in _HOURS if first <= one[0] <= last])
    chest = case.problem.icpc == CHEST
    minutes = life.chance.between(150, 200) if chest else life.chance.between(30, 150)
    minutes += _waits(life, day, case)
    visit = life.meet(
        Service.LEGEVAKT, "lege", day, case.problem, way=Way.EMERGENCY, hour=hour, minutes=minutes
    )
    done = _of_a_childs_head(life, visit.day) if _is_a_childs_head(life, visit.day, case) else case.done
    done = at_legevakt(life, visit.day, done)
    if _is_pictured(life, visit.day, case):
        done = _PICTURED
        visit.pictures(Modality.CT, "CT caput", "Ingen blødning eller brudd.", after=0.5)
    known = life.had(CORONARY, visit.day) or life.had(ANGINA, visit.day)
    if chest:
        done = _KNOWN_HEART if known else done
        level = life.chance.uniform(11, 17) if known else life.chance.uniform(4, 9)
        for after in (0.4, 0.4 + TWICE):
            visit.tests({TROPONIN_T: level}, after=after)
    if case.problem.icpc in WOUNDS:
        done += _against_tetanus(life, visit)
    if _is_cured(life, visit.day):
        done += " Får cellegift for tiden, ringer kreftpoliklinikken ved feber."
    if case.ill:
        nurse = life.services.worker(Service.LEGEVAKT, "sykepleier", visit.day.toordinal())
        found = signs(life, day, case.ill)
        measured(life, visit.by(nurse), found)
        if "Ortostatisk" in done:
            visit.by(nurse).standing(found.systolic - 4, found.diastolic + 1, after=0.2)
        if found.saturation < SPOKEN_OF:
            done += f" SpO2 {found.saturation} %, som ellers med lungene."
    if case.crp:
        visit.tests({CRP: max(1, life.chance.normal(case.crp, case.crp / 3))}, after=0.3)
    if case.picture:
        visit.pictures(Modality.XRAY, *case.picture, after=0.5)
    visit.note(
        ("Hastegrad", f"{case.urgency}."),
        ("Aktuelt", case.summer if case.summer and visit.day.month in SUMMER else case.told),
        ("Funn og tiltak", read_off(visit, done)),
        after=next((hours for words, hours in WATCHED if words in done), 0),
    )
    life.episode(case.problem, visit, case.days)
    if case.control:
        check = life.gp(visit.day + timedelta(days=max(10, case.days - 5)), case.problem)
        check.note(("Kontroll", case.control))
        if case.wears:
            life.body.mends.append((visit.day, check.day, f"{case.wears} fra {visit.day:%d.%m.%Y}."))
