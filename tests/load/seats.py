"""A class in a room, in a process of its own: `python -m tests.load.seats URL KEY SEATS`, of the room `class`.

The seats come within ten seconds, follow what the wall shows, and answer within two. What they saw goes as JSON to
standard output. They speak HTTP/1.0, so that a stream comes as it is.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
from typing import Any
from urllib.parse import urlsplit

ROOM = "/api/v1/rooms/class"
ARRIVAL, ANSWERING = 10.0, 2.0
"""Seconds within which all come, and all answer."""

STEPS, EVERY = 40, 0.25
"""So many times the wall shows another step, with so many seconds between two."""

PICTURE = {"marks": "x" * 4000}
"""About as much as the picture of two runs."""

QUESTION = {"id": "load/1", "kind": "step"}
STEP = re.compile(rb'"step":(\d+)')


class Load:
    """The wall, with what all seats saw."""

    def __init__(self, url: str, key: str) -> None:
        self.place = urlsplit(url)
        self.key = key
        self.shown: dict[int, float] = {}
        """Step -> when it was sent."""
        self.late: list[float] = []
        self.ran = self.counted = 0
        self.faults: list[str] = []

    async def ask(self, path: str, body: Any, key: bool = False) -> tuple[int, Any]:
        """The status and the reply to a POST."""
        text = json.dumps(body)
        lead = f"Authorization: Bearer {self.key}\r\n" if key else ""
        head = (
            f"POST {ROOM}/{path} HTTP/1.0\r\nHost: x\r\nContent-Type: application/json\r\n{lead}"
            f"Content-Length: {len(text)}\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection(self.place.hostname, self.place.port)
        writer.write(head.encode() + text.encode())
        came = await reader.read()
        writer.close()
        head_came, _, reply = came.partition(b"\r\n\r\n")
        return int(head_came.split()[1]), json.loads(reply)

    async def show(self, step: int) -> None:
        """Show a step."""
        self.shown[step] = time.monotonic()
        body = {"address": "/", "step": step, "playing": False, "pace": 30, "picture": PICTURE, "question": QUESTION}
        status, reply = await self.ask("shown", body, key=True)
        if status != 200:
            self.faults.append(f"shown: {reply}")

    async def follow(self, number: int, delay: float, there: asyncio.Future[float]) -> None:
        """A seat: comes after a delay, and reads until the end."""
        await asyncio.sleep(delay)
        began = time.monotonic()
        reader, writer = await asyncio.open_connection(self.place.hostname, self.place.port, limit=1 << 20)
        writer.write(f"GET {ROOM}/events?seat={token(number)} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        while True:
            event = await reader.readuntil(b"\n\n")
            if b"event: state" in event:
                there.set_result(time.monotonic() - began)
            elif event.startswith(b"event: shown"):
                step = int(STEP.search(event)[1])  # type: ignore[index]
                self.late.append(time.monotonic() - self.shown[step])
            elif event.startswith(b"event: ran"):
                self.ran += 1
                answers = json.loads(event.partition(b"data: ")[2])["answers"]
                self.counted = len({seat for seat, _ in answers}) if len(answers) == len(set(map(str, answers))) else 0

    async def answer(self, number: int, delay: float) -> float:
        """A seat answers after a delay; returns the seconds until it was told that it had."""
        await asyncio.sleep(delay)
        began = time.monotonic()
        status, reply = await self.ask("entries", {"seat": token(number), "question": "load/1", "entry": number})
        if status != 200:
            self.faults.append(f"entry: {reply}")
        return time.monotonic() - began


def token(number: int) -> str:
    """The token of a seat."""
    return f"seat-{number:020}"


def percentile(values: list[float], share: float) -> float:
    """The value below which such a share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


async def play(url: str, key: str, seats: int) -> dict[str, Any]:
    """What a class of so many sees."""
    load, loop = Load(url, key), asyncio.get_running_loop()
    there = [loop.create_future() for _ in range(seats)]
    following = [
        asyncio.create_task(load.follow(number, number * ARRIVAL / seats, future))
        for number, future in enumerate(there)
    ]
    joined = await asyncio.wait_for(asyncio.gather(*there), 60)
    for step in range(STEPS):
        await load.show(step)
        await asyncio.sleep(EVERY)
    await asyncio.sleep(2)
    used = time.process_time()
    answered = await asyncio.gather(*(load.answer(number, number * ANSWERING / seats) for number in range(seats)))
    status, reply = await load.ask("ran", {"question": "load/1"}, key=True)
    if status != 200:
        load.faults.append(f"ran: {reply}")
    for _ in range(200):
        if load.ran == seats:
            break
        await asyncio.sleep(0.05)
    for one in following:
        one.cancel()
    return {
        "joined": max(joined), "told": len(load.late), "steps": STEPS, "ran": load.ran, "counted": load.counted, "faults": load.faults[:3],
        "late": {share: 1000 * percentile(load.late, share) for share in (0.5, 0.99, 1)},
        "answered": max(answered), "tester": time.process_time() - used,
    }  # fmt: skip


if __name__ == "__main__":
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    url, key, seats = sys.argv[1:]
    assert urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"), "only a server on this machine is loaded"
    print(json.dumps(asyncio.run(play(url, key, int(seats)))), flush=True)
