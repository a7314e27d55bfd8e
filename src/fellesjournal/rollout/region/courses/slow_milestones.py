"""What is written of the development of children with cerebral palsy or a learning disability: at the
visits of the health station from when it can be seen, also before it has a name, and at school."""

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal.young import LEARNING, PALSY
from fellesjournal.rollout.region.life import Life

_AT_VISITS: dict[Problem, dict[int, tuple[str, str]]] = {
    PALSY: {
        245: (
            "Sitter med støtte, stram i beina. Babler og ler.",
            "Sit med støtte, stram i beina. Bablar og ler.",
        ),
        370: (
            "Åler seg fram, står ikke ennå. Sier mamma. Skal begynne i barnehage.",
            "Ålar seg fram, står ikkje enno. Seier mamma. Skal byrje i barnehage.",
        ),
        462: (
            "Reiser seg ved møbler, går ikke alene. Fire-fem ord. Spiser selv med skje.",
            "Reiser seg ved møblar, går ikkje åleine. Fire-fem ord. Et sjølv med skei.",
        ),
        740: (
            "Går ustøtt på tå. Setninger på to ord. Liker bøker og sang.",
            "Går ustøtt på tå. Setningar på to ord. Likar bøker og song.",
        ),
        1480: (
            "Snakker i lange setninger. Går alene, faller lett. Syn u.a.",
            "Snakkar i lange setningar. Går åleine, fell lett. Syn u.a.",
        ),
    },
    LEARNING: {
        370: (
            "Sitter og åler seg fram. Babler, ingen ord ennå. Skal begynne i barnehage.",
            "Sit og ålar seg fram. Bablar, ingen ord enno. Skal byrje i barnehage.",
        ),
        462: (
            "Går langs møbler. Peker, ett ord. Spiser med hjelp.",
            "Går langs møblar. Peikar, eitt ord. Et med hjelp.",
        ),
        740: (
            "Går, løper ikke ennå. Noen få ord, forstår enkle beskjeder. Liker sang.",
            "Går, spring ikkje enno. Nokre få ord, forstår enkle beskjedar. Likar song.",
        ),
        1480: (
            "Korte setninger og tegn. Løper og klatrer. Trenger hjelp til påkledning. Syn u.a.",
            "Korte setningar og teikn. Spring og klatrar. Treng hjelp til å kle seg. Syn u.a.",
        ),
    },
}
"""By days of age at the visit, as in `milestones`."""
_AT_SCHOOL: dict[Problem, dict[int, str]] = {
    PALSY: {
        6: "Gleder seg til skolen. Godt språk. Ustø til beins, skolen vet om det. Syn og hørsel u.a.",
        8: "Trives på skolen, har venner. Tilrettelagt gym.",
        13: "Trives hjemme og på skolen. Sliten etter skoledagen. Snakket om kropp og søvn.",
    },
    LEARNING: {
        6: "Blid. Snakker i korte setninger, skolen er forberedt. Syn og hørsel u.a.",
        8: "Trives på skolen. Har en voksen med seg i timene.",
        13: "Kom sammen med en forelder. Trives. Snakket om kropp og søvn.",
    },
}
"""By the years that the child becomes in the school year's autumn."""


def at_visit(life: Life, days: int) -> tuple[str, str] | None:
    """What is seen at the visit that stands at so many days of age; nothing that differs, of most."""
    return next((said[days] for one, said in _AT_VISITS.items() if life.has(one) and days in said), None)


def at_school(life: Life, years: int) -> str:
    """What is written of the talk at school in so many years; "" where it is as of most."""
    return next((said[years] for one, said in _AT_SCHOOL.items() if life.has(one)), "")
