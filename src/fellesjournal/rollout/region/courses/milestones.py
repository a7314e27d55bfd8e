"""What the health station writes of a child's development at each visit, in our own words."""

from fellesjournal.rollout.region.courses import slow_milestones
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

_TOLD: dict[int, tuple[tuple[str, str], ...]] = {
    9: (
        (
            "Hjemmebesøk. Fin start, tilbake på fødselsvekten. Dier hver tredje time. Snakket om søvn.",
            "Heimebesøk. Fin start, tilbake på fødselsvekta. Syg kvar tredje time. Snakka om søvn.",
        ),
        (
            "Hjemmebesøk. Ammer og gir litt tillegg. Navle tørr. Foreldrene trøtte, men trygge.",
            "Heimebesøk. Ammar og gir litt tillegg. Navle tørr. Foreldra trøytte, men trygge.",
        ),
    ),
    44: (
        (
            "Smiler, fester blikk og følger. Løfter hodet på magen. Hofter u.a. Mor har det bra.",
            "Smiler, festar blikk og følgjer. Løftar hovudet på magen. Hofter u.a. Mor har det bra.",
        ),
        (
            "God kontakt. Litt kveldsuro. Legeundersøkelse u.a.",
            "God kontakt. Litt kveldsuro. Legeundersøking u.a.",
        ),
    ),
    93: (
        ("Pludrer og ler. Holder hodet støtt. Griper etter ting.", "Pludrar og ler. Held hovudet støtt."),
        ("Blid og tilfreds. God hodekontroll. Sover 6 timer i strekk.", "Blid og nøgd. God hovudkontroll."),
    ),
    155: (
        (
            "Triller fra mage til rygg. Griper og flytter mellom hender. Snakket om oppstart av grøt.",
            "Trillar frå mage til rygg. Grip og flyttar mellom hender. Snakka om oppstart av graut.",
        ),
        ("Ler høyt, liker grøt. Sitter med støtte.", "Ler høgt, likar graut. Sit med støtte."),
    ),
    245: (
        ("Sitter støtt, begynner å krype. Pinsettgrep på vei. Babler.", "Sit støtt, byrjar å krype. Bablar."),
        (
            "Åler seg fram. Litt skeptisk til fremmede. Spiser variert.",
            "Ålar seg fram. Litt skeptisk til framande.",
        ),
    ),
    370: (
        (
            "Går langs møbler, reiser seg selv. Sier mamma og et par ord til. Skal begynne i barnehage.",
            "Går langs møblar, reiser seg sjølv. Seier mamma og eit par ord til. Skal byrje i barnehage.",
        ),
        (
            "Går noen skritt. Peker og forstår enkle beskjeder.",
            "Går nokre steg. Peikar og forstår enkle beskjedar.",
        ),
    ),
    462: (
        ("Går fritt. Fire-fem ord. Spiser selv med skje.", "Går fritt. Fire-fem ord. Et sjølv med skei."),
        ("Går. Bygger tårn av to klosser. Trives i barnehagen.", "Går. Byggjer tårn. Trivst i barnehagen."),
    ),
    740: (
        (
            "Setninger på to ord. Løper og klatrer. Leker ved siden av andre. Snakket om trass og tannpuss.",
            "Setningar på to ord. Spring og klatrar. Leikar ved sida av andre. Snakka om trass og tannpuss.",
        ),
        (
            "Få ord, men hører og forstår godt. Råd om bøker og sang. Tar kontakt om det ikke løsner.",
            "Få ord, men høyrer og forstår godt. Tek kontakt om det ikkje løysnar.",
        ),
    ),
    1480: (
        (
            "Snakker i lange setninger. Hinker, tegner ansikt. Syn 1,0 på begge øyne.",
            "Snakkar i lange setningar. Hinkar, teiknar andlet. Syn 1,0 på begge auge.",
        ),
        ("God språkutvikling. Tørr om dagen. Syn u.a.", "God språkutvikling. Tørr om dagen. Syn u.a."),
    ),
}


def milestone(life: Life, visit: Visit, days: int) -> str:
    """What is seen at the visit that stands at so many days of age."""
    usual = life.chance.pick(_TOLD[days])
    said = visit.say(*(slow_milestones.at_visit(life, days) or usual))
    if life.person.mother and life.person.father:
        return said
    alone = _MOTHER if life.person.mother else _FATHER
    return said.replace(visit.say(*_PARENTS), visit.say(*alone))


_PARENTS = ("Foreldrene trøtte, men trygge", "Foreldra trøytte, men trygge")
_MOTHER = ("Mor trøtt, men trygg", "Mor trøytt, men trygg")
_FATHER = ("Far trøtt, men trygg", "Far trøytt, men trygg")
"""Said of those who have a child alone."""


SAME = 0.15
"""Kilograms within which a weight is that of the birth."""
_BACK = ("tilbake på fødselsvekten", "tilbake på fødselsvekta")
_ABOVE = ("godt over fødselsvekten", "godt over fødselsvekta")
_BELOW = ("ikke helt oppe på fødselsvekten, spiser godt", "ikkje heilt oppe på fødselsvekta, et godt")


def gained(visit: Visit, said: str, more: float) -> str:
    """The text of the first visit, with what so many kilograms more than at birth are called."""
    called = _ABOVE if more > SAME else _BELOW if more < -SAME else _BACK
    return said.replace(visit.say(*_BACK), visit.say(*called))
