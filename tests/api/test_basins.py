"""Where each of many starts ends, against single runs and against what can be said by hand."""

import numpy as np
import pytest

import fallline
from tests.api.specs import events, run

BASINS = "/api/v1/trajectories/basins"
HIMMELBLAU = {
    "problem": {"surface": "himmelblau"},
    "optimizers": [{"name": "heavy_ball", "learning_rate": 0.01, "beta": 0.9}],
    "stop": {"max_steps": 300},
}


def ask(client, **fields):
    reply = client.post(BASINS, json=fields)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_each_start_ends_where_its_own_run_ends(client):
    told = ask(client, **HIMMELBLAU, resolution=5)
    minima = np.array(told["minima"])
    assert minima.shape[1] == 3
    for row, y in zip(told["end"], told["y"], strict=True):
        for index, x in zip(row, told["x"], strict=True):
            single = fallline.run(HIMMELBLAU, start=[x, y]).runs[0]
            if single.stop_reason == "diverged":
                assert index == -2
                continue
            end = [single.parameters["x"][-1], single.parameters["y"][-1]]
            distances = np.linalg.norm(minima[:, :2] - end, axis=1)
            assert index == (distances.argmin() if distances.min() < 0.01 else -1)


def test_the_shares_are_of_all_starts(client):
    told = ask(client, **HIMMELBLAU, resolution=16)
    ends = np.array(told["end"])
    for index, share in enumerate(told["shares"]):
        assert share == pytest.approx(np.mean(ends == index))
    assert sum(told["shares"]) + told["share_elsewhere"] + told["share_diverged"] == pytest.approx(1)


RATES = [0.0005, 0.005, 0.02]


@pytest.fixture(scope="module")
def over_rates(client):
    """The shares at some rates, in one reply."""
    return ask(client, **HIMMELBLAU, domain=[[-6, 6], [-6, 6]], resolution=32, over={"learning_rate": RATES})


@pytest.mark.parametrize("rate", RATES)
def test_the_shares_at_a_rate_are_those_of_heavy_ball_by_hand(client, over_rates, rate):
    """w and v in NumPy, v = beta v + g, w = w - rate v, on Himmelblau's gradient by hand; minima from the literature."""
    told = ask(client, **{**HIMMELBLAU, "optimizers": [{"name": "heavy_ball", "learning_rate": rate, "beta": 0.9}]},
               domain=[[-6, 6], [-6, 6]], resolution=32)  # fmt: skip
    x, y = np.meshgrid(np.linspace(-6, 6, 32), np.linspace(-6, 6, 32))
    vx, vy = np.zeros_like(x), np.zeros_like(y)
    with np.errstate(all="ignore"):
        for _ in range(300):
            a, b = x**2 + y - 11, x + y**2 - 7
            vx, vy = 0.9 * vx + 4 * x * a + 2 * b, 0.9 * vy + 2 * a + 4 * y * b
            x, y = x - rate * vx, y - rate * vy
    by_hand = {}
    for at in [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]:
        by_hand[at] = np.mean(np.hypot(x - at[0], y - at[1]) < 0.02)
    assert by_hand[3, 2] > 0.1
    for (*at, _), share in zip(told["minima"], told["shares"], strict=True):
        nearest = min(by_hand, key=lambda other: np.hypot(at[0] - other[0], at[1] - other[1]))
        assert share == pytest.approx(by_hand[nearest])
    assert told["share_diverged"] == pytest.approx(np.mean(~np.isfinite(x + y)))
    over, which = over_rates["over"], RATES.index(rate)
    assert (over["name"], over["values"]) == ("learning_rate", RATES)
    assert (over_rates["minima"], over["shares"][which]) == (told["minima"], told["shares"])
    assert [over["share_elsewhere"][which], over["share_diverged"][which]] == [
        told["share_elsewhere"], told["share_diverged"],
    ]  # fmt: skip


