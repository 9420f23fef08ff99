"""Phones, walls and narrow screens: what stands where, and how large."""

import re
from collections.abc import Callable
from itertools import combinations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import TWO, Playground, whole
from tests.browser.test_layout import fits

SCENE = "/#step=40&run=3"
FIT = "/?dataset=shoe_size&loss=ssr&max_steps=60&optimizer=gd:learning_rate=0.1&optimizer=momentum:learning_rate=0.3#step=9&run=1"
DIVERGED = "/?surface=ravine&max_steps=200&optimizer=gd:learning_rate=0.03&optimizer=adam:learning_rate=0.2#step=180"
TABS = ["Landscape", "Runs", "Loss", "Standings"]
SMALLEST_TYPE = """() => Math.min(...[...document.querySelectorAll("body *")]
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .filter((node) => !node.closest(".katex, .reader-only, .skip, .bar-actions span"))
    .filter((node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
    .filter((node) => node.getBoundingClientRect().width > 1)
    .map((node) => parseFloat(getComputedStyle(node).fontSize)))"""


def area(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["width"] * box["height"]


@pytest.mark.parametrize(
    ("walls", "address", "beside"),
    [
        ([(1024, 768), (1920, 1080)], SCENE, "#loss-chart"),
        ([(1920, 1080)], FIT, "#data-chart"),
        ([(1366, 768)], DIVERGED, "#loss-chart"),
    ],
)
def test_on_a_wall_the_map_is_no_smaller_and_all_is_large_and_whole(
    page: Page, axe: Callable[[Page], list[str]], walls: list[tuple[int, int]], address: str, beside: str
) -> None:
    page.set_viewport_size({"width": walls[0][0], "height": walls[0][1]})
    play = Playground(page, address)
    ground = page.locator(".map-ground")
    play.settle()
    before = area(ground)
    play.button("Present").click()
    expect(page.locator("body")).to_have_class(re.compile("projector"))
    expect(page.locator(beside).locator("svg")).to_be_visible()
    play.settle()
    assert area(ground) >= before
    page.evaluate("document.exitFullscreen()")  # which has one size
    page.wait_for_function("() => !document.fullscreenElement")
    for wall in walls:
        page.set_viewport_size({"width": wall[0], "height": wall[1]})
        play.settle()
        expect_whole_wall(play, wall, beside, asks=address == SCENE)
    if address == SCENE:
        play.button("Controls").click()
    assert axe(page) == []
    page.set_viewport_size({"width": walls[0][0], "height": walls[0][1]})
    play.button("Stop presenting").click()
    expect(page.locator("body")).not_to_have_class(re.compile("projector"))
    play.settle()
    assert area(ground) == before


def expect_whole_wall(play: Playground, wall: tuple[int, int], beside: str, asks: bool) -> None:
    """What stands on it is in sight, large, and lies over nothing else; of a scene its controls once they are wanted."""
    page = play.page
    controls = ["#preset", "#transport", "#tabs"]
    parts = ["#map", beside, "#words", *([] if asks else controls)]
    for part in parts:
        whole(page.locator(part))
    assert apart(page, *parts)
    sizes = "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    assert page.evaluate(sizes) == list(wall)
    if asks:
        # Of the playback the counter alone is in sight.
        for part in ("#preset", ".transport-buttons", ".scrubber", "#tabs"):
            expect(page.locator(part)).to_be_hidden()
        play.button("Controls").click()
        for part in controls:
            whole(page.locator(part))
        assert page.evaluate(SMALLEST_TYPE) >= (28 if wall[0] == 1920 else 18)
        play.button("Controls").click()
    assert page.evaluate(SMALLEST_TYPE) >= (28 if wall[0] == 1920 else 18)


@pytest.mark.usefixtures("context")
def test_a_wall_takes_the_full_screen_and_does_without(page: Page) -> None:
    play = Playground(page, TWO)
    play.button("Present").click()
    page.wait_for_function("() => document.fullscreenElement")
    page.evaluate("document.exitFullscreen()")
    page.wait_for_function("() => !document.fullscreenElement")
    expect(play.button("Stop presenting")).to_be_visible()
    play.button("Stop presenting").click()
    page.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new Error('refused')); }")
    play.button("Present").click()
    expect(page.locator("body")).to_have_class(re.compile("projector"))


