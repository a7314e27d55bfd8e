"""Those who have a place in the nursing home for a while: what happened before, why, and how they are."""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region import kin
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import WEIGHT
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import chest, copd, heart_failure
from fellesjournal.rollout.region.courses.bones import HALF_HIP, NECK, TROCHANTER, after_bones
from fellesjournal.rollout.region.courses.chest import PNEUMONIA
from fellesjournal.rollout.region.courses.copd import COPD
from fellesjournal.rollout.region.courses.dementia import ALZHEIMER, UNSPECIFIED, VASCULAR
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.joints import HIP
from fellesjournal.rollout.region.courses.municipal.catalogue import SHORT_STAY, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.sojourns import hours_into, sojourn
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.courses.today.beds import USUAL_GRAVITY, USUAL_STRAIN, free
from fellesjournal.rollout.region.formulary import PARACETAMOL_FIXED
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

ARM = Problem("Brudd i overarm", "L76", "S422")
WEAK = Problem("Redusert allmenntilstand", "A05", "R53")
BEFORE = 9
"""Days from what happened until the place at the nursing home."""


class Reason(NamedTuple):
    """Why somebody has a place for a while, what is planned, and what the nurses report."""

    problem: Problem
    why: str
    plan: str
    reports: tuple[str, ...]


def has_a_place(life: Life) -> None:
    """A short stay at the nursing home of one who cannot manage at home for now."""
    since = free(life, life.chance.between(2, 19), 22)
    if since is None or life.days.free(since - timedelta(days=BEFORE), BEFORE + 20) > since - timedelta(
        BEFORE
    ):
        return
    reason = _reason(life, since - timedelta(days=BEFORE))
    if reason is None:
        return
    lives = (
        f"Har {kin.partner(life.person).lower()} hjemme." if life.person.has_partner(since) else "Bor alene."
    )
    why = f"{reason.why} {lives}"
    until = life.era.until + timedelta(days=life.chance.between(5, 16))
    grant = Grant(SHORT_STAY, "plass ved sykehjemmet", Service.NURSING_HOME)
    decide(life, [grant], since, until, Level.SOME, why, quickly=True, limited=True)
    stay = sojourn(life, Service.NURSING_HOME, since, until, reason.problem)
    life.days.take(since, life.era.until)
    stay.note(("Innkomst", why), ("Plan", reason.plan), after=2)
    stay.measure(WEIGHT, life.body.weight(since) - 1, after=16)
    stay.pressure(life.body.systolic(since) + 5, life.body.diastolic(since), after=16)
    doctor = stay.by(life.services.worker(Service.NURSING_HOME, "lege", 0))
    seen = working_day(since + timedelta(days=1))
    if seen < life.era.until:
        doctor.note(
            ("Innkomstnotat lege", "Legemidlene er samstemt med fastlegens liste."),
            after=hours_into(stay, seen, 16),
        )
    nurse = stay.by(life.services.worker(Service.NURSING_HOME, "helsefagarbeider", life.chance.between(0, 9)))
    first = life.chance.between(0, len(reason.reports) - 1)
    for number, back in enumerate((3, 1)):
        day = life.era.until - timedelta(days=back)
        if day > since:
            told = reason.reports[(first + number) % len(reason.reports)]
            nurse.note(("Rapport", told), after=hours_into(stay, day, 14))


def _reason(life: Life, day: date) -> Reason | None:
    """What the citizen's own illnesses lead to, else one of what happens to the old; told from the day on."""
    if life.has(FAILURE):
        heart_failure.worsens(life, day, USUAL_STRAIN)
        return _after_the_ward(life, day, _FAILING)
    if life.has(COPD):
        copd.admitted(life, day, USUAL_GRAVITY)
        return _after_the_ward(life, day, _BREATHLESS)
    if life.has(STROKE):
        return _AFTER_STROKE
    forgetful = next((one for one in (ALZHEIMER, VASCULAR, UNSPECIFIED) if life.has(one)), None)
    if forgetful:
        return _FORGETFUL._replace(problem=forgetful)
    happens = (_breaks_a_hip, _weakens, _catches_pneumonia, _breaks_an_arm)
    return happens[life.person.born.day % len(happens)](life, day)


