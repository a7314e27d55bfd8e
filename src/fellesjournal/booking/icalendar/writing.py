"""An iCalendar that tells when and never what (RFC 5545). Pure.

A calendar on a phone is read by others, and by whoever keeps it: neither the kind of visit nor whom it is
with is in it. Times are of the world (UTC), so no table of time zones has to go along.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

PRODUCT = "-//Fellesjournal//Timer//NO"
_LONGEST = 75
"""Bytes of a line, before it is folded (3.1)."""


class Event(NamedTuple):
    """A time that is taken: `uid` names it for ever, `version` grows with changes; `summary` is shown."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    version: int = 0
    cancelled: bool = False
    address: str = ""


def calendar(events: Iterable[Event], made: datetime, name: str = "", refresh: str = "") -> bytes:
    """A calendar of events as a file, made at a moment; `refresh` is how long it may be kept before it is
    read again (RFC 7986 5.7: "PT15M").
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(name)}"] if name else []
    lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}"] if refresh else []
    for one in events:
        lines += _event(one, made)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(one: Event, made: datetime) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{_moment(made)}",
        f"DTSTART:{_moment(one.start)}",
        f"DTEND:{_moment(one.end)}",
        f"SEQUENCE:{one.version}",
        f"SUMMARY:{_text(one.summary)}",
        "CLASS:PRIVATE",
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
    ]
    lines += [f"URL:{one.address}"] if one.address else []
    return [*lines, "END:VEVENT"]


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Text with what has a meaning of its own marked (3.3.11)."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign >= " ")


def _folded(line: str) -> bytes:
    """A line of at most 75 bytes, and what is more on lines that begin with a blank; no sign is split."""
    rows: list[bytes] = [b""]
    for sign in line:
        raw = sign.encode()
        if len(rows[-1]) + len(raw) > _LONGEST:
            rows.append(b" ")
        rows[-1] += raw
    return b"\r\n".join(rows) + b"\r\n"
