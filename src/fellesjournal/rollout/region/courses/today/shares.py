"""How likely it is that a citizen is one of those whom a unit has today.

In a large region the shares are those of real life. In a small one, where they would be nobody, the units of
the named workers (staff.py) and of their hospital have as many as are wanted for a believable day.
"""

from fellesjournal.rollout.region import staff
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service, Unit

NAMED = frozenset(post.unit for worker in staff.WORKERS for post in worker.posts)


def filled(unit: Unit) -> bool:
    """Whether the unit is to have enough to do in a small region: named workers', and their hospital's."""
    return unit.id in NAMED or unit.within == staff.HOSPITAL


def share(life: Life, service: Service, real: float, wanted: float) -> float:
    """Of those whom the unit serves: the `real` share, or what gives `wanted` citizens."""
    unit = life.services.unit(service)
    return max(real, wanted / served(life, service)) if filled(unit) else real


def missing(life: Life, service: Service, told: float, wanted: float) -> float:
    """Of those whom the unit serves: what other courses (`told`, a share) and stories leave to be filled up
    to `wanted` citizens; nothing at other units and in large regions."""
    unit = life.services.unit(service)
    return max(0.0, wanted / served(life, service) - told) if filled(unit) else 0.0


def served(life: Life, service: Service) -> int:
    """How many citizens the unit has: of a hospital's at least those of its largest municipality."""
    unit = life.services.unit(service)
    at_hospital = unit.within.endswith("-sykehus")
    town = life.services.unit(Service.ALLOCATION).serves if at_hospital else 1
    return max(unit.serves, town, 1)
