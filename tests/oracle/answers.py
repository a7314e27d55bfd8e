"""Asking the record what the oracle was asked, page by page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fellesjournal.record.stored import Page
from oracle.evaluator import Key, Oracle, Parameters
from oracle.strategies import Search

Ask = Callable[[str | None, Parameters, Key | None], Awaitable[Page]]

MOST_PAGES = 60
"""A search that goes on longer is compared as far as it was read."""


@dataclass
class Answered:
    """Everything that the pages of one search held."""

    matches: list[Key] = field(default_factory=list)
    includes: list[tuple[list[Key], set[Key]]] = field(default_factory=list)
    """For every page its matches and what came with them."""
    whole: bool = True
    total: int | None = None
    """Counted without a page."""
    totals: set[int | None] = field(default_factory=set)
    """As the pages had them."""


async def ask(search: Search, put: Ask) -> Answered:
    """Follow the `next` of every page to the end."""
    answered = Answered()
    parameters: Parameters | None = list(search.parameters)
    for _ in range(MOST_PAGES):
        assert parameters is not None
        page = await put(search.type, parameters, search.compartment)
        answered.totals.add(page.total)
        matches = [(e.stored.type, e.stored.id) for e in page.entries if e.mode == "match"]
        answered.matches += matches
        answered.includes.append(
            (matches, {(e.stored.type, e.stored.id) for e in page.entries if e.mode == "include"})
        )
        parameters = page.next
        if parameters is None:
            break
    answered.whole = parameters is None
    counting = [(name, value) for name, value in search.parameters if name not in ("_count", "_total")]
    count = await put(search.type, [*counting, ("_summary", "count")], search.compartment)
    answered.total = count.total
    return answered


def differences(search: Search, answered: Answered, oracle: Oracle) -> list[str]:
    """What the record answered otherwise than the oracle; nothing when they agree."""
    wanted = oracle.answer(search.type, list(search.parameters), search.compartment)
    found: list[str] = []
    expected = wanted.matches if answered.whole else wanted.matches[: len(answered.matches)]
    if len(set(answered.matches)) != len(answered.matches):
        found.append("a resource stands on two pages")
    missing = [key for key in wanted.matches if key not in set(answered.matches)] if answered.whole else []
    surplus = [key for key in answered.matches if key not in set(wanted.matches)]
    if missing:
        found.append(f"not found: {_shown(missing)}")
    if surplus:
        found.append(f"found wrongly: {_shown(surplus)}")
    if not found and answered.matches != expected:
        found.append(f"in the order {_shown(answered.matches)} instead of {_shown(expected)}")
    if answered.total != wanted.total:
        found.append(f"counted as {answered.total} instead of {wanted.total}")
    right_totals = {wanted.total} if ("_total", "accurate") in search.parameters else {wanted.total, None}
    if not answered.totals <= right_totals:
        found.append(f"totals {answered.totals} instead of {wanted.total}")
    for matches, included in answered.includes:
        right = oracle.included(matches, list(search.parameters))
        if included != right:
            found.append(f"includes: missing {_shown(right - included)}, surplus {_shown(included - right)}")
            break
    return found


def _shown(keys: list[Key] | set[Key]) -> str:
    return " ".join("/".join(key) for key in list(keys)[:6]) + (
        f" and {len(keys) - 6} more" if len(keys) > 6 else ""
    )
