"""The load client reads HTTP as servers write it, and the accounts of /proc add up."""

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bench.http import Broken, header, parsed
from bench.report import percentile

from bench import machine


def test_an_answer_is_read_once_it_is_whole() -> None:
    whole = b"HTTP/1.1 201 Created\r\nContent-Length: 5\r\nLocation: /a\r\n\r\nhello"
    assert all(parsed(bytearray(whole[:size])) is None for size in range(len(whole)))
    answer = parsed(bytearray(whole))
    assert answer is not None
    assert (answer.status, answer.body, header(answer.head, b"location")) == (201, b"hello", b"/a")


def test_chunks_are_put_together() -> None:
    whole = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n"
    assert all(parsed(bytearray(whole[:size])) is None for size in range(len(whole)))
    answer = parsed(bytearray(whole))
    assert answer is not None
    assert answer.body == b"helloyou"


def test_compressed_answers_are_unpacked() -> None:
    body = gzip.compress(b"hello" * 100)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    answer = parsed(bytearray(head + body))
    assert answer is not None
    assert answer.body == b"hello" * 100


def test_no_content_has_no_body_to_wait_for() -> None:
    answer = parsed(bytearray(b"HTTP/1.1 204 No Content\r\nEtag: x\r\n\r\n"))
    assert answer is not None
    assert answer.body == b""


def test_an_answer_without_a_length_is_broken() -> None:
    with pytest.raises(Broken):
        parsed(bytearray(b"HTTP/1.1 200 OK\r\n\r\n"))


def test_percentiles_are_by_nearest_rank() -> None:
    values = [float(number) for number in range(100)]
    assert (percentile(values, 0.5), percentile(values, 0.99), percentile([], 0.5)) == (50.0, 99.0, 0.0)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc")
def test_the_time_of_living_and_dead_children_counts_once() -> None:
    spin = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {spin!r}])\n"
    parent = f"{child}{spin}\nprint('done')\ninput()"
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    used = machine.cpu_seconds([process.pid])
    assert process.pid in machine.family(os.getpid())
    process.communicate(b"\n")
    assert 0.5 < used < 2.0
    assert machine.cpu_seconds([process.pid]) == 0


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="there is no /proc/PID/smaps_rollup")
def test_memory_of_a_process_is_read() -> None:
    seen = machine.memory(os.getpid())
    assert seen.resident >= seen.proportional > 1_000_000
    assert machine.peak_resident(os.getpid()) >= seen.resident // 2
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    time.sleep(0)
    assert machine.memory(process.pid).resident == 0
