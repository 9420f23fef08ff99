"""Momentum: steps that remember the steps before."""

from fallline.hyperparameters import Decay, Rate
from fallline.optimizers.optimizer import Equal, Form, Optimizer, StepLength

BETA = Decay(0.9, "How much of the past is kept at each step; 0.9 remembers about the last 10 gradients.")

MOMENTUM = (
    Optimizer(
        name="momentum",
        label="Momentum (averaged)",
        family="momentum",
        summary=(
            "Steps against the exponentially weighted average of the gradients so far. At rate lr it is the heavy ball "
            "at (1 - beta) lr: for beta 0.9 at a tenth of the rate."
        ),
        intuition="What points one way now and the other way next cancels out; what keeps pointing the same way stays.",
        rule="""
            m = beta*m + (1 - beta)*g
            w = w - lr*m
        """,
        params={"learning_rate": Rate(0.01), "beta": BETA},
        source="Polyak 1964, with the average scaled as in Kingma & Ba 2015, Algorithm 1, line m_t",
        differs=(
            "PyTorch: SGD(momentum=beta, dampening=beta) averages likewise, but its first average is the whole "
            "gradient (form pytorch). Keras: SGD(momentum=beta) sums instead of averaging, so its rate must be "
            "1 - beta times this one. Optax: chain(ema(beta, debias=False), scale(-learning_rate))."
        ),
        step_length=StepLength("gradient", 2),
        whose="as the deck",
        equals=(Equal("heavy_ball", values={"learning_rate": "learning_rate*(1 - beta)"}),),
        forms={
            "corrected": Form(
                "Bias-corrected",
                """
                    m = beta*m + (1 - beta)*g
                    m_hat = m / (1 - beta**t)
                    w = w - lr*m_hat
                """,
                "Starting at 0 makes the first averages too small; dividing by 1 - βᵗ makes up for it.",
                whose="as Adam does with it",
            ),
            "pytorch": Form(
                "As PyTorch dampens it",
                """
                    m = where(t > 1, beta*m + (1 - beta)*g, g)
                    w = w - lr*m
                """,
                "dampening = β, which PyTorch leaves out at step 1: the first average is the whole gradient.",
            ),
        },
    ),
    Optimizer(
        name="heavy_ball",
        label="Heavy ball",
        family="momentum",
        summary=(
            "Adds a share of the last step to each new one, so that speed builds up. It steps by the sum of the "
            "gradients, older ones at a smaller weight, and not by their average."
        ),
        intuition=("A ball rolls: it gathers speed on the way down, swings through the valley and up the other side."),
        rule="""
            m = beta*m + g
            w = w - lr*m
        """,
        params={"learning_rate": Rate(0.01), "beta": BETA},
        source="Polyak 1964, Some methods of speeding up the convergence of iteration methods",
        differs=(
            "PyTorch: SGD(momentum=beta), the same. Optax: sgd(momentum=beta), the same. Keras: the rate is "
            "inside the velocity (form keras), which differs as soon as the rate changes during the run."
        ),
        step_length=StepLength("gradient", 0.2),
        whose="as PyTorch and Optax",
        equals=(
            Equal("momentum", values={"learning_rate": "learning_rate/(1 - beta)"}),
            Equal("heavy_ball", "keras", constant_rate=True),
        ),
        forms={
            "keras": Form(
                "As Keras writes it",
                """
                    v = beta*v - lr*g
                    w = w + v
                """,
                "The rate is inside the velocity: a change of it reaches only the gradients still to come.",
                equals=(Equal("heavy_ball", constant_rate=True),),
            ),
        },
    ),
    Optimizer(
        name="nesterov",
        label="Nesterov momentum",
        family="momentum",
        summary=(
            "The heavy ball, with the gradient counted once more as if the next step's momentum had been taken already."
        ),
        intuition="A ball that looks where its own speed is about to carry it, and brakes before it has swung too far.",
        rule="""
            m = beta*m + g
            w = w - lr*(g + beta*m)
        """,
        params={"learning_rate": Rate(0.01), "beta": BETA},
        source=(
            "Nesterov 1983; in the form of Sutskever, Martens, Dahl & Hinton 2013, eq. 3 and 4, rewritten at "
            "the point looked ahead to"
        ),
        differs=(
            "PyTorch: SGD(momentum=beta, nesterov=True), the same. Optax: sgd(momentum=beta, nesterov=True), "
            "the same. Keras: the rate is inside the velocity (form keras)."
        ),
        step_length=StepLength("gradient", 0.2),
        whose="as PyTorch and Optax",
        equals=(Equal("nesterov", "keras", constant_rate=True),),
        forms={
            "keras": Form(
                "As Keras writes it",
                """
                    v = beta*v - lr*g
                    w = w + beta*v - lr*g
                """,
                "The rate is inside the velocity: a change of it reaches only the gradients still to come.",
                equals=(Equal("nesterov", constant_rate=True),),
            ),
        },
    ),
)
