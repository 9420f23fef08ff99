"""The address bar holds everything: back, forward, reload and a shared link show the same."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground


def test_back_and_forward_go_through_what_was_done(page: Page) -> None:
    play = Playground(page)
    play.rest()
    page.locator("#landscape .sheet", has_text="Himmelblau").click()
    himmelblau = play.query
    play.rate(0).fill("0.003")
    page.keyboard.press("Enter")
    changed = play.query
    page.go_back()
    expect(page.locator("#title h1")).to_have_text("Himmelblau")
    assert play.query.split("#")[0] == himmelblau.split("#")[0]
    page.go_back()
    expect(page.locator("#title h1")).to_have_text("Bowl")
    expect(play.rate(0)).to_have_value("0.05")
    page.go_forward()
    page.go_forward()
    assert play.query.split("#")[0] == changed.split("#")[0]
    expect(play.rate(0)).to_have_value("0.003")


@pytest.mark.usefixtures("context")  # a history of 50 steps grows no longer
def test_one_slide_is_one_step_back(page: Page) -> None:
    play = Playground(page)
    play.rest()
    length = page.evaluate("history.length")
    play.run(0).locator(".slider-input").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        play.settle()
    assert page.evaluate("history.length") == length + 1
    page.go_back()
    expect(play.rate(0)).to_have_value("0.05")


def test_a_link_shows_the_same_elsewhere_and_two_tabs_do_not_disturb_each_other(
    page: Page, context: BrowserContext
) -> None:
    address = f"{TWO}&start=1,-2&seed=3&window=-1,2,-2.5,0.5#step=12&run=0&hidden=1"
    here = Playground(page, address)
    there = Playground(context.new_page(), here.page.url)
    for play in (here, there):
        play.at(12)
        expect(play.run(1)).to_have_class("run slot-3 is-hidden")
    assert here.query == there.query
    assert here.sentence().inner_text() == there.sentence().inner_text()
    there.rate(0).fill("0.01")
    there.page.keyboard.press("Enter")
    there.settle()
    expect(here.rate(0)).to_have_value("0.05")


def test_what_an_address_says_that_cannot_be_read_is_told(page: Page) -> None:
    play = Playground(page, f"{TWO}&colour=red")
    expect(page.locator("#notice")).to_contain_text('"colour", which this page does not know')
    play.rate(0).fill("0.01")
    page.keyboard.press("Enter")
    expect(page.locator("#notice .notice")).to_be_hidden()


def test_an_address_with_unknown_keys_alone_opens_the_first_scene(page: Page) -> None:
    page.goto("/?fbclid=x1")
    expect(page.locator("#notice")).to_contain_text('"fbclid", which this page does not know')
    expect(page.locator("#words")).to_contain_text("Where does the heavy ball end?")
    expect(page.locator(".run")).to_have_count(4)


def test_undo_asks_a_question_again_that_was_open_and_shows_an_answer_that_was_shown(page: Page) -> None:
    page.goto("/")
    step, beat = page.locator(".transport-step strong"), page.locator(".beat[aria-current]")
    for asked in ("Question", "Answer"):
        expect(beat).to_have_text(asked)
        ends = step.inner_text()
        page.locator("#landscape .sheet", has_text="Ravine").click()
        expect(page.locator("#title h1")).to_have_text("Ravine")
        page.keyboard.press("Control+z")
        expect(beat).to_have_text(asked)
        expect(step).to_have_text(ends)
        page.keyboard.press("End")


def test_what_the_server_will_not_run_is_said_and_its_ground_is_shown(page: Page, faults: Faults) -> None:
    faults.allow("422")
    page.goto("/?surface=bowl&start=1e300,1&optimizer=gd:learning_rate=0.1")
    expect(page.locator("#notice")).to_contain_text("Start: a number from −10¹⁰⁰ to 10¹⁰⁰, not 10³⁰⁰")
    expect(page.locator(".legend-bar:not(.is-empty)")).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text("cannot run")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_a_surface_that_there_is_none_of_is_said_and_others_are_offered(page: Page, faults: Faults, size: str) -> None:
    faults.allow("422")
    page.goto("/?surface=hill")
    expect(page.locator("#title h1")).to_have_text("Choose a surface")
    expect(page.get_by_text("There is no surface called “hill”.")).to_be_visible()
    expect(page.locator("#sentence")).to_have_text(
        "Choose a surface under Landscape." if size == "phone" else "Choose a surface on the left."
    )
    expect(page.locator("#map")).to_have_class(re.compile("map-waits"))  # nothing of it shows
    if size == "phone":
        page.get_by_role("tab", name="Landscape").click()
    sheets = page.locator("#landscape .sheet")
    expect(page.locator("#landscape .thumb[data-drawn]")).to_have_count(sheets.count())
    sheets.get_by_text("Beale").click()
    expect(page.locator("#title h1")).to_have_text("Beale")
    expect(page.locator("#map")).not_to_have_class(re.compile("map-waits"))


@pytest.mark.parametrize(
    ("query", "said", "ask", "other"),
    [
        ("dataset=foo", "There is no data set called “foo”.", "Choose a data set", "Noisy line"),
        ("network=foo", "There is no network called “foo”.", "Choose a network", "XOR"),
        ("network=foo&optimizer=adam", "There is no data set of networks called “foo”.", "Choose a network", "XOR"),
    ],
)
def test_data_that_there_are_none_of_are_said_and_others_are_offered(
    page: Page, faults: Faults, query, said, ask, other
):
    faults.allow("422")
    page.goto(f"/?{query}")
    expect(page.locator("#title h1")).to_have_text(ask)
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text(f"{ask} on the left.")
    page.locator("#landscape .sheet").get_by_text(other).click()
    expect(page.locator("#title h1")).to_contain_text(other)


def test_an_optimizer_that_there_is_none_of_is_said_at_its_run(page: Page, faults: Faults) -> None:
    faults.allow("422")
    page.goto("/?surface=bowl&optimizer=foo")
    expect(page.get_by_text("There is no optimizer called “foo”.").first).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text("the note at its run says why")