def _after_the_ward(life: Life, day: date, reason: Reason) -> Reason | None:
    """The reason, when a stay from the day on was told and is over in time."""
    stays = [stay for stay, _ in life.stays if stay.day == day]
    over = stays and stays[-1].end.date() < day + timedelta(days=BEFORE)
    return reason if over else None


def _catches_pneumonia(life: Life, day: date) -> Reason | None:
    chest.admitted(life, day)
    return _after_the_ward(life, day, _AFTER_PNEUMONIA)


def _breaks_a_hip(life: Life, day: date) -> Reason | None:
    if life.has(NECK, TROCHANTER, HIP.problem):
        return _weakens(life, day)
    stay = admit(life, Service.ORTHOPAEDIC_WARD, day, 6, NECK, _HIP, Ill(pulse=16, systolic=12))
    if not stay.recorded:
        return None
    broken = life.problem(NECK, stay.day, visit=stay)
    stay.pictures(Modality.XRAY, "RTG venstre hofte og bekken", "Dislosert lårhalsbrudd.", after=0.2)
    stay.operation(HALF_HIP, life.chance.between(60, 100), after=stay.hours_to(1, 9), reason=broken)
    life.uses(PARACETAMOL_FIXED, stay.day, NECK)
    after_bones(life, stay, NECK)
    discharge(life, stay, NECK, _HIP_OVER)
    return _after_the_ward(life, day, _AFTER_HIP)


def _breaks_an_arm(life: Life, day: date) -> Reason | None:
    visit = life.meet(Service.LEGEVAKT, "lege", day, ARM, way=Way.EMERGENCY, hour=15, minutes=120)
    visit.pictures(Modality.XRAY, *_SHOULDER, after=0.5)
    visit.note(
        ("Hastegrad", "Gul."),
        ("Aktuelt", "Falt utenfor butikken, tok imot med venstre skulder. Får ikke løftet armen."),
        (
            "Funn og tiltak",
            "Røntgen: brudd øverst i overarmen, lite forskjøvet. Fatle. Kontroll om ti dager.",
        ),
    )
    life.problem(ARM, visit.day, visit=visit)
    life.uses(PARACETAMOL_FIXED, visit.day, ARM)
    return _AFTER_ARM


_SHOULDER = ("RTG venstre skulder", "Brudd i collum chirurgicum, lett forskjøvet.")


def _weakens(life: Life, day: date) -> Reason | None:
    visit = life.gp(day, WEAK)
    visit.note(
        ("Aktuelt", "Spist og drukket lite i to uker etter en omgangssyke. Ustø, har ligget mye."),
        ("Vurdering", "Tørr og sliten, ikke tegn til ny sykdom. Klarer seg ikke hjemme nå."),
        ("Plan", "Søkt korttidsplass til opptrening og ernæring."),
    )
    life.episode(WEAK, visit, 40)
    return _WEAK


