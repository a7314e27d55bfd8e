"""Yearly controls at the GP of disease of the heart and vessels: one series, for the gravest that there is.

About every ninth month, with blood pressure and tests, as the national guideline on cardiovascular prevention
asks; heart failure, diabetes and stroke have series of their own.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    HAEMOGLOBIN,
    LDL,
    POTASSIUM,
    PULSE,
    SODIUM,
)
from fellesjournal.rollout.region.courses import habits, lately
from fellesjournal.rollout.region.courses.coronary import ANGINA, CORONARY
from fellesjournal.rollout.region.courses.diabetes import DIABETES
from fellesjournal.rollout.region.courses.fibrillation import FIBRILLATION
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION, PRESSED
from fellesjournal.rollout.region.courses.series import CHANGED, control, is_changed, pressed, since_last
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.visit import Visit


def of_pressure(life: Life) -> None:
    """High blood pressure, until another series looks after it."""
    found = life.first(HYPERTENSION)
    if found is None:
        return
    until = life.first(CORONARY, ANGINA, FIBRILLATION, FAILURE, DIABETES, STROKE)
    first = found + timedelta(days=life.chance.between(26, 40))
    alone = until is None or first < until or until <= found
    begins = [first] if alone and life.records(first) and life.records(found) else []
    for day in (*begins, *life.every(10, first, until)):
        visit = control(life, day, HYPERTENSION)
        systolic = life.body.systolic(day) + life.chance.normal(0, 7)
        diastolic = life.body.diastolic(day) + life.chance.normal(0, 5)
        visit.pressure(systolic, diastolic)
        if life.chance.yes(0.4):
            gone_through(life, visit, panel(life, day, SODIUM, POTASSIUM, CREATININE))
        if life.chance.yes(0.5) or systolic >= SPOKEN_OF:
            said = visit.say(*life.chance.other(_said_of(life, visit.day, systolic)))
            if "stående" in said:
                visit.standing(systolic - 5, diastolic)
            _weighed_up(life, visit, said, systolic)


def _weighed_up(life: Life, visit: Visit, said: str, systolic: float) -> None:
    """Written when it is known what nurses have measured at home."""

    def write() -> None:
        high = any(visit.day - TRUSTED < one <= visit.day for one in life.body.high_at_home)
        at_home = any(word in said for word in ("jemme", "eime", "heiman"))
        told = (_HIGH_THERE if systolic >= HIGH else _ONLY_THERE) if high and at_home else None
        hurt = "rystsmerter" in said and since_last(life, visit.day, *CHEST)
        told = _RESIDENT[1] if hurt else told
        told = _PRESSURE[0] if "Mosjonerer" in said and lately.stays_in(life, visit.day) else told
        visit.note(("Vurdering", visit.say(*told) if told else said))

    life.at_the_end(write)


def _said_of(life: Life, day: date, systolic: float) -> Sequence[tuple[str, str]]:
    if life.decline.lives_in(day):
        return _RESIDENT
    if life.decline.mmse(day) < MANAGES:
        return _FORGETS_HIGH if systolic >= HIGH else _FORGETS
    if systolic >= HIGH:
        return _HIGH
    return [one for one in _PRESSURE if habits.moves(life, day) or "Mosjonerer" not in one[0]]


def of_coronaries(life: Life) -> None:
    """Angina and what follows a heart attack, until there is heart failure."""
    found = life.first(CORONARY, ANGINA)
    if found is None:
        return
    turn = life.chance.between(0, 5)
    for day in life.every(8, found, life.first(FAILURE)):
        visit = control(life, day, CORONARY if life.had(CORONARY, day) else ANGINA)
        systolic = life.body.systolic(day) + life.chance.normal(6, 7)
        visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(0, 4))
        tests = panel(life, day, POTASSIUM, CREATININE, ill={LDL: life.chance.normal(1.4, 0.2)})
        gone_through(life, visit, tests)
        if life.chance.yes(0.5):
            life.weighs(visit)
        turn += 1
        _assessed(life, visit, turn, pressed(life, visit, systolic))


def _assessed(life: Life, visit: Visit, turn: int, high: str) -> None:
    """Written when it is known what else keeps the citizen from walking: lungs are told after hearts."""

    def write() -> None:
        texts = _of_heart(life, visit.day)
        if since_last(life, visit.day, *CHEST):
            texts = tuple(one for one in texts if "rystsmerter" not in one[0])
        found = visit.say(*texts[turn % len(texts)])
        plan = CHANGED[0] if is_changed(life, visit.day) else "Samme medisiner."
        visit.note(("Vurdering", f"{found}{high}"), ("Plan", plan))

    life.at_the_end(write)


def of_rhythm(life: Life) -> None:
    """Atrial fibrillation, unless the heart fails or the coronaries are followed already."""
    found = life.first(FIBRILLATION)
    if found is None:
        return
    for day in life.every(9, found, life.first(FAILURE, CORONARY, ANGINA)):
        visit = control(life, day, FIBRILLATION)
        visit.measure(PULSE, life.chance.normal(74, 9))
        systolic = life.body.systolic(day) + life.chance.normal(5, 7)
        visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(0, 4))
        gone_through(life, visit, panel(life, day, HAEMOGLOBIN, CREATININE, POTASSIUM))
        high = f" {visit.say(*_too_high(life, visit.day))}" if systolic >= TOO_HIGH else ""
        _of_the_rhythm(life, visit, life.chance.other(_RHYTHM), high)


def _too_high(life: Life, day: date) -> tuple[str, str]:
    """What is said of it: who comes about the pressure soon is told then to measure at home."""
    soon = life.meetings.between(day + timedelta(days=1), day + SOON)
    return _COMES_BACK if any(PRESSED in one.about for one in soon) else _TOO_HIGH


def _of_the_rhythm(life: Life, visit: Visit, said: tuple[str, str], high: str) -> None:
    """Written when it is known who takes what thins the blood."""

    def write() -> None:
        visit.note(("Vurdering", f"{visit.say(*_thinned(life, visit.day, said))}{high}"))

    life.at_the_end(write)


def _thinned(life: Life, day: date, said: tuple[str, str]) -> tuple[str, str]:
    """What is said of what thins the blood: nobody has a dose as before of what is begun that day."""
    if life.taking("B01A", day) is None:
        return _NOT_THINNED
    if life.taking("B01A", day - timedelta(days=1)) is None:
        return _THINNED_FROM_NOW
    if said is _RHYTHM[2] and is_changed(life, day):
        return _RHYTHM[1]
    return _RHYTHM[1] if said is _RHYTHM[0] and since_last(life, day, *_BLEEDS) else said


def _of_heart(life: Life, day: date) -> tuple[tuple[str, str], ...]:
    """What is said of the heart: nobody walks for an hour whom something else keeps from it."""
    if life.decline.lives_in(day):
        return _RESIDENT
    slow = any(one.icpc in SLOWS for one in life.known(day)) or lately.at_hospital(life, day)
    slow = slow or life.age(day) >= OLD or not habits.moves(life, day) or lately.stays_in(life, day)
    slow = slow or any(
        about.icpc == HIP and stay.day < day < years_after(stay.day, 1)
        for stay, reasons in life.stays
        for about in reasons
    )
    return _SLOW if slow or (life.dying_since and day >= life.dying_since) else (*_SLOW, *_FIT)


MANAGES = 22
"""Points of MMSE below which others see to medicines and measure the pressure."""
_FORGETS = (
    ("Blodtrykket er fint. Tar medisinen med hjelp.", "Blodtrykket er fint. Tek medisinen med hjelp."),
    ("Greit trykk i dag. Ikke svimmel. Samme dose.", "Greitt trykk i dag. Ikkje svimmel. Same dose."),
)
_FORGETS_HIGH = (
    (
        "Litt høyt i dag. Ustø, så dosen økes ikke. Måles igjen ved neste besøk.",
        "Litt høgt i dag. Ustø, så dosen vert ikkje auka. Vert målt igjen ved neste besøk.",
    ),
    ("Litt høyt i dag, uro i rommet. Fortsetter.", "Litt høgt i dag, uro i rommet. Held fram."),
)
CHEST = ("A11", "K75")
"""ICPC-2 codes of what hurts there."""
HIP = "L75"
"""ICPC-2 code of a broken hip: for a year nobody is fit again."""
SLOWS, OLD = ("K77", "K90", "R95", "L18", "L75", "L89", "L90"), 76
"""ICPC-2 codes of what makes the walk short, and from which age on it is."""
_RESIDENT = (
    (
        "Pleierne melder om stabil tilstand. Ingen brystsmerter siden sist.",
        "Pleiarane melder om stabil tilstand. Ingen brystsmerter sidan sist.",
    ),
    (
        "Legemiddelgjennomgang. Måles månedlig, greie verdier.",
        "Legemiddelgjennomgang. Vert målt månadleg, greie verdiar.",
    ),
)
_PRESSURE = (
    (
        "Hjemmemålinger stort sett under 140/85. Ingen bivirkninger.",
        "Heimemålingar stort sett under 140/85. Ingen biverknader.",
    ),
    (
        "Velregulert. Mosjonerer, har kuttet ned på salt.",
        "Velregulert. Mosjonerer, har kutta ned på salt.",
    ),
    (
        "Svimmel av og til ved oppreising. Måles stående: greit.",
        "Svimmel av og til når ein reiser seg. Målt ståande: greitt.",
    ),
)
TOO_HIGH = 159.5
_TOO_HIGH = (
    "Blodtrykket er for høyt i dag. Måles hjemme i to uker før det tas stilling til mer.",
    "Blodtrykket er for høgt i dag. Vert målt heime i to veker før det vert teke stilling til meir.",
)
_COMES_BACK = (
    "Blodtrykket er for høyt i dag. Ny time for å måle det igjen.",
    "Blodtrykket er for høgt i dag. Ny time for å måle det igjen.",
)
SOON = timedelta(days=100)
TRUSTED = timedelta(days=400)
"""For so long a high pressure at home is spoken of."""
_HIGH_THERE = (
    "Litt høyt i dag, og hos hjemmesykepleien. Dosen økes ikke nå, måles der hver uke.",
    "Litt høgt i dag, og hos heimesjukepleia. Dosen vert ikkje auka no, vert målt der kvar veke.",
)
_ONLY_THERE = (
    "Greit trykk her i dag, har vært høyt hos hjemmesykepleien. Fortsetter.",
    "Greitt trykk her i dag, har vore høgt hos heimesjukepleia. Held fram.",
)
SPOKEN_OF = 144.5
"""mmHg from which on each control says something of it."""
HIGH = 139.5
"""mmHg from which on it is said to be high, as it is written without decimals."""
_HIGH = (
    ("Litt høyt i dag, fint hjemme. Fortsetter.", "Litt høgt i dag, fint heime. Held fram."),
    (
        "Høyere enn ønsket i dag, men snitt under 135 i målingene hjemmefra. Fortsetter.",
        "Høgare enn ønskt i dag, men snitt under 135 i målingane heimanfrå. Held fram.",
    ),
)
_SLOW = (
    (
        "Stabil koronarsykdom. Sjelden bruk av nitroglyserin.",
        "Stabil koronarsjukdom. Sjeldan bruk av nitroglyserin.",
    ),
    (
        "Blir fort sliten, ikke brystsmerter. Uendret EKG.",
        "Vert fort sliten, ikkje brystsmerter. Uendra EKG.",
    ),
    (
        "Noe muskelstiv, trolig ikke av statinen. Fortsetter.",
        "Noko muskelstiv, truleg ikkje av statinet. Held fram.",
    ),
)
_FIT = (
    (
        "Ingen brystsmerter siden sist. Trener i hjertegruppe.",
        "Ingen brystsmerter sidan sist. Trenar i hjartegruppe.",
    ),
    ("Går en time hver dag uten plager.", "Går ein time kvar dag utan plager."),
)
_NOT_THINNED = (
    "Atrieflimmer med god frekvens. Lav risiko for slag, ikke blodfortynnende ennå.",
    "Atrieflimmer med god frekvens. Låg risiko for slag, ikkje blodfortynnande enno.",
)
_THINNED_FROM_NOW = (
    "Atrieflimmer med god frekvens. Risikoen for slag er økt, blodfortynnende fra nå.",
    "Atrieflimmer med god frekvens. Risikoen for slag er auka, blodfortynnande frå no.",
)
_BLEEDS = ("K96", "D14", "D15", "D16", "D86", "R06", "U06")
"""ICPC-2 codes of what bleeds."""
_RHYTHM = (
    (
        "Atrieflimmer med god frekvens. Ingen blødninger. Tar medisinen som avtalt.",
        "Atrieflimmer med god frekvens. Ingen blødingar. Tek medisinen som avtalt.",
    ),
    (
        "Kjenner lite til flimmeren. Blåmerker lett, ellers fint.",
        "Kjenner lite til flimmeren. Får lett blåmerke, elles fint.",
    ),
    (
        "Uregelmessig puls, ikke tungpust. Nyreprøver stabile, samme dose.",
        "Uregelmessig puls, ikkje tungpusten. Nyreprøver stabile, same dose.",
    ),
)
