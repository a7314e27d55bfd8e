import os
from dataclasses import fields
from pathlib import Path

import pytest

from conftest import ROOT
from fellesjournal.app import settings
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble

PAGE = ROOT / "docs" / "settings.md"


def test_without_variables_every_setting_has_its_default() -> None:
    assert settings.read({}) == Settings()


def test_each_type_is_read_from_text() -> None:
    found = settings.read(
        {
            "DATABASE_URL": "postgresql://me@there/journal",
            "FELLESJOURNAL_DATA": "/srv/journal",
            "FELLESJOURNAL_PRACTICE_SITE": "Yes",
            "FELLESJOURNAL_PORT": " 9000 ",
            "FELLESJOURNAL_ALLOWED_ORIGINS": "https://a.example, https://b.example,",
        }
    )
    assert found.database_url == "postgresql://me@there/journal"
    assert found.data == Path("/srv/journal")
    assert found.cache == Path("/srv/journal/cache")
    assert found.practice_site is True
    assert found.port == 9000
    assert found.allowed_origins == ("https://a.example", "https://b.example")


def test_an_unknown_variable_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Trouble, match=r"no setting FELLESJOURNAL_PROT\. Did you mean FELLESJOURNAL_PORT\?"):
        settings.read({"FELLESJOURNAL_PROT": "9000"})


def test_an_unknown_variable_like_no_other() -> None:
    with pytest.raises(Trouble, match="`fellesjournal settings` lists them all"):
        settings.read({"FELLESJOURNAL_XYZZY_QWQWQ_PLUGH": "1"})


@pytest.mark.parametrize("text", ["", "eighty", "-1", "0", "8.5", "٨٠", "65536", "9" * 5000])
def test_a_number_that_is_none(text: str) -> None:
    with pytest.raises(Trouble, match=r"FELLESJOURNAL_PORT is .* it must be a whole number, from 1 to 65535"):
        settings.read({"FELLESJOURNAL_PORT": text})


def test_a_number_without_an_upper_bound() -> None:
    with pytest.raises(Trouble, match=r"FELLESJOURNAL_WORKERS is .* it must be a whole number, 1 or more"):
        settings.read({"FELLESJOURNAL_WORKERS": "0"})


def test_a_truth_that_is_none() -> None:
    with pytest.raises(Trouble, match='FELLESJOURNAL_PRACTICE_SITE is "perhaps": it must be true or false'):
        settings.read({"FELLESJOURNAL_PRACTICE_SITE": "perhaps"})


def test_the_origin_of_each_value_is_told() -> None:
    by_variable = {one.variable: one for one in settings.readings({"FELLESJOURNAL_PORT": "9000"})}
    assert (by_variable["FELLESJOURNAL_PORT"].value, by_variable["FELLESJOURNAL_PORT"].origin) == (
        "9000",
        "environment",
    )
    assert by_variable["FELLESJOURNAL_WORKERS"].origin == "default"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@there:5432/journal", "postgresql://me:***@there:5432/journal"),
        ("postgresql://me:se@cr:et@there/journal", "postgresql://me:***@there/journal"),
        ("postgresql://me@there/journal", "postgresql://me@there/journal"),
        ("postgresql://there/journal", "postgresql://there/journal"),
        ("postgresql:///journal?password=secret&host=/run", "postgresql:///journal?password=***&host=/run"),
    ],
)
def test_a_password_is_not_shown(url: str, shown: str) -> None:
    assert settings.readings({"DATABASE_URL": url})[0].value == shown


def test_an_ordinary_user_has_data_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", "/home/kari/data")
    assert Settings().data == Path("/home/kari/data/fellesjournal")


def test_the_settings_page_is_what_the_code_declares(write_docs: bool) -> None:
    page = _page()
    if write_docs:
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `bin/test --write-docs tests/app/test_settings.py`"


MACHINE_DEFAULTS = {
    "data": "/var/lib/fellesjournal (root) or ~/.local/share/fellesjournal; bin/demo: .data in the tree",
    "definitions": "node_modules/hl7.fhir.r4.examples in the source tree",
    "diagnoses": "node_modules/@navikt/diagnosekoder in the source tree",
    "front_end": "node_modules in the source tree",
    "workers": "the number of cores, at most 8",
}
"""Defaults that depend on the machine, in words."""


def _page() -> str:
    rows = []
    for one, declared in zip(settings.readings({}), fields(Settings), strict=True):
        default = MACHINE_DEFAULTS.get(declared.name) or (f"`{one.default}`" if one.default else "empty")
        rows.append(f"| `{one.variable}` | {one.type} | {default} | {one.sentence} |")
    head = [
        "# Settings",
        "",
        "Read from the environment when a command starts. `fellesjournal settings` prints them with their",
        "present value and where it comes from. A variable that begins with `FELLESJOURNAL_` and is not in",
        "this list is an error. `bin/test --write-docs` writes this page, and every test run checks it.",
        "",
        "| Variable | Type | Default | Meaning |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
