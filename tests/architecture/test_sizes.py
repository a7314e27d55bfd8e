"""Hard stops of STYLE.md: a file, a function or a template that has grown past reading in one go."""

import ast

from architecture import tree

FILE, TEST_FILE, FUNCTION, TEMPLATE = 400, 800, 50, 80


def test_no_file_is_too_long() -> None:
    too_long = []
    for path in [*tree.programs(), *tree.programs(".sql")]:
        lines = len(path.read_text().splitlines())
        most = TEST_FILE if tree.name(path).startswith("tests/") else FILE
        if lines > most:
            too_long.append(f"{tree.name(path)}: {lines} lines, at most {most}")
    assert too_long == []


def test_no_function_is_too_long() -> None:
    too_long = []
    for path in tree.programs():
        if tree.name(path).startswith("tests/world/"):
            continue  # the test region: data written as functions
        for node in ast.walk(tree.tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION:
                    too_long.append(f"{tree.name(path)}: {node.name} has {lines} lines, at most {FUNCTION}")
    assert too_long == []


def test_no_template_is_too_long() -> None:
    pages = {tree.name(path): len(path.read_text().splitlines()) for path in tree.programs(".html")}
    assert {name: lines for name, lines in pages.items() if lines > TEMPLATE} == {}
