"""Absence read from iCalendar files: days, zones, what comes again, what is left out, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.icalendar.reading import Absence, absences
from fellesjournal.booking.icalendar.writing import Event, calendar
from fellesjournal.errors import Unprocessable

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
BEFORE = datetime(2027, 1, 1, tzinfo=UTC)


def file(*events: str) -> bytes:
    """A calendar with events of these lines; one without a UID gets one."""
    rows = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number, one in enumerate(events):
        uid = [] if "UID:" in one else [f"UID:{number}"]
        rows += ["BEGIN:VEVENT", *uid, *one.split("\n"), "END:VEVENT"]
    return "\r\n".join([*rows, "END:VCALENDAR", ""]).encode()


def read(*events: str, since: datetime = SINCE, before: datetime = BEFORE) -> list[Absence]:
    return absences(file(*events), since, before)[1]


def local(found: list[Absence]) -> list[str]:
    """From when to when, by Norway's clock."""
    return [
        f"{one.start.astimezone(NORWAY):%m-%d %H:%M}–{one.end.astimezone(NORWAY):%m-%d %H:%M}"
        for one in found
    ]


def test_a_time_without_a_zone_is_of_norways_clock_and_one_of_the_world_is_not() -> None:
    found = read(
        "DTSTART:20260601T080000\nDTEND:20260601T100000",
        "DTSTART:20260602T080000Z\nDTEND:20260602T100000Z",
        "DTSTART;TZID=Europe/London:20260603T080000\nDURATION:PT1H30M",
        'DTSTART;TZID="W. Europe Standard Time":20260604T080000\nDURATION:P1DT1H',
    )
    assert local(found) == [
        "06-01 08:00–06-01 10:00",
        "06-02 10:00–06-02 12:00",
        "06-03 09:00–06-03 10:30",
        "06-04 08:00–06-05 09:00",
    ]


def test_whole_days_are_from_midnight_to_midnight_also_when_the_clock_is_turned() -> None:
    [night] = read("DTSTART;VALUE=DATE:20261024\nDTEND;VALUE=DATE:20261026")
    assert night.end - night.start == timedelta(hours=49)
    [day] = read("DTSTART;VALUE=DATE:20260329")
    assert day.end - day.start == timedelta(hours=23)


def test_what_comes_each_week_stays_at_its_time_of_day_when_the_clock_is_turned() -> None:
    found = read(
        "DTSTART;TZID=Europe/Oslo:20261019T080000\nDTEND;TZID=Europe/Oslo:20261019T090000\n"
        "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4"
    )
    assert [one[6:11] for one in local(found)] == ["08:00"] * 4
    assert [one[:5] for one in local(found)] == ["10-19", "10-21", "10-26", "10-28"]


def test_a_time_that_the_clock_leaps_over_is_after_the_leap() -> None:
    [one] = read("DTSTART;TZID=Europe/Oslo:20260329T023000\nDURATION:PT1H")
    assert local([one]) == ["03-29 03:30–03-29 04:30"]


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;INTERVAL=10;COUNT=3", ["01-05", "01-15", "01-25"]),
        ("FREQ=DAILY;BYDAY=MO;UNTIL=20260119", ["01-05", "01-12", "01-19"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20260202T070000Z", ["01-05", "01-19", "02-02"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=3", ["01-05", "02-02", "03-02"]),
        ("FREQ=MONTHLY;BYMONTHDAY=5,-1;COUNT=4", ["01-05", "01-31", "02-05", "02-28"]),
        ("FREQ=MONTHLY;INTERVAL=6", ["01-05", "07-05"]),
        ("FREQ=YEARLY;BYMONTH=1,3;BYDAY=1MO;COUNT=2", ["01-05", "03-02"]),
        ("FREQ=YEARLY", ["01-05"]),
    ],
)
def test_rules_by_day_week_month_and_year(rule: str, days: list[str]) -> None:
    found = read(f"DTSTART:20260105T080000\nDURATION:PT1H\nRRULE:{rule}")
    assert [one[:5] for one in local(found)] == days


@given(
    st.dates(date(2020, 1, 1), date(2026, 12, 1)),
    st.integers(1, 5),
    st.sets(st.integers(0, 6), max_size=3),
    st.sampled_from(["DAILY", "WEEKLY"]),
)
def test_days_of_a_rule_are_those_that_a_walk_through_the_years_finds(
    first: date, interval: int, weekdays: set[int], every: str
) -> None:
    if weekdays:
        weekdays |= {first.weekday()}
    names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    by = f";BYDAY={','.join(names[day] for day in sorted(weekdays))}" if weekdays else ""
    found = read(
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}\nRRULE:FREQ={every};INTERVAL={interval}{by}",
        since=datetime(2026, 3, 1, tzinfo=NORWAY),
        before=datetime(2026, 9, 1, tzinfo=NORWAY),
    )
    monday = first - timedelta(days=first.weekday())
    meant = weekdays or (set(range(7)) if every == "DAILY" else {first.weekday()})
    walked, day = [], max(first, date(2026, 3, 1))
    while day < date(2026, 9, 1):
        steps = (day - first).days if every == "DAILY" else (day - monday).days // 7
        if steps % interval == 0 and day.weekday() in meant:
            walked.append(day)
        day += timedelta(days=1)
    assert [one.start.astimezone(NORWAY).date() for one in found] == walked


