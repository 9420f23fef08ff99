"""The data of a line fit and the working of its gradient, point by point."""

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import MOVE_TO, Playground, whole

DECK = (
    "/?points=0.6,1.1;0.8,1.2;1.1,2.1&loss=ssr&max_steps=60&optimizer=gd:learning_rate=0.1"
    "#step=0&run=0&explanation=working"
)
MANY = (
    "/?dataset=stopping_distance&standardize=true&loss=mse&max_steps=30"
    "&optimizer=mini_batch:learning_rate=0.05,batch_size=4#step=3&run=0&explanation=working"
)
ALL = (
    "/?dataset=stopping_distance&standardize=true&loss=mse&max_steps=30"
    "&optimizer=gd:learning_rate=0.3#step=3&run=0&explanation=working"
)


def rows(page: Page, name: str = "What each point adds") -> Locator:
    return page.get_by_role("list", name=name).get_by_role("listitem")


def point(page: Page, number: int) -> Locator:
    """The handle of a point, in the order of the data, from 1."""
    return page.locator(".data-handle").nth(number - 1)


def told(page: Page) -> Locator:
    return page.locator("#data-note")


def points(play: Playground) -> list[list[float]]:
    """The points that the address names."""
    found = re.search(r"points=([^&#]*)", play.query)
    assert found
    return [[float(value) for value in each.split(",")] for each in found[1].split(";")]


def test_a_point_out_of_the_rows_in_sight_comes_into_them(page: Page) -> None:
    Playground(page, ALL)
    expect(rows(page)).to_have_count(6)
    point(page, 49).hover()
    expect(page.locator(".term.is-lit .term-point")).to_have_text(["49", "49"])
    expect(rows(page)).to_have_count(6)
    expect(told(page)).to_contain_text("standardised")


def test_a_term_lights_its_point_and_a_point_its_term_by_mouse_and_by_keyboard(page: Page) -> None:
    play = Playground(page, DECK)
    expect(rows(page)).to_have_count(3)
    play.settle()
    dark = play.picture("#data-chart")
    rows(page).nth(2).hover()
    expect(told(page)).to_have_text("point 3 at 1.1, 2.1: residual 1.000")
    expect(page.locator(".term.is-lit")).to_have_count(2)  # its residual and what it adds
    play.repainted(dark, "#data-chart")
    page.mouse.move(5, 400)
    expect(page.locator(".term.is-lit")).to_have_count(0)
    expect(told(page)).to_have_text("drag a point")
    point(page, 1).hover()
    expect(page.locator(".term.is-lit")).to_have_text([re.compile("^1"), re.compile("^1")])
    expect(told(page)).to_contain_text("point 1 at 0.6, 1.1")
    page.mouse.move(5, 400)
    rows(page).first.focus()
    page.keyboard.press("ArrowDown")
    expect(told(page)).to_contain_text("point 2 at 0.8, 1.2")
    expect(rows(page).nth(1)).to_be_focused()
    point(page, 1).focus()
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")
    expect(point(page, 3)).to_be_focused()
    expect(page.locator(".term.is-lit .term-point")).to_have_text(["3", "3"])
    expect(point(page, 3)).to_have_accessible_name(
        "Point 3: x 1.1, y 2.1; residual 1.000; "
        "adds −2.200 to the gradient in slope and −2.000 to the gradient in intercept"
    )


def test_three_points_are_read_whole_and_arrow_keys_move_one_and_everything_follows(page: Page) -> None:
    play = Playground(page, DECK)
    expect(rows(page)).to_have_count(3)
    whole(page.locator("#data-chart"))
    for value in page.locator(".working-body .line-value:visible").all():
        whole(value)
    expect(page.locator("[data-result] .line-value:visible")).to_have_text(re.compile("1.344"))
    select = page.locator(".names-step select")
    assert select.evaluate("(part) => part.scrollWidth <= part.clientWidth")
    first = rows(page).first.locator(".line-value")
    expect(first).to_have_text("−0.6")
    point(page, 1).focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    play.says("points=0.6,1.1")
    expect(first).not_to_have_text("−0.6")
    (x, y), *others = points(play)
    assert x == 0.6
    assert 1.1 < y < 1.3
    assert others == [[0.8, 1.2], [1.1, 2.1]]
    expect(point(page, 1)).to_be_focused()
    page.keyboard.press("Delete")
    expect(rows(page)).to_have_count(2)
    assert points(play) == others


def factors(row: Locator) -> list[float]:
    """The numbers of a product as the eye sees them."""
    text = row.locator(".katex-html").inner_text().replace("−", "-")
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_the_numbers_in_sight_make_the_value_at_every_step(page: Page) -> None:
    play = Playground(page, MANY)
    for step in (4, 5):
        page.get_by_role("button", name="Step forward").click()
        expect(page.locator(".names-step .explanation-where")).to_have_text(
            f"step {step + 1}, from {step} to {step + 1}"
        )
        play.settle()
        for row in rows(page).all():
            value = float(row.locator(".line-value").inner_text().replace("−", "-"))
            assert math.prod(factors(row)) == pytest.approx(value, rel=2e-3)


