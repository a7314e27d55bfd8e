"""Types (FHIRPath N1, sections 5.2.4, 6.3 and 10.2)."""

from collections.abc import Callable

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.model import REFLECTED, Model
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.registry import function, type_function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import single
from fellesjournal.fhir.path.types import is_known, is_of


@type_function("ofType")
def of_type(here: str, name: str) -> Part:
    """The items of a type."""
    return finding(lambda focus, scope: _of_type(focus, name, here, scope), here)


@type_function("as")
def as_type(here: str, name: str) -> Part:
    """The items of a type; R4's search parameters use it on collections, so it does not insist on one."""
    return of_type(here, name)


@type_function("is")
def is_type(here: str, name: str) -> Part:
    """Is the only item of the type? Of what is called so in the other namespace it is not."""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        item = single(focus, here)
        _insist_on_type(name, here, scope, anywhere=True)
        return is_of(item, name, scope.model) if item else None

    return condition(holds)


BY_NAME: dict[str, Callable[[str, str], Part]] = {"is": is_type, "as": as_type}
"""The two that are operators as well."""


@function("type")
def type_of(here: str) -> Part:
    """The type of each item: its namespace, name and, of FHIR's, what it specialises."""
    return finding(lambda focus, scope: [_reflected(item, scope.model) for item in focus], here)


def _reflected(item: Item, model: Model) -> Item:
    space, _, name = item.type.rpartition(".")
    base = "System.Any" if space else _base(name, model)
    return Item({"namespace": space or "FHIR", "name": name, "baseType": base}, REFLECTED, REFLECTED)


def _base(name: str, model: Model) -> str:
    base = model.definitions.type(name).base if model.definitions.is_type(name) else ""
    return f"FHIR.{base}" if base else "System.Any"


def _of_type(focus: Collection, name: str, here: str, scope: Scope) -> Collection:
    _insist_on_type(name, here, scope)
    return [item for item in focus if is_of(item, name, scope.model)]


def _insist_on_type(name: str, here: str, scope: Scope, *, anywhere: bool = False) -> None:
    if not is_known(name, scope.model.definitions, anywhere=anywhere):
        raise Invalid(f"FHIRPath: there is no type '{name}', which {here} asks for.")
