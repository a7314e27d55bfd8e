"""Who works at a unit: roles by how many citizens it serves, about 40,000 in a region of 720,000.

Shares follow Statistics Norway's figures of health workers by profession and sector (table 07941), rounded.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from fellesjournal.rollout.region.specialities import HOW_MANY
from fellesjournal.rollout.region.units import Service, Unit


class Post(NamedTuple):
    """A role at a unit: the policy (access/roles), the profession (list 9060, "" for none), and what it is
    called; one for so many citizens that the unit serves.
    """

    policy: str
    profession: str
    title: str
    citizens_each: int
    least: int = 1
    """How many there are of them, however few citizens it serves."""


IN_SHIFTS = 4
"""Nurses that a ward needs to have one at work day and night who rests between two shifts."""
IN_TURNS = 3
"""Of those who visit homes by day, in the evening and at night."""
DOCTOR, NURSE = ("lege", "LE"), ("sykepleier", "SP")
ASSISTANT, SECRETARY = (
    ("helsefagarbeider", "HF", "Helsefagarbeider"),
    ("helsesekretaer", "HE", "Helsesekretær"),
)
PHYSIO, OCCUPATIONAL = ("fysioterapeut", "FT", "Fysioterapeut"), ("ergoterapeut", "ET", "Ergoterapeut")
PUBLIC_NURSE, MIDWIFE = ("helsesykepleier", "SP", "Helsesykepleier"), ("jordmor", "JO", "Jordmor")

_WARD = (
    Post(*DOCTOR, "Overlege", 4_000),
    Post(*DOCTOR, "Lege i spesialisering", 3_000),
    Post(*NURSE, "Sykepleier", 600, IN_SHIFTS),
    Post(*ASSISTANT, 3_000),
    Post(*SECRETARY, 12_000),
)
_CLINIC = (Post(*NURSE, "Sykepleier", 9_000), Post(*SECRETARY, 12_000))

POSTS: dict[Service, tuple[Post, ...]] = {
    Service.GP: (Post(*DOCTOR, "Fastlege", 1_050), Post(*SECRETARY, 1_500)),
    Service.LEGEVAKT: (Post(*DOCTOR, "Legevaktlege", 4_000), Post(*NURSE, "Sykepleier", 3_000)),
    Service.HOME_CARE: (
        Post(*NURSE, "Sykepleier", 200, IN_TURNS),
        Post(*ASSISTANT, 120, IN_TURNS),
        Post("vernepleier", "VP", "Vernepleier", 900),
        Post("hjemmehjelp", "", "Hjemmehjelp", 1_500),
    ),
    Service.ALLOCATION: (Post("saksbehandler", "", "Saksbehandler", 3_000),),
    Service.NURSING_HOME: (
        Post(*NURSE, "Sykepleier", 210),
        Post(*ASSISTANT, 105),
        Post(*DOCTOR, "Sykehjemslege", 6_000),
    ),
    Service.SHORT_STAY: (
        Post(*NURSE, "Sykepleier", 900),
        Post(*ASSISTANT, 900),
        Post(*DOCTOR, "Lege", 12_000),
        Post(*PHYSIO, 9_000),
    ),
    Service.HEALTH_STATION: (
        Post(*PUBLIC_NURSE, 1_800),
        Post(*MIDWIFE, 6_000),
        Post(*DOCTOR, "Helsestasjonslege", 15_000),
    ),
    Service.SCHOOL_HEALTH: (Post(*PUBLIC_NURSE, 2_500),),
    Service.PHYSIOTHERAPY: (Post(*PHYSIO, 1_300),),
    Service.OCCUPATIONAL_THERAPY: (Post(*OCCUPATIONAL, 3_000),),
    Service.SAFETY_ALARM: (Post(*ASSISTANT, 4_000), Post(*NURSE, "Sykepleier", 12_000)),
    Service.PRISON_HEALTH: (Post(*NURSE, "Sykepleier", 60_000), Post(*DOCTOR, "Lege", 150_000)),
    Service.REFUGEE_HEALTH: (Post(*PUBLIC_NURSE, 20_000), Post(*DOCTOR, "Lege", 60_000)),
    Service.INFECTION_CONTROL: (Post("smittevernlege", "LE", "Smittevernlege", 150_000),),
    Service.OVERDOSE_TEAM: (Post(*NURSE, "Sykepleier", 30_000),),
    Service.HEALTHY_LIVING: (Post(*PHYSIO, 20_000),),
    Service.EMERGENCY_ROOM: (Post(*DOCTOR, "Lege", 6_000), Post(*NURSE, "Sykepleier", 3_000)),
    Service.MEDICAL_WARD: (*_WARD, Post("legestudent", "", "Medisinstudent, lege med lisens", 15_000)),
    Service.GERIATRIC_WARD: (*_WARD, Post(*PHYSIO, 12_000), Post(*OCCUPATIONAL, 24_000)),
    Service.SURGICAL_WARD: _WARD,
    Service.ORTHOPAEDIC_WARD: (*_WARD, Post(*PHYSIO, 12_000)),
    Service.CHILDRENS_WARD: (Post(*DOCTOR, "Overlege", 6_000), Post(*NURSE, "Sykepleier", 2_000, IN_SHIFTS)),
    Service.MATERNITY: (
        Post(*MIDWIFE, 1_800, IN_SHIFTS),
        Post(*DOCTOR, "Overlege", 8_000),
        Post(*ASSISTANT, 5_000),
    ),
    Service.OPERATING: (Post(*DOCTOR, "Anestesilege", 6_000), Post(*NURSE, "Operasjonssykepleier", 1_500)),
    Service.HEART_CLINIC: (Post(*DOCTOR, "Overlege", 9_000), *_CLINIC),
    Service.CLINIC: (Post(*DOCTOR, "Overlege", 9_000, HOW_MANY), *_CLINIC),
    Service.PSYCHIATRY: (
        Post("psykiatrisk-lege", "LE", "Overlege", 5_000),
        Post("psykolog", "PS", "Psykologspesialist", 2_500),
        Post("psykiatrisk-sykepleier", "SP", "Sykepleier", 1_500),
    ),
    Service.RADIOLOGY: (Post(*DOCTOR, "Radiolog", 6_000), Post("radiograf", "RA", "Radiograf", 2_500)),
    Service.LABORATORY: (Post("bioingenior", "BI", "Bioingeniør", 1_500),),
    Service.AMBULANCE: (Post("ambulansearbeider", "AA", "Ambulansearbeider", 1_000),),
    Service.SPECIALIST: (Post(*DOCTOR, "Avtalespesialist", 25_000), Post(*SECRETARY, 25_000)),
}
"""Each unit has at least one of each, and a ward enough nurses for its shifts."""


def turns(unit: Unit) -> Iterator[tuple[Post, int]]:
    """Everyone who works at a unit: the post, and which one they are of those in that role, from 0."""
    so_far: Counter[str] = Counter()
    for post in POSTS[unit.service] if unit.service else ():
        for _ in range(max(post.least, round(unit.serves / post.citizens_each))):
            yield post, so_far[post.policy]
            so_far[post.policy] += 1
