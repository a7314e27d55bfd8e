"""FHIRPath's functions by name. A function says how many arguments it takes and builds its part."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.parts import Part
from fellesjournal.fhir.path.syntax import Call

Build = Callable[..., Part]


class Function(NamedTuple):
    """`build` is given the call's name and place for messages, and one Part for each argument.

    With `of_type` set the argument is a type, and given by its name. The part it builds is evaluated with
    what the function is called on in focus.
    """

    name: str
    least: int
    most: int
    build: Build
    of_type: bool = False


_FUNCTIONS: dict[str, Function] = {}


def function(name: str, least: int = 0, most: int | None = None) -> Callable[[Build], Build]:
    """Register what builds a function from its compiled arguments."""

    def register(build: Build) -> Build:
        _FUNCTIONS[name] = Function(name, least, least if most is None else most, build)
        return build

    return register


def type_function(name: str) -> Callable[[Build], Build]:
    """Register what builds a function from the name of a type: ofType(Quantity)."""

    def register(build: Build) -> Build:
        _FUNCTIONS[name] = Function(name, 1, 1, build, of_type=True)
        return build

    return register


def known() -> Mapping[str, Function]:
    """All functions, by their names."""
    return _FUNCTIONS


def find(call: Call) -> Function:
    """The function that is called. Raises Invalid when there is none or the arguments are too few or many."""
    found = _FUNCTIONS.get(call.name)
    where = f"at character {call.position + 1}"
    if found is None:
        raise Invalid(f"FHIRPath: there is no function '{call.name}' here ({where}).")
    if not found.least <= len(call.arguments) <= found.most:
        wanted = str(found.least) if found.least == found.most else f"{found.least} to {found.most}"
        raise Invalid(
            f"FHIRPath: {call.name}() takes {wanted} arguments, not {len(call.arguments)} ({where})."
        )
    return found
