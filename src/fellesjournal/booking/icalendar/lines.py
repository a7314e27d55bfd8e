"""The lines of an iCalendar file (RFC 5545 3.1), and its events as lines. Pure.

What is not understood is refused, with the number of the line and what to do about it: a part that is passed
over in silence would be time that is booked although somebody is away.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fellesjournal.booking.icalendar.faults import Unreadable

LARGEST = 1024 * 1024
"""Bytes of a file: some thousand events."""
MOST = 2000
"""Events of a file."""
_PARAMETER = r';(?P<{0}>[A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,])*(?:,(?:"[^"]*"|[^";:,])*)*)'
_LINE = re.compile(rf"(?P<name>[A-Za-z0-9-]+)(?P<all>(?:{_PARAMETER.format('one')})*):(?P<value>.*)", re.S)
_EACH = re.compile(_PARAMETER.format("name"))
_TASK = "VTODO"  # RFC 5545 3.6.2: the word of the standard for a task
_TIMELESS = ("VTIMEZONE", "VALARM", _TASK, "VJOURNAL", "STANDARD", "DAYLIGHT")
"""Parts that take nobody's time; zones are known by their names."""


class Line(NamedTuple):
    """A line that has been put together: where it began, its name in capitals, its parameters, its value."""

    number: int
    name: str
    parameters: Mapping[str, str]
    value: str

    def fault(self, kind: str, **details: object) -> Unreadable:
        """That the line cannot be read: a kind of faults.SAID, and the words in it."""
        return Unreadable(self.number, kind, self.name, **details)


def events(content: bytes) -> list[list[Line]]:
    """The lines of each event of a file. Raises Unreadable for what is no calendar, and for what would be
    lost if it were passed over.
    """
    if len(content) > LARGEST:
        raise Unreadable(0, "too-large", most=LARGEST)
    found: list[list[Line]] = []
    within: list[str] = []
    last = Line(0, "BEGIN", {}, "")
    for last in _lines(content):
        if last.name == "BEGIN":
            within.append(last.value.upper())
            _check(last, within)
            if within[-1] == "VEVENT":
                found.append([])
            if len(found) > MOST:
                raise last.fault("too-many-events", most=MOST)
        elif last.name == "END":
            if not within or within.pop() != last.value.upper():
                raise last.fault("not-open", value=last.value)
        elif not within:
            raise last.fault("outside")
        elif within[-1] == "VEVENT":
            found[-1].append(last)
    if within or not last.number:
        raise last.fault("not-whole")
    return found


def _check(line: Line, within: list[str]) -> None:
    inner = within[-1]
    if inner == "VFREEBUSY":
        raise line.fault("free-busy")
    known = inner in ("VCALENDAR", "VEVENT", *_TIMELESS)
    if not known or (within[0] != "VCALENDAR") or (inner == "VCALENDAR" and len(within) > 1):
        raise line.fault("strange-part", value=line.value)


def _lines(content: bytes) -> Iterator[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        raise Unreadable(number, "not-utf-8") from None
    rows: list[tuple[int, str]] = []
    for number, row in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if row[:1] in (" ", "\t") and rows:
            rows[-1] = rows[-1][0], rows[-1][1] + row[1:]
        elif row.strip():
            rows.append((number, row))
    for number, row in rows:
        yield _line(number, row)


def _line(number: int, row: str) -> Line:
    found = _LINE.fullmatch(row)
    if found is None:
        raise Unreadable(number, "no-line", value=row[:40])
    parameters = {name.upper(): value.strip('"') for name, value in _EACH.findall(found["all"])}
    return Line(number, found["name"].upper(), parameters, found["value"].strip())
