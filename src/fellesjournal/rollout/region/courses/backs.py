"""Back, neck and shoulder: the most usual reasons to see a GP, and to be on sick leave.

How many: muscles and joints are one in six of GP contacts (KUHR by ICPC-2 chapter, Helsedirektoratet); advice
as in the national guideline on low back pain: keep moving, pictures rarely.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology, refer
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.formulary import NAPROXEN
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

BACK = Problem("Korsryggsmerter", "L03", "M545")
SCIATICA = Problem("Isjias", "L86", "M511")
NECK = Problem("Nakkesmerter", "L83", "M542")
SHOULDER = Problem("Skuldersmerter", "L92", "M754")
ELBOW = Problem("Tennisalbue", "L93", "M771")

KINDS = ((BACK, 42), (NECK, 20), (SHOULDER, 20), (SCIATICA, 8), (ELBOW, 10))

TOLD: dict[Problem, tuple[tuple[str, str], ...]] = {
    BACK: (
        (
            "Vondt i korsryggen etter løft for tre dager siden, uten utstråling.",
            "Vondt i korsryggen etter løft for tre dagar sidan, utan utstråling.",
        ),
        (
            "Låsning i ryggen siden i går morges. Ingen nevrologiske utfall.",
            "Låsing i ryggen sidan i går morgon. Ingen nevrologiske utfall.",
        ),
        ("Stiv og vond i korsryggen etter mye sitting.", "Stiv og vond i korsryggen etter mykje sitjing."),
    ),
    SCIATICA: (
        (
            "Smerter fra setet og ned i venstre legg, verre ved hosting. Lasègue positiv ved 45 grader.",
            "Smerter frå setet og ned i venstre legg, verre ved hosting. Lasègue positiv ved 45 grader.",
        ),
        (
            "Utstråling til høyre fot i to uker, nummen på utsiden av foten. Normal kraft.",
            "Utstråling til høgre fot i to veker, nummen på utsiden av foten. Normal kraft.",
        ),
    ),
    NECK: (
        ("Stiv nakke med hodepine mot slutten av dagen.", "Stiv nakke med hovudverk mot slutten av dagen."),
        (
            "Vond nakke etter uvant arbeid over hodet. Fri bevegelse, øm muskulatur.",
            "Vond nakke etter uvant arbeid over hovudet. Fri rørsle, øm muskulatur.",
        ),
    ),
    SHOULDER: (
        (
            "Vondt å løfte armen over skulderhøyde. Smertebue positiv.",
            "Vondt å lyfte armen over skulderhøgde. Smerteboge positiv.",
        ),
        (
            "Vond skulder om natten i to måneder. Nedsatt utoverrotasjon.",
            "Vond skulder om natta i to månader. Nedsett utoverrotasjon.",
        ),
    ),
    ELBOW: (
        (
            "Vondt på utsiden av albuen ved grep, etter snekring hele helgen.",
            "Vondt på utsida av olbogen ved grep, etter snikring heile helga.",
        ),
    ),
}


CARPENTER, FREEZES = 70, 40
"""Ages: from which nobody hammers for a weekend or lifts, and from which a shoulder may freeze."""
HEAVY = ("etter løft", "arbeid over", "snekring", "snikring")
"""Words of what only the able do, in both tongues."""
LAME = ("K90", "N86", "N99")
"""ICPC-2 codes of diseases of the brain after which one is not found without a weakness."""
TELLS = 15
"""Points of MMSE below which one does not tell the doctor since when it aches."""


def ache(life: Life) -> None:
    """Now and then from youth on."""
    until: dict[Problem, date] = {}
    for day in life.now_and_then(0.28, life.birthday(17), life.ordinary_until):
        problem = life.chance.weighted(KINDS)
        if life.decline.mmse(day) < TELLS or life.body.is_mending(day):
            continue
        if day > until.get(problem, life.person.born) and not _is_carpentry(life, problem, day):
            for one in SPINE if problem in SPINE else (problem,):
                until[one] = day + timedelta(days=125)
            _aches(life, day, problem)


SPINE = (BACK, SCIATICA)
"""Pains of which the second is a part of the first."""
TREATED = timedelta(days=15)
"""Within which one who is treated for it is seen again."""
ANSWERED = timedelta(days=40)
"""After which pictures of the back have been told of."""


def _is_carpentry(life: Life, problem: Problem, day: date) -> bool:
    """Whether it comes of what the old, and women about a birth, do not do."""
    return problem is ELBOW and not _does_heavy_work(life, day)


def _does_heavy_work(life: Life, day: date) -> bool:
    able = lately.works(life, day) or not lately.is_hindered(life, day)
    fit = not lately.expecting(life, day) and not lately.at_hospital(life, day)
    return able and fit and life.age(day) < CARPENTER


def _told(life: Life, problem: Problem, day: date) -> list[tuple[str, str]]:
    heavy = [] if _does_heavy_work(life, day) else [*HEAVY]
    heavy += ["utoverrotasjon"] if life.age(day) < FREEZES else []
    lame = any(one.icpc in LAME for one in life.known(day))
    heavy += ["nevrologiske utfall", "Normal kraft"] if lame else []
    return [one for one in TOLD[problem] if not any(word in one[0] for word in heavy)] or [_SLOWLY]


_SLOWLY = ("Vondt de siste ukene, kom gradvis.", "Vondt dei siste vekene, kom gradvis.")
"""What is told where nothing else fits."""


def _aches(life: Life, day: date, problem: Problem) -> None:
    visit = life.gp(life.days.apart(working_day(day)), problem)
    leave = life.chance.pick(_LEAVES) if lately.works(life, day) else ""
    leave = lately.signed_off(life, visit.day, leave)
    moves = life.decline.lives_in(visit.day + ANSWERED)
    pictured = problem is SCIATICA and life.chance.yes(0.4) and not moves
    plan = (
        f"Holde seg i gang, forklaring. {'Henvist til MR av korsryggen. ' if pictured else ''}{leave}".strip()
    )
    told = visit.say(*life.chance.other(_told(life, problem, visit.day)))
    if leave or any(words in told for words in HEAVY):
        lately.is_told_of_work(life, visit.day)
    carries = any(first <= visit.day < born for first, born in life.pregnancies)
    told = f"{told} Er gravid." if carries else told
    life.at_the_end(lambda: visit.note(("Aktuelt", _said(life, visit.day, told)), ("Plan", plan)))
    again, trains, eased = life.chance.yes(0.45), life.chance.yes(0.3), False
    last = visit.day + timedelta(days=life.chance.between(14, 60))
    off = life.days.off_until(visit.day) if "Sykmeldt" in plan else None
    least = off or visit.day
    last = max(last, least)
    if again:
        seen = visit.day + timedelta(days=life.chance.between(10, 24))
        seen = off - timedelta(days=life.chance.between(1, 2)) if off else seen
        over, eased = _seen_again(life, seen, problem, off=leave if off else "", trains=trains)
        last, least = max(last, over), max(least, over)
    if (
        life.tolerates(NAPROXEN)
        and 18 <= life.age(day) < 75
        and life.taking("B01A", day) is None
        and not lately.at_hospital(life, day)
        and life.chance.yes(0.35)
    ):
        life.cure(NAPROXEN, visit, 14)
    if trains:
        seen, times = visit.day, life.chance.between(2, 5)
        for number in range(times):
            seen = next(life.every(0.4, seen, misses=0), life.last)
            if seen >= life.last:
                break
            stage = 0 if number == 0 else _BACK_TO_USUAL if number == times - 1 else 1
            treated = _treated(life, seen, problem, stage)
            last = least if stage == _BACK_TO_USUAL else last
            seen, last = max(seen, treated), max(last, treated + timedelta(days=1))
    if pictured:
        last = max(last, _pictured(life, visit, problem, eased=eased))
    life.episode(problem, visit, (last - visit.day).days)


def _said(life: Life, day: date, told: str) -> str:
    """What is told, when every stay is known: nobody comes from a ward to heavy work."""
    for heavy, instead in _NOT_BY_WORK if lately.at_hospital(life, day) else ():
        told = told.replace(heavy, instead)
    return told


_NOT_BY_WORK = (
    (" etter løft for tre dager siden", " de siste tre dagene"),
    (" etter løft for tre dagar sidan", " dei siste tre dagane"),
    (" etter uvant arbeid over hodet", " de siste dagene"),
    (" etter uvant arbeid over hovudet", " dei siste dagane"),
    (", etter snekring hele helgen", " de siste dagene"),
    (", etter snikring heile helga", " dei siste dagane"),
)
"""What has brought an ache about, in both tongues, and what is said where it has not."""


def _pictured(life: Life, visit: Visit, problem: Problem, *, eased: bool) -> date:
    """The picture of the back, what is said of it, and for some, who are not `eased`, the clinic; until when
    that lasts."""
    pictures = radiology(
        life, visit, problem, Modality.MRI, "MR korsrygg", "Prolaps L5/S1 med affeksjon av S1-roten."
    )
    last = pictures.day + timedelta(days=14)
    answered = pictures.day + timedelta(days=5)
    if life.episodes.near(problem, answered, timedelta(days=4)):
        answered += timedelta(days=6)
    told = life.gp(answered, problem, way=Way.PHONE, minutes=10)
    if eased or not life.chance.yes(0.3):
        told.note(
            (
                "Telefon",
                "MR viser prolaps. Mindre vondt nå, merker ikke svakhet i foten. Øvelser, henvises ikke.",
            )
        )
    else:
        told.note(("Telefon", "MR viser prolaps, fortsatt vondt ned i foten. Henvist til vurdering."))
        _, seen = refer(
            life, told, Service.CLINIC, problem, "Prolaps med vedvarende utstråling. Vurdering.", 8
        )
        met = life.meet(Service.CLINIC, "lege", seen, problem)
        met.note(
            ("Vurdering", "Bedring siste uker, ingen pareser. Ikke operasjon. Trening videre."),
            kind=Kind.CLINIC_NOTE,
        )
        last = max(last, met.day)
    return last


def _seen_again(life: Life, day: date, problem: Problem, *, off: str, trains: bool) -> tuple[date, bool]:
    """When it is over at the earliest: some days after the visit, and not while one is signed off for it; and
    whether one is nearly well."""
    visit = life.gp(day, problem)
    unfit = (_SITTING if problem in (ELBOW, SHOULDER) else None, _WELL if trains else None)
    told = life.chance.other([one for one in _AGAIN if one not in unfit])
    leave, until = lately.prolonged(life, visit.day, off) if off and told is not _WELL else ("", visit.day)
    visit.note(("Kontroll", f"{visit.say(*told)} {leave}".strip()))
    return max(until, visit.day + timedelta(days=3)), told is _WELL


def _treated(life: Life, day: date, problem: Problem, stage: int) -> date:
    """The day of the treatment."""
    visit = life.meet(Service.PHYSIOTHERAPY, "fysioterapeut", day, problem)
    told = life.chance.other(_TRAINED[stage])
    if told is _ACTIVE:
        life.at_the_end(lambda: visit.note(("Fysioterapi", _ended(life, visit.day, problem))))
    else:
        visit.note(("Fysioterapi", told))
    return visit.day


def _ended(life: Life, day: date, problem: Problem) -> str:
    """How it ended, when the whole life is told: who has another pain is not as active as before."""
    told = life.episodes
    others = (one for one in TOLD if one is not problem)
    aches = any(told.lasts(one, day, day) or told.near(one, day, TREATED) for one in others)
    return _BETTER if aches else _ACTIVE


_LEAVES = ("Sykmeldt 100 % i én uke.", "Sykmeldt 50 % i to uker.", "Ønsker ikke sykmelding.")
_WELL = ("Klart bedre, nesten som før.", "Klart betre, nesten som før.")
_SITTING = ("Svingende, verst etter lang stilling. Holder seg i gang.", "Varierer, verst etter lang sitjing.")
_AGAIN = (
    (
        "Mindre vondt, fortsatt stiv om morgenen. Øvelser.",
        "Mindre vondt, stiv om morgonen. Øvingar.",
    ),
    _WELL,
    _SITTING,
)
_BETTER = "Klart bedre, fortsetter øvelsene selv. Avsluttes."
_ACTIVE = "Tilbake i vanlig aktivitet. Øvelser videre på egen hånd, avsluttes."
_BACK_TO_USUAL = 2
"""The last stage of the training, after which it is over: a ward would not say that one has it."""
_TRAINED = (
    (
        "Undersøkt. Øvelser for hjemmebruk, to ganger daglig.",
        "Kartlagt belastning. Startet med rolig trening.",
    ),
    (
        "Mindre vondt, øker motstand.",
        "Jevn framgang. Gjør øvelsene de fleste dager.",
        "Uendret, endret øvelsene.",
    ),
    (_BETTER, _ACTIVE),
)
