"""Results of tests, measurements, and the answers to examinations such as X-rays."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from fellesjournal.errors import NotFound
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.rows import Group, Row, lines, name_in, names_of, search, with_names
from fellesjournal.ui import naming
from fellesjournal.ui.attached import file_in
from fellesjournal.ui.attachments import SHOWN
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import number
from fellesjournal.ui.values import address, bounds, side, unit_of, value_of

LOINC = "http://loinc.org"
VITALS = ("85354-9", "8867-4", "9279-1", "2708-6", "8310-5", "29463-7", "8302-2", "9843-4")
_NOT_SHOWN = ("entered-in-error", "cancelled", "registered")


async def results(folder: Folder) -> Sequence[Group]:
    """The newest result of each test, and the answers to examinations."""
    found = await search(folder, "Observation", "-date", ("category", "laboratory"))
    reports, names = await with_names(folder, "DiagnosticReport", "-date", "performer")
    answers = [_answer(one, names) for one in reports if is_answer(one)]
    return (Group("tests", _newest(folder, found)), Group("examinations", answers))


async def measurements(folder: Folder) -> Sequence[Group]:
    """The newest of each measurement."""
    codes = ",".join(f"{LOINC}|{code}" for code in VITALS)
    return [Group("", _newest(folder, await search(folder, "Observation", "-date", ("code", codes))))]


def is_measurement(observation: Json) -> bool:
    """Whether it is one of those that are shown as measurements."""
    return not naming.coded_as(observation["code"]).isdisjoint(VITALS)


def holds(observation: Json) -> bool:
    """Whether a value stands: one that was written by mistake does not."""
    return observation["status"] not in _NOT_SHOWN


def is_answer(report: Json) -> bool:
    """Whether a report says something itself: of many all is told by the results that they gather."""
    says = "conclusion" in report or "presentedForm" in report or "result" not in report
    return says and report["status"] not in _NOT_SHOWN


async def report(folder: Folder) -> Response:
    """The answer to an examination: its conclusion, the values that belong to it and its files. Raises
    NotFound.
    """
    one = await _own(folder)
    found = await search(
        folder, "DiagnosticReport", "", ("_id", one["id"]), ("_include", "DiagnosticReport:performer"),
        ("_include", "DiagnosticReport:result"),
    )  # fmt: skip
    names = names_of(found)
    return folder.page(
        "rapport.html",
        live=("DiagnosticReport",),
        id=one["id"],
        title=naming.concept(one["code"]),
        when=naming.when(one),
        by=", ".join(filter(None, (name_in(each, names) for each in one.get("performer", ())))),
        preliminary=one["status"] in ("partial", "preliminary"),
        conclusion=one.get("conclusion", ""),
        found=[*map(naming.concept, one.get("conclusionCode", ()))],
        values=[
            _measured(folder, each) for each in found if each["resourceType"] == "Observation" and holds(each)
        ],
        files=[
            (place, form.get("title", ""))
            for place, form in enumerate(one.get("presentedForm", ()))
            if form.get("contentType") in SHOWN and "data" in form
        ],
    )


async def file(folder: Folder) -> Response:
    """One of the files of a report. Raises NotFound."""
    kind, content = file_in((await _own(folder)).get("presentedForm", ()), folder.part_of_path("place"))
    return Response(content, media_type=kind, headers={"Content-Disposition": "inline"})


async def _own(folder: Folder) -> Json:
    found = await folder.read("DiagnosticReport", folder.part_of_path("id"))
    if folder.patient not in naming.references(found.get("subject")) or not is_answer(found):
        raise NotFound("The citizen has no such answer.")
    return found


def _answer(one: Json, names: Mapping[str, str]) -> Row:
    return Row(
        naming.concept(one["code"]),
        lines(*(name_in(each, names) for each in one.get("performer", ()))),
        naming.when(one),
        f"/journal/rapport/{one['id']}",
    )


def _newest(folder: Folder, found: Sequence[Json]) -> list[Row]:
    """The first of each kind, which is the newest, with its value and the way to all of them."""
    seen: dict[str, Row] = {}
    for one in filter(holds, found):
        seen.setdefault(naming.concept(one["code"]), _measured(folder, one))
    return list(seen.values())


def _measured(folder: Folder, one: Json) -> Row:
    code, t, language = address(one), folder.t, folder.visit.language
    usual = usual_value(folder, one)
    return Row(
        naming.concept(one["code"]),
        lines(t.result[side(one)] if side(one) else "", f"{t.result.usual} {usual}" if usual else ""),
        naming.when(one),
        f"/journal/prove?kode={code}" if code else "",
        f"{number(value_of(one), language)} {unit_of(one)}".strip(),
        side(one),
    )


def usual_value(folder: Folder, one: Json) -> str:
    """The reference values in words: "3,5–11", "under 5", "over 60"; "" where there are none."""
    low, high = (None if one is None else number(f"{one:g}", folder.visit.language) for one in bounds(one))
    if low is not None and high is not None:
        return f"{low}–{high}"
    if high is not None:
        return str(folder.t.result.below.format(high=high))
    return str(folder.t.result.above.format(low=low)) if low is not None else ""
