"""Which element of the definitions an item is: an item itself only knows where it stands in the resource."""

from typing import Any

from fellesjournal.fhir.path.items import Item
from fellesjournal.fhir.path.scope import Place, Scope
from fellesjournal.fhir.path.stepping import below


def place_of(item: Item) -> Place:
    """Where an item stands; two items that stand in the same place are the same one."""
    return id(item.container), item.key


def places(resource: Item, scope: Scope) -> dict[Place, str]:
    """The path in the definitions of everything below a resource: "HumanName.family", "Patient.contact"."""
    found: dict[Place, str] = {}
    waiting = [resource]
    while waiting:
        item = waiting.pop()
        path = item.path if isinstance(item.value, dict) else "Element"
        for element in scope.model.definitions.elements(path):
            for one in below([item], scope.model, element.name):
                found[place_of(one)] = element.path
                if _holds(one):
                    waiting.append(one)
    scope.environment.work(len(found))
    return found


def _holds(item: Item) -> Any:
    return isinstance(item.value, dict) or item.extra is not None
