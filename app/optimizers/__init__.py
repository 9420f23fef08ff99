"""The catalog of optimizers, in the order of a course. A new one is one declaration in its chapter's file."""

from app.optimizers.adam import ADAM
from app.optimizers.adaptive import ADAPTIVE
from app.optimizers.declaration import Form, Optimizer, StepLength
from app.optimizers.descent import DESCENT
from app.optimizers.momentum import MOMENTUM
from app.optimizers.signs import SIGNS

__all__ = ["OPTIMIZERS", "Form", "Optimizer", "StepLength"]

OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer for optimizer in (*DESCENT, *MOMENTUM, *ADAPTIVE, *ADAM, *SIGNS)
}
