"""How a resource of one type is read: all its sources as one tree of element names, walked once.

A name that no source and no word stands below is passed over with one look in a dictionary.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.path import Collection, Path
from fellesjournal.fhir.search.chains import At, Chain, Child, Extended, Where, read
from fellesjournal.fhir.search.indexing import composite, date, number, reference, string, token, uri
from fellesjournal.fhir.search.indexing.coding import CodesOf
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.indexing.composite import Part
from fellesjournal.fhir.search.indexing.words import Table, Words, each, walk
from fellesjournal.fhir.search.kinds import readable
from fellesjournal.fhir.search.parameters import SearchParameter, Source

_SYSTEM_TYPES = {
    f"System.{name}": name[0].lower() + name[1:]
    for name in ("Boolean", "String", "Integer", "Decimal", "Date", "DateTime")
}
"""The FHIR types that computed values are read as."""
_IN_COLUMNS = frozenset({"_id", "_lastUpdated"})
"""Parameters that the record answers from its own columns."""


@dataclass(slots=True)
class _Node:
    """An element: who reads it, and what stands below. `tests` choose among its values."""

    member: Member | None = None
    readers: list[Reader] = field(default_factory=list)
    children: dict[str, "_Node"] = field(default_factory=dict)
    tests: dict[At | Where | Extended, "_Node"] = field(default_factory=dict)
    is_group: bool = False


class Planner:
    """Makes the plan of each resource type."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._words = Words(definitions)
        self._references = reference.entries_of(definitions)

    def plan(self, resource_type: str, parameters: Iterable[SearchParameter]) -> Reader:
        """The reader of whole resources of one type."""
        return _Planning(resource_type, self._definitions, self._words, self._references).plan(
            [parameter for parameter in parameters if parameter.code not in _IN_COLUMNS]
        )


