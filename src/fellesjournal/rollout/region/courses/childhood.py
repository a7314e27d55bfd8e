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
from fellesjournal.rollout.region.chart.messages import message
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import slow_milestones
from fellesjournal.rollout.region.courses.milestones import gained, milestone
from fellesjournal.rollout.region.courses.overweight import (
    AT_THE_LIMIT,
    BELOW,
    OVERWEIGHT,
    above,
    index,
    limit,
    upper_limit,
)
from fellesjournal.rollout.region.kin import the_parents
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.openings import school_day
from fellesjournal.rollout.region.programme import Age, due, hpv
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

NEWBORN = Problem("Nyfødt, enkeltfødsel på sykehus", "A98", "Z380")
CHECKED = Problem("Helsekontroll av barn", "A98", "Z001")
FALTERS = Problem("Lav vektøkning", "T10", "R628")

SCHOOL_BEGINS = 6
SCHOOL_HOURS = (9, 13)
"""The hours at which the school nurse sees pupils."""
EXAMINED, SCREENED = 20, 48
"""Hours of age from which on the doctor examines, and when blood is taken for the screening."""
ROUND = range(9, 15)
"""The hours of the day at which that doctor is at the ward."""
_HOME_EARLY = "Barnet dier godt og er rosa. Reiser hjem tidlig: undersøkes og screenes her om to dager."
INFANT = (
    (9, None), (44, Age.SIX_WEEKS), (93, Age.THREE_MONTHS), (155, Age.FIVE_MONTHS), (245, None),
    (370, Age.TWELVE_MONTHS), (462, Age.FIFTEEN_MONTHS), (740, None), (1480, None),
)  # fmt: skip
"""Days of age at visits to the health station, with what is due of vaccines."""
FIRST, DOCTOR_SEES = 9, 44
"""Days of age at the visit at home, and at that at which the health station's doctor takes part."""
LATE = {44: 5, 93: 12}
"""By how many days at most one comes late to a vaccine that may not be given later (rotavirus: the first dose
before twelve weeks, the second before sixteen; preparatomtalen for Rotarix)."""
SCHOOL = (
    (SCHOOL_BEGINS, None),
    (7, Age.SECOND_GRADE),
    (8, None),
    (11, Age.SIXTH_GRADE),
    (13, None),
    (15, Age.TENTH_GRADE),
)
"""Years that the child becomes in the school year's autumn; the check before the first grade is in that
year's spring."""


class _Growth(NamedTuple):
    """What is off the child's line."""

    falters: bool
    vaccinated: bool
    heavy: list[int]
    """Where overweight stands in the chart."""
    above: list[tuple[date, bool]]
    """When the body mass was measured above a limit since it was below, and whether above the upper one."""

    def times(self, days: int) -> float:
        """By how much the weight differs, as a factor."""
        if self.falters and 100 < days < 700:
            return 0.9 if 200 < days < 500 else 0.95
        return 1.0


def grows(life: Life) -> None:
    """From birth to the tenth grade."""
    if life.birthday(18) < life.era.since:
        return
    growth = _Growth(life.chance.yes(0.04), life.chance.yes(0.965), [], [])
    if life.chance.yes(0.08):
        life.body.heavy_since = life.person.born + timedelta(days=1500)
    _is_born(life)
    for days, age in INFANT:
        missed = life.chance.yes(0.03)
        if age or not missed:
            _visits(life, growth, days, age, life.chance.between(1, LATE.get(days, 28)) if missed else 0)
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
    screened = "tas ved to døgn"
    if home < timedelta(hours=SCREENED) and not still:
        screened = _screened(
            life, stay.end.date() + timedelta(days=2), examined=home >= timedelta(hours=EXAMINED)
        )
    if home < timedelta(hours=EXAMINED):
        if not still:
            stay.note(("Barsel", _HOME_EARLY), after=6)
        return
    seen = _seen_by_doctor(stay)
    if seen > home.total_seconds() / 3600:
        return
    yellow = "Litt gul, bilirubin under grensen for lysbehandling. " if life.chance.yes(0.15) else ""
    stay.note(
        (
            "Barnelegeundersøkelse",
            f"Født i uke {birth.age}. Fin farge og tonus, normale hofter, normal hjertelyd. {yellow}"
            f"Hørselsscreening bestått, nyfødtscreening {screened}, K-vitamin gitt.",
        ),
        after=seen,
    )


def _seen_by_doctor(stay: Visit) -> float:
    """How many hours after the birth the doctor comes: by day, and before who goes home that day leaves."""
    old = stay.start + timedelta(hours=EXAMINED)
    if old.hour in ROUND:
        return EXAMINED
    days = (old.date() - stay.day).days + (old.hour >= ROUND.stop)
    comes = stay.hours_to(days, ROUND.start + stay.start.minute / 60)
    leaves = stay.end - timedelta(minutes=30)
    last = (leaves - stay.start).total_seconds() / 3600
    return comes if stay.goes_on else min(comes, last)


