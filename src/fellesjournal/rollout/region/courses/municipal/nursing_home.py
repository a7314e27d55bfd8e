"""Life in a nursing home: moving in, what the nurses write every month, weight, falls, talks with the
family, death.

Weight each month and a yearly talk with the family as in the national advice on nutrition and on nursing
homes (Helsedirektoratet). A resident falls about twice a year.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    EGFR,
    HAEMOGLOBIN,
    PULSE,
    TEMPERATURE,
)
from fellesjournal.rollout.region.courses.infections import AGAIN, URINE
from fellesjournal.rollout.region.courses.last_illness import before_the_doctor, is_eased, underlying
from fellesjournal.rollout.region.courses.municipal.catalogue import LONG_STAY, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.sojourns import hours_into, sojourn
from fellesjournal.rollout.region.endings import Cause, Place
from fellesjournal.rollout.region.formulary import PIVMECILLINAM
from fellesjournal.rollout.region.kin import nearest
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import last_working_day
from fellesjournal.rollout.region.openings import SHUT
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.wards import history

LAST_DAYS = timedelta(days=9)
"""For how long the plan for the last days is followed, at most."""

STOUT = 90
"""Kilograms above which nobody is said to need feeding up."""
DEMENTED, FAR_GONE = 20, 10
"""MMSE below which dementia is why one moves in, and is called far advanced."""
FORGETS, KNOWS_FEW = 18, 7
"""MMSE below which the notes are about memory, and about somebody who needs help with everything."""


def lives_in(life: Life) -> None:
    """From moving in to the last day."""
    since = life.decline.moves_in
    if since is None:
        return
    wards = [stay for stay, _ in life.stays if stay.day <= since < stay.end.date()]
    since = wards[0].end.date() if wards else since
    why = "Klarer seg ikke hjemme med den hjelpen som kan gis der."
    if (left := life.decline.mmse(since)) < DEMENTED:
        why = f"{'Langtkommet demens' if left < FAR_GONE else 'Demens'}, trenger tilsyn hele døgnet."
    decide(
        life,
        [Grant(LONG_STAY, "fast plass med heldøgns omsorg", Service.NURSING_HOME)],
        since,
        None,
        Level.INSTITUTION,
        why,
    )
    known = [one for one in life.known(since) if one.icpc in ("P70", "K90", "K77", "R95")]
    at_a_ward = life.ending is not None and life.ending.place is Place.WARD
    stay = sojourn(life, Service.NURSING_HOME, since, _until(life) if at_a_ward else None, *known[:2])
    if not stay.recorded:
        return
    life.body.weighs_more.append(Shift(-2.2, since, 1100))
    _arrives(life, stay, since)
    well = list[date]()
    for number, day in enumerate(life.every(1, since, _until(life), misses=0.0)):
        if life.days.outside(day) == day and _month(life, stay, day, number) is _EATS_WELL:
            well.append(day)
    for day in life.every(3, since, _until(life)):
        if life.days.outside(day) == day:
            _round(life, day, well)
    for day in life.now_and_then(0.6, since + timedelta(days=20), _until(life)):
        _infected(life, day)
    for day in life.now_and_then(1.6, since + timedelta(days=3), _until(life)):
        if life.days.outside(day) == day:
            _falls(life, stay, day)
    _dies(life, stay)


def _until(life: Life) -> date:
    return life.ending.since if life.ending else life.last


def _arrives(life: Life, stay: Visit, since: date) -> None:
    if not life.records(since):
        return
    family = nearest(life.person, since, life.era.until)
    stay.note(
        (
            "Innkomst",
            f"Flyttet inn i dag, {family.lower()} følger. Egne møbler på rommet. Primærkontakt har hilst på.",
        ),
        ("Vaner", "Liker kaffe tidlig og å sitte ved vinduet. Vil helst dusje om formiddagen."),
        after=2,
    )
    life.weighs(stay, after=20)
    doctor = stay.by(life.services.worker(Service.NURSING_HOME, "lege", life.person.number))
    told = f"{history(life, since)} " if life.known(since) else ""
    doctor.note(
        (
            "Innkomstnotat lege",
            f"{told}Legemidler gjennomgått. Livssyn og ønsker ved forverring tas opp med familien.",
        ),
        after=hours_into(stay, last_working_day(since + timedelta(days=4)), 13),
    )


def _month(life: Life, stay: Visit, day: date, number: int) -> tuple[str, str]:
    """Weight, pressure, and what the nurses write, which is handed back."""
    after = hours_into(stay, day, life.chance.between(10, 14))
    life.weighs(stay, after=after)
    if number % 3 == 0:
        high, low = life.body.systolic(day), life.body.diastolic(day)
        stay.pressure(high + life.chance.normal(0, 9), low + life.chance.normal(0, 4), after=after)
        stay.measure(PULSE, life.body.pulse + life.chance.normal(4, 6), after=after)
    said = bokmaal, nynorsk = life.chance.other(_of_the_month(life, day))
    nurse = stay.by(
        life.services.worker(Service.NURSING_HOME, "helsefagarbeider", life.chance.between(0, 99))
    )
    nurse.note(("Månedsnotat", stay.say(bokmaal, nynorsk)), after=after)
    if number % 12 == 5:
        stay.note(("Samtale med pårørende", life.chance.other(_FAMILY)), after=after)
    return said


def _of_the_month(life: Life, day: date) -> Sequence[tuple[str, str]]:
    """What fits: nobody eats well who has grown thin since two months ago."""
    score = life.decline.mmse(day)
    texts = _CLEAR if score >= FORGETS else _FORGETFUL if score >= KNOWS_FEW else _AT_THE_END
    unfit = [_VISITED] if SHUT <= day < VISITED_AGAIN else []
    if life.body.weight(day - TWO_MONTHS) - life.body.weight(day) > THINNER:
        unfit.append(_EATS_WELL)
    elif life.body.weight(day) > STOUT:
        unfit.append(_LITTLE_APPETITE)
    return [one for one in texts if one not in unfit]


TWO_MONTHS, THINNER = timedelta(days=61), 1.5
"""Kilograms, and over how long, that are not lost by one who eats well."""
SAME_DAYS = timedelta(days=10)
"""Within which doctor and nurses say the same of how one eats."""


def _round(life: Life, day: date, well: Sequence[date]) -> None:
    """The doctor sees each resident about four times a year, and goes through the medicines."""
    visit = life.meet(Service.NURSING_HOME, "lege", day)
    creatinine = life.body.creatinine_on(day) * life.chance.normal(1, 0.04)
    tests = {HAEMOGLOBIN: life.body.haemoglobin - 1.2 + life.chance.normal(0, 0.3), CREATININE: creatinine}
    visit.tests(tests | {EGFR: life.body.egfr(day, creatinine)})
    found = life.chance.other(_found(life, visit.day, well))
    if "Blodtrykk" in found:
        visit.pressure(min(life.body.systolic(day), FINE[0]), min(life.body.diastolic(day), FINE[1]))
    visit.note(("Legevisitt", found))


def _found(life: Life, day: date, well: Sequence[date]) -> list[str]:
    """What fits how the resident is on the day, and that one ate `well` on some."""
    eats = any(abs(day - one) <= SAME_DAYS for one in well)
    unfit = ["matlyst"] if eats or life.body.weight(day) > STOUT else []
    if life.taking("N02BE", day) is None:
        unfit.append("smertestillende")
    lies = life.decline.mmse(day) < KNOWS_FEW
    if lies:
        unfit.append("oppreising")
    texts = (*_ROUNDS, *_AT_THE_BED) if lies else _ROUNDS
    return [one for one in texts if not any(word in one for word in unfit)]


FINE = (144, 86)
"""mmHg under which the pressure of a resident is said to be fine."""
_ROUNDS = (
    "Stabil. Legemiddelgjennomgang med sykepleier, ingen endringer. Blodtrykk fint.",
    "Litt svimmel ved oppreising. Væske og god tid, ny vurdering ved neste visitt.",
    "Smerter ved stell vurdert med skjema. Samme smertestillende.",
    "Nedsatt matlyst. Næringsdrikk to ganger daglig, vekt følges.",
)
_AT_THE_BED = (
    "Sett i senga. Puster rolig, ingen tegn til smerte. Pleierne følger vekt og hud.",
    "Sover mye. Ser ikke plaget ut, drikker når noen hjelper. Pleien fortsetter som nå.",
)
"""Of one who no longer rises alone."""


def _infected(life: Life, day: date) -> None:
    if life.days.outside(day) != day or life.episodes.near(URINE, day, AGAIN):
        return
    visit = life.meet(Service.NURSING_HOME, "lege", day, URINE)
    visit.measure(TEMPERATURE, life.chance.normal(37.9, 0.4))
    tells = life.decline.mmse(day) >= KNOWS_FEW
    told = "Mer urolig, svie og hyppig vannlating." if tells else "Mer urolig, grimaserer ved vannlating."
    visit.note(
        ("Vurdering", f"{told} Urinveisinfeksjon."),
        ("Plan", "Antibiotika i tre dager, drikke."),
    )
    life.episode(URINE, visit, 6)
    life.cure(PIVMECILLINAM, visit, 3)


_LITTLE_APPETITE = (
    "Lite appetitt denne måneden, får næringsdrikk. Hel hud. Sover bra.",
    "Lite matlyst, får næringsdrikk. Heil hud.",
)
_VISITED = (
    "Besøk av familien hver søndag. Går til spisesalen med rollator.",
    "Besøk av familien kvar søndag.",
)
VISITED_AGAIN = date(2020, 6, 15)
"""Homes were shut to visitors in March 2020 (openings.py) and opened step by step in the early summer."""
_EATS_WELL = (
    "Spiser godt, er med på trim. Leser avisen. Stelles med hjelp til rygg og bein.",
    "Et godt, er med på trim. Les avisa.",
)
_CLEAR = (
    _EATS_WELL,
    _LITTLE_APPETITE,
    _VISITED,
)
_FORGETFUL = (
    (
        "Rolig, vandrer litt på kvelden. Spiser når noen sitter ved siden av. Hel hud.",
        "Roleg, vandrar litt om kvelden.",
    ),
    (
        "Sang virker beroligende i stell. Kjenner igjen faste ansikter.",
        "Song roar i stell. Kjenner att faste andlet.",
    ),
    (
        "Mer urolig i stell denne måneden. Tiltak: to faste, god tid, musikk.",
        "Meir uroleg i stell. Tiltak: to faste, god tid.",
    ),
    (
        "Trenger hjelp til stell. Med på sang i stua, holder pleieren i hånden.",
        "Treng hjelp til stell. Med på song i stova.",
    ),
)
_AT_THE_END = (
    (
        "Trenger full hjelp til stell og mat. Snudd om natten, lett rødme på hæl.",
        "Treng full hjelp til stell og mat. Snudd om natta.",
    ),
    (
        "Sover mye. Åpner øynene når noen snakker. Spiser most mat når noen mater.",
        "Søv mykje. Opnar auga når nokon snakkar.",
    ),
    (
        "Rolig i stell med to faste. Oppe i stol to timer midt på dagen. Hel hud.",
        "Roleg i stell med to faste. Oppe i stol midt på dagen.",
    ),
    ("Lite ord. Smiler til musikk. Tykner drikke, ikke hostet.", "Lite ord. Smiler til musikk."),
)
_FAMILY = (
    "Årlig samtale. Familien er fornøyd. Ønsker ikke sykehusinnleggelse hvis det ikke gir lindring.",
    "Årlig samtale med lege til stede. Enige om lindring først, antibiotika i tablett ved infeksjon.",
    "Årlig samtale. Familien savner mer aktivitet. Avtalt tur ut to ganger i uken.",
)


def _falls(life: Life, stay: Visit, day: date) -> None:
    after = hours_into(stay, day, life.chance.between(5, 21))
    walks = life.decline.mmse(day) >= KNOWS_FEW
    told = life.chance.other([one for one in _FALLS if walks or "gangen" not in one])
    stay.note(("Fall", told), after=after)


_FALLS = (
    "Funnet på gulvet ved sengen. Ingen smerter ved bevegelse, ingen sår. Sengealarm satt på.",
    "Falt i gangen. Lite sår på albuen, stelt. Pårørende informert.",
    "Gled ned fra stolen. Ikke skadet. Sklimatte lagt på.",
)


_STRUCK = (
    "Funnet med skjev munnvik, slapp i arm og bein på den ene siden. Lege til tilsyn: hjerneslag. Enig med "
    "familien om å bli her, ikke sykehus. Svelger dårlig, ligger til sengs."
)


def _dies(life: Life, stay: Visit) -> None:
    ending = life.ending
    if ending is None or ending.place is not Place.NURSING_HOME:
        return
    day = max(ending.since, life.last - LAST_DAYS, stay.day)
    begins = hours_into(stay, day, 13)
    if ending.since < life.last - LAST_DAYS:
        went = "" if life.decline.mmse(ending.since) < KNOWS_FEW else ", orker ikke lenger spisesalen"
        told = _STRUCK if ending.cause is Cause.STROKE else f"Ligger mer{went}. Spiser og drikker mindre."
        stay.note(("Sykepleie", told), after=hours_into(stay, ending.since, 14))
    doctor = stay.by(life.services.worker(Service.NURSING_HOME, "lege", life.person.number))
    doctor.note(
        (
            "Vurdering",
            f"Klart dårligere, tar lite til seg. Livet går mot slutten ({ending.cause.value}).",
        ),
        ("Plan", "Lindring. Livets siste dager-plan, familien er kalt inn."),
        after=begins,
    )
    stay.measure(TEMPERATURE, life.chance.normal(37.6, 0.5), after=begins)
    is_eased(life, day)
    end = (stay.end - stay.start).total_seconds() / 3600
    told = "Sovnet stille inn. Familien var hos. Lege er varslet."
    stay.note(("Dødsfall", told), after=max(begins + 0.5, before_the_doctor(stay)))
    cause = underlying(life, ending.cause).within
    doctor.note(("Dødsfall", f"Ventet dødsfall. Dødsårsak: {cause}."), after=end)
