"""The children of the last days: so that the maternity ward of the large hospital is never empty, a few
families of every region have had one. In a large region many more are born by chance."""

from datetime import date, timedelta

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.people import Family, Person

WANTED = 3
"""Children born so, and how many mothers lie with them."""
SINCE_LAST = timedelta(days=600)
"""At least, since the child before."""
EARLIEST = timedelta(days=2)
"""How long ago at the most."""
AGES = range(21, 42)
"""Of the mother."""


def is_born(family: Family, today: date, chance: Chance) -> bool:
    """Let a couple have had a child yesterday or the day before, when they can have; whether they did."""
    mother = next(iter(family.persons))
    partner = mother.partner
    lately = any(one.born > today - SINCE_LAST for one in mother.children)
    fits = all(mother.age(day) in AGES for day in (today - EARLIEST, today))
    if not mother.is_woman or not fits or mother.died or lately:
        return False
    if partner is None or partner.died:
        return False
    sex = Sex.FEMALE if chance.yes(0.487) else Sex.MALE
    born = today - timedelta(days=1) if chance.yes(0.7) else today - EARLIEST
    child = Person(0, sex, born, mother.household, mother=mother, father=partner)
    for parent in (mother, partner):
        parent.children.append(child)
    family.persons.append(child)
    return True
