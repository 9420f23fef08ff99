"""The working of a network's gradient: by pencil, each value from its text, and all of it the gradient of the run.

By hand, for input (1, 2) and target 1 with two relu neurons, as in `tests/problems/test_network.py`:

    z = (0.5*1 + 0.5*2 + 0.5, -1*1 + 0.5*2 - 1) = (2, -1)    a = (2, 0)    y_hat = 0.5*2 + 3*0 - 0.5 = 0.5
    delta at the output 2*(0.5 - 1) = -1, sent back 0.5*(-1) = -0.5 and 3*(-1) = -3, times 1 and 0: (-0.5, 0)
"""

import math
import re
from dataclasses import replace

import numpy as np
import orjson
import pytest

from fallline.formulas import float_function, parse
from fallline.problems.network import Network
from fallline.problems.network_datasets import network_problem
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.working.network_working import Equation, network_working
from tests.descent.runs import finished

BY_HAND = Network(np.array([[1.0, 2.0]]), np.array([1.0]), (2,), ACTIVATIONS["relu"], NETWORK_LOSSES["mse"])
AT = (0.5, 0.5, -1, 0.5, 0.5, -1, 0.5, 3, -0.5)


def worked(network, w=None, batch=None, marked=False):
    """The working at `w`, by default at the start."""
    return finished(network_working(network, network.start(1) if w is None else w, batch, marked))


def equations(told):
    """Every equation of a working."""
    for sample in told.samples:
        for layer in sample.layers:
            yield from (*layer.preactivation, *layer.activation)
        yield sample.error
    for layer in told.backward:
        for delta in layer.delta:
            yield from (delta, delta.local_derivative, delta.from_above)
        yield from layer.gradient.values()


def computed(text):
    """What a text without names computes."""
    return float_function((), (parse(text, ()),))()[0]


def test_the_way_forward_by_hand():
    (sample,) = worked(BY_HAND, AT).samples
    assert (sample.index, sample.input, sample.output, sample.target) == (0, [1, 2], 0.5, 1)
    hidden, output = sample.layers
    assert [z.value for z in hidden.preactivation] == [2, -1]
    assert [a.value for a in hidden.activation] == [2, 0]
    assert [z.value for z in output.preactivation] == [a.value for a in output.activation] == [0.5]
    assert sample.error.value == 0.25


def test_the_way_back_by_hand():
    output, hidden = worked(BY_HAND, AT).backward
    assert (output.layer, hidden.layer) == (2, 1)
    found = [
        (d.sample, d.neuron, d.local_derivative.value, d.from_above.value, d.value)
        for d in (*output.delta, *hidden.delta)
    ]
    assert found == [(0, 1, 1, -1, -1), (0, 1, 1, -0.5, -0.5), (0, 2, 0, -3, 0)]
    assert {name: told.value for name, told in output.gradient.items()} == {"w2_1_1": -2, "w2_1_2": 0, "b2_1": -1}
    assert {name: told.value for name, told in hidden.gradient.items()} == {
        "w1_1_1": -0.5, "w1_1_2": -1, "w1_2_1": 0, "w1_2_2": 0, "b1_1": -0.5, "b1_2": 0,
    }  # fmt: skip


def test_each_value_is_told_in_symbols_and_with_its_numbers():
    told = worked(BY_HAND, AT)
    (sample,), (output, hidden) = told.samples, told.backward
    z, a = sample.layers[0].preactivation[0], sample.layers[0].activation[0]
    first = hidden.delta[0]
    assert [(e.formula_latex, e.latex) for e in (z, a, sample.layers[1].activation[0], sample.error)] == [
        (r"z_{1,1} = w_{1,1,1} x_{1} + w_{1,1,2} x_{2} + b_{1,1}", r"0.5 \cdot 1 + 0.5 \cdot 2 + 0.5"),
        (
            r"a_{1,1} = \begin{cases} z_{1,1} & \text{if } z_{1,1} > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"2 \quad \text{as } {2 > 0}",
        ),
        (r"\hat{y} = z_{2,1}", "0.5"),
        (r"L_{i} = (\hat{y} - y)^{2}", "(0.5 - 1)^{2}"),
    ]
    assert [(e.formula_latex, e.latex) for e in (output.delta[0], first.from_above, first)] == [
        (r"\delta_{2,1} = 2 (\hat{y} - y)", r"2 \cdot (0.5 - 1)"),
        (r"\frac{\partial L_{i}}{\partial a_{1,1}} = w_{2,1,1} \delta_{2,1}", r"0.5 \cdot (-1)"),
        (
            r"\delta_{1,1} = \frac{\partial a_{1,1}}{\partial z_{1,1}} \frac{\partial L_{i}}{\partial a_{1,1}}",
            r"1 \cdot (-0.5)",
        ),
    ]
    assert first.local_derivative.formula_latex.startswith(r"\frac{\partial a_{1,1}}{\partial z_{1,1}} = \begin{cases}")
    weight, bias = hidden.gradient["w1_1_2"], hidden.gradient["b1_1"]
    assert (weight.formula_latex, weight.latex) == (
        r"\frac{\partial L}{\partial w_{1,1,2}} = \delta_{1,1} \, x_{2}", r"-0.5 \cdot 2",
    )  # fmt: skip
    assert (bias.formula_latex, bias.latex) == (r"\frac{\partial L}{\partial b_{1,1}} = \delta_{1,1}", "-0.5")


