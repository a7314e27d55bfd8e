"""Skin, eyes, ears, stomach and what else brings people to the GP once or twice.

How many: contacts by ICPC-2 chapter in KUHR (Helsedirektoratet), rounded.
"""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import CREATININE, CRP, HAEMOGLOBIN, TSH
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import lately, sleepless
from fellesjournal.rollout.region.courses.cancer_kinds import BREAST, PROSTATE
from fellesjournal.rollout.region.courses.mood import DEPRESSION
from fellesjournal.rollout.region.courses.thyroid import HYPOTHYROIDISM
from fellesjournal.rollout.region.formulary import PANTOPRAZOLE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.visit import Visit

AGAIN = 14
"""Days after its end before the same can come again."""
STAYS, ENDLESS = 0, 40_000
"""Days of what does not pass: it is on the list from then on, and is told once."""


class Complaint(NamedTuple):
    """Something that passes: from and to which age, how often, for whom, what is said, which medicine."""

    problem: Problem
    weight: float
    youngest: int
    oldest: int
    told: str
    plan: str
    days: int
    medicine: Medicine | None = None
    sex: str = ""
    once: bool = False
    """Whether it comes once in the recorded years: a second time would be told of as a second."""
    others: tuple[tuple[str, str], ...] = ()
    """What else may be told of it the first time, and done."""


BETAMETHASONE = Medicine("D07AC01", "Betametason 0,1 % krem", "Tynt lag en gang daglig i to uker")
KETOCONAZOLE = Medicine("D01AC08", "Ketokonazol 2 % krem", "Tynt lag morgen og kveld i tre uker")
CHLORAMPHENICOL = Medicine("S01AA01", "Kloramfenikol 1 % øyesalve", "I øyet 4 ganger daglig i 5 dager")
VALACICLOVIR = Medicine("J05AB11", "Valaciklovir 500 mg tablett", "2 tabletter 3 ganger daglig i 7 dager")
ESTROGEN = Medicine("G03CA03", "Østradiol 10 mikrog vaginaltablett", "1 tablett to ganger i uken")

YOUNG, WAITS = 30, 0.1
"""Below which age so many wait until it passes."""
TELLS = 12
"""Points of MMSE below which one does not ask the doctor for such things."""
LASTS = {
    BETAMETHASONE: 14, KETOCONAZOLE: 21, CHLORAMPHENICOL: 5, VALACICLOVIR: 7, ESTROGEN: 60, PANTOPRAZOLE: 28,
}  # fmt: skip
"""Days for which each is taken."""

