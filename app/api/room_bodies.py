"""The models of requests to rooms and of their responses."""

from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from app.api.response_models import ResponseModel
from app.rooms.contests import ContestGoal
from app.server.refusals import RequestError
from fallline.descent.stops import BEYOND
from fallline.errors import SpecError, located
from fallline.hyperparameters import Interval
from fallline.sentences import is_printable
from fallline.spec.fields import Checked, Nullable, Strict, name_of, real, whole_number
from fallline.spec.models import SingleSpec, examples

MAX_NAME, MAX_ADDRESS, MAX_HANDED_ON = 200, 32_768, 16_384
"""The most characters of the name of a question, and of an address; the most bytes of a picture, and of the spec of a
contest."""

MAX_STEP = 1_000_000

Kind = Literal["point", "step", "run", "choice", "number"]
OF_SEVERAL = ("run", "choice")
"""The kinds of question whose answer is the index of one of several runs or choices."""


def _text(limit: int) -> Checked:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not is_printable(value) or not 1 <= len(value) <= limit:
            raise SpecError("wrong_label", limit=limit)
        return value

    return Checked(check, {"type": "string", "minLength": 1, "maxLength": limit})


def _address(value: Any) -> str:
    """Check an address. It must lead to this site, however a browser reads it."""
    text: str = _text(MAX_ADDRESS).check(value)
    if not text.startswith("/") or text[1:2] in ("/", "\\"):
        raise RequestError("not_of_this_site", ())
    return text


Name = Annotated[str, _text(MAX_NAME)]
Milliseconds = Annotated[float, real(Interval(low=0))]
Step = Annotated[int, whole_number(0, MAX_STEP)]


class QuestionAsked(Strict):
    """A question that seats may answer."""

    id: Name = Field(
        description="The name of the question: that of the scene or lesson, a /, and how often it has been asked."
    )
    kind: Annotated[Kind, name_of("kind_of_question", get_args(Kind))] = Field(description="The kind of the answer.")
    of: Annotated[int, whole_number(1, 1000)] | None = Field(
        None, description="For the kinds `run` and `choice`: the number of runs or choices."
    )

    def model_post_init(self, _: Any) -> None:
        """Check that a question about several runs or choices has their number."""
        if self.kind in OF_SEVERAL and self.of is None:
            raise SpecError("missing", ("of",))


class ShownBody(Strict):
    """What the wall shows."""

    model_config = examples(
        {
            "address": "/?preset=opening",
            "step": 0,
            "playing": False,
            "pace": 30,
            "question": {"id": "opening/1", "kind": "point"},
        }
    )

    address: Annotated[str, Checked(_address, {"type": "string", "pattern": r"^/([^/\\]|$)"})] = Field(
        description="The address of the page that the wall shows, relative to this site, so that it begins with /."
    )
    step: Step = Field(description="The row of the playhead.")
    playing: Annotated[bool, Field(strict=True)] = Field(description="Whether the playhead moves.")
    pace: Annotated[float, real(Interval(low=0))] = Field(description="Steps per second while it plays.")
    since: Milliseconds | None = Field(
        None,
        description="When the playhead was at that step, in milliseconds since 1970 by the clock of the server; null: "
        "now.",
    )
    question: QuestionAsked | None = Field(None, description="The question that seats may answer now; null for none.")
    picture: dict[str, Any] | None = Field(None, description="Further state of the page, sent to seats unchanged.")
    seeds: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Whether each seat shows the runs with its own seed."
    )
    window: Name | None = Field(None, description="A name of the window of the wall, which the window chooses.")
    take: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Whether this window leads the room from now on, instead of another one."
    )


class RanBody(Strict):
    """The notice that the runs of a question have run."""

    model_config = examples({"question": "opening/1", "truth": [1, 1]})

    question: Name = Field(description="The `id` of the question.")
    truth: Any = Field(None, description="The right answer, in the form of an answer; null if there is none.")


class EntryBody(Strict):
    """The entry of a seat: its answer to a question, or its values for a contest."""

    model_config = examples({"seat": "n3Yb0aTq5mWc8Zr1", "question": "opening/1", "entry": [0.9, 1.2]})

    seat: str = Field(description="The token of the seat, which the seat made itself.")
    question: Name = Field(description="The `id` of the question, or the name of the contest.")
    entry: Any = Field(description="A place, a number, or for a contest its values.")


class ContestBody(Strict):
    """A contest to open, or the end of the open one."""

    model_config = examples(
        {
            "spec": {"problem": {"surface": "beale"}, "optimizers": [{"name": "adagrad", "learning_rate": 0.01}]},
            "sets": ["learning_rate"],
            "counts": {"lowest_loss_after": 50},
        }
    )

    open: Annotated[bool, Field(strict=True), Nullable] = Field(True, description="false ends the contest.")
    spec: SingleSpec | None = Field(None, description="The run that each seat changes.")
    sets: list[Name] | None = Field(
        None,
        min_length=1,
        max_length=4,
        description="What seats set: hyperparameters, `optimizer` or `start`.",
    )
    counts: ContestGoal | None = Field(None, description="The number by which entries are ranked.")

    def model_post_init(self, _: Any) -> None:
        """Check that all fields are there if it opens a contest."""
        for name in ("spec", "sets", "counts"):
            if self.open and getattr(self, name) is None:
                raise SpecError("missing", (name,))


class OpenedRoom(ResponseModel):
    """A room that was opened."""

    code: str = Field(description="The code that students type to join the room.")
    key: str = Field(description="The key by which the room is led. Students must not know it.")


class RoomState(ResponseModel):
    """The public state of a room."""

    code: str = Field(description="The code of the room.")
    last: int = Field(description="The number of the last event.")
    seats: int = Field(description="The number of seats that follow the room now.")
    shown: dict[str, Any] | None = Field(description="What the wall shows; null before it has shown anything.")
    question: dict[str, Any] | None = Field(description="The open question; null if there is none.")
    entries: int = Field(description="The number of seats that have answered the open question.")
    now: int = Field(description="The time, in milliseconds since 1970 by the clock of the server.")


class AddedEvent(ResponseModel):
    """An event that was added to a room."""

    number: int = Field(description="The number of the event.")
    now: int = Field(description="The time, in milliseconds since 1970 by the clock of the server.")


class AddedContest(AddedEvent):
    """A contest that was opened or ended."""

    question: str = Field(description="The name of the contest, which entries have as their `question`.")


class AddedEntry(AddedEvent):
    """An entry that was accepted."""

    seat: int = Field(description="The number of the seat.")
    place: int | None = Field(None, description="In a contest: the place of the seat so far; null without a result.")
    result: float | None = Field(
        None, description="In a contest: the result; null if the run diverged or did not reach the loss."
    )


class DeletedRoom(ResponseModel):
    """A room that was deleted."""

    code: str


COORDINATE = real(Interval(-BEYOND, BEYOND))


def check_entry(question: dict[str, Any], value: Any) -> None:
    """Check an answer against the kind and the range of its question. Raises: SpecError."""
    kind, of = question["kind"], question["of"]
    if kind == "point":
        if not isinstance(value, list):
            raise SpecError("not_a_list", (), value)
        if len(value) != 2:
            raise SpecError("wrong_count", (), value, count=2, names="x, y")
        for index, coordinate in enumerate(value):
            with located(index, value=coordinate):
                COORDINATE.check(coordinate)
    elif kind == "number":
        real().check(value)
    else:
        whole_number(0, of - 1 if kind in OF_SEVERAL else MAX_STEP).check(value)
