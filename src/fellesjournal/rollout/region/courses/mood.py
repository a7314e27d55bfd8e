"""Depression and anxiety: the GP first, talks and tablets; some are referred to the psychiatric clinic.

How many: about 10 in 100 have depression within a few years (FHI, public health report), twice as many women;
steps as in the national guideline on depression. What the psychiatric clinic writes is labelled PSY, but for
the letter to the GP at the end.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.measures import HAEMOGLOBIN, TSH
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import refer, report
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.formulary import ESCITALOPRAM, MIRTAZAPINE, SERTRALINE
from fellesjournal.rollout.region.kin import household
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

DEPRESSION = Problem("Depresjon", "P76", "F329")
ANXIETY = Problem("Angstlidelse", "P74", "F411")
STRAIN = Problem("Situasjonsbetinget psykisk belastning", "P02", "F432")
PSYCHIATRY = "PSY"

TALKS_OF_IT = 20
"""Points of MMSE below which nobody looks back on the last months' fear."""

ALSO_LOW = timedelta(days=60)
"""For so long before and after a talk about low spirits, fear is not the whole of what is told."""
GOES_ON = timedelta(days=120)
"""For so long tablets are taken after one is well."""
TRIED = timedelta(days=70)
"""For so long the GP treats before a clinic is asked."""
LOW: Risk = ((15, 4), (20, 8), (45, 6), (70, 4))
AFRAID: Risk = ((14, 2), (20, 3.2), (45, 1.6), (70, 1))

TALKS: dict[Problem, Sequence[str]] = {
    DEPRESSION: (
        "Kartlegging av stemningsleie, søvn og dagsrytme.",
        "Laget aktivitetsplan for uken. Små mål, ett om dagen.",
        "Gått gjennom hendelser og tanker siden sist. Noe mer i gang om formiddagen.",
        "Arbeidet med selvkritiske tanker. Hjemmeoppgave gjort.",
        "Grublingen tar mindre plass. Har truffet en venn.",
        "Tema: grensesetting og krav til seg selv. Bedre søvn.",
        "Tilbakefall og tidlige tegn. Føler seg mer som før.",
        "Oppsummering. Plan for veien videre er skrevet ned.",
    ),
    ANXIETY: (
        "Psykoedukasjon om angst. Hva kroppen gjør, og hvorfor.",
        "Laget hierarki over det som unngås.",
        "Første eksponering sammen: kjøpesenteret i ti minutter.",
        "Eksponering gjennomgått. Tok bussen to ganger siden sist.",
        "Pusteøvelser og tankeskjema. Færre anfall denne uken.",
        "Holdt innlegg på møte. Angsten kom og gikk.",
        "Sikkerhetsatferd kartlagt, øver på å la være.",
        "Oppsummering og plan for å vedlikeholde framgangen.",
    ),
}


def comes_and_goes(life: Life) -> None:
    """Episodes of some months; anxiety lasts."""
    times = 1.25 if life.person.is_woman else 0.7
    low = life.onset(LOW, times)
    if low:
        _depressed(life, low)
        if life.chance.yes(0.4):
            _depressed(life, low + timedelta(days=life.chance.between(700, 2500)))
    afraid = life.onset(AFRAID, times)
    if afraid:
        _anxious(life, afraid)


def _depressed(life: Life, day: date) -> None:
    months = life.chance.between(5, 14)
    until = day + timedelta(days=30 * months)
    visit = life.gp(day, DEPRESSION, minutes=40)
    points = life.chance.between(18, 32)
    said = f"{life.chance.other(_LOW)} MADRS {points}. Ingen selvmordsplaner."
    _planned(life, visit, said, "Samtaler, mosjon og døgnrytme. " + _leave(life, visit.day))
    tablets = points > 22 and life.age(day) >= 18 and life.taking("N06A", day) is None
    if visit.recorded:
        life.episode(DEPRESSION, visit, 30 * months + (GOES_ON.days if tablets else 0))
    medicine = MIRTAZAPINE if life.age(day) > 75 else life.chance.pick((SERTRALINE, ESCITALOPRAM))
    first = day + timedelta(days=life.chance.between(19, 24))
    soon = first + timedelta(days=life.chance.between(15, 25))
    days = (first, *((soon,) if tablets else ()))
    referred = points > 27 and 18 <= life.age(day) < 75
    pace = _SLOWLY if referred else 4
    for number, seen in enumerate((*days, *life.every(1, days[-1], min(until, day + timedelta(days=200))))):
        met = life.gp(seen, DEPRESSION)
        score = max(4, points - pace * number - 3)
        told = _BETTER if score < 12 else _LATER if score < 21 else _STILL
        met.note(("Samtale", f"{life.chance.other(told)} MADRS {score}."))
        if tablets and number == 0:
            life.uses(medicine, met.day, DEPRESSION)
    if tablets:
        _ends(life, medicine, until + GOES_ON)
    if referred:
        _clinic(life, visit.day, DEPRESSION, months)


