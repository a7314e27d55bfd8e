"""What there is to search for: the values in the resources at hand, by type and parameter."""

from collections import defaultdict
from dataclasses import dataclass, field

from oracle.definitions import Parameter
from oracle.evaluator import Key, Oracle
from oracle.path import Scope, evaluate, root_node
from oracle.values import Link, Token, Value

PER_PARAMETER = 60
"""So many different values of a parameter are kept."""

Follow = tuple[str, str, str]
"""A way from one resource to another: source type, reference parameter, target type."""


@dataclass
class Vocabulary:
    """The values of an oracle's resources, for drawing searches from."""

    oracle: Oracle
    values: dict[tuple[str, str], list[Value]] = field(default_factory=dict)
    """(type, code) -> distinct values."""
    groups: dict[tuple[str, str], list[list[list[Value]]]] = field(default_factory=dict)
    """(type, code of a composite) -> element groups -> for each part its values."""
    follows: list[Follow] = field(default_factory=list)
    value_sets: dict[str, list[str]] = field(default_factory=dict)
    """Code system -> value sets that draw on it and can be listed from the published definitions alone."""

    def __post_init__(self) -> None:
        seen: dict[tuple[str, str], dict[Value, None]] = defaultdict(dict)
        follows: dict[Follow, None] = {}
        for key in self.oracle.resources:
            for code, parameter in self.oracle.definitions.parameters[key[0]].items():
                if parameter.kind == "composite":
                    self._add_groups(key, parameter)
                elif parameter.kind != "special":
                    seen[key[0], code].update(dict.fromkeys(self.oracle.values(key, parameter)))
                if parameter.kind == "reference":
                    follows |= dict.fromkeys(
                        (key[0], code, type_) for type_, _ in self.oracle.targets(key, parameter)
                    )
        self.values = {place: list(found)[:PER_PARAMETER] for place, found in seen.items() if found}
        self.follows = list(follows)
        self._list_value_sets()

    def _add_groups(self, key: Key, parameter: Parameter) -> None:
        scope = Scope(self.oracle.definitions, root_node(self.oracle.resources[key]))
        held = self.groups.setdefault((key[0], parameter.code), [])
        for group in self.oracle.nodes(key, parameter):
            parts = [
                [
                    v
                    for n in evaluate(c.expression, scope, group)
                    for v in self.oracle.read(c.definition.kind, n)
                ]
                for c in parameter.components
            ]
            if any(parts) and len(held) < PER_PARAMETER:
                held.append(parts)
        if not held:
            del self.groups[key[0], parameter.code]

    def _list_value_sets(self) -> None:
        systems = {
            system
            for values in self.values.values()
            for value in values
            if isinstance(value, Token)
            for system in value.systems
            if system
        }
        terminology = self.oracle.terminology
        for url in sorted(self.oracle.definitions.value_sets):
            for system in terminology.systems_of(url) & systems:
                if terminology.can_list(url):
                    self.value_sets.setdefault(system, []).append(url)

    @property
    def types(self) -> list[str]:
        """The types of the resources at hand."""
        return sorted({type_ for type_, _ in self.oracle.resources})

    def codes(self, type_: str) -> list[str]:
        """The parameters of a type for which there is anything to find, composites included."""
        return sorted({code for t, code in [*self.values, *self.groups] if t == type_})

    def from_(self, type_: str) -> list[Follow]:
        """The ways out of resources of a type."""
        return [follow for follow in self.follows if follow[0] == type_]

    def to(self, type_: str) -> list[Follow]:
        """The ways in."""
        return [follow for follow in self.follows if follow[2] == type_]

    def same_kind_wherever(self, type_: str, code: str, rest: str) -> bool:
        """Whether `code.rest` means one thing in every type the reference may point to."""
        everywhere = self.oracle.definitions.parameters
        targets = everywhere[type_][code].targets or tuple(everywhere)
        return len({everywhere[t][rest].kind for t in targets if rest in everywhere.get(t, {})}) == 1

    def literal(self, type_: str, code: str) -> list[Link]:
        """The references of a parameter that name a resource or a URL."""
        return [v for v in self.values.get((type_, code), []) if isinstance(v, Link) and v.text]
