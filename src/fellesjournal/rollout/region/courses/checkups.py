"""Check-ups that people ask for, with or without tests: what is found, and how one lives."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.blood import is_outside, panel
from fellesjournal.rollout.region.body import SCALES
from fellesjournal.rollout.region.chart.measures import (
    ALT,
    CREATININE,
    CRP,
    EGFR,
    FERRITIN,
    HAEMOGLOBIN,
    HBA1C,
    LDL,
    POTASSIUM,
    TSH,
    VITAMIN_D,
    WEIGHT,
    Measure,
    usual,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import border, habits, lately
from fellesjournal.rollout.region.courses.diabetes import DIABETES
from fellesjournal.rollout.region.courses.kidney import KIDNEYS
from fellesjournal.rollout.region.courses.onsets import has_begun
from fellesjournal.rollout.region.courses.series import CHANGED, is_changed
from fellesjournal.rollout.region.courses.substances import ALCOHOL
from fellesjournal.rollout.region.courses.thyroid import HYPOTHYROIDISM
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.samples import EARLIEST, gone_through
from fellesjournal.rollout.region.visit import Visit

CHECK = Problem("Helsekontroll", "A98")
A_YEAR = (timedelta(days=300), timedelta(days=430))
"""Between those that are called yearly."""


def check(life: Life, day: date, last: date) -> date:
    """A check-up on about the day, none where an illness that lasts is controlled about then. `last` is when
    the one before was; returns when the last has been now."""
    met = life.days.outside(life.days.apart(working_day(day)))
    if lately.at_hospital(life, met) or life.days.near_control(met):
        return last
    visit, body = life.gp(met, CHECK), life.body
    slip = life.chance.normal(0, SCALES) if life.chance.yes(0.4) else None
    systolic = body.systolic(day) + life.chance.normal(0, 6)
    visit.pressure(systolic, body.diastolic(day) + life.chance.normal(0, 4))
    wanted = [HAEMOGLOBIN, CREATININE, life.chance.pick((CRP, POTASSIUM, ALT, TSH, FERRITIN, VITAMIN_D))]
    if life.taking("C10", day) is None and life.chance.yes(0.5):
        wanted.append(LDL)
    if not life.had(DIABETES, day) and life.chance.yes(0.5):
        wanted.append(HBA1C)
    skips = _abnormal(life, day)
    tested = life.chance.yes(0.5) and life.records(visit.day - timedelta(days=EARLIEST))
    values = panel(life, day, *(one for one in wanted if one not in skips)) if tested else {}
    texts: Sequence[tuple[str, str]] = _ILL if tested else _REVIEWED
    if not life.known(day):
        texts = _well(life, day, _CHECKED if tested else _WELL)
    elif tested and not any(one < visit.day for one in life.chart.tested):
        texts = _FIRST_TIME
    elif not life.medicines(day):
        texts = texts[1:]
    title = "Blodprøvekontroll" if tested else "Kontroll"
    said = _HIGH if systolic >= HIGH and not tested else life.chance.other(texts)
    said = _outside(life, visit.day, values) or said
    if said == _ANSWERED_LATER:
        visit.tests(values)
    elif tested:
        gone_through(life, visit, values)
    high = border.spoken_of(life, visit.day, systolic) if visit.recorded else ("", "")
    if high[0] and not tested:
        said, high = high, ("", "")
    lives = visit.say(*(_SMOKES if body.smokes else life.chance.other(_habits(life, day))))
    if _has_news(life, last, visit.day):
        said = _WITH_NEWS.get(said, said)
    said = said if A_YEAR[0] < visit.day - last < A_YEAR[1] else (_not_yearly(said[0]), _not_yearly(said[1]))
    _reviewed(life, visit, (title, said), visit.say(*high), lives, slip)
    return visit.day if visit.recorded else last


def _has_news(life: Life, last: date, day: date) -> bool:
    """Whether an illness that lasts, or a medicine, began since the check-up before, or in the last year."""
    last = max(last, day - A_YEAR[1])
    since = [life.first(one) for one in life.lasting] + [one.since for one in life.treatments]
    return any(one and last < one < day for one in since)


def _not_yearly(text: str) -> str:
    return text.replace("Årlig gjen", "Gjen").replace("Årleg gjen", "Gjen").replace("Årl", "Vanl", 1)


def _is_off(measure: Measure, value: float, grown: Sex | None) -> bool:
    """Whether a value is outside what is usual and is not told of elsewhere."""
    return measure not in (EGFR, CRP) and is_outside(measure, value, grown)


def _outside(life: Life, day: date, values: Mapping[Measure, float]) -> tuple[str, str] | None:
    """What is said of values outside the usual, which are taken again; kidneys that are known to fail are
    followed as they are."""
    grown = life.chart.grown(day)
    off = [one for one, value in values.items() if _is_off(one, value, grown)]
    known = CREATININE in off and life.had(KIDNEYS, day)
    new = [one for one in off if not (known and one is CREATININE)]
    if not new:
        return _AS_KNOWN if known else None
    _taken_again(life, day, new, values)
    named = " og ".join((new[0].text, *(_within(one.text) for one in new[1:])))
    bokmaal, nynorsk = (one.format(named) for one in _OFF)
    return (f"{_FAILING[0]} {bokmaal}", f"{_FAILING[1]} {nynorsk}") if known else (bokmaal, nynorsk)


def _within(name: str) -> str:
    """As it is written inside a sentence: abbreviations as they are."""
    return f"{name[:1].lower()}{name[1:]}" if name.split(maxsplit=1)[0][1:].islower() else name


def _taken_again(life: Life, day: date, measures: Sequence[Measure], before: Mapping[Measure, float]) -> None:
    again = life.gp(life.days.apart(working_day(day + timedelta(days=life.chance.between(80, 120)))))
    values, grown = panel(life, again.day, *measures), life.chart.grown(again.day)
    gone_through(life, again, values)
    said = (again.say(*_compared(one, before[one], values[one], grown)) for one in measures)
    told = " ".join(f"{one.text} {found}" for one, found in zip(measures, said, strict=True))
    again.note(("Ny prøve", told))


def _compared(measure: Measure, before: float, now: float, grown: Sex | None) -> tuple[str, str]:
    """What is said of a value that was outside the usual, when it is taken again."""
    if not _is_off(measure, now, grown):
        return _USUAL_NOW
    if measure is VITAMIN_D:
        return _SUPPLEMENT
    low, _ = usual(measure, grown)
    further = now < before if low and before < low else now > before
    if abs(now - before) < SAME * before:
        return _AS_LAST
    return _FURTHER if further else _NEARER


SAME = 0.12
"""The share by which a value differs when it is said to be about the same."""
_USUAL_NOW = (
    "er tatt igjen og er nå innenfor det vanlige. Ingen tiltak.",
    "er teken på nytt og er no innanfor det vanlege. Ingen tiltak.",
)
_SUPPLEMENT = (
    "er tatt igjen og er fortsatt lav. Tar tran eller tilskudd gjennom vinteren.",
    "er teken på nytt og er framleis låg. Tek tran eller tilskot gjennom vinteren.",
)
_AS_LAST = (
    "er tatt igjen, omtrent som sist. Ingen tiltak nå.",
    "er teken på nytt, om lag som sist. Ingen tiltak no.",
)
_NEARER = (
    "er tatt igjen og er nærmere det vanlige enn sist. Ingen tiltak nå.",
    "er teken på nytt og er nærare det vanlege enn sist. Ingen tiltak no.",
)
_FURTHER = (
    "er tatt igjen, litt lenger fra det vanlige enn sist. Ingen plager, ingen tiltak nå.",
    "er teken på nytt, litt lenger frå det vanlege enn sist. Ingen plager, ingen tiltak no.",
)


def _reviewed(
    life: Life,
    visit: Visit,
    found: tuple[str, tuple[str, str]],
    high: str,
    lives: str,
    slip: float | None,
) -> None:
    """Written when the medicines are settled: nothing is unchanged on the day that one is changed, and nobody
    well in the middle of something. `slip` is what the scales add; None: nobody stood on them."""

    def write() -> None:
        title, said = found
        unchanged = any(word in said[0] for word in ("ingen endringer", "Uendret", "Stabil"))
        said = CHANGED if unchanged and is_changed(life, visit.day) else said
        told = visit.say(*said)
        if life.episodes.open(visit.day) or _is_hurt(life, visit.day):
            told = _IS_WELL.sub("Ingen nye plager.", told)
        if has_begun(life, visit.day):
            told = _HAS_NOTHING.sub(visit.say(*_SAYS_NOTHING), told)
        indoors = "går tur" in lives and lately.stays_in(life, visit.day)
        lived = visit.say(*_HABITS[-1]) if indoors else lives
        sections = [(title, f"{told} {high}".strip()), ("Levevaner", lived)]
        if slip is not None:
            weight = round(life.body.weight(visit.day) + slip, 1)
            visit.measure(WEIGHT, weight)
            mass = weight / (round(life.body.height(visit.day)) / 100) ** 2
            if mass >= STOUT:
                sections.append(("Vekt", f"KMI {round(mass)}. {visit.say(*_STOUT)}"))
        visit.note(*sections)

    life.at_the_end(write)


def _is_hurt(life: Life, day: date) -> bool:
    """Whether a doctor was met about an injury in the last weeks."""
    met = life.meetings.between(day - HURTS, day - timedelta(days=1))
    return any(about.icd.startswith("S") for one in met for about in one.about)


HURTS = timedelta(days=21)


def _habits(life: Life, day: date) -> list[tuple[str, str]]:
    """What can be said of how one lives: of alcohol nothing where it is a problem, of walks nothing of one
    who walks badly, and the same as the last time."""
    unsaid = ["alkohol"] if life.has(ALCOHOL) else []
    unsaid += [] if habits.walks(life, day) else ["går tur"]
    unsaid += [] if habits.sits(life) else ["lite mosjon"]
    return [one for one in _HABITS if not any(word in one[0] for word in unsaid)]


def _abnormal(life: Life, day: date) -> tuple[object, ...]:
    """What a course of its own measures in this citizen is left to it."""
    skips: tuple[object, ...] = ()
    if life.taking("H03AA", day) or _is_found_soon(life, HYPOTHYROIDISM, day):
        skips += (TSH,)
    if _is_found_soon(life, DIABETES, day):
        skips += (HBA1C,)
    if life.taking("B03", day):
        skips += (HAEMOGLOBIN, FERRITIN)
    return skips


def _is_found_soon(life: Life, problem: Problem, day: date) -> bool:
    """Whether an illness is found in the next years that comes slowly: nobody is well of it just before."""
    found = life.first(problem)
    return found is not None and day < found < day + SLOWLY


SLOWLY = timedelta(days=1100)
HIGH = 149.5
"""mmHg of systolic pressure that is spoken about."""
_HIGH = (
    "Blodtrykket er høyere enn ønsket i dag. Snakket om salt, mosjon og vekt. Måles igjen ved neste besøk.",
    "Blodtrykket er høgare enn ønskt i dag. Snakka om salt, mosjon og vekt. Blir målt att ved neste besøk.",
)
_ANSWERED_LATER = (
    "Rutineprøver tatt. Får svar på Helsenorge.",
    "Rutineprøver tekne. Får svar på Helsenorge.",
)
_CHECKED = (
    (
        "Ønsket blodprøver, de er tatt på forhånd. Føler seg frisk. Prøvene uten anmerkning.",
        "Ønskte blodprøver, dei er tekne på førehand. Kjenner seg frisk. Prøvene utan merknad.",
    ),
    (
        "Årlig kontroll. Ingen plager. Blodtrykk og prøver gjennomgått.",
        "Årleg kontroll. Ingen plager. Gått gjennom blodtrykk og prøver.",
    ),
    _ANSWERED_LATER,
)
_ILL = (
    (
        "Kontroll med prøver. Medisinlisten er gjennomgått sammen, ingen endringer.",
        "Kontroll med prøver. Gått gjennom medisinlista saman, ingen endringar.",
    ),
    ("Stabil. Prøvene viser ikke noe nytt.", "Stabil. Prøvene viser ikkje noko nytt."),
)
_FIRST_TIME = (
    (
        "Prøvene er uten anmerkning. Ingen nye plager.",
        "Prøvene er utan merknad. Ingen nye plager.",
    ),
    _ANSWERED_LATER,
)
_REVIEWED = (
    (
        "Årlig gjennomgang av sykdommer og medisiner. Uendret siden sist.",
        "Årleg gjennomgang av sjukdomar og medisinar. Uendra sidan sist.",
    ),
    ("Stabil. Blodtrykk målt, ingen endringer.", "Stabil. Blodtrykk målt, ingen endringar."),
)


_WITH_NEWS = {
    _REVIEWED[0]: (
        "Årlig gjennomgang av sykdommer og medisiner, også det som er nytt.",
        "Årleg gjennomgang av sjukdomar og medisinar, òg det som er nytt.",
    ),
}
"""What is said instead of one who has got something new."""


def _well(life: Life, day: date, texts: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """Who has something on the list, though it is harmless, is not called healthy."""
    spotted = any(one.icpc in _SPOTS for one in life.episodes.open(day))
    return [one for one in texts if "risk" not in one[0]] if spotted else texts


_SPOTS = ("S82", "S99")
"""ICPC-2 codes."""
_WELL = (
    ("Ønsker å måle blodtrykket. Ingen plager.", "Ønskjer å måle blodtrykket. Ingen plager."),
    ("Snakket om kost, søvn og mosjon. Frisk.", "Snakka om kost, søvn og mosjon. Frisk."),
    ("Har det bra. Ny kontroll ved behov.", "Har det bra. Ny kontroll ved behov."),
)
_HABITS = (
    ("Røyker ikke, går tur de fleste dager.", "Røykjer ikkje, går tur dei fleste dagar."),
    ("Røyker ikke. Lite alkohol.", "Røykjer ikkje. Lite alkohol."),
    ("Røyker ikke, lite mosjon. Råd gitt.", "Røykjer ikkje, lite mosjon. Gitt råd."),
    ("Røyker ikke. Spiser variert.", "Røykjer ikkje. Et variert."),
)
_IS_WELL = re.compile(
    r"Har det bra\.|Føler seg frisk\.|Kjenner seg frisk\.|Kjenner seg fin\.|Frisk\.|Ingen plager\."
)
"""What is not said of who has just been seen with something that is not over."""
_HAS_NOTHING = re.compile(rf"{_IS_WELL.pattern}|Ingen nye plager\.")
_SAYS_NOTHING = ("Nevner ikke noe som plager.", "Nemner ikkje noko som plagar.")
"""What is said instead of one who tells some weeks later for how long something has hurt."""
STOUT = 30
"""kg/m2 from which on the weight is spoken of."""
_STOUT = (
    "Snakket om vekten. Tilbud om frisklivssentralen, vil prøve selv først.",
    "Snakka om vekta. Tilbod om frisklivssentralen, vil prøve sjølv først.",
)
_SMOKES = ("Røyker daglig, snakket om å slutte.", "Røykjer dagleg, snakka om å slutte.")
_OFF = (
    "{} er litt utenfor det vanlige, de andre prøvene er fine. Ingen plager. Tas igjen om noen måneder.",
    "{} er litt utanfor det vanlege, dei andre prøvene er fine. Ingen plager. Ny prøve om nokre månader.",
)
_FAILING = (
    "Kreatinin er høy, som ventet ved nyresykdommen.",
    "Kreatinin er høg, som venta ved nyresjukdommen.",
)
_AS_KNOWN = (
    f"{_FAILING[0]} De andre prøvene er fine. Følges videre som før.",
    f"{_FAILING[1]} Dei andre prøvene er fine. Vert følgt vidare som før.",
)
