"""The ordinary business of a GP's office: sleep, strain, check-ups, telephone (certificates: papers.py).

How many: 3 consultations a year for each citizen, 5 over 80, and as many simple contacts (SSB 10903,
Helsedirektoratet's KUHR).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import checkups, habits, lately, papers
from fellesjournal.rollout.region.courses.complaints import TIRED
from fellesjournal.rollout.region.courses.mood import DEPRESSION, STRAIN
from fellesjournal.rollout.region.courses.municipal.young import AUTISM, LEARNING, PALSY
from fellesjournal.rollout.region.formulary import ZOPICLONE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day, years_after

SLEEP = Problem("Søvnproblemer", "P06", "G470")
WELL_AGAIN = timedelta(days=70)
"""For so long before and after it one who is depressed is not said to be well."""
TIRES = timedelta(days=120)
"""For so long before and after it one who is tired and sleeps well is not said to sleep badly."""
SPRAIN = Problem("Ankelforstuing", "L77", "S934")
APART = timedelta(days=120)
"""From one check-up to the next, at least."""
CALLS, _OTHERS_CALL = 15, ("Pårørende ringer.", "Pårørande ringer.")
"""Points of MMSE below which others call the doctor, and what is written then."""


def passes(life: Life) -> None:
    """From 18 on."""
    adult = life.birthday(18)
    if life.chance.yes(0.18):
        _sleeps_badly(life)
    if not life.has(LEARNING, AUTISM, PALSY):
        _works(life, adult)
    before = checked = date.min
    for day in life.now_and_then(_rate(life, 0.35, 0.06, since=42), adult, life.ordinary_until):
        if day - before > APART and not lately.expecting(life, day) and not _is_strained(life, day):
            checked = checkups.check(life, day, checked)
            before = day
    for day in life.now_and_then(_rate(life, 0.04, 0.2), adult, life.ordinary_until):
        _calls(life, day)


def _works(life: Life, adult: date) -> None:
    until, said = adult, set[str]()
    for day in life.now_and_then(0.2, adult, min(life.birthday(lately.WORKS_UNTIL), life.ordinary_until)):
        met = life.days.outside(working_day(day))
        busy = life.episodes.near(TIRED, day, TIRES) or lately.at_hospital(life, met)
        busy = busy or life.episodes.near(DEPRESSION, met, WELL_AGAIN)
        if day > until and not busy and (lately.works(life, day) or life.age(day) < lately.WORKS_FROM):
            until = day + timedelta(days=100)
            _strained(life, day, said)
    for day in life.now_and_then(0.1, adult, life.ordinary_until):
        if not lately.expecting(life, day) and not life.body.is_mending(day):
            papers.asked_for(life, day)


def _is_strained(life: Life, day: date) -> bool:
    """Whether the doctor is met about something that weighs on the citizen about then."""
    met = life.meetings.between(day - timedelta(days=60), day + timedelta(days=30))
    low = life.episodes.lasts(DEPRESSION, day - WELL_AGAIN, day + WELL_AGAIN)
    return low or any(STRAIN in one.about for one in met)


def _rate(life: Life, young: float, old: float, since: int = 30) -> float:
    """How often, by the age in the middle of the recorded years: as the young until `since`, as the old from
    80 on."""
    age = life.era.since.year + 5 - life.person.born.year
    return young + (old - young) * min(1.0, max(0.0, (age - since) / (80 - since)))


def _sleeps_badly(life: Life) -> None:
    days = life.now_and_then(0.15, life.birthday(25), life.ordinary_until)
    day = next((one for one in days if not life.episodes.near(TIRED, one, TIRES)), None)
    if day is None:
        return
    visit = life.gp(day, SLEEP)
    works = life.age(day) < lately.WORKS_UNTIL and not lately.is_hindered(life, day)
    low = life.episodes.lasts(DEPRESSION, visit.day - WELL_AGAIN, visit.day)
    told = _AWAKE[1 if low else 0 : None if works else 2]
    said, tablets = life.chance.pick(told), life.chance.yes(0.35) and life.tolerates(ZOPICLONE)
    plan = "Søvndagbok, fast tid opp, ikke skjerm i senga."
    visit.note(
        ("Aktuelt", said),
        ("Plan", f"{plan} Innsovningstablett er drøftet, bare ved behov." if tablets else plan),
    )
    life.problem(SLEEP, day, visit=visit)
    if tablets:
        life.uses(ZOPICLONE, visit.day, SLEEP)
        life.stop(ZOPICLONE, years_after(visit.day, life.chance.between(1, 4)), "Trappet ned")


def _strained(life: Life, day: date, said: set[str]) -> None:
    visit = life.gp(day, STRAIN, minutes=40)
    leave = life.chance.pick((_HALF, _WHOLE, "Klarer jobben."))
    leave = lately.signed_off(life, visit.day, leave) if lately.works(life, visit.day) else ""
    if leave:
        lately.is_told_of_work(life, visit.day)
    strain = life.chance.pick(_strains(life, day, said, away=leave == lately.OFF))
    said.add(strain[0])
    visit.note(
        ("Aktuelt", visit.say(*strain)),
        ("Plan", f"Støttesamtale. {leave}".strip()),
    )
    lasts = life.chance.between(20, 90)
    days = list(life.every(0.8, visit.day, visit.day + timedelta(days=lasts), misses=0.3))
    talks = [life.gp(day, STRAIN) for day in days[: len(_EASES)]]
    for number, (eases, again) in enumerate(zip(_EASES[-len(talks) :], talks, strict=False)):
        told = eases if eases is not _WALKS or _goes_out(life, again.day) else _SLEEPS
        returned = number == 0 and leave in _RETURNS and life.days.off_until(again.day) is None
        returned = returned and lately.works(life, again.day) and not lately.at_hospital(life, again.day)
        back = f" {again.say(*_RETURNS[leave])}" if returned else ""
        again.note(("Samtale", f"{again.say(*told)}{back}"))
    if talks:
        lasts = max(lasts, (talks[-1].day - visit.day).days)
    life.episode(STRAIN, visit, lasts)


def _goes_out(life: Life, day: date) -> bool:
    """Whether the citizen goes for walks, and has no sprain, nor come from a ward just now."""
    kept = life.episodes.lasts(SPRAIN, day, day) or lately.at_hospital(life, day)
    return habits.walks(life, day) and not kept


def _calls(life: Life, day: date) -> None:
    """Nobody calls about a trifle who was just seen, or is seen the day after."""
    visit = life.gp(life.days.apart(working_day(day)), way=Way.PHONE, minutes=10)
    told = [_OF_TESTS] if lately.tested(life, visit.day) else []
    told += [_OF_THE_HOSPITAL] if lately.at_hospital(life, visit.day) else []
    said = visit.say(*life.chance.other([*told, *told, *_PHONED]))
    by_others = life.decline.mmse(visit.day) < CALLS
    visit.note(("Telefon", f"{visit.say(*_OTHERS_CALL)} {said}" if by_others else said))


def _strains(life: Life, day: date, said: set[str], *, away: bool) -> list[tuple[str, str]]:
    """What can have happened: nobody parts or is lovesick who lives with somebody, nor mourns a parent who is
    here; nobody loses a parent or a partner again and again; and who is `away` from work does not speak of
    it."""
    one = life.person
    single = one.partner is None
    parted = single and _PARTED[0] not in said
    mourned = one.mother is None and one.father is None and _MOURNED[0] not in said
    told = _STRAINS if life.age(day) >= lately.WORKS_FROM else (*_OF_PUPILS, _MOURNED)
    fits = [text for text in told if (parted or text != _PARTED) and (mourned or text != _MOURNED)]
    fits = [text for text in fits if single or text != _LOVESICK]
    again = _AGAIN_TOO_MUCH[: None if life.age(day) >= lately.WORKS_FROM else 2]
    if away:
        fits, again = _outside_work(fits), tuple(_outside_work(again))
    unsaid = [text for text in (*fits, *again) if text[0] not in said]
    unsaid = [text for text in unsaid if text != _EXAMS or _has_exams(life, day)]
    return [text for text in unsaid if text in fits] or unsaid or list(again)


def _outside_work(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [one for one in texts if "jobb" not in one[0] and "stillinger" not in one[0]]


def _has_exams(life: Life, day: date) -> bool:
    """Whether exams are near, of who goes to school until the summer in which they are nineteen."""
    if day.year in CANCELLED and day.month <= 6:
        return False
    return day.month in EXAMS and (day.year - life.person.born.year, day.month) <= (LEAVES_SCHOOL, 6)


_AWAKE = (
    "Ligger våken til to, sliten på dagen. Ikke nedstemt.",
    "Våkner klokka fire hver natt. Mye å tenke på.",
    "Uregelmessig søvn etter år med nattarbeid.",
)
_PARTED = (
    "Samlivsbrudd for en måned siden. Sover lite, tar seg sammen på jobb.",
    "Samlivsbrot for ein månad sidan. Søv lite, tek seg saman på jobb.",
)
_MOURNED = (
    "Mistet en forelder nylig. Gråter, men har støtte rundt seg.",
    "Mista ein forelder nyleg. Græt, men har støtte rundt seg.",
)
_STRAINS = (
    (
        "Konflikt på jobben, sover dårlig og gruer seg til hver mandag.",
        "Konflikt på jobben, søv dårleg og gruar seg til kvar måndag.",
    ),
    _PARTED,
    _MOURNED,
    (
        "Mye på en gang: jobb, oppussing og syk forelder. Kjenner at det er nok.",
        "Mykje på ein gong: jobb, oppussing og sjuk forelder. Kjenner at det er nok.",
    ),
)
LEAVES_SCHOOL, EXAMS = 19, (4, 5, 11, 12)
"""Age in the last year at school, and the months before exams are held (Udir)."""
CANCELLED = (2020, 2021)
"""The springs in which written exams were cancelled (Udir)."""
_EXAMS = (
    "Mye press på skolen før eksamen. Sover lite og grubler om kvelden.",
    "Mykje press på skulen før eksamen. Søv lite og grublar om kvelden.",
)
_LOVESICK = (
    "Kjærlighetssorg. Gråter mye, har venner som støtter.",
    "Kjærleikssorg. Græt mykje, har vener som støttar.",
)
_OF_PUPILS = (_EXAMS, _LOVESICK)
_AGAIN_TOO_MUCH = (
    (
        "Sover lite og er irritabel hjemme. Klarer ikke å koble av.",
        "Søv lite og er irritabel heime. Klarer ikkje å kople av.",
    ),
    (
        "Hjelper en venn i krise, har lite igjen til seg selv.",
        "Hjelper ein ven i krise, har lite att til seg sjølv.",
    ),
    (
        "Omorganisering på jobben, vet ikke hva som kommer. Våkner tidlig og grubler.",
        "Omorganisering på jobben, veit ikkje kva som kjem. Vaknar tidleg og grublar.",
    ),
    (
        "To stillinger og lite folk i begge. Tom for krefter når uken er over.",
        "To stillingar og lite folk i begge. Tom for krefter når veka er over.",
    ),
    (
        "Uenighet i familien om et arveoppgjør. Kjenner uro i kroppen hele dagen.",
        "Usemje i familien om eit arveoppgjer. Kjenner uro i kroppen heile dagen.",
    ),
)
"""What else there is when the rest has been told; pupils have the first two."""
_HALF, _WHOLE = "Sykmeldt 50 % i to uker.", "Sykmeldt 100 % i to uker, dialog med arbeidsgiver."
_RETURNS = {
    _HALF: ("Jobber fullt igjen.", "Arbeider fullt att."),
    _WHOLE: ("Er på jobb igjen.", "Er på jobb att."),
}
"""What is said of work after a sick note, by its words."""
_WALKS = ("Sover bedre, går på tur hver dag.", "Søv betre, går på tur kvar dag.")
_SLEEPS = ("Sover bedre, er mer sammen med andre.", "Søv betre, er meir saman med andre.")
"""Of those who take no walks."""
_EASES = (
    (
        "Fortsatt sliten, men litt lettere enn sist. Ny time.",
        "Framleis sliten, men litt lettare enn sist. Ny time.",
    ),
    _WALKS,
    ("Mer overskudd, nesten som før.", "Meir overskot, nesten som før."),
)
_OF_TESTS = (
    "Spør om svarene på prøvene. Gått gjennom dem, ingen tiltak.",
    "Spør om svara på prøvene. Gått gjennom dei, ingen tiltak.",
)
_OF_THE_HOSPITAL = (
    "Spør om oppholdet på sykehuset. Gått gjennom det som står i journalen.",
    "Spør om opphaldet på sjukehuset. Gått gjennom det som står i journalen.",
)
_PHONED = (
    ("Lett forkjølet, spør om råd. Kan vente.", "Lett forkjøla, spør om råd. Kan vente."),
    (
        "Har støtt en tå, den er blå og rett. Lurer på om det trengs time. Avtalt å se det an i en uke.",
        "Har støytt ei tå, ho er blå og rett. Lurer på om det trengst time. Avtalt å sjå det an i ei veke.",
    ),
    (
        "Treg mage i noen dager. Råd om drikke og fiber, ringer igjen om det ikke blir bedre.",
        "Treg mage nokre dagar. Råd om drikke og fiber, ringjer igjen om det ikkje blir betre.",
    ),
    (
        "Neseblod i går, stanset av seg selv. Råd om hva som gjøres om det kommer igjen.",
        "Naseblod i går, stansa av seg sjølv. Råd om kva ein gjer om det kjem att.",
    ),
)
