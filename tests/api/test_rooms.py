"""The routes of rooms: who may do what, what is refused and how, contests, and what is left."""

from __future__ import annotations

import csv
import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings
from tests.api.room import ROOMS, SHOWN, Room, told
from tests.api.specs import BASE
from tests.conftest import PLAIN

BEALE = {"problem": {"surface": "beale"}, "optimizers": [{"name": "adagrad", "learning_rate": 0.01}]}
CONTEST = {"spec": BEALE, "sets": ["learning_rate"], "counts": {"lowest_loss_after": 50}}


@pytest.fixture(scope="module")
def http() -> Iterator[TestClient]:
    settings = Settings(rooms=200, room_file=":memory:", entries_a_second=1000)
    with TestClient(create_app(settings, pages=False), headers=PLAIN) as client:
        yield client


@pytest.fixture
def room(http: TestClient) -> Room:
    return opened(http)


def opened(http: TestClient) -> Room:
    """A room of its own."""
    reply = http.post(ROOMS)
    assert reply.status_code == 201
    return Room(http, **reply.json())


def test_without_rooms_all_of_it_leads_nowhere(client: TestClient) -> None:
    for method, path in (
        ("POST", ""), ("GET", "/class"), ("GET", "/class/events?seat=aaaaaaaaaaaaaaaa"), ("GET", "/ABCD"),
        ("DELETE", "/class"), ("GET", "/class/entries.csv"),
    ):  # fmt: skip
        assert client.request(method, ROOMS + path).status_code == 404, path
    for path, body in (
        ("shown", SHOWN), ("ran", {"question": "q"}), ("contest", CONTEST),
        ("entries", {"seat": "a" * 16, "question": "q", "entry": 1}),
    ):  # fmt: skip
        assert client.post(f"{ROOMS}/class/{path}", json=body).status_code == 404, path


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/shown", SHOWN), ("POST", "/ran", {"question": "q/1"}), ("POST", "/contest", CONTEST),
        ("GET", "/entries.csv", None), ("DELETE", "", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "given",
    [{}, {"Authorization": "Bearer no"}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer é"}],
    ids=str,
)
def test_nobody_leads_without_the_key(room: Room, method: str, path: str, body: Any, given: Any) -> None:
    before = room.ask("GET").json()["last"]
    headers = {name: text.encode() for name, text in given.items()}
    reply = room.ask(method, path, body, headers=headers)
    assert told(reply) == (401, "wrong_key", ["header", "authorization"])
    assert reply.headers["www-authenticate"] == "Bearer"
    assert room.ask("GET").json()["last"] == before, "nothing has happened"


def test_the_key_of_another_room_is_none_and_a_key_counts_only_as_a_bearer(http: TestClient, room: Room) -> None:
    other = opened(http)
    assert told(room.ask("POST", "/shown", SHOWN, headers=other.key))[:2] == (401, "wrong_key")
    key = room.key["Authorization"].removeprefix("Bearer ")
    for reply in (
        room.ask("POST", f"/shown?key={key}", SHOWN), room.ask("POST", "/shown", SHOWN | {"key": key}),
        room.ask("POST", "/shown", SHOWN, headers={"Cookie": f"key={key}"}),
    ):  # fmt: skip
        assert reply.status_code == 401


def test_a_code_is_taken_in_small_letters_too(room: Room) -> None:
    assert room.http.get(f"{ROOMS}/{room.code.lower()}").json()["code"] == room.code
    assert told(room.http.get(f"{ROOMS}/XXXXX")) == (404, "no_room", ["path", "code"])


@pytest.mark.parametrize(
    ("kind", "of", "right", "wrong"),
    [
        ("point", None, [[1, 2], [-1.5, 0]], [1, [1], [1, 2, 3], [1, "2"], [1, None], [1e101, 0], {"x": 1}, None, True]),
        ("step", None, [0, 7, 1_000_000, 3.0], [-1, 1.5, "7", 1_000_001, [1, 2], None, True]),
        ("run", 3, [0, 2], [3, -1, 0.5, "0", None, [0]]),
        ("choice", 2, [0, 1], [2, -1, None, False]),
        ("number", None, [1.5, -3e8, 0], ["1", None, [1], True, {}]),
    ],
)  # fmt: skip
def test_an_entry_is_of_the_kind_and_in_the_range_of_its_question(
    room: Room, kind: str, of: int | None, right: list[Any], wrong: list[Any]
) -> None:
    room.show(kind, of)
    for entry in right:
        assert room.enter(entry).status_code == 200, entry
    for entry in wrong:
        status, _, place = told(room.enter(entry))
        assert (status, place[:2]) == (422, ["body", "entry"]), entry
    assert room.ask("GET").json()["entries"] == 1


def test_an_entry_that_is_no_number_of_json_is_refused(room: Room) -> None:
    room.show("number")
    for text in ("NaN", "Infinity", "1e999"):
        body = f'{{"seat": "{"a" * 16}", "question": "q/1", "entry": {text}}}'
        headers = {"Content-Type": "application/json"}
        assert room.http.post(f"{ROOMS}/{room.code}/entries", content=body, headers=headers).status_code == 422


def test_one_who_answers_again_is_counted_once_and_by_the_last_answer(room: Room) -> None:
    room.show("step")
    numbers = [room.enter(step).json()["number"] for step in (5, 5, 8)]
    assert numbers == sorted(set(numbers))
    room.enter(3, seat="b" * 16)
    assert room.ask("GET").json()["entries"] == 2
    room.lead("/ran", {"question": "q/1", "truth": 7})
    assert [row[2:5] for row in rows(room)] == [["1", "8", "7"], ["2", "3", "7"]]


def test_what_is_not_open_takes_no_entry(room: Room) -> None:
    assert told(room.enter(1)) == (409, "not_open", ["body", "question"])
    room.show("step")
    assert told(room.enter(1, question="other"))[:2] == (409, "not_open")
    room.lead("/ran", {"question": "q/1"})
    assert told(room.enter(1))[:2] == (409, "not_open")
    assert told(room.ask("POST", "/ran", {"question": "q/1"}, headers=room.key))[:2] == (409, "not_open")
    room.show("step")
    assert told(room.enter(1))[:2] == (409, "not_open"), "it has run"


@pytest.mark.parametrize("seat", ["", "a" * 15, "a" * 65, "a" * 15 + " ", "ä" * 16, "a" * 16 + "\n"])
def test_a_seat_has_a_token_that_is_hard_to_guess(room: Room, seat: str) -> None:
    room.show("step")
    assert told(room.enter(1, seat=seat)) == (422, "wrong_seat", ["body", "seat"])
    reply = room.http.get(f"{ROOMS}/{room.code}/events", params={"seat": seat})
    assert told(reply) == (422, "wrong_seat", ["query", "seat"])


def test_the_token_of_a_seat_is_told_to_nobody(room: Room, http: TestClient) -> None:
    room.show("step")
    seat = "my-secret-token-17"
    room.enter(1, seat=seat)
    room.lead("/ran", {"question": "q/1", "truth": 1})
    found = [room.ask("GET").text, room.ask("GET", "/entries.csv", headers=room.key).text]
    (followed,) = [at for code, at in http.app.state.rooms._known.items() if code == room.code]  # type: ignore[attr-defined]
    kept = followed.room
    found.append(repr(vars(kept) | {"state": kept.state(1)}))
    assert not any(seat in text for text in found)


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"address": "https://example.org"}, "not_of_this_site", ["address"]),
        ({"address": "//example.org"}, "not_of_this_site", ["address"]),
        ({"address": "/\\example.org"}, "not_of_this_site", ["address"]),
        ({"address": "javascript:alert(1)"}, "not_of_this_site", ["address"]),
        ({"address": "/\nx"}, "wrong_label", ["address"]),
        ({"step": -1}, "out_of_range", ["step"]),
        ({"playing": 1}, "not_a_boolean", ["playing"]),
        ({"pace": "fast"}, "not_a_number", ["pace"]),
        ({"picture": [1]}, "not_an_object", ["picture"]),
        ({"stepp": 1}, "unknown_field", ["stepp"]),
        ({"question": {"id": "q", "kind": "essay"}}, "unknown_name", ["question", "kind"]),
        ({"question": {"id": "q", "kind": "run"}}, "missing", ["question", "of"]),
        ({"question": {"id": "q\u202e", "kind": "step"}}, "wrong_label", ["question", "id"]),
    ],
)
def test_what_a_wall_may_show_is_checked(room: Room, change: Any, code: str, place: list[str]) -> None:
    assert told(room.ask("POST", "/shown", SHOWN | change, headers=room.key)) == (422, code, ["body", *place])


