"""Coronary disease: angina, heart attack with PCI, rehabilitation, the heart clinic and the GP after it.

New heart attacks by age from the Norwegian Myocardial Infarction Registry (yearly report), stays of three to
five days; treatment afterwards as in the European guidelines that the registry measures by.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    HAEMOGLOBIN,
    LDL,
    POTASSIUM,
    TROPONIN_T,
)
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.clinics import clinic, concluded, refer
from fellesjournal.rollout.region.courses import habits, lately
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION
from fellesjournal.rollout.region.courses.series import CHANGED, is_changed, pressed
from fellesjournal.rollout.region.endings import Cause
from fellesjournal.rollout.region.formulary import (
    ASPIRIN,
    ATORVASTATIN_HIGH,
    CLOPIDOGREL,
    METOPROLOL,
    NITROGLYCERIN,
    RAMIPRIL,
    TICAGRELOR,
)
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.meetings import Meeting
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

ANGINA = Problem("Angina pectoris", "K74", "I209")
ATTACK = Problem("Akutt hjerteinfarkt", "K75", "I214")
CORONARY = Problem("Koronarsykdom, gjennomgått hjerteinfarkt", "K76", "I252")
STRICTER = date(2019, 9, 1)
"""From when on the goal of LDL is 1.4 mmol/L and not 1.8 (ESC guidelines, August 2019)."""
STENT = Operation("FNG05", "Perkutan transluminal koronar angioplastikk med innlegging av stent")

WOMEN: Risk = ((45, 0.6), (55, 1.7), (65, 4), (75, 9), (85, 14))
MEN: Risk = ((40, 1), (50, 3.8), (60, 7.5), (70, 11), (80, 15))


def lives_with(life: Life) -> None:
    """From the first chest pain to the clinic; `controls` has what follows."""
    times = (1.6 if life.body.smokes else 0.9) * (1.4 if life.has(HYPERTENSION) else 0.8)
    found = life.onset(WOMEN if life.person.is_woman else MEN, times)
    found = found or life.leading_to(Cause.HEART, 1, 12)
    if found is None or life.age(found) < 30:
        return
    life.shuns.append("M01A")
    if life.chance.yes(0.4) and not life.decline.lives_in(found):
        found = _angina(life, found)
        if not life.chance.yes(0.45):
            return
    attack = found + timedelta(days=life.chance.between(30, 1500)) if life.has(ANGINA) else found
    _attack(life, attack)


def _angina(life: Life, found: date) -> date:
    visit = life.gp(found, ANGINA)
    systolic = life.body.systolic(found) + 12
    visit.pressure(systolic, life.body.diastolic(found) + 5)
    visit.tests(panel(life, found, TROPONIN_T, HAEMOGLOBIN, LDL, CREATININE))
    life.at_the_end(lambda: _plans(life, visit, systolic))
    life.problem(ANGINA, found, visit=visit)
    life.uses(ASPIRIN, found, ANGINA)
    life.uses(ATORVASTATIN_HIGH, found, ANGINA)
    life.uses(NITROGLYCERIN, found, ANGINA)
    _, seen = refer(
        life, visit, Service.HEART_CLINIC, ANGINA, "Utredning av stabil angina. Belastning eller CT?", 4
    )
    met = clinic(life, Service.HEART_CLINIC, seen, ANGINA, minutes=PICTURED)
    met.pictures(Modality.ULTRASOUND, "Ekkokardiografi", "Normal pumpefunksjon.", by=Service.HEART_CLINIC)
    met.pictures(Modality.CT, "CT koronararterier", "Forsnevring i én gren, ikke behov for blokking.")
    life.at_the_end(lambda: _examined(life, met))
    life.uses(METOPROLOL, seen, ANGINA)
    return found


def _examined(life: Life, met: Visit) -> None:
    """Written when it is known what another illness of the heart had begun."""
    before = life.taking("C07", met.day - timedelta(days=1))
    plan = "Metoprolol som før" if before else "Metoprolol i tillegg"
    sections = (
        (
            "Undersøkelse",
            "Ekko: normal pumpefunksjon. CT koronar: forsnevring i én gren, ikke behov for blokking.",
        ),
        ("Plan", f"{plan}. Kontroll hos fastlegen."),
    )
    concluded(life, met, *sections)


def _plans(life: Life, visit: Visit, systolic: float) -> None:
    """Written when it is known what thins the blood, and what was used already."""
    taken = life.taking("B01A", visit.day)
    drug = "ASA" if taken is None or taken.atc == ASPIRIN.atc else taken.name.split()[0]
    visit.note(
        ("Aktuelt", f"{_PRESSES}{pressed(life, visit, systolic)}"),
        ("Plan", f"{drug} og statin. {_REFERRED}"),
    )


_PRESSES = "Trykk i brystet i motbakke siste uker, gir seg ved hvile. EKG uten akutte forandringer."
_REFERRED = "Nitroglyserin ved behov. Henvist hjertepoliklinikk. Legevakt ved hvilesmerter."


def _attack(life: Life, day: date) -> None:
    peak = life.chance.uniform(180, 3200)
    ill = Ill(pulse=22, breaths=4, saturation=-2.5, systolic=life.chance.normal(5, 15))
    place = life.chance.pick(("fremre", "nedre", "laterale"))
    rang = "Personalet ringte 113." if life.decline.lives_in(day) else "Ringte 113."
    story = Story(
        f"Klemmende brystsmerter med utstråling til venstre arm siden i natt, kaldsvett. {rang}",
        f"Blek, klam, smertepåvirket. EKG med ST-senkninger i {place} avledninger.",
        "Akutt hjerteinfarkt (NSTEMI).",
        "ASA, tikagrelor og antikoagulasjon. Telemetri. Koronar angiografi neste dag.",
    )
    tests = panel(life, day, HAEMOGLOBIN, POTASSIUM, CREATININE, ill={TROPONIN_T: peak / 6})
    nights = life.chance.between(3, 5)
    stay = admit(life, Service.MEDICAL_WARD, day, nights, ATTACK, story, ill, tests)
    day = stay.day
    if not stay.recorded and life.records(day):
        return
    stay.tests({TROPONIN_T: peak}, after=8)
    stay.tests({TROPONIN_T: peak * 0.55} | panel(life, day, LDL, CREATININE), after=30)
    life.problem(ATTACK, day, day + timedelta(days=28), stay)
    # over before the nurses' round of the afternoon
    angiography = stay.hours_to(1, life.chance.uniform(8, 12))
    reason = life.problem(CORONARY, stay.end.date(), visit=stay)
    stay.operation(STENT, life.chance.between(40, 85), after=angiography)
    stay.note(
        ("Intervensjon", f"Trang forsnevring i {place} forsyningsområde. Stent, godt resultat."),
        after=angiography + 1.5,
    )
    life.stop(CLOPIDOGREL, day, "Byttet til acetylsalisylsyre og tikagrelor")
    for medicine in (ASPIRIN, TICAGRELOR, ATORVASTATIN_HIGH, METOPROLOL, NITROGLYCERIN):
        life.uses(medicine, day, CORONARY if reason else None)
    if life.needs("C09", day) and life.chance.yes(0.5):
        life.uses(RAMIPRIL, day, CORONARY)
    life.stop(TICAGRELOR, years_after(day, 1), "Ett år med dobbel platehemming er fullført")
    wall = "Lett nedsatt bevegelighet i infarktområdet. Bevart pumpefunksjon, EF 52 %. Ingen klaffefeil."
    echo = stay.hours_to(2, life.chance.uniform(9, 13))
    stay.pictures(Modality.ULTRASOUND, "Ekkokardiografi", wall, after=echo, by=Service.HEART_CLINIC)
    life.at_the_end(lambda: _leaves(life, stay))
    _after(life, stay)


def _leaves(life: Life, stay: Visit) -> None:
    """Told last, when it is known whether the blood is thinned for another reason. Who goes on to train is
    not well on the feet yet."""
    taken = [life.taking(one, stay.end.date()) for one in ("B01AF", TICAGRELOR.atc, ASPIRIN.atc)]
    thinned, prevented, aspirin = (one is not None for one in taken)
    told = ["Tikagrelor i ett år"] if prevented else []
    told += ["ASA livet ut"] if aspirin and not thinned else []
    onwards = f"{', '.join(told)}{' ved siden av blodfortynnende' if thinned and told else ''}."
    onwards = onwards if told else "Platehemmer etter listen."
    asked = "Henvist til hjerteskole og hjertepoliklinikken"
    asked = asked if _learns(life, stay.day) else "Henvist til hjertepoliklinikken"
    goal = "1,4" if stay.day >= STRICTER else "1,8"
    trains = stay.reference in life.trains_until
    moved = "Mobilisert med rollator og hjelp av en" if trains else "Mobilisert uten plager"
    discharge(
        life,
        stay,
        ATTACK,
        Farewell(
            "NSTEMI behandlet med stent. Smertefri etter inngrepet. Ekko med lett nedsatt bevegelighet, "
            f"bevart pumpefunksjon. {moved}.",
            f"{onwards} LDL under {goal} er målet. {asked}. "
            "Ikke bilkjøring de første ukene. Kontroll hos fastlegen om to uker.",
        ),
    )


def _learns(life: Life, day: date) -> bool:
    """Whether one can sit in a course and take it along."""
    return life.decline.mmse(day) >= LEARNS and not life.decline.lives_in(day)


def _two_weeks_after(life: Life, visit: Visit, high: str) -> None:
    """Written when it is known what else keeps the citizen from walking, and what is changed that day."""
    day = visit.day
    hurt = any(about.icpc == CHEST for one in _seen_since(life, day) for about in one.about)
    told = f"{'' if hurt else 'Ingen brystsmerter. '}{_active(life, day)}. Litt nedstemt.{high}"
    onwards = CHANGED[0] if is_changed(life, day) else "Fortsetter medisinene."
    school = " Oppfordret til hjerteskole." if _learns(life, day) else ""
    visit.note(
        ("Aktuelt", f"Kontroll etter hjerteinfarkt. {told}"),
        ("Plan", f"{onwards}{school} Prøver tas ved kontrollen på hjertepoliklinikken."),
    )


def _seen_since(life: Life, day: date) -> list[Meeting]:
    return life.meetings.between(day - SINCE_HOME, day - timedelta(days=1))


def _active(life: Life, day: date) -> str:
    if life.decline.lives_in(day):
        return "Oppe i stol daglig"
    ill = any(one.icpc in habits.WALKS_BADLY for one in life.known(day))
    return (
        "Går tur daglig"
        if _learns(life, day) and not ill and not lately.stays_in(life, day)
        else "Oppe hver dag"
    )


PICTURED = 105
"""Minutes of a visit in which the heart is pictured, and that is described."""
CHEST, SINCE_HOME = "A11", timedelta(days=16)
"""ICPC-2 code of what hurts in the chest, and for how long one has been home at most."""
LEARNS = 18
"""Points of MMSE below which nobody is asked to a course."""
THREE_MONTHS = timedelta(days=84)
_MONTHS = {3: "tre", 4: "fire", 5: "fem", 6: "seks"}


def _after(life: Life, stay: Visit) -> None:
    day = stay.day
    school = "Hjerteskole. " if _learns(life, day) else ""
    asks = f"{school}Kontroll med ekko tre måneder etter hjerteinfarkt."
    _, seen = refer(life, stay.leaving(), Service.HEART_CLINIC, CORONARY, asks, 12)
    seen = max(seen, day + THREE_MONTHS)
    first = life.gp(day + timedelta(days=18), CORONARY)
    systolic = life.body.systolic(first.day)
    first.pressure(systolic, life.body.diastolic(first.day))
    high = pressed(life, first, systolic)
    life.at_the_end(lambda: _two_weeks_after(life, first, high))
    met = clinic(life, Service.HEART_CLINIC, seen, CORONARY, minutes=PICTURED)
    met.tests(panel(life, met.day, LDL, CREATININE, POTASSIUM))
    beats = "Pumpefunksjon innen normale grenser."
    months = _MONTHS.get(round((met.day - day).days / 30.4), "noen")
    met.pictures(Modality.ULTRASOUND, "Ekkokardiografi", beats, by=Service.HEART_CLINIC)
    sections = (
        ("Vurdering", f"Fin form {months} måneder etter infarkt. Ekko: {beats.lower()}"),
        ("Plan", "Avsluttes her. Blodtrykk og LDL følges hos fastlegen."),
    )
    concluded(life, met, *sections)
