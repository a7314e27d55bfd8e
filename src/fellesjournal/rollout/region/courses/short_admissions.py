"""Short stays at hospital for what passes: observed, treated, sent home within days.

How many: of about 155 stays for 1,000 citizens a year (Norwegian Patient Registry, 2019) these are some 60,
four times as many at 80 as at 50; the others are told where the disease is told. Children's are not told.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from operator import itemgetter

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import documents
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    HCG,
    POTASSIUM,
    SODIUM,
    TROPONIN_T,
    Measure,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.clinics import clinic, refer, report
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.cancer_kinds import PROSTATE
from fellesjournal.rollout.region.courses.coronary import ANGINA, ATTACK, CORONARY
from fellesjournal.rollout.region.courses.known import flutters
from fellesjournal.rollout.region.courses.short_cases import (
    BLEEDING,
    BOWEL,
    CASES,
    CHEST_PAIN,
    FAINTED,
    KIDNEY,
    LOOSE,
    MEDICAL,
    MYOMA,
    ORTHOPAEDIC,
    RACES,
    RETENTION,
    STONE,
    Case,
)
from fellesjournal.rollout.region.formulary import PANTOPRAZOLE, PARACETAMOL_FIXED, TRIMETHOPRIM_SULFA
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.safety import into_a_vein
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.ward_rounds import Nurses
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge, seen_first

OF_THE_HEART = (CORONARY, ANGINA)
_SENSITIVE = "mecillinam, trimetoprim-sulfa, ciprofloksacin og gentamicin"
CULTURES = {
    LOOSE: (("Mikrobiologi, avføring", "Norovirus påvist (PCR). Ingen tarmpatogene bakterier.", 1),),
    KIDNEY: (
        ("Dyrkning av urin", f"Escherichia coli, rikelig vekst. Følsom for {_SENSITIVE}.", 2),
        ("Dyrkning av blod", "Ingen vekst etter to døgn.", 2),
    ),
}
"""What is answered of what is sent, after how many days."""
FERTILE = 50
"""Age until which a woman is tested before pictures with rays."""
TWICE = 2
"""How often one is admitted for a pain in the chest that was nothing."""
APART = timedelta(days=28)
"""From one stay to another that has nothing to do with it."""
FRESH = timedelta(days=65)
"""From an infarction, whose controls are without pain."""
FRAIL, MANY = 80, 3
"""From which age on, and with how many illnesses, half of those with a medical illness come to the geriatric
ward."""
SPOKEN_OF = timedelta(days=30)
"""For so long after a stay the GP asks whether it has happened again."""
CLEAR = 15
"""Points of MMSE below which nobody is said to be clear."""
CHANGE = "X11"
"""ICPC-2 code of the change of life, after which nobody has bled for two years."""
AGAIN = 3.5
"""Hours until troponin is taken again."""
KNOWN = timedelta(days=1, hours=3.5)
"""After arrival a culture is answered, and it stands on the list what it was."""
OFTEN = ((16, 70), (50, 130), (67, 245), (80, 390))
"""From each age on: stays of 1,000 in a year."""


def come(life: Life) -> None:
    """From 16 on; who lives in a nursing home is sent half as often."""
    for since, until, yearly in _spans(life):
        for drawn in life.now_and_then(yearly / 1000, since, until):
            day = _apart(life, drawn)
            at_home = not life.decline.lives_in(day)
            fits = [(one, one.weight) for one in CASES if _can_be(life, one, day)]
            case = life.chance.weighted(fits)
            if at_home or (case.operation is None and life.chance.yes(0.5)):
                _lies(life, day, case)


def _can_be(life: Life, case: Case, day: date) -> bool:
    """Whether it can be the reason: a chest that was found to be well twice is not lain in for again, nor a
    man's kidneys that were looked into, nor what was operated on or has cancer; nobody faints on their feet
    who is helped up; no stone is pictured with rays of one with child, and a heart that flutters does not
    race regularly."""
    if case.problem is CHEST_PAIN and (
        sum(CHEST_PAIN in about for _, about in life.stays) >= TWICE or life.episodes.near(ATTACK, day, FRESH)
    ):
        return False
    if case.problem is RETENTION and life.has(PROSTATE.problem):
        return False
    if case.problem is FAINTED and life.decline.sits(day):
        return False
    man = not life.person.is_woman
    once = case.ward is ORTHOPAEDIC or case.operation is not None or (case.problem is KIDNEY and man)
    if once and any(case.problem in it for _, it in life.stays):
        return False
    if (case.problem is STONE and _is_with_child(life, day)) or (
        case.problem is RACES and flutters(life, day)
    ):
        return False
    return case.fits(life.age(day), woman=life.person.is_woman)


def _is_with_child(life: Life, day: date) -> bool:
    lost = any(first <= day < end + APART for first, end, _ in life.lost)
    return lost or lately.expecting(life, day)


def _apart(life: Life, day: date) -> date:
    """The day, or the first long enough after the stays that it would stand close to."""
    for stay, _ in sorted(life.stays, key=lambda one: one[0].start):
        if stay.day - APART < day < stay.end.date() + APART:
            day = stay.end.date() + APART
    return day


def _spans(life: Life) -> list[tuple[date, date, float]]:
    until = life.dying_since or life.last
    ends = [life.birthday(age) for age, _ in OFTEN[1:]] + [until]
    return [
        (life.birthday(age), min(end, until), yearly) for (age, yearly), end in zip(OFTEN, ends, strict=True)
    ]


def _lies(life: Life, day: date, case: Case) -> None:
    nights = life.chance.between(*case.nights)
    day = life.days.free(day, nights)
    case = _as_known(life, day, case)
    tests = _tests(life, day, case)
    planned = case.operation is not None
    story = case.story._replace(plan=into_a_vein(life, case.story.plan, day))
    frail = case.ward is MEDICAL and life.age(day) >= FRAIL and len(life.known(day)) >= MANY
    ward = Service.GERIATRIC_WARD if frail and life.chance.yes(0.5) else case.ward
    stay = admit(life, ward, day, nights, case.problem, story, case.ill, tests, planned=planned)
    if case.pictures:
        stay.pictures(*case.pictures, after=seen_first(story))
    lasted = (stay.end.date() - stay.day).days
    if case.problem is KIDNEY and not life.person.is_woman:
        stay.pictures(Modality.ULTRASOUND, "UL urinveier", _NOTHING_IN_THE_WAY, after=20)
        control = (14, (CRP, CREATININE))
        case = case._replace(
            farewell=_A_MANS_KIDNEY, control=control, days=lasted + 21, cure=14, tablets=TRIMETHOPRIM_SULFA
        )
    asked = _is_referred(life, stay, case) if planned and stay.recorded else stay
    lasts = (stay.day - asked.day).days + max(case.days, lasted + 1)
    begun, found = (
        asked if asked.recorded else stay,
        min(stay.start + KNOWN, stay.end).date() if case.found_to_be else None,
    )
    life.episodes.begin(life.chart, case.found_to_be or case.problem, begun, lasts, life.last, found)
    if TROPONIN_T in tests and case.problem is not FAINTED:
        stay.tests({TROPONIN_T: tests[TROPONIN_T]}, after=AGAIN)
    if case.operation:
        stay.operation(case.operation, life.chance.between(40, 90), after=life.chance.uniform(1, 5))
    if case.ward is ORTHOPAEDIC:
        life.cure(PARACETAMOL_FIXED, stay, case.days)
    if "fysioterapi" in story.plan and lasted > 1:
        trainer = stay.by(life.services.worker(Service.ORTHOPAEDIC_WARD, "fysioterapeut", 0))
        trainer.note(("Fysioterapi", _TRAINED), after=stay.hours_to(1, life.chance.uniform(10, 13.5)))
    if case.tablets:
        case = _given_along(life, stay, case, lasted)
    if case.problem is BLEEDING:
        case = _bleeds(life, stay, case)
    _answered(life, stay, case, tests)
    discharge(life, stay, case.found_to_be or case.problem, case.farewell)
    if case.control and stay.recorded:
        _controlled(life, stay, case.problem, *case.control)


def _as_known(life: Life, day: date, case: Case) -> Case:
    """The words of one who is known with what they would deny: a heart that hurts, the change of life, a mind
    that is not clear."""
    if case.problem is CHEST_PAIN and any(life.had(one, day) for one in OF_THE_HEART):
        case = case._replace(story=_KNOWN_HEART, farewell=_NO_INFARCTION)
    before, found = case.story.before, case.story.found
    if case.problem is MYOMA and _bleeds_no_more(life, day):
        before = before.replace(_BLEEDS, _PRESSES)
    if life.decline.mmse(day) < CLEAR:
        found = found.replace("Våken og klar", "Våken")
    course = case.farewell.course
    if life.decline.mmse(day) < CLEAR or life.decline.lives_in(day):
        course = course.replace("Steller seg med litt hjelp", "Stelles i seng og stol")
    if life.decline.sits(day):
        before = before.replace(_STEPS, "Klager seg når beina røres")
        course = course.replace("Går med rollator", "Løftes over i stol")
    return case._replace(
        story=case.story._replace(before=before, found=found),
        farewell=case.farewell._replace(course=course),
    )


_STEPS = "Vondt i lysken, klarer noen skritt"


def _bleeds_no_more(life: Life, day: date) -> bool:
    """Whether somebody has been met about the change of life."""
    met = life.meetings.between(life.era.since, day)
    return any(about.icpc == CHANGE for one in met for about in one.about)


def _tests(life: Life, day: date, case: Case) -> dict[Measure, float]:
    """What is taken on arrival, and what it shows."""
    found = dict(case.tests)
    if HAEMOGLOBIN in found:
        found[HAEMOGLOBIN] = life.body.haemoglobin_on(day) - 1.6
    if CREATININE in found:
        found[CREATININE] = life.body.creatinine_on(day) * 1.15
    for salt, spread in ((SODIUM, 1.5), (POTASSIUM, 0.15)):
        if salt in found:
            found[salt] += life.chance.normal(0, spread)
    if CRP in found:
        found[CRP] *= life.chance.uniform(0.7, 1.4)
    tests = panel(life, day, HAEMOGLOBIN, ill=found) if found else {}
    if case.problem is STONE and life.person.is_woman and life.age(day) < FERTILE:
        tests[HCG] = 1
    return tests


def _given_along(life: Life, stay: Visit, case: Case, lasted: int) -> Case:
    """The rest of a cure by mouth: the letter says for how many days, as the list does."""
    assert case.tablets is not None
    days = max(3, case.cure - lasted)
    life.cure(case.tablets, stay.leaving(), days)
    given = f"Resten av antibiotikakuren er på e-resept, for {days} dager, {lasted + days} dager i alt."
    return case._replace(farewell=Farewell(case.farewell.course, f"{given} {case.farewell.onwards}".strip()))


def _answered(life: Life, stay: Visit, case: Case, tests: Mapping[Measure, float]) -> None:
    """What the letter says was found: in cultures, standing, and in blood that is taken again."""
    for what, found, days in CULTURES.get(case.problem, ()):
        stay.cultured(what, found, after=1.2, days=days)
    if case.problem is FAINTED:
        lying, low = life.body.systolic(stay.day), life.body.diastolic(stay.day)
        at = stay.hours_to(1, life.chance.uniform(8.5, 10.5))
        up = Nurses(life, stay).at(at)
        up.pressure(lying, low, after=at)
        up.standing(lying - life.chance.uniform(9, 18), low - life.chance.uniform(0, 6), after=at + 0.1)
        life.at_the_end(lambda: _is_asked_about(life, stay))
    if "kontrast gjennom sonden" in case.story.plan:
        through = stay.hours_to(1, life.chance.uniform(8.5, 11))
        stay.pictures(Modality.XRAY, "RTG abdomen med kontrast", "Kontrast i tykktarmen.", after=through)
    if case.problem is BOWEL:
        stay.tests({CRP: tests[CRP] * life.chance.uniform(0.35, 0.6)}, after=stay.hours_to(2, 7.4))
    if SODIUM in tests and CREATININE in tests:
        again = life.body.creatinine_on(stay.day) * life.chance.normal(1, 0.03)
        stay.tests({CREATININE: again}, after=stay.hours_to(2, 7.5))


def _is_asked_about(life: Life, stay: Visit) -> None:
    """The GP who is met in the first weeks after a faint speaks of it, whatever the visit is about."""
    gp, over = life.services.gp.reference, stay.end
    if not stay.recorded:
        return
    met = [one for one in life.chart.notes if one[2] == gp and timedelta() < one[3] - over < SPOKEN_OF]
    if met:
        said = "Ikkje svima av etter innlegginga." if stay.nynorsk else "Ikke besvimt etter innleggelsen."
        documents.extend(life.chart, min(met, key=itemgetter(3)), said)


def _bleeds(life: Life, stay: Visit, case: Case) -> Case:
    """The stomach is looked into, and what is taken for it; who is thinned in the blood takes it on."""
    at = stay.hours_to(1, life.chance.uniform(8.2, 13))
    stay.examined(GASTROSCOPY, 20, after=at)
    stay.note(("Gastroskopi", _SEEN), after=at + 0.6)
    blood = life.body.haemoglobin_on(stay.day)
    for morning, lost in ((1, 1.9), (2, 1.8)):
        stay.tests({HAEMOGLOBIN: blood - lost}, after=stay.hours_to(morning, life.chance.uniform(6.8, 7.8)))
    life.body.less_blood.append(Shift(1.8, stay.day, 1, stay.end.date()))  # it is made again in two months
    if life.taking("B01A", stay.day):
        life.uses(PANTOPRAZOLE, stay.end.date())
        return _is_told(case, _THINNED)
    if _is_eased(life, stay.end.date()):
        return _is_told(case, _ON_IT)
    life.cure(PANTOPRAZOLE, stay.leaving(), 28)
    return case


def _is_told(case: Case, medicines: str) -> Case:
    onwards = f"{medicines} Ny blodprosent hos fastlege om en uke."
    return case._replace(farewell=Farewell(case.farewell.course, onwards))


def _is_eased(life: Life, day: date) -> bool:
    """Whether what eases the stomach is taken already, as a cure or for longer."""
    cures = [one for one in life.cures if one.medicine.atc == PANTOPRAZOLE.atc]
    ends = [one.visit.start.date() + timedelta(days=one.days) for one in cures if one.visit.day <= day]
    return life.taking(PANTOPRAZOLE.atc, day) is not None or any(day < end for end in ends)


GASTROSCOPY = Operation("UJD02", "Gastroskopi")
_SEEN = (
    "Overfladisk sår i magesekken, belagt med fibrin, ikke pågående blødning. Ingen varicer. "
    "Tolvfingertarmen er uten funn."
)
_ON_IT = "Fortsetter med syrehemmeren fra før oppholdet."
_THINNED = "Det blodfortynnende ble holdt tilbake i to døgn og tas igjen. Syrehemmer så lenge det brukes."


def _is_referred(life: Life, stay: Visit, case: Case) -> Visit:
    """How one came to a planned operation: the GP asks, the clinic decides. Returns the visit to the GP."""
    told = case.story.before.partition(". ")[2]
    asks = life.gp(stay.day - timedelta(days=life.chance.between(125, 190)), case.problem)
    asks.note(("Aktuelt", told), ("Plan", "Henvist til vurdering av operasjon."))
    _, seen = refer(life, asks, Service.CLINIC, case.problem, f"{told} Operasjon?", 8)
    if case.operation:
        wanted = case.operation.within
        found = ("Vurdering", f"{case.story.found} Settes på venteliste for {wanted}.")
        report(life, clinic(life, Service.CLINIC, seen, case.problem, found), found)
    return asks


def _controlled(life: Life, stay: Visit, problem: Problem, days: int, wanted: tuple[Measure, ...]) -> None:
    visit = life.gp(stay.end.date() + timedelta(days=days), problem)
    visit.tests(panel(life, visit.day, *wanted))
    told = "Kontroll etter innleggelsen. Kommet seg. Prøver tatt."
    visit.note(("Kontroll", visit.say(told, "Kontroll etter innlegginga. Har kome seg. Prøver tekne.")))


_TRAINED = (
    "Vist hvilestillinger og hvordan en kommer seg opp av sengen. Går i korridoren, øvelser to ganger daglig."
)
_BLEEDS, _PRESSES = "Store blødninger i to år.", "Trykk mot blæren og tyngde i underlivet i to år."
_KNOWN_HEART = Story(
    "Trykk i brystet de siste timene, ligner det som er kjent, men går ikke over av nitroglyserin.",
    "Uanstrengt, ren over lungene, EKG uten ferske forandringer.",
    "Brystsmerter hos pasient med kjent koronarsykdom.",
    "Telemetri, troponin etter 3 timer.",
)
_NO_INFARCTION = Farewell(
    "Smertefri, to troponiner uten stigning, rolig telemetri. Ikke infarkt.",
    "Samme medisiner. Ny kontakt ved hvilesmerter.",
)
_A_MANS_KIDNEY = Farewell(
    "Cefotaksim intravenøst, feberen gikk ned etter hvert. E. coli i urinen, følsom. Ultralyd uten funn.",
    "Fastlegen kontrollerer prøver om to uker.",
)
_NOTHING_IN_THE_WAY = "Slanke nyrebekkener, ikke stein. Tømmer blæren."
