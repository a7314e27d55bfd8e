"""SNOMED CT's snapshot files. Concepts and texts are invented; the metadata's numbers are SNOMED's own."""

from collections.abc import Callable

import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation
from fellesjournal.terminology.sources import snomed
from fellesjournal.terminology.sources.snomed import File, Files

FSN, SYNONYM = snomed.FULLY_SPECIFIED, "900000000000013009"
INFERRED = "900000000000011006"
ACCEPTABLE = "900000000000549004"


def _file(name: str, head: str, *rows: str) -> File:
    return File(name, [f"{line}\r\n".replace(" | ", "\t").encode() for line in (head, *rows)])


def _concepts(*rows: str) -> File:
    return _file("concepts.txt", "id | effectiveTime | active | moduleId | definitionStatusId", *rows)


def _descriptions(*rows: str) -> File:
    head = (
        "id | effectiveTime | active | moduleId | conceptId | languageCode | typeId | term"
        " | caseSignificanceId"
    )
    return _file("descriptions.txt", head, *rows)


def _relationships(*rows: str) -> File:
    head = (
        "id | effectiveTime | active | moduleId | sourceId | destinationId | relationshipGroup | typeId"
        " | characteristicTypeId | modifierId"
    )
    return _file("relationships.txt", head, *rows)


def _languages(*rows: str) -> File:
    head = "id | effectiveTime | active | moduleId | refsetId | referencedComponentId | acceptabilityId"
    return _file("languages.txt", head, *rows)


def _text(key: int, concept: int, language: str, kind: str, term: str, active: int = 1) -> str:
    return f"{key} | 20260415 | {active} | 1 | {concept} | {language} | {kind} | {term} | 1"


def _liked(key: int, refset: str, acceptability: str = snomed.PREFERRED, active: int = 1) -> str:
    return f"u{key} | 20260415 | {active} | 1 | {refset} | {key} | {acceptability}"


def _is_a(child: int, parent: int, active: int = 1, kind: str = snomed.IS_A, how: str = INFERRED) -> str:
    return f"9 | 20260415 | {active} | 1 | {child} | {parent} | 0 | {kind} | {how} | 1"


def _read(files: Files) -> dict[str, Concept]:
    return {one.code: one for one in snomed.release(files, "v", "x").concepts}


def _files(*, concepts: File, descriptions: File, relationships: File, languages: File) -> Files:
    return Files([concepts], [descriptions], [relationships], [languages])


def _two_languages() -> Files:
    """A root, a thumb with texts in both languages, and a concept that has ended."""
    return Files(
        concepts=[
            _concepts("10 | 20260415 | 1 | 1 | 1", "11 | 20260415 | 1 | 1 | 1", "12 | 20020131 | 0 | 1 | 1")
        ],
        descriptions=[
            _descriptions(
                _text(101, 10, "en", FSN, "Invented root (root)"),
                _text(102, 10, "en", SYNONYM, "Invented root"),
                _text(111, 11, "en", FSN, "Blue thumb (disorder)"),
                _text(112, 11, "en", SYNONYM, "Blue thumb"),
                _text(121, 12, "en", FSN, "Gone thing (finding)"),
            ),
            _descriptions(
                _text(115, 11, "no", SYNONYM, "tommel som er blå"),
                _text(114, 11, "no", SYNONYM, "blå tommel"),
                _text(116, 11, "no", SYNONYM, "feil tommel", active=0),
            ),
        ],
        relationships=[
            _relationships(
                _is_a(11, 10),
                _is_a(11, 12, active=0),
                _is_a(11, 12, kind="363698007"),
                _is_a(11, 12, how=snomed.STATED),
            )
        ],
        languages=[
            _languages(_liked(102, snomed.AMERICAN), _liked(112, snomed.AMERICAN)),
            _languages(
                _liked(114, snomed.BOKMAL),
                _liked(115, snomed.BOKMAL, ACCEPTABLE),
                _liked(115, snomed.BOKMAL, active=0),
            ),
        ],
    )


