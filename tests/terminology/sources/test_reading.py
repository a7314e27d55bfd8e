"""Tables as text: columns found by name, every faulty line told of at once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.sources import reading
from fellesjournal.terminology.sources.reading import Faults, commas, day, tabs


def _lines(*texts: str) -> list[bytes]:
    return [f"{text}\r\n".encode() for text in texts]


def test_columns_are_found_by_name_in_any_order_and_further_ones_are_passed_over() -> None:
    rows = tabs(_lines("b\tnew\ta", "2\tx\t1"), Faults("f"), ("a", "b"), ("c",))
    assert list(rows) == [(2, ["1", "2", ""])]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Unprocessable, match=r"^f: the column a, c is missing; there are: b, d\.$"):
        list(tabs(_lines("b\td"), Faults("f"), ("a", "c")))


def test_an_empty_file_lacks_its_columns() -> None:
    with pytest.raises(Unprocessable, match="the column a is missing"):
        list(commas([], Faults("f"), ("a",)))


def test_every_faulty_line_is_told_by_its_number() -> None:
    faults = Faults("codes.txt")
    rows = list(tabs([b"a\tb\n", b"1\n", b"1\t2\n", b"\n", b"1\t2\t3\n", b"\xff\t2\n"], faults, ("a", "b")))
    assert [line for line, _ in rows] == [3, 6]
    with pytest.raises(Unprocessable) as refused:
        faults.settle()
    assert [issue.diagnostics for issue in refused.value.issues] == [
        "codes.txt, line 2: it has 1 columns, and the first line has 2.",
        "codes.txt, line 5: it has 3 columns, and the first line has 2.",
        "codes.txt, line 6: it is not UTF-8; save the file as UTF-8.",
    ]


def test_very_many_faults_are_counted() -> None:
    faults = Faults("f", "entry")
    for number in range(reading.MOST + 7):
        faults.add(number, "wrong")
    with pytest.raises(Unprocessable, match=r"f, entry 0: wrong.*f: and 7 more that are faulty"):
        faults.settle()


def test_nothing_wrong_is_nothing_raised() -> None:
    Faults("f").settle()


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_has_commas_or_semicolons_quotes_and_line_breaks_in_quotes(separator: str) -> None:
    head, row = (
        separator.join("abc"),
        separator.join(['"1; ""en"""', '"to\nlinjer"', "3, 3" if separator == ";" else "3"]),
    )
    faults = Faults("f")
    rows = list(
        commas(
            [f"\ufeff{head}\n".encode(), *(f"{part}\n".encode() for part in row.split("\n"))], faults, "abc"
        )
    )
    assert rows == [(3, ['1; "en"', "to\nlinjer", "3, 3" if separator == ";" else "3"])]
    faults.settle()


def test_a_quotation_mark_that_is_not_closed_is_told_of() -> None:
    faults = Faults("f")
    with pytest.raises(Unprocessable, match=r"f, line 2: it is not CSV"):
        list(commas([b"a,b\n", b'"1,2\n'], faults, ("a",)))


@pytest.mark.parametrize(
    "text", ["2026-01-31", "20260131", "31.01.2026", "31.1.2026", "2026-01-31T00:00:00", " 2026-01-31 "]
)
def test_days_are_read_as_they_are_written(text: str) -> None:
    assert day(text) == date(2026, 1, 31)


@given(st.dates())
def test_every_day_is_read_from_what_python_writes(one: date) -> None:
    assert day(one.isoformat()) == one
    assert day(f"{one:%d}.{one:%m}.{one.year:04}") == one


def test_no_day() -> None:
    assert day("  ") is None


@pytest.mark.parametrize("text", ["2026", "2026-02-30", "31/01/2026", "i morgen", "00000000", "1.1.26"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        day(text)
