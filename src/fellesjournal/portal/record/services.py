"""Services that are given over time, each with its vedtak: how much, for how long, and the letter itself.

A service (EpisodeOfCare) names what was applied for (ServiceRequest), which says what was decided; the letter
is the document that the application is related to.
"""

from collections.abc import Mapping, Sequence

from fellesjournal.norway.codes.services import MUNICIPAL_SERVICE
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.rows import Group, Lead, Row, lines, name_in, names_of, search, with_names
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import day


async def services(folder: Folder) -> Sequence[Group]:
    """What the municipality and others give over time, and what has been applied for."""
    found = await search(
        folder,
        "EpisodeOfCare",
        "",
        ("_include", "EpisodeOfCare:organization"),
        ("_include", "EpisodeOfCare:incoming-referral"),
    )
    names = names_of(found)
    requests = {
        f"ServiceRequest/{one['id']}": one for one in found if one["resourceType"] == "ServiceRequest"
    }
    letters = await _letters(folder, list(requests))
    rows = [
        (one["status"] == "active", _service(folder, one, names, requests, letters))
        for one in found
        if one["resourceType"] == "EpisodeOfCare"
    ]
    return (
        Group("now", [row for active, row in rows if active]),
        Group("waiting", await _waiting(folder)),
        Group("before", [row for active, row in rows if not active]),
    )


async def _letters(folder: Folder, requests: Sequence[str]) -> dict[str, str]:
    """The id of the newest letter about each request that has one, by the request's reference."""
    if not requests or not folder.reads("DocumentReference"):
        return {}
    found = await search(folder, "DocumentReference", "date", ("related", ",".join(requests)))
    return {
        related["reference"]: letter["id"]
        for letter in found
        if letter["status"] == "current"
        for related in letter["context"]["related"]
        if "reference" in related
    }


def _service(
    folder: Folder,
    one: Json,
    names: Mapping[str, str],
    requests: Mapping[str, Json],
    letters: Mapping[str, str],
) -> Row:
    applied = next((each for each in naming.references(one.get("referralRequest")) if each in requests), "")
    decided, letter = requests.get(applied, {}), letters.get(applied, "")
    valid = _valid(folder, decided)
    return Row(
        next(iter(map(naming.concept, one.get("type", ()))), ""),
        lines(
            name_in(one.get("managingOrganization", {}), names),
            *map(naming.concept, decided.get("orderDetail", ())),
            valid,
            "" if letter or not _is_municipal(one) else folder.t.service.no_letter,
        ),
        "" if valid else naming.when(one),
        leads=(Lead(folder.t.service.letter, f"/journal/dokument/{letter}"),) if letter else (),
    )


def _is_municipal(one: Json) -> bool:
    codings = (coding for each in one.get("type", ()) for coding in each.get("coding", ()))
    return any(coding.get("system") == MUNICIPAL_SERVICE.system for coding in codings)


def _valid(folder: Folder, decided: Json) -> str:
    """For how long the vedtak holds; "" where it does not say."""
    period = {name: day(text) for name, text in decided.get("occurrencePeriod", {}).items()}
    if "start" not in period:
        return ""
    text = folder.t.service.from_until if "end" in period else folder.t.service.from_on
    return str(text.format(**period))


async def _waiting(folder: Folder) -> list[Row]:
    """What has been applied for or referred to, and is not decided yet."""
    asked, names = await with_names(folder, "ServiceRequest", "-authored", "performer", ("status", "active"))
    return [
        Row(
            naming.concept(one.get("code")),
            lines(*(name_in(party, names) for party in one.get("performer", ()))),
            one.get("authoredOn", ""),
        )
        for one in asked
    ]
