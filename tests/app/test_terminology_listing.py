"""What the list of code systems shows: a few by name, the rest summed up, or what one asks for."""

import io

import pytest
from rich.console import Console

from fellesjournal.app import terminology_listing
from fellesjournal.terminology.loading import Listed

FOUND = [
    Listed("http://hl7.org/fhir/a", "4.0.1", "A", "", 5, "hl7 4.0.1, CodeSystem-a.json", "CC0"),
    Listed("http://hl7.org/fhir/b", "4.0.1", "B", "", 7, "hl7 4.0.1, CodeSystem-b.json", "CC0"),
    Listed("http://x.no/large", "2", "Stor", "2026-01-01", 1, "x.json", ""),
    Listed("http://x.no/large", "1", "Stor", "", 9_000, "x.json", "Min"),
    Listed("http://x.no/small", "1", "Liten", "", 20, "CodeSystem-small.json", ""),
    Listed("urn:oid:1.2", "2026-11", "Kjønn", "", 3, "fellesjournal/norway/codes: Volven", "as told"),
]


def shown(text: str = "", *, every: bool = False, of: list[Listed] = FOUND) -> list[str]:
    out = io.StringIO()
    terminology_listing.tell(of, text, every=every, console=Console(file=out, width=200))
    return out.getvalue().splitlines()


def heads(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("    ")]


def test_the_largest_come_first_and_the_many_small_ones_are_summed_up() -> None:
    lines = shown()
    assert heads(lines) == [
        "http://x.no/large 2",
        "http://x.no/large 1",
        "http://x.no/small 1",
        "Norway's administrative code lists, 1 of them",
        "HL7's and FHIR's own code systems, 2 of them",
    ]
    assert lines[-1] == "    12 codes in all. `fellesjournal terminology list --all` shows each."
    assert lines[1:3] == ["    Stor: 1 codes, valid from 2026-01-01. x.json.", "    Its licence is not told."]


def test_all_are_shown_when_asked_for() -> None:
    assert len(heads(shown(every=True))) == len(FOUND)
    assert "--all" not in " ".join(shown(every=True))


@pytest.mark.parametrize(
    ("text", "titles"),
    [("HL7.org", ["B", "A"]), ("kjønn", ["Kjønn"]), ("LARGE", ["Stor", "Stor"]), ("oid:1.2", ["Kjønn"])],
)
def test_a_text_is_looked_for_in_urls_and_titles(text: str, titles: list[str]) -> None:
    lines = shown(text)
    assert [line.strip().partition(":")[0] for line in lines[1::3]] == titles


def test_nothing_found_is_said() -> None:
    assert shown("tull") == ["No code system that is loaded has 'tull' in its URL or title."]
    assert shown(of=[]) == [
        "No code system is loaded: `fellesjournal terminology load` loads those of set-up."
    ]
    assert shown("tull", of=[]) == shown(of=[])
