"""`Tape.playground`: recorded paths on the plane of their directions, served as they were recorded."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import numpy as np
import pytest

import fallline
from fallline.playgrounds import Playground
from fallline.tape_plane import PlaneOfTapes

SCALES = np.array([1.0, 4.0, 2.0])
POINTS = np.array([[3.0, 1.0, 0.0], [2.0, 0.5, 0.4], [1.0, -0.5, -0.3], [0.5, 0.2, 0.3], [0.1, 0.0, -0.1]])
RECORDED = [9.0, 5.0, 2.5, 1.5, 1.25]
"""Losses that no loss at the points has: those of the path are shown, and none that is computed."""


def loss(w: np.ndarray) -> float:
    return float(SCALES @ w**2)


def tapes() -> tuple[fallline.Tape, fallline.Tape]:
    first = fallline.path(POINTS, RECORDED, label="Recorded")
    return first, fallline.path(POINTS[:4] * [1, -1, 1], label="Every third", steps=[0, 3, 6, 9])


@pytest.fixture(scope="module")
def plane() -> PlaneOfTapes:
    first, second = tapes()
    return first.plane(loss, beside=[second], resolution=2, progress=False)


@pytest.fixture
def page() -> Iterator[Playground]:
    first, second = tapes()
    page = first.playground(loss, beside=[second], open=False, progress=False)
    yield page
    page.close()


def ask(page: Playground, path: str, **body: object) -> httpx.Response:
    base, query = page.url.split("/?")
    if not body:
        return httpx.get(f"{base}/api/v1{path}?{query}", timeout=300)
    return httpx.post(f"{base}/api/v1{path}", json=body, timeout=300)


PROBLEM = {"surface": "own.plane_of_Recorded"}


def test_the_runs_are_the_paths_with_their_own_losses(page: Playground, plane: PlaneOfTapes) -> None:
    first, second = ask(page, "/trajectories").json()["runs"]
    assert first["loss"] == RECORDED
    assert second["loss"] == pytest.approx([loss(w) for w in POINTS[:4] * [1, -1, 1]])
    for run, seen in zip((first, second), plane.seen, strict=True):
        assert pytest.approx(seen.places) == np.array(list(run["parameters"].values())).T
        assert run["recorded"]["distance"] == pytest.approx(seen.away)
        assert run["recorded"]["share"] == pytest.approx(seen.share)
        assert "end_point" not in run
    assert first["gradient"]["x"] == [None] * 4
    assert (second["recorded"]["steps"], second["stop_reason"]) == ([0, 3, 6, 9], "method_done")
    assert second["sentence"] == "the recorded path ends with its row 3"
    assert "Its last row, 3, is step 9." in second["notes"][-1]
    assert plane.sentence in first["notes"]


def test_a_stream_has_the_same_rows(page: Playground) -> None:
    events = ask(page, "/trajectories/stream").text
    assert '"loss":[9.0,5.0,2.5,1.5,1.25]' in events
    assert "event: done" in events


def test_the_map_is_the_loss_of_the_plane(page: Playground, plane: PlaneOfTapes) -> None:
    ground = ask(page, "/landscape", problem=PROBLEM, resolution=4).json()
    across, up = ground["x"][2], ground["y"][1]
    at = plane.origin + across * plane.directions[0] + up * plane.directions[1]
    assert ground["loss"][1][2] == pytest.approx(loss(at))


def test_max_steps_cuts_a_path_short(page: Playground) -> None:
    runs = [{"name": "own.Recorded"}]
    (run,) = ask(page, "/trajectories", problem=PROBLEM, optimizers=runs, stop={"max_steps": 2}).json()["runs"]
    assert (run["loss"], run["stop_reason"]) == (RECORDED[:3], "max_steps")


@pytest.mark.parametrize(
    ("path", "run", "beside"),
    [
        ("/trajectories/step", {}, {"t": 1}),
        ("/trajectories/basins", {}, {}),
        ("/trajectories/quantities", {}, {}),
        ("/trajectories/sweep", {}, {"over": {"learning_rate": {"from": 0.5, "to": 1, "count": 3}}}),
        ("/trajectories", {"noise": 1.0}, {}),
        ("/trajectories", {"changes": [{"at": 1, "name": "gd"}]}, {}),
    ],
)
def test_nothing_of_it_is_set_or_run_anew(page: Playground, path: str, run: dict, beside: dict) -> None:
    refused = ask(page, path, problem=PROBLEM, optimizers=[{"name": "own.Recorded", **run}], **beside)
    assert refused.status_code == 422
    assert refused.json()["detail"][0]["type"] == "recorded_only"


def test_it_is_shown_on_no_other_problem_and_no_run_goes_over_to_it(page: Playground) -> None:
    elsewhere = ask(page, "/trajectories", problem={"surface": "bowl"}, optimizers=[{"name": "own.Recorded"}])
    assert elsewhere.json()["detail"][0]["type"] == "recorded_elsewhere"
    change = {"at": 1, "name": "own.Recorded"}
    over = ask(page, "/trajectories", problem=PROBLEM, optimizers=[{"name": "gd", "changes": [change]}])
    assert over.json()["detail"][0]["type"] == "recorded_only"


def test_another_optimizer_descends_the_loss_of_the_plane(page: Playground, plane: PlaneOfTapes) -> None:
    gd = {"name": "gd", "learning_rate": 0.01}
    (run,) = ask(page, "/trajectories", problem=PROBLEM, optimizers=[gd], stop={"max_steps": 1}).json()["runs"]
    assert run["loss"][0] == pytest.approx(plane.seen[0].below[0])
    assert run["loss"][1] < run["loss"][0]


def test_a_long_path_is_thinned_and_a_second_page_replaces_the_first() -> None:
    way = np.linspace(3, 0, 4001)
    points = np.stack([way, way**2, np.sin(way)], axis=1)
    for _ in range(2):
        page = fallline.path(points, label="Long").playground(loss, open=False, progress=False)
        (run,) = ask(page, "/trajectories").json()["runs"]
        page.close()
        assert run["optimizer"]["name"] == "own.Long"
        assert len(run["loss"]) <= 2000
        assert run["recorded"]["steps"][-1] == 4000


def test_what_cannot_be_shown_is_said() -> None:
    with pytest.raises(ValueError, match="labels of their own; got path, path"):
        fallline.path(POINTS).playground(loss, beside=[fallline.path(POINTS)], open=False, progress=False)
    diverging = fallline.path(POINTS, [*RECORDED[:4], np.inf])
    with pytest.raises(ValueError, match="the loss of path at step 4 is not finite"):
        diverging.playground(loss, open=False, progress=False)
