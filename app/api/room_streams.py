"""The stream of a room's events, for a seat or for a wall."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from time import time
from typing import Any

from app.api.stream import COMMENT, QUIET_SECONDS
from app.rooms.followed import Followed
from app.server.messages import event_text
from app.server.shutdown import Shutdown


def now() -> int:
    """Milliseconds since 1970. The pages of a room synchronise their playheads by it."""
    return round(1000 * time())


@dataclass
class Reader:
    """A client that follows a room, and what has been sent to it.

    Args:
        at: the room; seat: the number of the seat, None for a wall.
        number: of the last event that was sent; None if nothing was sent yet.
        seats, entries, contest: the last of these that were sent.
    """

    at: Followed
    seat: int | None
    number: int | None
    seats: int = -1
    entries: int = -1
    contest: int = -1

    def news(self) -> bytes:
        """Everything that was not sent yet, as events of the stream."""
        return b"".join(self._begin() if self.number is None else self._go_on(self.number))

    def _begin(self) -> Iterator[bytes]:
        at, room = self.at, self.at.room
        self.number, self.seats, self.entries, self.contest = room.last, at.sent_seats, at.sent_entries, at.sent_contest
        state: dict[str, Any] = {"code": at.code, "seat": self.seat, "seats": at.seats, **room.state(self.seat)}
        yield event_text("state", {**state, "now": now()}, str(room.last))

    def _go_on(self, number: int) -> Iterator[bytes]:
        at, room = self.at, self.at.room
        for event in room.since(number):
            if not (event.needs_key and self.seat):
                yield event.text
        self.number = last = max(room.last, number)
        if room.is_over:
            return
        if self.seats != at.sent_seats:
            self.seats = at.sent_seats
            yield event_text("seats", {"seats": at.sent_seats}, str(last))
        if self.entries != at.sent_entries:
            self.entries = at.sent_entries
            if room.open:
                yield event_text("entered", {"entries": at.sent_entries}, str(last))
        if self.contest != at.sent_contest:
            self.contest = at.sent_contest
            if room.contest and room.contest.open:
                yield event_text("contest", room.contest.told(self.seat), str(last))


async def room_events(reader: Reader, shutdown: Shutdown) -> AsyncGenerator[bytes]:
    """The events of a room for one client, until the room is closed, the server stops, or the client leaves."""
    at = reader.at
    at.enter(reader.seat or 0)
    try:
        while not shutdown.has_begun:
            if news := reader.news():
                yield news
            elif at.room.is_over:
                return
            elif not await at.change(QUIET_SECONDS):
                yield COMMENT
    finally:
        at.leave(reader.seat or 0)
