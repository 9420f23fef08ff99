"""The interface of a store of rooms, and its errors."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

OPENED = "opened"
"""The kind of the first event of every room, with its key."""


class RoomEvent(NamedTuple):
    """An event of a room.

    Args:
        number: greater than that of any earlier event of the room, and of any room that had the same code before.
        kind, data: the event; data can be written as JSON.
    """

    number: int
    kind: str
    data: dict[str, Any]


class NoRoomError(LookupError):
    """There is no room of this code, or no longer."""


class NotKeptError(OSError):
    """The store cannot be read or written now; nothing was changed. The text says why."""


class RoomStore(Protocol):
    """Keeps the events of rooms, for several processes. A room expires some time after its last event.

    Every method may raise NotKeptError. Once `append` has returned, its event outlives the process.
    """

    def create(self, code: str, data: Mapping[str, Any]) -> bool:
        """Open a room with an event OPENED. Returns: False if a room of this code exists."""

    def codes(self) -> list[str]:
        """The codes of all rooms."""

    def append(self, code: str, kind: str, data: Mapping[str, Any], instead_of: int | None = None) -> int:
        """Keep an event, and drop the one that it replaces. Returns: its number. Raises: NoRoomError."""

    def read(self, code: str, after: int) -> list[RoomEvent]:
        """The events of a room after a number, in order. Raises: NoRoomError."""

    def news(self, after: Mapping[str, int]) -> dict[str, list[RoomEvent] | None]:
        """The results of `read` for several rooms, None for a room that is gone. Rooms without news may be left out.

        It is called many times a second, in one thread.
        """

    def present(self, code: str, process: str, seats: int) -> int:
        """Report the number of seats that follow a room in a process, which holds for PRESENT_SECONDS.

        Returns: the number in the other processes.
        """

    def delete(self, code: str) -> None:
        """Delete a room, if there is one, and all its events."""

    def expire(self) -> Sequence[str]:
        """Delete every expired room. Returns: their codes, if the store knows them."""

    def close(self) -> None:
        """Close the store."""


PRESENT_SECONDS = 5
"""Seconds after which the last report of a process no longer counts."""
