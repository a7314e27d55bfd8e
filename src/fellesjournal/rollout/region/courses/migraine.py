"""Migraine: attacks, triptans, prevention for those who have many.

How many: about 13 in 100 adults (HUNT), two to three times as many women; few see the GP for it every year.
"""

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.coronary import ANGINA, CORONARY
from fellesjournal.rollout.region.courses.stroke import STROKE, TIA
from fellesjournal.rollout.region.formulary import METOPROLOL
from fellesjournal.rollout.region.life import Life, Risk

MIGRAINE = Problem("Migrene", "N89", "G439")
SUMATRIPTAN = Medicine(
    "N02CC01", "Sumatriptan 50 mg tablett", "1 tablett ved anfall, kan gjentas én gang", True
)
CANDESARTAN = Medicine("C09CA06", "Candesartan 8 mg tablett", "1 tablett hver kveld")

WOMEN: Risk = ((14, 6), (40, 1.5), (55, 0))
MEN: Risk = ((14, 2), (40, 0.6), (55, 0))

_OTHERWISE = (
    "Flere anfall i perioder med lite søvn. Dagbok gjennomgått.",
    "Sjeldnere anfall siste halvår. Fortsetter som før.",
)
_TREATED = ("To til tre anfall i måneden, god effekt av triptan.", *_OTHERWISE)
_UNTREATED = ("To til tre anfall i måneden, hviler i mørkt rom til det går over.", *_OTHERWISE)
"""Of children, and of those whose vessels forbid a triptan."""


def lives_with(life: Life) -> None:
    """From the first attack that was told of; it wanes after 60."""
    found = life.onset(WOMEN if life.person.is_woman else MEN)
    if found is None:
        return
    visit = life.gp(found, MIGRAINE)
    visit.note(
        ("Aktuelt", "Anfall med pulserende ensidig hodepine, kvalme og lysskyhet i ett til to døgn."),
        ("Vurdering", "Migrene. Normal nevrologisk undersøkelse."),
        ("Plan", "Hodepinedagbok. Anfallsbehandling tidlig i anfallet."),
    )
    life.problem(MIGRAINE, found, visit=visit)
    treated = life.age(found) >= 18 and not life.has(CORONARY, ANGINA, STROKE, TIA)
    if treated:
        life.uses(SUMATRIPTAN, found, MIGRAINE)
        life.stop(SUMATRIPTAN, life.birthday(62), "Sjelden anfall")
    often = life.chance.yes(0.2)
    if often and life.needs("C09", found):
        life.uses(
            CANDESARTAN if life.chance.yes(0.6) else METOPROLOL, max(found, life.birthday(20)), MIGRAINE
        )
    for day in life.every(14 if often else 36, found, life.birthday(60), misses=0.3):
        said = life.chance.other(_TREATED if treated else _UNTREATED)
        life.gp(day, MIGRAINE).note(("Vurdering", said))
