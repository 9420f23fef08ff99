"""What is said to walk the same path does, from the very first step on."""

from collections.abc import Iterator

import pytest

from fallline.descent import Run, Setup, Stop
from fallline.formulas import float_function, parse
from fallline.optimizers import OPTIMIZERS
from fallline.optimizers.optimizer import STANDARD, Equal
from fallline.problems.problem import surface_problem
from fallline.schedules import SCHEDULES

RATE = 0.002
STEPS = 60


def cases() -> Iterator[tuple[str, str, Equal]]:
    for optimizer in OPTIMIZERS.values():
        yield from ((optimizer.name, STANDARD, equal) for equal in optimizer.equals)
        for form, each in optimizer.forms.items():
            yield from ((optimizer.name, form, equal) for equal in each.equals)


def path(name: str, form: str, values: dict[str, float], schedule: str) -> list[float]:
    plan = SCHEDULES[schedule]
    scheduled = {"schedule": plan, "schedule_values": {key: param.default for key, param in plan.params.items()}}
    setup = Setup.of(name, form, **{key: values[key] for key in OPTIMIZERS[name].params}, **scheduled)
    run = Run(surface_problem("rosenbrock"), setup, stop=Stop(STEPS))
    return [value for block in run.blocks() for column in block.parameters for value in column]


def converted(equal: Equal, values: dict[str, float]) -> dict[str, float]:
    names = tuple(values)
    return values | {
        key: float_function(names, (parse(text, names),))(*values.values())[0] for key, text in equal.values.items()
    }


@pytest.mark.parametrize(("name", "form", "equal"), list(cases()))
def test_equal_rules_walk_the_same_path(name: str, form: str, equal: Equal) -> None:
    values = {key: param.default for key, param in OPTIMIZERS[name].params.items()} | {"learning_rate": RATE}
    theirs = converted(equal, values)
    for schedule in ("constant",) if equal.constant_rate else ("constant", "exponential"):
        there = path(equal.name, equal.form, theirs, schedule)
        assert there == pytest.approx(path(name, form, values, schedule), abs=1e-8), schedule


@pytest.mark.parametrize(("name", "form", "equal"), [case for case in cases() if case[2].constant_rate])
def test_what_needs_a_constant_rate_differs_without(name: str, form: str, equal: Equal) -> None:
    values = {key: param.default for key, param in OPTIMIZERS[name].params.items()} | {"learning_rate": RATE}
    there = path(equal.name, equal.form, converted(equal, values), "exponential")
    assert there != pytest.approx(path(name, form, values, "exponential"), abs=1e-3)


@pytest.mark.parametrize(("name", "form", "equal"), list(cases()))
def test_each_is_said_by_both(name: str, form: str, equal: Equal) -> None:
    other = OPTIMIZERS[equal.name]
    back = other.equals if equal.form == STANDARD else other.forms[equal.form].equals
    assert any((each.name, each.form) == (name, form) for each in back)
