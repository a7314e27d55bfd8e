"""The codes that a resource carries, each with its place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from fellesjournal.fhir.definitions import Definitions, Member


class Placed(NamedTuple):
    """A code with its system, and the FHIRPath expression of where the code is written."""

    expression: str
    system: str
    version: str
    code: str


def codings(definitions: Definitions, tree: Any) -> Iterator[Placed]:
    """Every Coding and coded Quantity with a system, also in resources within; faulty parts are left out.

    A loop, for resources may be nested deep.
    """
    waiting = [(_type_of(tree), tree, _type_of(tree))]
    while waiting:
        path, value, expression = waiting.pop()
        if type(value) is not dict or not definitions.is_type(path.partition(".")[0]):
            continue
        if _is_coded(definitions, path):
            yield from _placed(value, expression)
        members = definitions.members(path)
        for name in reversed(value):
            member = members.get(name)
            if member is not None and (member.children or member.type == "Resource"):
                waiting += _below(member, value[name], expression)


def _below(member: Member, item: Any, expression: str) -> Iterator[tuple[str, Any, str]]:
    """What is waiting in a member, the last first."""
    step = f"{expression}.{_step(member)}"
    items = enumerate(item) if type(item) is list else [(None, item)]
    for index, one in reversed(list(items)):
        path = _type_of(one) if member.type == "Resource" else member.children
        yield path, one, step if index is None else f"{step}[{index}]"


def _step(member: Member) -> str:
    return f"{member.element.name}.ofType({member.type})" if member.element.choice else member.name


def _type_of(resource: Any) -> str:
    kind = resource.get("resourceType") if type(resource) is dict else None
    return kind if type(kind) is str else ""


def _is_coded(definitions: Definitions, path: str) -> bool:
    return path == "Coding" or definitions.is_a(path, "Quantity")


def _placed(value: dict[str, Any], expression: str) -> Iterator[Placed]:
    system, version, code = (value.get(name, "") for name in ("system", "version", "code"))
    if system and code and type(system) is type(version) is type(code) is str:
        yield Placed(f"{expression}.code", system, version, code)
