"""Brittle bones: wrist and hip fractures after a fall, operation, training, and medicine for the bones.

How many: about 9,000 hip fractures a year, two of three in women, 82 years old on average (Nasjonalt
hoftebruddregister); about 15,000 wrist fractures (FHI). Five to eight nights on the ward.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Section
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    ALBUMIN,
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    SODIUM,
    VITAMIN_D,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.bone_density import density
from fellesjournal.rollout.region.formulary import (
    ALENDRONATE,
    CALCIUM_D,
    DALTEPARIN,
    DENOSUMAB,
    MACROGOL,
    OXYCODONE,
    PARACETAMOL_FIXED,
)
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.ward_rounds import Nurses
from fellesjournal.rollout.region.wards import FORGETS, Farewell, Story, admit, comma, discharge

OSTEOPOROSIS = Problem("Osteoporose", "L95", "M819")
NECK = Problem("Lårhalsbrudd", "L75", "S720")
TROCHANTER = Problem("Pertrokantært lårbeinsbrudd", "L75", "S721")
WRIST = Problem("Håndleddsbrudd", "L72", "S525")
HALF_HIP = Operation("NFB12", "Delprotese i hofteledd med sement")
SCREWS = Operation("NFJ70", "Osteosyntese av lårhalsbrudd med skruer")
NAILED = "margnagle"
NAIL = Operation("NFJ51", f"Osteosyntese av pertrokantært brudd med {NAILED}")

SIDES = ("høyre", "venstre")
NO_ICE = range(4, 11)
"""Months."""
WORRIED = Problem("Bekymret for beinskjørhet", "L27")
_NOT_MEASURED = "Lavenergibrudd i hoften: behandles uten måling av bentetthet."
"""The national recommendation for those who have broken a hip."""

WOMEN: Risk = ((55, 0.8), (65, 2.6), (75, 10), (80, 20), (85, 32), (90, 40))
MEN: Risk = ((55, 0.5), (65, 1.4), (75, 5), (80, 10), (85, 20), (90, 28))
WRISTS: Risk = ((50, 2.5), (60, 5), (70, 7))
BRITTLE: Risk = ((55, 1.5), (65, 4), (75, 6))


def break_(life: Life) -> None:
    """Wrist first, hip later; either leads to a look at the bones."""
    woman = life.person.is_woman
    wrist = life.onset(WRISTS, 1.3 if woman else 0.35)
    if wrist:
        _wrist(life, wrist)
    hip = life.onset(WOMEN if woman else MEN, 2.0 if wrist else 1.5)
    if hip:
        _hip(life, hip)
    brittle = life.onset(BRITTLE, 1.2 if woman else 0.25)
    if brittle and not life.has(OSTEOPOROSIS):
        _looked_into(life, brittle)


def _wrist(life: Life, day: date) -> None:
    hour = life.chance.between(10, 21)
    side = life.chance.pick(SIDES)
    visit = life.meet(Service.LEGEVAKT, "lege", day, WRIST, way=Way.EMERGENCY, hour=hour, minutes=130)
    visit.pictures(
        Modality.XRAY, f"RTG {side} håndledd", "Brudd i distale radius med lett dorsal vinkling.", after=0.5
    )
    in_place = "Akseptabel stilling i gips etter reponering."
    visit.pictures(Modality.XRAY, f"RTG {side} håndledd", in_place, after=1.3)
    fell = "Snublet" if visit.day.month in NO_ICE else "Falt på glatt underlag"
    visit.note(
        ("Hastegrad", "Gul."),
        ("Aktuelt", f"{fell} og tok seg for med {side} hånd. Vondt og hovent håndledd."),
        ("Funn", "Feilstilling, god sirkulasjon og følelse i fingrene."),
        ("Tiltak", "Reponert i lokalbedøvelse, gips. Kontrollrøntgen om en uke."),
    )
    life.episode(WRIST, visit, 60)
    check = life.meet(Service.CLINIC, "lege", day + timedelta(days=8), WRIST, minutes=105)
    check.pictures(Modality.XRAY, f"RTG {side} håndledd", "Uendret, akseptabel stilling i gips.")
    check.note(("Ortopedi", "Stillingen holder. Gips i fem uker til. Fingerøvelser."))
    last = life.gp(day + timedelta(days=45), WRIST)
    life.at_the_end(lambda: last.note(_OUT_OF_PLASTER, ("Beinhelse", _of_the_bones(life, last.day))))
    life.body.mends.append((visit.day, last.day, f"Gips for {WRIST.within} fra {visit.day:%d.%m.%Y}."))


OFF_WORK = 12
"""Weeks for which one is off work with a broken hip."""
_OUT_OF_PLASTER = (
    "Kontroll",
    "Gips fjernet. Stiv, trener selv. Fall er gått gjennom, råd om trening av balansen.",
)


def _of_the_bones(life: Life, day: date) -> str:
    """What a broken wrist says of them, when it is known whether they are brittle."""
    if life.had(OSTEOPOROSIS, day):
        return "Har osteoporose fra før, følges for det. Kalk i kosten, mosjon."
    return "FRAX er regnet ut: under grensen for behandling. Kalk i kosten, vitamin D, mosjon."


def _hip(life: Life, day: date) -> None:
    neck = life.chance.yes(0.6)
    problem = NECK if neck else TROCHANTER
    operation = (HALF_HIP if life.chance.yes(0.7) else SCREWS) if neck else NAIL
    side = life.body.broken_hip = life.chance.pick(SIDES)
    story = Story(
        f"{_fell(life, day)} Ikke slått hodet, ikke besvimt.",
        f"Forkortet og utoverrotert {side} bein. God puls i foten. Røntgen: {problem.within}.",
        f"{problem.text}, {side} side.",
        "Hurtigforløp hofte: nerveblokade, væske, operasjon innen et døgn. Geriatrisk vurdering.",
    )
    nights = life.chance.between(5, 8)
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, SODIUM, CRP, ALBUMIN)
    ill = Ill(pulse=16, breaths=2, saturation=-2, temperature=0.2, systolic=12)
    stay = admit(life, Service.ORTHOPAEDIC_WARD, day, nights, problem, story, ill, tests)
    if not stay.recorded and life.records(day):
        return
    reason = life.problem(problem, stay.day, stay.day + timedelta(days=120), stay)
    lately.is_off(life, stay.day, OFF_WORK)
    _operated(life, stay, operation, problem, side, reason)
    home = stay.end.date()
    after_bones(life, stay, problem)
    life.uses(PARACETAMOL_FIXED, stay.day, problem)
    life.uses(MACROGOL, stay.day, problem)
    for medicine in (PARACETAMOL_FIXED, MACROGOL):
        life.stop(medicine, home + timedelta(days=80), "Ikke lenger behov")
    check = life.gp(home + timedelta(days=40), problem)
    moves = "Løftes over i stol" if life.decline.sits(check.day) else "Går med rollator inne"
    said = f"Seks uker etter {problem.within}. {moves}. Lite smerter."
    _brittle(life, check, _NOT_MEASURED, ("Kontroll", said))


def _fell(life: Life, day: date) -> str:
    """How it came about, of one who walks or is moved by others."""
    where = life.chance.pick(
        ("på badet", "ved sengen", "på vei opp av stolen")
        if life.decline.lives_in(day)
        else ("på badet", "på stuegulvet", "i inngangstrappen", "på vei opp av stolen")
    )
    if life.decline.sits(day):
        return "Gled ned fra stolen, klager seg når beinet røres."
    return f"Falt {where}, klarte ikke å reise seg."


def after_bones(life: Life, stay: Visit, problem: Problem, *, clots: bool = True) -> None:
    """What is given for pain after bones were put right, and for four weeks against `clots`, where it was the
    thigh or the leg."""
    if life.tolerates(OXYCODONE):
        life.uses(OXYCODONE, stay.day, problem)
        life.stop(OXYCODONE, stay.end.date() + timedelta(days=21), "Ikke lenger behov")
    life.cut("M01A", stay.day, "Brudd: annen smertelindring")
    if clots and life.taking("B01AF", stay.day) is None:
        life.uses(DALTEPARIN, stay.day, problem)
        life.stop(DALTEPARIN, stay.day + timedelta(days=28), full=True)


def _operated(
    life: Life, stay: Visit, operation: Operation, problem: Problem, side: str, reason: str
) -> None:
    early = stay.start.hour < 12
    operated = stay.hours_to(0, 18.5) if early else stay.hours_to(1, life.chance.uniform(8, 11.8))
    stay.pictures(Modality.XRAY, f"RTG {side} hofte og bekken", f"{problem.text} {side} side.", after=0.2)
    stay.operation(operation, life.chance.between(50, 95), after=operated, reason=reason)
    stay.note(
        ("Operasjonsbeskrivelse", f"{operation.text}, {side} side. Spinalbedøvelse, blødning 300 mL."),
        after=operated + 2,
    )
    low = life.body.haemoglobin_on(stay.day) - life.chance.uniform(2, 4)
    stay.tests(
        {
            HAEMOGLOBIN: low,
            CRP: life.chance.uniform(70, 160),
            CREATININE: life.body.creatinine_on(stay.day) + 9,
        },
        after=operated + 20,
    )
    confused = life.age(stay.day) > 80 and life.chance.yes(0.35)
    therapist = stay.by(life.services.worker(Service.ORTHOPAEDIC_WARD, "fysioterapeut", 0))
    sits = life.decline.sits(stay.day)
    therapist.note(("Fysioterapi", _SITS if sits else _FIRST_STEPS), after=stay.hours_to(2, 11))
    lasts = (stay.end - stay.start).total_seconds() / 3600
    clears = _CLEARS if life.decline.mmse(stay.day) >= FORGETS else _CALMER
    for night, said in ((2, _STORM), (4, clears)) if confused else ():
        if (at := stay.hours_to(night, 4.6)) < lasts:
            Nurses(life, stay).note(("Sykepleie", said), after=at)
    storm = "Forbigående delir andre natt, klarnet etter to døgn. " if confused else ""
    low_text = "Transfundert med to enheter. " if low < 9 else ""
    moves = "løftes over i stol" if sits else "går med rollator"
    course = f"Operert med {operation.within}. {storm}{low_text}Full belastning tillatt, {moves}."
    life.at_the_end(
        lambda: discharge(life, stay, problem, Farewell(course, f"{_against_clots(life, stay)}{_ONWARDS}"))
    )


def _against_clots(life: Life, stay: Visit) -> str:
    """What the letter says of it, when it is known what is given."""
    if life.taking("B01AF", stay.end.date()):
        return "Blodfortynnende som før. "
    return "Blodproppforebyggende i fire uker. " if life.taking("B01AB", stay.end.date()) else ""


_ONWARDS = (
    "Opptrening i kommunen. Osteoporosebehandling startes hos fastlege. Ikke rutinekontroll hos ortoped."
)


def _looked_into(life: Life, day: date) -> None:
    """Bones are measured, for what one tells; the answer is given on about the day."""
    if life.decline.lives_in(day):
        return
    asks = life.gp(day - timedelta(days=35), WORRIED)
    plan = ("Plan", "Bentetthet måles, ny time når svaret er kommet.")
    life.at_the_end(lambda: asks.note(("Aktuelt", _shrunk(life, asks.day)), plan))
    low = life.chance.uniform(2.6, 3.6)
    seen = density(life, asks, WORRIED, low)
    visit = life.gp(max(day, seen.day + timedelta(days=7)), OSTEOPOROSIS)
    _brittle(life, visit, f"Bentetthetsmåling etter høydetap og arvelighet. T-skår {comma(-low)}.")
    _ends(life, visit.day, low)


def _shrunk(life: Life, day: date) -> str:
    """What one tells, when it is known whose back aches."""
    about = [*life.known(day), *life.episodes.open(day)]
    aches = any(one.icpc in BACKS for one in about)
    return f"Er blitt tre cm lavere, moren brakk hoften.{'' if aches else ' Ikke vondt i ryggen.'}"


def _ends(life: Life, day: date, low: float) -> None:
    """Five years on bones are measured again, and a pause is made."""
    ends = years_after(day, 5)
    if life.decline.lives_in(ends) or life.taking("M05", day + timedelta(days=1)) is None:
        return
    asks = life.gp(ends - timedelta(days=45), OSTEOPOROSIS)
    asks.note(("Plan", "Snart fem år med behandling for beinskjørhet. Bentetthet måles før det er gått."))
    better = low - life.chance.uniform(0.2, 0.6)
    seen = density(life, asks, OSTEOPOROSIS, better)
    over = life.gp(max(ends, seen.day + timedelta(days=7)), OSTEOPOROSIS)
    told = f"T-skår {comma(-better)}, mot {comma(-low)} for fem år siden."

    def write() -> None:
        met = life.meetings.between(day, over.day)
        broken = any(about.icpc in BREAKS for one in met for about in one.about)
        whole = "" if broken else " Ingen brudd."
        over.note(("Vurdering", f"{told}{whole} Pause i behandlingen."))

    life.at_the_end(write)


def _brittle(life: Life, visit: Visit, why: str, *after: Section) -> None:
    """Osteoporosis, at a visit, and `why`; after what else is said there."""
    day = visit.day
    visit.tests(panel(life, day, CREATININE, VITAMIN_D))
    life.at_the_end(lambda: visit.note(*after, ("Vurdering", why), ("Plan", _strengthened(life, day))))
    life.problem(OSTEOPOROSIS, day, visit=visit)
    life.uses(ALENDRONATE, day, OSTEOPOROSIS)
    life.stop(ALENDRONATE, years_after(day, 5), "Fem år fullført")
    life.uses(CALCIUM_D, day, OSTEOPOROSIS)
    for seen in life.every(13, day, misses=0.3):
        life.gp(seen, OSTEOPOROSIS).tests(panel(life, seen, CREATININE, VITAMIN_D))


def _strengthened(life: Life, day: date) -> str:
    """What is planned, when it is known what the kidneys bear."""
    first = next((said for atc, said in _STRENGTHENS if life.taking(atc, day)), "Kalsium")
    return f"{first} og vitamin D. Fallforebygging."


_STRENGTHENS = (
    (ALENDRONATE.atc, "Alendronat i fem år, kalsium"),
    (DENOSUMAB.atc, "Denosumab hvert halvår, kalsium"),
)
BACKS, BREAKS = ("L02", "L03", "L84", "L86"), ("L72", "L73", "L74", "L75", "L76")
"""ICPC-2 codes of backs that ache, and of what is broken."""
_FIRST_STEPS = "Oppe på sengekanten første dag. Går noen skritt med høy rollator og én hjelper."
_SITS = "På sengekanten med to hjelpere, løftet over i stol. Trenger hjelp til det meste, som før bruddet."
_STORM = "Våken og forvirret i natt, prøver å gå ut av sengen. Fast pleier ved siden av, briller og lys på."
_CLEARS = "Sovet natten igjennom. Vet hvor dette er, kjenner igjen pleieren."
_CALMER = "Sovet natten igjennom. Rolig, lar seg hjelpe, som før bruddet."
"""The same of who forgets where they are."""