def test_what_is_too_large_is_refused(room: Room) -> None:
    room.show("step")
    assert told(room.enter("x" * 2000))[:2] == (413, "body_too_large")
    picture = {"marks": "x" * 17_000}
    assert told(room.ask("POST", "/shown", SHOWN | {"picture": picture}, headers=room.key))[:2] == (
        413,
        "body_too_large",
    )
    spec = {"problem": {"points": [[n + 0.123456789, n] for n in range(900)]}, "optimizers": [{"name": "gd"}]}
    reply = room.ask("POST", "/contest", CONTEST | {"spec": spec}, headers=room.key)
    assert told(reply) == (413, "body_too_large", ["body", "spec"])
    assert room.ask("GET").json()["entries"] == 0


def test_neither_key_nor_token_is_in_the_access_log(capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(rooms=1, room_file=":memory:", access_log=True)
    handler, log = logging.StreamHandler(sys.stdout), logging.getLogger("fallline.access")
    log.addHandler(handler)
    log.setLevel("INFO")
    try:
        with TestClient(create_app(settings, pages=False), headers=PLAIN) as http:
            room = opened(http)
            room.show("step")
            room.enter(1, seat="a-token-of-a-seat")
            http.get(f"{ROOMS}/{room.code}/events", params={"seat": "a-token-of-a-seat", "x": "1"})
    finally:
        log.removeHandler(handler)
        log.setLevel("NOTSET")
    printed = capsys.readouterr().out
    assert f"/rooms/{room.code}/events" in printed
    assert room.key["Authorization"].removeprefix("Bearer ") not in printed
    assert "a-token" not in printed


def test_limits_are_settings() -> None:
    settings = Settings(rooms=1, room_file=":memory:", room_seats=2, entries_a_second=3, room_bytes=10_000)
    with TestClient(create_app(settings, pages=False), headers=PLAIN) as http:
        room = opened(http)
        assert told(http.post(ROOMS))[:2] == (429, "room_full")
        room.show("step")
        assert [room.enter(1, seat=name * 16).status_code for name in "ab"] == [200, 200]
        assert told(room.enter(1, seat="c" * 16))[:2] == (429, "room_full")
        replies = [room.enter(n) for n in range(12)]
        fast = [reply for reply in replies if reply.status_code == 429]
        assert fast, "twelve in a moment"
        assert told(fast[0])[:2] == (429, "too_fast")
        assert fast[0].headers["retry-after"] == "1"
        full = {"seed": {"kind": "x" * 300}}
        for _ in range(60):
            reply = room.ask("POST", "/contest", {**CONTEST, "spec": BEALE | {"seed": 1}}, headers=room.key)
            if reply.status_code != 200:
                break
        assert told(reply)[:2] == (429, "room_full"), full


# contests


def test_the_server_runs_each_entry_of_a_contest_itself(room: Room) -> None:
    name = room.lead("/contest", CONTEST)["question"]
    found = {}
    for seat, rate in zip("abcd", (0.01, 2.41, 1e9, 2.41), strict=True):
        found[seat] = room.enter({"learning_rate": rate}, seat * 16, name).json()
    spec = BEALE | {"stop": {"max_steps": 50}}
    for seat, rate in (("a", 0.01), ("b", 2.41)):
        run = BEALE["optimizers"][0] | {"learning_rate": rate}  # type: ignore[index]
        reply = room.http.post(f"{BASE}/trajectories?fields=loss", json=spec | {"optimizers": [run]}).json()
        assert found[seat]["result"] == reply["runs"][0]["loss"][-1], "as a run by itself"
    assert found["c"]["result"] is None or found["c"]["result"] > found["a"]["result"]
    assert [found[seat]["place"] for seat in "bd"] == [1, 1]
    room.lead("/contest", {"open": False})
    assert told(room.enter({"learning_rate": 1}, "a" * 16, name))[:2] == (409, "not_open")
    assert told(room.ask("POST", "/contest", {"open": False}, headers=room.key))[:2] == (409, "not_open")
    table = rows(room)
    assert [row[:4] for row in table][:2] == [[name, "contest", seat, "learning_rate=2.41"] for seat in ("2", "4")]
    assert [row[6] for row in table][:3] == ["1", "1", "3"]


def test_what_counts_may_be_the_steps_to_a_loss(room: Room) -> None:
    """On x**2 a step of rate r keeps 1 - 2*r of the distance: at 0.5 it arrives at once, at 0.25 it halves each time,
    so that from 1 the loss is below 0.01 after 4 steps (1/16 squared is 0.004); at 1 it goes to and fro for ever.
    """
    spec = {"problem": {"expression": "x**2"}, "start": [1], "optimizers": [{"name": "gd"}], "stop": {"max_steps": 9}}
    contest = {"spec": spec, "sets": ["learning_rate"], "counts": {"fewest_steps_to": 0.01}}
    name = room.lead("/contest", contest)["question"]
    results = [room.enter({"learning_rate": rate}, seat * 16, name).json()["result"]
               for seat, rate in zip("abc", (0.5, 0.25, 1), strict=True)]  # fmt: skip
    assert results == [1, 4, None]


def test_start_and_optimizer_may_be_set_too(room: Room) -> None:
    name = room.lead("/contest", {**CONTEST, "sets": ["optimizer", "start", "learning_rate"]})["question"]
    entry = {"optimizer": "adam", "start": [3, 0.5], "learning_rate": 0.1}  # the minimum of Beale: at (3, 0.5) it is 0
    assert room.enter(entry, question=name).json()["result"] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("entry", "code", "place"),
    [
        ({}, "missing", ["learning_rate"]), (0.1, "not_an_object", []), ({"learning_rate": -1}, "out_of_range", ["learning_rate"]),
        ({"learning_rate": "1"}, "not_a_number", ["learning_rate"]), ({"learning_rate": 1, "eps": 1}, "unknown_field", ["eps"]),
        ({"learning_rate": None}, "not_a_number", ["learning_rate"]),
    ],
)  # fmt: skip
def test_an_entry_sets_what_may_be_set(room: Room, entry: Any, code: str, place: list[str]) -> None:
    name = room.lead("/contest", CONTEST)["question"]
    assert told(room.enter(entry, question=name)) == (422, code, ["body", "entry", *place])


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        ({"sets": ["speed"]}, "unknown_name", ["sets", 0]), ({"sets": []}, "too_few", ["sets"]),
        ({"sets": ["learning_rate"] * 2}, "duplicate", ["sets", 1]), ({"sets": None}, "missing", ["sets"]),
        ({"counts": {}}, "not_exactly_one", ["counts"]),
        ({"counts": {"lowest_loss_after": 5, "fewest_steps_to": 1}}, "not_exactly_one", ["counts"]),
        ({"counts": {"lowest_loss_after": 100_001}}, "out_of_range", ["spec", "stop", "max_steps"]),
        ({"spec": BEALE | {"optimizers": [{"name": "adam"}] * 2}}, "too_many", ["spec", "optimizers"]),
        ({"spec": BEALE | {"start": [1]}}, "wrong_count", ["spec", "start"]),
    ],
)  # fmt: skip
def test_a_contest_can_be_run_and_is_within_the_limits(room: Room, change: Any, code: str, place: list[Any]) -> None:
    assert told(room.ask("POST", "/contest", CONTEST | change, headers=room.key)) == (422, code, ["body", *place])


