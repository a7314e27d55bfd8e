"""Sign-in from the settings: what does not fit together is said when the site starts."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.refusals import MOST, Refusals
from fellesjournal.app import sign_in
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.signin.reception import Event, into_log
from record.conftest import Clock, make_parts, make_record
from signin import providers

TELL = into_log

HELSEID: dict[str, Any] = {
    "helseid_issuer": "https://helseid.example",
    "helseid_client": "journal",
    "helseid_organisation": "999999999:988888888",
}
IDPORTEN: dict[str, Any] = {"idporten_issuer": "https://idporten.example", "idporten_client": "journal"}


@pytest.fixture
def key(tmp_path: Path) -> str:
    file = tmp_path / "key.json"
    file.write_text(providers.OUR_KEY)
    return str(file)


def test_both_providers_are_read_with_their_keys(key: str) -> None:
    found = sign_in.providers(Settings(**HELSEID, **IDPORTEN, helseid_key=key, idporten_key=key))
    assert [(one.name, one.kind) for one in found] == [("helseid", "health-worker"), ("idporten", "citizen")]
    helseid, idporten = found
    assert helseid.organisation == ("999999999", "988888888")
    assert idporten.acr_values == "idporten-loa-high"
    assert providers.OUR_KEY[20:60] not in repr(found)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"helseid_client": ""}, "needs FELLESJOURNAL_HELSEID_CLIENT"),
        ({"helseid_key": ""}, "needs FELLESJOURNAL_HELSEID_CLIENT and FELLESJOURNAL_HELSEID_KEY"),
        ({"helseid_key": "/nowhere.json"}, "cannot be read"),
        ({"helseid_issuer": "http://helseid.example"}, "must begin with https"),
        ({"helseid_organisation": "123"}, "parent:child"),
    ],
)
def test_what_is_missing_is_named(key: str, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        sign_in.providers(Settings(**(HELSEID | {"helseid_key": key} | changed)))


def test_an_unfit_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key.json").write_text("{}")
    with pytest.raises(Trouble, match="Sign-in cannot be set up"):
        sign_in.providers(Settings(**HELSEID, helseid_key=str(tmp_path / "key.json")))


@pytest.mark.parametrize(
    ("address", "practice"),
    [
        ("http://journal.example", True),
        ("https://journal.example/fhir", False),
        ("http://127.0.0.1:8080", False),
        ("journal.example", False),
    ],
)
async def test_an_address_that_cookies_cannot_be_kept_to(
    address: str, practice: bool, pool: asyncpg.Pool, definitions: Definitions
) -> None:
    record = make_record(pool, definitions, make_parts(definitions), Clock())
    with pytest.raises(Trouble, match="FELLESJOURNAL_SITE_URL"):
        sign_in.joined(Settings(site_url=address, practice_site=practice), pool, record, TELL)


async def test_providers_need_an_address_to_come_back_to(
    key: str, pool: asyncpg.Pool, definitions: Definitions
) -> None:
    record = make_record(pool, definitions, make_parts(definitions), Clock())
    with pytest.raises(Trouble, match="needs FELLESJOURNAL_SITE_URL"):
        sign_in.joined(Settings(**HELSEID, helseid_key=key), pool, record, TELL)
    joined = sign_in.joined(
        Settings(**HELSEID, helseid_key=key, site_url="https://journal.example", api_audience="x"),
        pool,
        record,
        TELL,
    )
    assert joined.reception.secure
    assert joined.identification.tokens is not None
    assert list(joined.reception.clients) == ["helseid"]
    await joined.http.aclose()


async def test_refusals_at_the_entrance_are_counted_whatever_is_sent() -> None:
    told: list[Access] = []

    async def write(accesses: Sequence[Access]) -> None:
        told.extend(accesses)

    refusals = Refusals(write, lambda: datetime(2026, 11, 23, tzinfo=UTC))
    tell = sign_in.into_log(write, refusals, lambda: datetime(2026, 11, 23, tzinfo=UTC))
    await tell(Event("signed-in", "Patient/kari", "s", "idporten"))
    for number in range(500):
        await tell(Event("app-refused", "", "", f"client-{number}: x{number} There is no such app here."))
        await tell(Event("refused", detail="no-role: Practitioner/nina has no role in force today."))
    await refusals.close()
    assert len(told) <= 2 * (MOST + 3)
    assert (told[0].interaction, told[0].patient, told[0].decision.permit) == ("login", "Patient/kari", True)
    assert told[2].decision.reason == "no-role: Practitioner/nina has no role in force today."
    assert "no-role: Practitioner/nina has no role in force today. (499 more of these)" in {
        one.decision.reason for one in told
    }
