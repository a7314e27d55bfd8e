"""Those who train now: in the healthy-life centre's group, and at home with home care's physiotherapist."""

from datetime import timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.courses.municipal import planned, planning, therapy
from fellesjournal.rollout.region.courses.today.shares import served
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service

GROUP, ILL, REAL = 5, 0.28, 0.01
"""Citizens wanted in the group in a small region, the share of its citizens who have an illness that leads
there, and about how many of those are there in a large region."""
TRAINS_AT, MINUTES = 13, 45
"""The hour at which the physiotherapist comes."""
WEEK = timedelta(days=7)
LATELY = timedelta(days=90)
"""For so long one walks as when the training after a stay was over."""


def in_the_group(life: Life) -> None:
    """Some who have begun at the healthy-life centre in the last months, and are not through."""
    ill = [one for one in life.known(life.last) if one.icpc in therapy.LIFESTYLE]
    wanted = max(REAL, GROUP / served(life, Service.HEALTHY_LIVING) / ILL)
    if ill and life.person.died is None and life.chance.yes(wanted):
        therapy.is_coached(life, life.era.until - timedelta(days=life.chance.between(45, 80)), ill[0])


def at_home(life: Life) -> None:
    """The old who get help at home now, by a plan, where home care has a physiotherapist: once a week for
    five weeks, of which the last are to come."""
    if not (life.decline.has_plan and planning.trains_at_home(life)):
        return
    first = planning.first_training(life)
    trained = any(timedelta() <= first - until < LATELY for until in life.trains_until.values())
    for number, said in enumerate((_MAPPED.format(_STEADY if trained else _UNSTEADY), *_SAID)):
        day = working_day(first + number * WEEK)
        visit = life.meet(
            Service.HOME_CARE, "fysioterapeut", day, way=Way.HOME, hour=TRAINS_AT, minutes=MINUTES
        )
        visit.note(("Hverdagsrehabilitering", said))
    last = first + (len(_SAID) + 1) * WEEK
    planned.visits(life, first, WEEK.days, (TRAINS_AT,), MINUTES, "Trening hjemme", last, by_offices=True)


_MAPPED = (
    "Kartlagt sammen, fem uker innenfor vedtaket om helsetjenester i hjemmet: vil kunne gå til postkassen "
    "alene. {}"
)
_UNSTEADY = "Reiser seg med støtte, går 12 meter med rullator."
_STEADY = "Reiser seg selv og går fritt inne, er utrygg ute."
"""Of one who has trained at the health house, where nobody goes home before."""
_SAID = (
    "Trening i trapp og reise seg fra stol, tre ganger daglig. Programmet henger på kjøleskapet.",
    "Gikk ut på trappen. Litt redd for å falle, prøvde med gåstav.",
    "Gikk til postkassen med følge. Hjemmesykepleien minner om øvelsene.",
)
