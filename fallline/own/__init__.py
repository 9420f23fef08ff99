"""Optimizers and losses of one's own, made of functions and classes, in the catalog of the process that made them."""

from fallline.own.own_loss import OwnLoss, from_loss
from fallline.own.own_optimizer import OwnOptimizer, from_function, from_optax, from_torch

__all__ = ["OwnLoss", "OwnOptimizer", "from_function", "from_loss", "from_optax", "from_torch"]
