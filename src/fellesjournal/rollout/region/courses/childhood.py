"""Growing up: birth, the health station's visits, growth, development, vaccines, school health.

Visits as the national guideline on health stations and school health has them (Helsedirektoratet, 2017);
nearly all come, and 96 of 100 take the vaccines (FHI). One of 25 gains too little weight for a while as an
infant; one of six or seven is overweight at eight years (Barnevekststudien, FHI).
"""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.births import birth_of
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.maternity import APGAR_1, APGAR_5
from fellesjournal.rollout.region.chart.measures import HEAD, HEIGHT, WEIGHT
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.milestones import milestone
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.programme import Age, due, hpv
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

NEWBORN = Problem("Nyfødt, enkeltfødsel på sykehus", "A98", "Z380")
CHECKED = Problem("Helsekontroll av barn", "A98", "Z001")
FALTERS = Problem("Lav vektøkning", "T10", "R628")
OBESITY = Problem("Overvekt hos barn", "T83", "E669")

SCHOOL_HOURS = (9, 13)
"""The hours at which the school nurse sees pupils."""
CLOSED = ((6, 15), (8, 20))
"""From when until when schools have their holidays in summer."""
CHRISTMAS = timedelta(days=18)
"""When schools are closed."""
EXAMINED, SCREENED = 20, 48
"""Hours of age at the doctor's examination, and when blood is taken for the screening."""
_HOME_EARLY = "Barnet dier godt og er rosa. Reiser hjem tidlig: undersøkes og screenes her om to dager."
INFANT = (
    (9, None), (44, Age.SIX_WEEKS), (93, Age.THREE_MONTHS), (155, Age.FIVE_MONTHS), (245, None),
    (370, Age.TWELVE_MONTHS), (462, Age.FIFTEEN_MONTHS), (740, None), (1480, None),
)  # fmt: skip
"""Days of age at visits to the health station, with what is due of vaccines."""
SCHOOL = (
    (5, None),
    (7, Age.SECOND_GRADE),
    (8, None),
    (11, Age.SIXTH_GRADE),
    (13, None),
    (15, Age.TENTH_GRADE),
)
"""Years that the child becomes in the school year's autumn: first grade at six begins with a check before."""


class _Growth(NamedTuple):
    """What is off the child's line."""

    falters: bool
    vaccinated: bool

    def times(self, days: int) -> float:
        """By how much the weight differs, as a factor."""
        if self.falters and 100 < days < 700:
            return 0.9 if 200 < days < 500 else 0.95
        return 1.0


def grows(life: Life) -> None:
    """From birth to the tenth grade."""
    if life.birthday(18) < life.era.since:
        return
    growth = _Growth(life.chance.yes(0.04), life.chance.yes(0.965))
    if life.chance.yes(0.08):
        life.body.heavy_since = life.person.born + timedelta(days=1500)
    _is_born(life)
    for days, age in INFANT:
        if not life.chance.yes(0.03):
            _visits(life, growth, days, age)
    for years, age in SCHOOL:
        _at_school(life, growth, years, age)
    if growth.vaccinated:
        _hpv(life)


def _is_born(life: Life) -> None:
    child = life.person
    if not life.records(child.born):
        return
    birth = birth_of(child, life.seed)
    nights = (birth.home - child.born).days
    still = birth.home >= life.era.until
    stay = life.stay(
        Service.MATERNITY, "lege", child.born, nights, NEWBORN, start=birth.moment, going_on=still
    )
    stay.measure(APGAR_1, birth.apgar[0])
    stay.measure(APGAR_5, birth.apgar[1])
    stay.measure(WEIGHT, birth.weight / 1000, after=1)
    stay.measure(HEIGHT, birth.length, after=1)
    stay.measure(HEAD, birth.head, after=1)
    home = stay.end - stay.start
    if home < timedelta(hours=SCREENED):
        _screened(life, stay.end.date() + timedelta(days=2), examined=home >= timedelta(hours=EXAMINED))
    if home < timedelta(hours=EXAMINED):
        stay.note(("Barsel", _HOME_EARLY), after=6)
        return
    yellow = "Litt gul, bilirubin under grensen for lysbehandling. " if life.chance.yes(0.15) else ""
    early = stay.end - stay.start < timedelta(hours=SCREENED)
    screened = "tas ved kontroll her om to dager" if early else "tas ved to døgn"
    stay.note(
        (
            "Barnelegeundersøkelse",
            f"Født i uke {birth.age}. Fin farge og tonus, normale hofter, normal hjertelyd. {yellow}"
            f"Hørselsscreening bestått, nyfødtscreening {screened}, K-vitamin gitt.",
        ),
        after=EXAMINED,
    )


