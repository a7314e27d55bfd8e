"""Secrets come from the environment or from files, and are shown nowhere: seen with a marker."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from api.conftest import LIMITS, application, data_folder, shared
from app.processes import environment_for, fellesjournal
from architecture.tree import name, ours
from fellesjournal.app import settings
from fellesjournal.app.settings import Settings

__all__ = ["application", "data_folder", "shared"]

FHIR_JSON = {"content-type": "application/fhir+json"}
MARK = "Xq7hemmelig7qX"
SECRET_WORDS = re.compile(r"password|secret|token|credential|(?<![a-z])key(?![a-z])", re.IGNORECASE)
URLS = (
    f"postgresql://me:{MARK}@127.0.0.1:1/journal",
    f"postgresql://me:a@{MARK}@127.0.0.1:1/journal",
    f"postgresql://127.0.0.1:1/journal?user=me&password={MARK}",
    f"postgres://me:{MARK}@127.0.0.1:1/journal?sslmode=disable",
    f"postgresql://me:{MARK}@[127.0.0.1:1/journal",
    f"postgresql://me:{MARK}@127.0.0.1:port/journal",
    f"mysql://me:{MARK}@127.0.0.1/journal",
)


def test_a_setting_that_is_about_a_secret_names_a_file() -> None:
    """The address of the database, which holds its password, is masked where it is shown."""
    for one in fields(Settings):
        if one.type in (str, Path) and SECRET_WORDS.search(one.name.replace("_", " ")):
            said = one.metadata["sentence"]
            assert said.startswith("File"), f"{one.name}: a secret is read from a file that the setting names"


@pytest.mark.parametrize("url", URLS)
def test_no_setting_shows_the_password_of_the_database(url: str) -> None:
    shown = settings.readings(
        {"DATABASE_URL": url, "FELLESJOURNAL_BASE_URL": f"https://me:{MARK}@journal.example"}
    )
    assert MARK not in str(shown)


@pytest.mark.parametrize("url", URLS)
def test_no_command_shows_it_when_it_succeeds_or_fails(url: str, tmp_path: Path) -> None:
    environment = environment_for(tmp_path) | {"DATABASE_URL": url, "FELLESJOURNAL_PRACTICE_SITE": "true"}
    for arguments in (("settings",), ("database", "check")):
        ended = fellesjournal(environment, *arguments)
        assert MARK not in ended.stdout + ended.stderr, arguments


async def test_no_log_holds_what_a_request_shows_or_asks(
    application: Any, pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    """Credentials, what is searched for, and what is written: not even when the server itself fails."""
    caplog.set_level("DEBUG", logger="fellesjournal")
    transport = httpx.ASGITransport(application(replace(LIMITS)), raise_app_exceptions=False)
    headers = {
        "authorization": f"Bearer {MARK}",
        "cookie": f"__Host-fellesjournal={MARK}",
        "dpop": MARK,
        "x-csrf-token": MARK,
    }
    person = {"resourceType": "Patient", "name": [{"family": MARK}], "birthDate": MARK}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost/fhir/", headers=headers
    ) as client:
        asked = [
            await client.get(f"Patient?name={MARK}"),
            await client.post("Patient/_search", data={"name": MARK}),
            await client.post("Patient", json=person),
            await client.post("Patient", content=b'{"' + MARK.encode(), headers=FHIR_JSON),
        ]
        await pool.close()
        failed = [
            await client.get(f"Patient?name={MARK}"),
            await client.post("Patient/_search", data={"name": MARK}),
            await client.post("Patient", json={"resourceType": "Patient", "name": [{"family": MARK}]}),
        ]
    assert [answer.status_code for answer in asked] == [200, 200, 422, 400]
    assert {answer.status_code for answer in failed} == {500}
    assert "Request" in caplog.text
    assert MARK not in caplog.text
    assert not [answer for answer in failed if MARK in answer.text]


def test_the_tree_holds_no_secret() -> None:
    known = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/]"
        r'|"d": *"[A-Za-z0-9_-]{40,}"|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}'
    )
    assert [name(path) for path in ours() if known.search(path.read_text(errors="replace"))] == []
