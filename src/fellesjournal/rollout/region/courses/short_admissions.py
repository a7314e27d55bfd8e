"""Short stays at hospital for what passes: observed, treated, sent home within days.

How many: of about 155 stays for 1,000 citizens a year (Norwegian Patient Registry, 2019) these are some 60,
four times as many at 80 as at 50; the others are told where the disease is told. Children's are not told.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    CRP,
    FERRITIN,
    HAEMOGLOBIN,
    HCG,
    POTASSIUM,
    SODIUM,
    TROPONIN_T,
    Measure,
)
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.clinics import clinic, refer, report
from fellesjournal.rollout.region.courses.coronary import ANGINA, CORONARY
from fellesjournal.rollout.region.formulary import PANTOPRAZOLE, PARACETAMOL_FIXED, PENICILLIN_ON
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.safety import into_a_vein
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge, seen_first

MEDICAL, SURGICAL, ORTHOPAEDIC = (
    Service.MEDICAL_WARD,
    Service.SURGICAL_WARD,
    Service.ORTHOPAEDIC_WARD,
)
CHEST_PAIN = Problem("Uspesifisert brystsmerte", "A11", "R074")
OF_THE_HEART = (CORONARY, ANGINA)
BLEEDING = Problem("Gastrointestinal blødning", "D15", "K922")
KIDNEY = Problem("Nyrebekkenbetennelse", "U70", "N10")
FAINTED = Problem("Synkope", "A06", "R55")
STONE = Problem("Nyrestein", "U95", "N209")
LOOSE = Problem("Gastroenteritt, antatt infeksiøs", "D73", "A090")
NOROVIRUS = Problem("Gastroenteritt ved norovirus", "D70", "A081")
CULTURES = {
    LOOSE: (("Mikrobiologi, avføring", "Norovirus påvist (PCR). Ingen tarmpatogene bakterier.", 1),),
    KIDNEY: (
        ("Dyrkning av urin", "Escherichia coli, rikelig vekst. Følsom for mecillinam og gentamicin.", 2),
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
FRAIL, MANY = 80, 3
"""From which age on, and with how many illnesses, half of those with a medical illness come to the geriatric
ward."""
AGAIN = 3.5
"""Hours until troponin is taken again."""
OFTEN = ((16, 70), (50, 130), (67, 245), (80, 390))
"""From each age on: stays of 1,000 in a year."""


class Case(NamedTuple):
    """Why one is admitted: for those between two ages, for so many nights, with what is told and done."""

    problem: Problem
    ward: Service
    weight: float
    youngest: int
    oldest: int
    nights: tuple[int, int]
    story: Story
    farewell: Farewell
    days: int
    ill: Ill = Ill()
    tests: Mapping[Measure, float] = {}
    """What they show; of haemoglobin it is what the citizen has lost that counts, not the number here."""
    operation: Operation | None = None
    control: tuple[int, tuple[Measure, ...]] | None = None
    """After how many days the GP takes which tests."""
    pictures: tuple[Modality, str, str] | None = None
    """What the note on arrival speaks of."""
    found_to_be: Problem | None = None
    """What it is called when it is answered what it is."""
    tablets: Medicine | None = None
    """What is given along, to the last of so many days of `cure` with those at the ward."""
    cure: int = 10
    women: bool | None = None
    """For women only, or for men only; None for both."""

    def fits(self, age: int, *, woman: bool) -> bool:
        """Whether it can be the reason at that age."""
        return self.youngest <= age <= self.oldest and self.women in (None, woman)


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
    man's kidneys that were looked into."""
    if case.problem is CHEST_PAIN and sum(CHEST_PAIN in about for _, about in life.stays) >= TWICE:
        return False
    once = case.ward is ORTHOPAEDIC or (case.problem is KIDNEY and not life.person.is_woman)
    if once and any(case.problem in it for _, it in life.stays):
        return False
    return case.fits(life.age(day), woman=life.person.is_woman)


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
    if case.problem is CHEST_PAIN and any(life.had(one, day) for one in OF_THE_HEART):
        case = case._replace(story=_KNOWN_HEART, farewell=_NO_INFARCTION)
    tests = _tests(life, day, case)
    planned = case.operation is not None
    story = case.story._replace(plan=into_a_vein(life, case.story.plan))
    frail = case.ward is MEDICAL and life.age(day) >= FRAIL and len(life.known(day)) >= MANY
    ward = Service.GERIATRIC_WARD if frail and life.chance.yes(0.5) else case.ward
    stay = admit(life, ward, day, nights, case.problem, story, case.ill, tests, planned=planned)
    if case.pictures:
        stay.pictures(*case.pictures, after=seen_first(story))
    lasted = (stay.end.date() - stay.day).days
    if case.problem is KIDNEY and not life.person.is_woman:
        stay.pictures(Modality.ULTRASOUND, "UL urinveier", _NOTHING_IN_THE_WAY, after=20)
        control = (14, (CRP, CREATININE))
        case = case._replace(farewell=_A_MANS_KIDNEY, control=control, days=lasted + 21, cure=14)
    asked = _is_referred(life, stay, case) if planned and stay.recorded else stay
    lasts = (stay.day - asked.day).days + max(case.days, lasted + 1)
    begun, found = (
        asked if asked.recorded else stay,
        stay.day + timedelta(days=1) if case.found_to_be else None,
    )
    life.episodes.begin(life.chart, case.found_to_be or case.problem, begun, lasts, life.last, found)
    if TROPONIN_T in tests:
        stay.tests({TROPONIN_T: tests[TROPONIN_T]}, after=AGAIN)
    if case.operation:
        stay.operation(case.operation, life.chance.between(40, 90), after=life.chance.uniform(1, 5))
    if case.ward is ORTHOPAEDIC:
        life.cure(PARACETAMOL_FIXED, stay, case.days)
    if case.tablets:
        case = _given_along(life, stay, case, lasted)
    if case.problem is BLEEDING:
        case = _bleeds(life, stay, case)
    _answered(life, stay, case, tests)
    discharge(life, stay, case.found_to_be or case.problem, case.farewell)
    if case.control and stay.recorded:
        _controlled(life, stay, case.problem, *case.control)


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
    """The rest of a cure as tablets: the letter says for how many days, as the list does."""
    assert case.tablets is not None
    days = max(3, case.cure - lasted)
    life.cure(case.tablets, stay.leaving(), days)
    given = f"Resten av antibiotikakuren er gitt med: tabletter i {days} dager, {lasted + days} dager i alt."
    return case._replace(farewell=Farewell(case.farewell.course, f"{given} {case.farewell.onwards}".strip()))


