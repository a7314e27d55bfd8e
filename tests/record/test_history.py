"""history: of a resource, of a type, of everything; pages that hold still."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid, NotFound
from fellesjournal.record.record import Record
from fellesjournal.record.search import cursor
from record.conftest import EVERYONE, body


@pytest.fixture
async def lived(record: Record) -> Record:
    """kari: created 06:00:01, updated :02, deleted :03, back :04. nes: created :05."""
    await put(record, "Patient", "kari")
    await put(record, "Patient", "kari", active=True)
    await record.delete("Patient", "kari", scope=EVERYONE)
    await put(record, "Patient", "kari", active=False)
    await put(record, "Organization", "nes", name="Nes")
    return record


async def test_the_history_of_a_resource_is_newest_first_with_its_deletion(lived: Record) -> None:
    page = await lived.history("Patient", "kari", [], scope=EVERYONE)
    shown = [(e.stored.version, e.stored.method, e.stored.body is None) for e in page.entries]
    assert shown == [(4, "PUT", False), (3, "DELETE", True), (2, "PUT", False), (1, "PUT", False)]
    assert page.total == 4


async def test_the_history_of_a_type_and_of_everything(lived: Record) -> None:
    assert len(await everything(lived, "Organization")) == 1
    assert len(await everything(lived, "Patient")) == 4
    assert [found[0] for found in await everything(lived, None)] == ["nes", "kari", "kari", "kari", "kari"]


async def test_a_resource_that_never_was_has_no_history(lived: Record) -> None:
    with pytest.raises(NotFound):
        await lived.history("Patient", "nobody", [], scope=EVERYONE)
    with pytest.raises(Invalid, match="no resource type 'Pasient'"):
        await lived.history("Pasient", None, [], scope=EVERYONE)


@pytest.mark.parametrize("place", [("Patient", "kari"), ("Patient", None), (None, None)])
@pytest.mark.parametrize(
    ("parameter", "versions"),
    [
        (("_since", "2026-11-23T06:00:03Z"), [4, 3]),
        (("_since", "2027"), []),
        (("_at", "2026-11-23T06:00:02.500Z"), [2]),
        (("_at", "2026-11-23T06:00:02Z"), [2, 1]),
        (("_at", "2026-11-23"), [4, 3, 2, 1]),
        (("_at", "2025"), []),
        (("_at", "2027"), [4]),
    ],
)
async def test_a_span_of_time_can_be_asked_for(
    lived: Record, place: Any, parameter: tuple[str, str], versions: list[int]
) -> None:
    page = await lived.history(place[0], place[1], [parameter], scope=EVERYONE)
    assert [e.stored.version for e in page.entries if e.stored.id == "kari"] == versions


@pytest.mark.parametrize("place", [("Patient", "kari"), ("Patient", None), (None, None)])
async def test_pages_hold_still_while_others_write(lived: Record, place: Any) -> None:
    seen: list[tuple[str, int]] = []
    parameters: Any = [("_count", "1")]
    while parameters:
        page = await lived.history(place[0], place[1], parameters, scope=EVERYONE)
        seen += [(e.stored.id, e.stored.version) for e in page.entries]
        parameters = page.next
        await put(lived, "Patient", "kari", birthDate=f"20{len(seen):02}")
    before = [("kari", n) for n in (4, 3, 2, 1)]
    assert [found for found in seen if found[0] == "kari"] == before


@pytest.mark.parametrize(
    "parameter", [("_sort", "x"), ("_count", "0"), ("_count", "x"), ("_since", "x"), ("_cursor", "x")]
)
async def test_what_a_history_does_not_understand_is_refused(
    lived: Record, parameter: tuple[str, str]
) -> None:
    with pytest.raises(Invalid):
        await lived.history("Patient", "kari", [parameter], scope=EVERYONE)


@pytest.mark.parametrize("place", [("Patient", "kari"), (None, None)])
@pytest.mark.parametrize(
    ("parameter", "found"),
    [
        (("_since", "0001-01-01"), 4),
        (("_since", "9999-12-31T23:59:59-14:00"), 0),
        (("_at", "0001"), 0),
        (("_at", "9999"), 1),
    ],
)
async def test_a_time_before_or_after_all_that_computers_know_is_only_early_or_late(
    lived: Record, place: Any, parameter: tuple[str, str], found: int
) -> None:
    page = await lived.history(place[0], place[1], [parameter], scope=EVERYONE)
    assert sum(entry.stored.id == "kari" for entry in page.entries) == found


@pytest.mark.parametrize("values", [[2**40], [-(2**40)], ["x"], [None], [1, 2], [True]])
async def test_a_forged_page_of_the_history_of_a_resource_is_refused(lived: Record, values: Any) -> None:
    with pytest.raises(Invalid, match="is not a page of this"):
        await lived.history("Patient", "kari", [("_cursor", cursor.encode(values))], scope=EVERYONE)


@pytest.mark.parametrize("values", [["x", 1, 1], [1, None, 1], [1, 1.5, 1], [1, 2**63, 1], [1, 1, 2**31]])
async def test_a_forged_page_of_the_history_of_all_is_refused(lived: Record, values: Any) -> None:
    with pytest.raises(Invalid, match="is not a page of this"):
        await lived.history(None, None, [("_cursor", cursor.encode(values))], scope=EVERYONE)


async def put(record: Record, resource_type: str, id: str, **members: Any) -> None:
    await record.update(resource_type, id, body(resource_type, id=id, **members), scope=EVERYONE)


async def everything(record: Record, resource_type: str | None) -> list[tuple[str, int]]:
    page = await record.history(resource_type, None, [], scope=EVERYONE)
    return [(entry.stored.id, entry.stored.version) for entry in page.entries]
