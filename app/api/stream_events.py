"""A stream of runs as Server-Sent Events: the content of each event, and the place where a broken stream continues."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

from app.server import counts
from app.server.messages import event_text
from app.server.refusals import RequestError
from fallline.descent import Block, End, Run
from fallline.descent.run import sizes_up_to
from fallline.errors import Loc
from fallline.reply import column_fields, ending_fields, heading_fields, notice_fields
from fallline.spec.plan import Plan

FIRST_ROWS = 8
"""The rows of the first event of a run: few, so that a page shows something at once."""

MOST_ROWS = 64
"""The most rows of an event."""

BLOCK, COUNTED = 256, 1024
"""The most rows of a block, and of a block whose rows are only counted. Larger blocks take less time for each row."""

EVENTS_A_SECOND = 4

_ID = re.compile(r"[0-9]{1,9}e?(\.[0-9]{1,9}e?)*", re.ASCII)


class Sent(NamedTuple):
    """What was sent of one run: the number of its rows, and whether its `end` was sent."""

    rows: int
    ended: bool


@dataclass(frozen=True)
class Frame:
    """Bytes to send.

    Args:
        data: an event; empty for a pause while the rows that were sent before are computed again.
        due: when to send it, in seconds from the beginning of the stream.
    """

    data: bytes = b""
    due: float = 0.0


class _Feed:
    """One run of a stream: the number of rows that have been sent, and the block with the next rows.

    A block has the rows of several events, as computing few rows at a time takes longer. The next block is computed in
    advance: a full block does not show whether the run ended with it, but an empty one after it does. So `finished` is
    right as soon as the last row has been sent.

    Args:
        index: of the run in the spec; sent: the rows sent so far; ended: whether its `end` event was sent.
        rows: of an event; most: the most rows of a block.
    """

    def __init__(self, index: int, run: Run, sent: int, ended: bool, rows: int, most: int) -> None:
        self.index, self.run = index, run
        self.sent, self.ended, self._rows = sent, ended, rows
        self._blocks = run.blocks(repeat(run.rows_a_block(COUNTED)) if ended else _block_sizes(sent, rows, most))
        self._block: Block | None = None
        self._begin = 0
        self.newest: Block | None = None

    @property
    def end(self) -> End | None:
        """The end of the run, once its last block has been computed; None before."""
        return None if self.newest is None else self.newest.end

    @property
    def finished(self) -> bool:
        """Whether all its rows have been sent."""
        return self._block is None

    def catch_up(self) -> Iterator[Frame]:
        """Compute the rows that were sent before, and the next block. If the end was sent, compute and count all rows.

        Raises: RequestError, if the run has fewer rows than were sent, or has more although its end was sent.
        """
        rows = 0
        while self.end is None and (self.ended or rows < self.sent):
            rows += len(self._next())
            yield Frame()
        if rows < self.sent or (self.ended and rows > self.sent):
            raise RequestError("another_stream", ("stream",), run=self.index, rows=rows, count=self.sent)
        if not self.ended:
            self._next_block()

    def take(self) -> tuple[Block, int, int]:
        """Return the rows of the next event, as a block with its first and last row, and count them as sent."""
        block, begin = self._block, self._begin
        assert block is not None
        self._begin = end = min(begin + self._rows, len(block))
        self.sent += end - begin
        if end == len(block):
            self._next_block()
        return block, begin, end

    def _next_block(self) -> None:
        """Compute the next block. It is empty if the run diverged in the first step after a full block."""
        self._block, self._begin = None, 0
        if self.end is None:
            self._block = self._next() or None

    def _next(self) -> Block:
        self.newest = next(self._blocks)
        counts.STEPS.inc(len(self.newest.learning_rate))
        return self.newest


def _block_sizes(sent: int, rows: int, most: int) -> Iterator[int]:
    """The rows of each block: first for the rows that were sent before, then for one or several events each.

    Events end after `FIRST_ROWS`, and then after every `rows`, also if a stream continues in between. So they are the
    same however often it breaks.
    """
    yield from sizes_up_to(sent, most)
    first = min(FIRST_ROWS, rows)
    edge = first if sent < first else first + rows * ((sent - first) // rows + 1)
    yield edge - sent
    while True:
        yield most // rows * rows


def read_id(text: str, plan: Plan, loc: Loc = ("header", "last-event-id")) -> list[Sent]:
    """What was sent of each run according to an event id; an empty id is the beginning.

    Raises: RequestError, if it cannot be an id of a stream of this spec.
    """
    count, most = len(plan.spec.optimizers), plan.spec.stop.max_steps + 1
    if not text:
        return [Sent(0, ended=False)] * count
    parts = text.split(".") if len(text) < 1000 and _ID.fullmatch(text) else []
    sent = [Sent(int(part.rstrip("e")), part.endswith("e")) for part in parts]
    if len(sent) != count or any(rows > most or (ended and not rows) for rows, ended in sent):
        raise RequestError("last_event_id", loc, text, count=count, limit=most)
    return sent


class Stream:
    """The events of a plan.

    Args:
        plan: of the runs; sent: what was sent before of each run, from `read_id`; fields: the requested columns.
        pace: steps per second, None for as fast as they are read.
        align: whether the columns of steps begin with a null for row 0.
    """

    def __init__(
        self, plan: Plan, sent: Sequence[Sent], fields: Sequence[str], pace: int | None, align: bool = False
    ) -> None:
        self._plan, self._fields, self._pace, self._align = plan, fields, pace, align
        most = min(run.rows_a_block(BLOCK) for run in plan.runs)
        rows = min(most, MOST_ROWS if pace is None else max(1, min(MOST_ROWS, round(pace / EVENTS_A_SECOND))))
        pairs = zip(plan.runs, sent, strict=True)
        self._feeds = [_Feed(index, run, *each, rows, most) for index, (run, each) in enumerate(pairs)]
        self._fresh = not any(each.rows for each in sent)
        self._origin = min(each.rows for each in sent)

    def frames(self) -> Iterator[Frame]:
        """All events that were not sent yet. The run with the fewest rows sent comes next. Raises: RequestError."""
        if self._fresh:
            yield Frame(event_text("start", self._start()))
        for feed in self._feeds:
            yield from feed.catch_up()
        while under_way := [feed for feed in self._feeds if not feed.ended]:
            over = next((feed for feed in under_way if feed.finished), None)
            yield self._end(over) if over else self._steps(min(under_way, key=lambda feed: feed.sent))
        yield Frame(event_text("done", {}))

    def _start(self) -> dict[str, Any]:
        runs = [
            {"run": feed.index, "optimizer": self._plan.optimizer(feed.index), **notice_fields(self._plan, feed.index)}
            for feed in self._feeds
        ]
        return {**heading_fields(self._plan), "runs": runs}

    def _steps(self, feed: _Feed) -> Frame:
        due = (feed.sent - self._origin) / self._pace if self._pace else 0.0
        block, begin, end = feed.take()
        rows = column_fields(block, begin, end, self._plan.problem.parameters, self._fields, self._align)
        data = {"run": feed.index, "from": block.first + begin, **rows}
        return Frame(event_text("steps", data, self._id()), due)

    def _end(self, feed: _Feed) -> Frame:
        assert feed.newest is not None
        feed.ended = True
        return Frame(event_text("end", {"run": feed.index, **ending_fields(feed.run, feed.newest)}, self._id()))

    def _id(self) -> str:
        return ".".join(f"{feed.sent}{'e' if feed.ended else ''}" for feed in self._feeds)
