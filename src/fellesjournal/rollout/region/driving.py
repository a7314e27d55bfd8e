"""Advice on driving is for those who drive: not for one who forgets, or has handed in the licence."""

import re
from datetime import date, timedelta

from fellesjournal.rollout.region.life import Life

NEVER = ("P85",)
"""ICPC-2 codes of what nobody gets a licence with: a learning disability."""
DRIVES, YOUNGEST = 26, 18
"""Points of MMSE from which one meets the demands of health: more than anybody has who is told not to drive
since the memory fails; and years from which one may drive
(førerkortforskriften)."""
NURSED = timedelta(days=180)
"""Whom nurses have come to for so long is not told when to drive again."""
_ADVICE = re.compile(
    r" ?\b(?:Førerkort: (?:kjøreforbud til ny vurdering|kjøreforbudet forlenges"
    r"|fyller helsekravene, kan kjøre igjen)|Førerkort avventes|Ikke bilkjøring de første ukene"
    r"|Kan kjøre igjen om to uker|Førerkort tas opp|Bør ikke kjøre bil)\."
)


def drives(life: Life, day: date) -> bool:
    """Whether the citizen may drive a car on the day."""
    ends = life.decline.drove_until
    if all(life.decline.is_helped(one, by_nurses=True) for one in (day - NURSED, day)):
        return False
    fit = life.decline.mmse(day) >= DRIVES and not life.decline.lives_in(day) and not _has_never(life)
    return fit and life.age(day) >= YOUNGEST and (ends is None or day < ends)


def had_licence(life: Life, day: date) -> bool:
    """Whether the citizen has not handed it in before the day, nor let it run out."""
    ends = life.decline.drove_until
    return not life.decline.lives_in(day) and not _has_never(life) and (ends is None or day < ends)


def _has_never(life: Life) -> bool:
    return any(one.icpc in NEVER for one in life.lasting)


def without_advice(text: str) -> str:
    """What is written, without what is said of driving."""
    return _ADVICE.sub("", text).strip()
