"""The stream of a room: what comes, to whom, and what after a break."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from fastapi import FastAPI

from app.api import room_streams
from app.main import create_app
from app.rooms import followed
from app.server.settings import Settings
from tests.api.asgi import Call
from tests.api.specs import events

POINT = {"id": "opening/1", "kind": "point"}
BEALE = {"problem": {"surface": "beale"}, "optimizers": [{"name": "adagrad"}]}
CONTEST = {"spec": BEALE, "sets": ["learning_rate"], "counts": {"lowest_loss_after": 50}}
SHOWN = {"address": "/?preset=opening", "step": 3, "playing": True, "pace": 30, "since": 12}


class Class:
    """A room on an application, in one event loop."""

    def __init__(self, app: FastAPI, code: str, key: str) -> None:
        self.app, self.code, self.key = app, code, {"authorization": f"Bearer {key}"}

    async def post(self, path: str, body: Any, key: bool = True) -> Any:
        """What a POST to the room is answered with."""
        call = await Call(self.app, f"/rooms/{self.code}/{path}", body, headers=self.key if key else {}).run()
        answer = json.loads(call.text)
        assert call.status == 200, answer
        return answer

    async def enter(self, seat: str, entry: Any, question: str = "opening/1") -> Any:
        """An entry of a seat."""
        return await self.post("entries", {"seat": seat * 20, "question": question, "entry": entry}, key=False)

    def follow(self, seat: str | None = None, last: int | None = None) -> Follower:
        """Begin to follow it, as a seat or as a wall."""
        return Follower(self, seat, last)


class Follower:
    """A stream of a room that is being read."""

    def __init__(self, room: Class, seat: str | None, last: int | None) -> None:
        headers = ({} if seat else room.key) | ({} if last is None else {"last-event-id": str(last)})
        query = f"seat={seat * 20}" if seat else ""
        self._call = Call(room.app, f"/rooms/{room.code}/events", query=query, headers=headers)
        self._task = asyncio.create_task(self._call.run())

    @property
    def events(self) -> list[tuple[str, str | None, Any]]:
        """What has come."""
        return events(self._call.text)

    def all(self, name: str) -> list[Any]:
        """The data of all events of a name."""
        return [data for each, _, data in self.events if each == name]

    async def until(self, condition: Callable[[Follower], object]) -> Follower:
        """Wait until it holds of what has come."""
        async with asyncio.timeout(60):
            while not condition(self):
                await asyncio.sleep(0.005)
        return self

    async def has(self, *names: str) -> Follower:
        """Wait until events of these names have come."""
        return await self.until(lambda it: {name for name, _, _ in it.events} >= set(names))

    async def leave(self) -> None:
        """Close the connection."""
        self._call.leave()
        await self._task

    async def ends(self) -> str:
        """Wait until the server ends it."""
        await asyncio.wait_for(self._task, 60)
        return self._call.text


Scene = Callable[[Class], Coroutine[Any, Any, None]]


def play(scene: Scene, **more: Any) -> None:
    """Play a scene in a room of its own."""

    async def opened() -> None:
        app = create_app(Settings(rooms=2, room_file=":memory:", **more), pages=False)
        async with app.router.lifespan_context(app):
            answer = json.loads((await Call(app, "/rooms", {}).run()).text)
            await scene(Class(app, **answer))

    asyncio.run(opened())


def test_one_who_comes_is_told_all_that_is_and_then_what_comes() -> None:
    async def scene(room: Class) -> None:
        await room.post("shown", SHOWN | {"question": POINT, "window": "w", "picture": {"a": 1}})
        await room.enter("b", [1, 2])
        seat = await room.follow("b").has("state")
        ((_, number, state),) = seat.events[:1]
        assert int(number or "") == state["last"]
        assert abs(state.pop("now") - room_streams.now()) < 60_000
        shown = {**SHOWN, "question": POINT | {"of": None}, "picture": {"a": 1}, "seeds": False}
        assert state == {
            "code": room.code, "last": state["last"], "seat": 1, "seats": 1, "shown": shown,
            "question": POINT | {"of": None}, "entries": 1, "entry": [1, 2], "ran": None, "contest": None,
            "closed": False,
        }  # fmt: skip
        late = await room.follow("c").has("state")
        assert (late.all("state")[0]["seat"], late.all("state")[0]["entry"]) == (2, None)
        await room.post("ran", {"question": "opening/1", "truth": [1, 1]})
        await room.post("shown", SHOWN | {"window": "w", "step": 9})
        for one in (seat, late):
            await one.until(lambda it: it.all("shown"))
            assert one.all("ran")[0]["answers"] == [[1, [1, 2]]]
            assert one.all("shown")[0]["step"] == 9
            assert one.all("lead") == []
            numbers = [int(number or "") for _, number, _ in one.events]
            assert numbers == sorted(numbers)

    play(scene)


def test_after_a_break_it_goes_on_behind_the_last_event_and_shows_what_is_shown_now() -> None:
    async def scene(room: Class) -> None:
        await room.post("shown", SHOWN | {"question": POINT})
        seat = await room.follow("a").has("state")
        last = int(seat.events[-1][1] or "")
        await seat.leave()
        for step in (1, 2, 3):
            await room.post("shown", SHOWN | {"question": POINT, "step": step})
        await room.post("ran", {"question": "opening/1"})
        again = await room.follow("a", last).has("shown", "ran")
        assert again.all("state") == []
        assert [data["step"] for data in again.all("shown")] == [3]
        for unknown in (0, last + 1000):
            assert (await room.follow("a", unknown).has("state")).all("shown") == []
        current = int(again.events[-1][1] or "")
        nothing = await room.follow("a", current).has("seats")
        assert not nothing.all("state") + nothing.all("shown") + nothing.all("ran")

    play(scene)


def test_seats_are_counted_as_they_come_and_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followed, "SEATS_EVERY", 0.02)

    async def scene(room: Class) -> None:
        wall = await room.follow().has("state")
        assert (wall.all("state")[0]["seat"], wall.all("state")[0]["seats"]) == (None, 0)
        seats = [await room.follow(name).has("state") for name in "abcb"]
        await wall.until(lambda it: it.all("seats")[-1:] == [{"seats": 3}])
        await seats[0].leave()
        await seats[1].leave()  # the other stream of this seat is there
        await wall.until(lambda it: it.all("seats")[-1:] == [{"seats": 2}])

    play(scene)


def test_how_many_have_answered_is_told_now_and_then_and_not_what() -> None:
    async def scene(room: Class) -> None:
        await room.post("shown", SHOWN | {"question": POINT})
        wall, seat = await room.follow().has("state"), await room.follow("a").has("state")
        for name in "abcdefghijklmnopqrst":
            await room.enter(name, [ord(name), 777.125])
            await room.enter(name, [ord(name), 777.125])
        for one in (wall, seat):
            await one.until(lambda it: it.all("entered")[-1:] == [{"entries": 20}])
            assert len(one.all("entered")) < 20
            assert "777.125" not in json.dumps(one.events)
        await room.post("shown", SHOWN | {"question": POINT | {"id": "opening/2"}})
        await wall.until(lambda it: it.all("entered")[-1:] == [{"entries": 0}])

    play(scene)


def test_in_a_contest_a_seat_sees_its_own_place_the_wall_all_and_at_the_end_all_see_all() -> None:
    async def scene(room: Class) -> None:
        opened = await room.post("contest", CONTEST)
        wall = await room.follow().has("state")
        seats = [await room.follow(name).has("state") for name in "abc"]
        results = [await room.enter(name, {"learning_rate": rate}, opened["question"])
                   for name, rate in zip("abc", (0.01, 2.41, 0.1), strict=True)]  # fmt: skip
        assert [each["place"] for each in results] == [1, 1, 2]  # by then
        await wall.until(lambda it: it.all("contest") and it.all("contest")[-1]["handed_in"] == 3)
        assert [entry["seat"] for entry in wall.all("contest")[-1]["entries"]] == [2, 3, 1]
        for number, seat in enumerate(seats, 1):
            await seat.until(lambda it: it.all("contest") and it.all("contest")[-1]["handed_in"] == 3)
            assert {entry["seat"] for told in seat.all("contest") for entry in told["entries"]} <= {number}
        assert seats[0].all("contest")[-1]["entries"][0]["place"] == 3
        await room.post("contest", {"open": False})
        for one in (wall, *seats):
            await one.until(lambda it: not it.all("contest")[-1]["open"])
            assert [entry["place"] for entry in one.all("contest")[-1]["entries"]] == [1, 2, 3]

    play(scene)


def test_a_second_wall_takes_the_lead_and_the_first_is_told() -> None:
    async def scene(room: Class) -> None:
        await room.post("shown", SHOWN | {"window": "one"})
        first, seat = await room.follow().has("state"), await room.follow("a").has("state")
        assert first.all("state")[0]["lead"] == "one"
        assert "lead" not in seat.all("state")[0]
        call = await Call(room.app, f"/rooms/{room.code}/shown", SHOWN | {"window": "two"}, headers=room.key).run()
        assert (call.status, json.loads(call.text)["detail"][0]["type"]) == (409, "not_leading")
        await room.post("shown", SHOWN | {"window": "two", "take": True, "step": 5})
        await first.has("lead", "shown")
        assert first.all("lead") == [{"window": "two"}]
        await seat.has("shown")
        assert seat.all("lead") == []

    play(scene)


def test_a_room_that_is_deleted_ends_its_streams() -> None:
    async def scene(room: Class) -> None:
        seat = await room.follow("a").has("state")
        rooms = room.app.state.rooms
        await rooms.delete(await rooms.at(room.code))
        assert events(await seat.ends())[-1][::2] == ("closed", {})
        call = await Call(room.app, f"/rooms/{room.code}").run()
        assert call.status == 404

    play(scene)


def test_a_room_whose_time_is_over_ends_its_streams_and_that_of_a_class_is_there_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def scene(room: Class) -> None:
        rooms = room.app.state.rooms
        of_class = Class(room.app, "class", (await rooms.at("class")).room.key)
        await of_class.post("shown", SHOWN)
        seats = [await each.follow("a").has("state") for each in (room, of_class)]
        later = time.time() + 3 * 3600 + 1
        monkeypatch.setattr("app.rooms.sqlite_store.time", lambda: later)
        await rooms._expire(0.0)
        for seat in seats:
            assert events(await seat.ends())[-1][0] == "closed"
        assert (await Call(room.app, f"/rooms/{room.code}").run()).status == 404
        assert json.loads((await Call(room.app, "/rooms/class").run()).text)["shown"] is None
        await of_class.post("shown", SHOWN)  # by the same key

    play(scene, classroom=True)


def test_a_server_that_stops_ends_its_streams_and_says_nothing_of_the_room() -> None:
    async def scene(room: Class) -> None:
        seat = await room.follow("a").has("state")
        room.app.state.shutdown.begin()
        assert "closed" not in (await seat.ends()).replace('"closed":false', "")
        assert room.app.state.worker.streams.taken == 0

    play(scene)


def test_a_stream_takes_a_place_among_those_of_the_worker_and_gives_it_back() -> None:
    async def scene(room: Class) -> None:
        seat = await room.follow("a").has("state")
        assert room.app.state.worker.streams.taken == 1
        call = await Call(room.app, f"/rooms/{room.code}/events", query=f"seat={'b' * 20}").run()
        assert call.status == 429
        assert call.answered["retry-after"]
        await seat.leave()
        await room.follow("b").has("state")

    play(scene, max_streams=1, wait_seconds=0.01)


def test_where_nothing_happens_a_comment_keeps_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room_streams, "QUIET_SECONDS", 0.01)

    async def scene(room: Class) -> None:
        seat = room.follow("a")
        await seat.until(lambda it: ": still here" in it._call.text)

    play(scene)


def test_two_processes_tell_the_same_and_see_each_others_seats(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followed, "SEATS_EVERY", 0.02)

    async def scene() -> None:
        settings = Settings(rooms=2, room_file=str(tmp_path / "rooms.db"))
        apps = [create_app(settings, pages=False) for _ in range(2)]
        async with apps[0].router.lifespan_context(apps[0]), apps[1].router.lifespan_context(apps[1]):
            answer = json.loads((await Call(apps[0], "/rooms", {}).run()).text)
            one, two = (Class(app, **answer) for app in apps)
            seats = [await one.follow("a").has("state"), await two.follow("b").has("state")]
            assert [seat.all("state")[0]["seat"] for seat in seats] == [1, 2]
            await two.post("shown", SHOWN | {"question": POINT})
            for seat in seats:
                await seat.has("shown")
                await seat.until(lambda it: (it.all("seats") or it.all("state"))[-1]["seats"] == 2)
            await one.enter("b", [1, 1])
            await two.enter("a", [2, 2])
            for seat in seats:
                await seat.until(lambda it: it.all("entered")[-1:] == [{"entries": 2}])
            await one.post("ran", {"question": "opening/1"})
            for seat in seats:
                await seat.has("ran")
                assert seat.all("ran")[0]["answers"] == [[1, [2, 2]], [2, [1, 1]]]
            await apps[0].state.rooms.delete(await apps[0].state.rooms.at(one.code))
            for seat in seats:
                assert events(await seat.ends())[-1][0] == "closed"

    asyncio.run(scene())
