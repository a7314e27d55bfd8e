"""The areas of the record as a citizen reads them: what each asks for, and its rows in plain words."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from fellesjournal.fhir.medicines import medicine
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.documents import documents
from fellesjournal.portal.record.results import measurements, results
from fellesjournal.portal.record.rows import Group, Row, lines, name_in, search, with_names
from fellesjournal.portal.record.services import services
from fellesjournal.portal.record.times import appointments
from fellesjournal.portal.record.treatment import plans, procedures
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import day, moment_of

Found = Awaitable[Sequence[Group]]


class Area(NamedTuple):
    """One area. `name` is its word in addresses and catalogue; news of its `types` are told of there."""

    name: str
    types: tuple[str, ...]
    groups: Callable[[Folder], Found]


async def diagnoses(folder: Folder) -> Sequence[Group]:
    """What the citizen has, and what has passed."""
    found = await search(folder, "Condition", "-recorded-date")
    rows = [
        (
            "active" in naming.coded_as(one.get("clinicalStatus", {})),
            Row(
                naming.concept(one.get("code")),
                lines(one.get("recorder", {}).get("display", ""), _known(folder, one)),
            ),
        )
        for one in found
        if "entered-in-error" not in naming.coded_as(one.get("verificationStatus", {}))
    ]
    return (
        Group("now", [row for active, row in rows if active]),
        Group("before", [row for active, row in rows if not active]),
    )


def _known(folder: Folder, one: Json) -> str:
    """Since when the citizen has it, or had it."""
    since = str(one.get("onsetDateTime") or one.get("recordedDate", ""))
    return _span(folder, since, one.get("abatementDateTime", ""))


def _span(folder: Folder, start: str, end: str) -> str:
    """ "Siden 26.11.2015", "Fra 28.03.2022 til 11.04.2022"; "" where it is not known from when."""
    text = folder.t.span.between if end else folder.t.span.since
    return str(text.format(start=day(start), end=day(end))) if start else ""


async def medicines(folder: Folder) -> Sequence[Group]:
    """What is in use, and what was used before."""
    found = await search(folder, "MedicationStatement", "-effective")
    illnesses = await search(folder, "Condition") if any("reasonReference" in one for one in found) else []
    named = {f"Condition/{one['id']}": naming.concept(one.get("code")) for one in illnesses}
    rows = [
        (
            one["status"] == "active",
            Row(
                naming.concept(medicine(one)),
                lines(
                    next((dose.get("text", "") for dose in one.get("dosage", ())), ""),
                    _reason(one, named),
                    _used(folder, one),
                ),
            ),
        )
        for one in found
        if one["status"] != "entered-in-error"
    ]
    return (
        Group("in-use", [row for active, row in rows if active]),
        Group("stopped", [row for active, row in rows if not active]),
    )


def _reason(one: Json, named: Mapping[str, str]) -> str:
    """What it is for, as it is written there, or as the illness that it refers to is called."""
    referred = (named.get(to.get("reference", ""), "") for to in one.get("reasonReference", ()))
    return next(filter(None, (*map(naming.concept, one.get("reasonCode", ())), *referred)), "")


def _used(folder: Folder, one: Json) -> str:
    """From when until when it is or was taken."""
    return _span(folder, naming.when(one), one.get("effectivePeriod", {}).get("end", ""))


async def allergies(folder: Folder) -> Sequence[Group]:
    """What the citizen must not have."""
    found = await search(folder, "AllergyIntolerance")
    return [
        Group(
            "",
            [
                Row(
                    naming.concept(one.get("code")),
                    lines(
                        *(
                            naming.concept(shown)
                            for reaction in one.get("reaction", ())
                            for shown in reaction.get("manifestation", ())
                        )
                    ),
                    naming.when(one),
                )
                for one in found
                if "entered-in-error" not in naming.coded_as(one.get("verificationStatus", {}))
            ],
        )
    ]


async def vaccines(folder: Folder) -> Sequence[Group]:
    """Each vaccine that was given."""
    found = await search(folder, "Immunization", "-date")
    rows = [
        Row(
            naming.concept(one.get("vaccineCode")),
            lines(one.get("location", {}).get("display", "")),
            naming.when(one),
        )
        for one in found
        if one["status"] == "completed"
    ]
    return [Group("", rows)]


async def contacts(folder: Folder) -> Sequence[Group]:
    """Visits to and from those who help, and stays."""
    found, names = await with_names(folder, "Encounter", "-date", "service-provider")
    rows = [
        Row(
            next(iter(map(naming.concept, one.get("type", ()))), "") or folder.t.contact.unnamed,
            lines(
                name_in(one.get("serviceProvider", {}), names),
                *map(naming.concept, one.get("reasonCode", ())),
                _stayed(folder, one),
            ),
            naming.when(one),
        )
        for one in found
        if one["status"] not in ("entered-in-error", "cancelled", "planned")
    ]
    return [Group("", rows)]


def _stayed(folder: Folder, one: Json) -> str:
    """Until when a stay of more than a day lasted, or that it goes on; "" for a visit."""
    period = one.get("period", {})
    start, end = (moment_of(period.get(name, "")) for name in ("start", "end"))
    if start and end and end.date() > start.date():
        return str(folder.t.contact.until.format(end=day(period["end"])))
    return str(folder.t.contact.goes_on) if one["status"] == "in-progress" else ""


AREAS = {
    area.name: area
    for area in (
        Area("timer", ("Appointment",), appointments),
        Area("prover", ("DiagnosticReport",), results),
        Area("malinger", ("Observation",), measurements),
        Area("legemidler", ("MedicationStatement",), medicines),
        Area("diagnoser", ("Condition",), diagnoses),
        Area("allergier", ("AllergyIntolerance",), allergies),
        Area("vaksiner", ("Immunization",), vaccines),
        Area("dokumenter", ("Composition", "DocumentReference"), documents),
        Area("kontakter", ("Encounter",), contacts),
        Area("inngrep", ("Procedure",), procedures),
        Area("plan", ("CarePlan",), plans),
        Area("tjenester", ("EpisodeOfCare", "ServiceRequest"), services),
    )
}