_HIP = Story(
    "Falt på stuegulvet, klarte ikke å reise seg. Ikke slått hodet, ikke besvimt.",
    "Forkortet og utoverrotert venstre bein. God puls i foten. Røntgen: lårhalsbrudd.",
    "Lårhalsbrudd, venstre side.",
    "Nerveblokade, væske, delprotese innen et døgn. Geriatrisk vurdering.",
)
_HIP_OVER = Farewell(
    "Operert med delprotese uten komplikasjoner. Går korte avstander med prekestol.",
    "Full belastning. Opptrening ved sykehjem. Fjerne agraffer etter fjorten dager.",
)
_FAILING = Reason(
    FAILURE,
    "Nylig innlagt med forverret hjertesvikt, klarer ikke trapper og stell alene.",
    "Vekt hver morgen, væske inntil 1,5 liter. Opptrening. Ring lege ved to kilo opp på tre dager.",
    (
        "Vekten er uendret siden i går. Mindre hovne legger. Sover med to puter.",
        "Gått til spisesalen og tilbake med to pauser. Ikke tungpust i ro.",
        "Litt svimmel ved oppreising i dag, blodtrykk tatt. Drikker innenfor avtalt mengde.",
    ),
)
_BREATHLESS = Reason(
    COPD,
    "Nylig innlagt med forverring av kols, orker ikke stell og matlaging.",
    "Inhalasjoner med veiledning, energiøkonomisering, daglig trening. SpO2 88-92 %.",
    (
        "Rolig natt, brukt hurtigvirkende inhalasjon en gang. Hoster opp lyst slim.",
        "Sitter ved vasken under stell. Pust med leppene gjennomgått.",
        "Spist halve porsjoner, får mellommåltider. Gått i gangen to ganger.",
    ),
)
_AFTER_STROKE = Reason(
    STROKE,
    "Følger etter hjerneslag, falt to ganger hjemme siste uke. Trenger opptrening og vurdering.",
    "Fysioterapeut tre ganger i uken, trening i stell og påkledning, hjelpemidler hjem.",
    (
        "Kledd på seg selv utenom strømper. Gått med rollator til spisesalen.",
        "Sliten etter trening, hvilt. Spiser uten å sette i halsen.",
        "Øvd på forflytning fra seng til stol, trenger litt støtte.",
    ),
)
_FORGETFUL = Reason(
    ALZHEIMER,
    "Demens. Pårørende er slitne og trenger avlastning.",
    "Faste ansikter, faste tider. Pårørende ringes hver uke.",
    (
        "Lette etter frakken sin i går kveld, roet seg med kaffe og bilder.",
        "Sovet godt. Med på sang i stua. Spist når noen sitter ved siden av.",
        "Urolig i stell i morges, gikk bedre med en pleier og god tid.",
    ),
)
_AFTER_PNEUMONIA = Reason(
    PNEUMONIA,
    "Ute av sykehus etter lungebetennelse, kraftløs.",
    "Opptrening, næringsdrikk, temperatur kveld og morgen den første uken.",
    (
        "Ikke feber. Hoster mindre. Oppe til alle måltider.",
        "Gått i trapp med fysioterapeut. Sliten etterpå.",
        "Spiser mer, drukket en og en halv liter i dag.",
    ),
)
_AFTER_HIP = Reason(
    NECK,
    "Operert for lårhalsbrudd, trenger opptrening før hjemreise.",
    "Full belastning. Gangtrening to ganger daglig, smertelindring før trening, sårstell.",
    (
        "Gått tjue meter med rollator. Såret er tørt.",
        "Vondt ved snuing i natt, sovet med pute mellom knærne.",
        "Øvd på å komme seg inn og ut av sengen. Klarer det med litt støtte.",
    ),
)
_AFTER_ARM = Reason(
    ARM,
    "Brudd i overarmen, klarer ikke stell og mat med en arm.",
    "Fatle i tre uker, øvelser for hånd og albue hver dag. Vurdere hjelp hjemme før utreise.",
    (
        "Sovet godt i stol. Oppe til frokost, hjulpet med påkledning.",
        "Vondt ved snuing i natt. Fingrene er varme.",
        "Spist godt når maten er skåret opp. Gjør øvelsene selv.",
    ),
)
_WEAK = Reason(
    WEAK,
    "Svekket etter omgangssyke, spiser lite og er ustø.",
    "Ernæringsplan, veies hver uke, styrketrening i gruppe.",
    (
        "Spist to brødskiver til frokost. Bedre humør.",
        "Med på sittende trim. Ikke svimmel i dag.",
        "Drukket næringsdrikk mellom måltidene. Hel hud.",
    ),
)
