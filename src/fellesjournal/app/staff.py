"""Invented units and the people who work there: for the demo's practice sign-in, and for tests.

Names are of the adjective-and-noun kind that nobody bears, identity numbers synthetic (month + 80). HPR
numbers and HER-ids run from 990000001, the far end of what our profiles allow, where none has been seen. Units
bear no organisation number, because none is set aside for invented ones.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from fellesjournal.access.policy_names import PROFESSION, ROLE
from fellesjournal.app.sample import identity_number
from fellesjournal.norway.codes.people import PROFESSION as PROFESSIONS
from fellesjournal.norway.identity.kinds import Kind

Json = dict[str, Any]

FIRST_NUMBER = 990_000_001
SINCE = "2026-01-01"


class Unit(NamedTuple):
    """A business, or a unit within one (`within`: the id of that)."""

    id: str
    name: str
    within: str = ""


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
HOSPITAL, SURGERY = "isfjell-sykehus", "nordavind-legekontor"

UNITS = (
    Unit(HOSPITAL, "Isfjell sykehus"),
    Unit(WARD, "Isfjell sykehus, medisinsk sengepost", HOSPITAL),
    Unit(CLINIC, "Isfjell sykehus, hjertepoliklinikk", HOSPITAL),
    Unit("isfjell-kommune", "Isfjell kommune"),
    Unit(OFFICE, "Isfjell kommune, tildelingskontor", "isfjell-kommune"),
    Unit(HOME, "Isfjell kommune, hjemmetjeneste nord", "isfjell-kommune"),
    Unit(NURSING, "Multemyra sykehjem", "isfjell-kommune"),
    Unit(EMERGENCY, "Isfjell legevakt", "isfjell-kommune"),
    Unit(SURGERY, "Nordavind legekontor"),
)

WORKERS = (
    Worker(
        "klok-tindvik",
        "Klok",
        "Tindvik",
        date(1968, 2, 11),
        (Post(WARD, "lege", "Overlege", "LE"), Post(CLINIC, "lege", "Overlege", "LE")),
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
            Post(WARD, "lege", "Medisinstudent, lege med lisens", "LE"),
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
        (Post(NURSING, "lege", "Sykehjemslege", "LE"), Post(EMERGENCY, "lege", "Legevaktlege", "LE")),
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
        "avgatt-lomvi",
        "Avgått",
        "Lomvi",
        date(1996, 12, 20),
        (Post(WARD, "lege", "Vikarlege", "LE", until="2026-06-30"),),
    ),
)
"""The last one's only role has ended: sign-in is refused, and says why."""


def resources() -> Iterator[Json]:
    """Units, people and roles; references point only to what comes before."""
    for place, unit in enumerate(UNITS):
        yield _organization(unit, FIRST_NUMBER + place)
    for place, worker in enumerate(WORKERS):
        yield _practitioner(worker, FIRST_NUMBER + place)
        for number, post in enumerate(worker.posts, 1):
            yield _role(worker, post, number)


def pid_of(worker: Worker) -> str:
    """The person's synthetic identity number: of the first individual number that gives one."""
    for serial in range(300, 400):
        try:
            return identity_number(worker.born, serial)
        except ValueError:
            continue
    raise ValueError(f"no individual number from 300 to 399 gives {worker.id} an identity number")


def _organization(unit: Unit, number: int) -> Json:
    made: Json = {
        "resourceType": "Organization",
        "id": unit.id,
        "identifier": [{"system": Kind.HER_ID.system, "value": str(number)}],
        "active": True,
        "name": unit.name,
    }
    return made | ({"partOf": {"reference": f"Organization/{unit.within}"}} if unit.within else {})


def _practitioner(worker: Worker, number: int) -> Json:
    identifiers = [{"system": Kind.BIRTH_NUMBER.system, "value": pid_of(worker)}]
    professions = sorted({post.profession for post in worker.posts if post.profession})
    made: Json = {
        "resourceType": "Practitioner",
        "id": worker.id,
        "identifier": identifiers,
        "active": True,
        "name": [{"family": worker.family, "given": [worker.given]}],
        "birthDate": worker.born.isoformat(),
    }
    if professions:
        identifiers.append({"system": Kind.HPR_NUMBER.system, "value": str(number)})
        made["qualification"] = [{"code": _profession(one)} for one in professions]
    return made


def _role(worker: Worker, post: Post, number: int) -> Json:
    named = {"coding": [{"system": ROLE, "code": post.policy}], "text": post.title}
    return {
        "resourceType": "PractitionerRole",
        "id": f"{worker.id}-{number}",
        "active": True,
        "period": {"start": SINCE} | ({"end": post.until} if post.until else {}),
        "practitioner": {"reference": f"Practitioner/{worker.id}"},
        "organization": {"reference": f"Organization/{post.unit}"},
        "code": [named, *([_profession(post.profession)] if post.profession else [])],
    }


def _profession(code: str) -> Json:
    found = PROFESSIONS.find(code)
    assert found is not None
    return {"coding": [{"system": PROFESSION, "code": code, "display": found.display}]}
