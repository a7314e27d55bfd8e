"""What there is to say of a resource: errors, warnings, and codes that nobody knows."""

from typing import Any

from fellesjournal.api.door import Site
from fellesjournal.errors import Issue
from fellesjournal.fhir.codings import codings
from fellesjournal.fhir.validation.validator import MAX_ISSUES
from fellesjournal.terminology.coded import Coded

_SEVERITIES = ("error", "warning", "information")


async def review(site: Site, tree: dict[str, Any], profiles: list[str]) -> list[Issue]:
    """Everything that is found, by the profiles named too, the gravest first (Validator.review)."""
    return by_severity([*site.validator().review(tree, profiles), *await _unknown(site, tree)])


def by_severity(issues: list[Issue]) -> list[Issue]:
    """Errors, then warnings, then the rest; otherwise in their order."""
    return sorted(issues, key=lambda issue: _SEVERITIES.index(issue.severity))


async def _unknown(site: Site, tree: dict[str, Any]) -> list[Issue]:
    """Warnings of codes that their code systems do not have, whatever they are bound to."""
    if site.terminology is None:
        return []
    written = {one: Coded(one.code, one.system, one.version) for one in codings(site.definitions, tree)}
    said = await site.terminology.unknown(written.values())
    issues = [
        Issue("code-invalid", said[coded], one.expression, "warning")
        for one, coded in written.items()
        if coded in said
    ]
    if len(issues) > MAX_ISSUES:
        more = Issue("too-long", f"{len(issues) - MAX_ISSUES} more codes are unknown.", severity="warning")
        return [*issues[:MAX_ISSUES], more]
    return issues
