"""Writing vital signs: a column of fields beside those of before, Tab to the next, Enter saves."""

from collections import Counter
from typing import Any, TypedDict

import msgspec
from starlette.responses import Response

from fellesjournal.norway.ages import age_on
from fellesjournal.ui.norwegian import OSLO, moment_of
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.vitals import children, doubts, grid, pevs, rules, scale, sets
from fellesjournal.workplace.vitals.grid import Column
from fellesjournal.workplace.vitals.rules import Scale, Score
from fellesjournal.workplace.vitals.sets import AIR_FIELD, Written, written
from fellesjournal.workplace.vitals.signs import DEVICES, LEVELS, LITRES, SIGNS

STALE_AFTER = 12 * 60
"""Minutes after which a last value is marked as old: twice the shortest interval of a score of 1-4 (RCP
2017)."""


async def show(desk: Desk) -> Response:
    """The form, with the last value of each sign as a ghost."""
    return await form(desk)


async def save(desk: Desk) -> Response:
    """Store what was written, all or nothing; what is unlikely is asked about first, and stored when a tick
    beside it says that it is right as it stands."""
    id, taken = desk.part_of_path("id"), written(desk.form)
    faults = [_not_number(desk, field, taken.texts[field]) for field in taken.strange]
    if taken.device == AIR_FIELD and taken.texts[LITRES.field]:
        faults.append(desk.t.vitals.litres_on_air)
    faults += children.faults(desk)
    if taken.is_empty and not pevs.judged(desk.form).points and not faults:
        faults.append(desk.t.vitals.nothing)
    asked = doubts.doubts(desk, taken)
    if faults or asked:
        return await form(desk, taken, faults=faults, doubts=asked)
    head = sets.Head(id, desk.now.astimezone(OSLO), (desk.actor.person, desk.actor.display))
    if not is_adult(desk):
        judged = pevs.judged(desk.form)
        await desk.transact(sets.of_child(head, taken, names(desk), judged))
        return await form(desk, saved=judged, stored=True)
    chosen = await scale.chosen(desk, id)
    found = rules.score(taken.taken(chosen.scale))
    await desk.transact(sets.of_adult(head, taken, names(desk), found, chosen.scale))
    return await form(desk, stored=True, score=found, odd=doubts.told(desk, taken))


async def choose_scale(desk: Desk) -> Response:
    """A doctor takes scale 2 for the citizen, or ends it."""
    await scale.choose(desk)
    return await form(desk)


async def live(desk: Desk) -> Response:
    """The score of what is being typed: numbers alone, so no citizen is named, and nothing is looked up."""
    taken = written(desk.form)
    used: Scale = 2 if desk.form.get("skala") == "2" else 1
    return desk.page("score.html", **said(desk, taken, rules.score(taken.taken(used))))


def said(desk: Desk, taken: Written, score: Score) -> Json:
    """What a score's page needs."""
    lacking = [desk.t.vitals.parameters[name] for name in score.lacking]
    parts = [(desk.t.vitals.parameters[name], points) for name, points in score.points.items() if points]
    begun = bool(score.points.keys() - _GIVEN)
    return {
        "score": score,
        "lacking": lacking,
        "points": parts,
        "begun": begun,
        "odd": doubts.told(desk, taken),
    }


_GIVEN = {rules.OXYGEN, rules.CONSCIOUSNESS}


def is_adult(desk: Desk) -> bool:
    """Whether NEWS2 is for the citizen; of one whose birth is not known it is taken to be."""
    born = moment_of(desk.citizen.get("birthDate", ""))
    return born is None or age_on(born.date(), desk.now.astimezone(OSLO).date()) >= rules.ADULT_FROM


def names(desk: Desk) -> dict[str, str]:
    """What devices, levels and scales are called."""
    t = desk.t
    scales = {"skala-1": t.vitals.scale_one, "skala-2": t.vitals.scale_two}
    return {**t.vitals.devices, **t.vitals.levels, **scales, sets.UNLIKELY: t.vitals.confirmed}


async def form(
    desk: Desk, typed: Written | None = None, saved: pevs.Score | None = None, **more: Any
) -> Response:
    """The grid with its column to write in, and what is told above it, with the score of a child that was
    `saved`."""
    id = desk.part_of_path("id")
    measured, flags = await desk.search_together([grid.asked(id), scale.asked(id)], _shown)
    adult, columns, chosen = is_adult(desk), grid.columns(measured), scale.among(flags)
    taken = typed or written(_given(columns))
    values = {
        "faults": [],
        "doubts": {},
        "odd": [],
        "stored": False,
        "score": None,
        "child": None,
        **_sheet(desk, columns, chosen.scale if adult else None),
        **({} if adult else children.facts(desk, columns, saved)),
        **more,
    }
    return desk.page(
        "measure.html",
        id=id,
        texts=taken.texts,
        adult=adult,
        chosen=chosen,
        may_choose=scale.may_choose(desk),
        devices=DEVICES,
        levels=LEVELS,
        live=said(desk, taken, rules.score(taken.taken(chosen.scale))),
        **values,
    )


class _Shown(TypedDict, total=False):
    """What the grid needs of a measurement, and of a flag."""

    id: str
    status: str
    code: Json
    effectiveDateTime: str
    effectivePeriod: Json
    valueQuantity: Json
    valueCodeableConcept: Json
    valueInteger: int
    component: list[Json]
    author: Json
    period: Json


_decode = msgspec.json.Decoder(_Shown).decode


def _shown(body: bytes) -> Json:
    return {**_decode(body)}


def _given(columns: list[Column]) -> dict[str, str]:
    """What stands in the form from the start: air and alert, unless the last set said otherwise: then a
    choice is asked for, as neither would be safe to presume."""
    last = grid.newest(columns)
    on_oxygen = "oksygen" in last and last["oksygen"][0].number == 1
    alert = last["bevissthet"][0].text == "A" if "bevissthet" in last else True
    return {"oksygen": "" if on_oxygen else AIR_FIELD, "bevissthet": "A" if alert else ""}


def _sheet(desk: Desk, columns: list[Column], scale: Scale | None) -> Json:
    """The rows of the grid: each sign with its drawing, its last values and the ghost. Without a scale
    nothing is coloured: a child's values are not held against an adult's bands. `dates` are what most of the
    drawings are of: the others say their own."""
    shown = list(reversed(columns[: grid.COLUMNS]))
    last = grid.newest(columns)
    drawings = {sign.field: grid.drawing(columns, sign.field, scale) for sign in SIGNS}
    rows = [
        {
            "sign": sign,
            "drawing": drawings[sign.field],
            "cells": [(one.cells.get(sign.field), one.points(sign.field, scale)) for one in shown],
            "ghost": last[sign.field][0].text if sign.field in last else "",
            "seen": last[sign.field][1] if sign.field in last else "",
            "stale": sign.field in last and _minutes(desk, last[sign.field][1]) > STALE_AFTER,
        }
        for sign in SIGNS
    ]
    ghosts = {field: last[field][0].text for field in ("oksygen", "bevissthet") if field in last}
    dates = Counter(one.dates for one in drawings.values() if one).most_common(1)
    return {"rows": rows, "columns": shown, "ghosts": ghosts, "dates": dates[0][0] if dates else ""}


def _minutes(desk: Desk, when: str) -> float:
    seen = moment_of(when)
    return (desk.now - seen).total_seconds() / 60 if seen else 0.0


def _not_number(desk: Desk, field: str, text: str) -> str:
    said: str = desk.t.vitals.not_number.format(name=doubts.field_name(desk, field), value=text[:40])
    return said
