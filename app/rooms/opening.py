"""Opens the store that the settings name, finds the place of its file, and opens the room of a class."""

import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from app.rooms.sqlite_store import SqliteStore
from app.rooms.store import NotKeptError, RoomStore
from app.rooms.valkey_store import ValkeyStore
from app.server.settings import Settings

CLASS = "class"
"""The code of the one room of `--classroom`."""

LETTERS, LENGTH = "BCDFGHJKLMNPQRSTVWXZ", 4
"""The letters and the length of a code: no vowels, so that no code is a word, and no letters that look like digits."""

KEY_BYTES = 16


def new_code() -> str:
    """A random code."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def new_key() -> str:
    """A random key of 128 bits."""
    return secrets.token_urlsafe(KEY_BYTES)


def open_store(settings: Settings) -> RoomStore:
    """The store that the settings name, for use in this thread. Raises: NotKeptError."""
    seconds = 3600 * settings.room_hours
    if settings.room_store:
        return ValkeyStore(settings.room_store, seconds)
    return SqliteStore(settings.room_file or str(usual_file(settings.port)), seconds)


def usual_file(port: int) -> Path:
    """The file with the rooms of the server at a port, in the state folder of the user."""
    if os.name == "nt":
        folder = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return folder / "fallline" / f"rooms-{port}.db"


def key_of_class(store: RoomStore) -> str:
    """Return the key of the class's room; open the room if it does not exist."""
    store.create(CLASS, {"key": new_key()})
    opened, *_ = store.read(CLASS, 0)
    return str(opened.data["key"])


@contextmanager
def prepared(settings: Settings, port: int) -> Iterator[tuple[str, str | None]]:
    """Prepare a store before the processes that use it start, and keep its file as long as the block runs.

    Yields: the file, which is temporary if the usual one cannot be written, and the key of the class's room, if there
    is one. Raises: NotKeptError.
    """
    with ExitStack() as stack:
        if not settings.room_store and not settings.room_file:
            try:
                settings = settings.model_copy(update={"room_file": str(usual_file(port))})
                _key(settings)
            except (NotKeptError, RuntimeError):  # the latter where the user has no home
                file = stack.enter_context(_temporary_folder()) / "rooms.db"
                settings = settings.model_copy(update={"room_file": str(file)})
        yield settings.room_file, _key(settings)


def _key(settings: Settings) -> str | None:
    with closing(open_store(settings)) as store:
        store.expire()
        return key_of_class(store) if settings.classroom else None


FILES_IN_MEMORY = "/dev/shm"  # noqa: S108 (a folder of its own is made in it)
"""The folder for files in memory on Linux; it is writable even if the rest of the file system is read-only."""


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """A temporary folder, removed at the end, also when the process is asked to terminate. Raises: NotKeptError."""
    for place in (FILES_IN_MEMORY, None):
        with suppress(OSError):
            made = TemporaryDirectory(prefix="fallline-", dir=place, ignore_cleanup_errors=True)
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            with made as folder:
                yield Path(folder)
            return
    raise NotKeptError("rooms need a file, and none can be written; --room-file says where one can")
