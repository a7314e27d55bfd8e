"""docs/headers.md: every header that is looked at is there, and none that is not."""

import re

from conftest import ROOT

PAGE = (ROOT / "docs" / "headers.md").read_text("utf-8")
SOURCES = [
    path.read_text("utf-8")
    for room in ("api", "signin", "smart", "app")
    for path in (ROOT / "src" / "fellesjournal" / room).rglob("*.py")
]
READ = (
    re.compile(r'headers\.get\(\s*b?"([a-z-]+)"'),
    re.compile(r'headers\[\s*b?"([a-z-]+)"'),
    re.compile(r'\.header\(\s*b?"([a-z-]+)"'),
    re.compile(r'b?"([a-z-]+)" (?:not )?in (?:call\.|request\.)?headers'),
    re.compile(r'^(?:\w*HEADER|REPRESENTS) = b?"([a-z-]+)"', re.MULTILINE),
)
OF_ANSWERS_TO_US = {"dpop-nonce"}
"""Headers that are read of what a provider answers."""


def documented() -> set[str]:
    """The names in the tables of requests, in lower case."""
    asked, _, _ = PAGE.partition("## Answers")
    rows = [line.partition(" | ")[0] for line in asked.splitlines() if line.startswith("| `")]
    return {name.lower() for row in rows for name in re.findall(r"`([A-Za-z-]+)`", row)}


def looked_at() -> set[str]:
    return {name for text in SOURCES for pattern in READ for name in pattern.findall(text)}


def test_every_header_that_is_looked_at_is_told() -> None:
    assert looked_at() - OF_ANSWERS_TO_US - documented() == set()


def test_every_header_that_is_told_is_looked_at() -> None:
    everything = "\n".join(SOURCES)
    assert {name for name in documented() if f'"{name}"' not in everything} == set()
