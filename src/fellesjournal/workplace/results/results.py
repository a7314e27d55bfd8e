"""Every value of one test, beside the chart."""

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.ui import naming
from fellesjournal.ui.drawing import drawn
from fellesjournal.ui.values import bounds, measured, side, unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.vitals.doubts import is_odd, is_possible

MOST = 300


async def series(desk: Desk) -> Response:
    """The values of the test that the address names as "system|code", newest first. Raises NotFound."""
    asked = [("patient", desk.part_of_path("id")), ("code", desk.asked("kode")), ("_sort", "-date")]
    found = await desk.search("Observation", [*asked, ("_count", str(MOST))]) if desk.asked("kode") else []
    found = [one for one in found if one["status"] != "entered-in-error"]
    if not found:
        raise NotFound(f"There is no result with the code '{desk.asked('kode')}'.")
    newest = found[0]
    low, high = bounds(newest)
    return desk.page(
        "series.html",
        title=naming.concept(newest["code"]),
        unit=unit_of(newest),
        rows=[_row(one) for one in found],
        drawing=drawn(measured([one for one in found if is_possible(one)]), low, high),
        more=len(found) == MOST,
    )


def _row(observation: Json) -> Json:
    return {
        "when": naming.when(observation),
        "value": value_of(observation),
        "side": side(observation),
        "odd": is_odd(observation),
        "by": next((one.get("display", "") for one in observation.get("performer", ())), ""),
    }
