"""The state of a room, computed from its events and so the same in every process that reads them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import orjson

from app.rooms.contests import Contest
from app.rooms.store import OPENED, RoomEvent
from app.server.messages import event_text

NEWEST_COUNTS = ("shown", "lead")
"""Events of which a new follower needs only the last."""


@dataclass(frozen=True)
class SentEvent:
    """An event that is sent to all followers of a room, or only to those with its key."""

    number: int
    name: str
    data: dict[str, Any]
    needs_key: bool = False

    @cached_property
    def text(self) -> bytes:
        """The event in the format of a stream, written once for all."""
        return event_text(self.name, self.data, str(self.number))


@dataclass
class AskedQuestion:
    """A question that was asked.

    Args:
        entries: the number of a seat -> its last answer.
        told: the result that was sent when it was resolved; None before.
    """

    question: dict[str, Any]
    entries: dict[int, Any] = field(default_factory=dict)
    told: dict[str, Any] | None = None


class Room:
    """The state after the events of a room. An event that came too late changes nothing.

    Kinds of events: `opened`, `joined` {seat, a digest of its token}, `shown`, `entered` {seat, question, entry, for a
    contest result}, `ran` {question, truth}, `contest` {spec, sets, counts}, `contest_over`.
    """

    def __init__(self) -> None:
        self.key = ""
        self.first = self.last = 0
        self.size = 0
        """Bytes of its events, roughly."""
        self.seats: dict[str, int] = {}
        """The digest of a seat's token -> its number, from 1 in the order of joining."""
        self.shown: dict[str, Any] | None = None
        self.lead: str | None = None
        """The id of the window that leads, if the wall names it."""
        self.superseded_by_next: int | None = None
        """The number of the last `shown`, if the next one makes it superfluous."""
        self._size_of_superseded = 0
        self.asked: dict[str, AskedQuestion] = {}
        self.open: str | None = None
        """The question that seats may answer now."""
        self.ran: dict[str, Any] | None = None
        self.contest: Contest | None = None
        """The contest that is open, or the last one until a question is asked."""
        self.contests: list[Contest] = []
        self.contest_entries = 0
        """How many entries were handed in for contests."""
        self.sent: list[SentEvent] = []
        self.did_not_count: set[int] = set()
        self.is_over = False

    # what is in force

    @property
    def question(self) -> dict[str, Any] | None:
        """The question that is open."""
        return self.asked[self.open].question if self.open else None

    @property
    def entries(self) -> dict[int, Any]:
        """The answers to the open question, by the number of the seat."""
        return self.asked[self.open].entries if self.open else {}

    def contest_called(self, question: str) -> Contest | None:
        """The open contest, if entries of this name belong to it."""
        contest = self.contest
        return contest if contest and contest.open and contest.question == question != self.open else None

    def state(self, seat: int | None) -> dict[str, Any]:
        """The whole state, for a new follower. Args: seat: its number; None for a client with the key."""
        state = {
            "last": self.last, "shown": self.shown, "question": self.question, "entries": len(self.entries),
            "entry": self.entries.get(seat or 0), "ran": self.ran,
            "contest": self.contest and self.contest.told(seat), "closed": self.is_over,
        }  # fmt: skip
        if seat:
            return state
        return {**state, "lead": self.lead, "past": [name for name, asked in self.asked.items() if asked.told]}

    def since(self, number: int) -> list[SentEvent]:
        """The events sent after a number that are still needed."""
        return [message for message in self.sent if message.number > number]

    # events

    def take(self, event: RoomEvent) -> None:
        """Take an event, unless it is known already."""
        if event.number <= self.last or self.is_over:
            return
        if event.kind == OPENED and self.last:
            self.close()  # this is another room of the same code
            return
        self.last, size = event.number, len(orjson.dumps(event.data))
        self.size += size
        if event.kind == "shown":
            self.size -= self._size_of_superseded
        if self._TAKES[event.kind](self, event.number, **event.data) is False:
            self.did_not_count.add(event.number)
        if event.kind == "shown":
            self._size_of_superseded = size if self.superseded_by_next == event.number else 0

    def close(self) -> None:
        """Close the room: nothing changes any more."""
        if not self.is_over:
            self.is_over = True
            self.last += 1
            self._tell(self.last, "closed", {})

    def _tell(self, number: int, name: str, data: dict[str, Any], needs_key: bool = False) -> None:
        if name in NEWEST_COUNTS:
            self.sent = [message for message in self.sent if message.name != name]
        self.sent.append(SentEvent(number, name, data, needs_key))

    def _opened(self, number: int, key: str) -> None:
        self.key, self.first = key, number

    def _joined(self, _: int, seat: str) -> None:
        self.seats.setdefault(seat, len(self.seats) + 1)

    def _shown(self, number: int, window: str | None = None, take: bool = False, **shown: Any) -> bool | None:
        if self.lead not in (None, window) and not take:
            return False
        before = self.lead, self.open
        if window and window != self.lead:
            self.lead = window
            self._tell(number, "lead", {"window": window}, needs_key=True)
        question = shown["question"]
        if question and question["id"] in self.asked and self.asked[question["id"]].told:
            shown["question"] = question = None  # it has run
        self.open = question and question["id"]
        if self.open and self.open not in self.asked:
            self.asked[self.open] = AskedQuestion(question)
        if self.open and self.open != before[1]:
            self.ran = None
            self.contest = self.contest if self.contest and self.contest.open else None
        self.superseded_by_next = number if (self.lead, self.open) == before else None
        self.shown = shown
        self._tell(number, "shown", shown)
        return None

    def _entered(self, _: int, seat: int, question: str, entry: Any, result: float | None = None) -> bool | None:
        if question == self.open:
            self.entries[seat] = entry
        elif contest := self.contest_called(question):
            contest.enter(seat, entry, result)
            self.contest_entries += 1
        else:
            return False
        return None

    def _ran(self, number: int, question: str, truth: Any) -> bool | None:
        asked = self.asked.get(question)
        if asked is None or asked.told:
            return False
        name, _, time = question.rpartition("/")
        before = self.asked.get(f"{name}/{int(time) - 1}") if time.isdecimal() else None
        answers = [[seat, asked.entries[seat]] for seat in sorted(asked.entries)]
        asked.told = self.ran = {
            "question": question, "kind": asked.question["kind"], "of": asked.question["of"], "answers": answers,
            "truth": truth, "again": before and before.told and before.told["answers"],
        }  # fmt: skip
        if self.open == question:
            self.open = None
        self._tell(number, "ran", self.ran)
        return None

    def _contest(self, number: int, spec: dict[str, Any], sets: list[str], counts: dict[str, float]) -> None:
        self._contest_over(number)
        self.ran = None
        self.contest = Contest(f"contest/{len(self.contests) + 1}", spec, sets, counts)
        self.contests.append(self.contest)
        self._tell(number, "contest", self.contest.told())

    def _contest_over(self, number: int) -> bool | None:
        if not (self.contest and self.contest.open):
            return False
        self.contest.open = False
        self._tell(number, "contest", self.contest.told())
        return None

    _TAKES: ClassVar[dict[str, Callable[..., bool | None]]] = {
        OPENED: _opened,
        "joined": _joined,
        "shown": _shown,
        "entered": _entered,
        "ran": _ran,
        "contest": _contest,
        "contest_over": _contest_over,
    }
    """What each kind of event does; False: it does not count."""
