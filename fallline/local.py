"""Run optimizers in this process, without a server."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar, Unpack

import numpy as np
from pydantic_core import to_jsonable_python

from fallline.columns import COLUMNS
from fallline.comparing import MULTIPLE_OF_TRIES, Rules, compared
from fallline.curvatures.at_row import curvature_of
from fallline.curvatures.curvature_models import CurvatureSpec
from fallline.descent.lanes import ends_of_starts
from fallline.errors import located
from fallline.grids import ends_on_grid
from fallline.in_parts import whole
from fallline.landscapes import landscape_of
from fallline.limits import UNLIMITED
from fallline.notices import notice
from fallline.problems import DATASETS, SURFACES
from fallline.problems.network_datasets import NETWORK_DATASETS
from fallline.progress_line import progress_line
from fallline.reply import column_fields, ending_fields, heading_fields, notice_fields
from fallline.results.analyses import Basins, Curvature, StartEnds, SweepGrid, Tuning
from fallline.results.comparison import Comparison
from fallline.results.loss_map import LossMap
from fallline.results.result import Result, Sweep
from fallline.slowness import warn_if_slow
from fallline.spec import models
from fallline.spec.plan import Plan, planning
from fallline.spec.query import query_to_grid
from fallline.spec_forms import Over, SpecFields, SpecLike, spec_to_run, whole_spec
from fallline.starts import BasinsSpec, basins_of
from fallline.sweeps import SweepSpec, swept
from fallline.tuning import TuneSpec, tuned

Named = str | Sequence[Any]
"""`all`, a name, or names and problems in the form of a spec."""
SpecOf = TypeVar("SpecOf", bound=models.Spec)


def run(spec: SpecLike | None = None, /, **fields: Unpack[SpecFields]) -> Result:
    """Run every optimizer of a spec in this process, without the time limit of a server.

    Args:
        spec: in the form of the REST API, or the address of a page, complete or only the part after its ?; the picture
            of the result takes window, step, size and theme from the address.
        fields: fields of a spec, which replace those of `spec`.

    Raises: SpecError, with the same messages as the server.

    Example: `run("surface=himmelblau&optimizer=adam:learning_rate=0.1", start=(1, 5))["Adam"].loss[-1]`
    """
    to_run = spec_to_run(spec, fields)
    with _planned(models.Spec, to_run.fields) as (_, plan):
        runs = [_run(plan, index, to_run.suggested.get(index)) for index in range(len(plan.runs))]
        return Result(to_run, to_jsonable_python(heading_fields(plan)) | {"runs": runs})


def sweep(
    spec: SpecLike | None = None, /, *, over: Mapping[str, Over], curves: bool = False, **fields: Unpack[SpecFields]
) -> Sweep:
    """Return the ends of the one run of a spec for many values of a hyperparameter, many seeds or many angles.

    Args:
        spec, fields: as for `run`.
        over: one name -> its values, as `{"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}`, both ends included,
            with equal ratios for a rate and other parameters that span decades, approaching 1 for a decay, in equal
            steps otherwise; or `{"seed": {"from": 0, "count": 20}}`; or
            `{"angle": {"from": 0, "to": 180, "count": 61}}`, the degrees from the first parameter to the
            direction of least curvature of a quadratic.
        curves: for seeds also return the quartiles of the loss at each step.

    Raises: SpecError.
    """
    with _planned(SweepSpec, whole_spec(spec, fields, over=over, curves=curves)) as (checked, plan):
        warn_if_slow(checked, plan)
        return Sweep(**vars(whole(swept(checked, plan, UNLIMITED))))


def landscape(
    spec: SpecLike | None = None, /, *, domain: Sequence[Sequence[float]] | None = None, resolution: int = 128,
    plane: Sequence[str] | None = None, at: Sequence[float] | None = None, **fields: Unpack[SpecFields],
) -> LossMap:  # fmt: skip
    """Return the loss over a rectangle of the parameters, on a grid.

    Args:
        spec, fields: as for `run`; the optimizers matter only to a problem with more than two parameters, whose plane
            lies along their paths unless `plane` names two parameters.
        domain: [low, high] for each axis; by default that of the address, or else of the problem.
        resolution: points along each side, 2 to 256.
        plane: two of many parameters that span the plane; at: a point of the plane, by default the start.

    Raises: SpecError.

    Example: `landscape("surface=himmelblau").loss.min()`
    """
    to_run = spec_to_run(spec, fields, models.LandscapeSpec)
    beside = {"domain": domain, "resolution": resolution, "plane": plane, "at": at}
    chosen = {name: value for name, value in beside.items() if value is not None}
    with located("body"):
        grid = query_to_grid([*to_run.shown.items()])
    with _checked(models.LandscapeSpec, whole_spec(to_run.fields, {}, **{**grid, **chosen})) as checked:
        of_grid = whole(landscape_of(checked.problem.build(), checked, UNLIMITED)[1])
    shown = {name: _text(value) for name, value in chosen.items() if name != "resolution"}
    reply = to_jsonable_python(vars(of_grid) | {name: getattr(of_grid, name).tolist() for name in ("x", "loss")} | {
        "y": None if of_grid.y is None else of_grid.y.tolist()
    })  # fmt: skip
    return LossMap(replace(to_run, shown={**to_run.shown, **shown}), reply)


def _text(value: Any) -> str:
    """A value of a grid as the text of an address."""
    return (
        ",".join(_text(item) for item in value)
        if isinstance(value, Sequence) and not isinstance(value, str)
        else str(value)
    )


def sweep_grid(spec: SpecLike | None = None, /, *, over: Mapping[str, Any], **fields: Unpack[SpecFields]) -> SweepGrid:
    """Return the ends of each run of a spec for every value of a hyperparameter, or every pair of values of two.

    Args: spec, fields: as for `run`, with any number of optimizers; over: one or two names -> values, as an array.

    Raises: SpecError.

    Example: `sweep_grid(problem="bowl", optimizers=["gd", "adam"], over={"learning_rate": np.geomspace(1e-3, 1, 9)})`
    """
    values = {name: np.asarray(axis, dtype=float).ravel().tolist() for name, axis in over.items()}
    with _checked(models.Spec, whole_spec(spec, fields)) as checked:
        start, ends = whole(ends_on_grid(checked, values))
    shape = [len(axis) for axis in values.values()]
    losses, steps = ([getattr(each, name).reshape(shape).tolist() for each in ends] for name in ("loss", "n_steps"))
    labels = [choice.display_name for choice in checked.optimizers]
    of = {"problem": checked.problem.title, "start_loss": start, "labels": labels, "over": values}
    return SweepGrid({**of, "loss": losses, "n_steps": steps})


def run_from(spec: SpecLike | None = None, /, *, starts: Any, **fields: Unpack[SpecFields]) -> StartEnds:
    """Return the ends of the one run of a spec from each of many starts.

    Args: spec, fields: as for `run`; starts: shape (starts, parameters).

    Raises: SpecError; ValueError, if `starts` has another shape.
    """
    places = np.asarray(starts, dtype=float)
    with _checked(models.SingleSpec, whole_spec(spec, fields)) as checked:
        names = checked.problem.build().parameters
        if places.ndim != 2 or places.shape[1] != len(names) or not len(places):
            raise ValueError(f"starts must have the shape (starts, {len(names)}); got {places.shape}")
        first = checked.model_copy(update={"start": places[0].tolist()})
        plan = whole(planning(first, UNLIMITED))
    warn_if_slow(checked, plan, len(places))
    ends = whole(ends_of_starts(plan.runs[0], places.T))
    columns = {name: getattr(ends, name).tolist() for name in ("loss", "n_steps")}
    return StartEnds({
        "parameters": names, "starts": places.tolist(), "ends": ends.parameters.T.tolist(), **columns,
        "stop_reason": ends.reasons,
    })  # fmt: skip


def curvature(
    spec: SpecLike | None = None, /, *, t: int = 0, every: int | None = None, predicted: bool = False,
    curve: bool = False, domain: Sequence[Sequence[float]] | None = None, lambda_: float = 1.0,
    polynomial: bool = False, **fields: Unpack[SpecFields],
) -> Curvature:  # fmt: skip
    """Return the curvature of the loss at a row of the one run of a spec, and how the optimizer's step depends on it.

    Args:
        spec, fields: as for `run`.
        t: the row, 0 for the start.
        every: also return the largest curvature at every `every`-th row, at most 1,000 of them.
        predicted: also return the path that the modes of a quadratic predict.
        curve: also return the roots of each mode for other learning rates.
        domain: also return the factor of a step over [low, high] of the learning rate times the curvature, and of the
            hyperparameter of momentum; lambda_: the curvature there, which matters only to rules with a decay.
        polynomial: also return the residual polynomial of the steps to that row on a quadratic, over the curvature.

    Raises: SpecError.

    Example: `curvature("expression=x^2+10*y^2&optimizer=heavy_ball:beta=0.8").learning_rate_max`
    """
    beside = {"every": every, "predicted": predicted, "curve": curve, "polynomial": polynomial, "domain": domain}
    with _planned(CurvatureSpec, whole_spec(spec, fields, t=t, **beside, **{"lambda": lambda_})) as (checked, plan):
        return Curvature(**vars(whole(curvature_of(checked, plan, UNLIMITED))))


def basins(
    spec: SpecLike | None = None, /, *, domain: Sequence[Sequence[float]] | None = None, resolution: int = 64,
    over: Mapping[str, Sequence[float]] | None = None, progress: bool | None = None, **fields: Unpack[SpecFields],
) -> Basins:  # fmt: skip
    """Return in which minimum the one run of a spec ends from each start of a grid.

    Args:
        spec, fields: as for `run`; a `start` in the spec is ignored.
        domain: [low, high] for each parameter; by default the domain of the problem.
        resolution: starts along each side, 2 to 256.
        over: a hyperparameter -> at most 64 values for which the shares are also returned.
        progress: whether to write the progress to stderr after the first second; by default only if stderr is a
            terminal. Ctrl-C cancels the work.

    Raises: SpecError.

    Example: `basins("surface=himmelblau&optimizer=heavy_ball:learning_rate=0.01").shares`
    """
    whole_fields = whole_spec(spec, fields, domain=domain, resolution=resolution, over=over)
    with _planned(BasinsSpec, whole_fields) as (checked, plan):
        warn_if_slow(checked, plan)
        with progress_line("basins", progress) as tell:
            return Basins(whole(basins_of(checked, plan), tell), whole_fields)


def tune(
    spec: SpecLike | None = None, /, *, over: Mapping[str, Mapping[str, float]], seeds: int = 1, stays: bool = False,
    coarse: bool = False, progress: bool | None = None, **fields: Unpack[SpecFields],
) -> Tuning:  # fmt: skip
    """Search for the values of the one optimizer of a spec that reach its `stop.target_loss` in the fewest steps.

    Args:
        spec, fields: as for `run`.
        over: one to three hyperparameters -> the values among which to search, as
            `{"learning_rate": {"from": 1e-4, "to": 1}, "beta": {"from": 0, "to": 0.99}}`.
        seeds: each combination of values is tried with this many seeds, and the median counts.
        stays: whether the loss must stay at or below the target up to the last step.
        coarse: whether to try fewer values, in a third of the time.
        progress: as for `basins`.

    Raises: SpecError.
    """
    whole_fields = whole_spec(spec, fields, over=over, seeds=seeds, stays=stays, coarse=coarse)
    with _planned(TuneSpec, whole_fields) as (checked, plan):
        warn_if_slow(checked, plan)
        with progress_line("tune", progress) as tell:
            return Tuning(**vars(whole(tuned(checked, plan), tell)))


def compare(
    optimizers: Sequence[Any], surfaces: Named = "all", *, fits: Named = (), networks: Named = (), budget: int = 2000,
    tries: int = 240, starts: int = 9, goal: float = 0.001, seed: int = 0, progress: bool | None = None,
) -> Comparison:  # fmt: skip
    """Tune each optimizer on each problem, all with the same budget and number of tries, and return what each needs.

    The result of an optimizer is the number of gradients until its loss stays at the goal to the end of the budget: the
    median over several starts that lie close together, with the values that make it least. A run that leaves the map by
    more than half its size counts as never reaching the goal.

    Args:
        optimizers: names, such as `"adam"`, texts of an address, such as `"adam:beta1=0.5"`, runs in the form of a
            spec, and optimizers of one's own. Values given for a named optimizer are fixed; its learning rate and its
            decays are tuned otherwise.
        surfaces: `"all"` of the catalog, or a list of names, problems in the form of a spec, and own ones with
            `minima`.
        fits: `"all"` line fits of the catalog (mean squared error, the data unchanged), or such a list.
        networks: `"all"` networks of the catalog, or such a list.
        budget: the most gradients of a run, at least 2.
        tries: the combinations of hyperparameters that each optimizer tries on each problem, a multiple of 24.
        starts: the number of starts on each problem, odd: that of the catalog and others around it; for a network, one
            for each seed. Each start has its own seed for the batches and the noise.
        goal: for a surface, the loss above its lowest; for a line fit, the same as a share of the excess loss at the
            start. For a network, the goal is always a tenth of the median loss at its starts.
        seed: of the first start.
        progress: as for `basins`.

    Raises: SpecError; ValueError, if one of the numbers is wrong, or a problem has no known minimum.

    Example: `print(compare(["gd", "adam"], surfaces=["bowl", "rosenbrock"]))`
    """
    for name, value, wrong, allowed in (
        ("budget", budget, budget < 2, "at least 2"),
        (
            "tries",
            tries,
            tries < MULTIPLE_OF_TRIES or tries % MULTIPLE_OF_TRIES,
            f"a multiple of {MULTIPLE_OF_TRIES}, so that all have as many",
        ),
        ("starts", starts, starts < 1 or starts % 2 == 0, "odd, so that one is in their middle"),
        ("goal", goal, not 0 < goal < math.inf, "above 0"),
        ("optimizers", list(optimizers), not optimizers, "at least one"),
    ):
        if wrong:
            raise ValueError(f"{name} must be {allowed}; got {value}")
    problems = [
        *_problems(surfaces, SURFACES, lambda name: {"surface": name}),
        *_problems(fits, DATASETS, lambda name: {"dataset": name, "loss": "mse"}),
        *_problems(networks, NETWORK_DATASETS, lambda name: {"network": {"dataset": name}}),
    ]
    if not problems:
        raise ValueError("surfaces, fits and networks must name at least one problem; got none")
    stop: dict[str, Any] = {"stop": {"max_steps": budget}, "seed": seed}
    fields = [whole_spec({"problem": problem, "optimizers": optimizers, **stop}, {}) for problem in problems]
    with located("body"), progress_line("compare", progress) as tell:
        specs = [models.Spec.model_validate(each) for each in fields]
        return Comparison(whole(compared(specs, Rules(budget, tries, starts, goal, seed)), tell))


@contextmanager
def _checked(model: type[SpecOf], fields: Mapping[str, Any]) -> Iterator[SpecOf]:
    """A spec. Its errors, and those of the work with it, are located as a server locates them. Raises: SpecError."""
    with located("body"):
        yield model.model_validate(fields)


@contextmanager
def _planned(model: type[SpecOf], fields: Mapping[str, Any]) -> Iterator[tuple[SpecOf, Plan]]:
    """A spec with its plan, as `_checked`."""
    with _checked(model, fields) as checked:
        yield checked, whole(planning(checked, UNLIMITED))


def _problems(named: Named, catalog: Iterable[str], as_problem: Callable[[str], dict[str, Any]]) -> list[Any]:
    """The problems in the form of a spec."""
    names = catalog if named == "all" else [named] if isinstance(named, str) else named
    return [as_problem(name) if isinstance(name, str) else name for name in names]


def _run(plan: Plan, index: int, suggested: float | None) -> dict[str, Any]:
    """The fields of a run as in a reply, with columns as arrays. Args: suggested: the suggested rate, if used."""
    run = plan.runs[index]
    block = run.whole()
    about = {"optimizer": plan.optimizer(index), **ending_fields(run, block), **notice_fields(plan, index, block.end)}
    if suggested is not None:
        suggestion = notice("rate_suggested", learning_rate=suggested)
        about |= {"notes": [*about["notes"], suggestion.msg], "notices": [*about["notices"], suggestion]}
    columns = column_fields(block, 0, len(block), plan.problem.parameters, COLUMNS)
    return {**to_jsonable_python(about), **columns}