def test_a_minimum_that_other_values_find_is_listed_for_all(client):
    """Of Rastrigin's many minima the catalog knows one: x**2 + y**2 less their cosines, one near each pair of integers."""
    fields = {"problem": {"surface": "rastrigin"}, "stop": {"max_steps": 60}, "resolution": 12}
    rates = [0.0005, 0.002, 0.006]
    told = ask(client, **fields, optimizers=[{"name": "gd", "learning_rate": 1e-7}], over={"learning_rate": rates})
    minima = np.array(told["minima"])
    assert len({(round(x), round(y)) for x, y, _ in minima}) == len(minima) > 40
    assert len(told["shares"]) == len(minima)
    assert np.sum(told["shares"]) + told["share_elsewhere"] == pytest.approx(1)
    for rate, shares in zip(rates, told["over"]["shares"], strict=True):
        alone = ask(client, **fields, optimizers=[{"name": "gd", "learning_rate": rate}])
        by_place = {(round(x), round(y)): share for (x, y, _), share in zip(minima, shares, strict=True) if share}
        expected = {(round(x), round(y)): share
                    for (x, y, _), share in zip(alone["minima"], alone["shares"], strict=True) if share}  # fmt: skip
        assert by_place == expected


def test_values_that_lanes_have_no_room_for_are_told_as_they_come_and_each_is_as_by_itself(client):
    asked = {**HIMMELBLAU, "resolution": 64, "stop": {"max_steps": 40}, "over": {"beta": [0, 0.5, 0.9]}}
    reply = client.post(BASINS, json=asked, headers={"Accept": "text/event-stream"})
    *before, (last, _, whole) = events(reply.text)
    assert (last, whole) == ("done", ask(client, **asked))
    so_far = [data["so_far"]["over"] for _, _, data in before if data["so_far"]]
    assert [each and len(each["values"]) for each in so_far if each] == [1, 2, 3]
    done = [data["done"] for name, _, data in before if name == "progress"]
    assert done == sorted(done)
    ball = {**HIMMELBLAU["optimizers"][0], "beta": 0.5}
    alone = ask(client, **{**asked, "over": None, "optimizers": [ball]})
    assert whole["over"]["shares"][1] == alone["shares"]
    assert alone["over"] is None


def test_descent_on_two_wells_ends_on_the_side_where_it_began(client):
    """x**4 - x**2: by symmetry half of the starts end at -1/sqrt(2), half at 1/sqrt(2); both are found."""
    told = ask(client, problem={"expression": "x^4 - x^2"}, optimizers=[{"name": "gd", "learning_rate": 0.05}],
               stop={"max_steps": 400}, domain=[[-1, 1]], resolution=40)  # fmt: skip
    assert told["y"] is None
    assert np.sort(np.array(told["minima"])[:, 0]) == pytest.approx([-(0.5**0.5), 0.5**0.5])
    assert told["shares"] == [0.5, 0.5]
    left = [at[0] < 0 for at in told["minima"]].index(True)
    assert [end == left for end in told["end"]] == [x < 0 for x in told["x"]]


def test_past_two_over_the_curvature_every_start_diverges(client):
    steps = {"max_steps": 2000}
    told = ask(client, problem={"expression": "x^2 + y^2"}, optimizers=[{"name": "gd", "learning_rate": 1.2}],
               stop=steps, resolution=4)  # fmt: skip
    assert told["share_diverged"] == 1
    assert set(np.ravel(told["end"])) == {-2}


