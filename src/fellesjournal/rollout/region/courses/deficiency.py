"""Too little iron or vitamin B12: found in blood tests, treated, controlled.

How many: iron deficiency in about one of ten menstruating women; B12 deficiency in 3 to 5 of 100 old people
(Norsk Helseinformatikk, HUNT), injections every third month.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import B12, CRP, FERRITIN, HAEMOGLOBIN
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

IRON = Problem("Jernmangelanemi", "B80", "D509")
VITAMIN = Problem("Anemi ved vitamin B12-mangel", "B81", "D519")
FERROUS = Medicine("B03AA07", "Jernsulfat 100 mg depottablett", "1 tablett hver morgen")
INJECTION = Medicine("B03BA03", "Hydroksokobalamin 1 mg/mL injeksjon", "1 mg i muskel hver tredje måned")

LITTLE_IRON: Risk = ((15, 6), (50, 1), (70, 2.5))
LITTLE_B12: Risk = ((50, 0.5), (65, 1.6), (75, 3))


def lacks(life: Life) -> None:
    """Iron for a while; B12 for good."""
    day = life.onset(LITTLE_IRON, 1.2 if life.person.is_woman else 0.2)
    if day and life.records(day):
        _iron(life, day)
    day = life.onset(LITTLE_B12)
    if day:
        _vitamin(life, day)


def _iron(life: Life, day: date) -> None:
    visit = life.gp(day, IRON)
    low = life.chance.uniform(9.4, 11.3)
    life.body.less_blood.append(
        Shift(life.body.haemoglobin - low, visit.day - timedelta(days=150), 140, visit.day, 95)
    )
    tests = panel(life, day, CRP, ill={HAEMOGLOBIN: low, FERRITIN: life.chance.uniform(4, 12)})
    gone_through(life, visit, tests)
    older = life.age(day) > 50
    plan = "Jern i tre måneder. " + ("Prøve på blod i avføringen." if older else "Kontroll med prøver.")
    life.at_the_end(lambda: visit.note(("Aktuelt", _weary(life, day)), ("Plan", plan)))
    if older:
        life.at_the_end(lambda: _handed_in(life, visit))
    life.problem(IRON, day, day + timedelta(days=130), visit)
    life.uses(FERROUS, day, IRON)
    life.stop(FERROUS, day + timedelta(days=130), "Jernlagrene er fylt")
    after = life.gp(day + timedelta(days=100), IRON)
    filled = {HAEMOGLOBIN: life.body.haemoglobin - 0.3, FERRITIN: life.chance.uniform(35, 80)}
    gone_through(life, after, filled)
    none = "Ikke blod i avføringen. " if older else ""
    after.note(("Vurdering", f"Mye bedre, blodprosent normal. {none}Avslutter jern om en måned."))


def _handed_in(life: Life, visit: Visit) -> None:
    """A week later, or when a stay that is known by then is over: it is taken at home."""
    day = working_day(life.days.outside(visit.day + timedelta(days=7)))
    visit.stool(blood=False, days=(day - visit.day).days)


def _weary(life: Life, day: date) -> str:
    """What is told of, when it is known what is used: hormones make little of the menses, a womb with
    fibroids is taken out, and who has an illness gives no blood."""
    if life.age(day) > 50:
        return "Sliten og kortpustet i trapper."
    if life.person.is_woman:
        bleeds_little = life.taking("G03A", day) or life.taking("G02B", day)
        operated = any(about.icpc == "X78" for stay, why in life.stays for about in why if stay.day < day)
        lost = any(first <= day <= over for first, over, _ in life.lost)
        if bleeds_little or operated or lost or lately.expecting(life, day):
            return _EATS_LITTLE
        return "Sliten og svimmel, rikelige menstruasjoner."
    ill = life.known(day) or life.episodes.hides(day) or life.age(day) < GIVES_BLOOD
    return _EATS_LITTLE if ill else "Sliten, gir blod flere ganger i året."


GIVES_BLOOD = 18
"""Years (Helsedirektoratet, transfusjonstjenesten)."""
_EATS_LITTLE = "Sliten og svimmel, spiser lite kjøtt og grønt."


def _vitamin(life: Life, day: date) -> None:
    visit = life.gp(day, VITAMIN)
    low = life.chance.uniform(9.8, 11.5)
    life.body.less_blood.append(
        Shift(life.body.haemoglobin - low, visit.day - timedelta(days=200), 190, visit.day, 90)
    )
    gone_through(life, visit, {HAEMOGLOBIN: low, B12: life.chance.uniform(70, 140)})
    visit.note(
        ("Aktuelt", "Slapp, nummen i føttene. Lav B12."),
        ("Plan", "Første injeksjon er satt. Fire til de neste tre ukene, så hver tredje måned."),
    )
    life.problem(VITAMIN, day, visit=visit)
    life.uses(INJECTION, day, VITAMIN)
    for place in range(1, OFTEN):
        _injected(life, visit.day + timedelta(days=4 * place + life.chance.between(-1, 1)), _GIVEN_OFTEN)
    for number, seen in enumerate(life.every(3, visit.day + timedelta(days=4 * OFTEN), misses=0)):
        met = _injected(life, seen, _GIVEN)
        if number % 4 == 0:
            met.tests(panel(life, seen, HAEMOGLOBIN, B12))


def _injected(life: Life, day: date, told: Sequence[tuple[str, str]]) -> Visit:
    """Once, by the secretary of the GP's office; in a nursing home by its nurses, without a visit."""
    met = life.meet(Service.GP, "helsesekretaer", day, VITAMIN, minutes=10)
    met.note(("Injeksjon", met.say(*life.chance.other(told))))
    return met


OFTEN = 5
"""Injections in the first three weeks (SPC hydroxocobalamin: to begin with one or two a week), of which the
first is given at the visit at which it is found."""
_GIVEN_OFTEN = (
    ("Gitt i venstre overarm, ingen ubehag.", "Gitt i venstre overarm, ikkje ubehag."),
    ("Gitt i høyre overarm. Litt øm etter forrige.", "Gitt i høgre overarm. Litt øm etter førre."),
)
_GIVEN = (
    ("Gitt i venstre overarm, ingen ubehag.", "Gitt i venstre overarm, ikkje ubehag."),
    ("Gitt i høyre overarm. Ny time om tre måneder.", "Gitt i høgre overarm. Ny time om tre månader."),
)
