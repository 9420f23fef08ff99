"""What a lesson is made of."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from app.course.lessons.evidence import Evidence

PARTS = ("Descent", "A line", "Samples", "Momentum", "A rate for each", "Networks", "Which, when")
"""The parts of the course, in order."""


@dataclass(frozen=True)
class LessonView:
    """What may be shown of a figure.

    Args:
        column: where it stands beside the stage, "right" or "explanation"; empty: on the stage, or as part of another.
        label: of an explanation, to a reader; part: its name in the page, by default as lessons call it.
        address: what stands in the address of the playground where it shows the same.
    """

    column: Literal["right", "explanation", ""] = ""
    label: str = ""
    part: str = ""
    address: tuple[str, ...] = ()


VIEWS: Mapping[str, LessonView] = {
    "map": LessonView(),
    "loss": LessonView("right"),
    "by_samples": LessonView(address=("count=samples",)),
    "band": LessonView(address=("count=samples", "seeds=true")),
    "distance": LessonView("right"),
    "rates": LessonView("right"),
    "data": LessonView("right"),
    "table": LessonView(address=("table=true",)),
    "working": LessonView("right"),
    "states": LessonView("explanation", "States", part="charts"),
    "average": LessonView("explanation", "Averages"),
    "search": LessonView("explanation", "Exhaustive search"),
    "why": LessonView("explanation", "Why it goes there", address=("explanation=why",)),
    "standings": LessonView("right"),
    "network": LessonView(),
    "prediction": LessonView("right"),
    "samples": LessonView("right"),
}
"""By their names in lessons; of a network the map is a plane of its loss, along the paths of the runs. `by_samples`
is the loss against samples seen, `band` that with runs of other seeds, `distance` what is left of the distance to a
minimum, as evidence of the kind `left` has it, `rates` the learning rates of the runs with their `limit`s, `table` the
data of a line fit; the last three are of a network: itself, its output over its inputs, and its samples as a table."""

CAUSES = ("edge", "plane", "roots", "modes")
"""The pictures of *Why*: the curvature along the run against its edge; what a step keeps over rate and momentum; the
roots of a step, and what it keeps against the rate; the distance along each direction by itself."""

AVERAGES = ("temperatures",)
"""What the view `average` may take apart in place of the run: a made-up year of temperatures."""


@dataclass(frozen=True)
class Shown:
    """What a figure moves to: other runs, a step of them, or both; of a network, a substep.

    Args:
        run, parameter: the indices of the run and of the parameter that its working, its states and *Why* are of; None:
            as the figure has it.
        average: what is averaged beside the runs, one of AVERAGES; None: the first average of the run.
        after: the figure whose question is answered before this is read; None: the figure itself, if it asks of these
            runs.
    """

    figure: str
    spec: str | None = None
    step: int | None = None
    substep: str | None = None
    run: int | None = None
    parameter: int | None = None
    average: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class Prose:
    """Text between the blocks, as HTML; a formula is an element of class `formula`, its TeX the text.

    Args:
        show: what the figure beside it shows meanwhile; None: what it has come to.
    """

    html: str
    show: Shown | None = None
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True)
class Question:
    """What is asked of a figure before it runs: the `guess` as presets have it; `answer` says what is right."""

    ask: str
    guess: Mapping[str, Any]
    answer: str


@dataclass(frozen=True)
class Figure:
    """Runs that are shown.

    Args:
        name: unique in its lesson; spec: the query of the playground that shows them.
        show: VIEWS; controls: what has a slider, each with the index of its run: a hyperparameter, or
            `schedule.decay`, of its schedule.
        caption: HTML, empty where there is none.
        substep: of a network, where within a step it rests, as the page's address has it; None: the whole step.
        then: the substeps that a clicker goes on to from there, one by one.
        rests: the step at which it rests once its runs have answered the question, or of a network the substep; None:
            the last.
        cause: of *Why* the picture that is shown, one of CAUSES; None: the one that tells most.
        run: the index of the run of which alone the working and the states are shown; None: no one.
        parameter: the index of the parameter that they are of.
        evidence: what is marked once the question is answered, of what is then said.
        chart: the loss of the runs as SVG, of a network without a map, of which there is no other picture; else empty.
    """

    name: str
    spec: str
    show: tuple[str, ...]
    controls: tuple[tuple[int, str], ...]
    question: Question | None
    caption: str
    substep: str | None = None
    then: tuple[str, ...] = ()
    rests: int | str | None = None
    chart: str = ""
    cause: str | None = None
    run: int | None = None
    parameter: int = 0
    evidence: tuple[Evidence, ...] = ()
    kind: Literal["figure"] = "figure"

    @property
    def marks(self) -> list[Mapping[str, Any]]:
        """Its evidence, as the page has it."""
        return list(map(asdict, self.evidence))

    @property
    def explanations(self) -> list[tuple[str, LessonView]]:
        """Those that it shows, by the names of their parts in the page."""
        shown = [(view, VIEWS[view]) for view in VIEWS if view in self.show]
        return [(view.part or name, view) for name, view in shown if view.column == "explanation"]

    @property
    def classes(self) -> str:
        """What the style sheets know of it: its views, which comes first, and the columns in which they stand."""
        columns = {VIEWS[view].column for view in self.show} - {""}
        over_network = ["shows-map"] if "network" in self.show else []
        shows = [f"shows-{view}" for view in self.show]
        return " ".join([f"leads-{self.show[0]}", *shows, *over_network, *(f"with-{c}" for c in sorted(columns))])

    @property
    def address(self) -> str:
        """The query of the playground with the same runs, and the fragment with the same views."""
        switches = [switch for view in self.show for switch in VIEWS[view].address]
        switches += [f"cause={self.cause}"] if self.cause else []
        switches += [f"run={self.run}", "alone=true"] if self.run is not None else []
        switches += [f"parameter={self.parameter}"] if self.parameter else []
        return f"{self.spec}#{'&'.join(switches)}" if switches else self.spec


@dataclass(frozen=True)
class Option:
    """One answer of a check, and why it is right or wrong, as HTML."""

    text: str
    why: str
    right: bool


@dataclass(frozen=True)
class Check:
    """A question with one right answer; `ask` is HTML, `show` what is seen once it is answered."""

    ask: str
    options: tuple[Option, ...]
    show: Shown | None
    kind: Literal["check"] = "check"


@dataclass(frozen=True)
class Try:
    """What to do with a figure, and what to look for, as HTML; `show` is what is seen once that is told."""

    figure: str
    do: str
    look: str
    show: Shown | None = None
    kind: Literal["try"] = "try"


Piece = Prose | Figure | Check | Try


def _texts(piece: Piece) -> list[str]:
    """All that is said in it."""
    match piece:
        case Prose(html=said):
            return [said]
        case Figure(question=question, caption=caption):
            return [question.ask if question else "", caption]
        case Check(ask=ask, options=options):
            return [ask, *(text for option in options for text in (option.text, option.why))]
        case Try(do=do, look=look):
            return [do, look]


@dataclass(frozen=True)
class Section:
    """One idea, a screen on the wall; the first may have no title. `title` is HTML."""

    title: str
    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """All that stands in it, its numbers filled in, without markup of formulas: for whoever looks a phrase up."""
        words = " ".join((self.title, *(text for piece in self.pieces for text in _texts(piece))))
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", words))).strip()


@dataclass(frozen=True)
class Content:
    """What stands below the front matter of a lesson, its numbers filled in.

    Args:
        notes: for the teacher, empty where there are none; their pieces are prose.
        held: numbers of text and notes that tests hold, by what each is.
    """

    sections: tuple[Section, ...]
    notes: tuple[Section, ...]
    held: Mapping[str, float]


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Args:
        number: its place in the order, from 1; name: its address.
        title, part, minutes, deck, question, sources: as its front matter says.
        n_questions: how many are asked: of figures, and as checks.
        read: its content, whose figures are run when it is first asked for.
        short: whether it is one of the shorter route through the course.
    """

    number: int
    name: str
    title: str
    part: str
    minutes: int
    deck: tuple[str, ...]
    question: str
    sources: tuple[str, ...]
    n_questions: int
    read: Callable[[], Content]
    short: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        """Those of its text."""
        return self.read().sections

    @property
    def notes(self) -> tuple[Section, ...]:
        """Those of its notes, see Content."""
        return self.read().notes

    @property
    def held(self) -> Mapping[str, float]:
        """See Content."""
        return self.read().held

    @property
    def text(self) -> str:
        """The text of all of its sections."""
        return " ".join(section.text for section in self.sections)

    @property
    def first_asked(self) -> Figure | None:
        """The first figure that something is asked of, which is on its hand-out."""
        return next((figure for figure in self.pieces("figure") if figure.question), None)

    def pieces(self, kind: str) -> list[Any]:
        """All of its pieces of one kind, in order."""
        return [piece for section in self.sections for piece in section.pieces if piece.kind == kind]
