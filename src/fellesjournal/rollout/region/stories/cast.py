"""The people of stories: names and ids that stay, and birth dates by age.

They live in one street, whose house numbers the other citizens do not reach. Identity numbers are made of
the individual numbers 250 to 299 and, of those born since 2000, 750 to 799, which the census does not reach
(census.py). The same age on any day means that the year in the number follows the year in which the region
ends; ids never change.
"""

from datetime import date

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.municipalities import slug
from fellesjournal.rollout.region.numbers import serials
from fellesjournal.rollout.region.people import Household, Person

WOMAN, MAN = Sex.FEMALE, Sex.MALE
FIRST_NUMBER = 900_000
"""The place in the region of the first of them: after all others."""
FIRST_HOUSE = 201
STREET = 0
"""Of the first municipality, where the first unit of each kind serves."""


def home(number: int) -> Household:
    """The home of one family, by the number of the story."""
    return Household(0, STREET, FIRST_HOUSE + number)


def aged(today: date, years: int, month: int, day: int) -> date:
    """The birth date with this month and day of somebody who is so old today."""
    this_year = date(today.year, month, day)
    return years_after(this_year, -years - (this_year > today))


def someone(number: int, name: str, sex: Sex, born: date, household: Household) -> Person:
    """A person; `number`, which no other has, tells them apart. The last of the names is the family's."""
    given, _, family = name.rpartition(" ")
    person = Person(FIRST_NUMBER + number, sex, born, household, given=given, family_name=family)
    person.id = slug(name)
    person.serial = next(serials(born, sex, 249 if born.year < 2000 else 749))
    return person


def couple(one: Person, other: Person) -> None:
    """Let two live as a couple."""
    one.partner, other.partner = other, one


def parents(child: Person, mother: Person | None, father: Person | None) -> None:
    """Give a child its parents."""
    child.mother, child.father = mother, father
    for parent in (mother, father):
        if parent:
            parent.children.append(child)
