"""Notices for the reader of a run: each has a code, the values of its sentence, and the sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import computed_field

from fallline.sentences import Template, sentence
from fallline.types import Described

NOTICES: Mapping[str, Template] = {
    "noise_simulated": "The noise is simulated: a Gaussian is added to each component of the gradient.",
    "no_data": "There is no data to draw a batch from, so only the simulated noise makes this run stochastic.",
    "dataset_note": "{note}",
    "standardized": (
        "All numbers are in standardised units, slope and intercept too (mean 0, standard deviation 1): {scaled}."
    ),
    "standardized_from": "In standardised units (mean 0, standard deviation 1): {columns}.",
    "change_never_made": "The change after row {at} is never made, as the run has at most {max_steps} steps.",
    "other_optimizer": (
        "After row {at} it goes on as {optimizer} with learning rate {learning_rate}, whose states begin afresh."
    ),
    "other_points": "After row {at} it goes on with the first {count:point|points} of the data.",
    "other_values": "After row {at} it goes on with {values}.",
    "step_of_optimizer": "Step {t} is step {count} of this optimizer, which began after row {began}.",
    "no_modes": (
        "A step of this optimizer is no sum of multiples of gradients, so that the modes have no roots: what it makes "
        "of a curvature depends on more than that."
    ),
    "modes_not_apart": (
        "The parameters are not stepped alike but for a factor each, so that the modes act on each other and have no "
        "roots of their own."
    ),
    "scale_held": (
        "What divides each parameter's gradient is held as it stands at row {t}: the modes are those of the Hessian "
        "scaled by it, and change with it."
    ),
    "no_polynomial": (
        "What steps leave is a polynomial of the curvature alone only on a quadratic with a minimum, of a rule that "
        "adds up the same multiples of gradients at each step, whatever its rates, and for at most {limit} steps."
    ),
    "does_not_rise": "The loss does not rise along {count:direction|directions}: there no rate brings a run to rest.",
    "curvature_not_finite": "The second derivatives at row {t} are not finite.",
    "largest_alone": "Of {count} eigenvalues the {limit} largest in size, by products of the Hessian with vectors.",
    "curvature_of_all": "It is of the loss over all points; a step that sees a batch has another Hessian.",
    "never_reached": "None of the {count} runs that were tried reaches the loss within {steps} steps.",
    "good_to_the_end": "The good values of {name} go to an end of what was tried ({ends:or}), and may go on.",
    "rate_suggested": (
        "The learning rate {learning_rate} is the one suggested for this problem, as none was given beside the name."
    ),
    "own_fault": "Fault in {where}, in step {t}: {error}. What was done by then stands; other runs go on.",
    "recorded_path": (
        "{what} was recorded, not run: each row has the loss of its own point, and stands at the nearest point of the "
        "plane, which holds {share} % of the path by squared distance. Its last row, {row}, is step {t}. It begins "
        "where it did, and of the stop rules only max_steps holds of it."
    ),
    "step_is_code": "The step itself is code: {place}.",
    "gradient_by_differences": (
        "The gradient of {what} is by central differences of the loss, and off by about 1e-10 of what the loss is."
    ),
    "curvature_by_differences": "The second derivatives are by central differences of {source}.",
    "loss_one_point": "{what} takes one point at a time, so that a map of it takes long.",
    "gradient_from": "The gradient of {what} comes from {source}.",
    "recorded_plane": "{told}",
    "rounded": "Rounded to {digits} significant digits, to more where these come to another value; the run keeps all.",
}
"""Code -> the template of its sentence."""


@dataclass(frozen=True)
class Notice(Described):
    """Information for the reader of a run."""

    type: str
    """The code of the notice, which is permanent."""
    msg: str
    """The notice as a sentence."""
    ctx: dict[str, Any]
    """The values of the sentence."""


@dataclass(frozen=True, kw_only=True)
class WithNotices(Described):
    """A reply with notices for its reader."""

    notices: Sequence[Notice]
    """Information for the reader, as codes with values."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def notes(self) -> list[str]:
        """The sentences of `notices`."""
        return [notice.msg for notice in self.notices]


def notice(code: str, **values: Any) -> Notice:
    """The notice of a code in NOTICES, with its values."""
    return Notice(code, sentence(NOTICES[code], values), values)