def test_under_cross_entropy_the_derivatives_are_those_of_the_textbook():
    told = worked(network_problem("xor", (2,), "sigmoid", "cross_entropy").objective, batch=[1])
    (output,) = told.backward[0].delta
    assert told.samples[0].error.formula_latex == (r"L_{i} = -\bigl(y \ln(\hat{y}) + (1 - y) \ln(1 - \hat{y})\bigr)")
    assert output.local_derivative.formula_latex.endswith(r"= \hat{y} (1 - \hat{y})")
    assert output.formula_latex == r"\delta_{2,1} = \hat{y} - y"
    assert output.value == pytest.approx(output.local_derivative.value * output.from_above.value, rel=1e-12)
    assert output.from_above.value == pytest.approx(-1 / told.samples[0].output, rel=1e-12)


def test_over_several_samples_the_gradient_is_the_mean_of_the_products():
    told = worked(network_problem("xor").objective)
    assert [sample.index for sample in told.samples] == [0, 1, 2, 3]
    for layer in told.backward:
        inputs = [[*s.layers[layer.layer - 2].activation] if layer.layer > 1 else s.input for s in told.samples]
        for name, component in layer.gradient.items():
            to, *source = map(int, name.split("_")[1:])
            deltas = [d.value for d in layer.delta if d.neuron == to]
            came_in = [getattr(i[source[0] - 1], "value", i[source[0] - 1]) if source else 1 for i in inputs]
            assert component.value == pytest.approx(math.fsum(map(math.prod, zip(deltas, came_in, strict=True))) / 4)
    weight = told.backward[1].gradient["w1_1_1"]
    assert weight.formula_latex.endswith(r"= \frac{1}{4} \sum_{i} {\delta_{1,1}}^{(i)} \, {x_{1}}^{(i)}")
    assert re.fullmatch(r"\\frac\{1\}\{4\} \\left\((-?[\d.]+ \\cdot [01]( [+-] )?){4}\\right\)", weight.latex)


def test_a_batch_is_named():
    network = network_problem("xor").objective
    batch, one = worked(network, batch=[3, 1]), worked(network, batch=[2])
    assert [sample.index for sample in batch.samples] == [3, 1]
    assert batch.backward[0].gradient["b2_1"].formula_latex == (
        r"\frac{\partial L_{B}}{\partial b_{2,1}} = \frac{1}{2} \sum_{i \in B} {\delta_{2,1}}^{(i)}"
    )
    assert one.backward[0].gradient["b2_1"].formula_latex == r"\frac{\partial L_{3}}{\partial b_{2,1}} = \delta_{2,1}"


NETWORKS = [
    ("xor", (3,), "tanh", "mse", None),
    ("xor", (2, 2), "sigmoid", "cross_entropy", [2]),
    ("spiral", (4, 3), "relu", "cross_entropy", [5, 5, 90, 17]),
    ("two_moons", (3,), "tanh", "mse", list(range(8))),
    ("house_prices", (3,), "relu", "mse", None),
    ("regression_sine", (), "linear", "mse", [1, 2, 3]),
    ("circles", (4,), "tanh", "cross_entropy", None),
]


@pytest.mark.parametrize(("name", "hidden", "activation", "loss", "batch"), NETWORKS)
def test_every_text_computes_its_value_again_and_the_whole_is_the_gradient(name, hidden, activation, loss, batch):
    network = network_problem(name, hidden, activation, loss).objective
    w = np.random.default_rng(0).normal(size=len(network.parameters))
    told = worked(network, w, batch)
    for equation in equations(told):
        if equation.substituted is not None:
            again = computed(equation.substituted)
            assert again == pytest.approx(equation.value, rel=1e-12, abs=1e-15), equation.name
    missing = [equation.name for equation in equations(told) if equation.substituted is None]
    assert missing == ([] if told.more_samples == 0 else [*network.parameters[-5:], *network.parameters[:-5]])
    gradient = {key: told.value for layer in told.backward for key, told in layer.gradient.items()}
    exact = network.value_and_gradient(w)[1] if batch is None else network.batch_gradient(w, batch)
    assert [gradient[key] for key in network.parameters] == exact.tolist()
    seen = [sample.index for sample in told.samples]
    alone = replace(network, inputs=network.inputs[seen], targets=network.targets[seen])
    assert np.mean([sample.error.value for sample in told.samples]) == pytest.approx(alone.value(w), rel=1e-12)


