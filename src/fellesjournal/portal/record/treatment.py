"""What has been done with the citizen, and the plan of what is done from day to day."""

from collections.abc import Mapping, Sequence

from fellesjournal.portal.folder import Folder
from fellesjournal.portal.record.rows import Group, Row, lines, name_in, names_of, search, with_names
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json


async def procedures(folder: Folder) -> Sequence[Group]:
    """Operations and other procedures, with who did them."""
    found, names = await with_names(folder, "Procedure", "-date", "performer")
    rows = [
        Row(
            naming.concept(one.get("code")),
            lines(*(name_in(each.get("actor", {}), names) for each in one.get("performer", ()))),
            naming.when(one),
        )
        for one in found
        if one["status"] in ("completed", "in-progress", "stopped")
    ]
    return [Group("", rows)]


async def plans(folder: Folder) -> Sequence[Group]:
    """The measures of the plans that are followed now, with who does each, and what each is for."""
    found = await search(
        folder,
        "CarePlan",
        "-date",
        ("status", "active"),
        ("_include", "CarePlan:goal"),
        ("_include", "CarePlan:performer"),
    )
    names = names_of(found)
    goals = {
        f"Goal/{one['id']}": naming.concept(one.get("description"))
        for one in found
        if one["resourceType"] == "Goal"
    }
    return [
        Group(
            "",
            [
                _measure(folder, one, each["detail"], names, goals)
                for one in found
                if one["resourceType"] == "CarePlan"
                for each in one.get("activity", ())
                if each.get("detail", {}).get("status") in ("scheduled", "in-progress", "on-hold")
            ],
        )
    ]


def _measure(
    folder: Folder, plan: Json, detail: Json, names: Mapping[str, str], goals: Mapping[str, str]
) -> Row:
    """One measure; the row has no date of its own, as the plan holds until it is changed."""
    meant = [goals[one] for one in sorted(naming.references(detail.get("goal"))) if goals.get(one)]
    return Row(
        naming.concept(detail.get("code")) or plan.get("title", ""),
        lines(
            detail.get("description", ""),
            *(folder.t.plan.goal.format(goal=goal) for goal in meant),
            *(name_in(party, names) for party in detail.get("performer", ())),
        ),
    )
