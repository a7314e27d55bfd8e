"""A day in the region: what its people do hour by hour, each in their own role.

The same seed, day, citizens and what is known of them give the same acts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import msgspec

from fellesjournal.rollout.region import day_notes, hours
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.scenes import Scene, Signs
from fellesjournal.rollout.region.staff import EMERGENCY, HOME, NURSING, SURGERY, WARD
from fellesjournal.rollout.region.stories.psychiatric import ID as BLOCKS_LEGEVAKT

FIRST_HOUR, LAST_HOUR = 7, 23
"""Between which the day is played."""
CONSULTATION, CONSULTATIONS = timedelta(minutes=20), 18
"""How long one lasts at the GP's, and up to how many those who call fill the day."""
LEAVE, STAYED = 2, timedelta(days=3)
"""So many go home from the ward in a day, at most, when they have been there so long."""


class Part(NamedTuple):
    """Someone with a part in the day: who, at which unit, and how their citizens and the appointments that
    are booked with them are found (searches; of appointments the day is left out)."""

    worker: str
    unit: str
    citizens: str
    booked: str = ""


_ON_THE_WARD = f"Encounter?status=in-progress&class=IMP&service-provider=Organization/{WARD}"
WARD_NURSE = Part("varm-lyngmo", WARD, _ON_THE_WARD)
WARD_DOCTOR = Part("ivrig-steinroys", WARD, _ON_THE_WARD)
HOME_NURSE = Part(
    "vennlig-solber",
    HOME,
    f"EpisodeOfCare?status=active&organization=Organization/{HOME}",
    f"Appointment?status=booked&location=Location/{HOME}",
)
NURSING_NURSE = Part(
    "stodig-kvitveis", NURSING, f"Encounter?status=in-progress&service-provider=Organization/{NURSING}"
)
GP = Part(
    "lun-rogneber",
    SURGERY,
    "Patient?general-practitioner=Practitioner/lun-rogneber&deceased=false",
    "Appointment?status=booked&practitioner=Practitioner/lun-rogneber",
)
LEGEVAKT_NURSE = Part(
    "arvaken-nordlys",
    EMERGENCY,
    f"Encounter?status=in-progress&class=EMER&service-provider=Organization/{EMERGENCY}",
)
SECRETARY = Part("flink-blaveis", SURGERY, GP.citizens)
PARTS = (WARD_NURSE, WARD_DOCTOR, HOME_NURSE, NURSING_NURSE, GP, LEGEVAKT_NURSE)
"""Those whose citizens are looked for. Some of the GP's come to legevakt unannounced, some are admitted from
there."""


class Known(NamedTuple):
    """What the record knows of everybody before the day: vital signs last measured, and contacts that go on,
    by citizen; appointments of the day, by whom they are with."""

    signs: Mapping[str, Signs] = {}
    contacts: Mapping[str, Json] = {}
    booked: Mapping[Part, Sequence[Json]] = {}


class Act(NamedTuple):
    """One thing that somebody does: what is written, all or nothing, and a line that tells of it. A resource
    that an earlier act wrote, or that was there before, is written again."""

    at: datetime
    worker: str
    line: str
    bodies: tuple[bytes, ...]


Play = Callable[[Scene, Chance], str]


def day(seed: str, on: date, citizens: Mapping[Part, Sequence[str]], known: Known | None = None) -> list[Act]:
    """The acts of a day in the order in which they happen; `citizens` are ids, by whom they belong to."""
    return _Day(seed, on, citizens, known or Known()).acts()


