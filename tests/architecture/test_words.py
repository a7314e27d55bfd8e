"""Words that do not belong in the tree: this or that machine's paths, package hosts, unfinished work."""

import json
import re

from architecture import tree

# Written in pieces, so that this file does not name them either.
PLACES = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/tmp/" + "lab",
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry." + "npmjs",
    "/sim" + "ple/",
    "--index" + "-url",
    "find-" + "links",
]
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
SILENCED = re.compile(r"#\s*(no" r"qa|type:\s*ignore)(?!.*(--|#|- )\s*\w)")


def _lines_with(pattern: re.Pattern[str], suffixes: tuple[str, ...]) -> list[str]:
    found = []
    for path in tree.ours():
        if path.suffix in suffixes:
            for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
                if pattern.search(line):
                    found.append(f"{tree.name(path)}:{number}: {line.strip()[:100]}")
    return found


def test_no_file_names_a_machine_or_a_package_host() -> None:
    found = []
    for path in tree.ours():
        text = path.read_text(errors="replace")
        found += [f"{tree.name(path)}: {place}" for place in PLACES if place in text]
    assert found == []


def test_the_npm_lock_names_no_addresses() -> None:
    packages = json.loads((tree.ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_every_python_package_is_locked_with_its_hash() -> None:
    for lock in (tree.ROOT / "requirements").glob("*.txt"):
        packages = re.split(r"\n(?=\S)", lock.read_text().strip())
        unlocked = [
            one.split()[0] for one in packages if not re.match(r"[a-z0-9._-]+==\S+.*--hash=", one, re.DOTALL)
        ]
        assert unlocked == [], lock.name


def test_nothing_is_left_unfinished() -> None:
    assert _lines_with(UNFINISHED, (".py", ".sql", ".html", ".css", ".sh", ".md", ".toml")) == []


def test_a_silenced_rule_says_why_on_the_same_line() -> None:
    assert _lines_with(SILENCED, (".py",)) == []
