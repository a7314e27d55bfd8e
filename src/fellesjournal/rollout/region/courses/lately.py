"""What has been shortly before a day, and can be spoken of: tests, the hospital, a birth."""

from datetime import date, timedelta

from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service

ANSWERED, AWAITED = timedelta(days=10), timedelta(days=4)
"""For so long tests are asked about, and for how long the laboratory may take."""
_NOT_ILL = ("A97", "A98", "W")
"""How the ICPC-2 codes begin of certificates, check-ups and what has to do with pregnancies."""
FORGETS = 25
"""Points of MMSE below which nobody is at work."""
WORKS_FROM, WORKS_UNTIL = 20, 67
BEFORE_BIRTH, LEAVE = timedelta(days=21), timedelta(days=340)
"""From how long before a birth until how long after it the mother is not at work (folketrygdloven §§ 14-9 and
14-10, rounded)."""
EARLY, AFTER_BIRTH = timedelta(days=70), timedelta(days=90)
"""For how long one is with child before a doctor hears of it, and for how long afterwards a doctor is met
about it."""
WAITED = timedelta(days=45)
"""For so long something from the hospital is waited for."""


def tested(life: Life, day: date) -> bool:
    """Whether tests of the last weeks are answered."""
    return any(day - ANSWERED <= one <= day - AWAITED for one in life.chart.tested)


def met(life: Life, day: date) -> bool:
    """Whether the GP was seen about an illness in the last weeks."""
    seen = life.meetings.between(day - ANSWERED, day - timedelta(days=1))
    why = (about for one in seen if one.service is Service.GP for about in one.about)
    return any(not one.icpc.startswith(_NOT_ILL) for one in why)


def at_hospital(life: Life, day: date) -> bool:
    """Whether a stay at hospital ended in the last weeks."""
    return any(day - WAITED <= stay.end.date() < day for stay, _ in life.stays)


def expecting(life: Life, day: date) -> bool:
    """Whether the citizen is with child, or has given birth in the last months."""
    return any(first - EARLY <= day < last + AFTER_BIRTH for first, last in life.pregnancies)


OFF = "Er sykmeldt fra før."
_WEEKS = {"én uke": 1, "to uker": 2, "2 uker": 2, "4 uker": 4}


def signed_off(life: Life, day: date, leave: str) -> str:
    """The words of a sick note, or others where the citizen is or will be signed off in that time."""
    weeks = next((number for words, number in _WEEKS.items() if words in leave), 0)
    off = life.days.off_until(day)
    if off and off > day:
        return OFF
    holds = life.days.signs_off(day, weeks) if weeks else life.days.declines(day)
    return leave if holds else "Klarer jobben."


def prolonged(life: Life, day: date, before: str) -> tuple[str, date]:
    """The words of a sick note for two weeks more, after the one that runs, or did until some days ago, whose
    words were `before`, and until when it is; none where none did, or another begins."""
    ends = life.days.off_until(day)
    starts = max(day, ends) if ends else day
    if ends is None or not life.days.signs_off(starts, 2):
        return "", day
    until = starts + timedelta(weeks=2)
    if day >= ends:
        return "Sykmeldt på nytt fra i dag, 50 % i to uker.", until
    more = "50 % i to uker til" if "50 %" in before else "nå 50 % i to uker"
    return f"Sykmeldingen forlenges, {more}.", until


def is_off(life: Life, day: date, weeks: int) -> None:
    """Sign off who works, as a ward or a clinic does: others know of it."""
    if works(life, day):
        life.days.signs_off(day, weeks)


def is_hindered(life: Life, day: date) -> bool:
    """Whether the citizen is lastingly disabled or forgets."""
    disabled = life.decline.disabled_since
    return bool(disabled and disabled <= day) or life.decline.mmse(day) < FORGETS


def stays_in(life: Life, day: date) -> bool:
    """Whether nobody speaks of walks and stairs: nurses come to the home, help is needed outdoors as who
    decided on it found, or a bone mends; asked when municipal care is told."""
    nursed = life.decline.is_helped(day, by_nurses=True)
    return nursed or life.body.is_mending(day) or not life.decline.goes_out(day)


def is_well_at_work(life: Life, day: date) -> bool:
    """Whether the citizen works and nobody comes to help: asked when municipal care is told."""
    helped = life.decline.helped_since
    return works(life, day) and not (helped and helped <= day) and day < life.ordinary_until


def works(life: Life, day: date) -> bool:
    """Whether one of that age is at work, and can be put on sick leave: not a mother on leave, nor one who is
    lastingly disabled or forgets."""
    if is_hindered(life, day):
        return False
    children = life.person.children if life.person.is_woman else ()
    at_home = any(child.born - BEFORE_BIRTH <= day < child.born + LEAVE for child in children)
    return WORKS_FROM <= life.age(day) < WORKS_UNTIL and not at_home


def is_told_of_work(life: Life, day: date) -> None:
    """A note of the day says that the citizen works, or does what is heavy."""
    life.decline.able_on = max(day, life.decline.able_on or day)
