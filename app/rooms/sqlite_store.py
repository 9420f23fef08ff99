"""Rooms in one file, shared by the processes of one machine."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import time
from typing import Any
from weakref import finalize

import orjson

from app.rooms.store import OPENED, PRESENT_SECONDS, NoRoomError, NotKeptError, RoomEvent

IN_MEMORY = ":memory:"
"""Instead of the name of a file: rooms of one process, kept while it runs."""

BUSY_SECONDS = 5
"""Seconds to wait for another process that writes."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS rooms (code TEXT PRIMARY KEY, last_event REAL NOT NULL);
CREATE TABLE IF NOT EXISTS events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, kind TEXT NOT NULL, data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS events_of_room ON events (code, number);
CREATE TABLE IF NOT EXISTS present (
    code TEXT NOT NULL, process TEXT NOT NULL, seats INTEGER NOT NULL, until REAL NOT NULL, PRIMARY KEY (code, process)
);
"""

SETTINGS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = ON;
"""
"""A process may be killed at any moment without loss; after a power failure the last moments may be lost.
What is deleted is overwritten.
"""


class SqliteStore:
    """A `RoomStore`, for use in one thread at a time.

    Args: seconds: how long a room stays after its last event.

    Raises: NotKeptError.
    """

    def __init__(self, file: str, seconds: float) -> None:
        self._seconds = seconds
        self._version = None
        """The version of the file when it was last read."""
        with _errors_as_not_kept():
            if file != IN_MEMORY:
                Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # the keys are in it
            self._db = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            finalize(self, self._db.close)  # also when another thread drops it
            self._db.executescript(SETTINGS + SCHEMA)

    def create(self, code: str, data: Mapping[str, Any]) -> bool:
        with self._writing() as db:
            if not db.execute("INSERT OR IGNORE INTO rooms VALUES (?, ?)", (code, time())).rowcount:
                return False
            self._insert(code, OPENED, data)
        return True

    def codes(self) -> list[str]:
        with _errors_as_not_kept():
            return [code for (code,) in self._db.execute("SELECT code FROM rooms")]

    def append(self, code: str, kind: str, data: Mapping[str, Any], instead_of: int | None = None) -> int:
        with self._writing() as db:
            if not db.execute("UPDATE rooms SET last_event = ? WHERE code = ?", (time(), code)).rowcount:
                raise NoRoomError(code)
            if instead_of is not None:
                db.execute("DELETE FROM events WHERE number = ? AND code = ?", (instead_of, code))
            return self._insert(code, kind, data)

    def _insert(self, code: str, kind: str, data: Mapping[str, Any]) -> int:
        insert = "INSERT INTO events (code, kind, data) VALUES (?, ?, ?) RETURNING number"
        ((number,),) = self._db.execute(insert, (code, kind, orjson.dumps(data))).fetchall()
        return int(number)

    def read(self, code: str, after: int) -> list[RoomEvent]:
        with _errors_as_not_kept():
            select = "SELECT number, kind, data FROM events WHERE code = ? AND number > ? ORDER BY number"
            rows = self._db.execute(select, (code, after)).fetchall()
            if not rows and not self._db.execute("SELECT 1 FROM rooms WHERE code = ?", (code,)).fetchall():
                raise NoRoomError(code)
        return [RoomEvent(number, kind, orjson.loads(data)) for number, kind, data in rows]

    def news(self, after: Mapping[str, int]) -> dict[str, list[RoomEvent] | None]:
        with _errors_as_not_kept():
            ((version,),) = self._db.execute("PRAGMA data_version").fetchall()
        if version == self._version:  # no other process has written
            return {}
        found: dict[str, list[RoomEvent] | None] = {}
        for code, number in after.items():
            try:
                found[code] = self.read(code, number)
            except NoRoomError:
                found[code] = None
        self._version = version
        return found

    def present(self, code: str, process: str, seats: int) -> int:
        now = time()
        with self._writing() as db:
            db.execute("REPLACE INTO present VALUES (?, ?, ?, ?)", (code, process, seats, now + PRESENT_SECONDS))
            db.execute("DELETE FROM present WHERE until < ?", (now,))
            others = "SELECT coalesce(sum(seats), 0) FROM present WHERE code = ? AND process != ?"
            ((count,),) = db.execute(others, (code, process)).fetchall()
        return int(count)

    def delete(self, code: str) -> None:
        self._delete([code])

    def expire(self) -> Sequence[str]:
        with _errors_as_not_kept():
            over = "SELECT code FROM rooms WHERE last_event < ?"
            codes = [code for (code,) in self._db.execute(over, (time() - self._seconds,))]
        if codes:
            self._delete(codes)
        return codes

    def _delete(self, codes: Sequence[str]) -> None:
        with self._writing() as db:
            for table in ("rooms", "events", "present"):
                db.executemany(f"DELETE FROM {table} WHERE code = ?", [(code,) for code in codes])  # noqa: S608
        with _errors_as_not_kept():  # deleted data remain in the write-ahead log until that is emptied
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        with _errors_as_not_kept():
            self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; only one process has one at a time."""
        with _errors_as_not_kept():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk has ended it
                    self._db.execute("ROLLBACK")
                raise


@contextmanager
def _errors_as_not_kept() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise NotKeptError(str(error)) from error
