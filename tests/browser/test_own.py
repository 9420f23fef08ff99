"""Code of one's own on the page: in its lists, with sliders, followed as it is saved, and its faults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

import fallline
from tests.browser.conftest import Faults
from tests.server import Server, start_server

CODE = '''
import fallline

def mine(w, g, state, t, lr, beta):
    """Momentum, from memory."""
    m = beta * state.get("m", 0 * w) + g
    return w - lr * m, {"m": m}

def breaks(w, g, state, t, lr=0.02):
    if t == 12:
        raise ValueError("math domain error")
    return w - lr * g, state

fallline.from_function(mine, lr=0.01, beta=0.9, label="Mine")
fallline.from_function(breaks)
'''


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own") / "my_optimizers.py"


@pytest.fixture(scope="module")
def own_server(file: Path) -> Iterator[Server]:
    file.write_text(CODE)
    server = start_server("--with", str(file))
    yield server
    server.stop()


@pytest.fixture
def url(own_server: Server, file: Path, page: Page, faults: Faults) -> Iterator[str]:
    file.write_text(CODE)
    faults.origin = own_server.url
    yield own_server.url
    page.goto("about:blank")  # it waits for what is saved


def test_ones_own_is_in_the_list_and_its_file_is_followed_as_it_is_saved(page: Page, url: str, file: Path) -> None:
    page.goto(f"{url}/?surface=bowl&optimizer=adam&max_steps=30#step=30")
    page.get_by_role("button", name="Add a run").click()
    yours = page.locator(".family", has=page.get_by_role("heading", name="Yours"))
    yours.get_by_role("button", name="Mine").click()
    card = page.locator(".run[data-own]")
    expect(card).to_contain_text("Mine")
    standings = page.locator(".standings")
    expect(standings).to_contain_text(_loss_of_30_steps(0.9))
    file.write_text(CODE.replace("beta * state", "beta / 2 * state"))
    expect(standings).to_contain_text(_loss_of_30_steps(0.45))
    file.write_text(CODE.replace("def breaks(", "def breaks(("))
    told = page.locator(".own-fault")
    expect(told).to_contain_text("my_optimizers.py, line 9: SyntaxError")
    expect(told).to_contain_text("What it gave before stands.")
    expect(card).to_contain_text("Mine")
    file.write_text(CODE)
    expect(told).to_have_count(0)


def test_a_page_that_opened_while_the_file_was_saved_has_what_it_makes(page: Page, url: str) -> None:
    def without_own(route: Route) -> None:
        reply = route.fetch()
        catalog = reply.json()
        catalog["optimizers"] = [each for each in catalog["optimizers"] if not each["name"].startswith("own.")]
        route.fulfill(response=reply, json=catalog)

    page.route("**/api/v1/catalog/brief", without_own)
    page.goto(f"{url}/?surface=bowl&optimizer=adam&max_steps=30#step=30")
    page.get_by_role("button", name="Add a run").click()
    expect(page.get_by_role("dialog", name="Add a run").get_by_role("button", name="Mine")).to_be_visible()


def test_the_optimizers_to_choose_from_stand_in_the_same_groups_and_say_what_they_are(page: Page, url: str) -> None:
    page.goto(f"{url}/?surface=bowl&optimizer=adam&max_steps=30#step=30&run=0")
    groups = page.locator(".run").get_by_label("Optimizer", exact=True).locator("optgroup")
    expect(groups).to_have_count(5)
    names = [group.get_attribute("label") for group in groups.all()]
    assert names[-1] == "Yours"
    expect(groups.last.locator("option")).to_have_text(["Mine", "breaks"])
    page.get_by_role("button", name="Add a run").click()
    dialog = page.get_by_role("dialog", name="Add a run")
    expect(dialog.get_by_role("heading")).to_have_text(names)
    words = dialog.locator(".choice-words")
    dialog.get_by_role("button", name="Heavy ball").hover()
    expect(words).to_contain_text("Adds a share of the last step to each new one")
    dialog.get_by_role("button", name="Mine").focus()
    expect(words).to_contain_text("Momentum, from memory.")


def _loss_of_30_steps(beta: float) -> str:
    """Momentum at the rate 0.01 on the bowl x^2 + 2 y^2, from where its descents begin."""
    (x, y), (mx, my) = (-2.5, 2.0), (0.0, 0.0)
    for _ in range(30):
        mx, my = beta * mx + 2 * x, beta * my + 4 * y
        x, y = x - 0.01 * mx, y - 0.01 * my
    return f"{x**2 + 2 * y**2:.3g}"


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_fault_is_told_with_its_place_and_is_gone_once_the_file_is_mended(page: Page, url: str, file: Path) -> None:
    page.goto(f"{url}/?surface=bowl&optimizer=own.breaks&optimizer=adam&max_steps=30#step=30")
    fault = page.locator(".own-fault")
    expect(fault).to_contain_text("Fault in breaks, step 12")
    expect(fault).to_contain_text("ValueError: math domain error, in my_optimizers.py, line 11. 11 steps stand")
    expect(page.locator(".run[data-own] .run-fault")).to_contain_text("Its code fails at step 12.")
    fault.get_by_role("button", name="Working of step 11").click()
    expect(page.locator(".working-notes")).to_contain_text("The step itself is code: my_optimizers.py, line 9.")
    expect(page.locator(".names-step")).to_be_visible()
    file.write_text(CODE.replace("t == 12", "t == 99"))
    expect(fault).to_have_count(0)


def test_a_file_that_is_saved_while_the_page_opens_runs_as_it_was_saved(page: Page, url: str, file: Path) -> None:
    held: list[Route] = []
    page.route("**/catalog/own*", lambda route: held.append(route), times=1)
    page.goto(f"{url}/?surface=bowl&optimizer=own.breaks&max_steps=30#step=30")
    expect(page.locator(".run[data-own] .run-fault")).to_contain_text("at step 12")
    file.write_text(CODE.replace("t == 12", "t == 99"))
    held[0].continue_()
    expect(page.locator(".run[data-own] .run-fault")).to_be_empty()


LOSSES = """
def wavy(x, y):
    return x**2 + y**2 + np.sin(3 * x)

