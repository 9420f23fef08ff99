"""What is minimised: surfaces, formulas of one's own, and line fits to data."""

from app.problems.datasets import DATASETS
from app.problems.declaration import Dataset, Minimum, Surface
from app.problems.line_fit import LOSSES, Loss, dataset_problem, line_fit_problem
from app.problems.problem import Problem, expression_problem, surface_problem
from app.problems.surfaces import SURFACES

__all__ = [
    "DATASETS", "LOSSES", "SURFACES", "Dataset", "Loss", "Minimum", "Problem", "Surface", "dataset_problem",
    "expression_problem", "line_fit_problem", "surface_problem",
]  # fmt: skip