def _screened(life: Life, day: date, *, examined: bool) -> str:
    """What is left for those who go home early, at the maternity ward; what is said of it before."""
    visit = life.meet(Service.MATERNITY, "lege", day, CHECKED, hour=10)
    seen = "" if examined else "Undersøkt: fin farge og tonus, normale hofter, normal hjertelyd. Hører. "
    visit.note(("Kontroll etter hjemreise", f"{seen}Nyfødtscreening tatt. Dier godt, ikke gul."))
    return f"tas ved kontroll her {visit.day:%d.%m.}"


FOUR_YEARS = 1400
"""Days, or so."""


def _visits(life: Life, growth: _Growth, days: int, age: Age | None, late: int) -> None:
    """A visit; of one that is missed and has vaccines, the next hour that is given, so many days later."""
    day = life.person.born + timedelta(days=days + life.chance.between(0, 6) + late)
    if not life.records(day):
        return
    way = Way.HOME if days < 14 else Way.VISIT
    also = _doctor(life) if days == DOCTOR_SEES else ()
    visit = life.meet(Service.HEALTH_STATION, "helsesykepleier", day, CHECKED, way=way, also=also)
    weight, mass = _measured(life, growth, visit, days)
    said = milestone(life, visit, days)
    if days == FIRST:
        said = gained(visit, said, weight - birth_of(life.person, life.seed).weight / 1000)
    sections = [("Helsekontroll", said)]
    if growth.falters and 200 < days < 500:
        sections.append(_faltering(life, visit, weight, days))
    if days > FOUR_YEARS and mass > limit(life.person, visit.day):
        sections.append(index(mass, _is_heavy(life, growth, visit, mass, early=True)))
    if _parted(life, visit.day) and days > 300:
        sections.append(_two_homes(life, visit))
    if age is Age.THREE_MONTHS and not growth.vaccinated:
        who = the_parents(life.person, visit.day)
        sections.append(("Vaksiner", f"{who} ønsker ikke vaksiner nå. Informert, tilbudet står."))
    visit.note(*sections)
    if age and growth.vaccinated:
        for vaccine, dose in due(life.person, age):
            visit.vaccine(vaccine, dose)


def _doctor(life: Life) -> tuple[str]:
    """The health station's, who examines there and at school."""
    return (life.services.worker(Service.HEALTH_STATION, "lege", life.person.number).reference,)


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
    "har krysset en kanal nedover, lengden følger. Små porsjoner, ellers frisk. Kostråd og ekstra veiing; "
    "til fastlegen om det ikke snur."
)
_FOLLOWS = "følger kanalen den falt til, lengden er som før. Spiser bedre. Fortsetter med kostråd."
_GAINS = "er på vei opp mot kanalen den hadde. Spiser det familien spiser."


def _parted(life: Life, day: date) -> bool:
    """Whether the parents live apart, and both live."""
    child = life.person
    parents = [one for one in (child.mother, child.father) if one]
    lost = any(one.died and one.died <= day for one in parents)
    return child.lives_apart_from is not None and not lost


def _two_homes(life: Life, visit: Visit) -> tuple[str, str]:
    if life.person.shared_residence:
        return "Bosted", visit.say(
            "Delt bosted, like mye hos begge foreldre. Begge får innkalling og informasjon.",
            "Delt bustad, like mykje hos begge foreldra. Begge får innkalling og informasjon.",
        )
    return "Bosted", "Bor fast hos den ene av foreldrene, samvær annenhver helg. Felles foreldreansvar."


def _at_school(life: Life, growth: _Growth, years: int, age: Age | None) -> None:
    begins = years == SCHOOL_BEGINS
    first = date(life.person.born.year + years, 1 if begins else 9, 1)
    day = school_day(first + timedelta(days=life.chance.between(0, 150 if begins else 240)))
    if not life.records(day):
        return
    hour = life.chance.between(*SCHOOL_HOURS)
    doses = due(life.person, age) if age and growth.vaccinated else []
    if age and not doses:
        return
    also, minutes = (_doctor(life), 40) if begins else ((), 20)
    visit = life.meet(
        Service.SCHOOL_HEALTH, "helsesykepleier", day, CHECKED, hour=hour, minutes=minutes, also=also
    )
    for vaccine, dose in doses:
        visit.vaccine(vaccine, dose)
    if age or not visit.recorded:
        return
    _, mass = _measured(life, growth, visit, (day - life.person.born).days)
    heading, usual = _TALK[years][0], life.chance.pick(_TALK[years][1])
    sections = [(heading, slow_milestones.at_school(life, years) or usual)]
    if mass > limit(life.person, visit.day):
        sections.append(index(mass, _is_heavy(life, growth, visit, mass, early=begins)))
    elif growth.heavy and growth.above:
        growth.above.clear()
        life.is_over(OVERWEIGHT, growth.heavy[0], visit.day)
        sections.append(index(mass, f"{BELOW} Regnes ikke lenger som overvekt."))
    else:
        growth.above.clear()
    if _parted(life, visit.day):
        sections.append(_two_homes(life, visit))
    visit.note(*sections)


