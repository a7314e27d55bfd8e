"""Families: who lives with whom, how old they are, and who has died.

The kinds and how many live in them follow Statistics Norway's figures of households (table 10986) and ages
(07459), rounded; docs/region.md has the outcome beside them. Deaths follow its life table (07902), rounded.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.people import Family, Household, Person


class Era(NamedTuple):
    """The days between which the region's records are written."""

    since: date
    until: date


DEATHS = (
    (0, 0.0004), (20, 0.0005), (40, 0.0012), (50, 0.0028), (60, 0.0065), (70, 0.017),
    (75, 0.029), (80, 0.052), (85, 0.095), (90, 0.17), (95, 0.28),
)  # fmt: skip
"""From this age on, this share dies within a year."""
MEN_DIE = 1.25
"""Times as often as the table says; women 0.8 times."""

OLDEST = 106


def family(chance: Chance, era: Era, municipality: int, room: int) -> Family:
    """Draw a family of at most `room` persons, without names and numbers."""
    make = chance.weighted(_KINDS)
    made = Family(make(chance, era.until, municipality)[:room])
    for person in made.persons:
        _loosen(person, made)
        died = _death(chance, person, era)
        person.died = None if died and any(child.born >= died for child in person.children) else died
    return made


def alone_young(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Someone from 19 to 33 who lives alone."""
    return [_person(chance, today, chance.between(19, 33), _home(chance, municipality))]


def alone_middle(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Someone from 43 to 69 who lives alone."""
    return [_person(chance, today, chance.between(43, 69), _home(chance, municipality))]


def alone_old(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Someone from 74 on who lives alone: two of three are women."""
    age = min(OLDEST, 74 + int(abs(chance.normal(0, 15))))
    sex = Sex.FEMALE if chance.yes(0.6) else Sex.MALE
    return [_person(chance, today, age, _home(chance, municipality), sex)]


def couple_young(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Two without children in the house, the woman (or the first of two) 20 to 44."""
    return _couple(chance, today, chance.between(20, 44), _home(chance, municipality))


def couple_middle(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Two whose children have moved out."""
    return _couple(chance, today, chance.between(45, 69), _home(chance, municipality))


def couple_old(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Two from about 70."""
    return _couple(chance, today, 67 + int(abs(chance.normal(0, 11))), _home(chance, municipality))


def couple_with_children(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Parents and their children at home; some have a grandparent in a home of its own."""
    mother_age = chance.between(27, 56)
    parents = _couple(
        chance, today, mother_age, _home(chance, municipality), same_sex=0.01, with_children=True
    )
    children = _children(chance, today, parents[0], parents[1], parents[0].household)
    return [*parents, *children, *_grandparent(chance, today, parents[0], municipality)]


def parents_apart(chance: Chance, today: date, municipality: int) -> list[Person]:
    """Parents in two homes; the children live with the first, or as much with the other."""
    parents = _couple(chance, today, chance.between(28, 54), _home(chance, municipality), same_sex=0)
    mother, father = parents
    mother.partner = father.partner = None
    father.household = _home(chance, municipality)
    stays, other = (mother, father) if chance.yes(0.8) else (father, mother)
    children = _children(chance, today, mother, father, stays.household)
    shared = chance.yes(0.35)
    for child in children:
        child.lives_apart_from, child.shared_residence = other, shared
    return [*parents, *children]


def single_parent(chance: Chance, today: date, municipality: int) -> list[Person]:
    """One parent alone with children, the other unknown or outside the region."""
    mother = _person(chance, today, chance.between(22, 50), _home(chance, municipality), Sex.FEMALE)
    return [mother, *_children(chance, today, mother, None, mother.household)]


_KINDS: tuple[tuple[Callable[[Chance, date, int], list[Person]], float], ...] = (
    (alone_young, 17.0),
    (alone_middle, 9.0),
    (alone_old, 12.5),
    (couple_young, 8.0),
    (couple_middle, 17.0),
    (couple_old, 12.0),
    (couple_with_children, 24.0),
    (parents_apart, 5.5),
    (single_parent, 1.5),
)
"""Families of each kind among a hundred."""


def _home(chance: Chance, municipality: int) -> Household:
    return Household(municipality, chance.between(0, 10_000), chance.between(1, 120))


def _person(chance: Chance, today: date, age: int, home: Household, sex: Sex | None = None) -> Person:
    """Someone who is `age` years old today, or would be if alive."""
    last = years_after(today, -age)
    born = chance.day(years_after(last, -1) + timedelta(days=1), last)
    return Person(0, sex or (Sex.FEMALE if chance.yes(0.44) else Sex.MALE), born, home)


def _couple(
    chance: Chance,
    today: date,
    age: int,
    home: Household,
    same_sex: float = 0.015,
    *,
    with_children: bool = False,
) -> list[Person]:
    """Two who live together, the woman first. Of two of one sex `with_children` both are women: one of them
    gave birth to the children, and the register knows her as their mother (barnelova §§ 2, 4 a)."""
    sexes = (Sex.FEMALE, Sex.MALE)
    if chance.yes(same_sex):
        women = chance.yes(0.6) or with_children
        sexes = (Sex.FEMALE, Sex.FEMALE) if women else (Sex.MALE, Sex.MALE)
    one = _person(chance, today, age, home, sexes[0])
    other = _person(chance, today, max(20, age - 3, round(age + chance.normal(2.5, 4))), home, sexes[1])
    one.partner, other.partner = other, one
    return [one, other]


def _children(
    chance: Chance, today: date, mother: Person, father: Person | None, home: Household
) -> list[Person]:
    """Those still at home: born when the mother was 20 to 45, two to five years apart, not yet 20."""
    born = years_after(mother.born, min(44, max(20, round(chance.normal(29.5, 4.5)))))
    born += timedelta(days=chance.between(0, 364))
    children: list[Person] = []
    for _ in range(chance.weighted(((1, 15), (2, 50), (3, 26), (4, 9)))):
        if born >= today or mother.age(born) > 45:
            break
        if years_after(born, 20) > today:
            sex = Sex.FEMALE if chance.yes(0.487) else Sex.MALE
            children.append(Person(0, sex, born, home, mother=mother, father=father))
        born += timedelta(days=chance.between(700, 1600))
    mother.children += children
    if father:
        father.children += children
    return children


def _grandparent(chance: Chance, today: date, parent: Person, municipality: int) -> list[Person]:
    if not chance.yes(0.25):
        return []
    age = parent.age(today) + chance.between(22, 34)
    if age > OLDEST:
        return []
    mother = _person(chance, today, age, _home(chance, municipality), Sex.FEMALE)
    parent.mother = mother
    mother.children.append(parent)
    return [mother]


def _loosen(person: Person, within: Family) -> None:
    """Let go of ties to those there was no room for."""
    for tie in ("partner", "mother", "father", "lives_apart_from"):
        if getattr(person, tie) not in within.persons:
            setattr(person, tie, None)
    person.children = [child for child in person.children if child in within.persons]


def _death(chance: Chance, person: Person, era: Era) -> date | None:
    """The day of death, if it came between the days; those who would have died before are not drawn."""
    times = 0.8 if person.is_woman else MEN_DIE
    luck = chance.share()
    alive, year = 1.0, 0
    while (start := years_after(era.since, year)) < era.until:
        if start >= person.born:
            alive *= 1 - times * _dies_at(person.age(start))
        if luck > alive:
            return chance.day(max(start, person.born), min(years_after(start, 1), era.until))
        year += 1
    return None


def _dies_at(age: int) -> float:
    return next(share for years, share in reversed(DEATHS) if age >= years)
