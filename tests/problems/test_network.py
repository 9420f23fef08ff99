"""Networks: by pencil, against differences and our own calculus, over lanes, and the data they learn.

`tests/golden/test_network_golden.py` holds them against PyTorch.
"""

import hashlib
import math

import numpy as np
import pytest

from fallline.formulas import derivative, float_function, parse
from fallline.formulas.nodes import substitute
from fallline.problems import surface_problem
from fallline.problems.network import Network
from fallline.problems.network_datasets import NETWORK_DATASETS, NetworkDataset, network_problem
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.suggested import suggested_rates

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
every_loss = pytest.mark.parametrize("loss", NETWORK_LOSSES.values(), ids=NETWORK_LOSSES)
every_dataset = pytest.mark.parametrize("dataset", NETWORK_DATASETS.values(), ids=NETWORK_DATASETS)


def small(activation="tanh", loss="mse", hidden=(3, 2), samples=5):
    """A network on a few samples with labels as targets."""
    random = np.random.default_rng(7)
    inputs = random.normal(size=(samples, 2))
    return Network(inputs, np.arange(samples) % 2.0, hidden, ACTIVATIONS[activation], NETWORK_LOSSES[loss])


def somewhere(network, lanes=()):
    """Parameters without a bias of 0 among them."""
    return np.random.default_rng(3).normal(size=(len(network.parameters), *lanes))


def value_of(formula, **values):
    """What a formula computes on floats."""
    return float_function(tuple(values), (formula,))(*values.values())[0]


# by pencil


def test_the_permanent_names_are_there():
    assert list(ACTIVATIONS)[:4] == ["tanh", "sigmoid", "relu", "linear"]
    assert list(NETWORK_LOSSES)[:2] == ["mse", "cross_entropy"]
    assert list(NETWORK_DATASETS)[:6] == [
        "xor", "two_moons", "circles", "spiral", "regression_sine", "house_prices",
    ]  # fmt: skip


def test_parameters_are_named_layer_by_layer_the_weights_row_by_row():
    assert small(hidden=(2,)).parameters == (
        "w1_1_1", "w1_1_2", "w1_2_1", "w1_2_2", "b1_1", "b1_2", "w2_1_1", "w2_1_2", "b2_1",
    )  # fmt: skip
    assert small(hidden=()).parameters == ("w1_1_1", "w1_1_2", "b1_1")


def test_a_step_of_backpropagation_by_pencil():
    """Input (1, 2), target 1, two relu neurons: z = (0.5 + 1 + 0.5, -1 + 1 - 1) = (2, -1), a = (2, 0).

    Output 0.5*2 + 3*0 - 0.5 = 0.5, loss 0.25, delta = 2*(0.5 - 1) = -1 at the output and (-0.5, 0) below.
    """
    network = Network(np.array([[1.0, 2.0]]), np.array([1.0]), (2,), ACTIVATIONS["relu"], NETWORK_LOSSES["mse"])
    loss, gradient = network.value_and_gradient(np.array([0.5, 0.5, -1, 0.5, 0.5, -1, 0.5, 3, -0.5]))
    assert loss == 0.25
    assert gradient.tolist() == [-0.5, -1, 0, 0, -0.5, 0, -2, 0, -1]


def test_cross_entropy_by_pencil():
    """At weights 0 every output is 1/2: the loss is log 2, and the output's delta 1/2 or -1/2."""
    network = Network(
        np.array([[1.0], [3.0]]), np.array([0.0, 1.0]), (), ACTIVATIONS["tanh"], NETWORK_LOSSES["cross_entropy"]
    )
    loss, gradient = network.value_and_gradient(np.zeros(2))
    assert loss == pytest.approx(math.log(2), rel=1e-15)
    assert gradient.tolist() == [(0.5 * 1 - 0.5 * 3) / 2, 0]
    # at a bias of log 3 every output is 3/4
    assert network.value(np.array([0.0, math.log(3)])) == pytest.approx(-(math.log(1 / 4) + math.log(3 / 4)) / 2)


def test_cross_entropy_loses_nothing_where_the_output_is_as_good_as_a_label():
    sure = Network(np.array([[1.0]]), np.array([1.0]), (), ACTIVATIONS["tanh"], NETWORK_LOSSES["cross_entropy"])
    # log(1 + exp(-u)) is exp(-u) for large u, and -u for large negative u
    assert sure.value(np.array([50.0, 0])) == pytest.approx(math.exp(-50), rel=1e-15)
    with np.errstate(over="ignore"):
        assert sure.value(np.array([-5000.0, 0])) == 5000
    assert sure.value_and_gradient(np.array([-30.0, 0]))[1] == pytest.approx([-1, -1], rel=1e-12)


