"""docs/security.md names tests that exist, and leaves out no line of OWASP ASVS 4.0.3, level 2."""

import ast
import re
from collections import Counter
from pathlib import Path

from architecture.tree import ROOT, tree

PAGE = (ROOT / "docs" / "security.md").read_text()
TESTS = ROOT / "tests"
MET = {"yes", "part", "no", "site", "none"}
LINES = """
1.1:1-7 1.2:1-4 1.4:1,4,5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-5 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1 4.1:1-3,5 4.2:1-2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4 6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2
7.1:1-4 7.2:1-2 7.3:1,3,4 7.4:1-3 8.1:1-4 8.2:1-3 8.3:1-8 9.1:1-3 9.2:1-4 10.2:1-2 10.3:1-3
11.1:1-8 12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1 13.1:1,3-5 13.2:1-3,5,6 13.3:1-2 13.4:1-2
14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
"""
"""The numbers of level 2, without those that the standard has given up."""


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", PAGE))
    assert len(named) > 80
    missing = []
    for file, test in sorted(named):
        path = TESTS / file
        if not path.exists() or test not in _tests(path):
            missing.append(f"{file}::{test}")
    assert missing == []
    assert PAGE.count("::test_") == len(re.findall(r"`[a-z_/]+\.py::test_\w+`", PAGE))


def test_every_line_of_the_standard_is_answered_once() -> None:
    rows = re.findall(r"^\| (\d[\d.]+)(?:–([\d.]+))? \| ([^|]+) \| (\w+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    answered: Counter[str] = Counter()
    for first, last, about, met, reason in rows:
        assert met in MET, first
        assert about.strip(), first
        assert reason.strip(), first
        answered.update(_span(first, last or first))
    assert answered == Counter(_expected())


def _tests(path: Path) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree(path)) if isinstance(node, functions)}


def _span(first: str, last: str) -> list[str]:
    section, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    assert section == other
    return [f"{section}.{number}" for number in range(int(low), int(high) + 1)]


def _expected() -> list[str]:
    found = []
    for part in LINES.split():
        section, _, numbers = part.partition(":")
        for span in numbers.split(","):
            low, _, high = span.partition("-")
            found += _span(f"{section}.{low}", f"{section}.{high or low}")
    return found
