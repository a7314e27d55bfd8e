"""Utility functions (FHIRPath N1, section 5.9). The room has no clock: the moment is handed to it."""

from datetime import datetime

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import text_of
from fellesjournal.fhir.path.variables import OWN


@function("trace", 1, 2)
def trace(here: str, name: Part, projection: Part | None = None) -> Part:
    """The items themselves. Nothing is written: what a person's record holds belongs in no log."""
    return finding(lambda focus, scope: focus, here)


@function("now")
def now(here: str) -> Part:
    """Date and time with zone, to the millisecond."""
    return finding(
        lambda focus, scope: [
            Item(_moment(scope, here).isoformat(timespec="milliseconds"), "System.DateTime")
        ],
        here,
    )


@function("today")
def today(here: str) -> Part:
    """The date, in the zone of the moment that was given."""
    return finding(lambda focus, scope: [Item(_moment(scope, here).date().isoformat(), "System.Date")], here)


@function("timeOfDay")
def time_of_day(here: str) -> Part:
    """The time of day, in the zone of the moment that was given."""

    def find(focus: Collection, scope: Scope) -> Collection:
        time = _moment(scope, here).replace(tzinfo=None).time()
        return [Item(time.isoformat(timespec="milliseconds"), "System.Time")]

    return finding(find, here)


@function("defineVariable", 1, 2)
def define_variable(here: str, name: Part, projection: Part | None = None) -> Part:
    """The items themselves, and from here on they, or what the projection finds, are called %name."""

    def find(focus: Collection, scope: Scope) -> Collection:
        word = text_of(name.argument(scope), here)
        if word is None or word in OWN or word in scope.variables:
            raise Invalid(f"FHIRPath: {here} cannot define %{word}; there is one already, or it is no name.")
        scope.variables[word] = projection.find(focus, scope) if projection else focus
        return focus

    return finding(find, here)


def _moment(scope: Scope, here: str) -> datetime:
    if scope.environment.moment is None:
        raise Invalid(f"FHIRPath: {here} has no answer here, where no moment is given to the evaluation.")
    return scope.environment.moment
