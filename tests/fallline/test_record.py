"""Trainings of PyTorch are kept as they were: as a loop that copies the parameters by hand has them."""

from __future__ import annotations

import math

import numpy as np
import pytest

import fallline

torch = pytest.importorskip("torch", reason="PyTorch is not installed: what is recorded is a training of its")

X = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1.0]])
Y = torch.tensor([[0.0], [1], [1], [0]])


def loss(model):
    return torch.nn.functional.mse_loss(model(X), Y)


def fresh(dtype=torch.float32):
    torch.manual_seed(2)
    return torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1)).to(dtype)


def trained(steps=40, optimizer=torch.optim.Adam, lr=0.05, **how):
    """A tape, with the points and losses that were copied by hand."""
    model = fresh()
    method = optimizer(model.parameters(), lr=lr)
    points, losses = [], []

    def copy():
        points.append(torch.nn.utils.parameters_to_vector(model.parameters()).detach().numpy().copy())
        losses.append(loss(model).item())

    copy()
    with fallline.record(model, method, **how) as tape:
        for _ in range(steps):
            method.zero_grad()
            loss(model).backward()
            method.step()
            copy()
    return tape, model, np.array(points), np.array(losses)


def test_each_step_is_kept_with_its_loss():
    tape, _, points, losses = trained(loss=loss)
    assert (tape.points == points).all()
    assert tape.losses == pytest.approx(losses, rel=1e-6)
    assert tape.steps.tolist() == [*range(41)]
    assert tape.sentence == "Adam: 41 points of 13 parameters, every step of 40, 0.00213 MB."


def test_every_so_many_steps_and_the_last():
    tape, _, points, _ = trained(every=7, label="mine")
    assert tape.steps.tolist() == [0, 7, 14, 21, 28, 35, 40]
    assert (tape.points == points[tape.steps]).all()
    assert tape.losses is None
    assert tape.label == "mine"


def test_memory_is_bounded():
    tape, _, points, _ = trained(steps=100, most_bytes=10 * 13 * 4)
    assert len(tape) <= 10
    assert tape.steps[-1] == 100
    assert (tape.points == points[tape.steps]).all()
    assert f"every {tape.every} steps of 100" in tape.sentence
    with pytest.raises(ValueError, match=r"most_bytes must be at least 156, three points of this model; got 100"):
        trained(most_bytes=100)


def test_whoever_breaks_off_keeps_what_there_was_and_no_hook():
    model = fresh()
    method = torch.optim.SGD(model.parameters(), lr=0.1)
    tapes = []

    def broken_off():
        with fallline.record(model, method) as tape:
            tapes.append(tape)
            loss(model).backward()
            method.step()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    (tape,) = tapes
    assert tape.steps.tolist() == [0, 1]
    method.step()
    assert tape.steps.tolist() == [0, 1]


def test_what_does_not_learn_is_not_kept():
    model = fresh()
    model[0].requires_grad_(False)
    method = torch.optim.SGD(model[2].parameters(), lr=0.1)
    with fallline.record(model, method) as tape:
        loss(model).backward()
        method.step()
    assert tape.points.shape == (2, 4)
    assert tape.plane(loss, resolution=3).landscape.loss.shape[1] == 3
    with pytest.raises(ValueError, match="model must have parameters that need a gradient; got none"):
        fallline.record(model.requires_grad_(False), method).__enter__()
    with pytest.raises(ValueError, match="every must be a whole number, at least 1; got 0"):
        fallline.record(model, method, every=0).__enter__()


def test_the_ground_is_the_loss_of_the_model_itself_which_stays_as_it_is():
    tape, model, points, losses = trained(loss=loss)
    other, _, others, _ = trained(optimizer=torch.optim.SGD, lr=0.3)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    plane = tape.plane(beside=[other], resolution=9)
    assert all((value == before[name]).all() for name, value in model.state_dict().items())
    rows = np.vstack([points, others]).astype(float)
    _, lengths, vectors = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    assert plane.share == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum(), abs=1e-9)
    assert abs(plane.directions @ vectors[:2].T) == pytest.approx(np.eye(2), abs=1e-6)
    assert plane.seen[0].losses == pytest.approx(losses, rel=1e-6)
    by_hand = fresh()
    for j, i in ((0, 0), (3, 7)):
        at = plane.origin + plane.landscape.x[i] * plane.directions[0] + plane.landscape.y[j] * plane.directions[1]
        torch.nn.utils.vector_to_parameters(torch.tensor(at, dtype=torch.float32), by_hand.parameters())
        assert plane.landscape.loss[j, i] == pytest.approx(loss(by_hand).item(), rel=1e-6)
    assert [seen.label for seen in plane.seen] == ["Adam", "SGD"]
    assert plane.svg().startswith("<svg")


def test_random_directions_are_as_long_as_the_filters_of_the_last_point():
    tape, model, points, _ = trained()
    plane = tape.plane(loss, along="random", seed=5, resolution=8)
    assert (plane.origin == points[-1].astype(float)).all()
    for direction in plane.directions:
        drawn = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
        torch.nn.utils.vector_to_parameters(torch.tensor(direction, dtype=torch.float32), drawn.parameters())
        for there, own in zip(drawn.parameters(), model.parameters(), strict=True):
            if own.dim() == 1:
                assert (there == 0).all()
            else:
                assert torch.allclose(there.norm(dim=1), own.norm(dim=1), rtol=1e-5)
    seen = plane.seen[0]
    fitted, *_ = np.linalg.lstsq(plane.directions.T, (points.astype(float) - points[-1]).T, rcond=None)
    assert seen.places == pytest.approx(fitted.T, abs=1e-9)
    (low, high), _ = plane.domain
    assert low < -1 < 1 < high
    assert "by squared distance from the last point of Adam" in plane.sentence


def test_half_precision_is_kept_in_single():
    model = fresh(torch.bfloat16)
    method = torch.optim.SGD(model.parameters(), lr=0.5)
    with fallline.record(model, method) as tape:
        torch.nn.functional.mse_loss(model(X.bfloat16()), Y.bfloat16()).backward()
        method.step()
    assert tape.points.dtype == np.float32
    assert tape.points[1] == pytest.approx(
        torch.cat([each.detach().float().ravel() for each in model.parameters()]).numpy()
    )
    plane = tape.plane(lambda model: torch.nn.functional.mse_loss(model(X.bfloat16()).float(), Y), resolution=3)
    assert np.isfinite(plane.landscape.loss).all()


def test_a_larger_model_in_double_precision():
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(40, 30), torch.nn.ReLU(), torch.nn.Linear(30, 1)).double()
    data, target = torch.randn(50, 40, dtype=torch.double), torch.randn(50, 1, dtype=torch.double)

    def of(model):
        return torch.nn.functional.mse_loss(model(data), target)

    method = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    with fallline.record(model, method, every=2, loss=of) as tape:
        for _ in range(30):
            method.zero_grad()
            of(model).backward()
            method.step()
    plane = tape.plane(resolution=4)
    rows = tape.points - tape.points.mean(axis=0)
    _, lengths, vectors = np.linalg.svd(rows, full_matrices=False)
    assert tape.points.shape == (16, 1261)
    assert abs(plane.directions @ vectors[:2].T) == pytest.approx(np.eye(2), abs=1e-7)
    assert plane.share == pytest.approx((lengths[:2] ** 2).sum() / (lengths**2).sum())
    assert math.isclose(plane.seen[0].losses[-1], of(model).item())