def test_without_hidden_layers_under_squares_it_is_the_line_fit():
    """The loss and gradient of the lecture's three points at slope 1 and intercept 0, summed there: 1.41, -3.44, -3.8."""
    inputs, targets = np.array([[0.6], [0.8], [1.1]]), np.array([1.1, 1.2, 2.1])
    network = Network(inputs, targets, (), ACTIVATIONS["tanh"], NETWORK_LOSSES["mse"])
    loss, gradient = network.value_and_gradient(np.array([1.0, 0.0]))
    assert (loss, *gradient) == pytest.approx((1.41 / 3, -3.44 / 3, -3.8 / 3), rel=1e-14)


# what is declared


@every_activation
def test_each_derivative_is_that_of_its_formula_and_of_differences(activation):
    exact = derivative(activation.formula, "u")
    for u in (-3.1, -0.7, -0.01, 0.0, 0.01, 0.4, 2.3):
        declared = value_of(activation.derivative, a=value_of(activation.formula, u=u))
        assert declared == pytest.approx(value_of(exact, u=u), rel=1e-12, abs=1e-15)
        if u != 0:
            above, below = (value_of(activation.formula, u=u + h) for h in (1e-6, -1e-6))
            assert declared == pytest.approx((above - below) / 2e-6, rel=1e-8, abs=1e-10)


@every_loss
def test_the_formulas_of_a_loss_are_one(loss):
    """Over the output, through its activation, it is what is computed from the pre-activation; delta is its derivative."""
    output = ACTIVATIONS[loss.output].formula
    over_output = substitute(loss.formula, {"output": output})
    for u in (-700.0, -2.0, -0.3, 0.0, 1.5, 30.0):
        for target in (0.0, 1.0) if loss.labels else (-1.0, 0.0, 2.5):
            delta = value_of(loss.delta, output=value_of(output, u=u), target=target)
            assert delta == pytest.approx(
                value_of(derivative(loss.of_preactivation, "u"), u=u, target=target), rel=1e-12, abs=1e-15
            )
            if abs(u) <= 2:
                computed = value_of(loss.of_preactivation, u=u, target=target)
                assert computed == pytest.approx(value_of(over_output, u=u, target=target), rel=1e-12)
                assert delta == pytest.approx(
                    value_of(derivative(over_output, "u"), u=u, target=target), rel=1e-12, abs=1e-15
                )


@every_loss
@every_activation
@pytest.mark.parametrize("hidden", [(), (1,), (4,), (3, 2), (3, 3, 3)])
def test_the_gradient_is_that_of_differences(activation, loss, hidden):
    network = small(activation.name, loss.name, hidden)
    w = somewhere(network)
    value, gradient = network.value_and_gradient(w)
    assert value == network.value(w)
    step = 1e-6 * np.eye(len(w))
    differences = (network.value(w[:, None] + step) - network.value(w[:, None] - step)) / 2e-6
    assert gradient == pytest.approx(differences, rel=1e-6, abs=1e-8)


def test_the_loss_is_written_out_in_full_by_the_formula_language():
    """A network of two tanh neurons on one sample, written by hand as one formula and differentiated by calculus."""
    network = Network(np.array([[0.5, -2.0]]), np.array([0.3]), (2,), ACTIVATIONS["tanh"], NETWORK_LOSSES["mse"])
    formula = parse(
        "(w2_1_1*tanh(w1_1_1*0.5 - 2*w1_1_2 + b1_1) + w2_1_2*tanh(w1_2_1*0.5 - 2*w1_2_2 + b1_2) + b2_1 - 0.3)**2",
        network.parameters,
    )
    w = somewhere(network)
    at = dict(zip(network.parameters, w.tolist(), strict=True))
    loss, gradient = network.value_and_gradient(w)
    assert loss == pytest.approx(value_of(formula, **at), rel=1e-14)
    by_calculus = [value_of(derivative(formula, name), **at) for name in network.parameters]
    assert gradient == pytest.approx(by_calculus, rel=1e-13)


# many points at once, and batches


@every_loss
@every_activation
def test_lanes_are_what_each_is_alone(activation, loss):
    network = small(activation.name, loss.name)
    w = somewhere(network, (6,))
    losses, gradients = network.value_and_gradient(w)
    batch = network.batch_gradient(w, [4, 1])
    assert gradients.shape == batch.shape == w.shape
    assert losses.shape == (6,)
    for lane in range(6):
        loss, gradient = network.value_and_gradient(w[:, lane])
        assert losses[lane] == pytest.approx(loss, rel=1e-14)
        assert gradients[:, lane] == pytest.approx(gradient, rel=1e-13, abs=1e-16)
        assert batch[:, lane] == pytest.approx(network.batch_gradient(w[:, lane], [4, 1]), rel=1e-13, abs=1e-16)


