"""The state of a room follows from its events alone, and what comes too late changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.rooms.contests import Contest
from app.rooms.room import Room
from app.rooms.store import RoomEvent

POINT = {"id": "opening/1", "kind": "point", "of": None}
AGAIN = {**POINT, "id": "opening/2"}
BEALE = {"problem": {"surface": "beale"}, "optimizers": [{"name": "adagrad"}]}
CONTEST = {"spec": BEALE, "sets": ["learning_rate"], "counts": {"lowest_loss_after": 50}}


class Written:
    """Events, and the room that follows from them."""

    def __init__(self) -> None:
        self.events: list[RoomEvent] = []
        self.room = Room()
        self.add("opened", key="k")

    def add(self, kind: str, **data: Any) -> bool:
        """Add an event; returns whether it counts."""
        number = 3 * len(self.events) + 1  # numbers have gaps
        self.events.append(RoomEvent(number, kind, data))
        self.room.take(self.events[-1])
        return number not in self.room.did_not_count

    def show(self, question: Any = None, **more: Any) -> bool:
        """The wall shows something."""
        shown = {"address": "/", "step": 0, "playing": False, "pace": 30, "since": 0, "picture": None, "seeds": False}
        return self.add("shown", question=question, **{**shown, **more})

    def enter(self, seat: int, entry: Any, question: str = "opening/1", **more: Any) -> bool:
        """A seat answers."""
        return self.add("entered", seat=seat, question=question, entry=entry, **more)

    def told(self) -> list[tuple[str, Any]]:
        """What is told to all."""
        return [(each.name, each.data) for each in self.room.sent]


@pytest.fixture
def written() -> Written:
    return Written()


def test_of_a_seat_the_last_answer_counts_and_counts_once(written: Written) -> None:
    written.show(POINT)
    for entry in ([0, 0], [1, 2], [1, 2]):
        assert written.enter(7, entry)
    written.enter(2, [3, 4])
    assert written.room.entries == {7: [1, 2], 2: [3, 4]}
    assert written.add("ran", question="opening/1", truth=[1, 1])
    assert written.told()[-1] == (
        "ran",
        {
            "question": "opening/1", "kind": "point", "of": None, "answers": [[2, [3, 4]], [7, [1, 2]]],
            "truth": [1, 1], "again": None,
        },
    )  # fmt: skip


def test_what_comes_too_late_changes_nothing(written: Written) -> None:
    assert not written.enter(1, [0, 0]), "nothing was asked"
    written.show(POINT)
    written.enter(1, [0, 0])
    assert written.add("ran", question="opening/1", truth=None)
    state = json.dumps(written.room.state(1) | {"last": 0})
    assert not written.enter(1, [5, 5])
    assert not written.add("ran", question="opening/1", truth=None)
    assert not written.add("ran", question="never/1", truth=None)
    assert not written.add("contest_over")
    assert json.dumps(written.room.state(1) | {"last": 0}) == state


def test_a_question_that_has_run_is_not_opened_again_by_a_wall_that_still_shows_it(written: Written) -> None:
    written.show(POINT)
    written.add("ran", question="opening/1", truth=None)
    written.show(POINT)
    assert written.room.question is None
    assert written.room.shown
    assert written.room.shown["question"] is None


def test_asked_again_the_answers_of_before_are_told_too(written: Written) -> None:
    for question, entry in ((POINT, [0, 0]), (AGAIN, [1, 1])):
        written.show(question)
        assert written.room.ran is None
        written.enter(1, entry, question["id"])
        written.add("ran", question=question["id"], truth=[1, 1])
    assert written.room.ran
    assert written.room.ran["again"] == [[1, [0, 0]]]


def test_a_question_that_is_left_keeps_its_answers(written: Written) -> None:
    written.show(POINT)
    written.enter(1, [0, 0])
    written.show(None)
    assert not written.enter(1, [5, 5])
    written.show(POINT)
    assert written.room.entries == {1: [0, 0]}


def test_seats_are_numbered_in_the_order_of_first_coming(written: Written) -> None:
    for seat in ("a", "b", "a", "c"):
        written.add("joined", seat=seat)
    assert written.room.seats == {"a": 1, "b": 2, "c": 3}


def test_one_window_leads_until_another_takes_the_lead(written: Written) -> None:
    assert written.show(window="one")
    assert not written.show(window="two", address="/lessons")
    assert not written.show(address="/lessons")
    assert written.room.shown
    assert written.room.shown["address"] == "/"
    assert written.show(window="two", take=True)
    assert not written.show(window="one")
    (lead,) = [each for each in written.room.sent if each.name == "lead"]
    assert (lead.data, lead.needs_key) == ({"window": "two"}, True)
    assert "window" not in written.room.shown


def test_a_wall_is_told_of_all_questions_that_have_run_and_a_seat_is_not(written: Written) -> None:
    other = {**POINT, "id": "valley/1"}
    for question in (POINT, other):
        written.show(question)
        written.add("ran", question=question["id"], truth=None)
    written.show(AGAIN)
    assert written.room.state(None)["past"] == ["opening/1", "valley/1"]
    assert "past" not in written.room.state(1)


def test_of_what_was_shown_only_the_last_is_told_and_only_that_of_which_nothing_else_follows_is_dropped(
    written: Written,
) -> None:
    kept = []
    for question in (None, POINT, POINT, POINT, None, None):
        superseded = written.room.superseded_by_next
        kept = [event for event in kept if event.number != superseded]
        written.show(question)
        if question:
            written.enter(1, [len(kept), 0])
        kept = [*kept, *written.events[-2 if question else -1 :]]
    written.add("ran", question="opening/1", truth=None)
    again = Room()
    for event in [written.events[0], *kept, written.events[-1]]:
        again.take(event)
    assert len(kept) < len(written.events) - 2
    assert again.state(1) == written.room.state(1)
    assert [name for name, _ in written.told()] == ["shown", "ran"]


def test_what_follows_does_not_depend_on_how_often_an_event_is_read(written: Written) -> None:
    written.show(POINT)
    written.enter(1, [0, 0])
    written.add("contest", **CONTEST)
    written.enter(1, {"learning_rate": 1}, "contest/1", result=2.0)
    again = Room()
    for event in [each for each in written.events for _ in range(2)]:
        again.take(event)
    assert again.state(1) == written.room.state(1)
    assert again.sent == written.room.sent
    assert again.size == written.room.size


def test_another_room_of_the_same_code_is_not_this_one(written: Written) -> None:
    written.show(POINT)
    written.add("opened", key="new")
    assert written.room.is_over
    assert written.told()[-1] == ("closed", {})
    written.show(AGAIN)
    assert written.room.question == POINT
    assert written.room.key == "k"


def test_places_follow_from_results_and_ties_share_one(written: Written) -> None:
    written.add("contest", **CONTEST)
    for seat, result in enumerate([3.0, 1.0, None, 1.0, 2.0], 1):
        assert written.enter(seat, {"learning_rate": seat}, "contest/1", result=result)
    contest = written.room.contest
    assert contest
    places = [(seat, entry["place"]) for seat, entry in contest.placed().items()]
    assert places == [(2, 1), (4, 1), (5, 3), (1, 4), (3, None)]
    assert [entry["seat"] for entry in contest.told(5)["entries"]] == [5], "a seat sees its own"
    assert contest.told(6)["entries"] == []
    assert contest.told(6)["handed_in"] == 5
    assert len(contest.told()["entries"]) == 5
    written.enter(5, {"learning_rate": 9}, "contest/1", result=0.5)
    assert contest.told(5)["entries"][0]["place"] == 1
    assert written.add("contest_over")
    assert len(contest.told(6)["entries"]) == 5
    assert not written.enter(6, {"learning_rate": 1}, "contest/1", result=0.1)
    assert [(name, data["open"]) for name, data in written.told()] == [("contest", True), ("contest", False)]


def test_a_contest_and_a_question_are_open_side_by_side_and_a_new_contest_ends_the_one_before(written: Written) -> None:
    written.add("contest", **CONTEST)
    written.show(POINT)
    assert written.enter(1, [0, 0])
    assert written.enter(1, {"learning_rate": 1}, "contest/1", result=1.0)
    written.add("contest", **CONTEST)
    assert not written.enter(1, {"learning_rate": 1}, "contest/1", result=1.0)
    assert written.enter(1, {"learning_rate": 1}, "contest/2", result=1.0)
    assert isinstance(written.room.contest, Contest)
    written.add("contest_over")
    written.show(AGAIN)
    assert written.room.contest is None, "something else is asked"
    assert len(written.room.contests) == 2


def test_it_counts_the_bytes_that_stay(written: Written) -> None:
    picture = {"marks": "x" * 1000}
    for _ in range(50):
        written.show(picture=picture)
    assert 1000 < written.room.size < 4000
    for n in range(50):
        written.enter(1, n)
    assert written.room.size > 5000 - 2500
