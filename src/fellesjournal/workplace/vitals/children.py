"""The part of the form of vital signs that is a child's: PEVS, judged beside what is measured."""

from starlette.responses import Response

from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.vitals import pevs
from fellesjournal.workplace.vitals.grid import Column


async def live(desk: Desk) -> Response:
    """The score as it is being judged: points alone, so no citizen is named, and nothing is looked up."""
    return desk.page("pevs.html", child=pevs.judged(desk.form))


def faults(desk: Desk) -> list[str]:
    """What is told of fields that say no points."""
    t = desk.t.vitals.pevs
    return [
        t.no_points.format(name=t[name], value=text[:40]) for name, text in pevs.strange(desk.form).items()
    ]


def facts(desk: Desk, columns: list[Column], saved: pevs.Score | None) -> Json:
    """What the form needs: the score that was `saved`, and the one that is being judged."""
    judging = pevs.Score({}) if saved else pevs.judged(desk.form)
    return {
        "pevs_parts": pevs.PARTS,
        "pevs_typed": {} if saved else desk.form,
        "judging": judging._replace(before=_before(desk, columns)),
        "child": saved,
    }


def _before(desk: Desk, columns: list[Column]) -> int | None:
    """The last sum, if it is new enough for a rise to be told."""
    for column in columns:
        cell = column.cells.get("pevs")
        if cell and cell.number is not None and column.moment:
            return int(cell.number) if desk.now - column.moment <= pevs.COUNTS_FOR else None
    return None
