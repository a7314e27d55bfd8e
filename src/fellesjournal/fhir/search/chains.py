"""What a search expression reads, step by step: the few forms that nearly all search parameters have.

An expression is split at its unions; each branch becomes a Chain of steps below one type, with the type of a
choice resolved to its JSON name, unless it has another form. A chain written as text is FHIRPath over JSON
names ("Observation.valueQuantity"), and reading that text gives the chain again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.path.parser import parse, type_name
from fellesjournal.fhir.path.syntax import Binary, Call, Constant, Expression, Index, Literal, TypeTest
from fellesjournal.fhir.path.syntax import Member as Name


class Child(NamedTuple):
    """The element of a JSON name or, for a choice of any type, of the name before the type."""

    name: str

    def __str__(self) -> str:
        return f".{self.name}"


class Where(NamedTuple):
    """Only elements in which a member has a value: where(system='phone')."""

    member: str
    value: str

    def __str__(self) -> str:
        return f".where({self.member}={_quoted(self.value)})"


class At(NamedTuple):
    """Only one of a list of elements: [0]."""

    number: int

    def __str__(self) -> str:
        return f"[{self.number}]"


class Extended(NamedTuple):
    """The extensions of a URL."""

    url: str

    def __str__(self) -> str:
        return f".extension({_quoted(self.url)})"


Step = Child | Where | At | Extended


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps below a type. `members` are the JSON members the last step reads, several for a choice."""

    root: str
    steps: tuple[Step, ...] = ()
    members: tuple[Member, ...] = ()
    below: str = ""
    """Where Definitions finds the elements below the last step; "" for a primitive or a choice."""
    target: str = ""
    """The resource type a reference must point to."""

    def __str__(self) -> str:
        return self.root + "".join(map(str, self.steps))


class _OtherForm(Exception):
    """The expression is not a chain."""


def branches(expression: Expression) -> Iterator[Expression]:
    """The parts of a union, or the expression itself."""
    match expression:
        case Binary(operator="|", left=left, right=right):
            yield from branches(left)
            yield from branches(right)
        case _:
            yield expression


def chain(expression: Expression, start: Chain, definitions: Definitions) -> Chain | None:
    """The expression as a chain from `start`; None when it has another form.

    Raises Invalid when it names an element that there is not.
    """
    try:
        return _chain(expression, start, definitions)
    except _OtherForm:
        return None


def start(resource_type: str, base: str) -> Chain:
    """The chain of a whole resource. Paths of Resource and DomainResource are the same in every type."""
    return Chain(root=base, below=resource_type)


def first_type(expression: Expression) -> str:
    """The type that an expression begins with ("Patient" of Patient.name), "" when it names none."""
    match expression:
        case Name(of=None, name=name):
            return name if name[0].isupper() else ""
        case Name(of=of) | Call(of=of) | Index(of=of) if of is not None:
            return first_type(of)
        case TypeTest(operand=operand) | Binary(left=operand):
            return first_type(operand)
    return ""


def read(text: str, resource_type: str, definitions: Definitions) -> Chain | None:
    """The chain that is written as `text`; None when the text is another form of expression."""
    expression = parse(text)
    return chain(expression, start(resource_type, first_type(expression)), definitions)


def _chain(expression: Expression, begin: Chain, definitions: Definitions) -> Chain:
    match expression:
        case Name(of=None, name=name) if name == begin.root and not begin.steps:
            return begin
        case Name(of=None, name=name):
            return _child(begin, name, definitions)
        case Constant(name="resource"):
            return begin
        case Name(of=of, name=name) if of is not None:
            return _child(_chain(of, begin, definitions), name, definitions)
        case Index(of=of, index=Literal(kind="integer", text=number)):
            return _grown(_chain(of, begin, definitions), At(int(number)))
        case TypeTest(operator="as", operand=operand, type=name):
            return _as(_chain(operand, begin, definitions), name)
        case Call(of=of, name="as" | "ofType", arguments=(argument,)) if of is not None:
            return _as(_chain(of, begin, definitions), type_name(argument))
        case Call(of=of, name="where", arguments=(criterion,)) if of is not None:
            return _where(_chain(of, begin, definitions), criterion)
        case Call(of=of, name="extension", arguments=(Literal(kind="string", text=url),)):
            whole = begin if of is None else _chain(of, begin, definitions)
            return _extended(whole, url, definitions)
    raise _OtherForm


def _child(of: Chain, name: str, definitions: Definitions) -> Chain:
    if not of.below:
        raise _OtherForm
    members = definitions.members(of.below)
    found = tuple(member for member in members.values() if member.element.name == name)
    if not found and name in members:
        found = (members[name],)
    if not found:
        raise Invalid(f"there is no element '{name}' in {of.below}")
    return _ending(of, Child(name), found)


def _ending(of: Chain, step: Step, members: tuple[Member, ...]) -> Chain:
    below = members[0].children if len(members) == 1 else ""
    return Chain(of.root, (*of.steps, step), members, below)


def _grown(of: Chain, step: Step) -> Chain:
    return Chain(of.root, (*of.steps, step), of.members, of.below)


def _as(of: Chain, name: str) -> Chain:
    # R4 writes one of its types with a capital letter too many: value.as(DateTime).
    wanted = name.rpartition(".")[2].lower()
    found = [member for member in of.members if member.type.lower() == wanted]
    if not found:
        raise Invalid(f"{of} is never {name}")
    if len(of.members) == 1:
        return of
    return _ending(Chain(of.root, of.steps[:-1]), Child(found[0].name), (found[0],))


def _where(of: Chain, criterion: Expression) -> Chain:
    match criterion:
        case Binary(operator="=", left=Name(of=None, name=name), right=Literal(kind="string", text=value)):
            return _grown(of, Where(name, value))
        case TypeTest(operator="is", operand=Call(of=None, name="resolve"), type=name):
            return Chain(of.root, of.steps, of.members, of.below, name)
    raise _OtherForm


def _extended(of: Chain, url: str, definitions: Definitions) -> Chain:
    if not of.below:
        raise _OtherForm
    member = definitions.members(of.below).get("extension")
    if member is None:
        raise Invalid(f"{of.below} has no extensions")
    return _ending(of, Extended(url), (member,))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
