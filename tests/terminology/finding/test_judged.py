"""What people type finds the code they mean early: judged searches in systems that set-up loads."""

from collections.abc import Iterator

import pytest

from conftest import ROOT
from fellesjournal.norway.codes import registry
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.sources import icd10, icpc2
from terminology.finding import shelves as databases
from terminology.finding.judged import SYSTEMS, Judged, judged, place
from terminology.finding.shelves import Shelves

PACKAGE = ROOT / "node_modules" / "@navikt" / "diagnosekoder" / "lib"
ALL = judged()


@pytest.fixture(scope="module")
def loaded(postgres: str, template: str) -> Iterator[Shelves]:
    """The diagnoses with the groups above them, and the administrative lists that are asked."""
    if not PACKAGE.is_dir():
        pytest.skip("the package @navikt/diagnosekoder is not installed")
    with databases.opened(postgres, template) as shelves:
        for name, source in (("ICD10", icd10), ("ICPC2", icpc2)):
            release = source.release((PACKAGE / f"{name}.json").read_bytes(), "1.2026.0", name)
            shelves.load(release.url, list(release.concepts))
        for one in registry.lists():
            if one.system in SYSTEMS.values():
                shelves.load(one.system, [Concept(code.code, code.display) for code in one.codes])
        yield shelves


@pytest.mark.parametrize("one", ALL, ids=lambda one: f"{one.text}-{one.system}-{one.within}")
def test_the_code_that_is_meant_comes_early(loaded: Shelves, one: Judged) -> None:
    found = loaded.codes(one.text, systems=[SYSTEMS[one.system]], limit=100)
    assert 0 < place(found, one.codes) <= one.within, found[:10]


def test_covid_finds_nothing_of_the_heart(loaded: Shelves) -> None:
    found = loaded.codes("covid", systems=[icd10.URL], limit=100)
    assert found
    assert {code[0] for code in found} == {"U"}


def test_type_two_comes_before_type_one(loaded: Shelves) -> None:
    found = [code[:3] for code in loaded.codes("diabetes 2", systems=[icd10.URL], limit=100)]
    assert "E10" not in found[: found.index("E11") + 1]


def test_groups_come_after_the_codes_that_can_be_chosen(loaded: Shelves) -> None:
    for text in ("I2", "sykdommer i hjerte", "j4", "svulst"):
        groups = [one.abstract for one in loaded.find(text, systems=[icd10.URL], limit=100)]
        assert groups == sorted(groups), text
    assert loaded.find("I21", systems=[icd10.URL])[0].abstract


def test_a_word_that_is_begun_as_one_that_tells_nothing_is_taken_for_both(loaded: Shelves) -> None:
    done = loaded.codes("diabetes ", systems=[icd10.URL], limit=100)
    begun = loaded.find("diabetes med", systems=[icd10.URL], limit=100)
    assert {one.code for one in begun} >= set(done)
    assert " med " in begun[0].display
    assert loaded.codes("and", systems=[icpc2.URL])[0] == "R02"
    assert all(one.display.startswith("And") for one in loaded.find("and", systems=[icd10.URL], limit=5))


def test_every_phrase_that_a_line_of_the_table_leads_to_is_said_by_a_code(loaded: Shelves) -> None:
    systems = [icd10.URL, icpc2.URL]
    phrases = {" ".join(phrase) for meaning in norwegian().meanings for phrase in meaning.narrower}
    unsaid = [one for one in sorted(phrases) if not _said(loaded, one, systems)]
    assert unsaid == []


def _said(loaded: Shelves, phrase: str, systems: list[str]) -> bool:
    found = loaded.find(phrase, systems=systems, limit=1)
    return bool(found) and found[0].how != "spelling"