class _Day:
    """Who is where through the day, and how they are: who is in a bed comes not to the GP, who has gone home
    is not measured on the ward."""

    def __init__(self, seed: str, on: date, citizens: Mapping[Part, Sequence[str]], known: Known) -> None:
        self._chance = Chance(seed, "day", on)
        self._on, self._citizens = on, citizens
        self._signs, self._contacts = dict(known.signs), dict(known.contacts)
        self._booked = known.booked
        self._expected: dict[str, Json] = {}
        """The appointments of those who come to the GP."""
        self._asked: dict[str, str] = {}

    def acts(self) -> list[Act]:
        acts = []
        planned = sorted(self._plan(), key=lambda one: one[0])
        for number, (when, part, citizen, play) in enumerate(planned):
            scene = Scene(part.worker, part.unit, citizen, when, number, self._signs)
            line = play(scene, self._chance)
            if scene.chart.bodies:
                acts.append(Act(when, part.worker, line, tuple(scene.chart.bodies)))
        return acts

    def _of(self, part: Part) -> Sequence[str]:
        return self._citizens.get(part, ())

    def _plan(self) -> Iterator[tuple[datetime, Part, str, Play]]:
        """When who meets whom, and what they do then."""
        in_bed = {*self._of(WARD_NURSE), *self._of(NURSING_NURSE), *self._of(LEGEVAKT_NURSE)}
        booked = ((_patient(one), one) for one in self._booked.get(GP, ()))
        self._expected = {citizen: one for citizen, one in booked if citizen not in in_bed}
        away = in_bed | self._expected.keys()
        up = self._some([one for one in self._of(GP) if one not in away], 200)
        to_legevakt = [one for one in up if one != BLOCKS_LEGEVAKT][:4]
        admitted = to_legevakt[:2] if self._of(WARD_DOCTOR) else []
        yield from self._ward(admitted)
        yield from self._home_and_nursing(in_bed)
        yield from self._surgery([one for one in up if one not in to_legevakt])
        for place, citizen in enumerate(self._of(LEGEVAKT_NURSE)):
            yield self._at(7, 20 + 25 * place), LEGEVAKT_NURSE, citizen, self._goes_home
        for place, citizen in enumerate(to_legevakt):
            comes = self._at(11, 40 + 95 * place)
            yield comes, LEGEVAKT_NURSE, citizen, self._triage
            yield comes + timedelta(minutes=55), LEGEVAKT_NURSE, citizen, self._goes_home
            if citizen in admitted:
                yield comes + timedelta(minutes=80), WARD_DOCTOR, citizen, self._admission

    def _surgery(self, unexpected: Sequence[str]) -> Iterator[tuple[datetime, Part, str, Play]]:
        """Those with an appointment come to it, and between them some who called this morning. Nobody goes in
        before the one in front has left."""
        times = {citizen: _start(one) for citizen, one in self._expected.items()}
        slots = (self._at(8, 20 * number) for number in range(21))
        free = [slot for slot in slots if all(abs(slot - one) >= CONSULTATION for one in times.values())]
        times |= dict(zip(unexpected, free[: max(0, CONSULTATIONS - len(times))], strict=False))
        over = self._at(FIRST_HOUR, 30)
        for place, (start, citizen) in enumerate(sorted((time, one) for one, time in times.items())):
            begins = max(start, over)
            if citizen in self._expected:
                yield begins - timedelta(minutes=4), SECRETARY, citizen, self._arrives
            over = begins + CONSULTATION - timedelta(minutes=2)
            yield begins, GP, citizen, self._goes_in
            yield over, GP, citizen, self._consultation
            if place % 3 == 0:
                yield over + timedelta(minutes=8), SECRETARY, citizen, _booking(place)

    def _ward(self, admitted: Sequence[str]) -> Iterator[tuple[datetime, Part, str, Play]]:
        ward = self._of(WARD_NURSE)
        leave = [one for one in ward if self._stayed(one) >= STAYED][:LEAVE]
        for hour in (8, 14, 20):
            there = [one for one in ward if hour < 14 or one not in leave]
            for place, citizen in enumerate([*there, *(admitted if hour == 20 else ())]):
                yield self._at(hour, 4 * place), WARD_NURSE, citizen, _round
        for place, citizen in enumerate(self._of(WARD_DOCTOR)):
            yield self._at(9, 30 + 9 * place), WARD_DOCTOR, citizen, _ward_round
        for place, citizen in enumerate(leave):
            yield self._at(13, 5 + 20 * place), WARD_DOCTOR, citizen, self._discharge

    def _home_and_nursing(self, in_bed: set[str]) -> Iterator[tuple[datetime, Part, str, Play]]:
        planned = [one for one in self._booked.get(HOME_NURSE, ()) if _patient(one) not in in_bed]
        for one in planned:
            over = _start(one) + timedelta(minutes=one["minutesDuration"])
            yield over, HOME_NURSE, _patient(one), self._planned_visit(one)
        at_home = [one for one in self._of(HOME_NURSE) if one not in in_bed and not planned]
        for place, citizen in enumerate(self._some(at_home, 18)):
            yield self._at(8, 25 * place + 5), HOME_NURSE, citizen, self._home_visit
        for place, citizen in enumerate(self._some(self._of(NURSING_NURSE), 18)):
            yield self._at(10, 30 * place + 5), NURSING_NURSE, citizen, _nursing_home

    def _at(self, hour: int, minute: int) -> datetime:
        return at(self._on, hour) + timedelta(minutes=minute)

    def _stayed(self, citizen: str) -> timedelta:
        """How long someone has lain at the ward; nothing when that is not known."""
        start = self._contacts.get(citizen, {}).get("period", {}).get("start", "")
        return at(self._on, 13) - datetime.fromisoformat(start[:19]) if "T" in start else timedelta()

    def _some(self, ids: Sequence[str], most: int) -> list[str]:
        """As many as there are, at most so many, in an order of this day's."""
        return sorted(ids, key=lambda _: self._chance.share())[:most]

    # What is played with somebody who comes again that day

    def _arrives(self, scene: Scene, _: Chance) -> str:
        scene.books_as(self._expected[scene.citizen], "arrived")
        return "tar imot på legekontoret"

    def _goes_in(self, scene: Scene, _: Chance) -> str:
        booked = self._expected.get(scene.citizen)
        scene.begins(Way.VISIT, _called(booked))
        self._contacts[scene.citizen] = msgspec.json.decode(scene.chart.bodies[-1])
        if booked:
            scene.books_as(booked, "fulfilled")
        return "tar inn til konsultasjon"

    def _consultation(self, scene: Scene, chance: Chance) -> str:
        going_on = self._contacts.pop(scene.citizen)
        contact = f"Encounter/{going_on['id']}"
        scene.vitals(chance, contact)
        scene.note("Konsultasjon", chance.pick(day_notes.CONSULTATION), contact)
        scene.ends(going_on)
        if scene.citizen in self._of(HOME_NURSE):
            self._asked[scene.citizen] = scene.message(
                "Beskjed fra fastlegen", chance.pick(day_notes.MESSAGES), f"Organization/{HOME}"
            )
        return "har konsultasjon"

    def _planned_visit(self, booked: Json) -> Play:
        """A visit as it was planned, which is then fulfilled."""

        def play(scene: Scene, chance: Chance) -> str:
            scene.books_as(booked, "fulfilled")
            return self._home_visit(scene, chance, booked)

        return play

    def _home_visit(self, scene: Scene, chance: Chance, booked: Json | None = None) -> str:
        minutes = booked["minutesDuration"] if booked else 20
        contact = scene.contact(Way.HOME, minutes, _called(booked))
        if chance.yes(0.5):
            scene.vitals(chance, contact)
        what = booked.get("description", "") if booked else ""
        scene.note("Hjemmebesøk", chance.pick(day_notes.home_visit(what, scene.when.hour)), contact)
        if asked := self._asked.pop(scene.citizen, ""):
            scene.message("Beskjed fra fastlegen", day_notes.ANSWER, f"Practitioner/{GP.worker}", asked)
            return "er på hjemmebesøk, og svarer fastlegen"
        return "er på hjemmebesøk"

    def _triage(self, scene: Scene, chance: Chance) -> str:
        contact = scene.begins(Way.EMERGENCY)
        self._contacts[scene.citizen] = msgspec.json.decode(scene.chart.bodies[-1])
        scene.vitals(chance, contact)
        scene.note("Triage", chance.pick(day_notes.TRIAGE), contact)
        return "tar imot på legevakten"

    def _goes_home(self, scene: Scene, chance: Chance) -> str:
        contact = self._contacts.get(scene.citizen)
        if (
            contact and contact["period"]["start"][:19] <= scene.when.isoformat()
        ):  # a day gone by is played too
            del self._contacts[scene.citizen]
            scene.note("Avsluttet", chance.pick(day_notes.LEAVES), f"Encounter/{contact['id']}")
            scene.ends(contact)
        return "er ferdig på legevakten"

    def _admission(self, scene: Scene, chance: Chance) -> str:
        contact = scene.begins(Way.STAY)
        self._contacts[scene.citizen] = msgspec.json.decode(scene.chart.bodies[-1])
        scene.note("Innkomst", chance.pick(day_notes.ADMISSION), contact)
        return "legger inn en pasient"

    def _discharge(self, scene: Scene, chance: Chance) -> str:
        contact = self._contacts.pop(scene.citizen)
        told = chance.pick(day_notes.DISCHARGE)
        scene.note("Epikrise", told, f"Encounter/{contact['id']}", Kind.DISCHARGE)
        scene.ends(contact)
        return "skriver ut en pasient"