def curve(x):
    return x**4 - 3 * x**2 + x

def four(w):
    return (np.arange(1, 5) * w**2).sum()

fallline.from_loss(wavy, domain=[[-3, 3], [-2, 2]])
fallline.from_loss(curve, domain=[[-2.5, 2.5]], start=(-2,))
fallline.from_loss(four, domain=[[-2, 2]] * 4, label="Four squares")
"""


def test_ones_own_losses_have_a_heading_a_curve_and_a_plane(page: Page, url: str, file: Path) -> None:
    page.goto(f"{url}/lessons")
    file.write_text(f"import numpy as np{CODE}{LOSSES}")
    page.wait_for_function("async () => (await (await fetch('/api/v1/catalog/own')).text()).includes('four')")
    page.goto(f"{url}/?surface=own.curve&optimizer=own.mine&max_steps=30#step=20&run=0")
    expect(page.locator(".legend-bar:not(.is-empty)")).to_be_attached()
    expect(page.locator(".map-key")).to_contain_text("tangent")
    page.get_by_role("button", name="All 25 surfaces").click()
    surfaces = page.get_by_role("dialog", name="All surfaces")
    yours = surfaces.get_by_role("region", name="Yours")
    expect(yours.get_by_role("button")).to_have_text(["wavy", "curve", "4-DFour squares"])
    expect(surfaces.get_by_role("region", name="Built in").get_by_role("button")).to_have_count(22)
    yours.get_by_role("button", name="wavy").click()
    # Where motion is reduced the runs are at their end, which has no step to come.
    page.get_by_role("button", name="A step back").click()
    expect(page.locator(".map-key")).to_contain_text("−gradient, by central differences of the loss")
    page.locator(".explain-tabs").get_by_role("button", name="Working", exact=True).click()
    expect(page.locator(".working-source")).to_have_text("This gradient is by central differences of the loss.")
    page.get_by_role("button", name="All 25 surfaces").click()
    yours.get_by_role("button", name="4-D Four squares").click()
    words = page.locator(".plane-words")
    expect(words).to_contain_text("A plane through the start, along the two directions in which the path goes furthest")
    expect(words).to_contain_text("% of the path, by squared distance from that point")
    expect(words).to_contain_text("a dot that of its own run; its edge fades the further it lies off the plane, up to")
    expect(page.get_by_role("heading", level=1)).to_have_text("Four squares")
    page.wait_for_url("**surface=own.four**")
    page.reload()  # no thumbnail is there from before
    expect(words).to_contain_text("% of the path, by squared distance from that point")
    page.locator(".explain-tabs").get_by_role("button", name="Ends").click()
    expect(page.get_by_text("Four squares has too many parameters for a map of its starts.")).to_be_visible()


def test_a_recorded_path_has_its_own_losses_and_nothing_to_set(page: Page, faults: Faults) -> None:
    points = np.array([[3.0, 1.0, 0.0], [2.0, 0.5, 0.4], [1.0, -0.5, -0.3], [0.5, 0.2, 0.3]])
    tape = fallline.path(points, [9.0, 5.0, 2.5, 1.75], label="Kept", steps=[0, 5, 10, 15])
    shown = tape.playground(lambda w: float(w @ w), open=False, progress=False)
    faults.origin = shown.url.split("/?")[0]
    try:
        page.goto(f"{shown.url}#step=3&run=0")
        told = page.locator(".own-recorded")
        expect(told).to_contain_text("the ground those of the plane")
        expect(told).to_contain_text("Its contours are the losses of the plane, not of points beside it")
        expect(told).to_contain_text("Row 3 is its step 15.")
        expect(page.locator(".standings")).to_contain_text("1.75")
        card = page.locator(".run[data-recorded]")
        expect(card.locator(".slider")).to_have_count(0)
        expect(card).to_have_count(1)
        expect(card.locator("input:visible")).to_have_count(0)
        expect(page.locator(".map-key")).not_to_contain_text("gradient")
        expect(page.get_by_label("Start: x")).to_have_count(0)
        expect(page.locator(".map-start")).to_be_hidden()
        page.get_by_role("button", name="Compare", exact=True).last.click()
        expect(page.get_by_text("Kept was recorded, not run: nothing is computed anew of it.")).to_be_visible()
        page.get_by_role("button", name="Steps", exact=True).last.click()
        steps = page.locator("table.steps")
        expect(steps).to_contain_text("with the loss of that point, not of the plane")
        expect(steps.locator("thead")).not_to_contain_text("∂")
        expect(steps.locator("tbody tr").nth(1)).to_contain_text("5.0")
    finally:
        page.goto("about:blank")
        shown.close()
