"""Those who are turned away are in the log, and a flood of them does not fill it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.event import audit_event
from fellesjournal.access.audit.refusals import LONGEST, MOST, Refusal, Refusals
from fellesjournal.access.decision import Basis
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.validation import Validator

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
EXPIRED = Refusal("refused", "expired", "The token has expired.", "10.0.0.1")


class Kept:
    """What the log was given."""

    def __init__(self, every: timedelta = timedelta(minutes=1)) -> None:
        self.told: list[Access] = []
        self.second = asyncio.Event()
        self.refusals = Refusals(self._write, lambda: NOW, every)

    async def _write(self, accesses: Sequence[Access]) -> None:
        self.told += accesses
        if len(self.told) > 1:
            self.second.set()

    @property
    def reasons(self) -> list[str]:
        return [one.decision.reason for one in self.told]


async def test_a_refusal_is_in_the_log_before_it_is_answered(definitions: Definitions) -> None:
    kept = Kept()
    await kept.refusals.note(EXPIRED._replace(person="Practitioner/nina", app="diary"))
    [told] = kept.told
    assert (told.actor.person, told.actor.app, told.interaction) == ("Practitioner/nina", "diary", "login")
    assert (told.decision.permit, told.decision.basis) == (False, Basis.FAILED)
    assert told.decision.reason == "expired: The token has expired. From 10.0.0.1."
    event = parse(audit_event(told, "1-1", "here")).tree
    assert Validator(definitions).validate(event) == []
    assert (event["outcome"], event["type"]["code"]) == ("4", "110114")
    await kept.refusals.close()


async def test_those_like_it_are_counted_and_the_count_is_logged_once() -> None:
    kept = Kept()
    for _ in range(1_000):
        await kept.refusals.note(EXPIRED)
    await kept.refusals.note(EXPIRED._replace(source="10.0.0.2"))
    assert len(kept.told) == 2
    await kept.refusals.flush()
    assert kept.reasons[2:] == ["expired: The token has expired. From 10.0.0.1. (999 more of these)"]
    await kept.refusals.note(EXPIRED)
    assert len(kept.told) == 4
    await kept.refusals.close()
    assert len(kept.told) == 4


async def test_the_count_is_logged_by_itself_after_a_while() -> None:
    kept = Kept(timedelta(milliseconds=20))
    for _ in range(3):
        await kept.refusals.note(EXPIRED)
    await kept.second.wait()
    assert kept.reasons[1].endswith("(2 more of these)")
    await kept.refusals.close()


@given(
    st.lists(st.tuples(st.sampled_from(["expired", "nonce", "nobody"]), st.integers(0, 400)), max_size=900)
)
async def test_a_flood_of_any_kind_writes_a_bounded_number_of_entries(sent: list[tuple[str, int]]) -> None:
    kept = Kept()
    for why, number in sent:
        await kept.refusals.note(Refusal("refused", why, "No.", f"10.0.0.{number}"))
    await kept.refusals.close()
    assert len(kept.told) <= 2 * (MOST + 3)
    firsts = [reason for reason in kept.reasons if "more of these" not in reason]
    counted = [int(reason.rpartition("(")[2].split()[0]) for reason in kept.reasons if "more of" in reason]
    assert len(firsts) + sum(counted) == len(sent)


async def test_what_cannot_be_logged_is_not_answered() -> None:
    async def fail(accesses: Sequence[Access]) -> None:
        raise ConnectionError("no database")

    refusals = Refusals(fail, lambda: NOW)
    with pytest.raises(ConnectionError):
        await refusals.note(EXPIRED)
    await refusals.close()


async def test_a_sentence_is_kept_short_and_without_what_the_log_cannot_hold() -> None:
    kept = Kept()
    await kept.refusals.note(Refusal("app-refused", "invalid_request", "\0\ud800" + "x" * 10_000))
    assert kept.reasons[0].startswith("invalid_request: ?xxx")
    assert len(kept.reasons[0]) < LONGEST + 30
    await kept.refusals.close()