def _patient(appointment: Json) -> str:
    """The id of the citizen who is expected."""
    actors = (one.get("actor", {}).get("reference", "") for one in appointment["participant"])
    return next((one.removeprefix("Patient/") for one in actors if one.startswith("Patient/")), "")


def _start(appointment: Json) -> datetime:
    """When it begins, in local time."""
    return datetime.fromisoformat(appointment["start"][:19])


def _called(appointment: Json | None) -> str:
    return f"Appointment/{appointment['id']}" if appointment else ""


def _round(scene: Scene, chance: Chance) -> str:
    scene.vitals(chance)
    return "måler vitale tegn på sengeposten"


def _ward_round(scene: Scene, chance: Chance) -> str:
    scene.note("Visitt", chance.pick(day_notes.ROUND), "")
    return "skriver visittnotat"


def _nursing_home(scene: Scene, chance: Chance) -> str:
    scene.vitals(chance)
    return "måler vitale tegn på sykehjemmet"


def _booking(place: int) -> Play:
    """A control in two weeks; no two at the same time."""

    def play(scene: Scene, _: Chance) -> str:
        day = working_day(scene.when.date() + timedelta(days=14))
        scene.books("Kontroll", hours.SURGERY.starts(day, 20)[place], SURGERY, GP.worker)
        return "setter opp ny time"

    return play
