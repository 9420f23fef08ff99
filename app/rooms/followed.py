"""A room and its followers in this process, and when they receive news."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterable

from app.rooms.room import Room
from app.rooms.store import RoomEvent

COUNTS_EVERY, SEATS_EVERY = 0.25, 1.0
"""The seconds between two messages with the number of answers, and between two with the number of seats."""


class Throttle:
    """Calls a function soon after it is asked to, but not more often than allowed.

    Args: every: the least number of seconds between two calls.
    """

    def __init__(self, every: float, act: Callable[[], None]) -> None:
        self._every, self._act = every, act
        self._last, self._due = -math.inf, -math.inf

    def ask(self) -> None:
        """Call it at once, or as soon as it may be called again."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        if now < self._due:
            return  # a call is due already
        self._due = max(now, self._last + self._every)
        if self._due <= now:
            self._do()
        else:
            loop.call_at(self._due, self._do)

    def _do(self) -> None:
        self._last = asyncio.get_running_loop().time()
        self._act()


class Followed:
    """A room, and its followers in this process.

    Args:
        code: of the room.
        streams: the number of a seat -> how many streams of it are open here; 0 is for walls.
        elsewhere: the number of seats that follow it in other processes.
        sent_seats, sent_entries, sent_contest: the numbers of seats, of answers and of entries of a contest that its
            streams have sent. They lag behind the room, so that many changes are sent together.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.room = Room()
        self.streams: Counter[int] = Counter()
        self.elsewhere = 0
        self.sent_seats = self.sent_entries = self.sent_contest = 0
        self.used = -math.inf
        """When a request last asked for it."""
        self._sleepers: set[asyncio.Future[None]] = set()
        self._counting = Throttle(COUNTS_EVERY, self._tell_counts)
        self._seating = Throttle(SEATS_EVERY, self._tell_seats)
        self._entered_in: dict[int, tuple[int, int]] = {}

    @property
    def seats(self) -> int:
        """How many seats follow it now, in all processes."""
        return self.here + self.elsewhere

    @property
    def here(self) -> int:
        """How many seats follow it in this process."""
        return len(self.streams) - (0 in self.streams)

    def take(self, events: Iterable[RoomEvent]) -> None:
        """Take events, some of which may be known already, and wake the followers."""
        room = self.room
        before, question = room.sent[-1:], room.open
        for event in events:
            room.take(event)
        if room.open != question:
            self.sent_entries = len(room.entries)
        if (len(room.entries), room.contest_entries) != (self.sent_entries, self.sent_contest):
            self._counting.ask()
        if room.sent[-1:] != before:
            self.wake()

    def close(self) -> None:
        """The room is gone: end all streams."""
        self.room.close()
        self.wake()

    def enter(self, seat: int) -> None:
        """A stream of a seat begins; 0 is for a wall."""
        self.streams[seat] += 1
        self._seating.ask()

    def leave(self, seat: int) -> None:
        """A stream of a seat has ended."""
        self.streams[seat] -= 1
        if not self.streams[seat]:
            del self.streams[seat]
        self._seating.ask()

    def count_elsewhere(self, seats: int) -> None:
        """Set how many seats follow it in other processes."""
        if seats != self.elsewhere:
            self.elsewhere = seats
            self._seating.ask()

    def takes_entry(self, seat: int, most: int) -> bool:
        """Whether a seat may hand in one more entry within this second."""
        second = int(asyncio.get_running_loop().time())
        since, count = self._entered_in.get(seat, (second, 0))
        count = count + 1 if since == second else 1
        self._entered_in[seat] = second, count
        return count <= most

    def _tell_counts(self) -> None:
        self.sent_entries, self.sent_contest = len(self.room.entries), self.room.contest_entries
        self.wake()

    def _tell_seats(self) -> None:
        self.sent_seats = self.seats
        self.wake()

    # waiting

    def wake(self) -> None:
        """Wake all streams, to check for news."""
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)
        self._sleepers.clear()

    async def change(self, seconds: float) -> bool:
        """Wait until there may be news. Returns: False if there are none within this many seconds."""
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
