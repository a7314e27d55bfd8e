"""Tables as text: the columns by name, and the faulty rows gathered, so that all are told of at once."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from fellesjournal.errors import Unprocessable

MOST = 50
"""Faulty rows that are told of one by one."""

_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(T.*)?|(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(slots=True)
class Faults:
    """What is wrong with a source, by line."""

    source: str
    """The file's name, for people."""
    unit: str = "line"
    """What the numbers count: lines, or the entries of a list."""
    problems: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, number: int, problem: str) -> None:
        """Note what is wrong with a line or an entry; the source is read on, to find the rest."""
        self.count += 1
        if self.count <= MOST:
            self.problems.append(f"{self.source}, {self.unit} {number}: {problem}.")

    def settle(self) -> None:
        """Raise Unprocessable when anything was wrong: called once, after the last line."""
        if self.count > MOST:
            self.problems.append(f"{self.source}: and {self.count - MOST:,} more that are faulty.")
        if self.problems:
            raise Unprocessable(*self.problems)


def tabs(
    lines: Iterable[bytes], faults: Faults, needed: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a file with tabs between its columns and no quotation marks, as SNOMED CT comes.

    Gives (line, values of `needed` and then of `optional`); an optional column that is not there is "".
    Raises Unprocessable for a column that is missing; a faulty row is noted and passed over.
    """
    rows = (
        (number, text.rstrip("\r\n").split("\t")) for number, text in _decoded(lines, faults) if text.strip()
    )
    return _picked(rows, faults, needed, optional)


def commas(
    lines: Iterable[bytes],
    faults: Faults,
    needed: Sequence[str],
    optional: Sequence[str] = (),
    named: Callable[[str], str] = str.strip,
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file, with commas or semicolons (whichever its first line has more of); as `tabs`.

    `named` makes of what stands in the first line the names that `needed` and `optional` have.
    """
    return _picked(_csv_rows(lines, faults), faults, needed, optional, named)


def table(
    lines: Iterable[bytes], faults: Faults, needed: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with all their columns by name; as `commas`."""
    rows = _csv_rows(lines, faults)
    names = [name.strip() for name in next(rows, (0, []))[1]]
    for line, row in _picked(chain([(1, names)], rows), faults, needed, names):
        yield line, dict(zip(names, row[len(needed) :], strict=True))


def day(text: str) -> date | None:
    """A day written as 2026-01-31, 20260131, 31.01.2026 or with a time after a T; None when empty.

    Raises ValueError for anything else.
    """
    if not (text := text.strip()):
        return None
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(f"{text} is not a date")
    year, month, day_of_month, _, first, second, last = found.groups()
    try:
        return date(int(year or last), int(month or second), int(day_of_month or first))
    except ValueError:
        raise ValueError(f"{text} is not a date") from None


def _decoded(lines: Iterable[bytes], faults: Faults) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode()
        except UnicodeDecodeError:
            faults.add(number, "it is not UTF-8; save the file as UTF-8")
            text = line.decode(errors="replace")
        yield number, text.removeprefix(_BYTE_ORDER_MARK) if number == 1 else text


def _csv_rows(lines: Iterable[bytes], faults: Faults) -> Iterator[tuple[int, list[str]]]:
    decoded = (text for _, text in _decoded(lines, faults))
    head = next(decoded, "")
    separator = ";" if head.count(";") > head.count(",") else ","
    reader = csv.reader(chain([head], decoded), delimiter=separator, strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        faults.add(reader.line_num, f"it is not CSV ({error})")
        faults.settle()


def _picked(
    rows: Iterator[tuple[int, list[str]]],
    faults: Faults,
    needed: Sequence[str],
    optional: Sequence[str],
    named: Callable[[str], str] = str.strip,
) -> Iterator[tuple[int, list[str]]]:
    _, names = next(rows, (0, []))
    names = [named(name) for name in names]
    if missing := [name for name in needed if name not in names]:
        raise Unprocessable(
            f"{faults.source}: the column {', '.join(missing)} is missing; there are: {', '.join(names)}."
        )
    places = [names.index(name) if name in names else -1 for name in (*needed, *optional)]
    width = len(names)
    for line, row in rows:
        if len(row) == width:
            yield line, [row[place] if place >= 0 else "" for place in places]
        elif any(row):
            faults.add(line, f"it has {len(row)} columns, and the first line has {width}")