def _answered(life: Life, stay: Visit, case: Case, tests: Mapping[Measure, float]) -> None:
    """What the letter says was found: in cultures, standing, and in blood that is taken again."""
    for what, found, days in CULTURES.get(case.problem, ()):
        stay.cultured(what, found, after=1.2, days=days)
    if case.problem is FAINTED:
        up = stay.by(life.services.worker(MEDICAL, "sykepleier", stay.day.toordinal() + 1))
        lying, low = life.body.systolic(stay.day), life.body.diastolic(stay.day)
        at = stay.hours_to(1, life.chance.uniform(8.5, 10.5))
        up.pressure(lying, low, after=at)
        up.standing(lying - life.chance.uniform(9, 18), low - life.chance.uniform(0, 6), after=at + 0.1)
    if SODIUM in tests:
        again = life.body.creatinine_on(stay.day) * life.chance.normal(1, 0.03)
        stay.tests({CREATININE: again}, after=stay.hours_to(2, 7.5))


def _bleeds(life: Life, stay: Visit, case: Case) -> Case:
    """The stomach is looked into, and what is taken for it; who is thinned in the blood takes it on."""
    at = stay.hours_to(1, life.chance.uniform(8.2, 14))
    stay.examined(GASTROSCOPY, 20, after=at)
    stay.note(("Gastroskopi", _SEEN), after=at + 0.6)
    blood = life.body.haemoglobin_on(stay.day)
    for morning, lost in ((1, 1.9), (2, 1.8)):
        stay.tests({HAEMOGLOBIN: blood - lost}, after=stay.hours_to(morning, life.chance.uniform(6.8, 7.8)))
    if life.taking("B01A", stay.day) is None:
        life.cure(PANTOPRAZOLE, stay.leaving(), 28)
        return case
    life.uses(PANTOPRAZOLE, stay.end.date())
    onwards = f"{_THINNED} Ny blodprosent hos fastlege om en uke."
    return case._replace(farewell=Farewell(case.farewell.course, onwards))


