"""What bin/test runs, in order, and the system packages it would like. Standard library only."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import audit
from steps import Refused, run

SHELL = "chromium-headless-shell"
"""Chromium without windows: the same pages for a fifth of the work. Debian's package has the same name."""
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome")

CHECKS = (
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("floors", ["lint-imports", "--no-logo"]),
)
TYPES = ["mypy"]
"""Half a minute of one core the first time: beside the tests, and told after them."""

TESTS = ["-m", "pytest", "-n", "2", "--dist", "worksteal"]


def run_all(root: Path, programs: Path, arguments: list[str]) -> int:
    """Every check, and the tests; gives 0 when all is well."""
    failed: list[str] = []
    environment = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    environment.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # every command that the tests start would compile us anew

    def check(command: list[str]) -> subprocess.CompletedProcess[str]:
        program, *options = command
        return subprocess.run(
            [programs / program, *options],
            cwd=root,
            env=environment,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def tell(name: str, done: subprocess.CompletedProcess[str]) -> None:
        print(f"== {name}\n{done.stdout}", end="", flush=True)
        if done.returncode:
            failed.append(name)

    with ThreadPoolExecutor() as side_by_side:
        types = side_by_side.submit(check, TYPES)
        found = side_by_side.map(check, (command for _, command in CHECKS))
        for (name, _), done in zip(CHECKS, found, strict=True):
            tell(name, done)
        print("== known vulnerabilities of the packages", flush=True)
        if not audit.step(root, datetime.now(UTC).date()):
            failed.append("packages")
        print("== tests", flush=True)
        tests = subprocess.run(
            [programs / "python", *TESTS, *arguments], cwd=root, env=environment, check=False
        )
        tell("types", types.result())
    if failed:
        print(f"== NOT in order: {', '.join(failed)} (see above)", flush=True)
    return tests.returncode or int(bool(failed))


def ensure_browser(root: Path) -> None:
    """Debian's Chromium for the browser tests, where we may install it; without one they are skipped."""
    wanted = any("playwright" in test.read_text() for test in (root / "tests").rglob("test_*.py"))
    if not wanted or shutil.which(SHELL) or not may_install():
        return
    there = any(map(shutil.which, BROWSERS))
    try:
        if not there and not known(SHELL):
            run("List of Debian packages", ["apt-get", "update"], log=None)
        if known(SHELL) or not there:
            package = SHELL if known(SHELL) else "chromium"
            install_system_package(package, "Chromium for the browser tests")
    except Refused as refusal:
        if not there:
            print(f"The browser tests will be skipped. {refusal}", file=sys.stderr)


def known(package: str) -> bool:
    """Whether this machine's list of packages has it."""
    return subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0


def may_install() -> bool:
    """Whether this is root on a machine with apt."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_system_package(package: str, purpose: str) -> None:
    """Install a Debian or Ubuntu package, or say that a person must."""
    if not may_install():
        raise Refused(f"{purpose} is missing: install it (`apt install {package}`) and start again.")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    try:
        run(purpose, install, log=None)
    except Refused:
        run("List of Debian packages", ["apt-get", "update"], log=None)
        run(purpose, install, log=None)


def major_version(program: str) -> int:
    """The first number of what `program --version` prints; 0 when it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True, timeout=20)
        return int(said.stdout.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.SubprocessError, ValueError):
        return 0
