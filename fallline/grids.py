"""The ends of several runs with each value of a hyperparameter, or each pair of values of two."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from fallline.descent.lanes import Ends, sweep
from fallline.errors import SpecError, located
from fallline.in_parts import InParts
from fallline.limits import UNLIMITED
from fallline.spec.fields import real
from fallline.spec.models import SingleSpec, Spec
from fallline.spec.plan import planning
from fallline.spec.run_models import CatalogRun, RunChoice
from fallline.sweeps import hyperparameter_of, phases_with

MOST_AXES = 2


def ends_on_grid(spec: Spec, over: Mapping[str, Sequence[float]]) -> InParts[tuple[float, list[Ends]]]:
    """Return the loss at the start, and for each optimizer the ends of its lanes.

    There is a lane for each combination of values; the last hyperparameter varies fastest.

    Raises: SpecError, if there are no values or too many names, or a value is not allowed.
    """
    if not 1 <= len(over) <= MOST_AXES:
        raise SpecError("too_many" if over else "too_few", ("over",), limit=MOST_AXES if over else 1, count=len(over))
    ends, start = [], math.nan
    for index, choice in enumerate(spec.optimizers):
        single = SingleSpec.model_validate({**dict(spec), "optimizers": [choice]})
        with located("optimizers", index):
            plan = yield from planning(single, UNLIMITED)
        start = plan.problem.loss_at(plan.start)
        axes = _checked(choice, over)
        lanes = [axis.ravel() for axis in np.meshgrid(*axes.values(), indexing="ij")]
        phases = phases_with(choice, dict(zip(axes, lanes, strict=True)))
        ends.append((yield from sweep(plan.runs[0], phases, lanes[0].size)))
    return start, ends


def _checked(choice: RunChoice, over: Mapping[str, Sequence[float]]) -> Mapping[str, Sequence[float]]:
    """The values, with the names of hyperparameters that a spec uses. Raises: SpecError, if a value is not allowed."""
    axes = choice.by_spec_names(over) if isinstance(choice, CatalogRun) else over
    for name, values in axes.items():
        param = hyperparameter_of(choice, name)
        if not len(values):
            raise SpecError("too_few", ("over", name), limit=1, count=0)
        for index, value in enumerate(values):
            with located("over", name, index, value=value):
                real(param.allowed, param.whole).check(value)
    return axes
