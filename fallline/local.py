"""Runs without a server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from fallline.lazy import engine
from fallline.results import Result, Sweep
from fallline.spec import Over, Spec, SpecFields, asked, spec_text


def run(spec: Spec | None = None, /, **fields: Unpack[SpecFields]) -> Result:
    """Run every optimizer of a spec, here and now, as long as it takes: no limit of a server holds.

    Args:
        spec: as the REST API has it, or the address of a page, whole or what stands after its ?; the picture of the
            result keeps its window and step, its size and theme.
        fields: fields of a spec, which count for more than those of `spec`.

    Raises: SpecError, with the server's own sentences.

    Example: `run("surface=himmelblau&optimizer=adam:learning_rate=0.1", start=(1, 5))["Adam"].loss[-1]`
    """
    what = asked(spec, fields)
    return Result(what, engine().runs(what.text))


def sweep(
    spec: Spec | None = None, /, *, over: Mapping[str, Over], curves: bool = False, **fields: Unpack[SpecFields]
) -> Sweep:
    """Say where the one run of a spec ends with many values of a hyperparameter, or with many seeds.

    Args:
        spec, fields: as for `run`.
        over: one name -> its values, as `{"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}`, both ends taken,
            with equal ratios for a rate and whatever else spans decades, closing in on 1 for a decay, in equal steps
            otherwise; or `{"seed": {"from": 0, "count": 20}}`.
        curves: of seeds also the quartiles of the loss at each step.

    Raises: SpecError.
    """
    return Sweep(engine().sweep(spec_text(spec, fields, over=over, curves=curves)))
