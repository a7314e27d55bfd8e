"""Treated for depression at the psychiatric clinic, and has kept his record from the legevakt."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart import consents
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import refer
from fellesjournal.rollout.region.courses.mood import PSYCHIATRY
from fellesjournal.rollout.region.formulary import MIRTAZAPINE, SERTRALINE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, aged, home, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID = "tenksom-maneas"
AGAIN = Problem("Tilbakevendende depresjon, moderat episode", "P76", "F331")
CHEST = Problem("Brystsmerter", "A11", "R074")
BLOCKED = 12
"""Days ago."""


def _cast(today: date) -> list[Person]:
    return [someone(31, "Tenksom Måneås", MAN, aged(today, 42, 10, 11), home(12))]


def _lives(life: Life) -> None:
    today = life.era.until
    first = life.gp(today - timedelta(days=240), AGAIN, minutes=40)
    first.note(
        ("Aktuelt", "Nedstemt siden nyttår, tredje gang. Sover lite, orker ikke jobb. Ikke selvmordsplaner."),
        ("Plan", "Sertralin. Sykmeldt 100 %. Henvist til psykiatrisk poliklinikk. Ny time om to uker."),
    )
    life.problem(AGAIN, first.day, visit=first)
    life.uses(SERTRALINE, first.day, AGAIN)
    question = "Utredning og samtalebehandling ved tilbakevendende depresjon."
    _, seen = refer(life, first, Service.PSYCHIATRY, AGAIN, question, 6)
    with life.chart.labelled(PSYCHIATRY):
        for number, text in enumerate(_TALKS):
            day = seen + timedelta(days=21 * number)
            if day < today:
                visit = life.meet(Service.PSYCHIATRY, "psykolog", day, AGAIN, minutes=60)
                visit.note(("Behandlingstime", text), kind=Kind.CLINIC_NOTE)
        life.uses(MIRTAZAPINE, seen + timedelta(days=40), AGAIN)
    _has_been_at_legevakt(life, today - timedelta(days=15))
    check = life.gp(today - timedelta(days=BLOCKED), AGAIN, minutes=40)
    check.note(
        ("Vurdering", "Bedre. MADRS 14. Jobber 40 %. Fortsetter i poliklinikken hver tredje uke."),
        (
            "Sperring",
            "Ønsker at legevakten ikke skal se journalen hans. Sperring registrert, informert om følger.",
        ),
    )
    if check.recorded:
        consents.block(life.chart, life.services.unit(Service.LEGEVAKT).reference, check.end)
    ordinary.passes(life)


def _has_been_at_legevakt(life: Life, day: date) -> None:
    visit = life.meet(
        Service.LEGEVAKT,
        "sykepleier",
        day,
        CHEST,
        way=Way.EMERGENCY,
        hour=23,
        minutes=60,
    )
    visit.note(
        ("Hastegrad", "Gul."),
        (
            "Aktuelt",
            "Trykk i brystet og uro. EKG og troponin normale. Bor vegg i vegg med en som jobber her.",
        ),
    )


_TALKS = (
    "Kartlegging. MADRS 29. Tidligere to episoder, god effekt av samtaler sist.",
    "Grubling og skyld gjennomgått. Aktivitetsplan: ut av huset før klokka ti.",
    "Lite effekt på søvn. Mirtazapin lagt til om kvelden etter samråd med lege.",
    "Sover sju timer. Har vært på jobb to halve dager. MADRS 21.",
    "Arbeidet med krav til seg selv. Hjemmeoppgave gjort.",
    "Tegn på tilbakefall gjennomgått. MADRS 15.",
    "Øker arbeidstid. Snakket om naboen på legevakten og retten til sperring.",
    "Oppsummering og plan fram mot jul.",
    "MADRS 14. Jobber 40 %, gleder seg til helgen med søsteren. Fortsetter hver tredje uke.",
)

STORY = Story(
    "A block",
    "He is 42 and is treated for recurrent depression by a psychologist, whose notes are labelled "
    "psychiatry. A neighbour works at legevakt, and so he has blocked his whole record from it. He was "
    "there fifteen days ago, before the block.",
    "arvaken-nordlys",
    "Nothing, as the nurse at legevakt, until the block is overridden with a reason; as lun-rogneber all but "
    "the labelled notes.",
    _cast,
    {ID: _lives},
)
