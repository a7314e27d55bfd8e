"""A day that is played at a real server: by people who sign in, and the log knows them."""

import signal
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from app.processes import environment_for, fellesjournal, running, site_folder, stop
from fellesjournal.app import region_commands, region_play
from fellesjournal.errors import Fault
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.region.day import Act

ON = date(2026, 11, 26)


async def now(seconds: float) -> None:
    """Nobody waits in a test."""


async def test_people_do_what_the_day_says_through_the_api() -> None:
    with site_folder() as data:
        environment = environment_for(data) | {"FELLESJOURNAL_PRACTICE_SITE": "true"}
        size = (
            "--citizens",
            "60",
            "--start",
            f"{ON - timedelta(days=365)}",
            "--years",
            "1",
        )  # they end on the day
        built = fellesjournal(environment, "region", "build", *size)
        assert built.returncode == 0, built.stderr
        done: list[tuple[Act, str]] = []
        with running(environment, "serve") as (process, address):
            played = await region_play.play(
                address.rstrip("/"),
                "frø",
                ON,
                1e9,
                datetime(2026, 11, 26),
                lambda *one: done.append(one),
                now,
            )
            stop(process, signal.SIGINT)
        assert [refused for _, refused in done if refused] == []
        assert played.acts == len(done) > 10
        assert Counter(act.worker for act, _ in done)["lun-rogneber"] > 5
        fulfilled = [act.worker for act, _ in done if b'"status":"fulfilled"' in b"".join(act.bodies)]
        assert "vennlig-solber" in fulfilled
        told = fellesjournal(environment, "audit", "verify")
        assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("on", [date(2030, 1, 1), date(1990, 1, 1)])
def test_a_day_that_is_to_come_or_long_past_is_not_played(on: date) -> None:
    with pytest.raises(Fault, match="can be played"):
        region_commands.play("http://127.0.0.1:9", "frø", on, 60, 7, ON)


async def test_where_nobody_answers_it_says_so() -> None:
    with pytest.raises(Trouble, match="Nobody answers"):
        await region_play.play(
            "http://127.0.0.1:9", "frø", ON, 1, datetime(2026, 11, 26), lambda *one: None, now
        )
