"""The administrative code lists: what they hold, and that each says how much of it is known."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from fellesjournal.errors import NotFound
from fellesjournal.norway.codes import iplos
from fellesjournal.norway.codes.lists import Code, CodeList, codes
from fellesjournal.norway.codes.registry import THEMES, by_system, code_list, lists
from fellesjournal.norway.places.municipalities import municipalities

ASKED_FOR = """
    1101 3101 4101 7309 7321 7322 7611 7617 7621 8116 8221 8258 8279 8406 8432 8445 8446 8451 8663 9034 9040
    9060 9101 9102 9103 9111 9112 9132 9135 9136 9137 9138 9139 9140 9141 9148 9151 9602 9603
"""
FROM_HELSENORGE = """
    1101 7305 7611 7617 7621 8116 8202 8216 8219 8231 8232 8239 8243 8244 8245 8268 8269 8271 8272 8273 8275
    8327 8340 8406 8432 8445 8446 8624 9033 9060 9148
"""


def test_every_list_the_record_needs_is_carried() -> None:
    assert {int(number) for number in ASKED_FOR.split()} <= {one.number for one in lists()}


@pytest.mark.parametrize("listed", lists(), ids=lambda one: str(one.number))
def test_a_list_has_a_title_a_source_and_each_code_once(listed: CodeList) -> None:
    assert listed.system.startswith(("urn:oid:2.16.578.1.12.4.1.1.", "https://fellesjournal.no/fhir/"))
    assert listed.title
    assert listed.source
    counted = Counter(one.code for one in listed.codes)
    assert [code for code, times in counted.items() if times > 1] == []
    for one in listed.codes:
        assert one.display == one.display.strip()
        assert "|" not in one.display


@pytest.mark.parametrize("listed", lists(), ids=lambda one: str(one.number))
def test_a_short_name_is_only_in_a_list_that_says_so(listed: CodeList) -> None:
    if any(one.display[0].islower() for one in listed.codes):
        assert not listed.complete


@pytest.mark.parametrize(
    ("number", "count"),
    [
        (3101, 4),
        (8116, 14),
        (8451, 54),
        (9033, 31),
        (9034, 22),
        (9060, 36),
        (9151, 25),
        (9602, 64),
        (9603, 14),
    ],
)
def test_a_complete_list_has_as_many_codes_as_its_source(number: int, count: int) -> None:
    assert code_list(number).complete
    assert len(code_list(number).codes) == count


@pytest.mark.parametrize("number", [8663, 9040, 9102, 9111, 9112, 4101, 7309, 8221, 8279, 7426, 7704, 8628])
def test_a_list_known_in_part_says_so(number: int) -> None:
    assert not code_list(number).complete


@pytest.mark.parametrize("number", [int(number) for number in FROM_HELSENORGE.split()])
def test_a_list_agrees_with_what_helsenorge_publishes(number: int, shared_data: Path) -> None:
    resources = shared_data / "norway" / "helsenorge-profiles" / "fsh-generated" / "resources"
    file = next(resources.glob(f"CodeSystem-no-kodeverk-{number}[.-]*.json"))
    published = json.loads(file.read_text(encoding="utf-8"))
    ours = code_list(number)
    assert [(one.code, one.display) for one in ours.codes] == [
        (concept["code"], concept["display"]) for concept in published["concept"]
    ]
    assert ours.complete


def test_the_document_types_agree_with_hl7_norway_but_for_one_of_norsk_helsenett(shared_data: Path) -> None:
    file = shared_data / "norway" / "no-basis-2.2.2" / "no-basis-documentreference-type.valueset.json"
    (included,) = json.loads(file.read_text(encoding="utf-8"))["compose"]["include"]
    ours = code_list(9602)
    published = {(concept["code"], concept["display"]) for concept in included["concept"]}
    assert included["system"] == ours.system
    assert {(one.code, one.display) for one in ours.codes} - published == {("E02-2", "Foto og film")}
    assert len(published) == 63


@pytest.mark.parametrize(
    ("number", "code", "display"),
    [
        (9060, "SP", "Sykepleier"),
        (8116, "X" * 3, "Annet"),
        (8451, "340", "Transplantasjon, utredning og kirurgi"),
        (9602, "A04-2", "Sykepleiesammenfatning"),
        (9603, "NORS", "Sperret"),
        (8663, "KP02", "Sykepleietjeneste"),
        (9151, "25", "Kommunal øyeblikkelig hjelp - døgnopphold"),
        (9140, "1", "Varsel om innlagt pasient"),
        (8258, "3", "OK, feil i delmelding"),
        (8279, "LOG_UTSKRIVNINGSKLAR", "Melding om utskrivningsklar pasient"),
    ],
)
def test_a_code_has_its_norwegian_display(number: int, code: str, display: str) -> None:
    found = code_list(number).find(code)
    assert found is not None
    assert found.display == display


def test_case_counts_and_a_code_that_is_not_there_is_none() -> None:
    assert code_list(9060).find("sp") is None
    assert code_list(9060).find("QQ") is None


def test_a_system_is_an_oid_and_leads_back_to_its_list() -> None:
    professions = code_list(9060)
    assert professions.system == "urn:oid:2.16.578.1.12.4.1.1.9060"
    assert professions.oid == "2.16.578.1.12.4.1.1.9060"
    for one in lists():
        assert by_system(one.system) == one


def test_no_two_modules_carry_the_same_list() -> None:
    carried = [one.system for theme in THEMES for one in theme.LISTS]
    assert len(carried) == len(set(carried)) == len(lists())


def test_a_list_of_ours_has_no_number_and_no_oid() -> None:
    assert (iplos.SCORE.number, iplos.SCORE.oid) == (0, "")
    assert iplos.SCORE in lists()


@pytest.mark.parametrize(
    ("number", "code", "first", "last"),
    [
        (3401, "30", date(2020, 1, 1), date(2023, 12, 31)),
        (3401, "03", None, None),
        (3402, "1201", None, date(2019, 12, 31)),
        (3402, "4601", date(2020, 1, 1), None),
        (3403, "160101", None, date(2017, 12, 31)),
        (3403, "030105", None, None),
    ],
)
def test_a_place_is_a_code_with_the_days_of_its_number(
    number: int, code: str, first: date | None, last: date | None
) -> None:
    found = code_list(number).find(code)
    assert found is not None
    assert (found.valid_from, found.valid_to) == (first, last)


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2019, 12, 31), date(2024, 1, 1), date(2026, 11, 25)])
def test_the_codes_valid_on_a_day_are_the_places_of_that_day(day: date) -> None:
    valid = [one.code for one in code_list(3402).codes if one.is_valid(day)]
    assert valid == [one.number for one in municipalities(day)]


@pytest.mark.parametrize(
    "system",
    ["http://loinc.org", "urn:oid:2.16.578.1.12.4.1.1.1", "urn:oid:2.16.578.1.12.4.1.1.", "9060", ""],
)
def test_any_other_system_has_no_list(system: str) -> None:
    assert by_system(system) is None


def test_an_unknown_list_is_refused_with_where_to_add_it() -> None:
    with pytest.raises(NotFound) as caught:
        code_list(1)
    assert "no code list 1 here" in str(caught.value)
    assert "9060" in str(caught.value)
    assert "norway/codes" in str(caught.value)


def test_a_retired_code_is_read_and_not_chosen() -> None:
    alarm = code_list(9151).find("6")
    assert alarm is not None
    assert not alarm.active
    assert not alarm.is_valid(date(2026, 11, 25))


def test_a_code_is_valid_up_to_its_last_day() -> None:
    mother = code_list(9033).find("BM")
    assert mother is not None
    assert mother.is_valid(date(2010, 9, 26))
    assert not mother.is_valid(date(2010, 9, 27))


def test_a_code_is_not_valid_before_its_first_day() -> None:
    later = Code("A", "Senere", valid_from=date(2026, 1, 1))
    assert not later.is_valid(date(2025, 12, 31))
    assert later.is_valid(date(2026, 1, 1))


@pytest.mark.parametrize("line", ["A", "A Annet | gone", "A Annet | until spring"])
def test_a_line_that_is_no_code_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line) if "spring" not in line else "spring"):
        codes(line)


@pytest.mark.parametrize(
    ("score", "needed"), [("1", False), ("2", False), ("3", True), ("4", True), ("5", True), ("9", False)]
)
def test_help_is_needed_from_score_three_and_nine_is_no_score(score: str, needed: bool) -> None:
    assert iplos.needs_help(score) is needed


@pytest.mark.parametrize("score", ["0", "6", "", "three"])
def test_another_score_is_refused(score: str) -> None:
    with pytest.raises(ValueError, match="one of 1, 2, 3, 4, 5, 9"):
        iplos.needs_help(score)
