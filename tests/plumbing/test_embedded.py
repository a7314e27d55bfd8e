import asyncio
import fcntl
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from fellesjournal.plumbing import embedded, postgres_home
from fellesjournal.plumbing.trouble import Trouble
from scratch import scratch

SMALL = {"fsync": "off", "shared_buffers": "16MB"}


@pytest.fixture
def directory() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may enter, unlike pytest's."""
    with scratch("fj-embedded-") as path:
        yield path


async def _ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def _postmaster(directory: Path) -> int | None:
    found = list(directory.glob("postgresql-*/data/postmaster.pid"))
    return int(found[0].read_text().splitlines()[0]) if found else None


def test_what_is_written_is_there_at_the_next_start(directory: Path) -> None:
    with embedded.running(directory, SMALL) as url:
        asyncio.run(_ask(url, "create table kept as select 42 as answer"))
    assert _postmaster(directory) is None
    with embedded.running(directory, SMALL) as url:
        assert asyncio.run(_ask(url, "select answer from kept")) == 42


def test_settings_are_those_of_this_start(directory: Path) -> None:
    with embedded.running(directory, SMALL) as url:
        assert asyncio.run(_ask(url, "show synchronous_commit")) == "on"
        assert asyncio.run(_ask(url, "show shared_buffers")) == "16MB"
    with embedded.running(directory, SMALL | {"shared_buffers": "24MB"}) as url:
        assert asyncio.run(_ask(url, "show shared_buffers")) == "24MB"


def test_it_listens_on_no_network_address(directory: Path) -> None:
    with embedded.running(directory, SMALL) as url:
        assert asyncio.run(_ask(url, "show listen_addresses")) == ""
        sockets = next(directory.glob("postgresql-*/sockets"))
        assert sockets.stat().st_mode & 0o777 == 0o700


def test_the_last_user_stops_it(directory: Path) -> None:
    with embedded.running(directory, SMALL) as first:
        with embedded.running(directory, SMALL) as second:
            assert first == second
        assert asyncio.run(_ask(first, "select 1")) == 1
    assert _postmaster(directory) is None


def test_a_path_too_long_for_a_socket(directory: Path) -> None:
    deep = directory.joinpath(*["a-rather-long-folder-name"] * 5)
    with embedded.running(deep, SMALL) as url:
        assert asyncio.run(_ask(url, "select 1")) == 1
        assert str(deep) not in url
        sockets = Path(url.partition("?host=")[2])
    assert not sockets.exists()


def test_a_path_with_spaces_and_letters_of_ours(directory: Path) -> None:
    with embedded.running(directory / "Mine dokumenter" / "språk å", SMALL) as url:
        assert asyncio.run(_ask(url, "select 1")) == 1


def test_an_interrupted_first_start_is_begun_anew(directory: Path) -> None:
    half = postgres_home.prepare(directory).unfinished
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with embedded.running(directory, SMALL) as url:
        assert asyncio.run(_ask(url, "select 1")) == 1


def test_after_a_kill_it_recovers(directory: Path) -> None:
    with embedded.running(directory, {"shared_buffers": "16MB"}) as url:
        asyncio.run(_ask(url, "create table kept as select 42 as answer"))
        pid = _postmaster(directory)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
    with embedded.running(directory, SMALL) as url:
        assert asyncio.run(_ask(url, "select answer from kept")) == 42


def test_it_outlives_a_killed_program_and_serves_the_next(directory: Path) -> None:
    program = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from fellesjournal.plumbing import embedded
        with embedded.running(Path({str(directory)!r}), {SMALL!r}):
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    source = Path(embedded.__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(source)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    survivor = _postmaster(directory)
    assert survivor is not None
    with embedded.running(directory, SMALL) as url:
        assert _postmaster(directory) == survivor
        assert asyncio.run(_ask(url, "select 1")) == 1
    assert _postmaster(directory) is None


def test_it_stands_outside_the_terminals_process_group(directory: Path) -> None:
    with embedded.running(directory, SMALL):
        pid = _postmaster(directory)
        assert pid is not None
        assert os.getsid(pid) != os.getsid(0)


def test_two_first_starts_wait_for_each_other(directory: Path) -> None:
    home = postgres_home.prepare(directory)
    with (home.directory / "start.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        source = Path(embedded.__file__).parents[2]
        program = f"""
from pathlib import Path
from fellesjournal.plumbing import embedded
with embedded.running(Path({str(directory)!r}), {SMALL!r}):
    print('served')
"""
        waiting = subprocess.Popen(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(source)},
            stdout=subprocess.PIPE,
            text=True,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(1)
        assert _postmaster(directory) is None
    said, _ = waiting.communicate(timeout=60)
    assert said == "served\n"


def test_a_file_where_the_folder_should_be(directory: Path) -> None:
    (directory / "taken").write_text("")
    with (
        pytest.raises(Trouble, match=r"cannot be made: (File exists|Not a directory)"),
        embedded.running(directory / "taken", SMALL),
    ):
        pass


def test_a_server_that_does_not_start_says_why(directory: Path) -> None:
    with (
        pytest.raises(Trouble, match=r"PostgreSQL does not start: .*shared_buffers"),
        embedded.running(directory, {"shared_buffers": "'much'"}),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has a PostgreSQL of another user")
def test_root_is_told_of_a_folder_that_postgresqls_user_cannot_enter(directory: Path) -> None:
    closed = directory / "closed"
    closed.mkdir(mode=0o700)
    with (
        pytest.raises(Trouble, match="choose a data directory whose parents everyone may enter"),
        embedded.running(closed / "data", SMALL),
    ):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(directory: Path) -> None:
    directory.chmod(0o555)
    with (
        pytest.raises(Trouble, match="cannot be made: Permission denied"),
        embedded.running(directory / "data", SMALL),
    ):
        pass
