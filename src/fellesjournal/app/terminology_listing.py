"""What `fellesjournal terminology list` shows: large code systems one by one, the many small summed up."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.console import Console

from fellesjournal.app.terminology import HL7_FILE, NORWEGIAN_SOURCE
from fellesjournal.terminology.loading import Listed


class Group(NamedTuple):
    """Releases that are told of together."""

    title: str
    contains: Callable[[Listed], bool]


GROUPS = (
    Group("Norway's administrative code lists", lambda one: one.source.startswith(NORWEGIAN_SOURCE)),
    Group("HL7's and FHIR's own code systems", lambda one: HL7_FILE in one.source),
)


def tell(releases: Sequence[Listed], text: str, *, every: bool, console: Console) -> None:
    """The releases with a text in their URL or title, or every one of them; without either those of no group,
    and each group in one line. The code systems with most codes come first.
    """
    if text:
        shown = [one for one in releases if text.casefold() in f"{one.url} {one.title}".casefold()]
    else:
        shown = [one for one in releases if every or not any(group.contains(one) for group in GROUPS)]
    largest = {one.url: 0 for one in shown}
    for one in shown:
        largest[one.url] = max(largest[one.url], one.concepts)
    for one in sorted(shown, key=lambda one: (-largest[one.url], one.url)):
        _tell_one(one, console)
    if not (text or every):
        for group in GROUPS:
            _sum_up(group, releases, console)
    if not releases:
        console.print("No code system is loaded: `fellesjournal terminology load` loads those of set-up.")
    elif not shown and text:
        console.print(f"No code system that is loaded has '{text}' in its URL or title.", markup=False)


def _tell_one(one: Listed, console: Console) -> None:
    console.print(f"{one.url} {one.version}", style="bold", markup=False)
    since = f", valid from {one.valid_from}" if one.valid_from else ""
    console.print(f"    {one.title}: {one.concepts:,} codes{since}. {one.source}.", markup=False)
    console.print(f"    {one.licence or 'Its licence is not told.'}", markup=False)


def _sum_up(group: Group, releases: Sequence[Listed], console: Console) -> None:
    inside = [one for one in releases if group.contains(one)]
    if inside:
        codes = sum(one.concepts for one in inside)
        console.print(f"{group.title}, {len(inside):,} of them", style="bold")
        console.print(f"    {codes:,} codes in all. `fellesjournal terminology list --all` shows each.")
