"""What there is to say of a resource: errors, warnings, and what is to be known of its codes."""

from typing import Any

from fellesjournal.api.door import Site
from fellesjournal.errors import Issue
from fellesjournal.fhir.codings import Placed, codings, named
from fellesjournal.fhir.validation.validator import MAX_ISSUES
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.remarks import Remark

_SEVERITIES = ("error", "warning", "information")


async def review(site: Site, tree: dict[str, Any], profiles: list[str]) -> list[Issue]:
    """Everything that is found, by the profiles named too, the gravest first (Validator.review)."""
    return by_severity([*site.validator().review(tree, profiles), *await _remarks(site, tree)])


def by_severity(issues: list[Issue]) -> list[Issue]:
    """Errors, then warnings, then the rest; otherwise in their order."""
    return sorted(issues, key=lambda issue: _SEVERITIES.index(issue.severity))


async def _remarks(site: Site, tree: dict[str, Any]) -> list[Issue]:
    """What is to be known of the codes in the resource, and of those that it names as a value set."""
    service = site.terminology
    if service is None:
        return []
    carried = list(codings(site.definitions, tree))
    issues = _issues(carried, await service.remarks(map(_coded, carried)))
    if tree.get("resourceType") == "ValueSet":
        told = list(named(tree))
        issues += _issues(told, await service.remarks(map(_coded, told), abstract=True))
    if len(issues) > MAX_ISSUES:
        text = f"There are {len(issues) - MAX_ISSUES} more remarks on codes."
        return [*issues[:MAX_ISSUES], Issue("too-long", text, severity="warning")]
    return issues


def _coded(placed: Placed) -> Coded:
    return Coded(placed.code, placed.system, placed.version, placed.display)


def _issues(placed: list[Placed], remarks: dict[Coded, Remark]) -> list[Issue]:
    """An issue at each place with a code that there is a remark on; of a code system at the first alone."""
    issues = []
    waiting = dict(remarks)
    for one in placed:
        remark = waiting.get(_coded(one))
        if remark is not None:
            is_once = remark.about == "system"
            where = (is_once and one.rule) or one.expression
            about = one.member if remark.about == "code" else remark.about
            issues.append(Issue(remark.code, remark.text, f"{where}.{about}", remark.severity))
            if is_once:
                del waiting[_coded(one)]
    return issues
