"""One step of a run, computed again: the row before it, its inputs, and its result, equal to those of the run."""

from dataclasses import dataclass

from fallline.descent.rows import Block, Phase, Row, phase_from
from fallline.descent.run import Run
from fallline.descent.stops import End
from fallline.in_parts import InParts

Floats = tuple[float, ...]


@dataclass(frozen=True)
class Step:
    """Step `t` of a run.

    Args:
        t: its number, from 1; phase: the optimizer in force.
        before: the row before it.
        w_before, w_after: the parameters before and after it.
        states: state -> its value before the step, for each parameter; without those that are no column of a run.
        batch: the indices of the points of its batch, None for all.
        clean_gradient: the gradient at that row, of the batch if there is one, without noise.
        noise: the number added to each component of it, None without noise.
    """

    t: int
    phase: Phase
    before: Row
    w_before: Floats
    w_after: Floats
    states: dict[str, Floats]
    batch: list[int] | None
    clean_gradient: Floats
    noise: Floats | None

    @property
    def count(self) -> int:
        """The number of the step among the steps of its own optimizer: `t` in the rule and in the schedule."""
        return self.t - self.phase.began

    @property
    def gradient(self) -> Floats:
        """The gradient used."""
        if self.noise is None:
            return self.clean_gradient
        return tuple(clean + more for clean, more in zip(self.clean_gradient, self.noise, strict=True))


class PastTheEndError(ValueError):
    """The run has no step `t`; `end` says how it ended."""

    def __init__(self, t: int, end: End) -> None:
        self.t, self.end = t, end
        super().__init__(f"there is no step {t}: the run {end.sentence}")


def replayed_step(run: Run, t: int, rows: int = 1024) -> InParts[Step]:
    """Return step `t` of `run`; pauses after every `rows` rows before it, and after it.

    Raises:
        PastTheEndError: the run ends before.
    """
    block = run.next_block()
    while block.last.t < t:
        yield len(block.learning_rate)
        if block.end is not None:
            raise PastTheEndError(t, block.end)
        block = run.next_block(block.last, min(rows, max(1, t - 1 - block.last.t)))  # the last one is step t alone
    yield len(block.learning_rate)
    return _step(run, block)


def _step(run: Run, block: Block) -> Step:
    """The only step of a block."""
    row = block.before
    assert row is not None, "a step leads to each of its rows"
    phase, objective = phase_from(run.phases, row.t), run.problem.objective
    w = tuple(float(value) for value in row.parameters)
    next_w = tuple(block.parameters[:, 0].tolist())
    batch, noise = row.draws.copy().next(phase.setup, objective)
    clean = objective.value_and_gradient_at(w)[1] if batch is None else objective.batch_gradient_at(w, batch)
    states = {name: tuple(map(float, row.states[name])) for name in block.states or ()}
    return Step(row.t + 1, phase, row, w, next_w, states, batch, clean, noise)
