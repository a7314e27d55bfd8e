"""Who comes along: the word for the one who is nearest to a citizen."""

from datetime import date

from fellesjournal.rollout.region.people import Person

GROWN = 18


def nearest(person: Person, on: date) -> str:
    """Ektefelle while there is one, else the eldest grown child in the region; a daughter who lives
    elsewhere of those who have neither here."""
    if person.has_partner(on):
        return "Ektefelle"
    grown = [one for one in person.children if one.born <= on and one.age(on) >= GROWN and not one.died]
    return "Sønn" if grown and not grown[0].is_woman else "Datter"
