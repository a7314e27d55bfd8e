"""Everyday searches in the Norwegian ICD-10 and ICPC-2, read where the package is installed."""

import json
from collections.abc import Iterator

import pytest
from bench.finding_later import UNANSWERED

from bench import finding_questions
from conftest import ROOT
from fellesjournal.terminology.release import Concept
from terminology.finding import shelves as databases
from terminology.finding.shelves import Shelves

PACKAGE = ROOT / "node_modules" / "@navikt" / "diagnosekoder" / "lib"
QUESTIONS = [
    pytest.param(text, wanted, id=text)
    for rows in finding_questions.GROUPS.values()
    for text, wanted in finding_questions.questions(rows)
    if text not in UNANSWERED
]


@pytest.fixture(scope="module")
def diagnoses(postgres: str, template: str) -> Iterator[Shelves]:
    if not PACKAGE.is_dir():
        pytest.skip("the package @navikt/diagnosekoder is not installed")
    with databases.opened(postgres, template) as shelves:
        for name in ("ICD10", "ICPC2"):
            rows = json.loads((PACKAGE / f"{name}.json").read_text())
            shelves.load(name, [Concept(row["code"], row["text"]) for row in rows])
        yield shelves


@pytest.mark.parametrize(("text", "wanted"), QUESTIONS)
def test_a_search_as_it_is_typed_is_answered_among_the_first_ten(
    diagnoses: Shelves, text: str, wanted: tuple[str, ...]
) -> None:
    codes = diagnoses.codes(text, limit=10)
    assert finding_questions.answered(codes, wanted), codes


@pytest.mark.parametrize(
    ("text", "system", "code"),
    [
        ("hoftebr", "ICD10", "S720"),
        ("larhalsbrudd", "ICD10", "S720"),
        ("brudd larhals", "ICD10", "S720"),
        ("lungebetennelse", "ICPC2", "R81"),
        ("kols", "ICPC2", "R95"),
        ("J18.9", "ICD10", "J189"),
        ("høyt blodtrykk", "ICPC2", "K86"),
        ("diabetes 2", "ICPC2", "T90"),
        ("øreverk", "ICD10", "H920"),
        ("astma barn", "ICPC2", "R96"),
        ("korsryggsmerter", "ICD10", "M545"),
    ],
)
def test_the_best_answer_is_among_the_first_three(
    diagnoses: Shelves, text: str, system: str, code: str
) -> None:
    assert (system, code) in [(one.system, one.code) for one in diagnoses.find(text, limit=3)]


def test_from_five_letters_on_every_keystroke_shows_something(diagnoses: Shelves) -> None:
    nothing = []
    for text, _ in finding_questions.questions(finding_questions.EVERYDAY)[:40]:
        nothing += [text[:n] for n in range(5, len(text)) if not diagnoses.codes(text[:n])]
    assert nothing == []
