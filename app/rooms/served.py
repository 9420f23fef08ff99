"""The rooms in one process: their events from the store, and the events that other processes add."""

import asyncio
import logging
import math
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from app.rooms.followed import Followed
from app.rooms.opening import CLASS, key_of_class, new_code, new_key, open_store
from app.rooms.store import NoRoomError, NotKeptError, RoomEvent, RoomStore
from app.server.refusals import RequestError
from app.server.settings import Settings
from app.server.shutdown import Shutdown

LOOK_EVERY, COUNT_EVERY, EXPIRE_EVERY = 0.025, 1.0, 60.0
"""Seconds between two reads of others' events; two counts of seats; two searches for expired rooms."""

LOG = logging.getLogger("fallline.rooms")

Result = TypeVar("Result")


class Rooms:
    """All rooms, for the requests of one process. The store is used in a thread of its own."""

    def __init__(self, settings: Settings, shutdown: Shutdown) -> None:
        self.settings = settings
        self._shutdown = shutdown
        self._thread = ThreadPoolExecutor(1, "rooms")
        self._opened: RoomStore | None = None
        self._fails = False
        """Whether the last use of the store failed: this is printed once."""
        self._known: dict[str, Followed] = {}
        self._process = secrets.token_hex(8)
        self._key = ""
        """The key of the room of a class."""
        shutdown.at_begin.append(self._wake_all)

    # a room

    async def open(self) -> tuple[str, str]:
        """Open a room. Returns: its code and its key. Raises: RequestError, there are as many as allowed."""
        most, key = self.settings.rooms, new_key()

        def create(store: RoomStore) -> str | None:
            store.expire()
            if len(set(store.codes()) - {CLASS}) >= most:
                return None
            while not store.create(code := new_code(), {"key": key}):
                pass
            return code

        code = await self._do(create)
        if code is None:
            raise RequestError("room_full", ("server",), what="rooms", limit=most)
        return code, key

    async def at(self, code: str) -> Followed:
        """A room with all its events. Raises: RequestError (404)."""
        code = code if code == CLASS else code.upper()
        if not (self.settings.classroom if code == CLASS else self.settings.rooms):
            raise _no_room(code)
        known = self._known.get(code) or Followed(code)
        await self._read(known)
        if known.room.is_over:  # another one of the same code has replaced it
            known = Followed(code)
            await self._read(known)
        known = self._known.setdefault(code, known)
        known.used = asyncio.get_running_loop().time()
        return known

    async def _read(self, at: Followed) -> None:
        def read(store: RoomStore) -> list[RoomEvent]:
            try:
                return store.read(at.code, at.room.last)
            except NoRoomError:
                if at.code != CLASS:
                    raise
                store.create(CLASS, {"key": self._key})
                return store.read(CLASS, at.room.last)

        try:
            self._take(at, await self._do(read))
        except NoRoomError:
            self._forget(at.code)
            raise _no_room(at.code) from None

    async def add(self, at: Followed, kind: str, data: Mapping[str, Any], instead_of: int | None = None) -> int | None:
        """Add an event to a room. Returns: its number; None if it came too late.

        Args: instead_of: the number of an earlier event that may be dropped.

        Raises: RequestError.
        """
        if at.room.size > self.settings.room_bytes:
            raise RequestError("room_full", ("server",), what="bytes", limit=self.settings.room_bytes)

        def add(store: RoomStore) -> tuple[int, list[RoomEvent]]:
            number = store.append(at.code, kind, data, instead_of)
            return number, store.read(at.code, at.room.last)

        try:
            number, events = await self._do(add)
        except NoRoomError:
            self._forget(at.code)
            raise _no_room(at.code) from None
        self._take(at, events)
        if at.room.is_over:
            raise _no_room(at.code)
        return None if number in at.room.did_not_count else number

    async def delete(self, at: Followed) -> None:
        """Delete a room and all its events; the room of a class is then opened again, empty."""

        def delete(store: RoomStore) -> None:
            store.delete(at.code)
            self._open_class_again(store, [at.code])

        await self._do(delete)
        self._forget(at.code)

    def _take(self, at: Followed, events: Iterable[RoomEvent]) -> None:
        at.take(events)
        if at.room.is_over and self._known.get(at.code) is at:
            del self._known[at.code]

    def _forget(self, code: str) -> None:
        if known := self._known.pop(code, None):
            known.close()

    # the store

    async def _do(self, act: Callable[[RoomStore], Result]) -> Result:
        """Use the store, in the store's thread. Raises: RequestError (503); NoRoomError."""

        def done() -> Result:
            if self._opened is None:
                self._opened = open_store(self.settings)
                self._key = key_of_class(self._opened) if self.settings.classroom else ""
            return act(self._opened)

        try:
            result = await asyncio.get_running_loop().run_in_executor(self._thread, done)
        except NotKeptError as error:
            if not self._fails:
                LOG.warning("rooms cannot be kept or read: %s", error)
            self._fails = True
            raise RequestError("not_kept", ("server",)) from None
        self._fails = False
        return result

    def _open_class_again(self, store: RoomStore, gone: Collection[str]) -> None:
        if self.settings.classroom and CLASS in gone:
            store.create(CLASS, {"key": self._key})

    # meanwhile

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """As long as the block runs, read the events of other processes, and delete expired rooms."""
        if not (self.settings.classroom or self.settings.rooms):
            yield
            return
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, RequestError):
                await asyncio.gather(task, return_exceptions=True)
                await self._do(lambda store: store.close())
            self._thread.shutdown(wait=False)

    async def _watch(self) -> None:
        loop, counted, expired = asyncio.get_running_loop(), -math.inf, -math.inf
        while not self._shutdown.has_begun:
            now = loop.time()
            try:
                if self._known:
                    await self._look()
                if now >= counted + COUNT_EVERY:
                    counted = now
                    await self._count()
                if now >= expired + EXPIRE_EVERY:
                    expired = now
                    await self._expire(now)
            except RequestError:
                pass  # the store cannot be used now
            except Exception:
                LOG.exception("what other processes have added to rooms could not be read")
            await self._shutdown.wait_until(now + LOOK_EVERY)

    async def _look(self) -> None:
        """Take the events of other processes."""
        after = {code: at.room.last for code, at in self._known.items()}
        for code, events in (await self._do(lambda store: store.news(after))).items():
            if events is None:
                self._forget(code)
            elif at := self._known.get(code):
                self._take(at, events)

    async def _count(self) -> None:
        """Exchange the numbers of seats in each room with other processes."""
        for code, at in list(self._known.items()):
            seats = at.here
            at.count_elsewhere(await self._do(partial(_present, code=code, process=self._process, seats=seats)))

    async def _expire(self, now: float) -> None:
        def expire(store: RoomStore) -> Collection[str]:
            codes = store.expire()
            self._open_class_again(store, codes)
            return codes

        for code in await self._do(expire):
            self._forget(code)
        for code, at in list(self._known.items()):
            if not at.streams and at.used < now - EXPIRE_EVERY:
                del self._known[code]

    def _wake_all(self) -> None:
        for at in self._known.values():
            at.wake()


def _present(store: RoomStore, code: str, process: str, seats: int) -> int:
    return store.present(code, process, seats)


def _no_room(code: str) -> RequestError:
    return RequestError("no_room", ("path", "code"), code)
