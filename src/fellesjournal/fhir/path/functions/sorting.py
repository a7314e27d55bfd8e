"""sort() (FHIRPath, section 5.2, of trial use)."""

from functools import cmp_to_key

from fellesjournal.fhir.path.comparison import compared
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import single

_TURNS = 16
"""How often an item is compared, about, when a collection is sorted."""

Keyed = tuple[Item, list[Item | None]]


@function("sort", 0, 20)
def sort(here: str, *keys: Part) -> Part:
    """The items in the order of what the keys find; what finds nothing comes first."""

    def find(focus: Collection, scope: Scope) -> Collection:
        scope.environment.work(len(focus) * (_TURNS + sum(key.weight for key in keys)))
        keyed: list[Keyed] = [(item, _found(item, scope)) for item in focus]
        return [item for item, _ in sorted(keyed, key=cmp_to_key(compare))]

    def _found(item: Item, scope: Scope) -> list[Item | None]:
        inner = scope.inner(item)
        return [single(key.find([item], inner), here) for key in keys] if keys else [item]

    def compare(left: Keyed, right: Keyed) -> int:
        for number, (first, second) in enumerate(zip(left[1], right[1], strict=True)):
            order = _order(first, second, here)
            if order:
                return -order if keys and keys[number].descends else order
        return 0

    return finding(find, here)


def _order(left: Item | None, right: Item | None, here: str) -> int:
    if left is None or right is None or left.value is None or right.value is None:
        return (left is not None) - (right is not None)
    return compared(left, right, here) or 0
