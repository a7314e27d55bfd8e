"""Searches that try to leave the scope, or to say something to the database."""

import base64
import itertools
import re
from typing import Any
from urllib.parse import quote

import asyncpg
import msgspec
import pytest

from access.conftest import observation, put
from attacks.conftest import ACTORS, Asking
from fellesjournal.fhir.search.compile import ParametersByType
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.sql import Sql
from fellesjournal.record.search.within import Within

HOSTILE = (
    "'",
    "';select pg_sleep(9)--",
    "x' or '1'='1",
    '"',
    "\\",
    "\\'",
    "$1",
    "$$",
    "%",
    "_",
    "}{",
    "0)::bigint or true --",
    "{1,2}",
    "\u2019\uff07",
    "' union select body from resource--",
)
SHAPES = {
    "token": ("{}", "{}|x", "|{}", "{}|{}"),
    "string": ("{}",),
    "uri": ("{}", "http://x/{}"),
    "reference": ("{}", "Patient/{}", "http://x/Patient/{}"),
    "date": ("{}", "ge{}", "2026{}"),
    "number": ("{}", "1{}"),
    "quantity": ("{}", "1|{}|{}", "1{}||"),
    "composite": ("{}${}", "a|b${}"),
}
MODIFIERS = (
    "",
    ":not",
    ":exact",
    ":contains",
    ":missing",
    ":text",
    ":in",
    ":below",
    ":of-type",
    ":identifier",
)
MARK = "zqxj"


