"""Palliative care at home, of those who die there: daily visits, relief of pain, the family. What the doctors
write, `last_illness` has.

One of seven dies at home (FHI); home nursing has the care, with the GP.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.courses.last_illness import KIT
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import AT_ONCE, HELPED_AT_LAST, Level
from fellesjournal.rollout.region.endings import Cause, Place
from fellesjournal.rollout.region.kin import nearest
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service


def at_home(life: Life) -> None:
    """From the last illness on; of those who die of cancer at a ward, the months before that."""
    ending = life.ending
    if ending is not None and ending.cause is Cause.CANCER and ending.place is Place.WARD:
        _before_the_ward(life, ending.since)
    if ending is None or ending.place is not Place.HOME or ending.cause in AT_ONCE:
        return
    since = ending.since
    extent = "daglige besøk, flere mot slutten, natt ved behov, palliativt team"
    why = "Alvorlig syk, ønsker å være hjemme til det siste."
    decide(life, [Grant(HOME_NURSING, extent)], since, None, Level.MUCH, why, quickly=True)
    day, come = since, False
    while day < life.last:
        for hour in (9, 15, 21) if (life.last - day).days < 8 else (9,):
            visit = life.meet(Service.HOME_CARE, "sykepleier", day, way=Way.HOME, hour=hour, minutes=30)
            if life.chance.yes(0.3):
                near = (life.last - day).days < 4
                texts = _said_of(life, _LAST) if near else _before(life, day)
                said = life.chance.other(texts)
                visit.note(("Palliasjon", _LIES if come and said == _COMES else said))
                come |= said == _COMES
        day += timedelta(days=1)


def _before(life: Life, day: date) -> tuple[str, ...]:
    """What may be written before the last days: of a dose, where something for pain is in the house."""
    lies = (life.last - day).days <= KIT
    unfit = [] if lies or life.taking("N02", day) else ["dose"]
    if lies:
        unfit += ["sitte oppe", "sviskesaft"]
    return tuple(
        one for one in _said_of(life, (*_BEFORE, *_OTHERS)) if not any(word in one for word in unfit)
    )


def _said_of(life: Life, texts: tuple[str, ...]) -> tuple[str, ...]:
    """What fits one who has no children, or has forgotten nearly all."""
    unfit = [] if _has_children(life) else ["arna"]
    if life.decline.mmse(life.last) < TALKS:
        unfit += _TALK
    return tuple(one for one in texts if not any(word in one for word in unfit))


def _has_children(life: Life) -> bool:
    """In the region or, as far as anybody knows, elsewhere."""
    who = nearest(life.person, life.last, life.era.until)
    return bool(life.person.children) or (life.age(life.last) >= LEFT_HOME and who in _OF_CHILDREN)


def _before_the_ward(life: Life, until: date) -> None:
    """Nurses at home of those who are not old enough to have them for other reasons (need.py)."""
    since = until - timedelta(days=life.chance.between(30, 100))
    if life.age(life.last) >= HELPED_AT_LAST or life.decline.moves_in:
        return
    grant = Grant(HOME_NURSING, "tre besøk per uke av kreftsykepleier, flere ved behov")
    why = "Kreft som ikke kan kureres, ønsker å være mest mulig hjemme."
    decide(life, [grant], since, until, Level.SOME, why, quickly=True)
    day = since
    while day < until - timedelta(days=2):
        visit = life.meet(Service.HOME_CARE, "sykepleier", day, way=Way.HOME, hour=11, minutes=30)
        if life.chance.yes(0.3):
            visit.note(("Palliasjon", life.chance.other(_said_of(life, _UP))))
        day += timedelta(days=life.chance.between(2, 3))


_COMES, _LIES = (
    "Trykkavlastende madrass er kommet. Hel hud.",
    "Ligger på trykkavlastende madrass. Hel hud.",
)
"""What comes once, and is there afterwards."""
_BEFORE = (
    "Smertene er under kontroll det meste av døgnet. Lite matlyst. Munnstell.",
    "Kvalm om morgenen, bedre utover dagen. Orker å sitte oppe en halvtime.",
    "Samtale med familien om det som kommer. Telefonnummer for natten ligger på kjøkkenet.",
)
_OTHERS = (
    "Sov dårlig, uro mot morgenen. Snakket med lege om natten som kommer.",
    _COMES,
    "Har hatt besøk av gamle venner. Trøtt, men fornøyd.",
    "Treg mage, sviskesaft hjalp.",
    "Sover mye av dagen. Vil ha vinduet på gløtt og musikk på.",
    "Vondt ved snuing, dose gitt før stell. Bedre etterpå.",
    "Munntørr, isbiter og munnpensel. Drikker en slurk om gangen.",
    "Snakket om begravelse og om barna. Gråt litt, ville gjerne snakke mer.",
)
TALKS, _TALK = 12, ("Snakket om", "Snakket med lege", "Vil ha vinduet", "gamle venner")
"""Points of MMSE below which nobody talks of what is to come, and what is not written of them then."""
LEFT_HOME, _OF_CHILDREN = 50, ("Datter", "Sønn", "Ektefelle", "Samboer")
"""From which age on, and with whom near, one may have children who live elsewhere."""
_IN_BED = ("Munnstell", "snuing", "madrass", "Sover mye", "Munntørr", "sitte oppe")
_UP = tuple(one for one in (*_BEFORE, *_OTHERS) if not any(word in one for word in _IN_BED))
"""Of those who still come to the GP's office."""
_LAST = (
    "Våken av og til. Rolig pust. Snudd, munnstell. Familien våker.",
    "Surklete pust, medisin gitt. Ser ut til å ha det godt. Familien er forberedt.",
    "Svarer bare av og til, ansiktet er avslappet. Kalde føtter. Barna er kommet.",
    "Pauser i pusten. Lindret. Sittet en stund sammen med familien.",
    "Urolig i natt, roligere etter medisin. Ligger på siden, tørre lepper er smurt.",
)