@pytest.mark.parametrize("size", ["phone"])
def test_a_phone_has_no_projector_view(page: Page, axe: Callable[[Page], list[str]]) -> None:
    Playground(page, f"{TWO}#projector=true&step=20")
    expect(page.locator("#projector")).to_be_hidden()
    assert fits(page)
    assert axe(page) == []


@pytest.mark.parametrize("size", ["phone"])
def test_on_a_phone_a_menu_has_places_and_acts_in_words(page: Page, axe: Callable[[Page], list[str]]) -> None:
    play = Playground(page, TWO)
    page.set_viewport_size({"width": 360, "height": 640})
    play.button("Menu").tap()
    for place in ("Playground", "Lessons", "Glossary", "Teach", "API"):
        whole(page.locator("#menu").get_by_role("link", name=place))
    for act in ("Share", "Take home", "Night map", "Help"):
        whole(play.button(act))
    assert axe(page) == []
    play.button("Share").tap()
    whole(page.get_by_role("dialog", name="Share this view"))
    page.keyboard.press("Escape")
    expect(play.button("Share")).to_be_focused()


@pytest.mark.parametrize("size", ["phone"])
def test_on_a_phone_scene_and_undo_are_in_the_bar(page: Page) -> None:
    Playground(page, "/")
    for part in (".preset-count", ".preset-title"):
        whole(page.locator(part))
    expect(page.locator(".preset-count")).to_have_text(re.compile("^Scene 1 of"))
    assert apart(page, ".brand", "#preset", ".menu-button", "#words .beat-question", "#title")
    assert apart(page, ".preset-count", ".preset-title", "[aria-label='Scene before']", "[aria-label='Next scene']")
    page.get_by_label("Next scene").tap()
    expect(page.locator(".preset-count")).to_have_text(re.compile("^Scene 2;? "))
    page.get_by_label("Undo", exact=True).tap()
    expect(page.locator(".preset-count")).to_have_text(re.compile("^Scene 1"))
    whole(page.get_by_label("Redo"))
    page.locator(".preset-button").tap()
    whole(page.get_by_role("dialog", name="Scenes").get_by_role("searchbox"))


@pytest.mark.parametrize("size", ["phone"])
def test_a_phone_keeps_map_and_playback_with_every_panel(page: Page) -> None:
    play = Playground(page, FIT)
    for tab in [*TABS, "Data", "Working"]:
        play.tab(tab)
        play.settle()
        page.evaluate("scrollBy({ top: 150, behavior: 'instant' })")
        box = page.locator("#map").bounding_box()
        assert box
        assert box["y"] == 0, tab
        assert box["height"] >= 0.35 * 740
        for part in (page.locator("#map"), page.locator(".play"), page.get_by_role("tab", name=tab)):
            whole(part)
        top = page.locator(".play").bounding_box()
        assert top
        assert top["y"] >= box["height"], tab
    play.at(9)
    play.button("Play").tap()
    expect(page.locator(".transport-step strong")).not_to_have_text("9")


def tap(slider: Locator, share: float) -> None:
    """Touch a slider at a share of its length."""
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    slider.page.touchscreen.tap(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.45)


