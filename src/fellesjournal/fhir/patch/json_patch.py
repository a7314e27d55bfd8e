"""JSON Patch (RFC 6902) on trees whose decimals are kept exact."""

import copy
from collections.abc import Callable
from typing import Any

import msgspec

from fellesjournal.errors import Invalid, Issue, TooLarge, Unprocessable
from fellesjournal.fhir.json import decode_exact, explain

Operation = dict[str, Any]

MOST_OPERATIONS = 10_000
"""Operations in one patch."""
MOST_COPIED = 500_000
"""Values (objects, arrays and what they hold) that the copies of one patch make in all: each copy of a whole
can double it, so a short patch could otherwise make a resource of any size."""


def read(patch: bytes) -> list[Operation]:
    """The operations of a patch document.

    Raises Invalid when it is malformed, naming every bad operation, TooLarge when it has too many.
    """
    try:
        operations = decode_exact(patch)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(explain(patch, error)) from None
    if not isinstance(operations, list):
        raise Invalid("A JSON Patch is an array of operations.")
    if len(operations) > MOST_OPERATIONS:
        raise TooLarge(f"The patch has {len(operations)} operations; at most {MOST_OPERATIONS} are taken.")
    issues = [issue for n, operation in enumerate(operations) if (issue := _malformed(n, operation))]
    if issues:
        raise Invalid(*issues)
    return list(operations)


def apply(tree: Any, operations: list[Operation]) -> Any:
    """The tree after all operations; changes it on the way.

    Raises Unprocessable when one does not fit, TooLarge when they copy too much.
    """
    copied = 0
    for n, operation in enumerate(operations):
        try:
            if operation["op"] == "copy":
                copied += _size(_at(tree, _steps(operation["from"])), MOST_COPIED - copied)
                if copied > MOST_COPIED:
                    raise TooLarge(f"Operation {n}: the patch copies more than {MOST_COPIED} values in all.")
            tree = _OPERATIONS[operation["op"]](tree, operation)
        except _Misfit as misfit:
            raise Unprocessable(f"Operation {n} ({operation['op']} {operation['path']}): {misfit}.") from None
    return tree


class _Misfit(Exception):
    """Why an operation does not fit."""


def _malformed(n: int, operation: Any) -> Issue | None:
    if not isinstance(operation, dict):
        return Issue("invalid", f"Operation {n} must be an object.")
    kind = operation.get("op")
    if kind not in _OPERATIONS:
        return Issue("invalid", f"Operation {n} needs 'op', one of {', '.join(_OPERATIONS)}.")
    pointers = ("path", "from") if kind in ("move", "copy") else ("path",)
    for name in pointers:
        pointer = operation.get(name)
        if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")):
            return Issue("invalid", f"Operation {n} needs '{name}', a pointer such as /name/0/family.")
    if kind in ("add", "replace", "test") and "value" not in operation:
        return Issue("invalid", f"Operation {n} needs 'value'.")
    return None


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _index(items: list[Any], step: str, *, end: bool = False) -> int:
    """The place in an array that a step names; one past the last too when `end` is allowed."""
    if end and step == "-":
        return len(items)
    if not (step.isascii() and step.isdigit()) or (step[0] == "0" and step != "0"):
        raise _Misfit(f"'{step}' is not a place in an array")
    place = int(step[:9])
    if place >= len(items) + end:
        raise _Misfit(f"the array has {len(items)} items, there is no {step}")
    return place


def _at(tree: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(tree, list):
            tree = tree[_index(tree, step)]
        elif isinstance(tree, dict) and step in tree:
            tree = tree[step]
        else:
            raise _Misfit(f"there is no '{step}'")
    return tree


def _add_at(tree: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    holder = _at(tree, steps[:-1])
    if isinstance(holder, list):
        holder.insert(_index(holder, steps[-1], end=True), value)
    elif isinstance(holder, dict):
        holder[steps[-1]] = value
    else:
        raise _Misfit(f"'{steps[-1]}' would stand in something that is neither an object nor an array")
    return tree


def _take_at(tree: Any, steps: list[str]) -> Any:
    """Remove a value and give it. An array or object left empty stays: the patch may fill it again."""
    if not steps:
        raise _Misfit("the whole resource cannot be removed")
    holder = _at(tree, steps[:-1])
    if isinstance(holder, list):
        return holder.pop(_index(holder, steps[-1]))
    if isinstance(holder, dict) and steps[-1] in holder:
        return holder.pop(steps[-1])
    raise _Misfit(f"there is no '{steps[-1]}'")


def _add(tree: Any, operation: Operation) -> Any:
    return _add_at(tree, _steps(operation["path"]), copy.deepcopy(operation["value"]))


def _remove(tree: Any, operation: Operation) -> Any:
    _take_at(tree, _steps(operation["path"]))
    return tree


def _replace(tree: Any, operation: Operation) -> Any:
    steps = _steps(operation["path"])
    value = copy.deepcopy(operation["value"])
    if not steps:
        return value
    holder = _at(tree, steps[:-1])
    _at(holder, steps[-1:])
    holder[_index(holder, steps[-1]) if isinstance(holder, list) else steps[-1]] = value
    return tree


def _move(tree: Any, operation: Operation) -> Any:
    source, target = _steps(operation["from"]), _steps(operation["path"])
    if source == target:
        _at(tree, source)
        return tree
    if target[: len(source)] == source:
        raise _Misfit("a value cannot be moved into itself")
    return _add_at(tree, target, _take_at(tree, source))


def _copy(tree: Any, operation: Operation) -> Any:
    return _add_at(tree, _steps(operation["path"]), copy.deepcopy(_at(tree, _steps(operation["from"]))))


def _size(value: Any, enough: int) -> int:
    """How many values there are in `value`, itself among them; counting stops above `enough`."""
    size, waiting = 0, [value]
    while waiting and size <= enough:
        one = waiting.pop()
        size += 1
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return size


def _test(tree: Any, operation: Operation) -> Any:
    if not _same(_at(tree, _steps(operation["path"])), operation["value"]):
        raise _Misfit("the value there is another one")
    return tree


def _same(one: Any, other: Any) -> bool:
    """Equality of JSON (RFC 6902 4.6): numbers by value, true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


_OPERATIONS: dict[str, Callable[[Any, Operation], Any]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
