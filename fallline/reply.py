"""The parts of a reply about runs, as a whole or as events of a stream: the problem, the columns, and the ends."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from fallline.columns import BY_NAME, STEP_COLUMNS
from fallline.descent import Block, End, Run
from fallline.descent.evaluations import EVALUATED
from fallline.descent.recorded import recorded_path
from fallline.formulas import latex, parse
from fallline.notices import notice
from fallline.problems.objective import OverData
from fallline.problems.stationary import stationary_point
from fallline.spec.plan import Plan


def heading_fields(plan: Plan) -> dict[str, Any]:
    """The fields of a reply before its runs."""
    problem, formula, network = plan.problem, plan.spec.problem.formula, plan.spec.problem.network_in_force
    fields: dict[str, Any] = {
        "kind": problem.kind,
        "parameters": problem.parameters,
        "domain": problem.domain,
        "minima": [{"at": minimum.at, "loss": minimum.loss, "kind": minimum.kind} for minimum in problem.minima],
    }
    if formula:
        fields["latex"] = _typeset(formula)
    if problem.title:
        fields["label"] = problem.title
    if problem.gradient_source:
        fields["gradient_source"] = problem.gradient_source
    if isinstance(problem.objective, OverData):
        fields["points"] = problem.objective.points
    if network:
        fields["network"] = network
    return {"problem": fields, "start": plan.start, "seed": plan.spec.seed}


@lru_cache(maxsize=256)
def _typeset(formula: str) -> str | None:
    """The LaTeX of a formula; None when it is too long to print."""
    return latex(parse(formula, ("x", "y")))


def column_fields(
    block: Block, begin: int, end: int, parameters: Sequence[str], fields: Sequence[str], align: bool = False
) -> dict[str, Any]:
    """The columns of some rows of a block by name: one list, or a list for each parameter.

    Args:
        begin, end: the rows, counted within the block; fields: the names of the columns.
        align: whether columns of steps have a null for row 0, so that all columns have the same length.
    """
    to_first = len(block.loss) - len(block.learning_rate)
    rows, steps = slice(begin, end), slice(max(begin - to_first, 0), end - to_first)
    before = [None] if block.first + begin == 0 else []
    columns: dict[str, Any] = {}
    for field in fields:
        column, of_steps = getattr(block, field), field in STEP_COLUMNS
        several = column if field in BY_NAME else [] if column is None else [column]
        lists = [column[steps if of_steps else rows] for column in several]
        if align and of_steps:
            lists = [[*before, *(column if field == "batch" else column.tolist())] for column in lists]
        if field in BY_NAME:
            names = EVALUATED if field == "evaluations" else parameters
            columns[field] = dict(zip(names, lists, strict=True))
        else:
            columns[field] = lists[0] if lists else None
    return columns


def ending_fields(run: Run, block: Block) -> dict[str, Any]:
    """The fields about the end of a run. Fields that are null are left out. Args: block: the last one of the run."""
    end = block.end
    assert end is not None
    diverged = end.reason == "diverged"
    path = recorded_path(run.setup.method)
    point = None if diverged or path else stationary_point(run.problem, tuple(map(float, block.last.parameters)))
    fields = {
        "stop_reason": end.reason,
        "n_steps": end.n_steps,
        "diverged_at": end.diverged_at,
        "threshold": end.threshold,
        "what_broke": end.what_broke,
        "fault": end.fault and {"where": end.fault.where, "error": end.fault.what, "place": end.fault.place},
        "sentence": end.sentence,
        "end_point": point,
        "recorded": path and {"steps": path.steps, "distance": path.distance.tolist(), "share": path.share},
    }
    return {name: value for name, value in fields.items() if value is not None}


def notice_fields(plan: Plan, index: int, end: End | None = None) -> dict[str, Any]:
    """The notices of one run, as sentences and as codes with values. Args: end: of the run, if it has ended."""
    all_notices = plan.notices(index)
    if end and end.fault:
        about = {"where": end.fault.where, "error": end.fault.what, "t": end.n_steps + 1, "n_steps": end.n_steps}
        all_notices.append(notice("own_fault", **about))
    return {"notes": [notice.msg for notice in all_notices], "notices": all_notices}
