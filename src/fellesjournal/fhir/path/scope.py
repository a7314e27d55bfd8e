"""What an expression is evaluated in."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path.items import NOTHING, Collection, Item
from fellesjournal.fhir.path.model import Model, model_of

MOST_WORK = 500_000
"""Items that one evaluation may handle, about a second: expressions come with requests."""


class Codes(Protocol):
    """What memberOf(), subsumes() and subsumedBy() ask. None: it cannot be told."""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """Is the code in the value set? `system` is "" for a code that comes without one."""

    def subsumes(self, system: str, a: str, b: str) -> bool | None:
        """Is b the code a or one below it?"""


Resolver = Callable[[str, "Environment"], Item | None]
Variables = dict[str, Collection]
Place = tuple[int, str | int]
"""Where an item stands: the identity of its container, and its key there."""
Slices = Callable[[Collection, str, str, "Scope"], list[tuple[Item, object]]]
"""The elements that are in a slice of a profile, each with the JSON object it stands in: of the resources and
values round the items, the URL of the profile, and the name. Raises Invalid when there is no such slice."""


class Environment:
    """What stays the same throughout an evaluation, and while many expressions ask about one resource.

    The resource is not to be changed meanwhile.

    What is None makes the functions that need it empty.
    """

    __slots__ = (
        "codes",
        "conforms",
        "definitions",
        "descended",
        "moment",
        "narrative",
        "places",
        "resolver",
        "resource",
        "slices",
        "worked",
    )

    def __init__(
        self,
        definitions: Definitions,
        resource: Item,
        resolver: Resolver,
        moment: datetime | None = None,
        codes: Codes | None = None,
        conforms: Callable[[Item, str], bool | None] | None = None,
        narrative: Callable[[str], bool] | None = None,
        slices: Slices | None = None,
    ) -> None:
        self.definitions = definitions
        self.resource = resource
        self.resolver = resolver
        self.moment = moment
        self.codes = codes
        self.conforms = conforms
        self.narrative = narrative
        self.slices = slices
        self.places: dict[Place, str] | None = None
        """The definition of each element, once elementDefinition() has asked."""
        self.descended: tuple[Item, Collection] | None = None
        """The resource whose descendants were last asked for, and they: invariants ask again and again."""
        self.worked = 0
        """Items that the present evaluation has handled."""

    def work(self, items: int) -> None:
        """Count items that are handled. Raises Invalid when they are more than one evaluation may handle."""
        self.worked += items
        if self.worked > MOST_WORK:
            raise Invalid(
                f"FHIRPath: the expression handles more than {MOST_WORK} items. "
                "Choose fewer of them first, with a path or where()."
            )


class Scope:
    """What $this, $index, $total and %names stand for."""

    __slots__ = ("context", "environment", "index", "model", "this", "total", "variables")

    def __init__(
        self,
        environment: Environment,
        model: Model,
        context: Item,
        this: Item,
        variables: Variables,
        index: int = 0,
        total: Collection = NOTHING,
    ) -> None:
        self.environment = environment
        self.model = model
        self.context = context
        """%context: what the evaluation began with."""
        self.this = this
        self.variables = variables
        self.index = index
        self.total = total

    def inner(self, this: Item) -> "Scope":
        """A scope within this one, for what is evaluated with each item in turn."""
        return Scope(self.environment, self.model, self.context, this, self.variables, self.index, self.total)

    def fork(self) -> "Scope":
        """A scope in which variables can be defined that are not seen outside."""
        forked = self.inner(self.this)
        forked.variables = dict(self.variables)
        return forked


def outermost(environment: Environment, focus: Item, variables: Variables) -> Scope:
    """The scope in which an evaluation begins."""
    environment.worked = 0
    return Scope(environment, model_of(environment.definitions), focus, focus, variables)
