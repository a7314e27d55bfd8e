"""A child with parents who live apart, as much with one as with the other."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart import messages
from fellesjournal.rollout.region.chart.measures import HEIGHT, WEIGHT
from fellesjournal.rollout.region.courses.asthma import ASTHMA, BUDESONIDE
from fellesjournal.rollout.region.formulary import SALBUTAMOL
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story

ID, MOTHER, FATHER = "livlig-nypekrone", "praktisk-nypekrone", "tilfreds-tindodde"


def _cast(today: date) -> list[Person]:
    mother = someone(6, "Praktisk Nypekrone", WOMAN, aged(today, 37, 5, 21), home(3))
    father = someone(7, "Tilfreds Tindodde", MAN, aged(today, 39, 8, 14), home(4))
    child = someone(8, "Livlig Nypekrone", WOMAN, aged(today, 8, 3, 11), mother.household)
    parents(child, mother, father)
    child.lives_apart_from, child.shared_residence = father, True
    return [child, mother, father]


def _lives(life: Life) -> None:
    ordinary.grows(life)
    today = life.era.until
    found = today - timedelta(days=430)
    visit = life.gp(found, ASTHMA)
    visit.measure(WEIGHT, life.body.weight(found))
    visit.measure(HEIGHT, life.body.height(found))
    visit.note(
        ("Aktuelt", "Hoster om natten og ved løping siden i fjor høst. Mor er med, far på telefon."),
        ("Funn", "Lett pipende over begge lunger, bedre etter salbutamol."),
        ("Plan", "Inhalasjon morgen og kveld. Ett sett medisiner i hvert hjem. Kontroll om tre måneder."),
    )
    life.problem(ASTHMA, found, visit=visit)
    life.uses(BUDESONIDE, found, ASTHMA)
    life.uses(SALBUTAMOL, found, ASTHMA)
    for back, text in ((330, _AT_MOTHERS), (140, _AT_FATHERS), (12, _LATEST)):
        control = life.gp(today - timedelta(days=back), ASTHMA)
        control.measure(WEIGHT, life.body.weight(control.day))
        control.measure(HEIGHT, life.body.height(control.day))
        control.note(("Astmakontroll", text))
    _written(life, today - timedelta(days=9))
    ordinary.passes(life)


def _written(life: Life, day: date) -> None:
    gp, mother, father = life.services.gp.reference, life.person.mother, life.person.father
    if mother is None or father is None or not life.records(day):
        return
    asked = "Hei, jeg fikk ikke med meg ny dose etter kontrollen. Hun er hos meg denne uken. Hva gjelder?"
    first = messages.message(life.chart, "Ny dose", asked, at(day, 20, 14), father.reference, gp)
    answer = "Samme dose, en morgen og kveld. Planen ligger i journalen hennes, dere ser den begge to."
    messages.message(life.chart, "Ny dose", answer, at(day, 21), gp, father.reference, first)


_AT_MOTHERS = "Mor er med. Klart mindre hoste. Glemmer kveldsdosen når hun bytter hjem, lager liste."
_AT_FATHERS = "Far er med. Løper uten å pipe. Fortsetter samme dose gjennom pollensesongen."
_LATEST = "Mor er med. Forkjølet for to uker siden, ellers fin. Samme dose. Far får lik skriftlig plan."

STORY = Story(
    "Two homes",
    "She is eight, has asthma, and lives every other week with each of her parents. Both have parental "
    "responsibility and both see her record. Her father has written to the GP about a dose that was told "
    "when he was not there.",
    "lun-rogneber",
    "Both parents among her relations, and what each of them sees when signed in; the messages.",
    _cast,
    {ID: _lives},
)
