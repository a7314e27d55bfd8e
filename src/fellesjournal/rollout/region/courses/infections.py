"""Passing infections that people see the GP for: colds, sore throats, ears, urine.

How often: contacts by ICPC-2 chapter in KUHR (Helsedirektoratet); antibiotics as in the national guideline
for primary care. A child with three inflamed ears in half a year, or four in a year, is referred, as the
guideline asks.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.measures import CRP, TEMPERATURE
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import clinic, refer
from fellesjournal.rollout.region.courses import colds, lately
from fellesjournal.rollout.region.courses.chest import AFTER, PNEUMONIA
from fellesjournal.rollout.region.courses.emergency_cases import CONCUSSION
from fellesjournal.rollout.region.formulary import PIVMECILLINAM
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.strips import read_off
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

COLD = Problem("Forkjølelse", "R74", "J069")
EAR = Problem("Akutt mellomørebetennelse", "H71", "H669")
EARS = Problem("Gjentatte ørebetennelser", "H72", "H659")
URINE = Problem("Blærekatarr", "U71", "N300")
PENICILLIN = Medicine(
    "J01CE02", "Fenoksymetylpenicillin 660 mg tablett", "1 tablett 4 ganger daglig i 5 dager"
)
MIXTURE = Medicine(
    "J01CE02", "Fenoksymetylpenicillin 50 mg/mL mikstur", "Etter vekt, 4 ganger daglig i 5 dager"
)

EARLIEST = timedelta(days=200)
"""Age from which an inflamed ear is treated by the GP: younger infants with fever are sent to hospital."""
AGAIN = timedelta(days=21)
"""Between one cystitis and another: what comes sooner is the same."""
ONE_COLD = timedelta(days=18)
"""For so long it is the same cold."""
_COUGHS_ON = (
    (
        "Forkjølelsen fra sist er ikke helt over. Ren over lungene, ser det an.",
        "Forkjølinga frå sist er ikkje heilt over. Rein over lungene, ser det an.",
    ),
    (
        "Ikke frisk av forkjølelsen ennå. Spiser og drikker, fin form.",
        "Ikkje frisk av forkjølinga enno. Et og drikk, fin form.",
    ),
)
YOUNGEST = timedelta(days=60)
"""Age before which a cold is a matter for the hospital or the health station."""


def catches(life: Life) -> None:
    """Now and then through the recorded years. A cold is why one came; it does not go on the list."""
    often = [
        *life.now_and_then(0.42, until=life.ordinary_until),
        *life.now_and_then(0.4, until=life.birthday(12)),
    ]
    ears, cold = list[date](), date.min
    for drawn in sorted(often):
        day = life.days.apart(working_day(drawn))
        if day - life.person.born < YOUNGEST or life.episodes.near(PNEUMONIA, day, AFTER):
            continue
        child = day - life.person.born >= EARLIEST and life.age(day) < 8
        if child and life.chance.yes(0.4):
            _ear(life, day, ears)
        elif (
            life.person.is_woman
            and life.age(day) > 15
            and life.chance.yes(0.35)
            and not life.episodes.near(URINE, day, AGAIN)
        ):
            visit = life.gp(day, URINE)
            said = _EXPECTING if lately.expecting(life, day) else _URINES
            if said is _EXPECTING:
                visit.cultured("Dyrkning av urin", _GREW, after=0.2, days=2)
            visit.note(("Vurdering", read_off(visit, visit.say(*life.chance.other(said)))))
            life.episode(URINE, visit, 5)
            life.cure(PIVMECILLINAM, visit, 3)
        else:
            visit = life.gp(day, COLD)
            if life.chance.yes(0.35):
                visit.tests({CRP: max(1, life.chance.normal(8, 8))})
            told = (
                life.chance.other(_COUGHS_ON) if visit.day - cold < ONE_COLD else colds.told(life, visit.day)
            )
            cold = visit.day
            _of_a_cold(life, visit, visit.say(*told))


def _of_a_cold(life: Life, visit: Visit, told: str) -> None:
    """Written when accidents are told: the head of who hit it some days ago is asked about."""

    def write() -> None:
        before = visit.day - timedelta(days=1)
        hit = life.episodes.lasts(CONCUSSION, before, before)
        head = f" {visit.say(*_HEAD)}" if hit else ""
        visit.note(("Vurdering", f"{told}{head}"))

    life.at_the_end(write)


_HEAD = ("Hodet er bra etter hjernerystelsen.", "Hovudet er bra etter hjernerystinga.")


def _ear(life: Life, day: date, before: list[date]) -> None:
    """An inflamed ear; `before` has the days of those before it, and gets this one's."""
    visit = life.gp(day, EAR)
    before.append(visit.day)
    visit.measure(TEMPERATURE, life.chance.normal(38.4, 0.5))
    ear = visit.say(*life.chance.other(_EARS))
    often = any(len(before) >= number and visit.day - before[-number] <= span for number, span in OFTEN)
    sent = " Henvist øre-nese-hals." if often else ""
    visit.note(("Funn", ear), ("Plan", f"Antibiotika. Smertestillende ved behov.{sent}"))
    life.episode(EAR, visit, 7)
    life.cure(MIXTURE, visit, 5)
    if often:
        before.clear()
        _specialist(life, visit)


