"""What an expression is made of. `position` is where it stands in the text, from 0."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: kind is empty, boolean, string, integer, decimal, date, datetime, time or quantity."""

    kind: str
    text: str
    unit: str = ""
    position: int = 0
    calendar: bool = False
    """Is the unit a word of the calendar: 4 days?"""


@dataclass(frozen=True, slots=True)
class Constant:
    """An environment variable: %resource."""

    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Special:
    """$this, $index or $total."""

    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """The elements of one name, below `of` or, when that is None, below what is in focus."""

    of: "Expression | None"
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function called on `of` or, when that is None, on what is in focus."""

    of: "Expression | None"
    name: str
    arguments: "tuple[Expression, ...]"
    position: int = 0


@dataclass(frozen=True, slots=True)
class Index:
    """One item by its number: name[0]."""

    of: "Expression"
    index: "Expression"
    position: int = 0


@dataclass(frozen=True, slots=True)
class Unary:
    """+ or - before a number."""

    operator: str
    operand: "Expression"
    position: int = 0


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two expressions."""

    operator: str
    left: "Expression"
    right: "Expression"
    position: int = 0


@dataclass(frozen=True, slots=True)
class TypeTest:
    """`operand is Quantity` or `operand as FHIR.Quantity`."""

    operator: str
    operand: "Expression"
    type: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Ordered:
    """An argument of sort(): `family desc`."""

    operand: "Expression"
    descending: bool
    position: int = 0


Expression = Literal | Constant | Special | Member | Call | Index | Unary | Binary | TypeTest | Ordered
