"""The load: closed-loop clients in a process of their own, started, paused and read from outside."""

import asyncio
import multiprocessing
import time
from array import array
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from typing import Protocol

import uvloop

from bench.http import Answer, Broken, Connection

LISTED_FAULTS = 20


@dataclass
class Measured:
    """What the clients saw in one run; `times` are seconds per kind of request."""

    seconds: float = 0.0
    client_cpu: float = 0.0
    times: dict[str, "array[float]"] = field(default_factory=dict)
    faults: int = 0
    listed: list[str] = field(default_factory=list)

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return sum(map(len, self.times.values()))

    def fault(self, text: str) -> None:
        """Count a wrong answer and keep the first few in words."""
        self.faults += 1
        if len(self.listed) < LISTED_FAULTS:
            self.listed.append(text)


class Workload(Protocol):
    """What one client does, again and again. Must be picklable: it travels to the load process."""

    async def once(self, client: "Client") -> bool:
        """One iteration; False when there is nothing more to do."""


class Client:
    """One user: a connection, a clock and a gate that stops it between requests."""

    def __init__(self, number: int, address: tuple[str, int], gate: asyncio.Event) -> None:
        self.number = number
        self.measured = Measured()
        self.busy = False
        self._connection = Connection(*address)
        self._gate = gate

    async def ask(self, kind: str, method: str, path: str, body: bytes = b"", headers: bytes = b"") -> Answer:
        """Send a request as soon as the gate is open and note how long the answer took; `headers` as in
        Connection.request."""
        await self._gate.wait()
        self.busy = True
        try:
            start = time.perf_counter()
            answer = await self._connection.request(method, path, body, headers)
            self.measured.times.setdefault(kind, array("d")).append(time.perf_counter() - start)
            return answer
        finally:
            self.busy = False

    def expect(self, truth: bool, text: str) -> None:
        """Note a fault unless `truth`."""
        if not truth:
            self.measured.fault(text)

    async def repeat(self, workload: Workload) -> None:
        """Iterate until there is nothing more to do."""
        going = True
        while going:
            try:
                going = await workload.once(self)
            except Broken as lost:
                self.measured.fault(f"connection lost: {lost}")
                self._connection.close()
                await asyncio.sleep(0.1)


class Load:
    """The load process, seen from the bench."""

    def __init__(self, workload: Workload, address: tuple[str, int], clients: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, far_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(far_end, workload, address, clients))

    def __enter__(self) -> "Load":
        self._process.start()
        return self

    def run(self, seconds: float) -> Measured:
        """Let all clients work for `seconds`, or until all is done; they stop between requests."""
        self._pipe.send(seconds)
        measured = self._pipe.recv()
        assert isinstance(measured, Measured)
        return measured

    def __exit__(self, *error: object) -> None:
        self._pipe.send(None)
        self._process.join()


def _serve(pipe: Pipe, workload: Workload, address: tuple[str, int], clients: int) -> None:
    uvloop.run(_clients(pipe, workload, address, clients))


async def _clients(pipe: Pipe, workload: Workload, address: tuple[str, int], number: int) -> None:
    loop, gate = asyncio.get_running_loop(), asyncio.Event()
    clients = [Client(n, address, gate) for n in range(number)]
    tasks = [asyncio.create_task(client.repeat(workload)) for client in clients]
    while (seconds := await loop.run_in_executor(None, pipe.recv)) is not None:
        start, cpu = time.perf_counter(), time.process_time()
        gate.set()
        done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        gate.clear()
        for task in done:
            task.result()
        while any(client.busy for client in clients):  # noqa: ASYNC110 -- an event each would cost each request
            await asyncio.sleep(0.002)
        pipe.send(_collected(clients, time.perf_counter() - start, time.process_time() - cpu))
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)


def _collected(clients: list[Client], seconds: float, cpu: float) -> Measured:
    total = Measured(seconds, cpu)
    for client in clients:
        for kind, times in client.measured.times.items():
            total.times.setdefault(kind, array("d")).extend(times)
        for text in client.measured.listed:
            total.fault(text)
        total.faults += client.measured.faults - len(client.measured.listed)
        client.measured = Measured()
    return total
