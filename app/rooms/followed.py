"""A room as it is followed in this process: who does, and when those are told what is new."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterable

from app.rooms.room import Room
from app.rooms.store import RoomEvent

COUNTS_EVERY, SEATS_EVERY = 0.25, 1.0
"""Seconds between two messages about how many have answered, and how many are there."""


class Throttle:
    """Does something soon after it is asked to, but not more often than it may.

    Args: every: seconds from one time to the next.
    """

    def __init__(self, every: float, act: Callable[[], None]) -> None:
        self._every, self._act = every, act
        self._last, self._due = -math.inf, -math.inf

    def ask(self) -> None:
        """Do it at once, or as soon as it may be done again."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if now < self._due:
            return  # it is to be done anyway
        self._due = max(now, self._last + self._every)
        if self._due <= now:
            self._do()
        else:
            loop.call_at(self._due, self._do)

    def _do(self) -> None:
        self._last = asyncio.get_running_loop().time()
        self._act()


class Followed:
    """A room, and who follows it here.

    Args:
        code: of the room.
        streams: the number of a seat -> how many streams of it are open here; 0 are those of walls.
        elsewhere: seats that follow it in other processes.
        told_seats, told_entries, told_contest: what its streams tell of how many there are, of how many have answered,
            and the count of what was handed in for a contest. They lag behind, so that not every one is told by itself.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.room = Room()
        self.streams: Counter[int] = Counter()
        self.elsewhere = 0
        self.told_seats = self.told_entries = self.told_contest = 0
        self.used = -math.inf
        """When it was last asked for."""
        self._sleepers: set[asyncio.Future[None]] = set()
        self._counting = Throttle(COUNTS_EVERY, self._tell_counts)
        self._seating = Throttle(SEATS_EVERY, self._tell_seats)
        self._entered_in: dict[int, tuple[int, int]] = {}

    @property
    def seats(self) -> int:
        """How many seats follow it now."""
        return self.here + self.elsewhere

    @property
    def here(self) -> int:
        """How many do here."""
        return len(self.streams) - (0 in self.streams)

    def take(self, events: Iterable[RoomEvent]) -> None:
        """Take events that may be new, and wake who follows."""
        room = self.room
        before, asked = room.told[-1:], room.open
        for event in events:
            room.take(event)
        if room.open != asked:
            self.told_entries = len(room.entries)
        if (len(room.entries), room.contest_entries) != (self.told_entries, self.told_contest):
            self._counting.ask()
        if room.told[-1:] != before:
            self.wake()

    def close(self) -> None:
        """It is gone: nobody follows it any more."""
        self.room.close()
        self.wake()

    def enter(self, seat: int) -> None:
        """A stream of a seat begins, of a wall where it is 0."""
        self.streams[seat] += 1
        self._seating.ask()

    def leave(self, seat: int) -> None:
        """A stream of a seat has ended."""
        self.streams[seat] -= 1
        if not self.streams[seat]:
            del self.streams[seat]
        self._seating.ask()

    def count_elsewhere(self, seats: int) -> None:
        """So many follow it in other processes."""
        if seats != self.elsewhere:
            self.elsewhere = seats
            self._seating.ask()

    def takes_entry(self, seat: int, most: int) -> bool:
        """Whether a seat may hand in something more within this second."""
        second = int(asyncio.get_running_loop().time())
        since, count = self._entered_in.get(seat, (second, 0))
        count = count + 1 if since == second else 1
        self._entered_in[seat] = second, count
        return count <= most

    def _tell_counts(self) -> None:
        self.told_entries, self.told_contest = len(self.room.entries), self.room.contest_entries
        self.wake()

    def _tell_seats(self) -> None:
        self.told_seats = self.seats
        self.wake()

    # waiting

    def wake(self) -> None:
        """Wake all streams, to look what is new."""
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
        self._sleepers.clear()

    async def change(self, seconds: float) -> bool:
        """Wait until something may be new; False where it is not within so many seconds."""
        sleeper = asyncio.get_running_loop().create_future()
        self._sleepers.add(sleeper)
        try:
            async with asyncio.timeout(seconds):
                await sleeper
        except TimeoutError:
            return False
        finally:
            self._sleepers.discard(sleeper)
        return True
