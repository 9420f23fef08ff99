"""Optimizers of PyTorch: all of torch.optim steps as it does by itself, and gives the rows of the catalog's forms."""

from __future__ import annotations

import numpy as np
import pytest

import fallline
from tests.own.library_forms import GRADIENT, LENGTH, NEAR, PROBLEMS, RATES, STEPS, WHOLE, check_rows

torch = pytest.importorskip("torch", reason="PyTorch is not installed: make peers")
optim = torch.optim

ADAM = {"beta1": 0.8, "beta2": 0.99, "eps": 1e-6}
OF_ADAM = {"betas": (0.8, 0.99), "eps": 1e-6}
FORMS = {
    "SGD": (optim.SGD, {}, {"name": "gd"}, GRADIENT),
    "SGD, momentum": (optim.SGD, {"momentum": 0.8}, {"name": "heavy_ball", "beta": 0.8}, GRADIENT),
    "SGD, dampened": (
        optim.SGD, {"momentum": 0.8, "dampening": 0.8}, {"name": "momentum", "form": "pytorch", "beta": 0.8}, GRADIENT
    ),
    "SGD, Nesterov": (optim.SGD, {"momentum": 0.8, "nesterov": True}, {"name": "nesterov", "beta": 0.8}, GRADIENT),
    "Adagrad": (optim.Adagrad, {}, {"name": "adagrad", "form": "pytorch", "eps": 1e-10}, LENGTH),
    "RMSprop": (
        optim.RMSprop, {"alpha": 0.9, "eps": 1e-4}, {"name": "rmsprop", "form": "pytorch", "beta": 0.9, "eps": 1e-4}, LENGTH
    ),
    "Adadelta": (optim.Adadelta, {"rho": 0.95}, {"name": "adadelta", "rho": 0.95, "eps": 1e-6}, WHOLE),
    "Adam": (optim.Adam, OF_ADAM, {"name": "adam", **ADAM}, LENGTH),
    "Adam, AMSGrad": (optim.Adam, {**OF_ADAM, "amsgrad": True}, {"name": "amsgrad", **ADAM}, LENGTH),
    "Adam, L2": (
        optim.Adam, {**OF_ADAM, "weight_decay": 0.1}, {"name": "adamw", "form": "l2", "weight_decay": 0.1, **ADAM}, LENGTH
    ),
    "Adamax": (optim.Adamax, OF_ADAM, {"name": "adamax", **ADAM}, LENGTH),
    "AdamW": (optim.AdamW, {**OF_ADAM, "weight_decay": 0.1}, {"name": "adamw", "weight_decay": 0.1, **ADAM}, LENGTH),
    "NAdam": (optim.NAdam, OF_ADAM, {"name": "nadam", "momentum_decay": 0.004, **ADAM}, LENGTH),
    "RAdam": (optim.RAdam, OF_ADAM, {"name": "radam", **ADAM}, GRADIENT),
    "Rprop": (optim.Rprop, {}, {"name": "rprop"}, LENGTH),
}  # fmt: skip
"""What the catalog has, too: the class, what it is made with, the same in the catalog, and the kind of its rate."""
WITHOUT_FORM = {"ASGD": {}, "Adafactor": {}, "LBFGS": {"line_search_fn": "strong_wolfe", "max_iter": 4}}
NOT_DENSE = {"SparseAdam", "Muon"}


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("form", FORMS)
def test_the_rows_are_those_of_the_catalogs_form(form, problem):
    made, values, of_catalog, kind = FORMS[form]
    rate = RATES[problem][kind]
    check_rows(fallline.from_torch(made, lr=rate, **values), of_catalog, problem, rate)


def test_all_of_torch_optim_is_held_to_something():
    classes = {
        name for name in dir(optim)
        if isinstance(each := getattr(optim, name), type) and issubclass(each, optim.Optimizer) and each is not optim.Optimizer
    }  # fmt: skip
    assert {made.__name__ for made, *_ in FORMS.values()} | WITHOUT_FORM.keys() | NOT_DENSE == classes


