"""The problems of the goldens, written from the literature and apart from the project's own formulas.

Each is a function of the two parameters and of a module `m` with `exp` and `sin`, so that PyTorch and JAX
differentiate it themselves.
"""

SHOES = ((0.6, 1.1), (0.8, 1.2), (1.1, 2.1))
ANSCOMBE_3 = tuple(
    zip(
        (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5),
        (7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73),
        strict=True,
    )
)


def bowl(x, y, _m):
    return x**2 + 2 * y**2


def ravine(x, y, _m):
    return x**2 / 2 + 50 * y**2


def rotated_ravine(x, y, _m):
    return (2 * x + y) ** 2 / 10 + 10 * (x - 2 * y) ** 2


def rosenbrock(x, y, _m):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def himmelblau(x, y, _m):
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def beale(x, y, _m):
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def styblinski_tang(x, y, _m):
    return ((x**4 - 16 * x**2 + 5 * x) + (y**4 - 16 * y**2 + 5 * y)) / 2


def mccormick(x, y, m):
    return m.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


def plateau(x, y, m):
    return 1 - m.exp(-(x**2 + 2 * y**2) / 6)


def shoe_size_ssr(slope, intercept, _m):
    return sum((height - (slope * size + intercept)) ** 2 for size, height in SHOES)


def anscombe_3_mse(slope, intercept, _m):
    return sum((target - (slope * feature + intercept)) ** 2 for feature, target in ANSCOMBE_3) / len(ANSCOMBE_3)


PROBLEMS = {
    "bowl": (bowl, (-2.5, 2.0)),
    "ravine": (ravine, (-4.0, 1.0)),
    "rotated_ravine": (rotated_ravine, (-3.1, -2.7)),
    "rosenbrock": (rosenbrock, (-1.2, 1.0)),
    "himmelblau": (himmelblau, (1.0, 5.0)),
    "beale": (beale, (1.0, 1.5)),
    "styblinski_tang": (styblinski_tang, (0.4, 4.0)),
    "mccormick": (mccormick, (3.5, -1.5)),
    "plateau": (plateau, (-4.5, 3.5)),
    "shoe_size/ssr": (shoe_size_ssr, (1.0, 0.0)),
    "anscombe_3/mse": (anscombe_3_mse, (-1.0, 1.0)),
}
"""Name in the catalog (a data set with its loss) -> the function and where a run starts."""