@pytest.mark.parametrize(
    ("fields", "loc", "code"),
    [
        ({"resolution": 257}, ["body", "resolution"], "out_of_range"),
        ({"domain": [[1, 1], [0, 1]]}, ["body", "domain", 0], "empty_interval"),
        ({"domain": [[0, 1]]}, ["body", "domain"], "wrong_axes"),
        ({"problem": {"network": {"dataset": "xor"}}}, ["body", "problem"], "needs_map"),
        ({"resolution": 256, "stop": {"max_steps": 100_000}}, ["body", "stop", "max_steps"], "work_too_large"),
        (
            {"over": {"learning_rate": [0.01] * 64}, "resolution": 256, "stop": {"max_steps": 2000}},
            ["body", "stop", "max_steps"],
            "work_too_large",
        ),
        ({"over": {"gamma": [0.9]}}, ["body", "over", "gamma"], "unknown_name"),
        ({"over": {"learning_rate": [0.1, -1]}}, ["body", "over", "learning_rate", 1], "out_of_range"),
        ({"over": {"learning_rate": []}}, ["body", "over", "learning_rate"], "too_few"),
        ({"over": {"learning_rate": [0.1] * 65}}, ["body", "over", "learning_rate"], "too_many"),
        ({"over": {"learning_rate": [0.1], "beta": [0.9]}}, ["body", "over"], "too_many"),
        ({"over": {"learning_rate": 0.1}}, ["body", "over", "learning_rate"], "not_a_list"),
    ],
)
def test_what_cannot_be_run_from_everywhere_is_refused(client, fields, loc, code):
    reply = client.post(BASINS, json={**HIMMELBLAU, **fields})
    (error,) = reply.json()["detail"]
    assert (reply.status_code, error["loc"], error["type"]) == (422, loc, code)


def test_a_method_that_takes_one_point_at_a_time_runs_from_one_start_after_the_other(client):
    told = ask(client, **{**HIMMELBLAU, "optimizers": [run("bfgs")]}, resolution=2, domain=[[2, 4], [-3, 3]])
    starts = [[[2, -3], [4, -3]], [[2, 3], [4, 3]]]
    assert told["n_steps"] == [
        [fallline.run(HIMMELBLAU, optimizers=[run("bfgs")], start=start)[0].n_steps for start in row] for row in starts
    ]


def test_the_library_has_the_same(client):
    here = fallline.basins(HIMMELBLAU, resolution=8, domain=[[-5, 5], [-4, 4]])
    told = ask(client, **HIMMELBLAU, resolution=8, domain=[[-5, 5], [-4, 4]])
    assert here.end.tolist() == told["end"]
    assert here.shares.tolist() == told["shares"]
    assert here.minima.shape == (len(told["minima"]), 3)
    assert "Basins of 64 starts" in repr(here)
    assert here.shares_over is None
    over = {"learning_rate": np.array([0.001, 0.02])}
    here = fallline.basins(HIMMELBLAU, resolution=8, over=over)
    assert here.shares_over.tolist() == ask(client, **HIMMELBLAU, resolution=8, over={"learning_rate": [0.001, 0.02]})[
        "over"]["shares"]  # fmt: skip


def test_as_events_the_map_grows_finer_to_the_same_as_in_one_reply(client):
    asked = {**HIMMELBLAU, "resolution": 64, "stop": {"max_steps": 60}}
    reply = client.post(BASINS, json=asked, headers={"Accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    *before, (last, _, whole) = events(reply.text)
    assert last == "done"
    assert whole == ask(client, **asked)
    shares = [data["done"] for name, _, data in before if name == "progress"]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.1 < 0.9 < shares[-1] <= 1
    coarse = [data["so_far"] for _, _, data in before if data["so_far"]]
    assert [len(each["x"]) for each in coarse] == [16, 32]
    for stride, each in zip((4, 2), coarse, strict=True):
        assert each["x"] == whole["x"][::stride]
        assert each["n_steps"] == [row[::stride] for row in whole["n_steps"][::stride]]
        known = [[-2 if end == -2 else end in range(4) for end in row] for row in each["end"]]
        ends = [row[::stride] for row in whole["end"][::stride]]
        assert known == [[-2 if end == -2 else end in range(4) for end in row] for row in ends]


def test_what_is_refused_as_events_is_refused_before_any(client):
    asked = {**HIMMELBLAU, "problem": {"network": {"dataset": "xor"}}}
    reply = client.post(BASINS, json=asked, headers={"Accept": "text/event-stream"})
    assert (reply.status_code, reply.json()["detail"][0]["type"]) == (422, "needs_map")
    assert client.post(BASINS, json=HIMMELBLAU, headers={"Accept": "text/csv"}).status_code == 406
