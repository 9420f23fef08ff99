"""What every store of rooms does, and what is its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.rooms.opening import key_of_class, new_code, new_key, prepared, usual_file
from app.rooms.sqlite_store import SqliteStore
from app.rooms.store import NoRoomError, NotKeptError, RoomEvent, RoomStore
from app.server.settings import Settings
from tests.rooms.stores import HOUR, valkey

Opens = Callable[..., RoomStore]


@pytest.fixture(params=["file", "valkey"])
def opens(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opens]:
    """What opens a store, as each process does: all of them have the same rooms."""
    if request.param == "valkey":
        with valkey(tmp_path) as server:
            yield server.store
    else:
        yield lambda seconds=HOUR: SqliteStore(str(tmp_path / "folder" / "rooms.db"), seconds)


@pytest.fixture
def store(opens: Opens) -> RoomStore:
    store = opens()
    assert store.create("ABCD", {"key": "k"})
    return store


def test_a_room_is_opened_once(store: RoomStore) -> None:
    assert not store.create("ABCD", {"key": "other"})
    (opened,) = store.read("ABCD", 0)
    assert (opened.kind, opened.data) == ("opened", {"key": "k"})
    assert store.create("EFGH", {"key": "e"})
    assert sorted(store.codes()) == ["ABCD", "EFGH"]


def test_events_come_back_in_order_each_with_a_greater_number(store: RoomStore) -> None:
    first = store.read("ABCD", 0)[-1].number
    data = [{"n": n, "text": "ä", "list": [1.5, None]} for n in range(3)]
    numbers = [store.append("ABCD", "shown", each) for each in data]
    assert numbers == sorted({first, *numbers})[1:]
    assert store.read("ABCD", first) == [
        RoomEvent(number, "shown", each) for number, each in zip(numbers, data, strict=True)
    ]
    assert [event.number for event in store.read("ABCD", numbers[1])] == numbers[2:]
    assert store.read("ABCD", numbers[2]) == []


def test_rooms_know_nothing_of_each_other(store: RoomStore) -> None:
    store.create("EFGH", {"key": "e"})
    store.append("EFGH", "shown", {})
    assert len(store.read("ABCD", 0)) == 1
    store.delete("EFGH")
    assert len(store.read("ABCD", 0)) == 1


def test_an_event_that_another_stands_in_place_of_is_gone(store: RoomStore) -> None:
    first = store.append("ABCD", "shown", {"n": 1})
    store.append("ABCD", "shown", {"n": 2}, first)
    assert [event.data for event in store.read("ABCD", 0)[1:]] == [{"n": 2}]


def test_what_there_is_no_room_for_is_refused(store: RoomStore) -> None:
    for act in (lambda: store.read("XXXX", 0), lambda: store.append("XXXX", "shown", {})):
        with pytest.raises(NoRoomError):
            act()
    assert store.codes() == ["ABCD"]
    store.delete("XXXX")


def test_a_room_that_is_deleted_is_gone_and_one_of_its_code_goes_on_with_greater_numbers(store: RoomStore) -> None:
    last = store.append("ABCD", "shown", {})
    store.delete("ABCD")
    with pytest.raises(NoRoomError):
        store.read("ABCD", 0)
    time.sleep(0.002)  # more than a number that has been used lies between two milliseconds
    assert store.create("ABCD", {"key": "new"})
    (opened,) = store.read("ABCD", last)
    assert opened.data == {"key": "new"}


def test_what_another_process_adds_is_news(store: RoomStore, opens: Opens) -> None:
    other = opens()
    other.create("EFGH", {"key": "e"})
    after = {code: store.read(code, 0)[-1].number for code in ("ABCD", "EFGH")}
    store.news(after)
    assert not any(store.news(after).values())
    number = other.append("ABCD", "shown", {"n": 1})
    found = store.news(after)
    assert found["ABCD"] == [RoomEvent(number, "shown", {"n": 1})]
    assert not found.get("EFGH")
    other.delete("EFGH")
    assert store.news(after)["EFGH"] is None


def test_processes_know_how_many_follow_a_room_in_the_others(
    store: RoomStore, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = opens()
    assert store.present("ABCD", "one", 12) == 0
    assert other.present("ABCD", "two", 30) == 12
    assert store.present("ABCD", "one", 13) == 30
    assert other.present("EFGH", "two", 1) == 0
    later = time.time() + 3600
    for module in ("sqlite_store", "valkey_store"):
        monkeypatch.setattr(f"app.rooms.{module}.time", lambda: later)
    assert store.present("ABCD", "one", 13) == 0, "the other has said nothing for an hour"


@pytest.mark.parametrize("opens", ["file"], indirect=True)
def test_a_room_whose_time_is_over_is_forgotten(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    store, now = opens(60.0), time.time()
    store.create("ABCD", {"key": "k"})
    store.create("EFGH", {"key": "k"})
    monkeypatch.setattr("app.rooms.sqlite_store.time", lambda: now + 50)
    store.append("EFGH", "shown", {})
    monkeypatch.setattr("app.rooms.sqlite_store.time", lambda: now + 61)
    assert list(store.expire()) == ["ABCD"]
    assert store.codes() == ["EFGH"]


@pytest.mark.parametrize("opens", ["valkey"], indirect=True)
def test_valkey_forgets_a_room_whose_time_is_over(opens: Opens) -> None:
    store = opens(1.0)
    store.create("ABCD", {"key": "k"})
    end = time.monotonic() + 60
    while store.codes():
        assert time.monotonic() < end
        time.sleep(0.1)


def _append_until_killed(path: str, kept: str) -> None:
    store = SqliteStore(path, HOUR)
    with Path(kept).open("w", buffering=1) as told:
        while True:
            print(store.append("ABCD", "entered", {"seat": 1}), file=told)


@pytest.mark.slow
def test_what_was_kept_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    path, kept = str(tmp_path / "rooms.db"), tmp_path / "kept"
    SqliteStore(path, HOUR).create("ABCD", {"key": "k"})
    process = multiprocessing.get_context("spawn").Process(target=_append_until_killed, args=(path, str(kept)))
    process.start()
    end = time.monotonic() + 120
    while not (kept.exists() and kept.stat().st_size > 1000):
        assert time.monotonic() < end
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    told = [int(line) for line in kept.read_text().split("\n")[:-1]]
    found = {event.number for event in SqliteStore(path, HOUR).read("ABCD", 0)}
    assert len(told) > 100
    assert set(told) <= found


def test_nothing_is_left_of_a_room_that_was_deleted_not_even_in_the_file(tmp_path: Path) -> None:
    store = SqliteStore(str(tmp_path / "rooms.db"), HOUR)
    other = SqliteStore(str(tmp_path / "rooms.db"), HOUR)
    store.create("ABCD", {"key": "the key of it"})
    for n in range(500):
        other.append("ABCD", "entered", {"entry": f"a secret answer {n}"})
    files = list(tmp_path.iterdir())
    assert any(b"a secret answer" in file.read_bytes() for file in files)
    store.delete("ABCD")
    for word in (b"a secret answer", b"the key of it", b"ABCD"):
        assert not any(word in file.read_bytes() for file in tmp_path.iterdir())


def test_the_file_is_its_users_alone(tmp_path: Path) -> None:
    SqliteStore(str(tmp_path / "folder" / "rooms.db"), HOUR).create("ABCD", {"key": "k"})
    for path in (tmp_path / "folder", *(tmp_path / "folder").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_file_that_is_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "rooms.db").write_text("not a database at all" * 100)
    with pytest.raises(NotKeptError, match="not a database"):
        SqliteStore(str(tmp_path / "rooms.db"), HOUR)
    with pytest.raises(NotKeptError):
        SqliteStore("/proc/rooms.db", HOUR)


def test_a_server_at_another_port_has_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert str(usual_file(8000)) == "/state/fallline/rooms-8000.db"
    assert usual_file(8000) != usual_file(9000)


def test_codes_are_four_letters_and_keys_have_128_bits() -> None:
    codes = {new_code() for _ in range(300)}
    assert all(len(code) == 4 and code.isalpha() and code.isupper() for code in codes)
    assert not set("".join(codes)) & set("AEIOUY")
    assert len({new_key() for _ in range(300)}) == 300
    assert all(len(new_key()) == 22 for _ in range(30))  # base64 of 16 bytes, without its padding


def test_where_the_state_folder_cannot_be_written_rooms_are_kept_in_a_folder_that_is_gone_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    before = signal.getsignal(signal.SIGTERM)
    try:
        with prepared(Settings(classroom=True), 8000) as (file, key):
            assert Path(file).exists()
            assert key
            assert key_of_class(SqliteStore(file, HOUR)) == key
        assert not Path(file).parent.exists()
    finally:
        signal.signal(signal.SIGTERM, before)