def by_itself(made, values):
    """The path of an optimizer from (-1.5, 2) on Rosenbrock's valley, with the gradient of autograd."""
    w = torch.nn.Parameter(torch.tensor([-1.5, 2.0], dtype=torch.float64))
    optimizer, rows = made([w], **values), [w.tolist()]

    def closure():
        optimizer.zero_grad()
        loss = (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2
        loss.backward()
        return loss

    for _ in range(30):
        if made is optim.LBFGS:
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        rows.append(w.tolist())
    return np.array(rows)


@pytest.mark.parametrize("name", WITHOUT_FORM)
def test_what_the_catalog_lacks_steps_as_it_does_by_itself(name):
    made, values = getattr(optim, name), {"lr": 0.01 if name == "Adafactor" else 0.001, **WITHOUT_FORM[name]}
    (run,) = fallline.run(
        problem="rosenbrock", start=[-1.5, 2], optimizers=[fallline.from_torch(made, **values)], stop={"max_steps": 30}
    )
    path = np.column_stack([run.parameters["x"], run.parameters["y"]])
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        np.testing.assert_allclose(path, by_itself(made, values), rtol=NEAR, atol=NEAR)
    finally:
        torch.set_default_dtype(before)
    if name == "LBFGS":
        assert run.evaluations["gradient"][-1] > 30, "what its closure asks is counted"


@pytest.mark.parametrize("name", sorted(NOT_DENSE))
def test_what_can_step_no_vector_is_told(name):
    if not hasattr(optim, name):
        pytest.skip(f"this PyTorch has no {name}")
    with pytest.raises(ValueError, match=rf"from_torch\({name}\): it takes"):
        fallline.from_torch(getattr(optim, name))


class Mine(optim.Optimizer):
    """One with a number of its own beside its states, and a state that comes with the second step."""

    def __init__(self, params, lr=0.1, power=0.5, *, sign=False):
        super().__init__(params, {"lr": lr, "power": power})
        self.count, self.sign = 0, sign

    @torch.no_grad()
    def step(self, closure=None):
        self.count += 1
        if self.count == 40:
            raise ArithmeticError("forty is enough")
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                state.setdefault("average", torch.zeros_like(p)).lerp_(p.grad, 0.1)
                p.sub_(group["lr"] * state["average"] / self.count ** group["power"])


def test_one_of_ones_own_keeps_what_it_has_in_attributes_and_a_fault_names_it(caplog):
    own = fallline.from_torch(Mine, lr=0.05)
    assert own.hyperparameters == {"learning_rate": 0.05, "power": 0.5}
    assert own.label == "Mine"
    assert own.declaration.method(power=0.5).columns() == ("average",)
    assert "test_torch.py, line" in own.declaration.source
    slow, quick = fallline.run(problem="bowl", optimizers=[own, own(lr=0.1, power=0)], stop={"max_steps": 30})
    average, x, path = 0.0, slow.parameters["x"][0], []
    for t in range(1, 31):
        average += 0.1 * (slow.gradient["x"][t - 1] - average)
        x -= 0.05 * average / t**0.5
        path.append(x)
    np.testing.assert_allclose(slow.parameters["x"][1:], path, rtol=1e-12)
    assert quick.loss[-1] < slow.loss[-1]
    (run,) = fallline.run(problem="bowl", optimizers=[own])
    assert run.sentence == "fault in Mine.step: ArithmeticError: forty is enough; 39 steps stand"
    assert "test_torch.py" in caplog.text
    assert "fallline/own" not in caplog.text, "the traceback begins in their code"


def test_a_sweep_over_one_is_that_of_the_catalog():
    spec = {"problem": {"surface": "himmelblau"}, "stop": {"max_steps": 50}}
    own = fallline.from_torch(optim.Adam, lr=0.1)
    for theirs, ours in (("learning_rate", "lr"), ("beta1", "beta1")):
        span = {"from": 0.01, "to": 0.9, "count": 5}
        mine = fallline.sweep(spec, optimizers=[own], over={ours: span})
        catalogs = fallline.sweep(spec, optimizers=["adam:learning_rate=0.1"], over={theirs: span})
        np.testing.assert_allclose(mine.values, catalogs.values)
        np.testing.assert_allclose(mine.loss, catalogs.loss, rtol=NEAR)


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - torch.square(w[0])) ** 2


def plain(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


@pytest.mark.parametrize(("f", "gradient"), [(rosenbrock, None), (plain, "torch")])
def test_a_loss_in_tensors_has_autograds_gradient(f, gradient):
    own = fallline.from_loss(f, domain=[[-2, 2], [-1, 3]], gradient=gradient)
    assert own.gradient_source.endswith("comes from PyTorch's autograd.")
    runs = ["adam:learning_rate=0.02", "newton"]
    ours, theirs = (
        fallline.run(surface=each, start=[-1.5, 2], optimizers=runs, stop={"max_steps": STEPS})
        for each in (own, "rosenbrock")
    )
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine.loss, other.loss, rtol=NEAR, atol=NEAR)
    assert ours[1].end_point["at"] == pytest.approx((1, 1), abs=1e-12)
    assert "<svg" in ours.svg()
