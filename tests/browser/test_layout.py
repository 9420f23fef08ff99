"""Every view fits its screen, is accessible, and is reached by keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, Faults, new_context
from tests.browser.playground import TWO, Playground, whole
from tests.server import Server

SCENE = "/#step=40&run=3"
FIT = "/?dataset=shoe_size&loss=ssr&max_steps=60&optimizer=gd:learning_rate=0.1&optimizer=momentum:learning_rate=0.3#step=9&run=1"
TABS = ["Landscape", "Runs", "Loss", "Standings"]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def too_small(page: Page) -> list[str]:
    """Controls that are hard to hit."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll("button, a, select, input:not([type=range])")]
            .filter((node) => node.checkVisibility() && !node.closest(".reader-only, .skip"))
            .map((node) => [node, node.getBoundingClientRect(), node.closest("label")?.getBoundingClientRect()])
            .filter(([, box, around = box]) => box.width > 0 && [box, around].every(
                ({ width, height }) => height < least - 0.5 || width < least - 0.5))
            .map(([node, box]) => `${node.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)""",
        24,
    )
    return found


@pytest.mark.parametrize(
    ("address", "size", "color_scheme", "others"),
    # By day and by night: how large a thing is does not hang on its colours, so that other sizes follow in one page.
    [
        (SCENE, "phone", "light", []),
        (SCENE, "tablet", "dark", []),
        (SCENE, "laptop", "light", ["projector", "old projector"]),
        (FIT, "laptop", "dark", []),
    ],
)
def test_every_view_fits_and_is_accessible(
    page: Page, axe: Callable[..., list[str]], address: str, size: str, others: list[str]
) -> None:
    play = Playground(page, address)
    for each in (size, *others):
        page.set_viewport_size(SIZES[each]["viewport"])
        play.settle()
        # From 900 pixels on, the standings are below the loss.
        tabs = [tab for tab in TABS if page.get_by_role("tab", name=tab).is_visible()]
        assert bool(tabs) == play.has_tabs, each
        for tab in tabs or TABS[:1]:
            play.tab(tab)
            play.settle()
            assert fits(page), (each, tab)
            assert too_small(page) == [], each
            # One beside the other or each in its tab, panels are the same.
            if tab == TABS[0] and each != "projector":
                assert axe(page) == [], each
            elif size == "phone":
                assert axe(page, f"#{tab.lower()}") == [], tab


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark"), ("laptop", "light")])
def test_every_sheet_fits_and_is_accessible(page: Page, axe: Callable[..., list[str]], size: str) -> None:
    play = Playground(page, "/#step=40")
    for button in ("Add a run", "Share", ".preset-button", "#landscape .quiet:visible"):
        if button.startswith((".", "#")):
            play.tab("Landscape")
            page.locator(button).click()
        else:
            if button == "Share" and size == "phone":
                play.button("Menu").click()
            play.button(button).click()
        play.settle()
        box = page.locator(".popover:popover-open").bounding_box()
        view = page.viewport_size
        assert box
        assert view
        assert min(box["x"], box["y"]) >= 0, button
        assert box["x"] + box["width"] <= view["width"], button
        assert box["y"] + box["height"] <= view["height"], button
        assert axe(page, ".popover:popover-open") == []
        page.keyboard.press("Escape")
        expect(page.locator(".popover:popover-open")).to_have_count(0)


@pytest.mark.parametrize("color_scheme", ["dark"])
def test_a_wrong_formula_and_an_empty_map_are_accessible(
    page: Page, axe: Callable[[Page], list[str]], faults: Faults
) -> None:
    faults.allow("422")
    Playground(page, "/?expression=x**2 %2B y**2&optimizer=gd#step=5")
    page.locator("#formula").fill("x**2 + z")
    expect(page.locator("#formula-message")).to_be_visible()
    assert axe(page) == []
    page.goto("/?surface=rosenbrock")
    expect(page.locator(".invitation")).to_be_visible()
    expect(page.locator(".legend-bar:not(.is-empty)")).to_be_visible()
    assert axe(page) == []


def test_the_whole_page_is_reached_by_keyboard_in_reading_order_and_what_happened_is_read_out(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=20")
    play.settle()
    seen: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "document.activeElement.closest('header, section, #map, #transport')?.id || document.activeElement.closest('header')?.className || ''"
        )
        if where and where not in seen:
            seen.append(where)
    for part in ("bar", "landscape", "runs", "stop", "map", "transport", "standings"):
        assert part in seen, seen
    assert (
        seen.index("landscape")
        < seen.index("runs")
        < seen.index("map")
        < seen.index("transport")
        < seen.index("standings")
    )
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("End")
    live = page.locator("#live")
    expect(live).to_contain_text("at step 50")
    play.settle()
    assert live.inner_text() == play.sentence().inner_text()


def test_the_keys_skip_what_comes_before(page: Page) -> None:
    play = Playground(page, "/")
    query = play.query
    parts = {
        "the question": ".beat-words",
        "the map": ".map-ground",
        "playback": ".play",
        "the runs": "#runs .run-toggle",
    }
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    assert first.startswith("Skip to ")
    for link, part in parts.items():
        page.get_by_role("link", name=first).focus()
        for _ in range(4):
            if page.evaluate("document.activeElement.textContent") == f"Skip to {link}":
                break
            page.keyboard.press("Tab")
        whole(page.get_by_role("link", name=f"Skip to {link}"))
        page.keyboard.press("Enter")
        expect(page.locator(part).first).to_be_focused()
        assert page.locator(part).first.evaluate("(part) => part.matches(':focus-visible')")
        assert play.query == query


def test_without_script_the_page_says_what_it_is(browser: Browser, server: Server) -> None:
    context = new_context(browser, server, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    expect(page.locator("p.without-script")).to_contain_text("It needs JavaScript")
    picture = page.locator("img.without-script")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") > 300
    expect(page.locator("#page")).to_be_hidden()
    context.close()


def test_a_warning_lies_below_the_numbers_of_its_slider(page: Page) -> None:
    play = Playground(
        page, "/?points=0.6,1.1;0.8,1.2;1.1,2.1&loss=ssr&max_steps=60&optimizer=gd:learning_rate=0.6#run=0"
    )
    play.settle()
    warning = play.run(0).locator(".warning").bounding_box()
    slider = play.run(0).locator(".slider").first.bounding_box()
    assert warning
    assert slider
    assert warning["y"] >= slider["y"] + slider["height"]


def test_standings_say_once_what_is_said_of_all_runs_alike(page: Page) -> None:
    address = "/?surface=bowl&max_steps=5&optimizer=gd:learning_rate={}&optimizer=gd:learning_rate={}#step=5"
    Playground(page, address.format(0.01, 0.02)).settle()
    expect(page.locator(".standings .why")).to_have_text(
        ["each: not at a minimum" + "ended at its limit of 5 steps, still moving"]
    )
    Playground(page, address.format(0.01, 5)).settle()
    expect(page.locator(".standings .why")).to_have_count(2)


def test_losses_of_different_steps_have_these_beside_them(page: Page) -> None:
    spec = "surface=himmelblau&start=1,5&max_steps=300&min_step_size=0.0001"
    address = f"/?{spec}&optimizer=gd:learning_rate=0.002&optimizer=gd:learning_rate=0.02#step="
    steps = page.locator(".standings td > .note")
    Playground(page, f"{address}300").settle()
    expect(steps).to_have_text(["at 136", "at 300"])
    expect(page.locator(".standings thead th").nth(1)).to_have_attribute("title", re.compile("lowest loss first"))
    Playground(page, f"{address}1").settle()
    expect(page.locator(".standings tbody td").first).not_to_be_empty()
    expect(steps).to_have_count(0)
