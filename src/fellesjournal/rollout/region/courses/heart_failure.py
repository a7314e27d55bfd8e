"""Heart failure: swelling and breathlessness, NT-proBNP, echo, medicines in steps, stays when it worsens.

How many: 2 in 100 adults, 10 in 100 over 80 (Norsk hjertesviktregister, yearly report); steps as in the
European guideline (ESC 2021) that the register measures by.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    NT_PROBNP,
    POTASSIUM,
    SODIUM,
    WEIGHT,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import clinic, concluded, refer
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.coronary import ANGINA, CORONARY
from fellesjournal.rollout.region.courses.diabetes import DIABETES
from fellesjournal.rollout.region.courses.fibrillation import FIBRILLATION
from fellesjournal.rollout.region.courses.hypertension import AMLODIPINE, HYPERTENSION
from fellesjournal.rollout.region.courses.series import CHANGED, control, is_changed, pressed
from fellesjournal.rollout.region.endings import Cause
from fellesjournal.rollout.region.formulary import (
    DAPAGLIFLOZIN,
    FUROSEMIDE,
    METOPROLOL,
    RAMIPRIL,
    SPIRONOLACTONE,
)
from fellesjournal.rollout.region.helped import FORGOTTEN
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.ward_rounds import Nurses
from fellesjournal.rollout.region.wards import Farewell, Story, admit, comma, discharge

FAILURE = Problem("Hjertesvikt", "K77", "I509")

NEW: Risk = ((50, 0.3), (60, 1), (70, 4), (80, 11))


def lives_with(life: Life) -> None:
    """From the first swelling to the last day."""
    times = 0.9 * (3 if life.has(CORONARY) else 1) * (2 if life.has(FIBRILLATION) else 1)
    times *= (1.4 if life.has(HYPERTENSION) else 1) * (1.4 if life.has(DIABETES) else 1)
    found = life.onset(NEW, times)
    found = found or life.leading_to(Cause.HEART, 1, 6)
    if found is None:
        return
    strain = life.chance.uniform(1200, 4200)
    _found(life, found, strain)
    life.shuns.append("M01A")
    for day in life.every(4, found + timedelta(days=100)):
        visit = control(life, day, FAILURE)
        life.weighs(visit)
        systolic = life.body.systolic(day) - life.chance.normal(4, 7)
        visit.pressure(systolic, life.body.diastolic(day) - 3 + life.chance.normal(0, 4))
        values = panel(life, day, CREATININE, POTASSIUM, SODIUM, HAEMOGLOBIN)
        strained = {NT_PROBNP: strain * life.chance.uniform(0.5, 0.95)} if life.chance.yes(0.35) else {}
        gone_through(life, visit, values | strained)
        state, high = life.chance.other(_states(life, day)), pressed(life, visit, systolic)
        _assessed(life, visit, (state, high), _planned(life, day, life.chance.other(_PLANS)))
    for day in life.now_and_then(0.3, found + timedelta(days=60)):
        worsens(life, day, strain)


def _assessed(life: Life, visit: Visit, found: tuple[str, str], plan: str) -> None:
    """Written when the medicines are settled, and when it is known who lies in for it soon: nothing goes on
    as before on the day that one is changed, and nobody is well in the week in which it worsens. `found` is
    the state, and what is said of the pressure."""
    state, high = found

    def write() -> None:
        soon = any(
            FAILURE in reasons and timedelta() < stay.day - visit.day <= WORSENS
            for stay, reasons in life.stays
        )
        onwards = CHANGED[0] if is_changed(life, visit.day) else _MORE if soon else plan
        dies = life.dying_since is not None and visit.day >= life.dying_since
        indoors = dies or lately.stays_in(life, visit.day) or life.decline.is_helped(visit.day)
        told = _WORSE if soon else _INDOORS.get(state, state) if indoors else state
        visit.note(("Vurdering", f"{told}{high}"), ("Plan", onwards))

    life.at_the_end(write)


def _found(life: Life, found: date, strain: float) -> None:
    visit = life.gp(found, FAILURE)
    effort = "ved stell" if life.decline.lives_in(found) else "i trapper"
    swollen = found - timedelta(days=30)
    life.body.weighs_more.append(Shift(4, swollen, 28, visit.day + timedelta(days=1), 24))
    life.weighs(visit)
    visit.pressure(life.body.systolic(found) + 4, life.body.diastolic(found))
    visit.tests(panel(life, found, CREATININE, POTASSIUM, SODIUM, HAEMOGLOBIN, ill={NT_PROBNP: strain}))
    visit.note(
        ("Aktuelt", f"Tiltagende tungpust {effort} og hovne legger siste måned. Sover med to puter."),
        ("Vurdering", "Knatrelyder basalt, pittingødem. Mistenker hjertesvikt."),
        ("Plan", "Furosemid. NT-proBNP og nyreprøver er tatt. Henvist til ekko, prioritert."),
    )
    life.problem(FAILURE, found, visit=visit)
    life.uses(FUROSEMIDE, visit.day, FAILURE)
    _, seen = refer(life, visit, Service.HEART_CLINIC, FAILURE, "Ekko, avklaring av type og behandling.", 3)
    weak = life.chance.yes(0.55) and not _beats_well(life, seen)
    met = clinic(life, Service.HEART_CLINIC, seen, FAILURE)
    share = life.chance.between(25, 39) if weak else life.chance.between(50, 58)
    sections = (
        ("Undersøkelse", f"Ekko: venstre ventrikkels ejeksjonsfraksjon {share} %."),
        (
            "Plan",
            "Følges videre av hjertesviktsykepleier."
            if weak
            else "Vanndrivende og blodtrykk. Kontroll hos fastlegen.",
        ),
    )
    concluded(life, met, *sections)
    if weak:
        _stepped(life, seen)
    if life.chance.yes(0.6):
        life.uses(DAPAGLIFLOZIN, max(seen, date(2021, 3, 1)), FAILURE)


def _beats_well(life: Life, seen: date) -> bool:
    """Whether an echo after the day, of another illness of the heart, shows that it pumps well."""
    found = [life.first(one) for one in (ANGINA, CORONARY, FIBRILLATION)]
    return any(one and one + ECHOES > seen for one in found)


def _stepped(life: Life, seen: date) -> None:
    amlodipine = life.begun(AMLODIPINE)
    if amlodipine and amlodipine < seen:
        life.stop(AMLODIPINE, seen, "Hjertesvikt: annen behandling")
    life.uses(METOPROLOL, seen, FAILURE)
    if life.needs("C09", seen):
        life.uses(RAMIPRIL, seen, FAILURE)
    if life.chance.yes(0.5):
        life.uses(SPIRONOLACTONE, seen + timedelta(days=60), FAILURE)
    for number in (1, 2, 3):
        day = seen + timedelta(days=21 * number)
        met = life.meet(Service.HEART_CLINIC, "sykepleier", day, FAILURE)
        life.weighs(met)
        met.pressure(life.body.systolic(day) - 2 * number, life.body.diastolic(day) - number)
        met.tests(panel(life, day, CREATININE, POTASSIUM, SODIUM))
        _taught(life, met, number)


def _taught(life: Life, met: Visit, number: int) -> None:
    """Written when the medicines are settled. Who forgets is not taught, but who helps."""
    helped = life.decline.lives_in(met.day) or life.decline.mmse(met.day) < HELPED
    taught = _HELPERS[number - 1] if helped else "Opplæring i vekt og væske."

    def write() -> None:
        doses = "" if is_changed(life, met.day) else ", samme doser"
        met.note(("Hjertesviktsykepleier", f"Tåler medisinene godt{doses}. {taught}"))

    life.at_the_end(write)


_HELPERS = (
    "Rådene om vekt og væske er gitt til dem som hjelper.",
    "Veies av dem som hjelper, listen er med.",
    "Vektlisten er sett på med følget.",
)


def worsens(life: Life, day: date, strain: float) -> None:
    """A stay because it has become worse; `strain` is the usual NT-proBNP in ng/L."""
    wet = life.chance.uniform(3, 7)
    story = Story(
        _worsened(life, day, wet),
        "Knatrelyder over begge lunger, pittingødem til knærne.",
        "Forverret hjertesvikt.",
        "Furosemid intravenøst, væskerestriksjon, daglig vekt.",
    )
    ill = Ill(pulse=24, breaths=9, saturation=-7, systolic=8)
    tests = panel(
        life,
        day,
        CREATININE,
        POTASSIUM,
        SODIUM,
        HAEMOGLOBIN,
        CRP,
        ill={NT_PROBNP: strain * life.chance.uniform(2, 4)},
    )
    nights = life.chance.between(3, 8)
    stay = admit(life, Service.MEDICAL_WARD, day, nights, FAILURE, story, ill, tests)
    if not stay.recorded:
        return
    stay.pictures(
        Modality.XRAY, "RTG thorax", "Stuvning og små pleuravæskelag. Forstørret hjerteskygge.", after=2
    )
    began = stay.day - timedelta(days=10)
    life.body.weighs_more.append(Shift(wet, began, 10, stay.day, nights))
    weighed = _weighed(life, stay)
    stay.tests(panel(life, day, CREATININE, POTASSIUM, SODIUM), after=48)

    def write() -> None:
        lost = weighed[0] - weighed[-1]
        less = f" Vekttap {comma(lost)} kg." if lost >= LESS else ""
        course = f"Vanndrivende intravenøst med god effekt.{less} Puster lett uten oksygen."
        discharge(life, stay, FAILURE, Farewell(course, _ONWARDS))

    life.at_the_end(write)
    after = _seen_after(life, stay.end.date() + timedelta(days=8))
    after.tests(panel(life, after.day, CREATININE, POTASSIUM, SODIUM))
    after.note(("Vurdering", "Kontroll etter innleggelse for hjertesvikt. Bedre, tørrvekt nådd. Samme dose."))


def _seen_after(life: Life, day: date) -> Visit:
    """The control that the letter asks for, at the GP's or by the nursing home's doctor."""
    if life.decline.lives_in(day):
        return life.meet(Service.NURSING_HOME, "lege", day, FAILURE)
    return life.gp(day, FAILURE)


def _worsened(life: Life, day: date, wet: float) -> str:
    """What is told on arrival: so many kilograms as are gained, and no forgotten tablets of one who gets them
    from others."""
    said = life.chance.pick(_WORSENED).format(_KILOGRAMS[round(wet)])
    given = life.decline.lives_in(day) or life.decline.mmse(day) < HELPED
    return said.replace(FORGOTTEN, "") if given else said


def _weighed(life: Life, stay: Visit) -> list[float]:
    """Weights on arrival and each morning, in kg as they are written; filled when the whole life is told."""
    weights, nurses = list[float](), Nurses(life, stay)
    last = (stay.end.date() - stay.day).days
    for day in range(last + 1):
        after = stay.hours_to(day, 7 + life.chance.uniform(0, 0.6)) if day else 1.2
        error = life.chance.normal(0, 0.15)

        def weigh(after: float = after, error: float = error) -> None:
            on = (stay.start + timedelta(hours=after)).date()
            weights.append(round(life.body.weight(on) + error, 1))
            nurses.at(after).measure(WEIGHT, weights[-1], after=after)

        life.at_the_end(weigh)
    return weights


LESS = 0.5
"""Kilograms that are spoken of."""
_ONWARDS = "Dagsvekt hjemme. Kontroll av nyrefunksjon og kalium hos fastlege om en uke."


WORSENS, ECHOES = timedelta(days=9), timedelta(days=120)
"""For so long before a stay it is seen that it has become worse; and how long after another illness of the
heart is found its last echo is."""
_WORSE = "Mer hovne legger enn sist, og fortere tungpust enn vanlig."
_MORE = "Ekstra vanndrivende i tre dager, kontakt med en gang ved forverring."


def _states(life: Life, day: date) -> tuple[str, ...]:
    """What can be said: nobody weighs themselves or goes shopping who needs help with everything."""
    if life.decline.lives_in(day):
        return _RESIDENT
    return _HELPED if life.decline.mmse(day) < HELPED else _STATES


def _planned(life: Life, day: date, plan: str) -> str:
    """What is agreed on, with those who help where the citizen does not see to it."""
    if life.decline.lives_in(day):
        return plan.replace("Ringer", "Pleierne melder fra").replace("Minnet om", "Pleierne passer på")
    if life.decline.mmse(day) < HELPED:
        return plan.replace("Ringer", "Hjemmesykepleien ringer").replace(
            "Minnet om", "Hjemmesykepleien passer på"
        )
    return plan


HELPED = 15
"""MMSE."""
_HELPED = (
    "Pårørende følger. Litt mer hovne ankler, ellers uendret. Hjemmesykepleien veier.",
    "Stabil vekt på hjemmesykepleiens liste. Rene lunger, ligger flatt.",
    "Fort sliten ved stell. Ikke halsvenestuvning, varme hender.",
)
_STATES = (
    "Stabil hjertesvikt, NYHA II. Ikke ødemer. Veier seg hver morgen.",
    "Litt mer hovne ankler, ellers uendret. NYHA II-III.",
    "Klarer trapp til andre etasje med en pause. Rene lunger.",
    "Sover med én pute. Ikke svimmel ved oppreising. Stabil vekt.",
    "Sliten, men går til butikken. Ikke halsvenestuvning, varme hender.",
    "Tåler medisinene godt. Tungpust bare i bratte bakker.",
)
_INDOORS = {
    _STATES[2]: "Går fra rom til rom med en pause. Rene lunger.",
    _STATES[4]: "Fort sliten, hviler etter stell. Ikke halsvenestuvning, varme hender.",
    _STATES[5]: "Tåler medisinene godt. Tungpust bare når det går fort.",
}
"""What is said instead of stairs, shops and hills to one who does not go out alone."""
_RESIDENT = (
    "Vektnotater gjennomgått med pleierne, stabil. Ikke ødemer.",
    "Litt tungpust ved stell, ellers rolig. Rene lunger.",
    "Hovne ankler mot kveld. Ligger flatt uten plager.",
)
_PLANS = (
    "Samme behandling. Ringer ved vektøkning over to kilo på tre dager.",
    "Fortsetter uendret. Kontroll om fire måneder.",
    "Ekstra vanndrivende i tre dager ved behov. Ellers som før.",
    "Minnet om salt og væske. Prøver ved neste kontroll.",
)
_KILOGRAMS = {3: "Tre", 4: "Fire", 5: "Fem", 6: "Seks", 7: "Sju"}
_WORSENED = (
    "Tungpust også i hvile siste døgn, vektøkning siste uke. Har spist mye salt mat.",
    "Våknet i natt med pustebesvær, måtte sitte oppe. Hovne legger over en uke.",
    f"Tiltagende tungpust etter en forkjølelse.{FORGOTTEN}",
    "Klarer ikke lenger å gå til badet uten pause. {} kilo opp på to uker.",
)