TIRES = ("K77", "R95", "U99", "X76", "Y77", "D75", "R84", "D76", "K90", "L18")
"""ICPC-2 codes of illnesses that tire: one who has them is not tired without a cause."""
LOW = timedelta(days=30)
"""For so long before and after a depression one is tired by it."""
STOMACH = Problem("Omgangssyke", "D73", "A099")
TIRED = Problem("Slapphet", "A04", "R53")
LARGE = Problem("Vannlatingsplager ved stor prostata", "Y85", "N40")
COMPLAINTS = (
    Complaint(
        Problem("Kontakteksem", "S88", "L239"),
        9,
        18,
        120,
        "Kløende, rødt utslett på hendene siste uker.",
        "Fuktighetskrem, hansker, kortisonkrem i to uker.",
        21,
        BETAMETHASONE,
    ),
    Complaint(
        Problem("Seboreisk eksem", "S86", "L219"),
        5,
        18,
        120,
        "Flassing i bryn og langs nesen.",
        "Soppkrem morgen og kveld.",
        30,
        KETOCONAZOLE,
    ),
    Complaint(
        Problem("Pigmentflekk", "S82", "D229"),
        2,
        18,
        120,
        "Ber om vurdering av en flekk på ryggen som har vokst.",
        "Dermatoskopi: jevnt mønster. Fjernes ikke. Ny kontroll ved endring.",
        ENDLESS,
        once=True,
        others=(
            (
                "Føflekk på leggen som klør og henger fast i klærne.",
                "Jevn farge og kant, 4 mm. Fjernes ikke, ses på igjen hvis den endrer seg.",
            ),
            (
                "Mange føflekker, vil ha dem sett over.",
                "Hele huden er gjennomgått, ingen som skiller seg ut. Solråd.",
            ),
            (
                "Synes en flekk på overarmen er blitt mørkere siste år.",
                "Dermatoskopi: ensartet nettverk, ufarlig. Vet hva som bør ses på igjen.",
            ),
        ),
    ),
    Complaint(
        Problem("Seboreisk vorte", "S99", "L82"),
        3,
        50,
        120,
        "Ru, brun flekk på ryggen som klør under klærne.",
        "Typisk seboreisk vorte, ufarlig. Fryses ikke nå.",
        ENDLESS,
        once=True,
        others=(
            (
                "Vorteaktig flekk ved tinningen, er redd det er kreft.",
                "Skarpt avgrenset med hornpropper, ufarlig. Ønsker den ikke bort.",
            ),
        ),
    ),
    Complaint(
        Problem("Helvetesild", "S70", "B029"),
        3,
        45,
        120,
        "Brennende smerter og blemmer i et belte på høyre side.",
        "Virushemmende innen tre døgn. Smertestillende.",
        28,
        VALACICLOVIR,
        once=True,
    ),
    Complaint(Problem("Ørevoks", "H81", "H612"), 7, 25, 120, "Tett øre.", "Skylt, fri trommehinne.", 1),
    Complaint(
        Problem("Øyekatarr", "F70", "H109"),
        4,
        18,
        90,
        "Rødt og rennende øye siden i går.",
        "Salve i fem dager, god håndhygiene.",
        7,
        CHLORAMPHENICOL,
    ),
    Complaint(
        Problem("Sure oppstøt", "D84", "K219"),
        7,
        20,
        120,
        "Halsbrann og sure oppstøt, mest om natten.",
        "Syrehemmer i fire uker, hev hodeenden.",
        40,
        PANTOPRAZOLE,
    ),
    Complaint(
        Problem("Forstoppelse", "D12", "K590"),
        4,
        18,
        120,
        "Treg mage i flere uker.",
        "Fiber, drikke, mosjon.",
        20,
    ),
    Complaint(
        STOMACH,
        5,
        18,
        120,
        "Diaré og oppkast i to døgn, bedre i dag.",
        "Drikke ofte og lite. Hjemme til 48 timer etter siste symptom.",
        4,
    ),
    Complaint(
        Problem("Krystallsyke", "H82", "H811"),
        4,
        40,
        120,
        "Det går rundt når hun eller han snur seg i senga.",
        "Dix-Hallpike positiv. Epleys manøver utført med effekt.",
        14,
    ),
    Complaint(
        TIRED,
        9,
        18,
        120,
        "Sliten i noen uker, sover greit. Ikke feber eller vekttap.",
        "Undersøkt uten funn, blodprøver er tatt. Ser det an.",
        40,
    ),
    Complaint(
        Problem("Hemoroider", "K96", "K649"),
        4,
        25,
        90,
        "Friskt blod på papiret, kløe.",
        "Rektoskopi: indre hemoroider. Krem og fiberrik kost.",
        21,
    ),
    Complaint(
        Problem("Bihulebetennelse", "R75", "J019"),
        5,
        18,
        80,
        "Trykk over kinn og panne en uke etter forkjølelse.",
        "Skylling, nesespray. Ikke antibiotika.",
        14,
    ),
    Complaint(
        Problem("Overgangsplager", "X11", "N951"),
        6,
        46,
        62,
        "Tørr og sår i skjeden, svie. Noen hetetokter, lever greit med dem.",
        "Informert om behandling. Lokalt østrogen.",
        200,
        ESTROGEN,
        "female",
    ),
    Complaint(
        LARGE,
        6,
        55,
        90,
        "Svak stråle og oppe to ganger om natten.",
        "Prostata er glatt og litt stor. Ser det an, unngå drikke om kvelden.",
        STAYS,
        None,
        "male",
    ),
    Complaint(
        Problem("Åreknuter", "K95", "I839"),
        3,
        35,
        90,
        "Tunge legger om kvelden, synlige årer.",
        "Kompresjonsstrømper. Henvises ikke nå.",
        STAYS,
    ),
    Complaint(
        Problem("Nedsatt hørsel", "H86", "H919"),
        4,
        60,
        120,
        "Må ha høyt lydnivå på TV, faller ut i selskap.",
        "Øreganger og trommehinner u.a. Ønsker ikke høreapparat ennå. Hørselslag tipset om.",
        STAYS,
    ),
)


def bothers(life: Life) -> None:
    """Now and then from 18 on."""
    over: dict[Problem, date] = {}
    before: dict[Problem, tuple[date, int]] = {}
    """When each was over the last time, and how often it has come."""
    for day in life.now_and_then(0.58, life.birthday(18), life.ordinary_until):
        age, sex = life.age(day), life.person.sex.value
        if life.decline.mmse(day) < TELLS or (age < YOUNG and life.chance.yes(WAITS)):
            continue
        fits = [
            (one, one.weight)
            for one in COMPLAINTS
            if one.youngest <= age <= one.oldest
            and one.sex in ("", sex)
            and one.problem not in life.lasting
            and over.get(one.problem, day) <= day
            and not _is_explained(life, one.problem, day)
        ]
        complaint = life.chance.weighted(fits)
        last, times = before.get(complaint.problem, (None, life.person.number))
        before[complaint.problem] = (day + timedelta(days=complaint.days), times + 1)
        if last:
            told = _again(life, day, complaint, day - last, times + 1)
            complaint = complaint._replace(told=told, others=())
        over[complaint.problem] = date.max if complaint.once else day + timedelta(days=complaint.days + AGAIN)
        _seen(life, day, complaint)


def _is_explained(life: Life, problem: Problem, day: date) -> bool:
    """Whether the citizen has what it would come of, or one in which it is told otherwise: a prostate that
    has cancer, or will have, is not told of as large."""
    if problem is LARGE:
        return life.has(PROSTATE.problem)
    if problem is not TIRED:
        return False
    low = life.episodes.lasts(DEPRESSION, day - LOW, day + LOW)
    return low or lately.expecting(life, day) or any(one.icpc in TIRES for one in life.known(day))


