"""Problems, which runs minimise: surfaces, formulas of one's own, line fits to data, and networks."""

from fallline.problems.dataset import Dataset
from fallline.problems.datasets import DATASETS
from fallline.problems.line_fit import LOSSES, Loss, dataset_problem, line_fit_problem
from fallline.problems.problem import Problem, expression_problem, surface_problem
from fallline.problems.surface import Minimum, Surface
from fallline.problems.surfaces import SURFACES

__all__ = [
    "DATASETS", "LOSSES", "SURFACES", "Dataset", "Loss", "Minimum", "Problem", "Surface", "dataset_problem",
    "expression_problem", "line_fit_problem", "surface_problem",
]  # fmt: skip