async def test_nothing_of_a_request_gets_into_the_text_of_a_statement(
    ask: Asking, shared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of parameter, with every modifier, in every place; seen where statements leave."""
    sent: list[str] = []
    fetch = asyncpg.Connection.fetch

    async def seen(self: Any, query: str, *arguments: Any, **named: Any) -> Any:
        sent.append(query)
        return await fetch(self, query, *arguments, **named)

    monkeypatch.setattr(asyncpg.Connection, "fetch", seen)
    for name, kind, base in _one_of_each(shared.registry.by_type):
        for modifier in MODIFIERS:
            for shape in SHAPES[kind]:
                value = quote(shape.replace("{}", f"{MARK}'\"--"))
                address = f"{base}?{name}{modifier}={value}&_total=accurate"
                assert (await ask("nurse", "GET", address)).status_code in (200, 400, 403), address
    for address in (
        f"Observation?_sort={MARK}",
        f"Observation?_sort=-date,{MARK}",
        f"Patient?_has:Observation:{MARK}:code=x",
        f"Patient?_has:{MARK}:patient:code=x",
        f"Observation?subject:{MARK}.name=x",
        f"Observation?subject:Patient.name={MARK}'",
        f"Observation?_include={MARK}:subject",
        f"Observation?_revinclude=Observation:{MARK}",
        f"?_type={MARK}",
        f"Observation?_lastUpdated={MARK}",
        f"Observation?_text={MARK}'",
        f"Observation?_content={MARK}'",
        f"Observation?_id={MARK}'",
        f"Observation?_count={MARK}",
        f"Observation?_total={MARK}",
        f"Patient/kari/Observation?code={MARK}'",
        f"Patient/{MARK}/_history?_since={MARK}",
    ):
        await ask("nurse", "GET", address)
    assert len(sent) > 50
    assert not [text for text in sent if MARK in text]


async def test_hostile_values_find_nothing_and_break_nothing(ask: Asking, shared: Any) -> None:
    for name, kind, base in _one_of_each(shared.registry.by_type):
        for value in HOSTILE:
            for shape in SHAPES[kind][:2]:
                answer = await ask("nurse", "GET", f"{base}?{name}={quote(shape.replace('{}', value))}")
                assert answer.status_code in (200, 400), (name, value, answer.text)
                assert "ola" not in answer.text.replace("nr-ola", ""), (name, value)
                assert "pg_" not in answer.text.replace("pg_sleep", "")


def _one_of_each(parameters: ParametersByType) -> list[tuple[str, str, str]]:
    """One parameter of each kind: its name, its kind, and a type that a nurse reads."""
    found: dict[str, tuple[str, str, str]] = {}
    for base in ("Observation", "Patient", "RiskAssessment", "Questionnaire", "Encounter"):
        for name, parameter in parameters[base].items():
            if not name.startswith("_"):
                found.setdefault(parameter.kind, (name, parameter.kind, base))
    kinds = SHAPES.keys() & found.keys()
    assert kinds == SHAPES.keys()
    return [found[kind] for kind in sorted(kinds)]


def test_the_scope_stands_in_a_statement_as_numbers_only() -> None:
    scope = Scope(
        whole=False, moment=7, citizens=(-1,), parties=(2,), shut=(0, 3), rights=(4,), shared=(5, 6)
    )
    bad = Scope(whole=False, shared=("1); drop table x; --", 2))  # type: ignore[arg-type] # on purpose
    for about, kept in itertools.product(([], [8]), (False, True)):
        asked = scope.asked_about(about)
        text = Within(asked, Sql(asked).arg, kept=kept).test("x")
        assert re.fullmatch(r"[a-z_0-9.,(){}\[\]$:'<>=~\s]+", text), text
        assert set(re.findall(r"'([^']*)'", text)) <= {"{5,6}"}
        with pytest.raises((TypeError, ValueError)):
            Within(bad.asked_about(about), Sql(scope).arg, kept=kept).test("x")


async def _many(record: Record) -> None:
    for citizen in ("kari", "ola"):
        for number in range(6):
            await put(record, observation(f"n{number}-{citizen}", citizen))


@pytest.mark.parametrize("sort", ["", "&_sort=date", "&_sort=-_lastUpdated", "&_sort=code"])
async def test_a_cursor_of_another_actor_widens_nothing(ask: Asking, guarded: Record, sort: str) -> None:
    await _many(guarded)
    page = (await ask("system", "GET", f"Observation?_count=2{sort}")).json()
    seen = 0
    while (following := [one["url"] for one in page["link"] if one["relation"] == "next"]) and seen < 8:
        for actor in ("nurse", "kari", "student"):
            answer = await ask(actor, "GET", following[0])
            assert answer.status_code == 200
            assert "ola" not in answer.text, actor
        page = (await ask("system", "GET", following[0])).json()
        seen += 1
    assert seen > 3


async def test_forged_cursors_widen_nothing_and_break_nothing(ask: Asking, guarded: Record) -> None:
    await _many(guarded)
    forged: list[Any] = [
        [2**63 - 1],
        [-(2**63)],
        [0],
        [None, 2**62],
        ["2026", 2**62],
        [2**62, 2**62],
        [[[1]], 1],
        {"a": 1},
        ["' or true --", 2**62],
        [2**64 - 1, 1],
        [2**64 - 1],
        [True, True],
    ]
    texts = [base64.urlsafe_b64encode(msgspec.msgpack.encode(one)).decode() for one in forged]
    deep = base64.urlsafe_b64encode(b"\x91" * 9_000).decode()
    for text in (*texts, deep, "====", "%00", "../..", "AAAA", "kw"):
        for sort in ("", "&_sort=date", "&_sort=code", "&_sort=_id"):
            for address in (
                f"Observation?_cursor={text}{sort}",
                f"Observation/o-kari/_history?_cursor={text}",
            ):
                answer = await ask("nurse", "GET", address)
                assert answer.status_code in (200, 400), (address, answer.text)
                assert "ola" not in answer.text


@pytest.mark.parametrize("actor", ["secretary", "administrator"])
async def test_nothing_is_reached_through_types_that_the_role_does_not_read(ask: Asking, actor: str) -> None:
    """Secretaries read no observations, administrators no patients."""
    unread = "Observation" if actor == "secretary" else "Encounter"
    for address in (
        f"Organization?_has:{unread}:performer:status=final",
        f"Organization?_has:{unread}:service-provider:status=in-progress",
        f"Organization?_has:{unread}:service-provider:_id=stay",
        f"Patient?_has:{unread}:subject:_id=o-kari",
        f"Patient?_revinclude={unread}:subject",
        "Organization?_revinclude=*",
        "Organization?_revinclude=Encounter:service-provider",
        "Patient?_revinclude=*",
        "?_type=Observation",
        f"?_type=Organization,{unread}",
        "?_id=o-kari",
        "?_id=o-kari,ward&_total=accurate",
        "Patient/kari/*",
        "Patient/kari/Observation",
        "Patient/kari/$everything",
        "Patient/kari/$everything?_type=Observation",
        "Observation?_id=o-kari&_summary=count",
    ):
        answer = await ask(actor, "GET", address)
        assert "hemmelig" not in answer.text, address
        assert f'"resourceType":"{unread}"' not in answer.text, address
        if answer.status_code == 200 and "total" in answer.json() and "_total" in address:
            assert answer.json()["total"] <= 1, address


@pytest.mark.parametrize("actor", sorted(ACTORS.keys() - {"system"}))
async def test_chains_do_not_tell_of_those_out_of_reach(ask: Asking, actor: str) -> None:
    for hidden, missing in (
        (
            "Observation?subject:Patient.identifier=urn:x|nr-ola",
            "Observation?subject:Patient.identifier=urn:x|nr-nix",
        ),
        (
            "Organization?_has:Encounter:service-provider:_id=gone-stay",
            "Organization?_has:Encounter:service-provider:_id=nix",
        ),
        (
            "Organization?_has:Encounter:service-provider:patient=ola",
            "Organization?_has:Encounter:service-provider:patient=nix",
        ),
        (
            "Encounter?service-provider:Organization._has:Encounter:service-provider:patient=ola",
            "Encounter?service-provider:Organization._has:Encounter:service-provider:patient=nix",
        ),
    ):
        one, other = await ask(actor, "GET", hidden), await ask(actor, "GET", missing)
        assert one.status_code == other.status_code
        assert one.text.replace(*_last(hidden, missing)) == other.text


def _last(hidden: str, missing: str) -> tuple[str, str]:
    """The values asked for, as they stand in a link."""
    return hidden.rpartition("=")[2], missing.rpartition("=")[2]
