"""Dementia: found by the GP with the family, assessed with MMSE and clock test, followed twice a year.

How many have it: 6 of 100 at 70 to 74, 20 at 80 to 84 and nearly half from 90 (HUNT4; Gjøra et al., 2021).
Assessment and follow-up as in the national guideline on dementia (Helsedirektoratet, 2017).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region import kin
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import B12, FREE_T4, HAEMOGLOBIN, TSH, Measure
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology
from fellesjournal.rollout.region.decline import Dementia
from fellesjournal.rollout.region.driving import had_licence, without_advice
from fellesjournal.rollout.region.endings import Cause
from fellesjournal.rollout.region.kin import nearest
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.visit import Visit

ALZHEIMER = Problem("Alzheimers sykdom med sen debut", "P70", "F001")
VASCULAR = Problem("Vaskulær demens", "P70", "F019")
UNSPECIFIED = Problem("Demens, type ikke avklart", "P70", "F03")
KINDS = ((ALZHEIMER, 60.0), (VASCULAR, 18.0), (UNSPECIFIED, 22.0))
FORGETFUL = Problem("Hukommelsesproblemer", "P20")

MMSE = Measure("72106-8", "MMSE", "poeng", "{score}", category="survey")
DONEPEZIL = Medicine("N06DA02", "Donepezil 10 mg tablett", "1 tablett hver kveld")
MEMANTINE = Medicine("N06DX01", "Memantin 20 mg tablett", "1 tablett hver morgen")

NEW: Risk = ((60, 0.5), (65, 3.5), (70, 9.5), (75, 16), (80, 25), (85, 40), (90, 50))


def begins(life: Life) -> None:
    """Whether and when, before anything else is told."""
    since = life.leading_to(Cause.DEMENTIA, 3, 8) or life.onset(NEW)
    if since is not None and life.age(since) >= 60:
        first, pace = life.chance.uniform(20, 25), life.chance.uniform(1.2, 3.2)
        life.decline.dementia = Dementia(since, first, pace, life.chance.between(30, 80))


def lives_with(life: Life) -> None:
    """From the first worry to the last day; in a nursing home its nurses write the rest."""
    dementia = life.decline.dementia
    if dementia is None or life.decline.lives_in(dementia.since):
        if dementia is not None:
            life.problem(life.chance.weighted(KINDS), dementia.since)
        return
    is_followed(life, life.chance.weighted(KINDS))


def is_followed(life: Life, kind: Problem) -> None:
    """One kind, from the first worry until the nursing home."""
    dementia = life.decline.dementia
    assert dementia is not None
    life.body.weighs_more.append(Shift(-4, dementia.since, 2500))
    _worry(life, dementia.noticed)
    _found(life, kind)
    if kind is ALZHEIMER and life.chance.yes(0.6):
        life.uses(DONEPEZIL, dementia.since, kind)
        worse = years_after(dementia.since, life.chance.between(2, 4))
        if life.chance.yes(0.5):
            life.stop(DONEPEZIL, worse, "Ikke lenger effekt")
            life.uses(MEMANTINE, worse, kind)
    for day in life.every(6, dementia.since, life.decline.moves_in):
        _control(life, kind, day)


def _worry(life: Life, day: date) -> None:
    visit = life.gp(day, FORGETFUL)
    life.at_the_end(lambda: _worries(life, visit))
    visit.tests(
        {
            HAEMOGLOBIN: life.body.haemoglobin,
            TSH: life.chance.uniform(0.8, 3.4),
            FREE_T4: life.chance.uniform(11, 18),
            B12: life.chance.uniform(220, 480),
        }
    )


def _worries(life: Life, visit: Visit) -> None:
    """Written at the end, when it is known who drives."""
    day = visit.day
    who = nearest(life.person, day, life.era.until)
    plan = "Blodprøver i dag. Ny time til MMSE, klokketest og samtale med pårørende. Førerkort tas opp."
    visit.note(
        (
            "Anamnese",
            f"{who} er med. Gjentar seg, glemmer avtaler, har gått seg bort en gang. Selv ikke bekymret.",
        ),
        ("Plan", plan if had_licence(life, day) else without_advice(plan)),
    )


def _found(life: Life, kind: Problem) -> None:
    dementia = life.decline.dementia
    assert dementia is not None
    visit = life.gp(dementia.since, kind, minutes=45)
    score = dementia.mmse(visit.day)
    visit.measure(MMSE, score)
    clock = 3 if score > 22 else 2
    lives = kin.lives(life.person, visit.day).removeprefix("Bor ")
    found = f"MMSE {score}/30, klokketest {clock}/5. Pårørende beskriver svikt over tid."
    assessed = f"{kind.text}. Bor {lives}. Bør ikke kjøre bil."
    plan = "Informert om diagnosen. Kontakt med demenskoordinator. Oppfølging hvert halvår."

    def write() -> None:
        told = assessed if had_licence(life, visit.day) else without_advice(assessed)
        visit.note(
            ("Utredning", f"{found} Blodprøver uten annen forklaring. MR caput er bestilt."),
            ("Vurdering", told),
            ("Plan", plan),
        )

    life.at_the_end(write)
    _pictured(life, visit, kind)
    life.problem(kind, dementia.since, visit=visit)


def _pictured(life: Life, asks: Visit, kind: Problem) -> None:
    """MR as the guideline asks for, and its answer by telephone."""
    if not asks.recorded:
        return
    seen = radiology(life, asks, kind, Modality.MRI, "MR caput", _MRI[kind], 4)
    if seen.recorded:
        told = life.gp(seen.day + timedelta(days=8), kind, way=Way.PHONE, minutes=10)
        told.note(("Telefon", f"MR caput: {_MRI[kind][:1].lower()}{_MRI[kind][1:]} Pårørende er orientert."))


_MRI = {
    ALZHEIMER: "Atrofi av hippocampus på begge sider. Ingen svulst, blødning eller hydrocephalus.",
    VASCULAR: "Uttalte forandringer i hvit substans og gamle småinfarkter. Ingen svulst eller blødning.",
    UNSPECIFIED: "Lett generell atrofi. Ingen svulst, blødning eller ferske infarkter.",
}


def _control(life: Life, kind: Problem, day: date) -> None:
    visit = life.gp(day, kind)
    score = life.decline.mmse(visit.day)
    life.weighs(visit)
    scored = life.chance.yes(0.55) and score > 6
    if scored:
        visit.measure(MMSE, score)
    state = _state(life, score)

    def write() -> None:
        told = visit.say(*(_HELPED.get(state, state) if life.decline.is_helped(visit.day) else state))
        visit.note(("Kontroll", f"MMSE {score}. {told}" if scored else told))

    life.at_the_end(write)


def _state(life: Life, score: int) -> tuple[str, str]:
    """How it goes; who comes to help is known when municipal care is told."""
    told: Sequence[tuple[str, str]] = (
        _MANAGES if score > MANAGES else _NEEDS_HELP if score > NEEDS_HELP else _NEEDS_ALL
    )
    told = told if score >= KNOWS_FEW else _KNOWS_FEW
    return life.chance.other(told)


MANAGES, NEEDS_HELP, KNOWS_FEW = 19, 12, 7
"""Points of MMSE above which one manages with reminders, and above which one does some things oneself; and
below which one is fed."""
_MANAGES = (
    (
        "Klarer seg hjemme med påminning om medisiner. Pårørende hjelper med økonomi.",
        "Klarer seg heime med påminning om medisinar. Pårørande hjelper med økonomi.",
    ),
    (
        "Finner fram i nærmiljøet. Gjentar seg mer enn sist. Pårørende lager ukeplan.",
        "Finn fram i nærmiljøet. Gjentek seg meir enn sist. Pårørande lagar vekeplan.",
    ),
    (
        "Glemmer avtaler, lager enkel mat selv. Trives best med faste dager.",
        "Gløymer avtaler, lagar enkel mat sjølv. Trivst best med faste dagar.",
    ),
)
_HELPED = {
    _MANAGES[0]: (
        "Klarer seg hjemme med den hjelpen som kommer. Pårørende hjelper med økonomi.",
        "Klarer seg heime med den hjelpa som kjem. Pårørande hjelper med økonomi.",
    ),
    _MANAGES[1]: (
        "Trygg i eget hjem, usikker ute. Gjentar seg mer enn sist. Pårørende lager ukeplan.",
        "Trygg i eigen heim, usikker ute. Gjentek seg meir enn sist. Pårørande lagar vekeplan.",
    ),
    _MANAGES[2]: (
        "Glemmer avtaler, må ha hjelp til maten. Trives best med faste dager.",
        "Gløymer avtaler, må ha hjelp til maten. Trivst best med faste dagar.",
    ),
}
"""What is said of the same where somebody comes to help."""
_NEEDS_HELP = (
    (
        "Trenger hjelp til mat, medisiner og klær. Sover urolig. Pårørende er slitne.",
        "Treng hjelp til mat, medisinar og klede. Søv uroleg. Pårørande er slitne.",
    ),
    (
        "Leter etter ord, følger med når det går sakte. Må ha hjelp til stell. Avlastning er drøftet.",
        "Leitar etter ord, følgjer med når det går sakte. Må ha hjelp til stell. Avlasting er drøfta.",
    ),
    (
        "Går seg bort ute, rolig inne. Spiser best i selskap. Pårørende svarer for det meste.",
        "Går seg bort ute, roleg inne. Et best i selskap. Pårørande svarar for det meste.",
    ),
    (
        "Forveksler dag og natt av og til. Trenger hjelp med klærne. Pårørende er med.",
        "Forvekslar dag og natt av og til. Treng hjelp med kleda. Pårørande er med.",
    ),
)
_NEEDS_ALL = (
    (
        "Trenger hjelp til alt. Kjenner familien av og til. Spiser med hjelp. Heldøgns tilsyn drøftet.",
        "Treng hjelp til alt. Kjenner familien av og til. Et med hjelp. Heildøgns tilsyn drøfta.",
    ),
    (
        "Spør om det samme, rolig med kjente. Må stelles, maten deles opp.",
        "Spør om det same, roleg med kjende. Må stellast, maten vert delt opp.",
    ),
    (
        "Våken, men tar ikke initiativ. Kles og vaskes av andre, spiser når noen minner om det.",
        "Vaken, men tek ikkje initiativ. Vert kledd og vaska av andre, et når nokon minner om det.",
    ),
)
_KNOWS_FEW = (
    (
        "Kjenner sjelden noen. Får mat og drikke av andre, snus om natten. Pårørende er hos hver dag.",
        "Kjenner sjeldan nokon. Får mat og drikke av andre, vert snudd om natta. Pårørande er hos kvar dag.",
    ),
    (
        "Sier lite, smiler til kjente stemmer. Stelles og mates. Huden er hel.",
        "Seier lite, smiler til kjende stemmer. Vert stelt og mata. Huda er heil.",
    ),
)