def _ends(life: Life, medicine: Medicine, day: date) -> None:
    """The last visit, at which the tablets are over."""
    last = life.gp(life.days.apart(working_day(day)), DEPRESSION)
    said = life.chance.other(_OVER)

    def write() -> None:
        last.note(("Samtale", last.say(*_over(life, last.day, said))))

    life.at_the_end(write)
    life.stop(medicine, last.day, "Frisk")


def _over(life: Life, day: date, said: tuple[str, str]) -> tuple[str, str]:
    """What is said at the last visit: tablets are over for who has taken them, and for nothing else too."""
    if not any(one.until == day and one.medicine.atc.startswith("N06A") for one in life.treatments):
        return _WELL_ON if life.taking("N06A", day) else _WELL
    strained = life.episodes.lasts(STRAIN, day - WELL_FOR, day)
    ill = (stay.day for stay, _ in life.stays if stay.unit.service is not Service.MATERNITY)
    lain = any(day - WELL_FOR < one <= day for one in ill)
    return _OVER_BUT if strained or lain else said


def _anxious(life: Life, day: date) -> None:
    visit = life.gp(day, ANXIETY, minutes=40)
    life.problem(ANXIETY, day, visit=visit)
    begins = life.age(day) >= 18 and life.chance.yes(0.4) and life.taking("N06A", day) is None
    wanted = (HAEMOGLOBIN,) if life.taking("H03AA", visit.day) else (HAEMOGLOBIN, TSH)
    visit.tests(panel(life, visit.day, *wanted))
    afraid = _AFRAID if life.age(day) > PUPIL else _AFRAID.replace("på møter", "i klasserommet")
    _planned(life, visit, afraid, _EXPLAINED)
    if begins and life.tolerates(SERTRALINE):
        life.uses(SERTRALINE, visit.day, ANXIETY)
    again = life.gp(visit.day + timedelta(days=life.chance.between(24, 36)), ANXIETY)
    _seen_again(life, again, tested=visit.recorded)
    if 18 <= life.age(day) < 75 and life.chance.yes(0.25):
        _clinic(life, visit.day, ANXIETY, 8)
    for seen in life.every(9, day, life.decline.moves_in, misses=0.3):
        if life.decline.mmse(seen) < TALKS_OF_IT:
            break
        met = life.gp(seen, ANXIETY)
        low = life.episodes.near(DEPRESSION, met.day, ALSO_LOW)
        met.note(("Samtale", life.chance.other(_WHILE_LOW if low else _STEADY)))


def _planned(life: Life, visit: Visit, said: str, plan: str) -> None:
    """Written when the medicines are settled: what is begun, or used already, is named."""

    def write() -> None:
        medicine = life.taking("N06A", visit.day)
        name = medicine.name.split()[0].lower() if medicine else ""
        begun = any(one.medicine == medicine and one.since == visit.day for one in life.treatments)
        drug = f" Begynner med {name}." if begun else f" Bruker {name} fra før, fortsetter med samme dose."
        visit.note(("Aktuelt", said), ("Plan", f"{plan}{drug if medicine else ''}"))

    life.at_the_end(write)


def _seen_again(life: Life, visit: Visit, *, tested: bool) -> None:
    def write() -> None:
        medicine = life.taking("N06A", visit.day)
        said = _TAKES if medicine else _TALKED
        visit.note(("Samtale", f"{said} {_UNEXPLAINED}" if tested else said))

    life.at_the_end(write)


