"""What people do not tolerate: pollen, penicillin and other medicines, nuts, pets; and hay fever.

How many: hay fever about 20 in 100 (Norges Astma- og Allergiforbund), said to be allergic to penicillin about
7 in 100, food allergy about 3 in 100.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.allergies import Allergy, Reaction, allergy, none_known
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.visit import Visit

PENICILLIN = Allergy("Penicillin", "medication", "J01C")
CODEINE = Allergy("Kodein", "medication", "R05DA04", intolerance=True)
SULFA = Allergy("Trimetoprim-sulfa", "medication", "J01EE01")
GRASS, STING = "Gresspollen", "Bisstikk"
POLLEN = (Allergy("Bjørkepollen", "environment"), Allergy(GRASS, "environment"))
NUTS = (Allergy("Peanøtter", "food"), Allergy("Hasselnøtter", "food"), Allergy("Cashewnøtter", "food"))
OTHERS = (
    Allergy("Katt", "environment"),
    Allergy("Hund", "environment"),
    Allergy("Skalldyr", "food"),
    Allergy("Egg", "food"),
    Allergy(STING, "environment"),
    Allergy("Nikkel", "environment"),
)
SEASONS = {"Bjørkepollen": 4, GRASS: 6, STING: 7}
"""The first of the two months in which each is in the air (pollen: NAAF's calendar for the south)."""
ALLERGIC = Problem("Allergisk reaksjon", "A92", "T784")
HAY_FEVER = Problem("Pollenallergi", "R97", "J301")
LAST = 24
"""The last day of a month on which somebody is seen about pollen, before holidays move it into the next."""
RASH = Reaction("Kløende utslett", "mild")
HIVES = Reaction("Elveblest og hevelse i leppene", "moderate")
SHOCK = Reaction("Anafylaksi med pustevansker og blodtrykksfall", "severe")
ITCHY = Reaction("Kløe i øyne og nese, nysing", "mild")
SICK = Reaction("Kvalme og oppkast", "mild")
OF_OTHERS = {
    "Nikkel": Reaction("Kløende eksem der metallet ligger mot huden", "mild"),
    "Bisstikk": Reaction("Stor hevelse rundt stikket", "moderate"),
}
"""Of what is not breathed in."""

CETIRIZINE = Medicine("R06AE07", "Cetirizin 10 mg tablett", "1 tablett daglig i pollensesongen", True)
ADRENALINE = Medicine(
    "C01CA24", "Adrenalin 300 mikrog autoinjektor", "1 injeksjon i låret ved anafylaksi", True
)


def reacts(life: Life) -> None:
    """Known since childhood or youth; what is found later is found at the GP."""
    chance = life.chance
    if chance.yes(0.07):
        reaction = chance.weighted(((RASH, 75), (HIVES, 20), (SHOCK, 5)))
        _avoids(life, "J01C", _known(life, PENICILLIN, reaction, 2, 35))
    if chance.yes(0.015) and _known(life, CODEINE, SICK, 18, 60):
        _avoids(life, "R05DA04", life.person.born)
    if chance.yes(0.012):
        _avoids(life, "J01E", _known(life, SULFA, RASH, 18, 60))
    if chance.yes(0.03):
        reaction = chance.weighted(((HIVES, 70), (SHOCK, 30)))
        since = _known(life, chance.pick(NUTS), reaction, 1, 8)
        if since and reaction is SHOCK:
            life.uses(ADRENALINE, life.birthday(life.age(since) + 1))
    if chance.yes(0.19):
        _hay_fever(life)
    if chance.yes(0.06):
        other = chance.pick(OTHERS)
        usual = ITCHY if other.category == "environment" else HIVES
        _known(life, other, OF_OTHERS.get(other.text, usual), 3, 40)


def _avoids(life: Life, atc: str, since: date | None) -> None:
    """The medicines, from the reaction on: before it nobody knows that they are not tolerated. What is taken
    for years, as codeine is, would have been felt before: it is never given."""
    if since is not None:
        life.allergies[atc] = since


def are_asked_about(life: Life) -> None:
    """Who has been admitted, or seen by a doctor with a medicine in use, was asked: that nothing is known is
    said too."""
    if life.reactions:
        return
    asked = [(visit.day, visit.worker.reference) for visit, _ in life.stays]
    begun = [max(one.since, life.era.since) for one in life.treatments]
    if begun and (met := life.meetings.after(min(begun), life.last)):
        asked.append((met[0], met[1].by))
    if asked:
        none_known(life.chart, *min(asked))


def _known(
    life: Life, what: Allergy, reaction: Reaction, youngest: int, oldest: int, *, in_season: bool = False
) -> date | None:
    age = life.chance.between(youngest, oldest)
    since = life.chance.day(life.birthday(age), life.birthday(age + 1))
    if what.text in SEASONS:
        month = SEASONS[what.text] + since.month % 2
        since = working_day(since.replace(month=month, day=min(since.day, LAST)))
    told = max(since, life.era.since)
    if told > life.last:
        return None
    if life.records(since) and not in_season:
        told = _tells(life, what, reaction, since)
        if told > life.last:
            return None
    life.reactions.append((told, f"{what.text}: {reaction.text.lower()}."))
    by = life.services.gp.reference
    allergy(life.chart, what, reaction, since, told, by, grave=reaction is SHOCK)
    return since


def _tells(life: Life, what: Allergy, reaction: Reaction, since: date) -> date:
    """Some days after a reaction: the day on which the GP hears of it."""
    visit = life.gp(since + timedelta(days=life.chance.between(2, 9)), ALLERGIC)
    happened = "Gikk over samme dag, nå bra"
    if what.category == "medication":
        happened = "Fikk det på ferie, behandlet der, nå bra"
    elif what.text == "Nikkel":
        happened = "Blekner siden smykket ble tatt av"
    visit.note(
        ("Aktuelt", f"{what.text}: {reaction.text.lower()}. {happened}."),
        ("Plan", "Føres som kritisk informasjon. Skal unngås."),
    )
    return visit.day


def _first_season(life: Life, visit: Visit, time: str) -> None:
    """Whether there was ever a wheeze is known when the whole life is told."""
    met = life.meetings.between(life.first_day, visit.day)
    has_wheezed = any(about.icpc in WHEEZE for one in met for about in one.about) or any(
        one.icpc in WHEEZE for one in life.known(visit.day)
    )
    wheeze = "Ikke pipende pust nå." if has_wheezed else "Aldri pipende pust."
    visit.note(
        ("Aktuelt", f"Rennende nese og kløende øyne ute, andre {time} på rad. {wheeze}"),
        ("Plan", "Antihistamin i pollensesongen, øyedråper ved behov. Prikktest bekrefter det."),
    )


WHEEZE = ("R78", "R95", "R96")
"""ICPC-2 codes of bronchitis in a child, and of lungs that wheeze."""


def _hay_fever(life: Life) -> None:
    pollen = life.chance.pick(POLLEN)
    since = _known(life, pollen, ITCHY, 6, 28, in_season=True)
    if since is None:
        return
    if life.records(since):
        time = "sommeren" if pollen.text == GRASS else "våren"
        first_visit = life.gp(since, HAY_FEVER)
        life.at_the_end(lambda: _first_season(life, first_visit, time))
    life.problem(HAY_FEVER, since)
    life.uses(CETIRIZINE, since, HAY_FEVER)
    before = since
    for day in life.now_and_then(0.12, since, life.ordinary_until):
        first = SEASONS[pollen.text]
        blooms = day.replace(month=life.chance.between(first, first + 1), day=min(day.day, LAST))
        if blooms - before < timedelta(days=300):
            continue
        before = blooms
        visit = life.gp(blooms, HAY_FEVER)
        visit.note(
            ("Aktuelt", "Plages med rennende nese og kløende øyne i pollensesongen."),
            ("Plan", "Fortsetter tablett, reseptfri nesespray i tillegg. Råd om start før sesongen."),
        )