def test_a_grid_is_given_as_one_array_a_parameter():
    network = small()
    at = [*somewhere(network)]
    at[0], at[-1] = np.linspace(-1, 1, 4)[None, :], np.linspace(-2, 2, 3)[:, None]
    whole = network.value(at)
    for j in range(3):
        for i in range(4):
            alone = [*at[:-1], at[-1][j, 0]]
            alone[0] = at[0][0, i]
            assert whole[j, i] == pytest.approx(network.value(np.array(alone, dtype=float)), rel=1e-14)


def test_batches_of_one_average_to_the_whole():
    network = small("sigmoid", "cross_entropy")
    w = somewhere(network)
    singles = [network.batch_gradient(w, [i]) for i in range(network.n_points)]
    assert network.value_and_gradient(w)[1] == pytest.approx(np.mean(singles, axis=0), rel=1e-12, abs=1e-16)
    assert network.batch_gradient(w, [2, 2, 0]) == pytest.approx((2 * singles[2] + singles[0]) / 3, rel=1e-12)


def test_parameters_out_of_range_give_no_numbers_rather_than_an_error():
    network = small()
    with np.errstate(all="ignore"):
        loss, gradient = network.value_and_gradient(np.full(len(network.parameters), 1e200))
    assert not np.isfinite(loss)
    assert not np.isfinite(gradient).all()


# where a descent begins


def test_the_start_is_glorots_and_of_its_seed():
    """Uniform in +-sqrt(6/(inputs + neurons)): with 2 inputs and 4 neurons +-1, then with 4 and 1 +-sqrt(6/5)."""
    network = small(hidden=(4,))
    starts = np.array([network.start(seed) for seed in range(300)])
    assert not starts[:, [*range(8, 12), 16]].any()
    for columns, bound in ((range(8), 1.0), (range(12, 16), math.sqrt(6 / 5))):
        drawn = np.abs(starts[:, list(columns)])
        assert 0.99 * bound < drawn.max() < bound
        assert drawn.mean() == pytest.approx(bound / 2, rel=0.03)
    # random.Random(0) begins 0.8444218515250481, 0.7579544029403025
    assert starts[0, :2] == pytest.approx((2 * 0.8444218515250481 - 1, 2 * 0.7579544029403025 - 1))


def test_a_problem_begins_where_its_seed_says_and_other_kinds_where_they_always_do():
    problem = network_problem("xor")
    assert problem.start == problem.start_for(0) == problem.objective.start(0)
    assert problem.start_for(5) == problem.objective.start(5) != problem.start
    assert surface_problem("bowl").start_for(5) == surface_problem("bowl").start


# the data


@every_dataset
def test_a_dataset_says_what_it_holds(dataset: NetworkDataset):
    assert dataset.summary.endswith(".")
    assert dataset.source
    assert {len(row) for row in dataset.rows} == {len(dataset.inputs) + 1}
    assert dataset.one_hot <= set(dataset.inputs)
    assert dataset.always_standardized == (dataset.note is not None)
    if dataset.kind == "classification":
        targets = [row[-1] for row in dataset.rows]
        assert (targets.count(0), targets.count(1)) == (len(targets) / 2,) * 2
    problem = network_problem(dataset.name)
    assert problem.kind == "network"
    assert len(problem.parameters) == len(problem.start)
    assert problem.domain == ()
    assert len(network_problem(dataset.name, ()).domain) == (2 if len(dataset.inputs) == 1 else 0)
    assert problem.objective.n_points == len(dataset.rows)


@pytest.mark.parametrize(
    ("name", "count", "first", "digest"),
    [
        ("two_moons", 100, (0.978, -0.008, 0), "fb549a79af5cebde"),
        ("circles", 100, (1.044, -0.032, 0), "ad4b330529f06696"),
        ("spiral", 120, (-0.004, 0.052, 0), "ac0978c8a084837f"),
        ("regression_sine", 40, (-1.976, 0.606), "cf4ea2872dc0de56"),
    ],
)
def test_the_data_made_here_are_the_same_on_every_machine(name, count, first, digest):
    rows = NETWORK_DATASETS[name].rows
    assert len(rows) == count
    assert rows[0] == first
    assert hashlib.sha256(repr(rows).encode()).hexdigest()[:16] == digest


