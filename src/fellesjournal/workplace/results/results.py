"""Every value of one test, beside the chart."""

from datetime import datetime

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import moment_of
from fellesjournal.ui.values import number_of, unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.results.drawing import drawn

MOST = 300


async def series(desk: Desk) -> Response:
    """The values of the test that the address names as "system|code", newest first. Raises NotFound."""
    asked = [("patient", desk.part_of_path("id")), ("code", desk.asked("kode")), ("_sort", "-date")]
    found = await desk.search("Observation", [*asked, ("_count", str(MOST))]) if desk.asked("kode") else []
    if not found:
        raise NotFound(f"There is no result with the code '{desk.asked('kode')}'.")
    newest = found[0]
    low, high = bounds(newest)
    return desk.page(
        "series.html",
        title=naming.concept(newest["code"]),
        unit=unit_of(newest),
        rows=[_row(one) for one in found],
        drawing=drawn(_measured(found), low, high),
        more=len(found) == MOST,
    )


def bounds(observation: Json) -> tuple[float | None, float | None]:
    """The reference values of a result: lower and upper, None where it has none."""
    range_: Json = next(iter(observation.get("referenceRange", ())), {})
    low, high = (range_.get(side, {}).get("value") for side in ("low", "high"))
    return low, high


def side(observation: Json) -> str:
    """On which side of the reference values a result is: "high", "low", or "" within."""
    judged = {code for one in observation.get("interpretation", ()) for code in naming.coded_as(one)}
    return "high" if judged & {"H", "HH"} else "low" if judged & {"L", "LL"} else ""


def address(observation: Json) -> str:
    """The first code of a result as an address names it: "system|code"; "" where it has none."""
    codings = [one for one in observation["code"].get("coding", ()) if "code" in one]
    return f"{codings[0].get('system', '')}|{codings[0]['code']}" if codings else ""


def _row(observation: Json) -> Json:
    return {
        "when": naming.when(observation),
        "value": value_of(observation),
        "side": side(observation),
        "by": next((one.get("display", "") for one in observation.get("performer", ())), ""),
    }


def _measured(found: list[Json]) -> list[tuple[datetime, float]]:
    """When and what, in the order of time, of the results that are numbers with a known day."""
    measured = []
    for one in reversed(found):
        moment, number = moment_of(naming.when(one)), number_of(one)
        if moment is not None and number is not None:
            measured.append((moment, number))
    return measured