def test_the_norwegian_preferred_text_is_the_display() -> None:
    found = _read(_two_languages())
    assert found["10"] == Concept(
        "10", "Invented root", designations=(Designation("en", "fsn", "Invented root (root)"),)
    )
    assert found["11"] == Concept(
        "11",
        "blå tommel",
        ("10",),
        designations=(
            Designation("en", "synonym", "Blue thumb"),
            Designation("nb", "synonym", "tommel som er blå"),
            Designation("en", "fsn", "Blue thumb (disorder)"),
        ),
    )
    assert found["12"] == Concept("12", "Gone thing (finding)", active=False)


def test_bokmal_goes_before_nynorsk_and_nynorsk_before_english() -> None:
    texts = [
        _text(1, 10, "en", SYNONYM, "thumb"),
        _text(2, 10, "nn", SYNONYM, "tommel (nn)"),
        _text(3, 10, "nb", SYNONYM, "tommel"),
    ]
    liked = [_liked(1, snomed.BRITISH), _liked(2, snomed.NYNORSK), _liked(3, snomed.BOKMAL)]
    for many, display in ((3, "tommel"), (2, "tommel (nn)"), (1, "thumb")):
        files = _files(
            concepts=_concepts("10 | 20260415 | 1 | 1 | 1"),
            descriptions=_descriptions(*texts),
            relationships=_relationships(),
            languages=_languages(*liked[:many]),
        )
        assert _read(files)["10"].display == display


def test_several_parents() -> None:
    files = _files(
        concepts=_concepts(*(f"{n} | 20260415 | 1 | 1 | 1" for n in (10, 11, 12))),
        descriptions=_descriptions(*(_text(n + 100, n, "en", SYNONYM, f"thing {n}") for n in (10, 11, 12))),
        relationships=_relationships(_is_a(12, 10), _is_a(12, 11)),
        languages=_languages(),
    )
    assert _read(files)["12"].parents == ("10", "11")


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (
            lambda f: f.concepts.append(_concepts("x | 1 | 1 | 1 | 1")),
            "concepts.txt, line 2: 'x' is no concept's id.",
        ),
        (
            lambda f: f.concepts.append(_concepts("77 | 1 | 1 | 1 | 1")),
            "concepts.txt, line 2: the concept 77 has no text.",
        ),
        (
            lambda f: f.descriptions.append(_descriptions(_text(1, 10, "en", SYNONYM, " "))),
            "descriptions.txt, line 2: it lacks an id, a concept or a text.",
        ),
        (
            lambda f: f.relationships.append(_relationships(_is_a(10, 11).replace("11 | 0", "y | 0"))),
            "relationships.txt, line 2: it lacks a concept.",
        ),
        (
            lambda f: f.relationships.append(_file("r.txt", "id | active | sourceId")),
            "r.txt: the column destinationId, typeId, characteristicTypeId is missing; "
            "there are: id, active, sourceId.",
        ),
        (
            lambda f: f.languages.append(_languages("1 | 2")),
            "languages.txt, line 2: it has 2 columns, and the first line has 7.",
        ),
    ],
)
def test_what_is_faulty_is_named_by_file_and_line(damage: Callable[[Files], None], reason: str) -> None:
    files = _files(
        concepts=_concepts("10 | 20260415 | 1 | 1 | 1"),
        descriptions=_descriptions(_text(101, 10, "en", SYNONYM, "thing")),
        relationships=_relationships(),
        languages=_languages(),
    )
    damage(files)
    with pytest.raises(Unprocessable) as refused:
        _read(files)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("name", "version"),
    [
        (
            "sct2_Concept_Snapshot_NO1000202_20260415.txt",
            "http://snomed.info/sct/51000202101/version/20260415",
        ),
        (
            "sct2_Concept_Snapshot_INT_20260101.txt",
            "http://snomed.info/sct/900000000000207008/version/20260101",
        ),
        ("sct2_Concept_Snapshot_SE1000052_20260531.txt", ""),
        ("concepts.txt", ""),
    ],
)
def test_the_version_is_in_the_files_name(name: str, version: str) -> None:
    assert snomed.version_of(name) == version
