"""The codes that a resource carries, and those that a value set names, each with its place."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from fellesjournal.fhir.definitions import Definitions, Member


class Placed(NamedTuple):
    """A code with its system, and the FHIRPath expression of what it is written in."""

    expression: str
    system: str
    version: str
    code: str
    display: str = ""
    """Of a Coding: "" where it has none."""
    rule: str = ""
    """Of a code that a value set names: the rule that it is in, which has the system."""
    member: str = "code"
    """What the code stands in: `value` in a filter."""


_BY_CODE = frozenset(("is-a", "descendent-of", "is-not-a", "generalizes", "=", "in", "not-in"))
_CODED = frozenset(("concept", "code", "parent", "child"))


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
    system, version, code, display = (
        value.get(name, "") for name in ("system", "version", "code", "display")
    )
    if system and code and type(system) is type(version) is type(code) is str:
        yield Placed(expression, system, version, code, display if type(display) is str else "")


def named(value_set: Any) -> Iterator[Placed]:
    """Every code that the rules of a ValueSet list or filter by; faulty parts are left out."""
    compose = _object(_object(value_set).get("compose"))
    for kind in ("include", "exclude"):
        for place, rule in _each(compose.get(kind)):
            where = f"ValueSet.compose.{kind}[{place}]"
            of_system = {"system": rule.get("system", ""), "version": rule.get("version", "")}
            for n, one in _each(rule.get("concept")):
                written = _placed(of_system | {"code": one.get("code", "")}, f"{where}.concept[{n}]")
                yield from (each._replace(rule=where) for each in written)
            for n, code in filtered_by(rule):
                written = _placed(of_system | {"code": code}, f"{where}.filter[{n}]")
                yield from (each._replace(rule=where, member="value") for each in written)


def filtered_by(rule: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """The codes that the filters of a rule (ValueSet.compose.include) name, each with its filter's place."""
    for place, one in _each(rule.get("filter")):
        asked, value = one.get("op"), one.get("value")
        if asked not in _BY_CODE or one.get("property") not in _CODED or type(value) is not str:
            continue
        parts = value.split(",") if asked in ("in", "not-in") else [value]
        yield from ((place, part.strip()) for part in parts if part.strip())


def _each(items: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    for place, one in enumerate(items if type(items) is list else ()):
        yield place, _object(one)


def _object(value: Any) -> dict[str, Any]:
    return value if type(value) is dict else {}
