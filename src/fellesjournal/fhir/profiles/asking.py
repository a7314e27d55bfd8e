"""Asking a profile of a whole resource: one within another, or one that a reference points to."""

from fellesjournal.fhir.faults import Found, Local
from fellesjournal.fhir.profiles.items import Item
from fellesjournal.fhir.profiles.profile import Profile

_DEEPEST = 20
"""References followed from one to the next; what is further away is not asked."""


def around(item: Item, local: Local) -> Local:
    """What is known round a value: its own surroundings, where it is a resource within another."""
    if not item.step or type(item.value) is not dict or "resourceType" not in item.value:
        return local
    if item.step.startswith(".contained["):
        return local.beside(item.value, contained=True)
    return Local(item.value, item.value, holder=local.resource, outer=local)


def asked(profile: Profile, local: Local) -> list[Found]:
    """What the resource of `local` does not keep of a profile, found once however many point to it.

    Resources may point to each other in circles: one that is being asked keeps the profile as far as those
    are concerned that it points to.
    """
    neighbours = local.neighbours()
    key = (id(local.resource), profile.url)
    if key not in neighbours.answers:
        if neighbours.asking == _DEEPEST:
            return []
        neighbours.answers[key] = []
        neighbours.asking += 1
        neighbours.answers[key] = profile.faults(local.resource, local) or []
        neighbours.asking -= 1
    found: list[Found] = neighbours.answers[key]
    return found


def has_errors(found: list[Found]) -> bool:
    """Is there more than warnings?"""
    return any(each.severity == "error" for each in found)
