"""Who is near a citizen: the one who is called, and the word for the one who comes along."""

from datetime import date

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.citizens import is_married
from fellesjournal.rollout.region.people import Person

GROWN, AT_HOME = 18, 25
"""Ages: from which one is grown, and below which one may live with parents."""
LATEST_BIRTHS = 41
"""The age below which one may be with child on the last day (births.py)."""
WORDS = {
    "DA": "Datter",
    "SO": "Sønn",
    "SI": "Søster",
    "BR": "Bror",
    "MO": "Mor",
    "FA": "Far",
    "AP": "En venn",
}
"""By the codes of list 9033."""


def nearest(person: Person, on: date, today: date) -> str:
    """The one lived with while there is one, else the eldest grown child or a parent in the region; of those
    who have none of them here, the one elsewhere."""
    if person.has_partner(on):
        return partner(person)
    grown = [one for one in person.children if one.born <= on and one.age(on) >= GROWN and not one.died]
    if grown:
        return WORDS["DA" if grown[0].is_woman else "SO"]
    parents = [one for one in (person.mother, person.father) if one and not one.died]
    if parents:
        return WORDS["MO" if parents[0].is_woman else "FA"]
    return WORDS[elsewhere(person, today)]


def partner(person: Person) -> str:
    """What the one who is lived with is called."""
    return "Ektefelle" if is_married(person) else "Samboer"


def the_partner(person: Person) -> tuple[str, str]:
    """The same of one who is known, in bokmål and nynorsk."""
    return ("Ektefellen", "Ektefellen") if is_married(person) else ("Samboeren", "Sambuaren")


def the_parents(person: Person, on: date) -> str:
    """Who sees to a child on a day: both, or the one that lives."""
    if person.mother and person.mother.died and person.mother.died <= on:
        return "Far"
    return "Mor" if person.father and person.father.died and person.father.died <= on else "Foreldrene"


def lives(person: Person, on: date) -> str:
    """With whom a grown citizen lives on a day, as notes say it."""
    return f"Bor med {partner(person).lower()}" if person.has_partner(on) else "Bor alene"


def household(person: Person, on: date) -> str:
    """With whom somebody from 18 on lives on a day: also with children, or as a child."""
    children = [one for one in person.children if one.born <= on and one.age(on) < GROWN and not one.died]
    if children:
        mine = "barn" if len(children) > 1 else WORDS["DA" if children[0].is_woman else "SO"].lower()
        partnered = person.has_partner(on)
        return f"{lives(person, on)} og {mine}" if partnered else f"Bor alene, har {mine}"
    parents = [one for one in (person.mother, person.father) if one and not one.died]
    if parents and person.age(on) < AT_HOME and person.household in [one.household for one in parents]:
        return "Bor hjemme hos foreldre"
    return lives(person, on) + ("" if person.has_partner(on) else ", har kontakt med familien")


def elsewhere(person: Person, today: date) -> str:
    """Who is near of those who do not live in the region, by list 9033: always the same one. Who has children
    here, or may be with child, has no grown one elsewhere: those here are counted as the first."""
    age = person.age(today)
    chance = Chance("kin", person.id)
    if age < 40:
        return chance.pick(("MO", "FA"))
    if age < LATEST_BIRTHS or (age < 70 and person.children):
        return chance.pick(("SI", "BR"))
    return chance.pick(("SI", "BR", "DA", "SO") if age < 70 else ("DA", "SO", "DA", "SO", "SI", "AP"))
