"""A step by an optimizer of PyTorch: any class derived from `torch.optim.Optimizer`."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from fallline.optimizers.method import StepInput
from fallline.own.own_method import OwnCode
from fallline.own.signature import Hyperparameters
from fallline.types import Array

NOT_DENSE = {
    "SparseAdam": "it takes sparse gradients alone, and the gradient of a loss here is dense",
    "Muon": "it takes matrices alone, and the parameters here are one vector",
}
"""Optimizers of PyTorch that cannot step a vector -> why."""


class TorchCode(OwnCode):
    """An optimizer with one parameter, a vector of float64. What it keeps is the parameter and the optimizer.

    Args: made: the class, or a function of the list of parameters and the hyperparameters that returns an optimizer.
    """

    def __init__(self, title: str, takes: Hyperparameters, made: Callable[..., Any]) -> None:
        super().__init__(title, takes, f"{title}.step")
        self._made, self._torch = made, import_module("torch")
        of_base = self._torch.optim.Optimizer([self._torch.zeros(1)], {})
        self._of_every_one = vars(of_base).keys() - {"state", "param_groups"}
        step = inspect.signature(made.step).parameters if hasattr(made, "step") else {}
        closure = step.get("closure")
        self.asks = closure is not None and closure.default is inspect.Parameter.empty

    @contextmanager
    def _in_float64(self) -> Iterator[None]:
        """A context in which all tensors that an optimizer creates, such as NAdam's product of momenta, are float64."""
        before = self._torch.get_default_dtype()
        self._torch.set_default_dtype(self._torch.float64)
        try:
            yield
        finally:
            self._torch.set_default_dtype(before)

    def begin(self, w: Array, values: Mapping[str, float]) -> Any:
        with self._in_float64():
            return self._begun(w, values)

    def _begun(self, w: Array, values: Mapping[str, float]) -> Any:
        parameter = self._torch.nn.Parameter(self._torch.tensor(w, dtype=self._torch.float64))
        return parameter, self._made([parameter], **self.takes.arguments(values))

    def step(self, kept: Any, at: StepInput, values: Mapping[str, float]) -> tuple[Any, Any]:
        tensor = self._torch.tensor
        w, optimizer = self._copied(*kept)
        arguments = self.takes.arguments(values)
        for group in optimizer.param_groups:
            group.update({name: arguments[name] for name, _ in self.takes.places.values() if name in group})
        with self._torch.no_grad():
            w.copy_(tensor(at.w))
        w.grad = tensor(at.g, dtype=w.dtype)

        def closure() -> Any:
            there = w.detach().numpy().copy()
            w.grad = tensor(at.evaluate.gradient(there), dtype=w.dtype)
            return tensor(at.evaluate.loss(there), dtype=w.dtype)

        with self._in_float64():
            optimizer.step(closure) if self.asks else optimizer.step()
        return w.detach().numpy().copy(), (w, optimizer)

    def arrays(self, kept: Any) -> Mapping[str, Any]:
        w, optimizer = kept
        is_tensor = self._torch.is_tensor
        return {
            str(name): state.detach().numpy()
            for name, state in optimizer.state.get(w, {}).items()
            if is_tensor(state) and state.shape == w.shape
        }

    def _copied(self, w: Any, optimizer: Any) -> tuple[Any, Any]:
        """Copies of a parameter and its optimizer, with everything that the optimizer keeps, in any attribute.

        `copy.deepcopy` of an optimizer copies only `state` and `param_groups`, and `copy.deepcopy` of a tensor takes
        ten times as long as `clone`. The hooks and defaults that every optimizer has are not copied, as no step changes
        them.
        """
        parameter = w.detach().clone().requires_grad_()
        memo: dict[int, Any] = {id(w): parameter}
        for kept in optimizer.state.values():
            tensors = (tensor for tensor in kept.values() if self._torch.is_tensor(tensor) and not tensor.requires_grad)
            memo |= {id(tensor): tensor.clone() for tensor in tensors}
        copied: Any = object.__new__(type(optimizer))
        for name, value in vars(optimizer).items():
            copied.__dict__[name] = value if name in self._of_every_one else copy.deepcopy(value, memo)
        return parameter, copied
