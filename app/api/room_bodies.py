"""What is sent to a room and what it answers, as the OpenAPI document has it."""

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
"""Characters of the name of a question, and of an address; bytes of a picture, and of the spec of a contest."""

MAX_STEP = 1_000_000

Kind = Literal["point", "step", "run", "choice", "number"]
OF_SEVERAL = ("run", "choice")
"""Kinds of question whose answer is one of so many."""


def _text(limit: int) -> Checked:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not is_printable(value) or not 1 <= len(value) <= limit:
            raise SpecError("wrong_label", limit=limit)
        return value

    return Checked(check, {"type": "string", "minLength": 1, "maxLength": limit})


def _address(value: Any) -> str:
    """One that leads nowhere else, however a browser reads it."""
    text: str = _text(MAX_ADDRESS).check(value)
    if not text.startswith("/") or text[1:2] in ("/", "\\"):
        raise RequestError("not_of_this_site", ())
    return text


Name = Annotated[str, _text(MAX_NAME)]
Milliseconds = Annotated[float, real(Interval(low=0))]
Step = Annotated[int, whole_number(0, MAX_STEP)]


class QuestionAsked(Strict):
    """A question that seats may answer."""

    id: Name = Field(description="What it is called: the name of a scene or lesson, /, and how often it was asked.")
    kind: Annotated[Kind, name_of("kind_of_question", get_args(Kind))]
    of: Annotated[int, whole_number(1, 1000)] | None = Field(None, description="Of how many runs or choices it is one.")

    def model_post_init(self, _: Any) -> None:
        """Check that it says of how many it is one."""
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
        description="Of the page that it shows, from the / of this site on."
    )
    step: Step = Field(description="The row at the playhead.")
    playing: Annotated[bool, Field(strict=True)]
    pace: Annotated[float, real(Interval(low=0))] = Field(description="Steps a second while it plays.")
    since: Milliseconds | None = Field(
        None, description="When it stood at that step, in milliseconds since 1970 by the server's clock; null: now."
    )
    question: QuestionAsked | None = Field(None, description="The one that seats may answer now.")
    picture: dict[str, Any] | None = Field(None, description="More of what it shows, handed on as it is.")
    seeds: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Whether each seat shows its own seed."
    )
    window: Name | None = Field(None, description="What the window of the wall calls itself.")
    take: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Whether this window is to lead from now on."
    )


class RanBody(Strict):
    """That a question has run."""

    model_config = examples({"question": "opening/1", "truth": [1, 1]})

    question: Name
    truth: Any = Field(None, description="What came, in the form of an answer; null where that is none.")


class EntryBody(Strict):
    """What a seat hands in."""

    model_config = examples({"seat": "n3Yb0aTq5mWc8Zr1", "question": "opening/1", "entry": [0.9, 1.2]})

    seat: str = Field(description="The seat's token, which it made by itself.")
    question: Name
    entry: Any = Field(description="A place, a number, or of a contest what it sets.")


class ContestBody(Strict):
    """A contest, or that it is over."""

    model_config = examples(
        {
            "spec": {"problem": {"surface": "beale"}, "optimizers": [{"name": "adagrad", "learning_rate": 0.01}]},
            "sets": ["learning_rate"],
            "counts": {"lowest_loss_after": 50},
        }
    )

    open: Annotated[bool, Field(strict=True), Nullable] = Field(True, description="false ends it.")
    spec: SingleSpec | None = Field(None, description="The run that each seat changes.")
    sets: list[Name] | None = Field(
        None, min_length=1, max_length=4, description="Hyperparameters that are set, `optimizer` and `start`."
    )
    counts: ContestGoal | None = Field(None, description="What is best.")

    def model_post_init(self, _: Any) -> None:
        """Check that it says all where it opens one."""
        for name in ("spec", "sets", "counts"):
            if self.open and getattr(self, name) is None:
                raise SpecError("missing", (name,))


class OpenedRoom(ResponseModel):
    """A room that was opened."""

    code: str = Field(description="What students type.")
    key: str = Field(description="What leads it; to be kept from them.")


class RoomState(ResponseModel):
    """What anyone may know of a room."""

    code: str
    last: int = Field(description="The number of the last event.")
    seats: int = Field(description="How many follow it now.")
    shown: dict[str, Any] | None
    question: dict[str, Any] | None = Field(description="The one that is open.")
    entries: int = Field(description="How many seats have answered it.")
    now: int = Field(description="Milliseconds since 1970 by the server's clock.")


class AddedEvent(ResponseModel):
    """An event that was added to a room."""

    number: int
    now: int = Field(description="Milliseconds since 1970 by the server's clock.")


class AddedContest(AddedEvent):
    """A contest that was opened, or is over."""

    question: str = Field(description="What it is called in entries.")


class AddedEntry(AddedEvent):
    """An entry that was taken."""

    seat: int = Field(description="The number of the seat.")
    place: int | None = Field(None, description="Of a contest: its place by now; null without a result.")
    result: float | None = Field(None, description="Of a contest; null where it diverged or did not reach the loss.")


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
