"""Cancer: how it is found, pakkeforløp, treatment, follow-up, and spread in those who die of it.

Follow-up as in the national guidelines for each cancer.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.body import SCALES
from fellesjournal.rollout.region.chart import messages
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    ALT,
    CREATININE,
    HAEMOGLOBIN,
    LEUKOCYTES,
    PLATELETS,
    PSA,
    WEIGHT,
    Measure,
)
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.clinics import clinic, radiology, refer, report
from fellesjournal.rollout.region.courses import biopsies, bone_density, lately, remission
from fellesjournal.rollout.region.courses.cancer_kinds import (
    BREAST,
    COLON,
    KINDS,
    LUNG,
    PROSTATE,
    Cancer,
)
from fellesjournal.rollout.region.endings import Cause
from fellesjournal.rollout.region.formulary import DALTEPARIN, MACROGOL, MORPHINE, PARACETAMOL_FIXED
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.samples import BEFORE_CURE, gone_through
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

HORMONES = Medicine("L02AE02", "Leuprorelin 22,5 mg injeksjonsvæske", "22,5 mg under huden hver tredje måned")
METOCLOPRAMIDE = Medicine("A03FA01", "Metoklopramid 10 mg tablett", "1 tablett inntil 3 ganger daglig", True)


OFTEN = 140
"""Days before death from which the GP is seen every third week."""
LAST_DAYS = 70
"""Before death, from when a dying citizen mostly lies in bed."""


def lives_with(life: Life) -> None:
    """The cancer that is died of, if any; else at most one that is lived with: two of three of those who fall
    ill, since those who died of theirs before the record began are not in the region."""
    woman = life.person.is_woman
    if life.ending and life.ending.cause is Cause.CANCER:
        kind = life.chance.weighted([(one, one.fatal[0 if woman else 1]) for one in KINDS])
        survived = (
            life.chance.uniform(150, 1700)
            if kind in (BREAST, PROSTATE, COLON)
            else life.chance.uniform(70, 600)
        )
        _told(life, kind, life.last - timedelta(days=round(survived)), deadly=True)
        return
    for kind in KINDS:
        times = (2.2 if life.body.smokes else 0.5) * 0.5 if kind is LUNG else 0.65
        found = life.onset(kind.women if woman else kind.men, times)
        if found:
            _told(life, kind, found, deadly=False)
            return


_LOSES, MONTHS = ("vekttap", "vektnedgang"), timedelta(days=75)
"""What is said of who grows thin, and for how long that has gone on when it is told."""


def _told(life: Life, kind: Cancer, found: date, *, deadly: bool) -> None:
    visit = life.gp(found, kind.suspected)
    marker: dict[Measure, float] = {PSA: life.chance.uniform(7, 30)} if kind is PROSTATE else {}
    operates = kind.operation is not None and not (deadly and life.chance.yes(0.5))
    if kind is COLON:
        helped = found + timedelta(days=14)  # iron into a vein, before the treatment begins
        visit.stool(blood=True)
        life.body.less_blood.append(Shift(1.7, found - timedelta(days=120), 110, helped, 25))
    if any(one in kind.found for one in _LOSES):
        lost = -0.05 * life.body.weight(found)
        life.body.weighs_more.append(Shift(lost, found - MONTHS, MONTHS.days, found + 2 * MONTHS, 300))
    gone_through(life, visit, panel(life, found, HAEMOGLOBIN, CREATININE, ALT, ill=marker))
    visit.note(
        ("Aktuelt", kind.found),
        ("Vurdering", "Begrunnet mistanke om kreft."),
        ("Plan", "Henvist i pakkeforløp. Pasienten er informert."),
    )
    spread = kind.operation is not None and not operates
    far = f"{kind.seen.partition('. ')[0].rstrip('.')}. {kind.advanced or kind.spread}"
    seen_first = far if spread else kind.seen
    _, seen = refer(life, visit, Service.CLINIC, kind.suspected, f"Pakkeforløp: {kind.found}", 1.3)
    pictured = radiology(life, visit, kind.suspected, kind.modality, kind.picture, seen_first, 1)
    known = biopsies.confirms(life, kind.problem, kind.suspected, seen, pictured)
    met = clinic(life, Service.CLINIC, max(known, seen + timedelta(days=5)), kind.problem)
    life.problem(kind.problem, met.day, visit=met)
    turn = met.day + timedelta(days=(life.last - met.day).days // 2) if deadly else None
    cures = [] if operates else _cures(kind, met.day + BEGINS_SOON, turn, least=2)
    sections = (
        ("Diagnose", f"{kind.problem.text}, bekreftet ved vevsprøve. Drøftet i tverrfaglig møte."),
        ("Plan", _plan(kind, deadly=deadly, operates=operates, strong=bool(cures))),
    )
    met.note(*sections)
    report(life, met, *sections)
    day = met.day
    if operates:
        day = _operated(life, kind, met.day + timedelta(days=life.chance.between(12, 30)))
        cures = _cures(kind, day + HEALS, turn)
    elif kind is PROSTATE:
        life.uses(HORMONES, met.day, kind.problem)
    _treated(life, kind, cures, day + HEALS, turn)
    if kind is BREAST:
        life.shuns.append("G03C")
    if turn:
        life.dying_since = min(life.ordinary_until, found)
        _spreads(life, kind, met.day, turn, cures, operated=operates)
    else:
        _followed(life, kind, day + timedelta(days=21 * kind.courses))


def _plan(kind: Cancer, *, deadly: bool, operates: bool, strong: bool) -> str:
    """What is decided when it is known; who is not `strong` enough has no cures."""
    if operates and kind.operation:
        after = " Deretter tilleggsbehandling." if kind.courses else ""
        return f"Operasjon: {kind.operation.within}.{after}"
    if not deadly:
        return "Cellegift og strålebehandling, oppstart innen to uker."
    if kind is PROSTATE:
        return "Kan ikke opereres. Livsforlengende behandling med hormonsprøyte hver tredje måned."
    first = "Kan ikke opereres. " if kind.operation else ""
    if not strong:
        return f"{first}For svekket til cellegift nå, følges på poliklinikken."
    return f"{first}Livsforlengende behandling med cellegift, oppstart innen to uker."


def _cures(kind: Cancer, first: date, turn: date | None, least: int = 1) -> list[date]:
    """The days of cures, every third week for as long as there is time before pictures show whether they
    help; none where there would be fewer than the least that can show it."""
    days = [first + timedelta(days=21 * number) for number in range(kind.courses)]
    days = [one for one in days if turn is None or one + BEFORE_PICTURES <= turn]
    return days if len(days) >= least else []


def _operated(life: Life, kind: Cancer, day: date) -> date:
    assert kind.operation
    story = Story(
        f"Planlagt innlagt til operasjon for {kind.problem.within}.",
        "God allmenntilstand. Klarert av anestesilege.",
        kind.problem.text + ".",
        "Narkose. Forløp etter ERAS, blodproppforebyggende.",
    )
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, LEUKOCYTES, PLATELETS)
    stay = admit(
        life, Service.SURGICAL_WARD, day, kind.nights, kind.problem, story, Ill(pulse=5), tests, planned=True
    )
    reason = life.problem(kind.problem, day)
    if life.taking("B01A", stay.day) is None:
        life.uses(DALTEPARIN, stay.day, kind.problem)
        life.stop(DALTEPARIN, stay.day + timedelta(days=28), full=True)
    stay.operation(kind.operation, life.chance.between(80, 200), after=1.5, reason=reason)
    stay.note(
        (
            "Operasjonsbeskrivelse",
            f"{kind.operation.text}. Ingen makroskopisk restsvulst. Ingen komplikasjoner.",
        ),
        after=6,
    )
    discharge(
        life,
        stay,
        kind.problem,
        Farewell(
            "Ukomplisert forløp etter operasjonen. Smerter under kontroll med tabletter.",
            "Svar på vevsprøve gis på poliklinikken om to uker. Suturene løser seg selv opp.",
        ),
    )
    answered = stay.end.date() + timedelta(days=life.chance.between(12, 18))
    then = "Tilleggsbehandling starter som planlagt." if kind.courses else "Kontroll om et halvt år."
    answer = f"{life.chance.pick(_ANSWERS)} {then}"
    clinic(life, Service.CLINIC, answered, kind.problem, ("Svar på vevsprøve", answer))
    return stay.day


def _treated(life: Life, kind: Cancer, days: list[date], day: date, turn: date | None) -> None:
    """Cures, until pictures show that they do not help; then, from a day on, what is taken for years."""
    over = days[-1] + timedelta(days=21) if days else day
    if days:
        life.body.weighs_more.append(Shift(-1.0 * len(days), days[0], 21 * len(days), over, 300))
        life.body.cured.append((days[0], over))
        lately.is_off(life, days[0], (over - days[0]).days // 7)
        life.uses(METOCLOPRAMIDE, days[0])
        if turn is None or not _under_way(days, turn):
            life.stop(METOCLOPRAMIDE, over, CURES_ARE_OVER)
    radiates = kind.operation is None and turn is None
    weights: list[float] = []
    for number, seen in enumerate(days):
        _cured(life, kind, seen, number, weights, radiates=radiates and number == 1)
    if radiates:
        _is_radiated(life, kind, over)
    if kind.medicine and turn is None and life.chance.yes(0.75):
        last = life.meet(Service.CLINIC, "lege", over + timedelta(days=30), kind.problem)
        name = kind.medicine.name.split()[0].lower()
        measures = "" if bone_density.are_followed(life) else " Bentetthet måles."
        begins = f"{_CURED} Begynner med {name}, som skal tas i fem år.{measures}"
        last.note(("Kreftpoliklinikk", begins))
        bone_density.without_oestrogen(life, kind.problem, last)
        life.uses(kind.medicine, last.day, kind.problem)
        life.stop(kind.medicine, years_after(last.day, 5), "Fem år fullført")


def _is_radiated(life: Life, kind: Cancer, over: date) -> None:
    """What was given beside the cures, elsewhere: told of when both are over."""
    met = clinic(life, Service.CLINIC, over, kind.problem)
    gone = "Cellegift og strålebehandling er gjennomført, 60 Gy i 30 fraksjoner ved stråleenheten."
    sections = (
        ("Kreftpoliklinikk", f"{gone} Litt sår ved svelging, i bedring."),
        ("Plan", "Kontroll hvert halvår, CT hvert år."),
    )
    met.note(*sections)
    report(life, met, *sections)


def _cured(
    life: Life, kind: Cancer, seen: date, number: int, weights: list[float], *, radiates: bool
) -> None:
    met = life.meet(Service.CLINIC, "lege", seen, kind.problem)
    slip = life.chance.normal(0, SCALES) if met.recorded else 0.0
    tests = panel(life, seen, HAEMOGLOBIN, CREATININE, PLATELETS)
    tests[LEUKOCYTES] = life.chance.uniform(3.2, 6)
    tests[HAEMOGLOBIN] = life.body.haemoglobin_on(seen) - life.chance.uniform(0.1, 0.7)
    gone_through(life, met, tests, BEFORE_CURE)
    told = life.chance.other(_TOLERATED) if number else _FIRST
    told += " Strålebehandlingen er i gang, hver hverdag i seks uker." if radiates else ""

    def write() -> None:
        weights.append(round(life.body.weight(met.day) + slip, 1))
        met.measure(WEIGHT, weights[-1])
        lost = round(weights[0] - weights[-1])
        thin = f" {lost} kg ned siden første kur. {_FED}" if lost >= LOST else ""
        eats = told.replace(*_THINNER) if thin else told
        stays_in = life.decline.lives_in(met.day) or lately.stays_in(life, met.day)
        eats = eats.replace(*_STAYS_IN) if stays_in else eats
        met.note(("Kreftpoliklinikk", f"Kur nummer {number + 1}. {eats}{thin} Prøvene tillater kur i dag."))

    life.at_the_end(write)


def _followed(life: Life, kind: Cancer, since: date) -> None:
    over = years_after(since, kind.years)
    days = list(life.every(6, since, over, misses=0))
    for number, day in enumerate(days):
        said = remission.FREE if day < since + TIRED else remission.LONG_FREE
        met = clinic(life, Service.CLINIC, day, kind.problem)
        ends = day == days[-1] and over <= life.last
        remission.told(life, met, remission.OVER if ends else life.chance.other(said))
        if kind is PROSTATE:
            gone_through(life, met, {PSA: life.chance.uniform(0.01, 0.06)})
        elif number % 2 and not ends:
            follows = "Ingen tegn til residiv eller metastaser."
            radiology(life, met, kind.problem, kind.modality, kind.picture, follows)


def _under_way(cures: list[date], turn: date) -> bool:
    """Whether pictures on about the day tell of those cures."""
    return turn < cures[-1] + RECENT


def _turned(kind: Cancer, cures: list[date], turn: date, *, operated: bool) -> str:
    """What pictures showed, as the citizen is told it."""
    if operated:
        return "Sykdommen kan ikke lenger kureres."
    if kind is PROSTATE:
        return "Behandlingen virker ikke lenger."
    if not cures:
        return "Sykdommen har vokst, og kreftene tillater ikke cellegift."
    grown, again = "Sykdommen har vokst under behandlingen.", "Sykdommen vokser igjen etter kurene."
    return grown if _under_way(cures, turn) else again


def _spreads(life: Life, kind: Cancer, since: date, turn: date, cures: list[date], *, operated: bool) -> None:
    """The last part: pictures that show it, medicines for pain, talks about what matters."""
    left = (life.last - since).days
    life.body.weighs_more.append(Shift(-0.16 * life.body.weight(since), since, max(left, 60)))
    for day in life.every(4, since + timedelta(days=60), turn - timedelta(days=60), misses=0):
        holds = _HOLDS[:-1] if life.decline.lives_in(day) else _HOLDS
        remission.told(
            life,
            clinic(life, Service.CLINIC, day, kind.problem),
            life.chance.other(remission.FREE if operated else holds),
        )
    met = clinic(life, Service.CLINIC, turn, kind.problem)
    radiology(life, met, kind.problem, Modality.CT, "CT thorax, abdomen og bekken", kind.spread, 0.4)
    after = clinic(life, Service.CLINIC, turn + timedelta(days=12), kind.problem)
    turned = _turned(kind, cures, turn, operated=operated)
    sections = (
        ("Vurdering", f"{kind.spread} {turned} Samtale med pasient og pårørende."),
        ("Plan", "Lindrende behandling. Kreftsykepleier i kommunen er bedt om å ta kontakt."),
    )
    after.note(*sections)
    report(life, after, *sections)
    _asks_for_a_nurse(life, kind, after)
    for medicine in (METOCLOPRAMIDE, HORMONES):
        life.stop(medicine, after.day, CURES_ARE_OVER)
    life.uses(PARACETAMOL_FIXED, after.day, kind.problem)
    life.uses(MORPHINE, after.day, kind.problem)
    life.uses(MACROGOL, after.day, kind.problem)
    seen = after.day
    while seen < life.last - timedelta(days=10):
        often = (life.last - seen).days < OFTEN
        seen += timedelta(days=life.chance.between(17, 25) if often else life.chance.between(38, 60))
        visit = life.gp(seen, kind.problem)
        life.weighs(visit)
        soon = (life.last - visit.day).days < LAST_DAYS
        visit.note(("Vurdering", life.chance.other(_LATE if soon else _LATER)))


def _asks_for_a_nurse(life: Life, kind: Cancer, after: Visit) -> None:
    """The clinic's message to those who come to the home, or to the home that one lives in."""
    if not after.recorded:
        return
    service = Service.NURSING_HOME if life.decline.lives_in(after.day) else Service.HOME_CARE
    asked = f"Lindrende behandling av {kind.problem.within} fra i dag. Ber om kontakt med kreftsykepleier."
    to = life.services.unit(service).reference
    messages.message(life.chart, "Lindrende behandling", asked, after.end, after.unit.reference, to)


