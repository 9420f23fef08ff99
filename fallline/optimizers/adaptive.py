"""Adaptive rates: each parameter finds its own from the size of its gradients."""

from fallline.hyperparameters import Decay, Rate, Tiny
from fallline.optimizers.optimizer import Form, Optimizer, StepLength

ADAPTIVE = (
    Optimizer(
        name="adagrad",
        label="AdaGrad",
        family="adaptive",
        summary="Divides each parameter's rate by the root of the sum of all its squared gradients so far.",
        intuition="Whoever has already been on steep ground takes ever smaller steps, and nothing is ever forgotten.",
        rule="""
            v = v + g**2
            w = w - lr*g / sqrt(eps + v)
        """,
        params={"learning_rate": Rate(0.01), "eps": Tiny(1e-8)},
        source="Duchi, Hazan & Singer 2011, Adaptive subgradient methods, section 1.1 (diagonal form)",
        differs=(
            "PyTorch: eps 1e-10 outside the root (form pytorch), and an optional decay of the rate. Keras: "
            "the sum starts at 0.1, rate 0.001, eps 1e-7 inside the root. Optax: the sum starts at 0.1, eps "
            "1e-7 inside the root."
        ),
        step_length=StepLength("length", 4),
        whose="as the deck",
        forms={
            "pytorch": Form(
                "As PyTorch writes it",
                """
                    v = v + g**2
                    w = w - lr*g / (sqrt(v) + eps)
                """,
                "eps stands outside the root.",
            ),
        },
    ),
    Optimizer(
        name="rmsprop",
        label="RMSProp",
        family="adaptive",
        summary=("Divides each parameter's rate by the root of the weighted average of its latest squared gradients."),
        intuition=(
            "AdaGrad with a short memory: the rate falls where it has lately been steep and rises again "
            "where it is flat."
        ),
        rule="""
            v = beta*v + (1 - beta)*g**2
            w = w - lr*g / sqrt(eps + v)
        """,
        params={
            "learning_rate": Rate(0.001),
            "beta": Decay(0.9, "How much of the average of squared gradients is kept; 0.9 remembers about 10 of them."),
            "eps": Tiny(1e-8),
        },
        source="Tieleman & Hinton 2012, Neural Networks for Machine Learning, lecture 6.5",
        differs=(
            "PyTorch: rate 0.01, beta (alpha) 0.99 and eps outside the root (form pytorch). Keras: beta (rho) 0.9, eps "
            "1e-7 inside the root. Optax: beta (decay) 0.9, eps inside the root unless eps_in_sqrt=False."
        ),
        step_length=StepLength("length", 0.5),
        whose="as the deck, Keras and Optax",
        forms={
            "pytorch": Form(
                "As PyTorch writes it",
                """
                    v = beta*v + (1 - beta)*g**2
                    w = w - lr*g / (sqrt(v) + eps)
                """,
                "eps stands outside the root.",
            ),
        },
    ),
    Optimizer(
        name="adadelta",
        label="AdaDelta",
        family="adaptive",
        summary=("Scales each gradient by the typical size of the steps so far over that of the gradients so far."),
        intuition=("It starts on tiptoe, as sqrt(eps) is all it knows of steps, and gains confidence with each one."),
        rule="""
            v = rho*v + (1 - rho)*g**2
            d = sqrt(u + eps) / sqrt(v + eps) * g
            u = rho*u + (1 - rho)*d**2
            w = w - lr*d
        """,
        params={
            "learning_rate": Rate(1.0, help="A factor on every step; 1 in the paper, which has no rate.", max=100.0),
            "rho": Decay(0.9, "How much of the averages of squared gradients and squared steps is kept."),
            "eps": Tiny(1e-6, help="Sets how long the first steps are and keeps the division from failing."),
        },
        source="Zeiler 2012, ADADELTA: an adaptive learning rate method, Algorithm 1",
        differs="PyTorch: the same. Optax: the same. Keras: rate 0.001, rho 0.95, eps 1e-7.",
        step_length=StepLength("length", 100),
    ),
)
