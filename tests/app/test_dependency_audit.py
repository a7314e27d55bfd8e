"""The audit against a source that speaks as OSV does, and without one."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import audit
from conftest import ROOT

TODAY = date(2026, 11, 26)
KNOWN = {
    "GHSA-1": {"id": "GHSA-1", "aliases": ["CVE-2026-1"], "summary": "A template runs code."},
    "GHSA-2": {"id": "GHSA-2", "withdrawn": "2026-01-01T00:00:00Z"},
}


class Osv(BaseHTTPRequestHandler):
    asked: list[dict[str, Any]]

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["content-length"])))["queries"]
        Osv.asked += queries
        vulnerable = [{"id": id} for id in KNOWN]
        results = [{"vulns": vulnerable} if one["package"]["name"] == "jinja2" else {} for one in queries]
        self._say({"results": results})

    def do_GET(self) -> None:
        self._say(KNOWN[self.path.rpartition("/")[2]])

    def _say(self, tree: Any) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(tree).encode())

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def source() -> Iterator[str]:
    Osv.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "runtime.txt").write_text(
        "Jinja2==3.1.0 \\\n    --hash=sha256:00\n"
        "ruamel.yaml==1 ; python_version < '4' \\\n    --hash=sha256:00\n"
    )
    packages = {
        "": {"version": "0"},
        "node_modules/a": {"version": "1"},
        "node_modules/a/node_modules/@b/c": {"version": "2"},
    }
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": packages}))
    (tmp_path / "docs" / "security-exceptions.toml").write_text("")
    return tmp_path


def test_every_locked_package_is_asked_about(tree: Path, source: str) -> None:
    audit.step(tree, TODAY, source)
    asked = [(q["package"]["ecosystem"], q["package"]["name"], q["version"]) for q in Osv.asked]
    assert asked == [
        ("PyPI", "jinja2", "3.1.0"),
        ("PyPI", "ruamel-yaml", "1"),
        ("npm", "@b/c", "2"),
        ("npm", "a", "1"),
    ]


def test_what_is_known_fails_the_step_and_is_told(
    tree: Path, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not audit.step(tree, TODAY, source)
    told = capsys.readouterr().out
    assert "PyPI jinja2 3.1.0: GHSA-1, CVE-2026-1: A template runs code." in told
    assert "GHSA-2" not in told


@pytest.mark.parametrize("id", ["GHSA-1", "CVE-2026-1"])
def test_what_is_excepted_with_a_reason_does_not_until_its_day(tree: Path, source: str, id: str) -> None:
    _except(tree, id=id, until="2026-11-26")
    assert audit.step(tree, TODAY, source)
    assert not audit.step(tree, date(2026, 11, 27), source)


def test_an_exception_without_a_reason_is_none(tree: Path, source: str) -> None:
    for text in ('exception = "x"', "[[exception]]\nid = 1", "[other]", "]["):
        (tree / "docs" / "security-exceptions.toml").write_text(text)
        assert not audit.step(tree, TODAY, source)
    _except(tree, id="GHSA-1", until="2026-12-31", reason="because")
    assert not audit.step(tree, TODAY, source)


def test_a_source_that_is_not_reached_fails_nothing_and_is_told(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.step(tree, TODAY, "http://127.0.0.1:1/v1")
    assert capsys.readouterr().out.startswith("not audited: http://127.0.0.1:1/v1 could not be asked")


def test_our_own_lists_are_understood() -> None:
    audit.exceptions(ROOT / audit.EXCEPTIONS, TODAY)
    found = {(one.ecosystem, one.name) for one in audit.locked(ROOT)}
    assert {("PyPI", "starlette"), ("PyPI", "pytest"), ("npm", "fhir-kit-client")} <= found


def _except(tree: Path, id: str, until: str, reason: str = "No template comes from outside.") -> None:
    (tree / "docs" / "security-exceptions.toml").write_text(
        f'[[exception]]\npackage = "jinja2"\nid = "{id}"\nreason = "{reason}"\nuntil = {until}\n'
    )