def _screened(life: Life, day: date, *, examined: bool) -> None:
    """What is left for those who go home early, at the maternity ward."""
    visit = life.meet(Service.MATERNITY, "lege", day, CHECKED, hour=10)
    seen = "" if examined else "Undersøkt: fin farge og tonus, normale hofter, normal hjertelyd. Hører. "
    visit.note(("Kontroll etter hjemreise", f"{seen}Nyfødtscreening tatt. Dier godt, ikke gul."))


FOUR_YEARS = 1400
"""Days, or so."""


def _visits(life: Life, growth: _Growth, days: int, age: Age | None) -> None:
    day = life.person.born + timedelta(days=days + life.chance.between(0, 6))
    if not life.records(day):
        return
    way = Way.HOME if days < 14 else Way.VISIT
    visit = life.meet(Service.HEALTH_STATION, "helsesykepleier", day, CHECKED, way=way)
    weight, mass = _measured(life, growth, visit, days)
    said = milestone(life, visit, days)
    sections = [("Helsekontroll", said)]
    if growth.falters and 200 < days < 500:
        sections.append(_faltering(life, visit, weight, days))
    if days > FOUR_YEARS and mass > _OVERWEIGHT[4]:
        sections.append(_heavy(mass, _PARENTS_TOLD))
    if _parted(life) and days > 300:
        sections.append(_two_homes(life, visit))
    if age is Age.THREE_MONTHS and not growth.vaccinated:
        sections.append(("Vaksiner", "Foreldrene ønsker ikke vaksiner nå. Informert, tilbudet står."))
    visit.note(*sections)
    if age and growth.vaccinated:
        for vaccine, dose in due(life.person, age):
            visit.vaccine(vaccine, dose)


def _measured(life: Life, growth: _Growth, visit: Visit, days: int) -> tuple[float, float]:
    """Weight in kg, and body mass index, as they are written."""
    weight = life.body.weight(visit.day) * growth.times(days) * (1 + life.chance.normal(0, 0.008))
    visit.measure(WEIGHT, weight)
    height = life.body.height(visit.day) + life.chance.normal(0, 0.3)
    visit.measure(HEIGHT, height)
    if days < 750:
        visit.measure(HEAD, life.body.head(visit.day) + life.chance.normal(0, 0.1))
    return weight, round(weight, 1) / (round(height) / 100) ** 2


def _faltering(life: Life, visit: Visit, weight: float, days: int) -> tuple[str, str]:
    new = not life.has(FALTERS)
    life.problem(FALTERS, visit.day, visit.day + timedelta(days=260), visit)
    told = _FALLEN if new else _FOLLOWS if days < 400 else _GAINS
    return "Vekst", f"Vekten ({weight:.1f} kg) {told}".replace(".", ",", 1)


_FALLEN = (
    "har krysset en kanal nedover, lengden følger. Spiser lite, ellers frisk. Kostråd og ekstra veiing; til "
    "fastlegen om det ikke snur."
)
_FOLLOWS = "følger kanalen den falt til, lengden er som før. Spiser bedre. Fortsetter med kostråd."
_GAINS = "er på vei opp mot kanalen den hadde. Spiser det familien spiser."


def _parted(life: Life) -> bool:
    return life.person.lives_apart_from is not None


def _two_homes(life: Life, visit: Visit) -> tuple[str, str]:
    if life.person.shared_residence:
        return "Bosted", visit.say(
            "Delt bosted, like mye hos begge foreldre. Begge får innkalling og informasjon.",
            "Delt bustad, like mykje hos begge foreldra. Begge får innkalling og informasjon.",
        )
    return "Bosted", "Bor fast hos den ene av foreldrene, samvær annenhver helg. Felles foreldreansvar."


