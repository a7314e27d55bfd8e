"""How citizens and services are reached: numbers and addresses that are nobody's.

Norwegian subscribers' numbers have eight digits and begin with 2 to 9 (Nkom's numbering plan): with 1 there
are only short numbers for services. example.org is kept for examples (RFC 2606).
"""

from fellesjournal.rollout.region.chart.coding import Json


def phone(number: int) -> Json:
    """A mobile number that nobody has; another for each citizen, and none of a switchboard's."""
    return {"system": "phone", "value": f"+47{10_000_000 + number * 7 % 9_000_000}", "use": "mobile"}


def switchboard(place: int) -> Json:
    """The number that a unit answers, by its place in the region; nobody has it."""
    return {"system": "phone", "value": f"+47{19_000_000 + place * 7 % 1_000_000}", "use": "work"}


def mail(name: str) -> Json:
    """An e-mail address that goes nowhere."""
    return {"system": "email", "value": f"{name}@example.org", "use": "home"}
