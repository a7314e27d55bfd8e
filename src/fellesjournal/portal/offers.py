"""What this citizen may book and who would come, looked up in the directory and the calendars."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from fellesjournal.booking.free.calendars import DAYS
from fellesjournal.booking.free.grid import NORWAY, QUANTUM
from fellesjournal.booking.free.proposals import Proposal, Question, Wanted, first_times
from fellesjournal.booking.offered import ALL, BOOKS, OWN, Offered, offered
from fellesjournal.errors import NotFound
from fellesjournal.portal.doctor import doctors, offices
from fellesjournal.portal.folder import Folder
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

_MOST = "200"
DAYS_SHOWN, TIMES_A_DAY = 3, 4


async def offers(folder: Folder) -> list[Offered]:
    """All that this citizen may book."""
    codes = ",".join(f"{BOOKS}|{code}" for code in (ALL, OWN))
    services = await folder.search("HealthcareService", [("characteristic", codes), ("_count", _MOST)])
    return offered(services, set(await offices(folder))) if services else []


async def offer(folder: Folder, service: str, code: str) -> Offered:
    """One of them. Raises NotFound."""
    for one in await offers(folder):
        if (one.service, one.code) == (service, code):
            return one
    raise NotFound("This cannot be booked here.")


async def pool(folder: Folder, wanted: Offered) -> Mapping[str, str]:
    """Those of whom one comes, with their names: the citizen's own doctor alone, where that is one of them;
    of a group the group.
    """
    kind = [("service-type", f"{wanted.system}|{wanted.code}"), ("_count", _MOST)]
    group = f"HealthcareService/{wanted.service}"
    if await folder.search("Schedule", [("actor", group), *kind]):
        return {group: wanted.name}
    asked = [("organization", wanted.unit), ("active", "true"), ("_count", _MOST)]
    found = await folder.search("PractitionerRole", [*asked, ("_include", "PractitionerRole:practitioner")])
    names = {_reference(one): naming.person(one) for one in found if one["resourceType"] == "Practitioner"}
    if not names:
        return {}
    calendars = await folder.search("Schedule", [("actor", ",".join(names)), *kind])
    booked = naming.references([one["actor"] for one in calendars])
    able = {one: name for one, name in names.items() if one in booked}
    own = naming.references(await doctors(folder)) & able.keys()
    return {one: name for one, name in able.items() if not own or one in own}


async def days(folder: Folder, wanted: Offered, who: Mapping[str, str]) -> list[list[Proposal]]:
    """The first times of the first days that have any, none of which overlaps the one before it."""
    found: list[list[Proposal]] = []
    start = folder.now + wanted.notice
    end = folder.calendars.grid().moment(0) + timedelta(days=DAYS)
    while who and len(found) < DAYS_SHOWN and start < end:
        most = TIMES_A_DAY * max(1, timedelta(minutes=wanted.minutes) // QUANTUM)
        told = await _times(folder, wanted, who, (start, end), most)
        if not told:
            break
        day = told[0].start.date()
        found.append(_apart([one for one in told if one.start.date() == day])[:TIMES_A_DAY])
        start = datetime.combine(day + timedelta(days=1), time(), NORWAY)
    return found


def _apart(told: Sequence[Proposal]) -> list[Proposal]:
    """Those that do not overlap: times five minutes apart are no choice, and cut a day to pieces."""
    kept: list[Proposal] = []
    for one in told:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


async def still(folder: Folder, wanted: Offered, who: Mapping[str, str], start: datetime) -> Proposal | None:
    """The time that begins then, when it is free; None when it is not, or never was one."""
    if start < folder.now + wanted.notice:
        return None
    end = start + timedelta(minutes=wanted.minutes)
    told = await _times(folder, wanted, who, (start, end), 1)
    return told[0] if told and told[0].start == start else None


async def _times(
    folder: Folder, wanted: Offered, who: Mapping[str, str], within: tuple[datetime, datetime], most: int
) -> list[Proposal]:
    needs = [Wanted(list(who), wanted.minutes), Wanted([folder.patient], wanted.minutes)]
    question = Question(needs, *within, wanted.code, most)
    return (await first_times(folder.calendars, question, folder.now)).proposals


def _reference(one: Json) -> str:
    return f"{one['resourceType']}/{one['id']}"
