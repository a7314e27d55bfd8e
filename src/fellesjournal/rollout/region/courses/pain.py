"""Long-lasting widespread pain: the GP over years, physiotherapy, careful with strong medicines.

How many: 3 to 5 in 100 have fibromyalgia, nine of ten women; one of three adults lives with some lasting
pain (HUNT, FHI).
"""

from datetime import date

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import CRP, HAEMOGLOBIN, TSH, VITAMIN_D
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import habits, lately
from fellesjournal.rollout.region.formulary import PARACETAMOL, TRAMADOL
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

FIBROMYALGIA = Problem("Fibromyalgi", "L18", "M797")
AMITRIPTYLINE = Medicine("N06AA09", "Amitriptylin 10 mg tablett", "1 tablett to timer før sengetid")

WOMEN: Risk = ((25, 1.3), (40, 1.6), (60, 0.4))
MEN: Risk = ((30, 0.15), (60, 0.05))


def lasts(life: Life) -> None:
    """From the day it has a name."""
    found = life.onset(WOMEN if life.person.is_woman else MEN)
    if found is None:
        return
    visit = life.gp(found, FIBROMYALGIA, minutes=40)
    tests = panel(life, found, CRP, HAEMOGLOBIN, TSH, VITAMIN_D)
    gone_through(life, visit, tests)
    low = tests[VITAMIN_D] < (VITAMIN_D.low or 0)
    shown = "Lite vitamin D, ellers prøver uten funn." if low else "Prøver uten funn."
    visit.note(
        ("Aktuelt", f"Vondt i hele kroppen i over et år, sover lett, trøtt. {shown}"),
        ("Vurdering", "Utbredt ømhet, ingen leddhevelse. Fibromyalgi."),
        (
            "Plan",
            f"Forklaring, gradvis trening i varmtvann, søvnråd.{' Tilskudd av vitamin D.' if low else ''}",
        ),
    )
    life.problem(FIBROMYALGIA, found, visit=visit)
    if life.taking("N02BE", found) is None:
        life.uses(PARACETAMOL, found, FIBROMYALGIA)
    if life.chance.yes(0.35) and life.taking("N06A", found) is None:
        life.uses(AMITRIPTYLINE, found, FIBROMYALGIA)
        life.stop(AMITRIPTYLINE, years_after(found, 3), "Liten effekt, munntørr")
    if life.chance.yes(0.2) and life.tolerates(TRAMADOL):
        life.uses(TRAMADOL, years_after(found, 2), FIBROMYALGIA)
        life.stop(TRAMADOL, years_after(found, 4), "Trappet ut etter avtale")
    said = ""
    for number, day in enumerate(life.every(4, found, life.decline.moves_in, misses=0.25)):
        if lately.at_hospital(life, day) or day > life.ordinary_until:
            continue
        if number % 3 == 0:
            said_there = _trains(life, day)
            visit = life.meet(Service.PHYSIOTHERAPY, "fysioterapeut", day, FIBROMYALGIA)
            _trained(life, visit, said_there[number // 3 % len(said_there)])
        else:
            told = _COURSE[1:] if day.month in SUMMER else _COURSE
            said = life.chance.pick([one for one in told if one != said])
            life.gp(day, FIBROMYALGIA).note(("Vurdering", said))


def _trains(life: Life, day: date) -> list[str]:
    """What can be said of the training: nothing of water while a bone mends, nor of walks who takes none."""
    unsaid = ["varmtvann"] if life.body.is_mending(day) else []
    unsaid += [] if habits.walks(life, day) else ["tur"]
    return [one for one in _TRAINED if not any(word in one.lower() for word in unsaid)]


def _trained(life: Life, visit: Visit, said: str) -> None:
    """Written at the end, when it is known who is helped at home."""

    def write() -> None:
        told = said.replace(*_WALKS) if lately.stays_in(life, visit.day) else said
        visit.note(("Fysioterapi", told))

    life.at_the_end(write)


_WALKS = "Går tur tre ganger i uken.", "Øver på pusten hjemme."
_TRAINED = (
    "Varmtvannsgruppe og rolig styrke. Kortere økter de dagene det er verst.",
    "Treningsplanen er gått gjennom. Øker ett hakk.",
    "Avspenning og pust. Går tur tre ganger i uken.",
    "Ny periode i varmtvannsgruppe. Kjenner øvelsene.",
    "Avspenning og rolige øvelser på benk. Vil gjøre det samme hjemme.",
)
_COURSE = (
    "Verre i kulda, bedre etter varmtvann.",
    "Sover dårlig igjen. Snakket om rytme og skjerm.",
    "Jevnt vondt, men holder seg i aktivitet.",
    "Mange dårlige dager den siste måneden. Ikke nye funn.",
    "Litt bedre siden sist, har funnet en rytme med hvile.",
)
"""The first is of the cold months."""
SUMMER = range(5, 10)
