"""What can be wrong with an iCalendar file, and what to do about it: each kind with its sentence. Pure."""

from typing import Final

from fellesjournal.errors import Issue, Unprocessable

SAID: Final = {
    "too-large": "The file is larger than {most} bytes: send the events to come.",
    "too-many-events": "the file has more than {most} events. Export from today on.",
    "not-open": "it ends {value}, which is not open. Export the calendar anew.",
    "outside": "it stands outside BEGIN:VCALENDAR. Export the calendar anew, as .ics.",
    "not-whole": "the file is no calendar that is whole (BEGIN:VCALENDAR ... END:VCALENDAR).",
    "free-busy": "free and busy times have no names to be replaced by: export the events instead.",
    "strange-part": "{value} is not understood here. Export the calendar anew, with events alone.",
    "not-utf-8": "it is not written in UTF-8: save it as that.",
    "no-line": "it is no line of a calendar: {value}",
    "twice": "it stands twice in one event. Export the calendar anew.",
    "lacks": "its event has no {value}. Export the calendar anew, with {value}.",
    "too-many-times": "with this there are more than {most} times. Send fewer.",
    "rules-left-out": "rules of what is left out are not read. Name the days (EXDATE).",
    "periods": "periods are not read. Write them as events of their own.",
    "all-that-follow": "a change of all that follow is not read. End the series, and begin another.",
    "mixed": "days and times are mixed: write it as the event's DTSTART is written.",
    "two-lengths": "the event has both DTEND and DURATION. Keep one.",
    "strange-rule": "{value} is not understood. Write these times as events of their own.",
    "frequency": "FREQ is one of {known}, not '{value}'.",
    "not-first": "the first time does not follow the rule. Begin with a day that does.",
    "two-ends": "it has both COUNT and UNTIL. Keep one.",
    "nth-day": "a first or last day of the week belongs to FREQ=MONTHLY or FREQ=YEARLY.",
    "month-days": "BYMONTHDAY belongs to another FREQ than WEEKLY.",
    "months": "a rule by year names its months (BYMONTH). Write one for each, or the days.",
    "number": "{name} is a number from {least} to {most}, not '{value}'.",
    "weekday": "'{value}' is no day of the week such as MO, 1MO or -1FR.",
    "no-moment": "'{value}' is no day (20261224) and no time (20261224T083000).",
    "no-time": "'{value}' is no time that there is.",
    "far-year": "the year {value} is too far away. Export from this year on.",
    "no-length": "'{value}' is no length such as PT45M or P2D.",
    "unlike": "it begins with a day and ends at a time, or the other way round. Write both alike.",
    "ends-before": "it ends before it begins. Mend the event, and export it anew.",
    "zone": "the time zone '{value}' is not known here. Use one such as Europe/Oslo, or UTC.",
}
"""The kinds of faults, and how the API says them; the pages have the same in their catalogues."""


class Unreadable(Unprocessable):
    """A file that is not read: a kind of SAID with the words in it; `line` is the number of the line that it
    fails at (0: the whole file), `part` what stands first in that line.
    """

    def __init__(self, line: int, kind: str, part: str = "", **details: object) -> None:
        said = SAID[kind].format(**details)
        where = f"Line {line} of the file{f' ({part})' if part else ''}: " if line else ""
        super().__init__(Issue("value", f"{where}{said}"))
        self.line, self.kind, self.details = line, kind, details