def test_a_time_of_a_series_is_left_out_moved_or_cancelled() -> None:
    series = (
        "UID:s\nDTSTART:20260105T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20260112T080000"
    )
    moved = "UID:s\nRECURRENCE-ID:20260119T080000\nDTSTART:20260120T120000\nDURATION:PT1H"
    gone = "UID:s\nRECURRENCE-ID:20260126T080000\nDTSTART:20260126T080000\nDURATION:PT1H\nSTATUS:CANCELLED"
    assert [one[:11] for one in local(read(series, moved, gone))] == ["01-05 08:00", "01-20 12:00"]


def test_what_is_free_or_cancelled_or_over_is_no_absence_but_its_name_is_told() -> None:
    some = (
        "UID:free\nDTSTART:20260105T080000\nDURATION:PT1H\nTRANSP:TRANSPARENT",
        "UID:off\nDTSTART:20260105T080000\nDURATION:PT1H\nSTATUS:CANCELLED",
        "UID:over\nDTSTART:20250105T080000\nDURATION:PT1H",
        "UID:begun\nDTSTART;VALUE=DATE:20251220\nDTEND;VALUE=DATE:20260110",
    )
    uids, found = absences(file(*some), SINCE, BEFORE)
    assert uids == {"free", "off", "over", "begun"}
    assert [(one.uid, one.start) for one in found] == [("begun", datetime(2025, 12, 19, 23, tzinfo=UTC))]


def test_lines_are_put_together_and_alarms_and_zones_passed_over() -> None:
    text = (
        "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Oslo\r\nBEGIN:STANDARD\r\n"
        "DTSTART:19701025T030000\r\n"
        'END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY;X-P="a:b;c":Ferie\r\n'
        "DTSTART;TZID=Europe/\r\n Oslo:20260601T0800\r\n 00\r\nDURATION:PT1H\r\n"
        "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\n"
        "DURATION:PT9H\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    assert local(absences(text.encode(), SINCE, BEFORE)[1]) == ["06-01 08:00–06-01 09:00"]


@pytest.mark.parametrize(
    ("event", "line", "said"),
    [
        ("DTSTART:20260105T080000\nRRULE:FREQ=MONTHLY;BYSETPOS=1;BYDAY=MO", 5, "BYSETPOS"),
        ("DTSTART:20260105T080000\nRRULE:FREQ=HOURLY", 5, "FREQ"),
        ("DTSTART:20260105T080000\nRRULE:FREQ=WEEKLY;BYDAY=TU", 5, "does not follow the rule"),
        ("DTSTART:20260105T080000\nRRULE:FREQ=DAILY;COUNT=0", 5, "COUNT"),
        ("DTSTART:20260105T080000\nRRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101", 5, "Keep one"),
        ("DTSTART:20260105T080000\nRRULE:FREQ=YEARLY;BYMONTHDAY=5", 5, "BYMONTH"),
        ("DTSTART;TZID=Mars/Olympus:20260105T080000", 4, "Europe/Oslo"),
        ("DTSTART:20260231T080000", 4, "no time that there is"),
        ("DTSTART:tomorrow", 4, "no day"),
        ("DTSTART:20260105T080000\nDTEND:20260105T070000", 5, "ends before it begins"),
        ("DTSTART;VALUE=DATE:20260105\nDTEND:20260105T070000", 5, "Write both alike"),
        ("DTSTART:20260105T080000\nDURATION:-PT1H", 5, "no length"),
        ("DTSTART:20260105T080000\nEXDATE;VALUE=DATE:20260105", 5, "mixed"),
        ("DTSTART:20260105T080000\nRDATE;VALUE=PERIOD:20260105T080000Z/PT1H", 5, "events of their own"),
        ("DTSTART:20260105T080000\nDTSTART:20260106T080000", 5, "twice"),
        ("SUMMARY:Ferie", 3, "DTSTART"),
        ("DTSTART:20100105T080000\nDURATION:PT24000H\nRRULE:FREQ=DAILY", 4, "more than 1000 times"),
        ("DTSTART:20260105T080000\nBEGIN:X-OWN\nEND:X-OWN", 5, "not understood"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_what_to_do(
    event: str, line: int, said: str
) -> None:
    with pytest.raises(Unprocessable, match=f"Line {line + 1} of the file.*{said}"):
        read(event)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 2001,
        b"Ferie i juli\r\n",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"\xff\xfe",
        b"END:A\n",
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(Unprocessable):
        absences(content, SINCE, BEFORE)


def test_what_we_write_ourselves_is_read_again() -> None:
    start, end = datetime(2026, 6, 1, 8, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC)
    made = calendar([Event("a@b", start, end, "Opptatt, kanskje; eller\nikke " * 9)], start)
    assert absences(made, SINCE, BEFORE) == ({"a@b"}, [Absence("a@b", start, end)])
