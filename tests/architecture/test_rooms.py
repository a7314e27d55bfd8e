"""What import-linter cannot see: SQL in its room, no clock or files in the pure room, no stray rooms."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from architecture import tree

SQL = re.compile(
    r"^\s*(select\b.+|insert into\b.+|update \w+ set\b.+|delete from\b.+|with \w+ as\b.+"
    r"|(create|alter|drop|truncate) (table|index|function|type|sequence|view)\b.+|copy \w+ )",
    re.IGNORECASE | re.DOTALL,
)
COMPOSES_SQL = ("record/search/", "plumbing/")
"""The one room that composes queries, and the one that speaks with a server that has no schema yet."""

CLOCK_AND_FILES = {
    "now",
    "today",
    "utcnow",
    "monotonic",
    "perf_counter",
    "read_text",
    "read_bytes",
    "write_text",
}
OWN_DATA = {"fhir/ucum.py": {"read_bytes", "read_text"}}
"""Files of the pure room that read a table out of an installed package, once."""


def _in_source() -> Iterator[tuple[str, Path]]:
    for path in tree.programs():
        if path.is_relative_to(tree.SOURCE):
            yield str(path.relative_to(tree.SOURCE)), path


def _docstrings(module: ast.Module) -> set[int]:
    """Strings that stand as statements: documentation, wherever they are."""
    return {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}


def test_sql_is_in_sql_files() -> None:
    found = []
    for name, path in _in_source():
        if name.startswith(COMPOSES_SQL):
            continue
        module = tree.tree(path)
        documentation = _docstrings(module)
        for node in ast.walk(module):
            if not isinstance(node, ast.Constant) or id(node) in documentation:
                continue
            if isinstance(node.value, str) and SQL.match(node.value):
                found.append(f"{name}:{node.lineno}: {node.value.strip()[:60]}")
    assert found == []


def test_every_query_has_a_name_and_a_sentence() -> None:
    faulty = []
    for path in tree.programs(".sql"):
        if path.parent.name != "sql":
            continue
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if line.startswith("-- name:"):
                after = lines[number + 1] if number + 1 < len(lines) else ""
                if not re.match(r"-- \S.*", after):
                    faulty.append(f"{tree.name(path)}:{number + 1}: {line} has no sentence below it")
    assert faulty == []


def test_every_query_has_a_name_of_its_own_in_its_room() -> None:
    """The files of a folder are read together, and the later of two namesakes would hide the earlier."""
    names: Counter[tuple[Path, str]] = Counter()
    for path in tree.programs(".sql"):
        if path.parent.name == "sql":
            found = re.findall(r"^-- name: (\w+)", path.read_text(), re.MULTILINE)
            names.update((path.parent, name) for name in found)
    assert [name for (_, name), times in names.items() if times > 1] == []


def test_the_pure_rooms_ask_no_clock_and_open_no_file() -> None:
    found = []
    for name, path in _in_source():
        if not name.startswith(("fhir/", "norway/")):
            continue
        for node in ast.walk(tree.tree(path)):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "open" or called in CLOCK_AND_FILES - OWN_DATA.get(name, set()):
                found.append(f"{name}:{node.lineno}: {called}()")
    assert found == []


def test_there_are_no_rooms_for_odds_and_ends() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "manager", "base"}
    assert [name for name, path in _in_source() if vague & {path.stem, *path.parent.parts[-2:]}] == []


@pytest.mark.parametrize("surface", ["workplace", "portal", "signin"])
def test_no_two_templates_of_a_surface_have_one_name(surface: str) -> None:
    pages = [tree.name(path) for path in tree.programs(".html")]
    seen = [
        one for one in pages if one.startswith((f"src/fellesjournal/{surface}/", "src/fellesjournal/ui/"))
    ]
    names = Counter(one.rpartition("/")[2] for one in seen)
    assert [name for name, times in names.items() if times > 1] == [], "the first of them would be shown"
