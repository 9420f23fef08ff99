"""Where the events of rooms are kept: what every store does, and how it fails."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

OPENED = "opened"
"""The kind of the first event of every room, which has its key."""


class RoomEvent(NamedTuple):
    """Something that happened in a room.

    Args:
        number: greater than that of any event before it in the room, and in a room of the same code before that.
        kind, data: what happened; data can be JSON.
    """

    number: int
    kind: str
    data: dict[str, Any]


class NoRoomError(LookupError):
    """There is no room of this code, or no longer."""


class NotKeptError(OSError):
    """The store cannot be read or written now; nothing was changed. The text says why."""


class RoomStore(Protocol):
    """Keeps the events of rooms, for several processes at a time. A room is gone so long after its last event.

    Every method may raise NotKeptError. What `append` has returned outlives the process.
    """

    def create(self, code: str, data: Mapping[str, Any]) -> bool:
        """Open a room with an event OPENED; False where there is one of this code."""

    def codes(self) -> list[str]:
        """The codes of all rooms."""

    def append(self, code: str, kind: str, data: Mapping[str, Any], instead_of: int | None = None) -> int:
        """Keep an event, and forget the one that it stands in place of. Returns: its number. Raises: NoRoomError."""

    def read(self, code: str, after: int) -> list[RoomEvent]:
        """The events of a room after a number, in order. Raises: NoRoomError."""

    def news(self, after: Mapping[str, int]) -> dict[str, list[RoomEvent] | None]:
        """Of several rooms what `read` gives, None for one that is gone; those may be left out that have nothing new.

        It is asked many times a second, of one thread.
        """

    def present(self, code: str, process: str, seats: int) -> int:
        """Tell that so many seats follow a room in a process, which holds for PRESENT_SECONDS.

        Returns: how many do in the other processes.
        """

    def delete(self, code: str) -> None:
        """Forget a room, if there is one, and all that happened in it."""

    def expire(self) -> Sequence[str]:
        """Forget every room whose time is over. Returns: their codes, where the store knows them."""

    def close(self) -> None:
        """End the use of the store."""


PRESENT_SECONDS = 5
"""How long a process that says nothing more counts as there."""