_ANSWERS = (
    "Frie render. Såret er tilhelet.",
    "Svulsten er fjernet med god margin. Fin form.",
)
BEGINS_SOON, HEALS = timedelta(days=11), timedelta(days=28)
"""Until cures begin that nothing is done before, and after an operation."""
BEFORE_PICTURES, RECENT = timedelta(days=12), timedelta(days=45)
"""From a cure until pictures at the least, and how long after the last one they are still of those cures."""
CURES_ARE_OVER = "Behandlingen er avsluttet"
LOST = 5
"""Kilograms that are spoken of."""
_FED = "Kostråd gitt."
_THINNER = ("Spiser greit, har vært ute og gått.", "Spiser mindre, har vært ute og gått.")
"""What is told, and what instead by who has lost so much."""
_STAYS_IN = (", har vært ute og gått", "")
"""What is not told of who hardly goes out."""
_CURED = "Cellegiften er ferdig. Kommer seg, håret vokser."
_FIRST = "Informert om kuren og hva som kan komme av bivirkninger."
_TOLERATED: Sequence[str] = (
    "Tålte forrige kur godt, litt kvalm to dager.",
    "Mer trøtt etter forrige, ikke feber.",
    "Nummenhet i fingre, følges.",
    "Spiser greit, har vært ute og gått.",
)
TIRED = timedelta(days=400)
"""For so long after the treatment one may still be tired of it."""
_HOLDS = (
    "Litt mer sliten enn sist, ellers i form. Undersøkt uten nye funn.",
    "I grei form. Uendret siden sist, ny time om fire måneder.",
    "Spiser greit, går korte turer. Snakket om det som er vanskelig hjemme.",
)
"""The last is of those who live at home."""
_LATER = (
    "Smertene er under kontroll med fast morfin. Oppe det meste av dagen.",
    "Kvalm om morgenen, bedre utover dagen. Spiser små måltider.",
    "Treg mage, bruker makrogol de fleste dager. Sover greit.",
    "Går korte turer med følge. Ønsker å være mest mulig hjemme.",
)
_LATE = (
    "Tiltagende slapp, ligger mye. Spiser lite, drikker greit.",
    "Mer vondt om natten, snakket om smertepumpe. Pårørende er slitne, snakket om avlastning.",
    "Snakket om det som kommer. Ønsker ikke livsforlengende behandling.",
)
