"""Optimizers that use only the sign of the gradient."""

from fallline.hyperparameters import Decay, Factor, Interval, Length, Rate
from fallline.optimizers.optimizer import Optimizer, StepLength

SIGNS = (
    Optimizer(
        name="lion",
        label="Lion",
        family="adaptive",
        summary=(
            "Steps by the sign of a blend of momentum and gradient, so that every parameter moves equally "
            "far each time."
        ),
        intuition=("It asks only which way, never how steep; so it wants a small rate and never quite comes to rest."),
        rule="""
            c = beta1*m + (1 - beta1)*g
            w = w - lr*(sign(c) + weight_decay*w)
            m = beta2*m + (1 - beta2)*g
        """,
        params={
            "learning_rate": Rate(0.0001, help="How far each parameter moves at each step."),
            "beta1": Decay(0.9, "How much the momentum counts against the newest gradient when the way is chosen."),
            "beta2": Decay(0.99, "How much of the momentum is kept; 0.99 remembers about 100 gradients."),
            "weight_decay": Factor(0.0, "How strongly each parameter is pulled towards 0.", max=0.5),
        },
        source="Chen et al. 2023, Symbolic discovery of optimization algorithms, Algorithm 2",
        differs=(
            "Keras: rate 0.001, the same otherwise. Optax: weight_decay 0.001, the same otherwise. PyTorch has none."
        ),
        step_length=StepLength("length", 0.3),
    ),
    Optimizer(
        name="rprop",
        label="Rprop",
        family="adaptive",
        summary=(
            "Each parameter has a step size that grows while the gradient keeps its sign and shrinks when "
            "the sign changes."
        ),
        intuition=(
            "Stride out as long as it goes downhill; when it begins to rise you have gone too far: stop "
            "and take half steps."
        ),
        rule="""
            turn = g*g_last
            factor = where(turn > 0, eta_plus, where(turn < 0, eta_minus, 1))
            step = min(max(factor*step, step_min), step_max)
            g_last = where(turn < 0, 0, g)
            w = w - sign(g_last)*step
        """,
        params={
            "learning_rate": Rate(0.01, help="The first step size of every parameter; it plays no part after that."),
            "eta_minus": Factor(
                0.5,
                "What the step size is multiplied by when the gradient changes its sign.",
                min=0.05,
                allowed=Interval(0, 1, low_open=True),
            ),
            "eta_plus": Factor(
                1.2,
                "What the step size is multiplied by while the gradient keeps its sign.",
                min=1.0,
                max=2.0,
                allowed=Interval(low=1),
            ),
            "step_min": Length(1e-6, "The smallest step size."),
            "step_max": Length(50.0, "The largest step size."),
        },
        initial={"step": "learning_rate"},
        source=(
            "Riedmiller & Braun 1993; in the variant of Igel & Hüsken 2003 that waits out a step after a change of sign"
        ),
        differs=(
            "PyTorch: the same; a schedule does not reach the step sizes once they are set. Optax: each "
            "step is that of the gradient before, so the first is zero, and the limits hold only where the sign was "
            "kept or changed. Keras has none."
        ),
        step_length=StepLength("length"),
    ),
)
