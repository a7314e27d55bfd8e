"""COPD: smokers' lungs, inhalers, exacerbations at the GP and at hospital.

How many: about 6 in 100 over 40 (Burden of Obstructive Lung Disease, Bergen; FHI), 12,000 to 15,000 stays a
year in Norway; treatment as in the national guideline on COPD (Helsedirektoratet).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    ACIDITY,
    CARBON,
    CREATININE,
    CRP,
    HAEMOGLOBIN,
    LEUKOCYTES,
    SATURATION,
    SODIUM,
)
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import clinic, refer, report
from fellesjournal.rollout.region.courses.adult_vaccination import accepts
from fellesjournal.rollout.region.courses.series import CHANGED, MANAGES, control, is_changed
from fellesjournal.rollout.region.endings import Cause
from fellesjournal.rollout.region.formulary import AMOXICILLIN, PREDNISOLONE, PREDNISOLONE_ON, SALBUTAMOL
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.lungs import spirometry
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

COPD = Problem("KOLS", "R95", "J449")
WORSE = Problem("KOLS med akutt forverring", "R95", "J441")
TIOTROPIUM = Medicine("R03BB04", "Tiotropium 18 mikrog inhalasjonskapsel", "1 inhalasjon hver morgen")
WITH_LABA = Medicine(
    "R03AL06", "Olodaterol/tiotropium 2,5/2,5 mikrog inhalasjon", "2 inhalasjoner hver morgen"
)

NEW: Risk = ((45, 1.6), (55, 4), (65, 6.5), (80, 4))


def lives_with(life: Life) -> None:
    """From the first spirometry to the last day."""
    found = life.onset(NEW, 4.5 if life.body.smokes else 0.6)
    found = found or life.leading_to(Cause.LUNGS, 4, 14)
    if found is None:
        return
    grave = life.chance.share() if not (life.ending and life.ending.cause is Cause.LUNGS) else 0.95
    life.body.lungs_fail = (found, 1 + 5 * grave)
    smokes = life.body.smokes
    life.body.weighs_more.append(Shift(-4 * grave, found, 2000))
    _found(life, found, grave, smokes)
    for day in life.every(11, found):
        _controlled(life, day, grave, smokes)
    for day in life.now_and_then(0.1 + 0.5 * grave * grave, found):
        if life.chance.yes(0.25 + 0.4 * grave):
            admitted(life, day, grave)
        else:
            _flares(life, day)


def _found(life: Life, found: date, grave: float, smokes: bool) -> None:
    stage = _stage(grave)
    visit = life.gp(found, COPD)
    visit.measure(SATURATION, life.body.saturation_on(visit.day) + life.chance.normal(0, 0.7))
    habit = "Røyker fortsatt" if smokes else "Sluttet å røyke for flere år siden"
    spirometry(life, visit, stage / 100, 0.58)
    visit.note(
        ("Aktuelt", f"Hoste og tungpust i bakker over lengre tid. {habit}."),
        ("Funn", f"Spirometri etter reversibilitetstest: FEV1 {stage} % av forventet, FEV1/FVC 0,58."),
        (
            "Plan",
            f"Inhalasjon, opplæring i teknikk. {_NOW if accepts(life) else _NOT_NOW}"
            + (" Tilbud om røykeslutt." if smokes else ""),
        ),
    )
    life.problem(COPD, found, visit=visit)
    life.uses(SALBUTAMOL, found, COPD)
    life.uses(TIOTROPIUM, found, COPD)
    if grave > 0.5:
        stepped = max(years_after(found, life.chance.between(1, 4)), date(2016, 1, 1))
        life.stop(TIOTROPIUM, stepped, "Byttet til kombinasjon")
        life.uses(WITH_LABA, stepped, COPD)
        kind = "Alvorlig KOLS" if stage < SEVERE else "KOLS i moderat grad, mye plaget"
        asked = f"{kind}. Vurdering av rehabilitering og oksygen."
        _, seen = refer(life, visit, Service.CLINIC, COPD, asked, 9)
        met = clinic(life, Service.CLINIC, seen, COPD)
        sections = (
            ("Vurdering", f"KOLS, FEV1 {stage} %. Ikke indikasjon for hjemmeoksygen nå."),
            ("Plan", "Lungerehabilitering. Egenbehandlingsplan ved forverring er utlevert."),
        )
        met.note(*sections)
        report(life, met, *sections)


def _controlled(life: Life, day: date, grave: float, smokes: bool) -> None:
    if life.decline.lives_in(day):
        return
    years = (day - (life.first(COPD) or day)).days / 365
    lost = years * (1.1 if smokes else 0.6)
    stage = round(max(26, _stage(grave) - lost + life.chance.normal(0, 1.5)))
    score = round(min(38, 8 + 20 * grave + years / 2 + life.chance.normal(0, 2)))
    visit = control(life, day, COPD)
    visit.measure(SATURATION, life.body.saturation_on(visit.day) + life.chance.normal(0, 0.8))
    life.weighs(visit)
    spirometry(life, visit, stage / 100, 0.35 + 0.0037 * stage)
    onwards = "Mosjon, årlig vaksine." if accepts(life) else "Mosjon. Ønsker ikke influensavaksine."
    taken = "Teknikk gjennomgått." if life.decline.mmse(day) >= MANAGES else "Får inhalasjonene av andre."
    found = f"Spirometri: FEV1 {stage} % av forventet. CAT {score}. {taken}"
    _planned(life, visit, found, "Snakket om røykeslutt." if smokes else onwards)


def _planned(life: Life, visit: Visit, found: str, onwards: str) -> None:
    """Written when the medicines are settled: nothing is the same on the day that one is changed."""

    def write() -> None:
        same = CHANGED[0] if is_changed(life, visit.day) else "Samme inhalasjoner."
        visit.note(("KOLS-kontroll", found), ("Plan", f"{same} {onwards}"))

    life.at_the_end(write)


def _flares(life: Life, day: date) -> None:
    visit = life.gp(day, WORSE)
    visit.measure(SATURATION, life.body.saturation_on(visit.day) - life.chance.uniform(1, 3))
    visit.tests(panel(life, day, ill={CRP: life.chance.uniform(12, 70)}))
    life.at_the_end(lambda: _of_the_flare(life, visit))
    life.cure(PREDNISOLONE, visit, 5, COPD)
    life.cure(AMOXICILLIN, visit, 7, COPD)


def _of_the_flare(life: Life, visit: Visit) -> None:
    """Written when it is known who was seen in the days before: it has not lasted since before that."""
    seen = life.meetings.between(visit.day - timedelta(days=3), visit.day - timedelta(days=1))
    lasts = "siden i går" if seen else "i tre dager"
    visit.note(
        ("Aktuelt", f"Mer tungpust og farget oppspytt {lasts}."),
        ("Vurdering", "Forlenget ekspirium og pipelyder. KOLS-forverring, kan behandles hjemme."),
        ("Plan", "Prednisolon i fem dager og antibiotika. Kontakt ved manglende bedring innen to døgn."),
    )


def admitted(life: Life, day: date, grave: float) -> None:
    """A stay because it has become worse; `grave` is from 0 to 1."""
    ill = Ill(
        pulse=28, breaths=11, saturation=-6 - 3 * grave, temperature=life.chance.uniform(0, 1.7), systolic=8
    )
    carbon = life.chance.uniform(5.4, 6.4 + 2 * grave)
    acid = _acidity(carbon)
    gas = f"pH {acid:.2f}, pCO2 {carbon:.1f} kPa".replace(".", ",")
    masked = carbon > MASK
    life.body.retains_since = min(life.body.retains_since or day, day)
    story = Story(
        _breathless(life, day),
        f"Snakker i korte setninger, bruker hjelpemuskler. Blodgass: {gas}.",
        "KOLS-forverring, trolig luftveisinfeksjon.",
        f"Forstøver, steroider, antibiotika, oksygen til SpO2 88-92 %.{_ON_A_MASK if masked else ''}",
    )
    tests = panel(
        life,
        day,
        HAEMOGLOBIN,
        SODIUM,
        ill={
            CRP: life.chance.uniform(20, 160),
            LEUKOCYTES: life.chance.uniform(10, 17),
            CREATININE: life.body.creatinine_on(day) * 1.04,
        },
    )
    nights = life.chance.between(3, 8)
    stay = admit(life, Service.MEDICAL_WARD, day, nights, WORSE, story, ill, tests)
    if not stay.recorded:
        return
    _gases(stay, carbon, masked=masked)
    stay.pictures(Modality.XRAY, "RTG thorax", "Emfysem. Ingen sikre infiltrater, ingen stuvning.", after=2)
    stay.tests(
        panel(life, day, ill={CRP: life.chance.uniform(8, 60), LEUKOCYTES: life.chance.uniform(8, 13)}),
        after=50,
    )
    discharge(
        life,
        stay,
        WORSE,
        Farewell(
            f"{_MASKED if masked else ''}{_EASIER}",
            "Fullfører prednisolon. Kontroll hos fastlege om to til fire uker. Rehabilitering anbefales.",
        ),
    )
    life.cure(PREDNISOLONE_ON, stay.leaving(), 3, COPD)
    _seen_after(life, stay)


def _gases(stay: Visit, carbon: float, *, masked: bool) -> None:
    """Of an artery, on arrival and again on a mask."""
    taken = {0.3: carbon} | ({4.0: (carbon + 6) / 2, 20.0: 6.1} if masked else {})
    for hours, kept in taken.items():
        stay.measure(ACIDITY, _acidity(kept), after=hours)
        stay.measure(CARBON, kept, after=hours)


def _seen_after(life: Life, stay: Visit) -> None:
    """The GP's control some weeks after a stay."""
    after = life.gp(stay.end.date() + timedelta(days=20), COPD)
    after.measure(SATURATION, life.body.saturation_on(after.day) + life.chance.normal(0, 0.8))
    after.note(
        (
            "Vurdering",
            "Kontroll etter innleggelse for KOLS-forverring. Nær vanlig form. Inhalasjonsteknikk sjekket. "
            f"{_TRAINED if stay.reference in life.trains_until else _TRAINS_AT_HOME}".replace(
                "hun eller han", "hun" if life.person.is_woman else "han"
            ),
        )
    )


