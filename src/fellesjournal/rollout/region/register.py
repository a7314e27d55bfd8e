"""What the population register adds to a family: names, numbers, citizenship, protection, representation."""

from collections.abc import Sequence

from fellesjournal.rollout.region import origins
from fellesjournal.rollout.region.census import parts
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.names import family_name, given_name
from fellesjournal.rollout.region.people import Family, Person, Protection

PROTECTED = ((Protection.NONE, 99_930), (Protection.CONFIDENTIAL, 45), (Protection.STRICTLY_CONFIDENTIAL, 25))
"""Households among 100,000: about 4,000 people in Norway have a protected address."""


def enter(family: Family, place: int, seed: str, serials: Sequence[int], taken: set[str]) -> None:
    """Enter a family whose first person has a place in the region; `serials` is what the census
    kept of it, and `taken` are the names of others, to which its own are added."""
    chance = Chance(seed, "register", place)
    shared = family_name(chance)
    protection = chance.weighted(PROTECTED)
    for offset, person in enumerate(family.persons):
        person.number = place + offset
        person.id = f"innbygger-{place + offset + 1}"
        person.serial, person.place = parts(serials[offset])
        person.given = given_name(chance)
        person.family_name = shared if _shares_name(person, family) else family_name(chance)
        again = Chance(seed, "namesake", place + offset)
        while f"{person.given} {person.family_name}" in taken:
            person.given = given_name(again)
        taken.add(f"{person.given} {person.family_name}")
    family.persons[0].household.protection = protection
    origins.give(family, Chance(seed, "origins", place))


def _shares_name(person: Person, family: Family) -> bool:
    """Families have one name, wherever their children live; a parent who has moved out has another."""
    first = family.persons[0]
    is_child = person.mother is not None or person.father is not None
    return person.household is first.household or is_child or first.mother is person