def _stands(life: Life, growth: _Growth, visit: Visit, mass: float) -> str:
    """Which limit it is above, and whether it was so the last time."""
    far = mass > upper_limit(life.person, visit.day)
    still = bool(growth.above) and growth.above[-1][1] is far
    growth.above.append((visit.day, far))
    return above(far=far, still=still)


def _is_heavy(life: Life, growth: _Growth, visit: Visit, mass: float, *, early: bool) -> str:
    """What is said and done about it: before school with the parents, then with the family, once; with the
    family at once where the child is above the upper limit."""
    found = _stands(life, growth, visit, mass)
    if growth.heavy:
        return f"{found} {_SPOKEN_OF_AGAIN}"
    if early and mass <= upper_limit(life.person, visit.day):
        return f"{found} {_PARENTS_TOLD}"
    growth.heavy.append(len(life.chart.bodies))
    life.problem(OVERWEIGHT, growth.above[0][0], life.birthday(18), visit)
    _family_is_met(life, growth, visit.day)
    return f"{found} {_FAMILY_FOLLOWED}"


def _family_is_met(life: Life, growth: _Growth, since: date) -> None:
    """The school nurse and the family, twice, while the school is open; then the GP hears of it."""
    at_school = life.age(since) >= SCHOOL_BEGINS - 1
    service = Service.SCHOOL_HEALTH if at_school else Service.HEALTH_STATION
    for days, said in zip((35, 190), _FAMILY if at_school else _YOUNG_FAMILY, strict=True):
        day = school_day(since + timedelta(days=days + life.chance.between(0, 20)))
        hour = life.chance.between(*SCHOOL_HOURS)
        visit = life.meet(service, "helsesykepleier", day, OVERWEIGHT, hour=hour, minutes=40)
        if not visit.recorded:
            return
        _, mass = _measured(life, growth, visit, (visit.day - life.person.born).days)
        heavy = mass > limit(life.person, visit.day)
        found = _stands(life, growth, visit, mass) if heavy else AT_THE_LIMIT
        told = said.replace(*_NEW_AT_SCHOOL) if _just_begins(life, visit.day) else said
        visit.note(("Oppfølging av familien", told), index(mass, found))
    sent, by, gp = visit.end, visit.worker.reference, life.services.gp.reference
    told = _TO_THE_GP.format("skolen" if at_school else "helsestasjonen", f"{mass:.1f}".replace(".", ","))
    message(life.chart, "Oppfølging av vekst", told, sent, by, gp)


def _just_begins(life: Life, day: date) -> bool:
    """Whether it is the autumn in which school begins, and no more than its first weeks."""
    return day < date(life.person.born.year + SCHOOL_BEGINS, 10, 1)


_NEW_AT_SCHOOL = ("Har begynt med trening etter skolen.", "Har lekt mer ute i sommer.")
"""What is said of most, and what of those who had no time for that."""
_FAMILY_FOLLOWED = "Tilbud om oppfølging av familien."
_FAMILY = (
    "Barn og foresatte til stede. Gått gjennom måltider, søvn og skjerm. Vil begynne med vann for saft.",
    "Vekt og høyde tatt igjen. Har begynt med trening etter skolen. Fortsetter, fastlegen får beskjed.",
)
_YOUNG_FAMILY = (
    "Barn og foresatte til stede. Gått gjennom måltider, drikke og søvn. Vil begynne med vann for saft.",
    "Vekt og høyde tatt igjen. Går til barnehagen nå, mer lek ute. Fortsetter, fastlegen får beskjed.",
)
_PARENTS_TOLD = "Snakket med familien om mat, drikke og lek ute."
_SPOKEN_OF_AGAIN = "Snakket om mat, søvn og bevegelse. Familien vil prøve selv, kan få ny oppfølging."
_TO_THE_GP = "Familien er fulgt opp hos helsesykepleier etter måling på {}. Siste KMI {}. Til orientering."
_TALK = {
    SCHOOL_BEGINS: (
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
            day, hour = school_day(day), life.chance.between(*SCHOOL_HOURS)
            visit = life.meet(Service.SCHOOL_HEALTH, "helsesykepleier", day, CHECKED, hour=hour, minutes=10)
            visit.vaccine(vaccine, dose + 1)
