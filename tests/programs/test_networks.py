"""A program of a network goes forward and back by itself, and ends where the run ended."""

import pytest

from fallline.descent import Phase, Run, Setup, Stop
from fallline.problems.network_datasets import NETWORK_DATASETS, network_problem, own_dataset
from fallline.programs import PythonProgram
from fallline.schedules import SCHEDULES
from tests.programs.running import IN_BOTH, check, ended, printed, text


@IN_BOTH
@pytest.mark.parametrize("name", NETWORK_DATASETS)
def test_every_data_set(name, program):
    check(Run(network_problem(name), Setup.of("adam", learning_rate=0.01), None, Stop(10, 1e-6)), program)


@IN_BOTH
def test_samples_of_ones_own(program):
    problem = network_problem(own_dataset(((0.5, 2.0, -1.0), (1e-3, 3.0, 2.0), (-7.0, 0.1, 0.25))), (3,))
    run = Run(problem, Setup.of("gd", learning_rate=0.01), None, Stop(20))
    check(run, program)
    assert "(-7.0, 0.1, 0.25)" in text(program, run)


@IN_BOTH
@pytest.mark.parametrize("loss", ["mse", "cross_entropy"])
@pytest.mark.parametrize(
    ("hidden", "activation"), [((), "tanh"), ((3,), "sigmoid"), ((2, 4), "relu"), ((2,), "linear")]
)
def test_every_activation_and_loss(hidden, activation, loss, program):
    problem = network_problem("xor", hidden, activation, loss)
    check(Run(problem, Setup.of("momentum", learning_rate=0.2), problem.start_for(5), Stop(150, 1e-6, 0.01)), program)


@IN_BOTH
def test_batches_a_schedule_noise_and_another_optimizer_on_the_way(program):
    made = Setup.of(
        "nadam",
        learning_rate=0.05,
        batch_size=32,
        noise=0.01,
        schedule=SCHEDULES["step"],
        schedule_values={"every": 5, "factor": 0.5},
    )
    later = Setup.of("rmsprop", learning_rate=0.01, batch_size=7, sampling="replacement")
    check(Run(network_problem("two_moons", (3,)), made, None, Stop(30, 1e-9), 3, [Phase(12, later)]), program)


@IN_BOTH
def test_nothing_of_a_cross_entropy_is_lost_where_the_output_is_as_good_as_0_or_1(program):
    """At pre-activations of 400 the output is 1 to the last bit, and the wrong labels cost 400 each: 200 on average."""
    problem = network_problem("xor", (), None, "cross_entropy")
    run = Run(problem, Setup.of("gd", learning_rate=0.1), (0.0, 0.0, 400.0), Stop(3, None, 200.0))
    assert ended(run)[0].startswith("stopped at step 0")
    check(run, program)


def test_backpropagation_stands_in_it_as_it_is_taught():
    source = text(
        PythonProgram, Run(network_problem("xor", (3,), "sigmoid", "cross_entropy"), Setup.of("gd"), None, Stop(2))
    )
    lines = [line.strip() for line in source.split("\n")]
    assert "return 1/(1 + exp(-u))" in lines
    assert "return a*(1 - a)" in lines
    assert (
        "delta = [output - target]  # the derivative of the loss in a layer's pre-activations: here the last" in lines
    )
    assert list(printed(source)[1]) == list(network_problem("xor").parameters)
