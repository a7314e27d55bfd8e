"""What the form of a time asks for, read from its fields."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from fellesjournal.booking.free.grid import NORWAY, midnight
from fellesjournal.booking.free.proposals import MOST_MINUTES
from fellesjournal.booking.free.series import MOST as MOST_TIMES
from fellesjournal.booking.free.weekly import Often
from fellesjournal.booking.free.windows import TELEPHONE, VIDEO
from fellesjournal.errors import Invalid, NotFound
from fellesjournal.ui.asked import day
from fellesjournal.workplace.booking import parties, proposing, words
from fellesjournal.workplace.booking.parties import Book
from fellesjournal.workplace.booking.proposing import Ask
from fellesjournal.workplace.desk import Desk

WITHIN = {"uke": 7, "2uker": 14, "4uker": 28, "90dager": 90}
"""By when, in days: choices of the form, the last one first chosen."""
SOONEST = "90dager"
NUMBERS = (("min", 1, MOST_MINUTES), ("ganger", 1, MOST_TIMES), ("uker", 1, MOST_TIMES), ("varsel", 0, 9_999))
"""Fields that are numbers, with the least and the most that they can be."""
CONTACTS = (VIDEO, TELEPHONE)
"""How one can meet without a place."""
WINDOWS = tuple(f"{hour:02}:00-{hour + 2:02}:00" for hour in range(8, 22, 2))
"""Between which times somebody comes to a home."""


def ask(desk: Desk, book: Book, asked: Mapping[str, str]) -> Ask:
    """What a form asks for. Raises Invalid for what is none of its choices."""
    kind = next((one for one in book.kinds if one.code == asked.get("hva", "")), None)
    if kind is None:
        raise NotFound(f"{book.name} has no such kind of visit.")
    minutes = asked.get("min", "") or str(kind.minutes)
    if not minutes.isascii() or not minutes.isdigit() or not 0 < int(minutes) <= MOST_MINUTES:
        raise Invalid(f"A visit takes 1 to {MOST_MINUTES} minutes, not '{minutes[:20]}'.")
    start = max(desk.now, since(asked.get("fra", "")) or desk.now)
    end = min(start + timedelta(days=WITHIN.get(asked.get("innen", ""), 90)), proposing.last_moment(desk))
    if end <= start:
        raise Invalid(f"Times can be found until {end:%Y-%m-%d}; this begins {start:%Y-%m-%d}.")
    chosen = {name: asked[name] for name in parties.TYPES if asked.get(name)}
    also = tuple(dict.fromkeys(asked.get("ogsa", "").split()))
    for reference in (*chosen.values(), *also):
        if reference != proposing.NOBODY and book.party(reference) is None:
            raise NotFound(f"{book.name} has no calendar of {reference}.")
    often = Often(*(number_of_times(asked.get(name, "") or "1", MOST_TIMES) for name in ("ganger", "uker")))
    citizen, window = f"Patient/{desk.citizen['id']}", _window(asked.get("vindu", ""))
    contact = asked.get("kontakt", "")
    if contact and contact not in CONTACTS:
        raise Invalid(f"One meets otherwise on video or by telephone ({', '.join(CONTACTS)}).")
    return Ask(kind, int(minutes), chosen, start, end, citizen, also, often, window, contact)


def wrong(desk: Desk, asked: Mapping[str, str]) -> dict[str, str]:
    """What was typed that cannot be used, by field, with what to type, in the reader's words."""
    t, last = desk.t, proposing.last_moment(desk)
    found: dict[str, str] = {}
    for name in ("fra", "frist"):
        typed = asked.get(name, "")
        try:
            if typed and midnight(day(typed)) >= last and name == "fra":
                until = words.day(t, (last - timedelta(days=1)).astimezone(NORWAY).date())
                found[name] = t.wrong.far.format(typed=typed, until=until)
        except Invalid:
            found[name] = t.wrong.day.format(typed=typed[:20])
    for name, least, most in NUMBERS:
        typed = asked.get(name, "")
        if typed and not (typed.isascii() and typed.isdigit() and least <= int(typed[:9]) <= most):
            found[name] = t.wrong.number.format(typed=typed[:20], least=least, most=most)
    return found


def number_of_times(written: str, most: int) -> int:
    """How many times, or how many weeks apart, as it was typed. Raises Invalid for what is none."""
    if not written.isascii() or not written.isdigit() or len(written) > 9 or not 0 < int(written) <= most:
        raise Invalid(f"A series has 1 to {most} times, some weeks apart, not '{written[:20]}'.")
    return int(written)


def _window(written: str) -> tuple[time, time] | None:
    if written and written not in WINDOWS:
        raise Invalid(f"A visit at home is in one of the windows {', '.join(WINDOWS)}.")
    opens, _, closes = written.partition("-")
    return (time.fromisoformat(opens), time.fromisoformat(closes)) if written else None


def since(text: str) -> datetime | None:
    """The day from which times are looked for. Raises Invalid for what is no date."""
    return midnight(day(text)) if text else None


def fixed(asked: Mapping[str, str]) -> datetime | None:
    """The moment that was chosen in the day's view."""
    try:
        return datetime.fromisoformat(asked["kl"]).astimezone(NORWAY) if asked.get("kl") else None
    except ValueError:
        raise Invalid(f"'{asked['kl'][:40]}' is no moment.") from None
