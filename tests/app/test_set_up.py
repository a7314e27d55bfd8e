"""bin/demo and bin/test on machines where something is missing: one clear sentence each."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import checks
import setup
import steps
from conftest import ROOT
from steps import Refused


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree in which nothing has been installed."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(setup, "NODE_PACKAGES", tmp_path / "node_modules")
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    for name in ("package-lock.json", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("command", ["demo", "test"])
def test_help_installs_nothing(command: str, tree: Path) -> None:
    shutil.copytree(ROOT / "bin", tree / "bin")
    told = subprocess.run(
        ["bash", str(tree / "bin" / command), "--help"], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith(f"bin/{command} [")
    assert not (tree / ".venv").exists()


@pytest.mark.parametrize("command", ["demo", "test"])
def test_a_python_too_old(command: str, tmp_path: Path) -> None:
    (tmp_path / "python3").write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit\nexit 1\n'
    )
    (tmp_path / "python3").chmod(0o755)
    for program in ("bash", "dirname", "sh"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    refused = subprocess.run(
        ["bash", str(ROOT / "bin" / command)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        "Fellesjournal needs Python 3.11 or newer, and this machine has Python 3.9.2: "
        "install python3.11 or newer."
    )


def test_the_distributions_own_python_comes_first(tmp_path: Path) -> None:
    (tmp_path / "python3").symlink_to(sys.executable)
    ask = f'. {ROOT}/bin/python.sh; "$python" -c "import sys; print(sys.executable)"'
    found = [
        subprocess.run(
            ["bash", "-c", ask], env={"PATH": path}, capture_output=True, text=True, check=True
        ).stdout.strip()
        for path in (f"{tmp_path}:/usr/bin:/bin", f"{tmp_path}:/bin")
    ]
    own = Path("/usr/bin/python3")
    suits = own.exists() and _says(own, "import ensurepip, sys; print(sys.version_info >= (3, 11))") == "True"
    assert found == [str(own) if suits else str(tmp_path / "python3"), str(tmp_path / "python3")]


def _says(python: Path, program: str) -> str:
    said = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    return said.stdout.strip()


def test_a_full_disk_is_noticed_before_anything_is_installed(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=5 * 2**20))
    with pytest.raises(Refused, match=r"is full: 5 MB are free, and the set-up needs \d+ MB"):
        setup.make_ready("runtime")
    assert not (tree / ".venv").exists()


def test_a_disk_that_fills_up_meanwhile(tmp_path: Path) -> None:
    program = "import sys; print('OSError: [Errno 28] No space left on device'); sys.exit(1)"
    with pytest.raises(Refused, match=r"^Python packages: the disk is full\. \(everything it said: "):
        steps.run("Python packages", [sys.executable, "-c", program], log=tmp_path / "log")
    assert "No space left" in (tmp_path / "log").read_text()


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    program = "import sys; print('Collecting x'); print('ERROR: no such package'); sys.exit(1)"
    with pytest.raises(Refused, match=r"^Python packages: ERROR: no such package$"):
        steps.run("Python packages", [sys.executable, "-c", program], log=None)


def test_a_python_without_its_installer(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(checks, "may_install", lambda: False)
    with pytest.raises(Refused, match=r"install it \(`apt install python3\.\d+-venv`\) and start again"):
        setup.make_environment()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("command", ["demo", "test"])
def test_a_tree_that_may_not_be_written_to(command: str, tree: Path) -> None:
    shutil.copytree(ROOT / "bin", tree / "bin")
    tree.chmod(0o555)
    refused = subprocess.run(
        ["bash", str(tree / "bin" / command)], capture_output=True, text=True, check=False
    )
    tree.chmod(0o755)
    assert refused.returncode == 1
    assert "cannot be written to. Fellesjournal installs what it needs inside" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_what_is_installed_is_not_installed_again(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def run(name: str, command: object, **options: object) -> None:
        ran.append(name)
        for folder in (".venv", "node_modules"):
            (tree / folder).mkdir(exist_ok=True)

    monkeypatch.setattr(setup, "run", run)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(checks, "major_version", lambda program: 24)
    setup.make_ready("development", "runtime")
    assert ran[0] == "Virtual environment"
    assert [one for one in ran[1:] if "npm" not in one] == ["Python packages", "Fellesjournal itself"]
    assert "FHIR definitions (npm packages)" in ran
    ran.clear()
    setup.make_ready("development", "runtime")
    setup.make_ready("runtime")
    assert ran == []
    (tree / "package-lock.json").write_text("{}")
    setup.make_ready("runtime")
    assert ran == ["FHIR definitions (npm packages)"]


def test_an_old_node_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho v16.20.2\n")
    node.chmod(0o755)
    assert checks.major_version(str(node)) == 16
    assert checks.major_version(str(tmp_path / "absent")) == 0


def test_roots_data_is_put_where_postgresql_can_reach_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    tree.chmod(0o700)
    assert setup.data_directory().is_relative_to("/var/lib/fellesjournal")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert setup.data_directory() == tree / ".data"
