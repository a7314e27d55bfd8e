"""FHIRPath's functions by name. A function says how many arguments it takes and builds its evaluation."""

from collections.abc import Callable
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Evaluate
from fellesjournal.fhir.path.syntax import Call

Build = Callable[..., Evaluate]


class Function(NamedTuple):
    """`build` is given one Evaluate per argument, or a type's name when `of_type` is set."""

    name: str
    least: int
    most: int
    build: Build
    of_type: bool = False


_FUNCTIONS: dict[str, Function] = {}


def function(name: str, least: int = 0, most: int | None = None) -> Callable[[Build], Build]:
    """Register what builds a function from its compiled arguments, evaluated against what is in focus."""

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
