"""The surgeon's belly: appendicitis and gallstones, at hospital for a day or two.

How many: about 1 in 1,000 a year have appendicitis, mostly the young; about 7,000 gallbladders a year are
taken out, twice as many in women (NPR, NoRGast).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import ALT, CREATININE, CRP, HAEMOGLOBIN, LEUKOCYTES
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.clinics import radiology, refer
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

_OFF_WORK = "Sykmeldt 100 % i to uker."
APPENDICITIS = Problem("Akutt blindtarmbetennelse", "D88", "K358")
BELLY = Problem("Smerter i øvre del av magen", "D02", "R101")
"""What is known before pictures are taken."""
STONES = Problem("Gallestein", "D98", "K802")
INFLAMED = Problem("Akutt galleblærebetennelse", "D98", "K810")
HEALED = timedelta(days=30)
"""After the day on which the gallbladder is to be taken out: there are no stones any more."""
APPENDIX_OUT = Operation("JEA01", "Laparoskopisk appendektomi")
GALLBLADDER_OUT = Operation("JKA21", "Laparoskopisk kolecystektomi")

GROWN = 16
"""Age from which the belly is looked into with rays, and creatinine is that of the grown."""

BLIND_GUT: Risk = ((10, 1.8), (25, 1.1), (40, 0.6))
GALL: Risk = ((20, 1), (35, 2), (60, 2.8))


def hurts(life: Life) -> None:
    """Once each at most."""
    day = life.onset(BLIND_GUT)
    if day:
        _appendicitis(life, day)
    day = life.onset(GALL, 1.3 if life.person.is_woman else 0.6)
    if day:
        _stones(life, day)


def _appendicitis(life: Life, day: date) -> None:
    burst = life.chance.yes(0.18)
    rays = life.age(day) >= GROWN and not lately.expecting(life, day)
    story = Story(
        "Magesmerter fra i går kveld, flyttet seg ned til høyre. Kvalm, kastet opp én gang.",
        "Slippøm i høyre fossa.",
        f"Trolig akutt appendisitt, {'CT' if rays else 'ultralyd'} er bestilt.",
        "Fastende, antibiotika, laparoskopi om noen timer.",
    )
    ill = Ill(pulse=18, breaths=1, temperature=life.chance.uniform(0.6, 1.5))
    grown = life.age(day) >= GROWN
    tests = panel(
        life,
        day,
        *((HAEMOGLOBIN, CREATININE) if grown else (HAEMOGLOBIN,)),
        ill={CRP: life.chance.uniform(30, 160), LEUKOCYTES: life.chance.uniform(12, 19)},
    )
    nights = 4 if burst else 1
    stay = admit(life, Service.SURGICAL_WARD, day, nights, APPENDICITIS, story, ill, tests)
    if not stay.recorded:
        return
    kind, what = (Modality.CT, "CT abdomen") if rays else (Modality.ULTRASOUND, "UL abdomen")
    stay.pictures(kind, what, "Fortykket appendiks med fettreaksjon. Ikke abscess.", after=2)
    reason = life.problem(APPENDICITIS, stay.day, stay.end.date() + timedelta(days=10), stay)
    stay.operation(APPENDIX_OUT, life.chance.between(35, 75), after=5, reason=reason)
    found = "Perforert appendiks, skylt bukhule" if burst else "Flegmonøs, ikke perforert appendiks"
    stay.note(("Operasjonsbeskrivelse", f"{found}. Fjernet, ingen komplikasjoner."), after=7)
    home = stay.end.date()
    leave = f"{lately.signed_off(life, home, _OFF_WORK)} " if lately.works(life, home) else ""
    discharge(
        life,
        stay,
        APPENDICITIS,
        Farewell(
            f"{found}. Greit forløp, spiser og er oppe.",
            f"{leave}Ikke tunge løft i to uker. Selvløsende suturer. Ingen kontroll.",
        ),
    )


def _stones(life: Life, day: date) -> None:
    """Attacks of pain, pictures, and then the answer by telephone: only then is it known what it was."""
    visit = life.gp(day, BELLY)
    visit.tests(panel(life, day, CRP, ALT))
    visit.note(
        ("Aktuelt", "Anfall av takvise smerter under høyre ribbensbue etter fet mat, to ganger siste måned."),
        ("Plan", "Ultralyd med spørsmål om gallestein. Smertestillende ved anfall. Får svar på telefon."),
    )
    found = "Flere konkrementer i galleblæren. Slanke galleganger."
    seen = radiology(life, visit, BELLY, Modality.ULTRASOUND, "UL galleveier", found)
    asks = life.chance.weighted((("waits", 0.375), ("inflamed", 0.25), ("operated", 0.375)))
    plan = (
        "Henvist kirurg." if asks == "operated" else "Vil se det an. Unngår fet mat, ny kontakt ved anfall."
    )
    answered = working_day(seen.day + timedelta(days=life.chance.between(1, 3)))
    told = life.gp(answered, STONES, way=Way.PHONE, minutes=10)
    told.note(("Telefon", f"Svar på ultralyd: gallestein, ingen utvidede galleganger. {plan}"))
    since = visit.day  # they were there when they were seen, and known when they were told of
    life.episode(BELLY, visit, max(2, (told.day - visit.day).days))
    if asks == "operated":
        _, met = refer(life, told, Service.CLINIC, STONES, "Symptomgivende gallestein. Operasjon?", 9)
        later = _not_expecting(life, met + timedelta(days=life.chance.between(30, 90)))
        life.problem(STONES, since, later + HEALED, told)
        _operated(life, later)
    elif asks == "inflamed":
        later = told.day + timedelta(days=life.chance.between(30, 500))
        life.problem(STONES, since, later + HEALED, told)
        _inflamed(life, later)
    else:
        life.problem(STONES, since, visit=told)


def _not_expecting(life: Life, day: date) -> date:
    """The day, or the first months after a birth: with child nobody is operated on for what can wait."""
    while lately.expecting(life, day):
        day += timedelta(days=7)
    return day


def _inflamed(life: Life, day: date) -> None:
    story = Story(
        "Vedvarende smerter under høyre ribbensbue i to døgn, feber og kvalme.",
        "Øm under høyre kostalbue, Murphys tegn positivt.",
        "Trolig akutt kolecystitt, kjent gallestein. Ultralyd er bestilt.",
        "Antibiotika, fastende, operasjon innen få dager.",
    )
    ill = Ill(pulse=20, breaths=2, temperature=life.chance.uniform(0.9, 2))
    tests = panel(
        life,
        day,
        HAEMOGLOBIN,
        CREATININE,
        ALT,
        ill={CRP: life.chance.uniform(90, 250), LEUKOCYTES: life.chance.uniform(12, 18)},
    )
    stay = admit(life, Service.SURGICAL_WARD, day, life.chance.between(3, 5), INFLAMED, story, ill, tests)
    if not stay.recorded:
        return
    stay.pictures(Modality.ULTRASOUND, "UL galleveier", "Fortykket galleblærevegg og konkrementer.", after=3)
    life.episode(INFLAMED, stay, 10)
    _taken_out(life, stay, INFLAMED, 24)


def _operated(life: Life, day: date) -> None:
    story = Story(
        "Planlagt innlagt til fjerning av galleblæren.",
        "Fin form. Myk mage.",
        "Gallestein.",
        "Kort forløp, overnatter.",
    )
    tests = panel(life, day, HAEMOGLOBIN, ALT)
    stay = admit(life, Service.SURGICAL_WARD, day, 1, STONES, story, Ill(pulse=4), tests, planned=True)
    if stay.recorded:
        _taken_out(life, stay, STONES, 3)


def _taken_out(life: Life, stay: Visit, problem: Problem, after: float) -> None:
    reason = life.problem(STONES, stay.day)
    life.episodes.is_over(STONES, stay.end.date())  # later wards do not know one with them
    stay.operation(GALLBLADDER_OUT, life.chance.between(45, 110), after=after, reason=reason)
    stay.note(
        ("Operasjonsbeskrivelse", "Laparoskopisk kolecystektomi, oversiktlig anatomi, ingen gallelekkasje."),
        after=after + 2,
    )
    discharge(
        life,
        stay,
        problem,
        Farewell(
            "Galleblæren er fjernet med kikkhullsteknikk. Greit forløp, spiser vanlig mat.",
            "Ikke tunge løft i to uker. Ingen kontroll.",
        ),
    )