def least_squares(data: list[list[float]]) -> tuple[float, float]:
    """Slope and intercept of the best line."""
    mean_x, mean_y = (sum(column) / len(data) for column in zip(*data, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in data) / sum((x - mean_x) ** 2 for x, _ in data)
    return slope, mean_y - slope * mean_x


def test_the_points_of_a_step_are_told_from_the_others_while_a_rate_is_dragged_and_after(page: Page) -> None:
    play = Playground(page, "/?points=0,0;1,1;2,2&max_steps=30&optimizer=gd:learning_rate=0.05,batch_size=1#step=4")
    hollow = page.locator("#data-chart [data-of=unseen]")
    expect(hollow).to_have_count(2)
    with play.held_rate(0):
        expect(hollow).to_have_count(2)
    expect(hollow).to_have_count(2)


def test_once_a_point_is_let_go_the_map_holds_the_minimum(page: Page) -> None:
    play = Playground(page, "/?points=0,0;1,1;2,2&max_steps=30&optimizer=gd:learning_rate=0.05")
    play.rest()
    page.locator("#data-chart").scroll_into_view_if_needed()
    held, chart = point(page, 3).bounding_box(), page.locator("#data-chart").bounding_box()
    assert held
    assert chart
    page.mouse.move(held["x"] + 12, held["y"] + 12)
    page.mouse.down()
    page.mouse.move(held["x"] + 12, chart["y"] + chart["height"] + 400, steps=6)
    with page.expect_response(lambda answer: "/landscape" in answer.url and "domain" not in answer.url) as found:
        page.mouse.up()
    sheet = found.value.json()
    best = least_squares(points(play))
    assert best[0] < -2, "else the map would have held it before"
    for axis, value in zip((sheet["x"], sheet["y"]), best, strict=True):
        assert axis[0] < value < axis[-1]


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark")])
def test_axe_finds_nothing(page: Page, axe: Callable[[Page], list[str]]) -> None:
    play = Playground(page, DECK)
    play.tab("Working")
    expect(rows(page)).to_have_count(3)
    expect(point(page, 3)).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_other_seeds_lie_in_a_band_which_the_address_keeps(page: Page) -> None:
    play = Playground(page, MANY.replace("&explanation=working", "").replace("&run=0", ""))
    band = page.locator("#loss-chart [data-of=band]")
    page.get_by_role("button", name="20 seeds").click()
    expect(band).to_have_count(1)
    expect(page.locator(".band-words")).to_have_text(
        "20 seeds: half of the runs lie in the band. Thick: their median. Thin: this run."
    )
    page.wait_for_url(re.compile("seeds=true"))
    page.reload()
    expect(band).to_have_count(1)
    play.page.goto("/?surface=bowl&optimizer=gd")
    expect(page.locator("#loss-chart path").first).to_be_attached()
    expect(page.get_by_role("button", name="20 seeds")).to_have_count(0)


def test_the_rows_that_a_step_reads_are_lit_and_those_to_come_are_told(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    play = Playground(
        page, "/?dataset=house_prices&standardize=true&loss=mse&start=-1,1&max_steps=30"
        "&optimizer=sgd:learning_rate=0.1,first_points=2,changes=10:first_points=null#step=0",
    )  # fmt: skip
    page.get_by_role("radio", name="table").click()
    rows, lit = page.locator(".samples tbody tr"), page.locator(".samples tr[aria-current] th")
    expect(rows.nth(2)).to_contain_text("Versailles")
    expect(rows.nth(2)).to_contain_text("not there yet")
    expect(page.locator(".kept")).to_contain_text("1 row of 2, 2 numbers; 2 more to come")
    for part in (rows.last, page.get_by_role("columnheader", name="price (euros)")):
        whole(part)
    first = lit.inner_text()
    play.button("A step forward").click()  # to the other of two
    expect(lit).not_to_have_text(first)
    page.keyboard.press("End")
    expect(page.locator(".kept")).to_contain_text("1 row of 4, 2 numbers")
    expect(page.locator("[data-later]")).to_have_count(0)
    assert axe(page) == []
    page.wait_for_url(re.compile("table=true"))
    page.get_by_role("radio", name="chart").click()
    expect(page.locator("#data-chart")).to_be_visible()


def test_runs_of_a_curve_are_not_drawn_as_lines_while_those_of_a_fit_are_on_their_way(page: Page) -> None:
    play = Playground(page, "/?expression=x^2&start=2&max_steps=20&optimizer=gd:learning_rate=0.1")
    page.route("**/trajectories**", lambda _: None)
    page.evaluate(MOVE_TO, DECK.partition("#")[0])
    expect(page.locator(".data-handle").first).to_be_visible()
    page.unroute("**/trajectories**")
    play.wait()
