"""Rooms in Valkey, shared by several machines: a stream for each room."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from time import time, time_ns
from typing import Any

import orjson

from app.rooms.store import OPENED, PRESENT_SECONDS, NoRoomError, NotKeptError, RoomEvent

ANSWER_SECONDS = 5
"""Seconds to wait for an answer of Valkey."""

EVENTS, PRESENT = "fallline:room:{}:events", "fallline:room:{}:present"

CREATE = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('XADD', KEYS[1], ARGV[1], 'kind', ARGV[2], 'data', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
"""
"""The first number is the time in milliseconds, so that it exceeds those of an earlier room of this code."""


class ValkeyStore:
    """A `RoomStore`. Events survive a crash of Valkey if it is configured so (`appendonly yes`, `appendfsync always`).

    Args: address: `valkey://host:port`; seconds: how long a room stays after its last event.

    Raises: NotKeptError.
    """

    def __init__(self, address: str, seconds: float) -> None:
        self._seconds = max(1, round(seconds))
        try:
            valkey = import_module("valkey")
        except ImportError:
            raise NotKeptError("--room-store needs the package valkey: pip install 'fallline[valkey]'") from None
        self._errors = (valkey.exceptions.ValkeyError, OSError)
        self._valkey = valkey.from_url(address, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS)

    def create(self, code: str, data: Mapping[str, Any]) -> bool:
        first, text = f"0-{time_ns() // 1_000_000}", orjson.dumps(data)
        with self._errors_as_not_kept():
            return bool(self._valkey.eval(CREATE, 1, EVENTS.format(code), first, OPENED, text, self._seconds))

    def codes(self) -> list[str]:
        with self._errors_as_not_kept():
            keys = list(self._valkey.scan_iter(EVENTS.format("*")))
        return [key.decode().split(":")[2] for key in keys]

    def append(self, code: str, kind: str, data: Mapping[str, Any], instead_of: int | None = None) -> int:
        key = EVENTS.format(code)
        with self._errors_as_not_kept():
            together = self._valkey.pipeline(transaction=True)
            together.xadd(key, {"kind": kind, "data": orjson.dumps(data)}, id="0-*", nomkstream=True)
            together.expire(key, self._seconds)
            if instead_of is not None:
                together.xdel(key, f"0-{instead_of}")
            number, *_ = together.execute()
        if number is None:
            raise NoRoomError(code)
        return _number(number)

    def read(self, code: str, after: int) -> list[RoomEvent]:
        found = self.news({code: after})[code]
        if found is None:
            raise NoRoomError(code)
        return found

    def news(self, after: Mapping[str, int]) -> dict[str, list[RoomEvent] | None]:
        with self._errors_as_not_kept():
            together = self._valkey.pipeline(transaction=False)
            for code, number in after.items():
                together.exists(EVENTS.format(code))
                together.xrange(EVENTS.format(code), min=f"(0-{number}")
            replies = together.execute()
        found = zip(after, replies[::2], replies[1::2], strict=True)
        return {code: list(map(_event, events)) if exists else None for code, exists, events in found}

    def present(self, code: str, process: str, seats: int) -> int:
        key, now = PRESENT.format(code), time()
        with self._errors_as_not_kept():
            together = self._valkey.pipeline(transaction=True)
            together.hset(key, process, f"{now + PRESENT_SECONDS} {seats}")
            together.expire(key, PRESENT_SECONDS)
            together.hgetall(key)
            *_, told = together.execute()
        others = (text.split() for name, text in told.items() if name.decode() != process)
        return sum(int(count) for until, count in others if float(until) > now)

    def delete(self, code: str) -> None:
        with self._errors_as_not_kept():
            self._valkey.delete(EVENTS.format(code), PRESENT.format(code))

    def expire(self) -> Sequence[str]:
        return ()  # Valkey does

    def close(self) -> None:
        with self._errors_as_not_kept():
            self._valkey.close()

    @contextmanager
    def _errors_as_not_kept(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise NotKeptError(str(error)) from error


def _number(identity: bytes) -> int:
    return int(identity.partition(b"-")[2])


def _event(entry: tuple[bytes, dict[bytes, bytes]]) -> RoomEvent:
    identity, fields = entry
    return RoomEvent(_number(identity), fields[b"kind"].decode(), orjson.loads(fields[b"data"]))