_EASIER = "Bedring på forstøver, steroider og antibiotika. Uten oksygen siste døgn."
SEVERE = 50
"""Per cent of the expected FEV1 below which it is called severe (GOLD)."""
MASK = 7
"""kPa of carbon dioxide above which the ward helps with a mask; the blood is sour then."""
_NOW = "Vaksineres mot influensa og pneumokokker."
_NOT_NOW = "Ønsker ikke vaksine mot influensa og pneumokokker."
_ON_A_MASK = " Egen behandling med maske (BiPAP) første døgn."
_MASKED = "Maskebehandling (BiPAP) det første døgnet, med fall i pCO2. "
_TRAINS_AT_HOME = "Rehabilitering er drøftet: ønsker å trene der hun eller han bor."
_TRAINED = "Oppholdet til rehabilitering har hjulpet, fortsetter øvelsene hjemme."
_BREATHLESS = (
    "Økende tungpust siste døgn, ikke effekt av egenbehandling. Grønt oppspytt.",
    "Forkjølet for en uke siden, siden tettere og tettere. Har sittet oppe i natt.",
    "Klarer ikke å gå fra stolen til badet. Hoster mye, lite opp.",
    "Ringte legevakten for pustevansker. Verre siden i går kveld, ikke feber hjemme.",
)
_IN_A_HOME = (
    ("Ringte legevakten", "Pleierne ringte"),
    (", ikke feber hjemme", ""),
    ("ikke effekt av egenbehandling", "ikke effekt av inhalasjonene"),
    ("Klarer ikke å gå fra stolen til badet", "Tungpusten ved det minste stell"),
)
"""What is told of those who look after themselves, and what by nurses; some are warm on arrival."""


def _breathless(life: Life, day: date) -> str:
    """What is told on arrival; in a nursing home others call."""
    said = life.chance.pick(_BREATHLESS)
    if life.decline.lives_in(day):
        for at_home, there in _IN_A_HOME:
            said = said.replace(at_home, there)
    return said


def _acidity(carbon: float) -> float:
    """pH of blood that keeps so many kPa of carbon dioxide, part of which the kidneys have made up for."""
    return min(7.42, 7.39 - 0.04 * (carbon - 5.6))


def _stage(grave: float) -> int:
    """FEV1 in per cent of what is expected."""
    return round(78 - 48 * grave)