@pytest.mark.parametrize("size", ["phone"])
def test_on_a_phone_the_panels_are_tabs_and_everything_works_by_touch(page: Page) -> None:
    play = Playground(page)
    play.rest()
    row = box_of(page, "#tabs")
    assert page.viewport_size
    assert row[3] == page.viewport_size["height"]
    for tab in TABS:
        page.get_by_role("tab", name=tab).tap()
        # Its panel comes up, between the playback and the row of tabs, which stays under the finger.
        assert round(box_of(page, "#tabs")[3] - row[3]) == 0
        assert round(box_of(page, "#transport")[3]) <= round(box_of(page, f"#{tab.lower()}")[1]) < row[1]
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        expect(page.locator(f"#{tab.lower()}")).to_be_visible()
        expect(page.get_by_role("region", name="When a run stops")).to_be_visible(visible=tab == "Runs")
    page.get_by_role("tab", name="Runs").tap()
    tap(play.run(0).locator(".slider-input"), 0.8)
    expect(play.rate(0)).not_to_have_value("0.05")
    play.settle()
    assert float(play.rate(0).input_value()) > 0.2
    page.evaluate("scrollTo(0, 0)")
    tap(page.locator(".scrubber-input"), 0.5)
    expect(page.locator(".transport-step strong")).not_to_have_text("0")
    there = play.step
    play.button("Play").tap()
    expect(page.locator(".transport-step strong")).not_to_have_text(str(there))


