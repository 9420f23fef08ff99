"""Gradient descent: on all the data, on one point, on a few."""

from fallline.hyperparameters import Rate
from fallline.optimizers.optimizer import Optimizer, StepLength

PLAIN = "w = w - lr*g"

DESCENT = (
    Optimizer(
        name="gd",
        label="Gradient descent",
        family="descent",
        summary="Each step goes against the gradient, as far as the learning rate times its length.",
        intuition="Feel which way is down and walk there: far where it is steep, hardly at all where it is flat.",
        rule=PLAIN,
        params={"learning_rate": Rate(0.01)},
        source="Cauchy 1847, Méthode générale pour la résolution des systèmes d'équations simultanées",
        differs=(
            "PyTorch, Keras and Optax call it SGD whether or not anything is sampled; PyTorch's default rate is 0.001."
        ),
        step_length=StepLength("gradient"),
    ),
    Optimizer(
        name="sgd",
        label="Stochastic gradient descent",
        family="descent",
        summary="Gradient descent by the gradient of a single data point, another one at each step.",
        intuition="Ask one passer-by for the way, not the whole town: quick, often wrong, on average the right way.",
        rule=PLAIN,
        params={"learning_rate": Rate(0.01)},
        source="Robbins & Monro 1951, A stochastic approximation method",
        differs=(
            "PyTorch, Keras and Optax use the same name for batches of any size; the batch is then the data loader's."
        ),
        step_length=StepLength("gradient"),
        batch_size=1,
    ),
    Optimizer(
        name="mini_batch",
        label="Mini-batch gradient descent",
        family="descent",
        summary="Gradient descent by the gradient of a few data points, a new few at each step.",
        intuition="Ask a handful of people: nearly as quick as asking one, and far less often wrong.",
        rule=PLAIN,
        params={"learning_rate": Rate(0.01)},
        source="Bottou, Curtis & Nocedal 2018, Optimization methods for large-scale machine learning, section 3",
        differs="PyTorch, Keras and Optax call it SGD; the batch is chosen by the data loader.",
        step_length=StepLength("gradient"),
        batch_size=2,
    ),
)
