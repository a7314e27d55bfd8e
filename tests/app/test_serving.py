"""The commands as a person runs them: processes of their own, with a real server and PostgreSQL."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.first_start import started_before
from app.prepared import Environment
from app.processes import (
    ask,
    data_folder,
    environment_for,
    fellesjournal,
    nothing_runs_in,
    started,
    stop,
    stopped_while_starting,
)
from fellesjournal.app.front.texts import TEXTS


@pytest.fixture
def data() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture
def environment(data: Path) -> Environment:
    return environment_for(data)


def test_the_demo_fills_its_record_and_ctrl_c_stops_everything() -> None:
    with started_before() as (data, first):
        assert first.patients >= 8
        assert first.code == 0
        assert first.said.strip().endswith("Stopped.")
        assert nothing_runs_in(data)
        with started(environment_for(data), "demo") as (process, address):
            assert ask(address, "fhir/Patient?_summary=count")["total"] == first.patients
            for example in TEXTS["nb"].examples:
                assert "entry" in ask(address, f"fhir/{example.path}"), example.path
            assert stop(process, signal.SIGTERM) == 0
        assert nothing_runs_in(data)


def test_what_is_written_is_there_after_a_stop(environment: Environment, data: Path) -> None:
    environment["FELLESJOURNAL_PRACTICE_SITE"] = "true"
    with started(environment, "serve") as (process, address):
        written = ask(address, "fhir/Patient", b'{"resourceType": "Patient", "active": true}')
        assert stop(process, signal.SIGHUP) == 0
    assert nothing_runs_in(data)
    with started(environment, "serve") as (process, address):
        assert ask(address, f"fhir/Patient/{written['id']}") == written
        taken = fellesjournal(environment, "serve")
        assert taken.returncode == 1
        assert "is taken by another program" in taken.stderr
        assert len(taken.stderr.strip().splitlines()) == 1
        assert stop(process, signal.SIGINT) == 0


def test_a_stop_while_the_workers_start_is_heeded(environment: Environment, data: Path) -> None:
    environment["FELLESJOURNAL_PRACTICE_SITE"] = "true"
    code, said = stopped_while_starting(environment)
    assert code == 0
    assert "refused to gracefully stop" not in said
    assert nothing_runs_in(data)


def test_import_and_export_beside_a_running_server(environment: Environment, data: Path) -> None:
    environment["FELLESJOURNAL_PRACTICE_SITE"] = "true"
    file = data / "two.ndjson"
    lines = [{"resourceType": "Patient", "id": "a"}, {"resourceType": "Patient", "id": "b", "color": "red"}]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with started(environment, "serve") as (process, address):
        done = fellesjournal(environment, "import", str(file))
        assert done.returncode == 1
        assert f"{file}, line 2: " in done.stderr
        assert "1 resources created" in done.stdout
        again = fellesjournal(environment, "import", str(file))
        assert again.returncode == 1
        assert "1 of the files had been read earlier" in again.stdout
        assert "1 faulty in these files were reported earlier" in again.stdout
        assert ask(address, "fhir/Patient/a")["id"] == "a"
        assert fellesjournal(environment, "export", str(data / "out")).returncode == 0
        exported = json.loads((data / "out" / "Patient.ndjson").read_text())
        assert exported["id"] == "a"
        assert fellesjournal(environment, "database", "check").returncode == 0
        assert stop(process, signal.SIGINT) == 0


def test_a_site_that_is_not_for_practice_does_not_answer(environment: Environment) -> None:
    refused = fellesjournal(environment, "serve")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Nobody can sign in here: configure HelseID or ID-porten")


def test_a_practice_site_answers_on_loopback_only(environment: Environment) -> None:
    environment |= {"FELLESJOURNAL_PRACTICE_SITE": "true", "FELLESJOURNAL_ADDRESS": "0.0.0.0"}
    refused = fellesjournal(environment, "serve")
    assert refused.returncode == 1
    assert "answers only on a loopback address such as 127.0.0.1, not on 0.0.0.0" in refused.stderr


def test_the_demo_leaves_a_database_alone_that_may_hold_real_persons(environment: Environment) -> None:
    environment["DATABASE_URL"] = "postgresql://127.0.0.1:1/journal"
    refused = fellesjournal(environment, "demo")
    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "In the demo anybody may be anybody: set FELLESJOURNAL_PRACTICE_SITE=true"
    )


def test_a_sites_own_database_is_upgraded_by_its_own_command(
    environment: Environment, empty_database_url: str, data: Path
) -> None:
    environment |= {"DATABASE_URL": empty_database_url, "FELLESJOURNAL_PRACTICE_SITE": "true"}
    refused = fellesjournal(environment, "serve")
    assert "run `fellesjournal database upgrade`" in refused.stderr
    assert fellesjournal(environment, "database", "check").returncode == 1
    refused = fellesjournal(environment, "export", str(data / "out"))
    assert refused.stderr.endswith("run `fellesjournal database upgrade`.\n")
    assert not (data / "out").exists()
    assert "Applied record/0001_record." in fellesjournal(environment, "database", "upgrade").stdout
    assert fellesjournal(environment, "database", "check").stdout.strip() == "The database is up to date."


def test_nobody_makes_a_database_by_asking_for_it(environment: Environment, data: Path) -> None:
    checked = fellesjournal(environment, "database", "check")
    assert (checked.returncode, checked.stdout.startswith(f"There is no database in {data} yet")) == (1, True)
    refused = fellesjournal(environment, "export", str(data / "out"))
    assert refused.stderr.startswith(f"There is no database in {data} yet")
    assert list(data.iterdir()) == [data / "cache"]  # was lent by environment_for


@pytest.mark.parametrize("port", ["0", "99999"])
def test_a_port_that_is_none(environment: Environment, port: str) -> None:
    by_option = fellesjournal(environment, "demo", "--port", port)
    by_variable = fellesjournal(environment | {"FELLESJOURNAL_PORT": port}, "demo")
    said = f'FELLESJOURNAL_PORT is "{port}": it must be a whole number, from 1 to 65535.'
    assert (by_option.returncode, by_option.stderr.strip()) == (1, said)
    assert (by_variable.returncode, by_variable.stderr.strip()) == (1, said)


def test_an_unknown_setting_stops_every_command(environment: Environment) -> None:
    refused = fellesjournal(environment | {"FELLESJOURNAL_PROT": "1"}, "settings")
    assert refused.returncode == 1
    assert "Did you mean FELLESJOURNAL_PORT?" in refused.stderr


def test_the_settings_are_printed(environment: Environment) -> None:
    printed = fellesjournal(environment, "settings").stdout
    assert "FELLESJOURNAL_PRACTICE_SITE" in printed
    assert environment["FELLESJOURNAL_PORT"] in printed


def test_definitions_that_are_not_there(environment: Environment, data: Path) -> None:
    environment["FELLESJOURNAL_DEFINITIONS"] = str(data / "nowhere")
    refused = fellesjournal(environment, "database", "upgrade")
    assert refused.returncode == 1
    assert refused.stderr.startswith("FHIR's definitions are missing")