def box_of(page: Page, part: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    box = page.locator(part).first.bounding_box()
    assert box, part
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


def apart(page: Page, *parts: str) -> bool:
    """None of them lies on another."""
    boxes = [box_of(page, part) for part in parts]
    return all(
        a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1 for a, b in combinations(boxes, 2)
    )


def test_a_question_stands_beside_its_map_on_phones_and_at_twice_the_size(page: Page) -> None:
    play = Playground(page, "/")
    question, ask, run = ".beat-question", ".beat-ask", ".beat-on button"
    for width, height in ((390, 844), (360, 640)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator(".map-ground")).to_have_css("width", f"{width}px")
        play.settle()
        for part in (question, ask, run):
            whole(page.locator(part))
        assert apart(page, ".brand", ".menu-button", question, "#title", "#map")
        assert apart(page, "#map", ".preset-words", "#transport")
        assert box_of(page, question)[3] <= box_of(page, "#map")[1] < box_of(page, ask)[1]
        assert box_of(page, run)[3] <= box_of(page, "#tabs")[1]
        # Playback comes to stand clear of the tabs when it has the keys.
        page.locator(".play").focus()
        page.wait_for_function(
            """() => document.querySelector(".play").getBoundingClientRect().bottom
                <= document.querySelector("#tabs").getBoundingClientRect().top"""
        )
        page.locator(".play").blur()
        page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    # A laptop of 1366 x 768 at 200 %.
    page.set_viewport_size({"width": 683, "height": 384})
    expect(page.locator(".brand")).to_have_css("white-space", "nowrap")
    play.settle()
    assert apart(page, ".brand", ".menu-button")
    for part in ("#map", question, ask, ".beat", ".guess-fields", run, ".play", "#tabs", ".tab:last-child"):
        whole(page.locator(part).first)
    assert box_of(page, run)[3] <= box_of(page, "#tabs")[1]
    assert apart(page, ".brand", "#preset", ".menu-button", "#map", "#words", "#transport", "#tabs")
    left, top, right, bottom = box_of(page, "#map")
    assert 341 <= right - left <= 342
    assert bottom - top >= 290
    expect(page.locator(".map-plate")).to_have_text("Press the map.")
    assert fits(page)
    page.get_by_role("tab", name="Standings").click()
    expect(page.locator("#standings h2")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    page.set_viewport_size({"width": 390, "height": 844})
    play.button("Run without a guess").click()
    expect(page.locator(ask)).to_have_count(0)
    expect(page.locator(".map-plate")).to_be_hidden()
    play.settle()
    assert box_of(page, question)[3] <= box_of(page, "#map")[1]
    whole(page.locator("#transport"))
    assert abs(box_of(page, "#map")[3] - box_of(page, "#transport")[1]) <= 2


def test_on_a_narrow_wall_what_explains_stands_beside_the_map_and_nothing_is_cut(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    play = Playground(page, f"{TWO}#step=20&explanation=charts&projector=true")
    whole(page.locator(".explanation .states-chart").first)
    expect(page.locator(".states-chart:visible")).to_have_count(1)
    play.settle()
    assert apart(page, "#map", "#transport", ".explanation", ".explain-tabs")
    whole(page.locator(".explain-tabs"))
    assert box_of(page, ".transport-step p")[2] <= 1024
    assert fits(page)


def test_on_a_wall_the_samples_of_a_network_show_and_its_tabs_are_whole(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto("/?network=xor&optimizer=gd:learning_rate=0.5&max_steps=20#step=20&projector=true")
    page.get_by_role("tab", name="Samples").click()
    heads = page.locator("#samples thead th")
    for width, height in ((1920, 1080), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        whole(heads.last)
        whole(page.locator(".tab:visible").last)
    page.get_by_role("tab", name="Output").click()
    whole(page.locator(".prediction-key"))
    assert apart(page, ".prediction-key", ".prediction-chart")
    assert box_of(page, ".prediction-chart")[0] - box_of(page, ".prediction-key")[2] < 20


def test_a_long_formula_leaves_the_legend_free(page: Page) -> None:
    for surface, width in (("beale", 1366), ("himmelblau", 1120)):
        page.set_viewport_size({"width": width, "height": 768})
        Playground(page, f"/?surface={surface}&optimizer=gd#explanation=working&step=4").settle()
        expect(page.locator(".formula-set .katex-html")).to_be_attached()
        words = page.locator(".formula-set")
        expect(words).to_have_attribute("style", re.compile("--fit"))
        needs, has = words.evaluate("(node) => [node.scrollWidth, node.clientWidth]")
        assert needs <= has + 1
        assert apart(page, ".formula-set .katex", ".legend")
        assert box_of(page, ".transport-step")[2] <= box_of(page, "#explanations")[0]


def test_a_tablet_held_across_has_map_question_loss_and_standings_in_sight_together(page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    play = Playground(page, "/")
    parts = ("#preset", "#title", "#map", "#transport", "#words", "#tabs")
    for beat, others in (("Question", ()), ("Answer", ("#loss", "#standings"))):
        play.button(beat).click()
        play.settle()
        for part in (*parts, *others):
            whole(page.locator(part))
        assert apart(page, *parts)
    left, top, right, bottom = box_of(page, "#map")
    assert 0.8 < (right - left) / (bottom - top) < 1.25
    play.tab("Runs")
    expect(page.locator("#runs")).to_be_visible()
    for part in ("#loss", "#standings"):
        expect(page.locator(part)).to_be_hidden()
    whole(page.locator("#map"))
    assert fits(page)
    # Held upright, what is said stands under the map, which is as wide as the screen.
    page.set_viewport_size({"width": 912, "height": 1368})
    play.settle()
    assert box_of(page, "#words")[1] >= box_of(page, "#transport")[3] - 1
    assert area(page.locator("#map")) > (right - left) * (bottom - top)


def test_an_address_that_names_an_explanation_opens_it_where_panels_are_tabs(page: Page) -> None:
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{TWO}#step=20&explanation=why")
        expect(page.get_by_role("tab", name="Why")).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("heading", name="Why it goes there")).to_be_visible()


@pytest.mark.parametrize("size", ["phone"])
def test_where_panels_are_tabs_one_of_them_has_the_explanation_that_is_open(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=20")
    selected, opened = page.locator(".tab[aria-selected=true]"), page.locator("#explanation")
    play.tab("Working")
    expect(selected).to_have_text("Working")
    expect(selected).to_be_focused()
    expect(page.locator("#explanation h2")).to_be_visible()
    # Opened from another tab, it comes into sight; closed, it leads back there.
    play.tab("Runs")
    play.open_run(0).get_by_role("button", name="States").click()
    expect(selected).to_have_text("States")
    expect(page.locator("#explanation h2")).to_be_focused()
    expect(opened.locator("visible=true")).to_have_count(1)
    play.button("Close States").click()
    expect(selected).to_have_text("Runs")
    expect(play.open_run(0).get_by_role("button", name="States")).to_be_focused()
    play.tab("Working")
    play.explain("Why").click()
    expect(selected).to_have_text("Why")
    expect(opened.locator("visible=true")).to_have_count(1)
    play.button("Close Why").click()
    expect(selected).to_have_text("Runs")
    expect(page.get_by_role("tab", name="Working")).to_be_focused()
