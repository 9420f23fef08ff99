"""The catalog of optimizers, in the order of a course. A new one is a declaration in the file of its chapter."""

from fallline.optimizers.adam import ADAM
from fallline.optimizers.adaptive import ADAPTIVE
from fallline.optimizers.gradient_descent import DESCENT
from fallline.optimizers.momentum import MOMENTUM
from fallline.optimizers.optimizer import Form, Optimizer, StepLength
from fallline.optimizers.second_order import SECOND_ORDER
from fallline.optimizers.signs import SIGNS
from fallline.optimizers.simplex import SIMPLEX

__all__ = ["OPTIMIZERS", "Form", "Optimizer", "StepLength"]

OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer for optimizer in (*DESCENT, *MOMENTUM, *ADAPTIVE, *ADAM, *SIGNS, *SECOND_ORDER, *SIMPLEX)
}
