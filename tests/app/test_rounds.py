"""Rounds are gone again and again, whatever happens in one of them, and end with the server."""

import asyncio

import pytest

from fellesjournal.app import rounds
from fellesjournal.errors import Conflict


async def test_a_round_is_gone_at_once_while_there_is_more_to_do() -> None:
    left, done = [3, 2, 1, 0], asyncio.Event()

    async def round() -> int:
        number = left.pop(0)
        if not left:
            done.set()
        return number

    async with rounds.running(round):
        await asyncio.wait_for(done.wait(), 30)
    assert left == []


async def test_a_round_that_failed_is_gone_again_and_told_of_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(rounds, "EVERY", 0.01)
    tries, done = 0, asyncio.Event()

    async def round() -> int:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise Conflict("taken just now")
        done.set()
        return 0

    async with rounds.running(round):
        await asyncio.wait_for(done.wait(), 30)
    told = [one.message for one in caplog.records if "A round was not finished" in one.message]
    assert told == ["A round was not finished, and is gone again: taken just now"]


async def test_no_round_is_gone_when_the_server_has_ended() -> None:
    gone = 0

    async def round() -> int:
        nonlocal gone
        gone += 1
        await asyncio.sleep(0)
        return 1

    async with rounds.running(round):
        await asyncio.sleep(0.01)
    seen = gone
    await asyncio.sleep(0.01)
    assert gone == seen
