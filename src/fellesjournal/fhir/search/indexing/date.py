"""Dates, periods and timings (FHIR R4, search.html#date)."""

from collections.abc import Callable
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import OPEN_END, OPEN_START, date_bounds
from fellesjournal.fhir.search.entries import DateRow
from fellesjournal.fhir.search.indexing.coding import CodesOf
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT, hash64, path_number, salt

Bounds = tuple[int, int]


def reader(source: Source, element_type: str, codes_of: CodesOf | None = None) -> Reader:
    """The reader of one element type at a date source; `codes_of` finds the composite's tokens beside it."""
    path = path_number(source.path)
    present = hash64(PRESENT) ^ salt("date", source.path)
    bounds_of = _BOUNDS.get(element_type, date_bounds)

    def read(value: Any, parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        try:
            bounds = bounds_of(value)
        except Invalid:
            return  # well-formed but no date, as 2026-02-30: it is kept, but not found by date
        if bounds is None:
            return
        if codes_of is None:
            out.dates.append(DateRow(path, *bounds))
        else:
            out.dates += [DateRow(path, *bounds, *codes) for codes in codes_of(parent, out)]

    return read


def _period(period: dict[str, Any]) -> Bounds:
    start, end = period.get("start"), period.get("end")
    return date_bounds(start)[0] if start else OPEN_START, date_bounds(end)[1] if end else OPEN_END


def _timing(timing: dict[str, Any]) -> Bounds | None:
    """From the first to the last moment that a timing names; None when it names none."""
    found = [date_bounds(event) for event in timing.get("event", ()) if event is not None]
    limits = timing.get("repeat", {}).get("boundsPeriod")
    if limits:
        found.append(_period(limits))
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


_BOUNDS: dict[str, Callable[[Any], Bounds | None]] = {"Period": _period, "Timing": _timing}
