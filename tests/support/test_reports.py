"""Reports, and what they are answered."""

from datetime import UTC, datetime

import asyncpg
import pytest

from fellesjournal.app.support_commands import told
from fellesjournal.errors import Invalid, NotFound
from fellesjournal.support.reports import Answer, Reports, Said

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
SAID = Said(
    "Practitioner/1",
    NOW,
    "sykepleier",
    "Sengepost",
    "/arbeid/innbygger/{}",
    "",
    "0.1.0",
    "nb",
    "1366x768",
    240,
    "måling",
    "Treg",
)


@pytest.fixture
def reports(pool: asyncpg.Pool) -> Reports:
    return Reports(pool)


async def test_a_report_is_received_answered_and_closed(reports: Reports) -> None:
    number = await reports.add(SAID)
    (one,) = await reports.listed()
    assert (one.id, one.said, one.status) == (number, SAID, "received")
    await reports.answer(number, Answer(NOW, "Drift", "Vi ser på det", False))
    assert (await reports.listed())[0].status == "answered"
    await reports.answer(number, Answer(NOW, "Drift", "Rettet i 0.2", True))
    assert await reports.listed() == []
    (closed,) = await reports.listed(closed=True)
    assert closed.status == "closed"
    assert [each.text for each in closed.answers] == ["Vi ser på det", "Rettet i 0.2"]
    assert "Rettet i 0.2" in "\n".join(told([closed]))


async def test_each_sees_their_own_and_the_newest_first(reports: Reports) -> None:
    for person in ("Practitioner/1", "Practitioner/2", "Practitioner/1"):
        await reports.add(SAID._replace(person=person))
    numbers = [one.id for one in await reports.listed("Practitioner/1")]
    assert len(numbers) == 2
    assert numbers == sorted(numbers, reverse=True)


async def test_nothing_said_and_no_such_report_are_refused(reports: Reports) -> None:
    with pytest.raises(Invalid):
        await reports.add(SAID._replace(sentence="  "))
    with pytest.raises(NotFound, match="There is no report 99"):
        await reports.answer(99, Answer(NOW, "Drift", "Hei", False))
    number = await reports.add(SAID)
    with pytest.raises(Invalid):
        await reports.answer(number, Answer(NOW, "Drift", " ", False))
