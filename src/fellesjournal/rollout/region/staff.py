"""Workers with names and ids that stay: one for every role, in every region. Stories and tests use them.

Names are of the adjective-and-noun kind that nobody bears, identity numbers synthetic (month + 80).
"""

from datetime import date
from typing import NamedTuple


class Post(NamedTuple):
    """What someone does at a unit; `policy` names what the role may do, `until` is its last day."""

    unit: str
    policy: str
    title: str
    profession: str = ""
    until: str = ""


class Worker(NamedTuple):
    """One invented person; those without a profession have no HPR number."""

    id: str
    given: str
    family: str
    born: date
    posts: tuple[Post, ...]


WARD, CLINIC = "isfjell-sengepost", "isfjell-poliklinikk"
OFFICE, HOME, NURSING, EMERGENCY = (
    "isfjell-tildeling",
    "isfjell-hjemmetjeneste",
    "isfjell-sykehjem",
    "isfjell-legevakt",
)
STATION, SCHOOLS = "isfjell-helsestasjon", "isfjell-skolehelsetjeneste"
HOSPITAL, SURGERY = "isfjell-sykehus", "nordavind-legekontor"

NAMES = {
    HOME: "Isfjell kommune, hjemmetjeneste nord",
    NURSING: "Multemyra sykehjem",
    EMERGENCY: "Isfjell legevakt",
}
"""Units that have a name of their own."""

WORKERS = (
    Worker(
        "klok-tindvik",
        "Klok",
        "Tindvik",
        date(1968, 2, 11),
        (
            Post(WARD, "lege", "Overlege", "LE"),
            Post(CLINIC, "lege", "Overlege", "LE"),
            Post(HOSPITAL, "faggruppe", "Faggruppe for maler"),
        ),
    ),
    Worker(
        "ivrig-steinroys",
        "Ivrig",
        "Steinrøys",
        date(1991, 6, 3),
        (Post(WARD, "lege", "Lege i spesialisering", "LE"),),
    ),
    Worker(
        "varm-lyngmo", "Varm", "Lyngmo", date(1984, 9, 27), (Post(WARD, "sykepleier", "Sykepleier", "SP"),)
    ),
    Worker(
        "rask-bekkesildre",
        "Rask",
        "Bekkesildre",
        date(1979, 1, 15),
        (Post(CLINIC, "sykepleier", "Sykepleier", "SP"),),
    ),
    Worker(
        "ryddig-perlemor",
        "Ryddig",
        "Perlemor",
        date(1973, 4, 8),
        (Post(CLINIC, "helsesekretaer", "Helsesekretær", "HE"),),
    ),
    Worker(
        "nysgjerrig-furukongle",
        "Nysgjerrig",
        "Furukongle",
        date(2001, 10, 19),
        (
            Post(WARD, "legestudent", "Medisinstudent, lege med lisens", "LE"),
            Post(CLINIC, "helsesekretaer", "Medisinstudent, sekretær"),
        ),
    ),
    Worker(
        "grundig-skjellsand",
        "Grundig",
        "Skjellsand",
        date(1977, 12, 2),
        (Post(OFFICE, "saksbehandler", "Saksbehandler"),),
    ),
    Worker(
        "vennlig-solber",
        "Vennlig",
        "Solbær",
        date(1988, 3, 30),
        (Post(HOME, "sykepleier", "Sykepleier", "SP"),),
    ),
    Worker(
        "trygg-einerber",
        "Trygg",
        "Einerbær",
        date(1965, 7, 7),
        (Post(HOME, "helsefagarbeider", "Helsefagarbeider", "HF"),),
    ),
    Worker(
        "sprek-fjelltopp",
        "Sprek",
        "Fjelltopp",
        date(1990, 5, 21),
        (Post(HOME, "fysioterapeut", "Fysioterapeut", "FT"),),
    ),
    Worker(
        "stodig-kvitveis",
        "Stødig",
        "Kvitveis",
        date(1981, 11, 13),
        (Post(NURSING, "sykepleier", "Sykepleier", "SP"),),
    ),
    Worker(
        "mild-tytteber",
        "Mild",
        "Tyttebær",
        date(1997, 8, 4),
        (Post(NURSING, "helsefagarbeider", "Helsefagarbeider", "HF"),),
    ),
    Worker(
        "tenksom-havsule",
        "Tenksom",
        "Havsule",
        date(1975, 2, 25),
        (
            Post(NURSING, "lege", "Sykehjemslege", "LE"),
            Post(EMERGENCY, "lege", "Legevaktlege", "LE"),
            Post(HOSPITAL, "faggruppe", "Faggruppe for maler"),
        ),
    ),
    Worker(
        "arvaken-nordlys",
        "Årvåken",
        "Nordlys",
        date(1993, 10, 10),
        (Post(EMERGENCY, "sykepleier", "Sykepleier", "SP"),),
    ),
    Worker("lun-rogneber", "Lun", "Rognebær", date(1970, 6, 16), (Post(SURGERY, "lege", "Fastlege", "LE"),)),
    Worker(
        "flink-blaveis",
        "Flink",
        "Blåveis",
        date(1986, 1, 28),
        (Post(SURGERY, "helsesekretaer", "Helsesekretær", "HE"),),
    ),
    Worker(
        "varsom-isrose",
        "Varsom",
        "Isrose",
        date(1972, 9, 9),
        (Post(HOSPITAL, "personvernombud", "Personvernombud"),),
    ),
    Worker(
        "praktisk-sandlo",
        "Praktisk",
        "Sandlo",
        date(1983, 4, 17),
        (Post(HOSPITAL, "administrator", "Administrator"),),
    ),
    Worker(
        "lydhor-blaklokke",
        "Lydhør",
        "Blåklokke",
        date(1980, 5, 29),
        (
            Post(STATION, "helsesykepleier", "Helsesykepleier", "SP"),
            Post(SCHOOLS, "helsesykepleier", "Helsesykepleier", "SP"),
        ),
    ),
    Worker(
        "avgatt-lomvi",
        "Avgått",
        "Lomvi",
        date(1996, 12, 20),
        (Post(WARD, "lege", "Vikarlege", "LE", until="2026-06-30"),),
    ),
)
"""The last one's only role has ended: sign-in is refused, and says why."""
