"""First steps worked out by hand on loss = w**2 from w = 1, so that g = 2*w; eps chosen so that roots come out even."""

from math import sqrt

import pytest

from fallline.descent import Run, Setup, Stop
from fallline.problems import expression_problem

PARABOLA = expression_problem("x**2")


def case(optimizer, learning_rate, rows, form="standard", **values):
    """The rows after the start, with every hyperparameter given."""
    return {"optimizer": optimizer, "form": form, "learning_rate": learning_rate, "values": values, "rows": rows}


CASES = (
    # g = 2, then 1.6
    case("gd", 0.1, [0.8, 0.64]),
    # m = 0.1*2 = 0.2, w = 0.98; g = 1.96, m = 0.18 + 0.196 = 0.376
    case("momentum", 0.1, [0.98, 0.9424], beta=0.9),
    # m = 0.2, m_hat = 0.2/0.1 = 2; g = 1.6, m = 0.18 + 0.16 = 0.34, m_hat = 0.34/0.19
    case("momentum", 0.1, [0.8, 0.8 - 0.034 / 0.19], "corrected", beta=0.9),
    # m = 2; g = 1.6, m = 1.8 + 0.16 = 1.96
    case("momentum", 0.1, [0.8, 0.604], "pytorch", beta=0.9),
    # m = 2; g = 1.6, m = 1.8 + 1.6 = 3.4
    case("heavy_ball", 0.1, [0.8, 0.46], beta=0.9),
    # m = 2, w = 1 - 0.1*(2 + 1.8); g = 1.24, m = 1.8 + 1.24 = 3.04, w = 0.62 - 0.1*(1.24 + 2.736)
    case("nesterov", 0.1, [0.62, 0.2224], beta=0.9),
    # v = 4, sqrt(2.25 + 4) = 2.5, w = 1 - 0.2/2.5; g = 1.84, v = 4 + 3.3856
    case("adagrad", 0.1, [0.92, 0.92 - 0.184 / sqrt(2.25 + 7.3856)], eps=2.25),
    # sqrt(4) + 2 = 4
    case("adagrad", 0.1, [0.95], "pytorch", eps=2.0),
    # v = 0.1*4 = 0.4, sqrt(0.09 + 0.4) = 0.7, w = 1 - 0.28/0.7; g = 1.2, v = 0.36 + 0.144 = 0.504
    case("rmsprop", 0.14, [0.6, 0.6 - 0.168 / sqrt(0.594)], beta=0.9, eps=0.09),
    # v = 0.25*4 = 1, sqrt(1) + 1 = 2
    case("rmsprop", 0.1, [0.9], "pytorch", beta=0.75, eps=1.0),
    # m = 0.2, m_hat = 2, v = 0.004, v_hat = 4, w = 1 - 0.1*2/(2 + 0.5)
    case("adam", 0.1, [0.92], beta1=0.9, beta2=0.999, eps=0.5),
    # m = 0.2, v = 0.004, sqrt(0.006 + 0.004) = 0.1, w = 1 - 0.02/0.1;
    # g = 1.6, m = 0.18 + 0.16 = 0.34, v = 0.003996 + 0.00256 = 0.006556
    case("adam", 0.1, [0.8, 0.8 - 0.034 / sqrt(0.012556)], "deck", beta1=0.9, beta2=0.999, eps=0.006),
    # m = 0.2, v = 0.01*4 = 0.04, sqrt(0.04) + 0.2 = 0.4, w = 1 - 0.02/0.4;
    # g = 1.9, m = 0.18 + 0.19 = 0.37, v = 0.0396 + 0.0361 = 0.0757
    case("adam", 0.1, [0.95, 0.95 - 0.037 / (sqrt(0.0757) + 0.2)], "uncorrected", beta1=0.9, beta2=0.99, eps=0.2),
    # m_hat = 0.2/0.1 = 2, v_hat = 0.004/0.001 = 4, w = 1 - 0.1*2/(2 + 0.5);
    # g = 1.84, m = 0.18 + 0.184 = 0.364, m_hat = 3.64, v = 0.003996 + 0.0033856 = 0.0073816, v_hat = 7.3816
    case("adam", 0.1, [0.92, 0.92 - 0.364 / (sqrt(7.3816) + 0.5)], "slide", beta1=0.9, beta2=0.999, eps=0.5),
    # Divided by |g + beta2*d|: g = 2, m = 2, v = 0; g = 9/5, d = -1/5, m = 19/10, v = d, w = 9/10 - (9/5)/17;
    # g = 27/17, d = -18/85, m = 593/340, v = -7/34, w = 27/34 - 0.1*(279/170)/(126/85)
    case(
        "adan", 0.1, [9 / 10, 27 / 34, 3253 / 4760], beta1=0.5, beta2=0.5, beta3=0.0, eps=0.0, weight_decay=0.0
    ),
    # m = 2, n = 4, sqrt(4 + 2.25) = 2.5, w = (1 - 0.2/2.5)/1.15;
    # g = 1.6, d = -0.4, m = 1.8 + 0.16 = 1.96, v = -0.4, n = 3 + 0.25*1.4**2 = 3.49
    case(
        "adan", 0.1, [0.8, (0.8 - 0.176 / sqrt(5.74)) / 1.15],
        beta1=0.9, beta2=0.5, beta3=0.75, eps=2.25, weight_decay=1.5,
    ),
    # m_hat = 2, n_hat = 4, w = (1 - 0.2/2.5)/1.15; g = 1.6, d = -0.4, m = 0.18 + 0.16 = 0.34, v = -0.2,
    # n = 0.75 + 0.25*1.4**2 = 1.24; steps 3 and 4 are those of the authors' code on the same problem
    case(
        "adan", 0.1,
        [
            0.8, (0.8 - 0.1*(0.34/0.19 - 0.1/0.75) / (sqrt(1.24/0.4375) + 0.5)) / 1.15,
            0.48359111824307016, 0.35824509144287503,
        ],
        "corrected", beta1=0.9, beta2=0.5, beta3=0.75, eps=0.5, weight_decay=1.5,
    ),
    # c = 0.2, w = 1 - 0.1*(1 + 0.5*1), m = 0.02; g = 1.7, c = 0.018 + 0.17 > 0, w = 0.85 - 0.1*(1 + 0.425)
    case("lion", 0.1, [0.85, 0.7075], beta1=0.9, beta2=0.99, weight_decay=0.5),
    # Steps of 0.6 by sign: m = 1; g = 0.8, c = 0.7 + 0.24, m = 0.9; g = -0.4, c = 0.63 - 0.12 > 0: momentum
    # carries it on, m = 0.25; g = -1.6, c = 0.175 - 0.48 < 0: now it turns.
    case("lion", 0.6, [0.4, -0.2, -0.8, -0.2], beta1=0.7, beta2=0.5, weight_decay=0.0),
    # (2 + 2)**-1 * 2 = 0.5, half of it; g = 1.5, 1.5/4 = 0.375
    case("newton", 0.5, [0.75, 0.5625], damping=2.0),
    # step 0.5, g_last = 2; g = 1: same sign, step 0.6, w = -0.1; g = -0.2: turned, step 0.3, waits; then back
    case("rprop", 0.5, [0.5, -0.1, -0.1, 0.2], eta_minus=0.5, eta_plus=1.2, step_min=1e-6, step_max=50.0),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['optimizer']}-{case['form']}")
def test_the_first_steps_are_those_worked_out_by_hand(case):
    setup = Setup.of(case["optimizer"], case["form"], learning_rate=case["learning_rate"], **case["values"])
    found = Run(PARABOLA, setup, (1.0,), Stop(len(case["rows"]))).whole().parameters[0]
    assert found == pytest.approx([1.0, *case["rows"]], rel=1e-14, abs=1e-15)
