"""JSON Patch, by the examples of RFC 6902 and what goes wrong."""

from decimal import Decimal
from typing import Any

import pytest

from fellesjournal.errors import Invalid, TooLarge, Unprocessable
from fellesjournal.fhir.patch.json_patch import MOST_OPERATIONS, apply, read


@pytest.mark.parametrize(
    ("tree", "operation", "result"),
    [
        ({"a": 1}, {"op": "add", "path": "/b", "value": 2}, {"a": 1, "b": 2}),
        ({"a": [1, 3]}, {"op": "add", "path": "/a/1", "value": 2}, {"a": [1, 2, 3]}),
        ({"a": [1]}, {"op": "add", "path": "/a/-", "value": [2]}, {"a": [1, [2]]}),
        ({"a": 1}, {"op": "add", "path": "", "value": {}}, {}),
        ({"a": 1, "b": 2}, {"op": "remove", "path": "/b"}, {"a": 1}),
        ({"a": [1, 2]}, {"op": "remove", "path": "/a/0"}, {"a": [2]}),
        ({"a": 1}, {"op": "replace", "path": "/a", "value": None}, {"a": None}),
        ({"a": [1]}, {"op": "replace", "path": "/a/0", "value": 2}, {"a": [2]}),
        ({"a": 1}, {"op": "replace", "path": "", "value": {"b": 1}}, {"b": 1}),
        ({"a": {"b": 1}, "c": {}}, {"op": "move", "from": "/a/b", "path": "/c/d"}, {"a": {}, "c": {"d": 1}}),
        ({"a": [1, 2, 3]}, {"op": "move", "from": "/a/0", "path": "/a/2"}, {"a": [2, 3, 1]}),
        ({"a": 1}, {"op": "move", "from": "/a", "path": "/a"}, {"a": 1}),
        ({"a": {"b": 1}}, {"op": "copy", "from": "/a", "path": "/c"}, {"a": {"b": 1}, "c": {"b": 1}}),
        ({"a/b": 1, "m~n": 2}, {"op": "remove", "path": "/a~1b"}, {"m~n": 2}),
        ({"a/b": 1, "m~n": 2}, {"op": "remove", "path": "/m~0n"}, {"a/b": 1}),
        ({"~1": 1}, {"op": "test", "path": "/~01", "value": 1}, {"~1": 1}),
        ({"": 1}, {"op": "remove", "path": "/"}, {}),
        (
            {"a": Decimal("1.50")},
            {"op": "test", "path": "/a", "value": Decimal("1.5")},
            {"a": Decimal("1.50")},
        ),
        ({"a": [{"b": 1}]}, {"op": "test", "path": "/a", "value": [{"b": 1}]}, {"a": [{"b": 1}]}),
    ],
)
def test_an_operation_does_what_the_rfc_says(tree: Any, operation: dict[str, Any], result: Any) -> None:
    assert apply(tree, [operation]) == result


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        ({"op": "remove", "path": "/x"}, "there is no 'x'"),
        ({"op": "remove", "path": ""}, "cannot be removed"),
        ({"op": "replace", "path": "/x", "value": 1}, "there is no 'x'"),
        ({"op": "add", "path": "/x/y", "value": 1}, "there is no 'x'"),
        ({"op": "add", "path": "/a/3", "value": 1}, "the array has 1 items"),
        ({"op": "add", "path": "/a/01", "value": 1}, "not a place in an array"),
        ({"op": "add", "path": "/a/-1", "value": 1}, "not a place in an array"),
        ({"op": "remove", "path": "/a/-"}, "not a place in an array"),
        ({"op": "add", "path": "/b/c", "value": 1}, "neither an object nor an array"),
        ({"op": "move", "from": "/d", "path": "/d/e"}, "moved into itself"),
        ({"op": "test", "path": "/b", "value": True}, "another one"),
        ({"op": "test", "path": "/d", "value": {}}, "another one"),
    ],
)
def test_an_operation_that_does_not_fit_says_why(operation: dict[str, Any], why: str) -> None:
    with pytest.raises(Unprocessable, match=why):
        apply({"a": [1], "b": 1, "d": {"e": 1}}, [operation])


@pytest.mark.parametrize(
    "patch",
    [
        b"[",
        b'["x"]',
        b'[{"op":"jump","path":"/a"}]',
        b'[{"op":"remove"}]',
        b'[{"op":"remove","path":"a"}]',
        b'[{"op":"add","path":"/a"}]',
        b'[{"op":"move","path":"/a"}]',
        b'[{"op":"copy","path":"/a","from":1}]',
    ],
)
def test_a_malformed_patch_is_refused(patch: bytes) -> None:
    with pytest.raises(Invalid):
        read(patch)


def test_every_bad_operation_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        read(b'[{"op":"x"},{"op":"remove","path":"/a"},{"op":"add","path":"/a"}]')
    assert [issue.diagnostics[:11] for issue in refused.value.issues] == ["Operation 0", "Operation 2"]


def test_a_value_put_in_twice_is_not_shared() -> None:
    value: dict[str, Any] = {}
    operations: list[dict[str, Any]] = [
        {"op": "add", "path": "/a", "value": value},
        {"op": "add", "path": "/b", "value": value},
        {"op": "add", "path": "/a/x", "value": 1},
    ]
    assert apply({}, operations) == {"a": {"x": 1}, "b": {}}


def test_copies_of_copies_do_not_grow_without_bound() -> None:
    tree = {"resourceType": "Patient", "name": [{"given": ["Blid"]}]}
    doubling = [{"op": "copy", "from": "", "path": f"/x{n}"} for n in range(40)]
    assert len(apply(dict(tree), doubling[:10])) == 12
    with pytest.raises(TooLarge, match="the patch copies more than 500000 values in all"):
        apply(dict(tree), doubling)


def test_a_patch_has_only_so_many_operations() -> None:
    operation = b'{"op":"test","path":"/a","value":1}'
    with pytest.raises(TooLarge, match=f"at most {MOST_OPERATIONS} are taken"):
        read(b"[" + b",".join([operation] * (MOST_OPERATIONS + 1)) + b"]")


@pytest.mark.parametrize(
    ("patch", "says"),
    [
        (b"", "The body is empty"),
        (b'[{"op":"add",}]', "The JSON is malformed at line 1, column 14"),
        (b'[{"op":"\xff"}]', "The body is not UTF-8"),
    ],
)
def test_a_patch_that_cannot_be_read_says_where(patch: bytes, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read(patch)
