"""Comparisons: what each optimizer needs is what plain loops of NumPy need, and what is said of it follows from that."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from xml.etree import ElementTree

import numpy as np
import pytest

import fallline
from fallline.comparing import tried_values
from fallline.profiles import performance_ratios, shares_within
from fallline.spec.run_models import OPTIMIZER_MODELS

TRIED, BUDGET = 24, 300
RATES = {"gd": np.geomspace(1e-5, 10, 24), "adam": np.geomspace(1e-5, 10, 3)}
BETAS = {"gd": [{}], "adam": [{"beta1": a, "beta2": b} for a in (0.5, 0.8, 0.9, 0.95) for b in (0.99, 0.999)]}
SURFACES = {
    # loss, gradient, start, half the side of the map (its middle is 0)
    "bowl": (lambda x, y: x**2 + 2 * y**2, lambda x, y: (2 * x, 4 * y), (-2.5, 2), 3),
    "himmelblau": (
        lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
        lambda x, y: (4 * x * (x**2 + y - 11) + 2 * (x + y**2 - 7), 2 * (x**2 + y - 11) + 4 * y * (x + y**2 - 7)),
        (1, 5),
        6,
    ),
}


def by_hand(surface, optimizer, rate, start, beta1=0.9, beta2=0.999):
    """The step from which on the loss stays at 0.001 or below to step 300, without leaving twice the map."""
    loss, gradient, _, half = SURFACES[surface]
    w, m, v, there = np.array(start, float), np.zeros(2), np.zeros(2), None
    for t in range(BUDGET + 1):
        if t:
            g = np.array(gradient(*w))
            m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
            if optimizer == "gd":
                w = w - rate * g
            else:
                w = w - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + 1e-8)
        if not np.abs(w).max() <= 2 * half:
            return math.inf
        there = (t if there is None else there) if loss(*w) <= 0.001 else None
    return math.inf if there is None else max(1, there)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("optimizer", RATES)
def test_what_is_needed_is_what_a_loop_of_numpy_needs(surface, optimizer):
    _, _, start, half = SURFACES[surface]
    turns = [(0, 0), *((math.cos(k * math.pi / 4), math.sin(k * math.pi / 4)) for k in range(8))]
    starts = [(start[0] + 0.08 * half * x, start[1] + 0.08 * half * y) for x, y in turns]
    medians, of_starts = {}, {}
    for rate in RATES[optimizer]:
        for betas in BETAS[optimizer]:
            rate = float(f"{rate:.4g}")
            needed = [by_hand(surface, optimizer, rate, each, **betas) for each in starts]
            medians[rate, *betas.values()] = sorted(needed)[4]
            of_starts[rate, *betas.values()] = needed
    least = min(medians.values())
    compared = fallline.compare([optimizer], [surface], budget=BUDGET, tries=TRIED)
    assert compared.gradients.tolist() == [[least]]
    (best,) = compared.best[0]
    if math.isfinite(least):
        values = tuple(best.values())
        assert medians[values] == least
        assert compared.of_starts[0, 0].tolist() == of_starts[values]
        table = compared.table()
        along = [rate for rate, *betas in medians if betas == [*values[1:]] and medians[rate, *betas] <= 2 * least]
        assert min(along) <= table["good_from"][0] <= values[0] <= table["good_to"][0] <= max(along)
    else:
        assert best is None
        assert optimizer == "adam", "of which three rates are tried"


def needed_by(rule, surface="bowl", **fields):
    own = {"rule": rule, "learning_rate": 1, **fields}
    return fallline.compare([own], [surface], budget=50, tries=24).gradients[0, 0]


def test_coming_to_the_goal_and_leaving_it_again_does_not_count():
    assert needed_by("w = where(t < 3, 1, 0)*(1 + 0*lr*g)") == 3
    assert needed_by("w = where(abs(t - 1) < 0.5, 0, where(t < 7, 1, 0))*(1 + 0*lr*g)") == 7
    assert needed_by("w = where(t < 50, 0, 1)*(1 + 0*lr*g)") == math.inf


def test_straying_half_a_map_outside_counts_as_never_however_it_ends():
    # The map of the bowl ends at 3, so that 6 is half a map outside.
    assert needed_by("w = where(t < 2, 5.99, 0)*(1 + 0*lr*g)") == 2
    assert needed_by("w = where(t < 2, 6.01, 0)*(1 + 0*lr*g)") == math.inf


ALL_KINDS = {"surfaces": ["rosenbrock"], "fits": ["noisy_line"], "networks": ["xor"]}


def start_of(compared, j, k):
    """The k-th start of a problem, as an own reading of the rules has it."""
    kind = compared.reply["problems"][j]["kind"]
    if kind == "network":
        return None
    problem = [{"surface": "rosenbrock"}, *({"dataset": name, "loss": "mse"} for name in ALL_KINDS["fits"])][j]
    found = fallline.run(problem=problem, optimizers=[{"name": "gd", "learning_rate": 1e-6}], stop={"max_steps": 1})
    (x0, x1), (y0, y1) = found.problem["domain"]
    turn = (k - 1) * math.pi / 1 if k else None  # of three starts: the catalog's, to its right, to its left
    x, y = found.start
    return [x, y] if k == 0 else [x + 0.04 * (x1 - x0) * math.cos(turn), y + 0.04 * (y1 - y0) * math.sin(turn)]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::fallline.SlowWarning")
def test_a_run_by_itself_needs_as_many_from_each_start_on_every_kind_of_problem():
    names = ["gd", "adam", "bfgs", "nelder_mead"]
    compared = fallline.compare(names, **ALL_KINDS, budget=120, tries=24, starts=3)
    assert compared.problems == ["Rosenbrock's banana", "Noisy line", "A network for XOR"]
    problems = [{"surface": "rosenbrock"}, *({"dataset": name, "loss": "mse"} for name in ALL_KINDS["fits"]),
                {"network": {"dataset": "xor"}}]  # fmt: skip
    solved = 0
    for i, name in enumerate(names):
        for j, problem in enumerate(problems):
            best, goal = compared.best[i][j], compared.reply["problems"][j]["goal"]
            for k in range(3) if best else ():
                start, seed = start_of(compared, j, k), k
                run = fallline.run(
                    problem=problem,
                    optimizers=[{"name": name, **best}],
                    stop={"max_steps": 120},
                    start=start,
                    seed=seed,
                )[0]
                spent = np.maximum(run.evaluations["gradient"], run.evaluations["loss"])
                loss, spent = run.loss[spent <= 120], spent[spent <= 120]
                above = np.flatnonzero(~(loss <= goal))
                after = above[-1] + 1 if above.size else 0
                expected = max(1, spent[after]) if after < len(spent) and run.stop_reason != "diverged" else math.inf
                assert compared.of_starts[i, j, k] == expected, (name, problem, k)
                solved += 1
    assert solved > 20


def test_newtons_method_pays_for_its_hessians():
    (needed,) = fallline.compare(["newton"], ["bowl"], budget=90, tries=24, starts=1).of_starts[0, 0]
    run = fallline.run("surface=bowl&optimizer=newton:learning_rate=1&max_steps=30")[0]
    steps = int(np.flatnonzero(run.loss <= 0.001)[0])
    assert needed % 3 == 0
    assert needed >= 3 * steps


def test_whoever_draws_batches_has_a_seed_at_each_start():
    one = {"name": "sgd", "batch_size": 1, "label": "one point"}
    compared = fallline.compare([one, "gd"], [], fits=["noisy_line"], budget=200, tries=24, starts=3, goal=0.05)
    best, goal = compared.best[0][0], compared.reply["problems"][0]["goal"]
    problem, (x, y) = {"dataset": "noisy_line", "loss": "mse"}, (1, 0)
    for k, start in enumerate([(x, y), (x + 0.04 * 7, y), (x - 0.04 * 7, y)]):
        run = fallline.run(problem=problem, optimizers=[{**one, **best}], start=start, seed=k, stop={"max_steps": 200})[
            0
        ]
        above = np.flatnonzero(run.loss > goal)
        expected = above[-1] + 1 if above[-1] < 200 else math.inf
        assert compared.of_starts[0, 0, k] == expected


@pytest.mark.parametrize("name", OPTIMIZER_MODELS)
def test_each_tries_as_many_values_and_keeps_what_is_given(name):
    choice = OPTIMIZER_MODELS[name].model_validate({"name": name})
    axes = tried_values(choice, 240)
    assert math.prod(map(len, axes.values())) == 240
    rate = OPTIMIZER_MODELS[name].declaration.params["learning_rate"]
    assert (axes["learning_rate"][0], axes["learning_rate"][-1]) == (rate.min, rate.max)
    held = OPTIMIZER_MODELS[name].model_validate({"name": name, "learning_rate": 0.5})
    assert "learning_rate" not in tried_values(held, 240)


def test_what_is_held_is_said():
    compared = fallline.compare(["adam", "adam:learning_rate=0.1,beta1=0.9,beta2=0.999", "adam"], ["bowl"], tries=24)
    assert compared.optimizers == ["Adam", "Adam (2)", "Adam (3)"]
    assert "Adam (2) is held at what was given, and tried 1." in compared.notes
    assert compared.best[1] == [{}]
    assert compared.gradients[0, 0] == compared.gradients[2, 0]


def test_the_same_call_gives_the_same_numbers():
    first, again = (fallline.compare(["rmsprop", "lion"], ["bowl", "saddle"], tries=24, budget=200) for _ in range(2))
    assert first.reply == again.reply
    assert (str(first), first.svg(), first.profile().svg()) == (str(again), again.svg(), again.profile().svg())


def test_the_line_in_the_terminal_moves_while_one_optimizer_is_tuned(monkeypatch, capsys):
    for name in ("SHOWN_AFTER", "REWRITTEN_AFTER"):
        monkeypatch.setattr(f"fallline.progress_line.{name}", 0)
    compared = fallline.compare(["gd", "adam"], ["bowl"], tries=24, budget=2000, starts=1, progress=True)
    told = [int(share) for share in re.findall(r"compare: (\d+) %, Ctrl-C cancels", capsys.readouterr().err)]
    assert told == sorted(told)
    assert len([share for share in told if 0 < share < 50]) > 5, "of the first of two"
    assert np.isfinite(compared.gradients).all()


def test_its_json_has_every_number_and_null_for_never(compared):
    told = json.loads(compared.to_json())
    assert told["optimizers"] == compared.optimizers
    needed = [[math.inf if each["gradients"] is None else each["gradients"] for each in row] for row in told["needed"]]
    assert needed == compared.gradients.tolist()
    assert math.inf in compared.gradients
    assert [[each["best"] for each in row] for row in told["needed"]] == compared.best
    assert [each["goal"] for each in told["problems"]] == compared.table()["goal"][:4].tolist()


NEEDED = np.array([[1, 2, 4, math.inf], [2, 2, math.inf, math.inf], [math.inf, 4, 8, math.inf]])
"""Three solvers on four problems, the last of which none solves."""


def test_performance_profiles_are_those_worked_out_by_hand():
    # The least of the problems: 1, 2, 4, none.
    ratios = performance_ratios(NEEDED)
    inf = math.inf
    assert ratios.tolist() == [[1, 1, 1, inf], [2, 1, inf, inf], [inf, 2, 2, inf]]
    assert shares_within(ratios, np.array([1, 1.99, 2, math.inf])).tolist() == [
        [0.75, 0.75, 0.75, 0.75],
        [0.25, 0.25, 0.5, 0.5],
        [0, 0, 0.5, 0.5],
    ]


@pytest.fixture(scope="module")
def compared():
    return fallline.compare(
        ["gd", "adam", "rprop", "lion"], ["bowl", "ravine", "rosenbrock", "griewank"], budget=300, tries=24
    )


def test_the_table_in_markdown_has_every_number(compared):
    said, _, heads, _, *rows = str(compared).splitlines()
    assert said == compared.sentence
    order = [compared.optimizers.index(name) for name in heads.strip("| ").split(" | ")[1:]]
    for j, problem in enumerate(compared.problems):
        name, *cells = rows[j].strip("| ").split(" | ")
        assert name == problem
        for k, text in zip(order, cells, strict=True):
            needed, least = compared.gradients[k, j], compared.gradients[:, j].min()
            plain = "never" if math.isinf(needed) else f"{needed:,.0f}"
            assert text == (f"**{plain}**" if needed == least < math.inf else plain)
    assert rows[-1] == " ".join([compared.rules, *compared.notes])
    there = np.isfinite(compared.gradients).sum(axis=1)
    assert [int(cell[0]) for cell in rows[4].strip("| ").split(" | ")[1:]] == there[order].tolist()


def test_the_sentence_says_who_is_there_most_often(compared):
    there = np.isfinite(compared.gradients).sum(axis=1)
    twice = (compared.ratios <= 2).sum(axis=1)
    who, most, quick, often = re.fullmatch(
        r"(.*) stays? at the goal on (\d) of 4 surfaces; (.*) needs? at most twice the fewest gradients on (\d)\.",
        compared.sentence,
    ).groups()
    for names, count, counts in ((who, most, there), (quick, often, twice)):
        assert int(count) == counts.max()
        expected = {name for name, each in zip(compared.optimizers, counts, strict=True) if each == counts.max()}
        assert set(re.split(", | and ", names)) == expected


def test_the_csv_is_the_table(compared, tmp_path):
    text = compared.to_csv(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text() == text
    rows = [*csv.DictReader(io.StringIO(text))]
    table = compared.table()
    assert [*rows[0]] == [*table]
    assert len(rows) == 16
    assert [float(row["gradients"]) for row in rows] == compared.gradients.ravel().tolist()
    for row, i, j in zip(rows, np.repeat(range(4), 4), np.tile(range(4), 4), strict=True):
        assert (row["optimizer"], row["problem"]) == (compared.optimizers[i], compared.problems[j])
        for name, value in (compared.best[i][j] or {}).items():
            assert float(row[name]) == value


def texts(svg):
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_the_heat_map_has_every_number_and_hatches_what_is_never_there(compared):
    for theme in ("day", "night"):
        svg = compared.svg(theme=theme)
        numbers = [f"{needed:,.0f}" for needed in compared.gradients[np.isfinite(compared.gradients)]]
        shown = texts(svg)
        assert all(shown.count(text) >= numbers.count(text) for text in numbers)
        assert {*compared.problems, *compared.optimizers} <= {*shown}
        # and once in the legend
        assert svg.count('fill="url(#never)"') == np.isinf(compared.gradients).sum() + 1
    with pytest.raises(fallline.SpecError, match="width"):
        compared.svg(width=10)
    with pytest.raises(fallline.SpecError, match="theme"):
        compared.profile().svg(theme="dusk")


def test_the_profiles_end_at_the_share_of_goals_reached(compared):
    root = ElementTree.fromstring(compared.profile().svg())
    paths = root.iter("{http://www.w3.org/2000/svg}path")
    lines = [each.get("d") for each in paths if each.get("stroke-linejoin")]
    stairs = [np.array(re.findall(r"[ML](\S+) (\S+?)(?=[ML]|$)", d), float) for d in lines]
    assert len(stairs) == 4
    there = np.isfinite(compared.gradients).mean(axis=1)
    # Drawn last is the first; they end beside each other where they are equal, at most 5 pixels of 304 away.
    for line, share in zip(reversed(stairs), there, strict=True):
        assert (line[:, 0] >= 52).all()
        assert (344 - line[-1, 1]) / 304 == pytest.approx(share, abs=5 / 304)


def test_the_profiles_are_json_with_null_for_never(compared):
    profiles = compared.profile()
    told = json.loads(profiles.to_json())
    assert (told["of"], told["optimizers"]) == ("the 4 surfaces", profiles.names)
    ratios = [[math.inf if ratio is None else ratio for ratio in row] for row in told["ratios"]]
    assert ratios == profiles.ratios.tolist()
    assert any(math.inf in row for row in ratios)


def test_a_figure_for_a_paper_is_as_wide_as_it_is_asked_for(compared, tmp_path):
    for picture in (compared, compared.profile()):
        picture.save(tmp_path / "column.svg", width="88mm", title="")
        root = ElementTree.fromstring((tmp_path / "column.svg").read_text(encoding="utf-8"))
        assert root.get("width") == "88mm"
        assert compared.rules[:20] not in " ".join(texts(picture.svg(title="")))
        assert "Who is quick" in texts(picture.svg(title="Who is quick"))
    assert compared.profile().shares([1, math.inf]).shape == (4, 2)


def test_a_notebook_shows_the_picture_and_the_table(compared):
    html = compared._repr_html_()
    assert html.startswith("<p>")
    assert "<img " in html
    assert html.count("<tr>") == 17
    assert compared._repr_svg_() == compared.svg()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"tries": 100}, "tries must be a multiple of 24, so that all have as many; got 100"),
        ({"starts": 4}, "starts must be odd, so that one is in their middle; got 4"),
        ({"budget": 1}, "budget must be at least 2; got 1"),
        ({"goal": 0}, "goal must be above 0; got 0"),
        ({"surfaces": []}, "surfaces, fits and networks must name at least one problem; got none"),
        ({"optimizers": []}, "optimizers must be at least one"),
        ({"surfaces": ["bowll"]}, "problem.surface .*bowl"),
        ({"optimizers": ["adamm"]}, "optimizers.0..name .*adam"),
        ({"optimizers": ["adam:beta1=2"]}, "optimizers.0..beta1"),
        ({"optimizers": ["sgd"]}, "optimizers.0..noise"),
        (
            {"surfaces": [], "networks": ["xor"], "optimizers": ["newton"]},
            "optimizers.0..name needs second derivatives",
        ),
    ],
)
def test_what_is_wrong_is_told(given, says):
    with pytest.raises((ValueError, fallline.SpecError), match=says):
        fallline.compare(**{"optimizers": ["gd"], "surfaces": ["bowl"], **given})
