import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from api.conftest import LIMITS
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.refusals import Refusal
from fellesjournal.api.faults import TooMany
from fellesjournal.api.limits import KEPT, Buckets, Limited, Limits, PerMinute

NURSE = Actor("Practitioner/nina", "sykepleier", "TREAT")
APP = Actor("Practitioner/nina", "sykepleier", "TREAT", app="diary")
SYSTEM = Actor("Device/lab", "fagsystem", "TREAT", app="lab")


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def scope(peer: str = "10.0.0.1", path: str = "/", **headers: str) -> dict[str, Any]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "path": path, "client": (peer, 1), "headers": pairs}


def test_a_minutes_worth_may_come_at_once_and_then_a_share_each_second() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == pytest.approx(1.0)
    assert buckets.take("b") == 0.0
    clock.now += 1.0
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0.0


@given(st.lists(st.floats(0, 5), max_size=200), st.integers(1, 120))
def test_no_stretch_of_time_gives_more_than_its_share_and_a_minutes_worth(
    pauses: list[float], limit: int
) -> None:
    clock = Clock()
    buckets, taken = Buckets(limit, clock), []
    for pause in pauses:
        clock.now += pause
        if not buckets.take("a"):
            taken.append(clock.now)
    for first, start in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= limit + (taken[last] - start) * limit / 60 + 1e-6


@given(st.integers(1, 100), st.integers(0, 300))
def test_whoever_waits_as_long_as_told_is_let_in(limit: int, sent: int) -> None:
    clock = Clock()
    buckets = Buckets(limit, clock)
    wait = 0.0
    for _ in range(sent):
        wait = buckets.take("a")
    clock.now += wait + 1e-6
    assert buckets.take("a") == 0.0 or not wait


def test_full_buckets_are_forgotten_and_memory_has_an_end() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    for number in range(KEPT + 10):
        buckets.take(str(number))
    assert len(buckets._full_at) <= KEPT
    clock.now += 61
    for number in range(KEPT + 10):
        buckets.take(f"again {number}")
    assert len(buckets._full_at) <= KEPT


def test_a_person_an_application_and_an_address_are_counted_each_by_itself() -> None:
    limits = Limits(PerMinute(person=2, app=3, address=1), Clock())
    limits.count(NURSE)
    limits.count(APP)
    with pytest.raises(TooMany, match="You send"):
        limits.count(NURSE)
    limits.count(SYSTEM)
    limits.count(SYSTEM)
    limits.count(SYSTEM)
    with pytest.raises(TooMany, match="application lab"):
        limits.count(SYSTEM)
    limits.count_unknown(scope(), {})
    with pytest.raises(TooMany, match="network address") as refused:
        limits.count_unknown(scope(), {})
    assert (b"retry-after", b"60") in refused.value.headers


def test_nothing_is_limited_where_the_limit_is_zero_nor_is_the_practice_actor() -> None:
    limits = Limits(PerMinute(person=1), Clock())
    for _ in range(100):
        limits.count_unknown(scope(), {})
        limits.count(Actor.practice())


def test_the_address_is_what_our_own_proxy_says_and_nobody_elses() -> None:
    limits = Limits(PerMinute(address=1, proxies=frozenset({"10.0.0.9"})), Clock())
    for told in ("192.0.2.1", "192.0.2.7, 192.0.2.2"):
        limits.count_unknown(scope("10.0.0.9"), {b"x-forwarded-for": told.encode()})
    limits.count_unknown(scope("10.0.0.1"), {b"x-forwarded-for": b"192.0.2.3"})
    with pytest.raises(TooMany):
        limits.count_unknown(scope("10.0.0.1"), {b"x-forwarded-for": b"192.0.2.4"})


async def test_other_surfaces_answer_429_in_plain_words() -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    limited = Limited(answer, limits=Limits(PerMinute(address=1), Clock()), known="/fhir")
    transport = httpx.ASGITransport(limited)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for path, status in (
            ("/", 200),
            ("/fhir/x", 200),
            ("/fhir", 200),
            ("/fhirx", 429),
            ("/logg-inn", 429),
        ):
            found = await client.get(path)
            assert found.status_code == status, path
        assert found.headers["retry-after"] == "60"
        assert "Try again in 60 seconds" in found.text


async def test_on_pages_whoever_has_signed_in_is_counted_alone_and_takes_nothing_from_the_others() -> None:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    turned_away: list[Refusal] = []

    async def note(refusal: Refusal) -> None:
        turned_away.append(refusal)

    limits = Limits(PerMinute(person=2, address=1), Clock())
    limited = Limited(
        answer,
        limits=limits,
        known="/fhir",
        refused=note,
        sits=lambda headers: headers.get(b"cookie", b"").decode(),
    )
    transport = httpx.ASGITransport(limited)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        asked = [
            ("nina", 200),
            ("ola", 200),
            ("nina", 200),
            ("nina", 429),
            ("ola", 200),
            ("", 200),
            ("", 429),
        ]
        for person, status in asked:
            found = await client.get("/arbeid", headers={"Cookie": person} if person else {})
            assert found.status_code == status, person
    limits.count(replace(NURSE, person="kari"))
    with pytest.raises(TooMany):  # what is asked of the service counts with what is asked of pages
        limits.count(replace(NURSE, person="nina"))
    assert [(one.why, one.person) for one in turned_away] == [("person", "nina"), ("address", "")]


async def test_the_service_answers_429_with_an_outcome(application: Any) -> None:
    options = replace(LIMITS, practice=False, per_minute=PerMinute(address=2))
    transport = httpx.ASGITransport(application(options))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as client:
        answers = await asyncio.gather(*(client.get("Patient/1") for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [401, 401, 429, 429]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["issue"][0]["code"] == "throttled"
    assert int(refused.headers["retry-after"]) <= 30