GASTROSCOPY = Operation("UJD02", "Gastroskopi")
_SEEN = (
    "Overfladisk sår i magesekken, belagt med fibrin, ikke pågående blødning. Ingen varicer. "
    "Tolvfingertarmen er uten funn."
)
_THINNED = "Det blodfortynnende ble holdt tilbake i to døgn og tas igjen. Syrehemmer så lenge det brukes."


def _is_referred(life: Life, stay: Visit, case: Case) -> Visit:
    """How one came to a planned operation: the GP asks, the clinic decides. Returns the visit to the GP."""
    told = case.story.before.partition(". ")[2]
    asks = life.gp(stay.day - timedelta(days=life.chance.between(125, 190)), case.problem)
    asks.note(("Aktuelt", told), ("Plan", "Henvist til vurdering av operasjon."))
    _, seen = refer(life, asks, Service.CLINIC, case.problem, f"{told} Operasjon?", 8)
    if case.operation:
        wanted = case.operation.text[:1].lower() + case.operation.text[1:]
        found = ("Vurdering", f"{case.story.found} Settes på venteliste for {wanted}.")
        report(life, clinic(life, Service.CLINIC, seen, case.problem, found), found)
    return asks


def _controlled(life: Life, stay: Visit, problem: Problem, days: int, wanted: tuple[Measure, ...]) -> None:
    visit = life.gp(stay.end.date() + timedelta(days=days), problem)
    visit.tests(panel(life, visit.day, *wanted))
    told = "Kontroll etter innleggelsen. Kommet seg. Prøver tatt."
    visit.note(("Kontroll", visit.say(told, "Kontroll etter innlegginga. Har kome seg. Prøver tekne.")))


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
    "Feberen gikk ned etter hvert. E. coli i urinen, følsom for det som er gitt. Ultralyd uten funn.",
    "Fastlegen kontrollerer prøver om to uker.",
)
_NOTHING_IN_THE_WAY = "Slanke nyrebekkener, ikke stein. Tømmer blæren."
_PIVMECILLINAM = Medicine("J01CA08", "Pivmecillinam 200 mg tablett", "2 tabletter 3 ganger daglig")
CASES = (
    Case(
        CHEST_PAIN, MEDICAL, 16, 30, 100, (1, 3),
        Story("Trykkende ubehag i brystet de siste timene, går ikke over i ro.",
              "Uanstrengt, ren over lungene, EKG uten ferske forandringer.",
              "Brystsmerter, lav sannsynlighet for koronarsykdom.", "Telemetri, troponin etter 3 timer."),
        Farewell("Smertefri, to negative troponiner, rolig telemetri.", "Ny kontakt ved nye smerter."),
        3, Ill(pulse=10, systolic=10), {TROPONIN_T: 7},
    ),
    Case(
        FAINTED, MEDICAL, 8, 20, 110, (2, 5),
        Story("Falt om stående, borte i under et minutt, klar med en gang etterpå.",
              "Normal nevrologi, ingen bilyd, EKG med sinusrytme. Ingen skade.",
              "Trolig vasovagal eller ortostatisk synkope.", "Telemetri, ortostatisk blodtrykk."),
        Farewell("Ingen rytmeforstyrrelse. Blodtrykket faller litt når pasienten reiser seg.",
                 "Drikke nok, reise seg langsomt. Ny vurdering hos fastlege ved nytt anfall."),
        2, Ill(systolic=-12),
    ),
    Case(
        KIDNEY, MEDICAL, 4, 16, 110, (3, 8),
        Story("Feber, frysninger og flankesmerter i to døgn, svie ved vannlating.",
              "Bankeøm over nyrelosjen, stix positiv på nitritt og leukocytter.",
              "Akutt pyelonefritt.", "Dyrkning av urin og blod, antibiotika intravenøst."),
        Farewell("Feberen gikk ned etter hvert. E. coli i urinen, følsom for det som er gitt.",
                 "Ikke kontroll når plagene er borte."),
        10, Ill(pulse=22, breaths=3, temperature=2.0, systolic=-8), {CRP: 148}, tablets=_PIVMECILLINAM,
    ),
    Case(
        Problem("Erysipelas", "S76", "A46"), MEDICAL, 6, 35, 110, (3, 8),
        Story("Rødt, varmt og vondt underbein siden i går, frostrier.",
              "Skarpt avgrenset rødme på høyre legg, ingen sår.",
              "Erysipelas.", "Penicillin intravenøst, leie beinet høyt."),
        Farewell("Rødmen går tilbake, feberfri.", ""),
        14, Ill(pulse=18, temperature=1.8), {CRP: 122}, tablets=PENICILLIN_ON,
    ),
    Case(
        LOOSE, MEDICAL, 5, 16, 110, (2, 5),
        Story("Oppkast og diaré i to døgn, beholder ikke drikke.",
              "Tørre slimhinner, myk mage.", "Gastroenteritt med dehydrering.",
              "Væske intravenøst, enerom, prøve av avføring."),
        Farewell("Spiser og drikker. Norovirus i prøven.", "Håndhygiene hjemme i to døgn til."),
        6, Ill(pulse=18, temperature=0.7, systolic=-12),
        {CRP: 24, CREATININE: 0, SODIUM: 138, POTASSIUM: 3.5}, found_to_be=NOROVIRUS,
    ),
    Case(
        Problem("Dehydrering", "T11", "E86"), MEDICAL, 12, 75, 110, (3, 6),
        Story("Har spist og drukket lite den siste uka, slapp og ustø.",
              "Tørr i munnen, nedsatt hudturgor. Våken og klar.", "Dehydrering.",
              "Væske, veiing, ernæringsvurdering."),
        Farewell("Kviknet til, spiser halve porsjoner. Nyreprøvene er som før.",
                 "Drikkeliste og næringsdrikk. Fastlege kontrollerer prøver om to uker."),
        7, Ill(pulse=14, systolic=-16),
        {CREATININE: 0, SODIUM: 145, POTASSIUM: 3.8}, control=(14, (CREATININE, POTASSIUM, SODIUM)),
    ),
    Case(
        STONE, SURGICAL, 7, 25, 80, (1, 3),
        Story("Takvise flankesmerter siden i natt, kaster opp av smertene.",
              "Urolig, blod i urinen, ikke feber.", "Nyrestein.", "Smertelindring, CT urinveier."),
        Farewell("Stein på 4 mm nederst i urinlederen. Smertefri.", "Ventes å gå av seg selv. Sil urinen."),
        14, Ill(pulse=14, systolic=16), {CREATININE: 0, CRP: 6},
        pictures=(Modality.CT, "CT urinveier", "Stein på 4 mm nederst i urinlederen, lett stuvning."),
    ),
    Case(
        Problem("Divertikkelsykdom i tykktarm", "D92", "K573"), SURGICAL, 7, 45, 100, (3, 8),
        Story("Tiltakende smerter nede til venstre i magen i tre dager.",
              "Øm i venstre fossa, ikke stram. CT: betent divertikkel, ingen abscess.",
              "Ukomplisert divertikulitt.", "Væske, smertelindring, lett kost."),
        Farewell("Gradvis bedre uten antibiotika.", "Fiberrik kost. Ny kontakt ved feber."),
        14, Ill(pulse=10, temperature=0.9), {CRP: 96},
        pictures=(Modality.CT, "CT abdomen", "Betent divertikkel i sigmoideum. Ingen abscess."),
    ),
    Case(
        BLEEDING, MEDICAL, 5, 60, 110, (3, 8),
        Story("Svart avføring i to dager, svimmel når pasienten reiser seg.",
              "Blek, melena ved undersøkelse, myk mage.", "Øvre gastrointestinal blødning.",
              "Gastroskopi, protonpumpehemmer intravenøst, blodtyping."),
        Farewell("Overfladisk sår i magesekken ved gastroskopi, ikke pågående blødning.",
                 "Syrehemmer i fire uker er gitt med. Ny blodprosent hos fastlege om en uke."),
        20, Ill(pulse=18, systolic=-14), {HAEMOGLOBIN: 0}, control=(7, (HAEMOGLOBIN, FERRITIN)),
    ),
    Case(
        Problem("Tarmobstruksjon", "D99", "K566"), SURGICAL, 5, 45, 110, (3, 8),
        Story("Takvise magesmerter, oppkast, ikke luft siden i går.",
              "Oppblåst, klingende tarmlyder. CT: utvidet tynntarm, trolig adheranser.",
              "Tynntarmsileus.", "Sonde, fastende, væske, kontrast gjennom sonden."),
        Farewell("Kontrasten gikk igjennom, avføring andre dag.", "Små måltider. Ny kontakt ved oppkast."),
        7, Ill(pulse=14, systolic=-4), {CRP: 18},
        pictures=(Modality.CT, "CT abdomen", "Utvidet tynntarm, trolig adheranser. Ikke fri luft."),
    ),
    Case(
        Problem("Supraventrikulær takykardi", "K79", "I471"), MEDICAL, 2, 20, 70, (1, 1),
        Story("Plutselig hjertebank for to timer siden, lett uvel.",
              "Rask regelmessig puls, smale QRS. Slo om på adenosin.", "SVT.", "Telemetri til i morgen."),
        Farewell("Sinusrytme, stabil.", "Lært Valsalva. Henvist til elektrofysiologisk vurdering ved nye."),
        2, Ill(pulse=85, systolic=-8, halves=1),
    ),
    Case(
        Problem("Urinretensjon", "U08", "R33"), SURGICAL, 6, 65, 100, (2, 5),
        Story("Ikke latt vannet siden i går kveld, sprengsmerter.",
              "Blære til navlen, 900 mL tømt med kateter.", "Akutt urinretensjon.",
              "Kateter, nyreprøver, laksantia."),
        Farewell("Later vannet etter fjernet kateter, 60 mL rest.", "Urolog vurderer ved ny retensjon."),
        10, Ill(pulse=10, systolic=18), {CREATININE: 0}, women=False,
    ),
    Case(
        Problem("Brudd i bekken", "L76", "S325"), ORTHOPAEDIC, 8, 75, 110, (3, 8),
        Story("Gled og satte seg hardt. Vondt i lysken, klarer noen skritt.",
              "Øm over symfysen, fri hofte. Røntgen: brudd i ramus, ingen hoftebrudd.",
              "Stabilt bekkenbrudd.", "Smertelindring, mobilisering etter evne."),
        Farewell("Går med rollator, smerter under kontroll.", "Belaste fritt. Fysioterapi i kommunen."),
        60, Ill(pulse=8, systolic=10),
        pictures=(Modality.XRAY, "RTG bekken", "Brudd i ramus, ingen hoftebrudd."),
    ),
    Case(
        Problem("Brudd i overarm", "L76", "S422"), ORTHOPAEDIC, 6, 70, 110, (2, 5),
        Story("Falt på skulderen, klarer ikke løfte armen.",
              "Hoven overarm, god sirkulasjon og følelse. Røntgen: lite forskjøvet brudd øverst.",
              "Brudd i proksimale humerus.", "Slynge, smertelindring."),
        Farewell("Steller seg med litt hjelp.", "Pendeløvelser fra andre uke. Ny kontakt ved mer vondt."),
        70, Ill(pulse=8, systolic=8),
        pictures=(Modality.XRAY, "RTG overarm", "Lite forskjøvet brudd øverst i humerus."),
    ),
    Case(
        Problem("Isjias med skiveprolaps", "L86", "M511"), ORTHOPAEDIC, 5, 30, 60, (2, 5),
        Story("Sterke smerter fra korsryggen ned i venstre bein i fire dager, får ikke sove.",
              "Positiv Lasègue, normal kraft, vannlating uten problemer. MR: skiveprolaps L5/S1.",
              "Isjias uten lammelser.", "Smertelindring, fysioterapi."),
        Farewell("Kommer seg opp og går. Ikke grunnlag for operasjon nå.", "Holde seg i gang."),
        60, Ill(pulse=6, systolic=8),
        pictures=(Modality.MRI, "MR korsrygg", "Skiveprolaps L5/S1."),
    ),
    Case(
        Problem("Leiomyom i livmor", "X78", "D259"), SURGICAL, 9, 48, 55, (2, 5),
        Story("Kommer til planlagt fjerning av livmor. Store blødninger i to år.",
              "Livmor som i uke 14, fritt bevegelig.", "Myomer.", "Kikkhullsoperasjon i dag."),
        Farewell("Ukomplisert inngrep, oppe samme kveld.", "Ikke tungt arbeid i tre uker."),
        40, operation=Operation("LCD04", "Laparoskopisk total hysterektomi"), women=True,
    ),
    Case(
        Problem("Uterovaginalt fremfall", "X87", "N814"), SURGICAL, 5, 52, 85, (1, 3),
        Story("Kommer til planlagt operasjon. Tyngdefølelse og kul i skjeden.",
              "Fremfall av fremre vegg, grad 2.", "Fremfall.", "Operasjon i dag."),
        Farewell("Ukomplisert, later vannet.", "Unngå tunge løft i seks uker."),
        45, operation=Operation("LEF00", "Fremre kolporafi"), women=True,
    ),
)  # fmt: skip
