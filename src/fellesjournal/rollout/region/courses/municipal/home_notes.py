"""What nurses write after a visit at home: by the hour, by how much is done for the citizen, by illness."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.scores import score
from fellesjournal.rollout.region.courses.municipal.wounds import ULCER
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

HYGIENE = 7
"""The variable of IPLOS that says who does the washing."""
NEEDS_HELP, NEEDS_ALL, KNOWS_FEW = 19, 12, 7
"""MMSE up to which others help with the clothes, and with all (dementia.py says so at controls), so that most
visits are about what is forgotten; and below which one is cared for in bed."""
Said = Sequence[tuple[str, str]]


def told(life: Life, visit: Visit, hour: int, level: Level, *, daily: bool = True) -> str:
    """One note, in the language that is written here. Where nobody comes `daily` the citizen takes the
    medicines alone."""
    fails = fails_with(life, visit.day)
    texts = _FAILS.get(fails, _FAILS[""]) if fails else _texts(life, visit, hour, level)
    unfit: list[str] = []
    if not daily:
        unfit += _GIVEN
    washed = score(life, visit.day, level, HYGIENE)
    unfit += _CARE if washed <= ALONE else _UP if washed >= DRESSED else ()
    points = life.decline.mmse(visit.day)
    unfit += _OF_THE_ABLE if points <= NEEDS_ALL else _UP if points <= NEEDS_HELP else ()
    if not _is_given(life, visit.day, hour):
        unfit += _OF_MEDICINES
    if life.episodes.lasts(ULCER, visit.day, visit.day):
        unfit += _WHOLE
    if life.body.in_plaster(visit.day):
        unfit += _BARE
    if is_hurt(life, visit.day):
        unfit += _ABLE
    if any(one.icpc == STROKES and is_recent(life, one, visit.day) for one in life.known(visit.day)):
        unfit += _DEFT
    if _falls_ill(life, visit.day, DAYS_BEFORE):
        unfit += _WELL
    if is_found_ill(life, visit.day):
        unfit += (*_WELL, *_BREATHES)
    if hour >= NOON:
        unfit += _IN_THE_MORNING
    texts = [one for one in texts if not any(word in one[0] for word in unfit)] or _QUIET
    bokmaal, nynorsk = life.chance.other(texts)
    return visit.say(bokmaal, nynorsk)


def fails_with(life: Life, day: date) -> str:
    """The ICPC-2 code of what builds up in the citizen, who is admitted with it the day after; "" for none.
    What comes at once nobody sees the day before."""
    return next(iter(_falls_ill(life, day, BEFORE)), "")


def _falls_ill(life: Life, day: date, before: timedelta) -> list[str]:
    """The ICPC-2 codes of what builds up, and one is admitted with so many days later at the most."""
    coming = [about for stay, about in life.stays if timedelta() <= stay.day - day <= before]
    return [one.icpc for about in coming for one in about if one.icpc in BUILDS_UP]


def is_found_ill(life: Life, day: date) -> bool:
    """Whether a doctor finds the lungs ill in the days around, also where nobody is admitted."""
    seen = life.meetings.between(day - LASTS, day + LASTS)
    return any(about.icd in OF_THE_LUNGS for one in seen for about in one.about)


def is_hurt(life: Life, day: date) -> bool:
    """Whether a bone is broken, or was some weeks ago."""
    lain = (about for stay, about in life.stays if timedelta() <= day - stay.day <= WEAK)
    return life.body.is_mending(day) or any(one.icd.startswith("S") for about in lain for one in about)


def is_recent(life: Life, problem: Problem, day: date) -> bool:
    """Whether it began in the last years, and is trained for."""
    first = life.first(problem)
    return first is not None and day - first < TRAINS


def swallows(life: Life, day: date) -> bool:
    """Whether something is taken by mouth every day, that can be packed for the week and that nurses can lay
    out."""
    return any(
        ("tablett" in one.name or "kapsel" in one.name)
        and "inhalasjon" not in one.name
        and not one.as_needed
        and "sesong" not in one.dose
        for one in life.medicines(day)
    )


def _is_given(life: Life, day: date, hour: int) -> bool:
    """Whether a medicine is taken by mouth at that time of the day."""
    when = _AT_EVENING if hour >= EVENING else _AT_NOON if hour >= NOON else None
    doses = (one.dose for one in life.medicines(day) if not one.as_needed and "inhalasjon" not in one.name)
    return swallows(life, day) and (when is None or any(when.search(dose) for dose in doses))


def _texts(life: Life, visit: Visit, hour: int, level: Level) -> Said:
    points = life.decline.mmse(visit.day)
    if points < KNOWS_FEW:
        return _KNOWS_FEW if hour < EVENING else _PUT_TO_BED
    if points < NEEDS_ALL and life.chance.yes(0.7):
        return _FORGETS
    known = [one for one in life.known(visit.day) if one.icpc in _BY_ILLNESS]
    ill = {one.icpc for one in known if one.icpc != STROKES or is_recent(life, one, visit.day)}
    if points < 20 and life.chance.yes(0.25):
        return _FORGETS
    if ill and life.chance.yes(0.25):
        return [_BY_ILLNESS[code] for code in sorted(ill)]
    if hour >= EVENING:
        return _EVENING
    if hour >= NOON:
        return _DAY
    dependent = level is Level.MUCH and score(life, visit.day, level, HYGIENE) >= 4
    return _WASHED if dependent else _MORNING


NOON, EVENING = 11, 18
"""From which hours on a visit is one of midday, and of the evening."""
_AT_NOON, _AT_EVENING = re.compile(r"[34] ganger"), re.compile(r"kveld|[234] ganger")
"""How doses say that something is taken then."""
_IN_THE_MORNING = ("lå igjen fra i går", "frokost")
"""What the first of a day finds, or does."""
_OF_MEDICINES = ("edisin", "multidose", "nhalerte")
"""Not written of one who uses none."""
_GIVEN = ("edisin gitt", "morgenmedisin", "mat og medisin", "Medisinen lå igjen", "strømper")
"""What is done every day, or by nobody."""
_WHOLE = ("Hel hud", "hel hud")
"""Not written of one whose leg is dressed."""
_BARE = ("føtt", "trømper", "usj")
"""Not written of one in plaster."""
_ABLE = ("vært ute", "strikket")
"""Not written of one whose bone mends."""
_DEFT = ("strikket",)
"""Not written of one whom a stroke has left with a weak hand."""
_BREATHES = ("ingen tung pust",)
"""Not written of one whose lungs are found ill."""
_WELL = ("Fin form", "Alt i orden", "Godt humør", "God stemning")
"""Not written in the days in which something builds up."""
_CARE = ("stell", "dusj")
"""Not written of one who washes alone."""
_UP = ("alt oppe",)
"""Not written of one whom others wash and dress."""
_OF_THE_ABLE = (
    *_UP, "avisen", "strikket", "nyhetene", "avtalene", "Telefonen", "ringer ved behov", "Har spist frokost",
    "Deltok selv", "Inhalerte riktig",
)  # fmt: skip
"""Not written of one of whom the GP writes that others help with all (dementia.py)."""
ALONE, DRESSED = 2, 4
"""The score up to which nobody needs to be there, and from which on somebody is (IPLOS, variable 7)."""
_QUIET: Said = (
    ("Tilsyn. Alt rolig.", "Tilsyn. Alt roleg."),
    ("Sett til, ville ikke ha hjelp i dag.", "Sett til, ville ikkje ha hjelp i dag."),
)
BEFORE, DAYS_BEFORE, WEAK = timedelta(days=1), timedelta(days=4), timedelta(days=60)
"""How long before a stay something is seen to be wrong, and nobody is told to be well; and how long after one
for something broken nobody is told to walk about."""
LASTS, OF_THE_LUNGS = timedelta(days=3), ("J441", "J189")
"""For so long the lungs are ill before they are found to be and after, and the ICD-10 codes of it."""
STROKES, TRAINS = "K90", timedelta(days=1100)
"""ICPC-2 code of strokes, and for how long after one somebody trains at home."""
BUILDS_UP = ("K77", "R95", "R81", "A78", "U70", "T11", "P71", "A05", "A04", "D73", "S76")
"""ICPC-2 codes of what is seen a day before one is admitted with it."""
_FAILS: dict[str, Said] = {
    "K77": (
        (
            "Tyngre i pusten enn i går, hovne legger. Fastlegen er varslet.",
            "Tyngre i pusten enn i går, hovne leggar. Fastlegen er varsla.",
        ),
    ),
    "R95": (
        (
            "Hoster mer, blir tungpustet av få skritt. Fastlegen er varslet.",
            "Hostar meir, vert tungpusten av få steg. Fastlegen er varsla.",
        ),
    ),
    "R81": (
        (
            "Hoster og fryser, ligger mye. Fastlegen er varslet.",
            "Hostar og frys, ligg mykje. Fastlegen er varsla.",
        ),
    ),
    "": (
        (
            "Ikke seg selv i dag, spiser lite. Pårørende og fastlegen er varslet.",
            "Ikkje seg sjølv i dag, et lite. Pårørande og fastlegen er varsla.",
        ),
    ),
}
"""By ICPC-2 code, and of everything else."""
_MORNING: Said = (
    ("Tatt morgenmedisin. Har spist frokost. Fin form.", "Teke morgonmedisin. Har ete frukost. Fin form."),
    ("Hjelp til dusj. Hel hud. Smurt legger og føtter.", "Hjelp til dusj. Heil hud. Smurt leggar og føter."),
    ("Støttestrømper på. Litt ustø, minnet om rullator.", "Støttestrømper på. Litt ustø, minna om rullator."),
    ("Morgenstell ved vask. Deltok selv.", "Morgonstell ved vask. Deltok sjølv."),
    ("Var alt oppe og kledd. Medisin gitt, kaffe sammen.", "Var alt oppe og kledd. Medisin gitt."),
    ("Sovet dårlig, sliten. Medisin gitt, ringer ved behov.", "Sove dårleg, sliten. Medisin gitt."),
    ("Tilsyn. Har spist, avisen er lest. Alt i orden.", "Tilsyn. Har ete, avisa er lesen. Alt i orden."),
    ("Gått gjennom uken og avtalene. Godt humør.", "Gått gjennom veka og avtalane. Godt humør."),
    ("Ny multidoserull satt i. Talt opp og signert.", "Ny multidoserull sett i. Talt opp og signert."),
)
_WASHED: Said = (
    ("Full hjelp til stell og påkledning. Opp i stol.", "Full hjelp til stell og påkleding. Opp i stol."),
    ("Hjelp til stell i seng, så opp. Lett rødme på hæl, avlastet.", "Hjelp til stell i seng, så opp."),
    ("Dusjet på stol. Hel hud. Sliten etterpå.", "Dusja på stol. Heil hud. Sliten etterpå."),
    (
        "Stelt og kledd, hjulpet til frokost. Medisin gitt.",
        "Stelt og kledd, hjelpt til frukost.",
    ),
    ("Tungt å komme opp i dag, støttet til stolen.", "Tungt å kome opp i dag, støtta til stolen."),
)
_DAY: Said = (
    ("Varmet middag, spiste det meste. God stemning.", "Varma middag, åt det meste. God stemning."),
    ("Middagsmedisin gitt. Har fått besøk av familie.", "Middagsmedisin gitt. Har fått besøk."),
    ("Litt å drikke og en brødskive. Hvilte i stolen.", "Litt å drikke og ei brødskive. Kvilte i stolen."),
    ("Hjulpet til toalett. Lagt fram tørt tøy.", "Hjelpt til toalett. Lagt fram tørt tøy."),
)
_EVENING: Said = (
    ("Kveldsmedisin gitt. Hjulpet til sengs.", "Kveldsmedisin gitt. Hjelpt til sengs."),
    ("Kveldsmat og medisin. Trøtt, ville tidlig i seng.", "Kveldsmat og medisin. Trøytt."),
    ("Tilsyn. Alt rolig.", "Tilsyn. Alt roleg."),
    ("Te og en prat, hadde vært ute i dag. Lagt fram klær.", "Te og ein prat. Lagt fram klede til i morgon."),
    ("Satt oppe og strikket. Sett på føttene, hel hud.", "Sat oppe og strikka. Sett på føtene, heil hud."),
    ("Kveldsmat satt fram. Telefonen ligger ved senga.", "Kveldsmat sett fram. Telefonen ligg ved senga."),
    ("Så på nyhetene, ville være oppe litt til. Medisin gitt.", "Såg på nyheitene. Medisin gitt."),
    ("Støttestrømper av, føttene smurt. Dør låst, lys i gangen.", "Støttestrømper av, føtene smurde."),
)
_FORGETS: Said = (
    ("Medisinen lå igjen fra i går. Avvik er meldt.", "Medisinen låg att frå i går. Avvik er meldt."),
    ("Lette etter nøklene. Roligere etter kaffe og prat.", "Leita etter nøklane. Rolegare etter kaffi."),
    (
        "Trodde det var feil tid på døgnet. Rettledet, roet seg.",
        "Trudde det var feil tid på døgnet.",
    ),
    ("Spurte flere ganger etter samme ting. Blid.", "Spurde fleire gonger etter det same. Blid."),
)
_KNOWS_FEW: Said = (
    ("Stelt i seng av to, så opp i stol. Spiste med hjelp.", "Stelt i seng av to, så opp i stol."),
    ("Matet til frokost. Medisin knust i syltetøy etter avtale.", "Mata til frokost. Fekk medisin."),
    ("Kjente ikke igjen pleieren, rolig med sang.", "Kjende ikkje att pleiaren, roleg med song."),
    ("Snudd og tørt tøy på. Hel hud. Pårørende var der.", "Snudd og tørt tøy på. Heil hud."),
)
_PUT_TO_BED: Said = (
    ("Matet til kvelds, lagt i seng av to. Sovnet fort.", "Mata til kvelds, lagd i seng av to. Sovna fort."),
    *_KNOWS_FEW[2:],
)
"""Of the same, in the evening."""
_BY_ILLNESS = {
    "K77": ("Litt hovne legger, ingen tung pust.", "Litt hovne leggar, ikkje tung pust."),
    "R95": ("Inhalerte riktig. Blir fort tungpustet.", "Inhalerte rett. Blir fort tungpusten."),
    "T90": (
        "Blodsukker målt før maten, som vanlig. Sett på føttene.",
        "Blodsukker målt, som vanleg.",
    ),
    "K90": ("Øvde på å reise seg og gå til døra.", "Øvde på å reise seg og gå til døra."),
}
"""By ICPC-2 code."""