# afterwards


def rows(room: Room) -> list[list[str]]:
    """The rows of the table of answers."""
    reply = room.ask("GET", "/entries.csv", headers=room.key)
    assert reply.headers["content-type"].startswith("text/csv")
    head, *table = csv.reader(io.StringIO(reply.text))
    assert head == ["question", "kind", "seat", "entry", "truth", "result", "place"]
    return table


def test_the_answers_come_as_a_table_that_no_spreadsheet_takes_for_formulas(room: Room) -> None:
    room.show("point", name="=1+1/1")
    room.enter([-1.5, 2], question="=1+1/1")
    assert rows(room) == [["'=1+1/1", "point", "1", "-1.5 2", "", "", ""]]


def test_of_a_room_that_is_deleted_nothing_is_left_not_even_in_the_file(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(rooms=2, room_file=str(tmp_path / "rooms.db")), pages=False)) as http:
        room = opened(http)
        room.show("number", address="/?surface=a_secret_view")
        room.enter(123456.789)
        assert any(b"123456.789" in file.read_bytes() for file in tmp_path.iterdir())
        assert room.ask("DELETE", headers=room.key).json() == {"code": room.code}
        for word in (b"123456.789", b"a_secret_view", room.code.encode(), room.key["Authorization"][7:].encode()):
            assert not any(word in file.read_bytes() for file in tmp_path.iterdir()), word
        assert told(room.ask("GET"))[:2] == (404, "no_room")
        assert told(room.enter(1))[:2] == (404, "no_room")


