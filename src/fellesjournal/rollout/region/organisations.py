"""Which units municipalities and hospitals have, by how many citizens they serve."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fellesjournal.rollout.region.municipalities import slug
from fellesjournal.rollout.region.units import Municipality, Service, Unit

HOSPITALS = ("Isfjell", "Nordlys", "Sjøsprøyt")
"""Three trusts' hospitals, in every region."""


class Kind(NamedTuple):
    """How often there is such a unit: one for so many citizens, at least so many; small municipalities may
    do without (`least` 0) and use the largest one's of their hospital.
    """

    service: Service
    title: str
    citizens_each: int
    least: int


MUNICIPAL = (
    Kind(Service.ALLOCATION, "tildelingskontor", 150_000, 1),
    Kind(Service.HOME_CARE, "hjemmetjeneste", 4_000, 1),
    Kind(Service.NURSING_HOME, "sykehjem", 9_000, 1),
    Kind(Service.SHORT_STAY, "helsehus", 15_000, 0),
    Kind(Service.LEGEVAKT, "legevakt", 40_000, 0),
    Kind(Service.HEALTH_STATION, "helsestasjon", 15_000, 1),
    Kind(Service.SCHOOL_HEALTH, "skolehelsetjeneste", 20_000, 1),
    Kind(Service.PHYSIOTHERAPY, "fysioterapi", 20_000, 1),
    Kind(Service.OCCUPATIONAL_THERAPY, "ergoterapi", 25_000, 0),
    Kind(Service.SAFETY_ALARM, "trygghetspatrulje", 40_000, 0),
    Kind(Service.HEALTHY_LIVING, "frisklivssentral", 40_000, 0),
    Kind(Service.REFUGEE_HEALTH, "flyktninghelsetjeneste", 60_000, 0),
    Kind(Service.INFECTION_CONTROL, "smittevernkontor", 150_000, 0),
    Kind(Service.PRISON_HEALTH, "fengselshelsetjeneste", 150_000, 0),
    Kind(Service.OVERDOSE_TEAM, "overdoseteam", 150_000, 0),
)
HOSPITAL = (
    Kind(Service.EMERGENCY_ROOM, "akuttmottak", 400_000, 1),
    Kind(Service.MEDICAL_WARD, "medisinsk sengepost", 30_000, 1),
    Kind(Service.GERIATRIC_WARD, "geriatrisk sengepost", 120_000, 1),
    Kind(Service.SURGICAL_WARD, "kirurgisk sengepost", 50_000, 1),
    Kind(Service.ORTHOPAEDIC_WARD, "ortopedisk sengepost", 60_000, 1),
    Kind(Service.CHILDRENS_WARD, "barneavdeling", 200_000, 1),
    Kind(Service.MATERNITY, "fødeavdeling", 150_000, 1),
    Kind(Service.OPERATING, "operasjonsavdeling", 200_000, 1),
    Kind(Service.HEART_CLINIC, "hjertepoliklinikk", 200_000, 1),
    Kind(Service.CLINIC, "medisinsk og kirurgisk poliklinikk", 80_000, 1),
    Kind(Service.PSYCHIATRY, "psykiatrisk poliklinikk", 60_000, 1),
    Kind(Service.RADIOLOGY, "radiologisk avdeling", 300_000, 1),
    Kind(Service.LABORATORY, "laboratorium", 300_000, 1),
    Kind(Service.AMBULANCE, "ambulansestasjon", 60_000, 1),
)
GP_OFFICE, SPECIALIST = 5_500, 25_000
"""Citizens for each GP office and each private specialist."""
_OFFICES = (
    "Nordavind",
    "Sønnavind",
    "Morgenrøde",
    "Kveldsol",
    "Flo og fjære",
    "Regnbue",
    "Stjerneklar",
    "Solgløtt",
)


def units(municipalities: Iterable[Municipality], citizens: int) -> Iterator[Unit]:
    """Every unit, businesses before their parts, in an order that stays."""
    for place, unit in enumerate(_all(tuple(municipalities), citizens)):
        yield unit._replace(place=place)


def _all(municipalities: tuple[Municipality, ...], citizens: int) -> Iterator[Unit]:
    for name in HOSPITALS:
        id = f"{slug(name)}-sykehus"
        serves = citizens // len(HOSPITALS)
        yield Unit(id, f"{name} sykehus", 0, serves=serves)
        yield from _parts(HOSPITAL, slug(name), f"{name} sykehus", id, serves)
    for one in municipalities:
        id = f"{one.slug}-kommune"
        yield Unit(id, f"{one.name} kommune", 0, serves=one.citizens)
        first = one.slug == municipalities[0].slug
        yield from _parts(MUNICIPAL, one.slug, f"{one.name} kommune", id, one.citizens, every=first)
        yield from _private(one)


def _parts(
    kinds: Iterable[Kind], beginning: str, business: str, within: str, serves: int, *, every: bool = False
) -> Iterator[Unit]:
    """The units of a business; the first has the plain id, the others a number."""
    for kind in kinds:
        number = max(kind.least or int(every), serves // kind.citizens_each)
        for turn in range(1, number + 1):
            ending, numbered = (f"-{turn}", f" {turn}") if turn > 1 else ("", "")
            yield Unit(
                f"{beginning}-{kind.service}{ending}",
                f"{business}, {kind.title}{numbered}",
                0,
                kind.service,
                within,
                serves // number,
            )


def _private(municipality: Municipality) -> Iterator[Unit]:
    """GP offices, which the first municipality names after the wind and the sky, and specialists."""
    offices = max(1, municipality.citizens // GP_OFFICE)
    for turn in range(offices):
        name = _OFFICES[turn % len(_OFFICES)]
        more = turn // len(_OFFICES) + 1
        id = f"{slug(name)}-legekontor" if municipality.number == "9901" else ""
        id = id or f"{municipality.slug}-{slug(name)}-legekontor"
        ending, numbered = (f"-{more}", f" {more}") if more > 1 else ("", "")
        where = "" if municipality.number == "9901" else f", {municipality.name}"
        title = f"{name} legekontor{numbered}{where}"
        yield Unit(f"{id}{ending}", title, 0, Service.GP, "", municipality.citizens // offices)
    for turn in range(municipality.citizens // SPECIALIST):
        id = f"{municipality.slug}-{Service.SPECIALIST}-{turn + 1}"
        yield Unit(
            id, f"{municipality.name} spesialistpraksis {turn + 1}", 0, Service.SPECIALIST, "", SPECIALIST
        )