def test_of_many_samples_eight_are_written_out_and_the_others_counted():
    network = network_problem("circles").objective
    told = worked(network)
    assert [sample.index for sample in told.samples] == list(range(8))
    assert told.more_samples == 92
    assert len(told.backward[0].delta) == 8
    assert told.backward[0].gradient["b2_1"].latex.startswith(r"\frac{1}{100} \left(")
    assert told.backward[0].gradient["b2_1"].latex.endswith(r" + \cdots\right)")
    loss_gradient = network.value_and_gradient(np.array(network.start(1)))[1]
    assert told.backward[0].gradient["b2_1"].value == pytest.approx(loss_gradient[-1], rel=1e-12)


def test_marked_it_says_whose_each_number_is():
    told = worked(BY_HAND, AT, marked=True)
    z, weight = told.samples[0].layers[0].preactivation[1], told.backward[1].gradient["w1_1_2"]
    assert z.latex == (
        r"\htmlData{of=w1_2_1}{-1} \cdot \htmlData{of=x1}{1} + \htmlData{of=w1_2_2}{0.5} \cdot \htmlData{of=x2}{2} + "
        r"(\htmlData{of=b1_2}{-1})"
    )
    assert weight.formula_latex == (
        r"\frac{\partial L}{\partial \htmlData{of=w1_1_2}{w_{1,1,2}}} = "
        r"\htmlData{of=delta1_1}{\delta_{1,1}} \, \htmlData{of=x2}{x_{2}}"
    )
    two = Network(np.array([[0.0, 0], [1, 2]]), np.array([-1.0, 1]), (2,), ACTIVATIONS["relu"], NETWORK_LOSSES["mse"])
    mean = worked(two, AT, marked=True).backward[0].gradient["b2_1"].latex
    assert mean.endswith(r" + (\htmlData{of=delta2_1}{-1})\right)")  # no + with a minus right after it


def test_one_sample_alone_is_written_out_where_it_is_asked_for():
    network = network_problem("circles").objective
    w, batch = network.start(1), list(range(30, 60))
    told, last = (finished(network_working(network, w, batch, sample=sample)) for sample in (12, 99))
    assert ([sample.index for sample in told.samples], told.more_samples) == ([42], 29)
    assert [sample.index for sample in last.samples] == [59]
    assert {delta.sample for layer in told.backward for delta in layer.delta} == {42}
    exact = network.batch_gradient(np.array(w), batch)
    assert told.backward[0].gradient["b2_1"].value == exact[-1]


def test_an_output_as_good_as_a_label_still_has_its_loss_and_its_delta():
    network = Network(np.array([[1.0]]), np.array([1.0]), (), ACTIVATIONS["tanh"], NETWORK_LOSSES["cross_entropy"])
    # 1/(1 + exp(-800)) rounds to 1, and so does log(1 + exp(800)) to 800
    wrong = worked(replace(network, targets=np.array([0.0])), (800.0, 0.0)).samples[0].error
    assert (wrong.value, wrong.substituted) == (800, None)
    (layer,) = worked(network, (800.0, 0.0)).backward
    assert layer.delta[0].value == 0
    assert not math.isfinite(layer.delta[0].from_above.value)
    assert layer.gradient["w1_1_1"].value == 0


def test_it_is_written_as_json_under_the_names_of_the_api():
    told = orjson.loads(orjson.dumps(worked(network_problem("xor").objective)))
    sample, layer = told["samples"][0], told["backward"][0]
    assert {"index", "input", "layers", "output", "target", "error"} <= set(sample)
    assert {"preactivation", "activation"} <= set(sample["layers"][0])
    assert {"layer", "delta", "gradient"} <= set(layer)
    assert {"local_derivative", "from_above", "value"} <= set(layer["delta"][0])


def test_it_pauses_on_its_way():
    work = network_working(network_problem("spiral").objective, network_problem("spiral").start, None)
    assert sum(1 for _ in work) > 50


def test_a_text_too_long_for_the_language_is_left_out_and_its_value_is_not():
    network = Network(np.ones((1, 40)), np.array([1.0]), (), ACTIVATIONS["tanh"], NETWORK_LOSSES["mse"])
    told = worked(network)
    z = told.samples[0].layers[0].preactivation[0]
    assert isinstance(z, Equation)
    assert z.substituted is None
    assert z.value == pytest.approx(math.fsum(network.start(1)), rel=1e-12)