def test_the_room_of_a_class_is_always_there_and_its_key_outlives_the_server(tmp_path: Path) -> None:
    settings = Settings(classroom=True, room_file=str(tmp_path / "rooms.db"))
    keys = []
    for _ in range(2):
        app = create_app(settings, pages=False)
        with TestClient(app, headers=PLAIN) as http:
            assert http.get(f"{ROOMS}/class").status_code == 200
            keys.append(app.state.rooms._key)
            room = Room(http, "class", keys[-1])
            before = room.ask("GET").json()["last"]
            room.show("step")
            room.enter(5)
    assert keys[0] == keys[1] != ""
    with TestClient(create_app(settings, pages=False), headers=PLAIN) as http:
        room = Room(http, "class", keys[0])
        state = room.ask("GET").json()
        assert (state["entries"], state["question"]["id"]) == (1, "q/1"), "it goes on"
        assert state["last"] > before
        room.ask("DELETE", headers=room.key)
        again = room.ask("GET").json()
        assert (again["entries"], again["shown"]) == (0, None)
        assert again["last"] > state["last"]
        room.show("step")
        assert told(http.post(ROOMS)) == (404, "not_found", ["path"])


def test_a_store_that_cannot_be_written_is_told_and_asked_again(tmp_path: Path) -> None:
    broken = tmp_path / "rooms.db"
    broken.write_text("not a database" * 1000)
    with TestClient(create_app(Settings(rooms=2, room_file=str(broken)), pages=False), headers=PLAIN) as http:
        reply = http.post(ROOMS)
        assert told(reply) == (503, "not_kept", ["server"])
        assert reply.headers["retry-after"]
        broken.unlink()
        assert http.post(ROOMS).status_code == 201


def test_what_the_document_shows_is_taken(http: TestClient, room: Room) -> None:
    schemas = http.get(f"{BASE}/openapi.json").json()["components"]["schemas"]
    for path, name in (
        ("shown", "ShownBody"),
        ("ran", "RanBody"),
        ("contest", "ContestBody"),
        ("entries", "EntryBody"),
    ):
        for example in schemas[name]["examples"]:
            if path == "entries":
                room.show("point", name="opening/1")
                room.lead("/ran", {"question": "opening/1"})
                room.show("point", name="opening/2")
                example = example | {"question": "opening/2"}
            if path == "ran":
                example = example | {"question": "opening/0"}
                room.show("point", name="opening/0")
            room.lead(f"/{path}", example)