def _at_school(life: Life, growth: _Growth, years: int, age: Age | None) -> None:
    autumn = date(life.person.born.year + years, 9, 1)
    day = working_day(autumn + timedelta(days=life.chance.between(0, 240)))
    if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3):
        day = working_day(day + CHRISTMAS)
    if not life.records(day):
        return
    hour = life.chance.between(*SCHOOL_HOURS)
    doses = due(life.person, age) if age and growth.vaccinated else []
    if age and not doses:
        return
    visit = life.meet(Service.SCHOOL_HEALTH, "helsesykepleier", day, CHECKED, hour=hour, minutes=20)
    for vaccine, dose in doses:
        visit.vaccine(vaccine, dose)
    if age:
        return
    days = (day - life.person.born).days
    _, mass = _measured(life, growth, visit, days)
    sections = [(_TALK[years][0], life.chance.pick(_TALK[years][1]))]
    if mass > _OVERWEIGHT[years]:
        if years > 5:
            life.problem(OBESITY, visit.day, life.birthday(18), visit)
            _family_is_met(life, growth, visit.day)
        sections.append(_heavy(mass, _FAMILY_FOLLOWED if years > 5 else _PARENTS_TOLD))
    if _parted(life):
        sections.append(_two_homes(life, visit))
    visit.note(*sections)


def _family_is_met(life: Life, growth: _Growth, found: date) -> None:
    """The school nurse and the family, twice, while the school is open."""
    for days, said in zip((35, 190), _FAMILY, strict=True):
        day = found + timedelta(days=days + life.chance.between(0, 20))
        if CLOSED[0] <= (day.month, day.day) <= CLOSED[1]:
            day = date(day.year, 8, 24)
        day = working_day(day)
        if (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 3):
            day = working_day(day + CHRISTMAS)
        hour = life.chance.between(*SCHOOL_HOURS)
        visit = life.meet(Service.SCHOOL_HEALTH, "helsesykepleier", day, OBESITY, hour=hour, minutes=40)
        _measured(life, growth, visit, (visit.day - life.person.born).days)
        visit.note(("Oppfølging av familien", said))


def _heavy(mass: float, done: str) -> tuple[str, str]:
    index = f"{mass:.1f}".replace(".", ",")
    return "Vekst", f"KMI {index}, over grensen for overvekt for alderen. {done}"


_FAMILY_FOLLOWED = "Tilbud om oppfølging av familien."
_FAMILY = (
    "Foreldre og barn til stede. Gått gjennom måltider, søvn og skjerm. Vil begynne med vann for saft.",
    "Vekt og høyde tatt igjen. Har begynt med trening etter skolen. Fortsetter, fastlegen får beskjed.",
)
_PARENTS_TOLD = "Snakket med foreldrene om mat, drikke og lek ute."
_OVERWEIGHT = {4: 17.6, 5: 17.4, 8: 18.4, 13: 22.2}
"""Body mass index in kg/m2 above which a child of the age is overweight (IsoBMI 25, both sexes, rounded)."""
_TALK = {
    5: (
        "Skolestartundersøkelse",
        (
            "Gleder seg til skolen. Syn og hørsel u.a. Grov- og finmotorikk som ventet. Snakker reint.",
            "Litt sjenert, men samarbeider godt. Tegner menneske med kropp. Syn og hørsel u.a.",
            "Aktiv og blid. Strever litt med s-lyden, ellers godt språk. Syn og hørsel u.a.",
        ),
    ),
    8: (
        "Veiing og måling 3. trinn",
        (
            "Trives på skolen, har venner. Trener fotball.",
            "Trives. Leser mye, liker gym.",
            "Trives stort sett.",
        ),
    ),
    13: (
        "Helsesamtale 8. trinn",
        (
            "Trives hjemme og på skolen. Sover litt lite på ukedagene. Ingen rusmidler.",
            "Har det bra. Snakket om kropp, skjermbruk og søvn.",
            "Litt stress før prøver, ellers bra. Kjenner til ungdomshelsestasjonen.",
        ),
    ),
}


def _hpv(life: Life) -> None:
    found = hpv(life.person)
    if found is None or life.age(life.last) < 11:
        return
    vaccine, doses = found
    first = date(life.person.born.year + 12, 9, 15)
    for dose in range(doses):
        day = first + timedelta(days=dose * (190 if doses == 2 else 90) + life.chance.between(0, 30))
        if life.records(day):
            day, hour = working_day(day), life.chance.between(*SCHOOL_HOURS)
            visit = life.meet(Service.SCHOOL_HEALTH, "helsesykepleier", day, CHECKED, hour=hour, minutes=10)
            visit.vaccine(vaccine, dose + 1)
