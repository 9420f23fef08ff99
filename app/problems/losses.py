"""The losses of the line fit."""

from app.problems.declaration import Loss

__all__ = ["LOSSES", "Loss"]

_LOSSES = (
    Loss(
        name="ssr",
        label="Sum of squared residuals",
        summary="Adds up the squared distances; its slopes grow with the number of points.",
        of_residual="residual**2",
        mean=False,
        least_squares=True,
    ),
    Loss(
        name="mse",
        label="Mean squared error",
        summary="The average squared distance: the same valley, with slopes that do not grow with the data.",
        of_residual="residual**2",
        mean=True,
        least_squares=True,
    ),
    Loss(
        name="mae",
        label="Mean absolute error",
        summary="The average distance: an outlier counts no more than its distance, and the valley has a kink.",
        of_residual="abs(residual)",
        mean=True,
        least_squares=False,
    ),
    Loss(
        name="huber",
        label="Huber loss",
        summary="Squared up to a distance of 1 and straight beyond it: smooth, and calm about outliers.",
        of_residual="where(abs(residual) <= 1, residual**2/2, abs(residual) - 1/2)",
        mean=True,
        least_squares=False,
    ),
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in _LOSSES}