def _again(life: Life, day: date, complaint: Complaint, after: timedelta, times: int) -> str:
    """What is told when it comes again: of what is caught anew as of the first, and after more than a year
    how long ago it was, and what it is."""
    if complaint.problem is STOMACH:
        return _CAUGHT[times % len(_CAUGHT)]
    if after > REMEMBERED:
        since = next((words for span, words in _SINCE if after < span), _LONG_AGO)
        return f"{since[times % len(since)]} {complaint.told}"
    fits = [one for one in _COMES_AGAIN if after >= FREE or one is not _WAS_WELL]
    return fits[times % len(fits)]


def _seen(life: Life, day: date, complaint: Complaint) -> None:
    visit = life.gp(life.days.apart(working_day(day)), complaint.problem)
    words = (complaint.told, complaint.plan)
    told, plan = life.chance.pick((words, *complaint.others)) if complaint.others else words
    told = told.replace("hun eller han", "hun" if life.person.is_woman else "han")
    medicine = complaint.medicine
    if medicine is ESTROGEN and life.had(BREAST.problem, visit.day):
        plan, medicine = _NO_HORMONES, None
    if complaint.problem is TIRED:
        metabolism = {TSH: max(0.5, life.chance.normal(2, 0.7))} if life.had(HYPOTHYROIDISM, day) else {}
        visit.tests(panel(life, visit.day, HAEMOGLOBIN, CREATININE, CRP, ill=metabolism))
        life.at_the_end(lambda: visit.note(("Aktuelt", f"{told}{_helped(life, visit)}"), ("Plan", plan)))
        sleepless.says_so(life, visit)
    elif medicine is PANTOPRAZOLE:
        life.at_the_end(lambda: visit.note(("Aktuelt", told), ("Plan", _soothed(life, visit, plan))))
    else:
        visit.note(("Aktuelt", told), ("Plan", plan))
    if complaint.days:
        life.episode(complaint.problem, visit, complaint.days)
    else:
        life.problem(complaint.problem, visit.day, visit=visit)
    if 14 < complaint.days < ENDLESS and life.chance.yes(0.35):
        again = life.gp(
            life.days.apart(working_day(visit.day + timedelta(days=complaint.days))), complaint.problem
        )
        again.note(("Kontroll", again.say(*life.chance.other(_AGAIN))))
    if medicine and life.taking(medicine.atc[:5], day) is None:
        life.cure(medicine, visit, LASTS[medicine])


def _soothed(life: Life, visit: Visit, plan: str) -> str:
    """What is done, when it is known what is used: nobody is given for some weeks what is taken anyway."""
    return _TAKES_IT if life.taking(PANTOPRAZOLE.atc[:5], visit.day - timedelta(days=1)) else plan


_NO_HORMONES = "Fuktkrem til skjeden og glidemiddel, ikke hormoner etter brystkreften."
_TAKES_IT = "Bruker syrehemmer fra før og fortsetter med den. Hev hodeenden, små måltider om kvelden."


def _helped(life: Life, visit: Visit) -> str:
    """What one who is tired has at home, when it is known."""
    since = life.decline.helped_since
    return " Har hjemmetjeneste." if since and since <= visit.day else ""


FREE = timedelta(days=60)
"""After which one has been well: what comes again began some weeks before it is told of."""
REMEMBERED = timedelta(days=370)
"""For so long one compares with the last time."""
_LONG_AGO = ("Har hatt det før, for lenge siden.", "Ikke hatt det på flere år.", "Kjent med dette fra før.")
_SINCE = (
    (timedelta(days=450), ("Hadde det samme for et drøyt år siden.", "Sist for litt over et år siden.")),
    (timedelta(days=590), ("Hadde det samme for halvannet år siden.", "Sist for rundt halvannet år siden.")),
    (timedelta(days=1000), ("Har hatt det før, for et par år siden.", "Sist for et par år siden.")),
)
"""Until how long after it was over the last time which words are true of it; later it is long ago."""
_CAUGHT = (
    "Kastet opp hele natten, bare tynn avføring nå. Holder på drikke.",
    "Løs avføring i tre dager, ikke blod. Matlei.",
    "Oppkast siden i går, flere i omgangskretsen har det samme.",
)
_WAS_WELL = "Tilbake med samme plage. Var bra i mellomtiden."
_COMES_AGAIN = (
    "Samme plage igjen, kom tilbake for noen dager siden.",
    _WAS_WELL,
    "Det samme igjen, litt mildere enn forrige gang.",
    "Kjenner igjen plagen fra sist. Ingenting nytt ellers.",
)
_AGAIN = (
    ("Bedre enn sist. Ingen ny time.", "Betre enn sist. Ingen ny time."),
    ("Nesten borte. Ny time bare ved behov.", "Nesten borte. Ny time berre ved behov."),
    ("Så å si borte, plager ikke lenger.", "So å seie borte, plagar ikkje lenger."),
)