def _clinic(life: Life, day: date, problem: Problem, months: int) -> None:
    asks = life.gp(life.days.apart(working_day(day + TRIED)), problem)
    asks.note(("Vurdering", asks.say(*_NOT_ENOUGH)))
    _, seen = refer(
        life, asks, Service.PSYCHIATRY, problem, "Utredning og behandling, ikke nok bedring hos fastlege.", 7
    )
    with life.chart.labelled(PSYCHIATRY):
        times = min(12, months)
        for number in range(times):
            met = life.meet(
                Service.PSYCHIATRY, "psykolog", seen + timedelta(days=14 * number), problem, minutes=45
            )
            if number == 0:
                met.note(
                    ("Bakgrunn", f"Henvist av fastlege. {household(life.person, met.day)}."),
                    ("Vurdering", f"{problem.text}. Selvmordsrisiko kartlagt: ikke forhøyet nå."),
                    ("Plan", "Kognitiv terapi, annenhver uke."),
                    kind=Kind.CLINIC_NOTE,
                )
            else:
                met.note(
                    ("Behandlingstime", TALKS[problem][(number - 1) * len(TALKS[problem]) // (times - 1)]),
                    kind=Kind.CLINIC_NOTE,
                )
    report(life, met, ("Vurdering", f"{problem.text}. {_ENDS.format(times)}"))


def _leave(life: Life, day: date) -> str:
    if lately.works(life, day) and life.chance.yes(0.6):
        leave = f"Sykmeldt {life.chance.pick((50, 100))} % i {life.chance.pick((2, 4))} uker."
        return lately.signed_off(life, day, leave)
    return "Ny time om tre uker."


_SLOWLY = 2
"""Points of MADRS from one talk to the next of whom it does not go well enough with the GP alone."""
PUPIL = 18
"""The age until which most go to school."""
_AFRAID = (
    "Bekymrer seg for alt, uro i kroppen, hjertebank i butikk og på møter. EKG normalt, blodprøver tatt."
)
_UNEXPLAINED = "Blodprøvene fra sist gir ikke annen forklaring."
_EXPLAINED = (
    "Forklaring på angst, rask psykisk helsehjelp nevnt. Ny time om fire uker, henvises om det trengs."
)
_TAKES = "Tåler medisinen. Noe mindre uro, sover bedre. Fortsetter."
_TALKED = "Har lest om angst og øver hver dag. Litt mindre uro."
_LOW = (
    "Nedstemt i to måneder, sover dårlig og har mistet interessen for det meste.",
    "Gråter lett, tiltaksløs, tung om morgenen. Vanskelig periode hjemme.",
    "Ingen matlyst, grubler om nettene. Trekker seg unna venner.",
    "Tomhetsfølelse og skyldfølelse i flere måneder. Konsentrerer seg dårlig.",
)
_STILL = (
    "Fortsatt tungt, men følger planen.",
    "Svingende. Gode dager innimellom.",
    "Sover litt bedre, ellers uendret.",
)
_LATER = (
    "Litt lettere. Sover bedre, kommer seg ut hver dag.",
    "Bedre enn sist, har tatt opp igjen turene.",
    "Flere gode dager enn dårlige nå.",
)
_BETTER = (
    "Føler seg nesten som før. Mer overskudd.",
    "Bra humør de fleste dager, gleder seg til ting igjen.",
    "God bedring. Orker mer for hver uke.",
)
_NOT_ENOUGH = (
    "Behandlet i over to måneder, ikke nok bedring. Henvises til psykiatrisk poliklinikk, er enig i det.",
    "Behandla i over to månader, ikkje nok betring. Vert vist til psykiatrisk poliklinikk, er samd i det.",
)
_ENDS = "Avsluttet etter {} timer, bedring. Følges hos fastlege, ny henvisning om det blir verre."
WELL_FOR = timedelta(days=120)
_OVER_BUT = (
    "Depresjonen er over, tross det som har vært i det siste. Enige om å slutte med tablettene nå.",
    "Depresjonen er over, trass i det som har vore i det siste. Samde om å slutte med tablettane no.",
)
"""Of who has been strained by something else, or lain in hospital, in the last months."""
_WELL_ON = (
    "Depresjonen er over, bra i flere måneder. Tablettene fortsetter, de tas også for noe annet.",
    "Depresjonen er over, bra i fleire månader. Tablettane held fram, dei vert òg tekne for noko anna.",
)
_WELL = (
    "Depresjonen er over, bra i flere måneder. Ringer om det snur.",
    "Depresjonen er over, bra i fleire månader. Ringjer om det snur.",
)
_OVER = (
    (
        "Bra i flere måneder. Er enig i å slutte nå, vet hva som kan merkes de første ukene.",
        "Bra i fleire månader. Er samd i å slutte no, veit kva ein kan merke dei første vekene.",
    ),
    (
        "Depresjonen er over. Ferdig med tablettene nå.",
        "Depresjonen er over. Ferdig med tablettane no.",
    ),
)
_STEADY = (
    "Færre anfall. Bruker det som er lært.",
    "Mer uro igjen etter en rolig periode. Snakket om søvn og kaffe.",
    "Stabil. Klarer hverdagen, unngår fortsatt store forsamlinger.",
)
_WHILE_LOW = (
    "Uroen følger humøret. Bruker det som er lært.",
    "Snakket om uroen for seg. Ikke flere anfall enn før.",
)
