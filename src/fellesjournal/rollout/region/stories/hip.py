"""A broken hip at 84: home, ward, nursing home, and home again with nurses twice a day."""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import messages
from fellesjournal.rollout.region.chart.care_messages import Message, message
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import CREATININE, CRP, HAEMOGLOBIN, SODIUM
from fellesjournal.rollout.region.courses.bones import HALF_HIP, NECK, OSTEOPOROSIS
from fellesjournal.rollout.region.courses.hypertension import AMLODIPINE, HYPERTENSION
from fellesjournal.rollout.region.courses.municipal import home_care, planning
from fellesjournal.rollout.region.courses.municipal.catalogue import (
    ALARM,
    HOME_NURSING,
    REHABILITATION,
    Grant,
)
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.courses.municipal.sojourns import hours_into, sojourn
from fellesjournal.rollout.region.formulary import (
    CALCIUM_D,
    DALTEPARIN,
    MACROGOL,
    OXYCODONE,
    PARACETAMOL_FIXED,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import WOMAN, aged, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story, ago
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, admit, discharge
from fellesjournal.rollout.region.wards import Story as Stay

ID, DAUGHTER = "stillferdig-hasselkvist", "nevenyttig-hasselkvist"
FELL, LEFT, HOME = 34, 28, 9
"""Days ago: the fall, the day from ward to nursing home, the day home."""


def _cast(today: date) -> list[Person]:
    mother = someone(3, "Stillferdig Hasselkvist", WOMAN, aged(today, 84, 2, 17), home(1))
    daughter = someone(4, "Nevenyttig Hasselkvist", WOMAN, aged(today, 57, 9, 3), home(2))
    parents(daughter, mother, None)
    return [mother, daughter]


def _lives(life: Life) -> None:
    life.body.weight_line, life.body.gain = -0.08, 0.0
    ordinary.grows(life)
    today = life.era.until
    since = ago(life, 21, "pressure")
    life.problem(HYPERTENSION, since)
    life.uses(AMLODIPINE, since, HYPERTENSION)
    _at_the_ward(life, today - timedelta(days=FELL))
    _trains(life, today - timedelta(days=LEFT), today - timedelta(days=HOME))
    _comes_home(life, today - timedelta(days=HOME))
    ordinary.passes(life)


def _at_the_ward(life: Life, day: date) -> None:
    stay = admit(
        life,
        Service.ORTHOPAEDIC_WARD,
        day,
        FELL - LEFT,
        NECK,
        Stay(
            "Snublet i dørstokken på badet klokka sju, ble liggende i to timer. Ikke slått hodet.",
            "Høyre bein forkortet og utoverrotert. God puls i foten. Varm. Røntgen: lårhalsbrudd.",
            "Lårhalsbrudd høyre side. Skrøpelig, men klar.",
            "Hurtigforløp hofte: nerveblokade, væske, operasjon innen et døgn. Geriatrisk vurdering.",
        ),
        Ill(pulse=14, breaths=2, saturation=-2, systolic=10),
        panel(life, day, HAEMOGLOBIN, CREATININE, SODIUM, CRP),
    )
    town, office = life.services.unit(Service.HOME_CARE), life.services.unit(Service.ALLOCATION)
    text = "Vil trenge opptrening på institusjon, så hjelp hjemme. Bor alene i andre etasje uten heis."
    if stay.recorded:
        when = stay.start + timedelta(hours=20)
        message(life.chart, Message.EARLY, text, when, stay.unit.reference, office.reference, stay.reference)
    reason = life.problem(NECK, stay.day, visit=stay)
    stay.pictures(Modality.XRAY, "RTG høyre hofte og bekken", "Dislosert lårhalsbrudd høyre side.", after=0.2)
    stay.operation(HALF_HIP, 75, after=16, reason=reason)
    described = f"{HALF_HIP.text}, høyre side. Spinalbedøvelse, blødning 250 mL."
    stay.note(("Operasjonsbeskrivelse", described), after=18)
    stay.tests({HAEMOGLOBIN: 9.8, CRP: 118, CREATININE: life.body.creatinine_on(day) + 8}, after=44)
    _medicines(life, day)
    discharge(
        life,
        stay,
        NECK,
        Farewell(
            "Operert med delprotese. Delir andre natt, klarnet etter et døgn. Går ti meter med høy rollator "
            "og en hjelper.",
            "Full belastning. Blodproppforebyggende i fire uker. Opptrening på Multemyra. Osteoporose: "
            "fastlegen starter behandling.",
        ),
    )
    if stay.recorded:
        told = "Utskrives til opptrening. Trenger hjelp av en til stell og forflytning."
        unit = stay.unit.reference
        message(life.chart, Message.DISCHARGE_REPORT, told, stay.end, unit, town.reference, stay.reference)


def _medicines(life: Life, day: date) -> None:
    life.uses(PARACETAMOL_FIXED, day, NECK)
    life.uses(MACROGOL, day, NECK)
    life.uses(OXYCODONE, day, NECK)
    life.stop(OXYCODONE, day + timedelta(days=16), "Ikke lenger behov")
    life.uses(DALTEPARIN, day, NECK)
    life.stop(DALTEPARIN, day + timedelta(days=28), full=True)


def _trains(life: Life, since: date, until: date) -> None:
    life.days.take(since, until)
    grant = Grant(REHABILITATION, "plass på Multemyra med trening hver dag", Service.NURSING_HOME)
    why = "Operert for lårhalsbrudd, bor alene i andre etasje."
    decide(life, [grant], since, until, Level.MUCH, why, quickly=True, limited=True)
    _is_granted_help(life, until)
    stay = sojourn(life, Service.NURSING_HOME, since, until, NECK)
    stay.note(
        ("Innkomst", "Kommer fra sykehuset med rullestoltaxi. Datter følger. Redd for å falle igjen."),
        ("Plan", "Oppe til alle måltider, trening to ganger daglig, vekt hver uke. Fallalarm ved sengen."),
        after=2,
    )
    life.weighs(stay, after=20)
    doctor = stay.by(life.services.worker(Service.NURSING_HOME, "lege", 0))
    told = "Legemidler samstemt med epikrisen. Lite smerter. Prøver om en uke. Ernæringsdrikk."
    doctor.note(("Innkomstnotat lege", told), after=26)
    trainer = stay.by(life.services.worker(Service.PHYSIOTHERAPY, "fysioterapeut", 0))
    for number, text in enumerate(_TRAINING):
        trainer.note(
            ("Fysioterapi", text), after=hours_into(stay, since + timedelta(days=2 + 5 * number), 11)
        )
    nurse = stay.by(life.services.worker(Service.NURSING_HOME, "helsefagarbeider", 0))
    steady = "Står opp selv, kler på seg med litt hjelp til strømper. Spiser godt sammen med de andre."
    nurse.note(("Rapport", steady), after=hours_into(stay, since + timedelta(days=11), 14))
    life.weighs(stay, after=hours_into(stay, until - timedelta(days=1), 8))
    stay.note(
        ("Utreise", "Går sikkert med rollator, tar trapp med støtte. Reiser hjem i dag, datter henter."),
        after=hours_into(stay, until, 10),
    )


def _is_granted_help(life: Life, day: date) -> None:
    """Decided on while she still trains: the officer sees her at Multemyra."""
    grants = [
        Grant(HOME_NURSING, home_care.extent(life, Level.MUCH)),
        Grant(ALARM, "hele døgnet", Service.SAFETY_ALARM),
    ]
    why = "Bor alene, på vei hjem etter lårhalsbrudd."
    decide(life, grants, day, None, Level.MUCH, why, quickly=True)


def _comes_home(life: Life, day: date) -> None:
    gp = life.gp(day + timedelta(days=5), OSTEOPOROSIS)
    gp.tests(panel(life, gp.day, HAEMOGLOBIN, CREATININE))
    gp.note(
        ("Vurdering", "Fem uker etter hoftebrudd. Lavenergibrudd: osteoporose. Går inne med rollator."),
        ("Plan", "Kalsium og vitamin D nå, zoledronsyre som infusjon når prøvene er klare."),
    )
    life.problem(OSTEOPOROSIS, gp.day, visit=gp)
    life.uses(CALCIUM_D, gp.day, OSTEOPOROSIS)
    home_care.visits(life, Step(day, None, Level.MUCH))
    planning.plan(life, day - timedelta(days=14), Level.MUCH)
    trains = life.meet(
        Service.HOME_CARE, "fysioterapeut", day + timedelta(days=3), NECK, way=Way.HOME, hour=11
    )
    walks = "Går trapp med rekkverk og stokk. Øvelser gjennomgått. Mål: postkassen alene innen jul."
    trains.note(("Fysioterapi", walks))
    if life.records(day):
        told = "Reiser hjem i dag. Går med rollator, trenger hjelp til dusj og medisiner morgen og kveld."
        nursing, town = (life.services.unit(one) for one in (Service.NURSING_HOME, Service.HOME_CARE))
        sent = at(day, 12)
        messages.message(life.chart, "Utreise", told, sent, nursing.reference, town.reference)


_TRAINING = (
    "Går 15 meter med høy rollator og en hjelper. Timed Up and Go 46 sekunder.",
    "Går 50 meter med rollator og tilsyn, tre trappetrinn. Timed Up and Go 29 sekunder.",
    "Går fritt med rollator, en etasje med støtte. Timed Up and Go 21 sekunder.",
)

STORY = Story(
    "The broken hip",
    "She fell in her bathroom five weeks ago and was operated on the next day. After six nights on the ward "
    "she trained at Multemyra nursing home for nineteen days. She has been home for nine days, alone on the "
    "second floor, with nurses morning and evening.",
    "vennlig-solber",
    "The way through four services: discharge summary, care messages, decisions, training notes, the plan of "
    "care, and one medicine list that agrees with all of them.",
    _cast,
    {ID: _lives},
)