def test_the_data_made_here_are_the_shapes_they_are_called_after():
    rows = {name: np.array(dataset.rows) for name, dataset in NETWORK_DATASETS.items()}
    x, y, label = rows["circles"].T
    assert np.hypot(x, y) - np.where(label == 1, 0.5, 1) == pytest.approx(0, abs=0.25)
    x, y, label = rows["two_moons"].T
    assert np.where(label == 1, np.hypot(x - 1, y - 0.5), np.hypot(x, y)) == pytest.approx(1, abs=0.35)
    x, y, label = rows["spiral"].T[:, 30:]  # turned back by the angle that goes with its distance, an arm is a ray
    turned = np.arctan2(y, x) - 1.25 * math.pi * np.hypot(x, y)
    assert np.cos(turned) * np.where(label == 1, -1, 1) == pytest.approx(1, abs=0.15)
    x, y = rows["regression_sine"].T
    assert np.std(y - np.sin(2 * x)) == pytest.approx(0.1, rel=0.2)


@every_dataset
def test_gradient_descent_at_the_suggested_rate_learns_it(dataset: NetworkDataset):
    problem = network_problem(dataset.name)
    w = np.array(problem.start)
    before = problem.objective.value(w)
    for _ in range(1000):
        w -= suggested_rates(problem.rates)["gd"] * problem.objective.value_and_gradient(w)[1]
    assert problem.objective.value(w) < 0.4 * before


def test_xor_with_three_neurons_is_solved():
    problem = network_problem("xor")
    w = np.array(problem.start)
    for _ in range(2000):
        w -= 0.1 * problem.objective.value_and_gradient(w)[1]
    assert problem.objective.value(w) < 1e-8


# units


def test_the_homes_are_always_standardised_but_for_their_cities():
    """All columns of the lecture's table. Each one's mean and sum of squares off it, by hand; prices in thousands.

    Areas 32, 25, 80, 55: 48, and 256 + 529 + 1024 + 49. Rooms 3, 1, 4, 3: 2.75, and 4.75. Distances 5, 8, 10, 10: 8.25, and 16.75.
    """
    for standardize in (False, True):
        problem = network_problem("house_prices", standardize=standardize)
        inputs, targets = problem.objective.inputs, problem.objective.targets
        columns = problem.notices[-1].ctx["columns"]
        assert columns["area (square metres)"] == {"less": 48, "divided_by": pytest.approx(math.sqrt(464.5))}
        assert len(columns) == 4
        assert columns["price (euros)"]["less"] == 295_000
        assert inputs[:, 0] == pytest.approx(np.array([-16, -23, 32, 7]) / math.sqrt(464.5), rel=1e-12)
        assert inputs[:, 1] == pytest.approx(np.array([0.25, -1.75, 1.25, 0.25]) / math.sqrt(1.1875), rel=1e-12)
        assert inputs[:, 2] == pytest.approx(np.array([-3.25, -0.25, 1.75, 1.75]) / math.sqrt(4.1875), rel=1e-12)
        assert inputs[:, 3:].tolist() == np.eye(4).tolist()
        spread = math.sqrt((235**2 + 225**2 + 305**2 + 155**2) / 4)
        assert targets == pytest.approx(np.array([-235, -225, 305, 155]) / spread, rel=1e-12)


def test_standardised_inputs_and_numbers_have_no_mean_and_labels_stay():
    moons = network_problem("two_moons", standardize=True)
    assert moons.notices[-1].msg.startswith("In standardised units (mean 0, standard deviation 1): x1 less ")
    assert moons.objective.inputs.mean(axis=0) == pytest.approx(0, abs=1e-14)
    assert (moons.objective.inputs**2).mean(axis=0) == pytest.approx(1, rel=1e-12)
    assert set(moons.objective.targets) == {0, 1}
    sine = network_problem("regression_sine", standardize=True).objective
    assert (sine.targets.mean(), (sine.targets**2).mean()) == (pytest.approx(0, abs=1e-14), pytest.approx(1))
    plain = network_problem("regression_sine")
    assert plain.notices == ()
    assert plain.objective.targets.tolist() == [row[-1] for row in NETWORK_DATASETS["regression_sine"].rows]


def test_what_is_not_said_is_what_suits_the_data():
    plain, other = network_problem("circles").objective, network_problem("circles", (2,), "relu", "mse").objective
    assert (plain.hidden, plain.activation.name, plain.loss.name) == ((6,), "tanh", "cross_entropy")
    assert (other.hidden, other.activation.name, other.loss.name) == ((2,), "relu", "mse")
    assert network_problem("circles", ()).objective.hidden == ()


def test_numbers_are_no_labels():
    with pytest.raises(ValueError, match="labels"):
        network_problem("regression_sine", loss="cross_entropy")
