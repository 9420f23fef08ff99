"""The events of a stream as objects, and the result that all of them make."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from fallline.columns import joined_columns
from fallline.errors import RefusedByServerError, ServerError
from fallline.results.result import Columns, Ending, Reply, Result
from fallline.spec_forms import SpecToRun


class Start(Reply):
    """The first event of a stream: the problem and the runs. `reply` also has `start` and `seed`."""

    def __init__(self, spec: SpecToRun, reply: Mapping[str, Any]) -> None:
        super().__init__(reply)
        self.spec = spec

    @property
    def problem(self) -> Mapping[str, Any]:
        """The problem, as in a `Result`."""
        problem: Mapping[str, Any] = self.reply["problem"]
        return problem

    @property
    def runs(self) -> Sequence[Mapping[str, Any]]:
        """For each run its `optimizer`, with every value in force, and its `notes`."""
        runs: Sequence[Mapping[str, Any]] = self.reply["runs"]
        return runs


class OfRun(Reply):
    """An event of one run."""

    @property
    def run(self) -> int:
        """The number of the run."""
        return int(self.reply["run"])


class Rows(Columns, OfRun):
    """The next rows of one run, at most 64, and the steps that led to them. No step leads to row 0."""

    @property
    def first(self) -> int:
        """The number of the first of these rows."""
        return int(self.reply["from"])


class End(Ending, OfRun):
    """The end of a run, after all its rows."""


Event = Start | Rows | End


def event_of(name: str, data: bytes, spec: SpecToRun) -> Event:
    """The object of a message. Raises: ServerError, if the stream failed; SpecError, if the spec asks for too much."""
    reply = orjson.loads(data)
    match name:
        case "start":
            return Start(spec, reply)
        case "steps":
            return Rows(reply)
        case "end":
            return End(reply)
    refused = RefusedByServerError(reply["detail"])
    if refused.complaints[0].loc[0] == "stream":
        raise ServerError(str(refused))
    raise refused


def result_of(events: Iterable[Event]) -> Result:
    """Join all events of a stream to a result, which equals that of `run`.

    Raises: ValueError, if events are missing.
    """
    start, *rest = events
    if not isinstance(start, Start) or len(start.runs) != sum(isinstance(event, End) for event in rest):
        raise ValueError("a result takes all the events of a stream, from its Start to the End of each run")
    runs = []
    for number, about in enumerate(start.reply["runs"]):
        *rows, end = (event.reply for event in rest if isinstance(event, Rows | End) and event.run == number)
        fields = {**about, **joined_columns(rows), **end}
        runs.append({name: fields[name] for name in fields if name != "run"})
    return Result(start.spec, {**start.reply, "runs": runs})