class _Planning:
    def __init__(
        self, resource_type: str, definitions: Definitions, words: Words, references: reference.Entries
    ) -> None:
        self._type = resource_type
        self._definitions = definitions
        self._words = words
        self._references = references
        self._root = _Node()
        self._codes: dict[str, list[Part]] = {}

    def plan(self, parameters: list[SearchParameter]) -> Reader:
        composites = [parameter for parameter in parameters if parameter.components]
        for parameter in composites:
            self._place_composite(parameter)
        sources = {
            (source.path, source.kind): source
            for parameter in parameters
            for source in (*parameter.sources, *(s for c in parameter.components for s in c.sources))
        }
        others = []
        for source in sources.values():
            found = read(source.path, self._type, self._definitions)
            if found is None:
                others.append(self._other(source))
            else:
                self._place(source, found)
        whole = walk(self._table(self._root, self._type))
        return _all_of([whole, *others])

    # Placing sources in the tree

    def _place(self, source: Source, found: Chain) -> None:
        codes = self._codes.get(source.path)
        codes_of = composite.codes_of(codes) if codes else None
        for member in self._readable(source, found):
            self._node(found, member).readers.append(self._reader(source, member.type, codes_of))

    def _node(self, found: Chain, last: Member) -> _Node:
        """The node of a chain, made where it is not there yet; `last` is the member of the last element."""
        node, path = self._root, self._type
        elements = [i for i, step in enumerate(found.steps) if not isinstance(step, At | Where)]
        for i, step in enumerate(found.steps):
            match step:
                case Child(name=name):
                    name = last.name if i == elements[-1] else name
                    node = self._child(node, path, name)
                case Extended():
                    node = self._child(node, path, "extension")
                    node = node.tests.setdefault(step, _Node(node.member))
                case _:
                    node = node.tests.setdefault(step, _Node(node.member))
            path = node.member.children if node.member else ""
        return node

    def _child(self, node: _Node, path: str, name: str) -> _Node:
        if name not in node.children:
            node.children[name] = _Node(self._definitions.members(path)[name])
        return node.children[name]

    def _reader(self, source: Source, element_type: str, codes_of: CodesOf | None = None) -> Reader:
        match source.kind:
            case "token":
                return token.reader(source, element_type)
            case "reference":
                return reference.reader(source, element_type, self._references)
            case "string":
                return string.reader(source, element_type)
            case "uri":
                return uri.reader(source, element_type)
            case "date":
                return date.reader(source, element_type, codes_of)
        return number.reader(source, element_type, codes_of)

    def _other(self, source: Source) -> Reader:
        """The reader of a source of another form than a chain: the expression is evaluated."""
        path = Path(source.path)
        readers: dict[str, Reader] = {}

        def evaluate(value: Any, parent: dict[str, Any], out: Collector) -> None:
            for item in self._found(path, value):
                kind = _SYSTEM_TYPES.get(item.type, item.type)
                if item.value is not None and readable(source.kind, kind, self._definitions):
                    if kind not in readers:
                        readers[kind] = self._reader(source, kind)
                    readers[kind](item.value, parent, out)

        return evaluate

    def _found(self, path: Path, resource: dict[str, Any]) -> Collection:
        """What an expression finds; nothing where it fails, so that the resource can be stored."""
        try:
            return path.evaluate(resource, self._definitions)
        except (Invalid, ArithmeticError, RecursionError, ValueError):
            return []

    # Composites

    def _place_composite(self, parameter: SearchParameter) -> None:
        for group in parameter.group.split(" | "):
            self._mark_group(group)
            first, *rest = [list(self._places(component, group)) for component in parameter.components]
            for begin in first:
                for place in (place for places in rest for place in places):
                    self._place_pair(parameter, begin.part, place)

    def _place_pair(self, parameter: SearchParameter, first: Part, place: "_Place") -> None:
        match place.part.kind:
            case "number" | "quantity" | "date":
                self._codes.setdefault(place.source.path, []).append(first)
            case "string":
                place.node.readers.append(composite.strings_reader(parameter, first))
            case _:
                place.node.readers.append(composite.terms_reader(parameter, first, place.part))

    def _places(self, component: SearchParameter, group: str) -> Iterator["_Place"]:
        """Where a component stands: directly in the group or, when nowhere there, in the resource."""
        direct = [source for source in component.sources if source.path.rpartition(".")[0] == group]
        for source in direct or component.sources:
            found = read(source.path, self._type, self._definitions)
            assert found is not None, source.path
            above = tuple(step.name for step in found.steps[:-1] if isinstance(step, Child))
            for member in self._readable(source, found):
                names = (member.name,) if direct else (*above, member.name)
                part = Part(source.kind, member.type, names, from_resource=not direct)
                yield _Place(part, source, self._node(found, member))

    def _mark_group(self, group: str) -> None:
        found = read(group, self._type, self._definitions)
        if found and found.members:
            self._node(found, found.members[0]).is_group = True

    def _readable(self, source: Source, found: Chain) -> Iterator[Member]:
        for member in found.members:
            if readable(source.kind, member.type, self._definitions):
                yield member

    # From the tree to readers

    def _table(self, node: _Node, path: str) -> Table:
        """The readers of the members below an element: words, and what the tree says."""
        table = dict(self._words.table(path))
        for name, child in node.children.items():
            table[name] = self._member_reader(child)
        return table

    def _member_reader(self, node: _Node) -> Reader:
        assert node.member is not None
        one = self._value_reader(node, node.member)
        if node.member.element.max == 1:
            return one
        at = [
            _at(test.number, self._tested_reader(tested))
            for test, tested in node.tests.items()
            if isinstance(test, At)
        ]
        return _all_of([_each_group(one) if node.is_group else each(one), *at])

    def _value_reader(self, node: _Node, member: Member) -> Reader:
        readers = list(node.readers)
        if node.children:
            readers.append(walk(self._table(node, member.children)))
        elif words := self._words.reader(member):
            readers.append(words)
        for test, tested in node.tests.items():
            if isinstance(test, Where):
                readers.append(_where(test.member, test.value, self._tested_reader(tested)))
            elif isinstance(test, Extended):
                readers.append(_where("url", test.url, self._tested_reader(tested)))
        return _all_of(readers)

    def _tested_reader(self, node: _Node) -> Reader:
        """As _value_reader, without the words, which are read whether the test holds or not."""
        readers = list(node.readers)
        if node.children:
            below = {name: self._member_reader(child) for name, child in node.children.items()}
            readers.append(walk(below))
        return _all_of(readers)


class _Place(NamedTuple):
    part: Part
    source: Source
    node: _Node


def _all_of(readers: list[Reader]) -> Reader:
    if len(readers) == 1:
        return readers[0]
    if len(readers) == 2:
        first, second = readers

        def read_both(value: Any, parent: dict[str, Any], out: Collector) -> None:
            first(value, parent, out)
            second(value, parent, out)

        return read_both

    def read_all(value: Any, parent: dict[str, Any], out: Collector) -> None:
        for reader in readers:
            reader(value, parent, out)

    return read_all


def _each_group(read_one: Reader) -> Reader:
    def read_each(values: Any, parent: dict[str, Any], out: Collector) -> None:
        for out.group, value in enumerate(values):
            read_one(value, parent, out)
        out.group = 0

    return read_each


def _at(number: int, read_one: Reader) -> Reader:
    def read_at(values: Any, parent: dict[str, Any], out: Collector) -> None:
        if number < len(values):
            read_one(values[number], parent, out)

    return read_at


def _where(member: str, wanted: str, read_one: Reader) -> Reader:
    def read_where(value: Any, parent: dict[str, Any], out: Collector) -> None:
        if value.get(member) == wanted:
            read_one(value, parent, out)

    return read_where