def _specialist(life: Life, asks: Visit) -> None:
    """Ears, nose and throat: looks at the ears between inflammations, and again after fluid."""
    _, seen = refer(life, asks, Service.CLINIC, EARS, "Øre-nese-hals: gjentatte ørebetennelser. Dren?", 9)
    fluid = life.chance.yes(0.4)
    first = clinic(life, Service.CLINIC, seen, EARS, ("Øre-nese-hals", _FLUID if fluid else _DRY))
    if fluid:
        again = first.day + timedelta(days=90)
        clinic(life, Service.CLINIC, again, EARS, ("Øre-nese-hals", _DRIED))


OFTEN = ((3, timedelta(days=183)), (4, timedelta(days=365)))
"""How many inflamed ears within which time are sent on."""
_FLUID = "Væske bak begge trommehinner, hører litt dårligere. Ses igjen om tre måneder før det settes dren."
_DRY = (
    "Trommehinnene er bleke og bevegelige, normal hørsel. Ikke dren nå. Ny henvisning ved tre nye i løpet av "
    "et halvt år."
)
_DRIED = "Væsken er borte, normal hørsel. Ikke dren. Avsluttes."
_GREW = "Escherichia coli over 100 000/mL. Følsom for pivmecillinam, nitrofurantoin og trimetoprim."
_EXPECTING = (
    (
        "Svie og hyppig vannlating. Urin er sendt til dyrkning.",
        "Svie og hyppig vasslating. Urin er send til dyrking.",
    ),
    (
        "Svir ved vannlating, ikke feber. Urin til dyrkning før behandlingen begynner.",
        "Svir ved vasslating, ikkje feber. Urin til dyrking før behandlinga byrjar.",
    ),
)
_URINES = (
    (
        "Svie og hyppig vannlating i to dager, ikke feber. Ukomplisert cystitt.",
        "Svie og hyppig vasslating i to dagar, ikkje feber. Ukomplisert cystitt.",
    ),
    (
        "Svir ved vannlating siden i går, må ofte. Feberfri. Stix positiv på leukocytter.",
        "Svir ved vasslating sidan i går, må ofte. Feberfri. Stiks positiv på leukocyttar.",
    ),
    (
        "Blærekatarr, kjenner den igjen. Ikke vondt i flanken, ikke feber.",
        "Blærekatarr, kjenner han igjen. Ikkje vondt i flanken, ikkje feber.",
    ),
)
_EARS = (
    ("Rød, bulende trommehinne på høyre side.", "Raud, bulande trommehinne på høgre side."),
    (
        "Venstre trommehinne er rød og buler. Sover dårlig.",
        "Venstre trommehinne er raud og bular. Søv dårleg.",
    ),
    (
        "Puss bak trommehinnen på begge sider, vondt om natten.",
        "Puss bak trommehinna på begge sider, vondt om natta.",
    ),
    (
        "Rennende høyre øre siden i natt, rød trommehinne.",
        "Rennande høgre øyre sidan i natt, raud trommehinne.",
    ),
)
