"""What changed between two versions of a resource, as a FHIRPath Patch (FHIR R4 fhirpatch.html).

Applied to the first version, the operations give the second. Extensions on primitive values follow as
operations on their `extension`. `meta.versionId` and `meta.lastUpdated` are the server's and left out.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from fellesjournal.fhir import json
from fellesjournal.fhir.definitions import Definitions, Member

Tree = dict[str, Any]
Operation = dict[str, Any]
"""One parameter named "operation" of the Parameters resource."""

_OURS = ("versionId", "lastUpdated")


def diff(definitions: Definitions, before: Tree, after: Tree) -> Tree:
    """The Parameters that turn `before` into `after`, trees of the same type with decimals kept exact."""
    kind = before["resourceType"]
    found = _Comparison(definitions).objects(kind, kind, _comparable(before), _comparable(after))
    return {"resourceType": "Parameters", "parameter": list(found)}


def _comparable(tree: Tree) -> Tree:
    kept = {name: value for name, value in tree.items() if name != "resourceType"}
    meta = {name: value for name, value in tree.get("meta", {}).items() if name not in _OURS}
    return kept | {"meta": meta}


class _Comparison:
    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def objects(self, path: str, defined: str, before: Tree, after: Tree) -> Iterator[Operation]:
        """Compare two objects at `path`, whose members stand below `defined` in the definitions."""
        members = self._definitions.members(defined)
        for name in dict.fromkeys([*before, *after]):
            if name.startswith("_"):
                yield from self._extras(path, name, before, after)
            elif not _same(before.get(name), after.get(name)):
                yield from self._member(path, members[name], before.get(name), after.get(name))

    def _member(self, path: str, member: Member, before: Any, after: Any) -> Iterator[Operation]:
        here = f"{path}.{member.element.name}"
        if isinstance(before or after, list):
            yield from self._lists(path, member, before or [], after or [])
        elif before is None:
            yield _operation("add", path, name=member.element.name, value=self._value("value", member, after))
        elif after is None:
            yield _operation("delete", here)
        elif isinstance(before, dict) and member.children and not _resource(before):
            yield from self.objects(here, member.children, before, after)
        else:
            yield _operation("replace", here, value=self._value("value", member, after))

    def _lists(self, path: str, member: Member, before: list[Any], after: list[Any]) -> Iterator[Operation]:
        """What is equal at the start and at the end stays; between them pairs are compared in place."""
        here = f"{path}.{member.element.name}"
        start = _common(before, after)
        end = _common(before[start:][::-1], after[start:][::-1])
        old, new = before[start : len(before) - end], after[start : len(after) - end]
        both = min(len(old), len(new))
        for n in range(both):
            yield from self._pair(f"{here}[{start + n}]", member, old[n], new[n])
        for n in reversed(range(both, len(old))):
            yield _operation("delete", f"{here}[{start + n}]")
        for n in range(both, len(new)):
            value = self._value("value", member, new[n])
            if end:
                yield _operation("insert", here, index=start + n, value=value)
            else:
                yield _operation("add", path, name=member.element.name, value=value)

    def _pair(self, at: str, member: Member, old: Any, new: Any) -> Iterator[Operation]:
        if isinstance(old, dict) and isinstance(new, dict) and not _resource(old):
            yield from self.objects(at, member.children, old, new)
        elif not _same(old, new):
            yield _operation("replace", at, value=self._value("value", member, new))

    def _extras(self, path: str, name: str, before: Tree, after: Tree) -> Iterator[Operation]:
        """`_birthDate`: id and extensions of a primitive value; they go with their value."""
        value, old, new = name[1:], before.get(name), after.get(name)
        if old == new or (new is None and value not in after):
            return
        here = f"{path}.{value}"
        if not isinstance(old or new, list):
            yield from self.objects(here, "Element", old or {}, new or {})
            return
        for n, (one, other) in enumerate(zip_longest(old or [], new or [])):
            yield from self.objects(f"{here}[{n}]", "Element", one or {}, other or {})

    def _value(self, name: str, member: Member, value: Any) -> Operation:
        """A part that holds a value: as value[x], as a resource, or (backbones) as parts for its members."""
        if _resource(value):
            return {"name": name, "resource": value}
        typed = f"value{member.type[0].upper()}{member.type[1:]}"
        if typed in self._definitions.members("Parameters.parameter"):
            return {"name": name, typed: value}
        if not member.children:
            return {"name": name, "valueString": value}
        parts = []
        for inner, content in value.items():
            found = self._definitions.members(member.children).get(inner)
            if found is not None:
                many = content if isinstance(content, list) else [content]
                parts += [self._value(found.element.name, found, one) for one in many]
        return {"name": name, "part": parts}


def _operation(
    kind: str, path: str, *, name: str = "", index: int = -1, value: Tree | None = None
) -> Operation:
    parts: list[Tree] = [{"name": "type", "valueCode": kind}, {"name": "path", "valueString": path}]
    if name:
        parts.append({"name": "name", "valueString": name})
    if index >= 0:
        parts.append({"name": "index", "valueInteger": index})
    if value is not None:
        parts.append(value)
    return {"name": "operation", "part": parts}


def _common(one: list[Any], other: list[Any]) -> int:
    """How many items are equal from the start."""
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if not _same(mine, theirs):
            break
        count += 1
    return count


def _same(one: Any, other: Any) -> bool:
    """Equal to the last written digit: 1.5 and 1.50 are equal numbers, but not the same precision."""
    return one == other and json.encode(one) == json.encode(other)


def _resource(value: Any) -> bool:
    return isinstance(value, dict) and "resourceType" in value
