"""The playhead: by mouse, by key, by the address."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS
from tests.browser.conftest import PageClock
from tests.browser.playground import TWO, Playground

pytestmark = pytest.mark.usefixtures("moving")


def test_the_page_plays_the_first_scene_and_stops_at_its_end(page: Page) -> None:
    play = Playground(page, "/")
    assert page.evaluate("location.search") == "", "what it opens with needs no query"
    page.get_by_role("combobox", name="Speed").select_option("4×")
    page.keyboard.press("Space")
    expect(page.locator(".transport-step strong")).not_to_have_text("0")
    expect(page.locator(".preset-title")).to_have_text("Four ways down one hill")
    expect(play.button("Play")).to_be_visible()
    expect(page.locator("#preset-words")).to_contain_text(next(iter(PRESETS.values())).sentence)
    expect(play.sentence()).to_contain_text(
        "All four are at a minimum, to within 0.2 % of the map: Gradient descent at (3, 2)"
    )


def test_page_down_and_page_up_lead_through_the_beats_of_a_scene_as_a_clicker_does_on_a_wall(page: Page) -> None:
    page.goto("/")
    beat, title = page.locator(".beat[aria-current]"), page.locator(".preset-title")
    expect(beat).to_have_text("Question")
    for word in ("Run", "Answer", "Change"):
        page.keyboard.press("PageDown")
        expect(beat).to_have_text(word)
    page.keyboard.press("PageDown")
    expect(page.locator(".run").nth(1).get_by_role("textbox")).to_have_value("0.0005")
    page.keyboard.press("PageDown")
    expect(title).to_have_text("One step against the gradient")
    expect(beat).to_have_text("Question")
    for word in ("Change", "Change", "Answer", "Question"):
        page.keyboard.press("PageUp")
        expect(beat).to_have_text(word)
    expect(title).to_have_text("Four ways down one hill")


def test_buttons_the_scrubber_the_loss_chart_and_keys_move_the_playhead_wherever_nothing_else_wants_them(
    page: Page,
) -> None:
    play = Playground(page)
    play.rest()
    play.button("A step forward").click()
    play.button("A step forward").click()
    play.button("A step back").click()
    play.at(1)
    play.button("To the end").click()
    play.at(50)
    box = page.locator(".scrubber-input").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    play.near(25)
    page.evaluate("document.activeElement.blur()")
    for key, step in [
        ("Home", 0),
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("PageDown", 6),
        ("End", 50),
        ("Home", 0),
    ]:
        page.keyboard.press(key)
        play.at(step)
    play.slowly()
    page.keyboard.press(" ")
    expect(play.button("Pause")).to_be_visible()
    page.keyboard.press(" ")
    expect(play.button("Play")).to_be_visible()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    play.at(1)
    play.rate(0).focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    play.at(1)
    play.settle()
    box = page.locator("#loss-chart").bounding_box()
    assert box
    before = play.picture()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.4)
    page.mouse.up()
    expect(page.locator(".transport-step strong")).to_have_text(re.compile("^[1-3][0-9]$"))
    play.repainted(before)  # the map follows


def test_a_step_in_the_address_is_where_it_rests_and_a_reload_keeps_it(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=20&run=1")
    expect(play.button("Play")).to_be_visible()
    play.at(20)
    expect(play.run(1)).to_have_attribute("data-selected", "")
    page.keyboard.press("ArrowRight")
    play.settle()
    page.reload()
    play.wait()
    play.at(21)


def test_playing_four_times_as_fast_takes_a_fourth_of_the_time_and_is_counted_at_once(
    page: Page, clock: PageClock
) -> None:
    play = Playground(page)
    play.rest()
    page.evaluate("""() => {
        window.counted = [];
        new MutationObserver(() => window.counted.push([
            document.querySelector(".transport-step strong").textContent, document.querySelector(".scrubber-input").value,
        ])).observe(document.querySelector(".scrubber"), { attributes: true, subtree: true });
    }""")
    clock.stop()
    play.button("Play").click()
    pictures = []
    for _ in range(3):
        clock.run(150)
        pictures.append(play.picture())
    assert len(set(pictures)) == 3
    play.button("To the start").click()
    clock.run(100)
    reached = []
    for speed in ("1", "4"):
        page.locator(".speed").select_option(speed)
        play.button("Play").click()
        clock.run(1600 / float(speed))
        play.button("Pause").click()
        clock.run(100)
        reached.append(play.step)
        play.button("To the start").click()
        clock.run(100)
    assert 5 < reached[0] < 45
    assert reached[1] == pytest.approx(reached[0], abs=1)  # what is left of a frame
    counted = [(int(told), float(drawn)) for told, drawn in page.evaluate("window.counted")]
    assert len(counted) > 1
    told, drawn = counted[-1]
    assert told == drawn, "at rest the counter tells the step that is drawn"
    assert len({told for told, _ in counted}) < len({drawn for _, drawn in counted}), (
        "it can be read while that moves on"
    )


def test_playing_and_a_hover_move_parts_of_the_charts_and_draw_none_anew(page: Page, clock: PageClock) -> None:
    play = Playground(page, f"{TWO}#explanation=charts&first=false")
    play.rest()
    expect(page.locator(".states-canvas [data-of=playhead]").first).to_be_attached()
    play.settle()
    clock.stop()
    page.evaluate("""() => {
        window.changes = { childList: 0, attributes: 0 };
        const watch = new MutationObserver((all) => {
            for (const { type, target } of all) if (target.tagName !== "text") window.changes[type] += 1;
        });
        for (const svg of document.querySelectorAll(".states-canvas svg")) {
            watch.observe(svg, { subtree: true, childList: true, attributes: true });
        }
    }""")
    box = page.locator(".states-canvas").first.bounding_box()
    assert box
    for share in (0.3, 0.5, 0.7):
        page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * share)
        clock.run(50)
    play.button("Play").click()
    clock.run(400)
    changes = page.evaluate("window.changes")
    assert changes["attributes"] > 50
    assert changes["childList"] == 0


@pytest.mark.parametrize(
    ("address", "chart", "changing"),
    [
        # The lines of the runs with what they miss the points by; the axes, the points and what they add stay.
        (
            "/?dataset=stopping_distance&standardize=true&loss=mse&max_steps=300&optimizer=gd:learning_rate=0.02#step=20",
            "#data-chart",
            {3, 4},
        ),
        # All days are in sight: the axes, the averages with their names and the title of the values stay.
        (f"{TWO}#explanation=average&average=temperatures&day=40", ".memory-canvas", {2, 3, 9, 10, 11, 12, 16}),
    ],
)
def test_of_a_chart_only_what_a_step_changes_is_written_again(
    page: Page, address: str, chart: str, changing: set[int]
) -> None:
    play = Playground(page, address)
    play.rest()
    svg = page.locator(f"{chart} svg.layer")
    expect(svg).to_be_visible()
    if chart != "#data-chart":  # the chart has the room that its formulas leave, once they are set
        expect(page.locator(".memory-formulas .katex")).to_have_count(2)
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")

    def step(share: float) -> None:
        if chart == "#data-chart":
            return page.locator("body").press("ArrowRight")
        box = page.locator(chart).bounding_box()
        assert box
        return page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.8)

    step(0.2)  # names may have been measured before their font had come
    play.settle()
    svg.evaluate("""(svg) => {
        window.written = new Set();
        const parts = [...svg.children];
        new MutationObserver((all) => {
            for (const { target } of all) window.written.add(parts.findIndex((part) => part.contains(target)));
        }).observe(svg, { subtree: true, childList: true, attributes: true, characterData: true });
    }""")
    step(0.6)
    page.wait_for_function("() => written.size > 0")
    play.settle()
    assert set(page.evaluate("[...written]")) == changing


def test_with_less_motion_it_stands_at_the_end_and_plays_in_jumps(page: Page, clock: PageClock) -> None:
    page.emulate_media(reduced_motion="reduce")
    play = Playground(page)
    expect(play.button("Play")).to_be_visible()
    play.at(50)
    play.settle()
    clock.stop()
    play.button("Play").click()
    seen = set()
    for _ in range(12):
        clock.run(100)
        seen.add(play.step)
    assert 2 <= len(seen) <= 3


def test_the_steps_can_be_read_as_a_table(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=7&run=1&explanation=steps")
    table = page.locator("table.steps")
    expect(table.locator("caption")).to_contain_text("Adam: after steps 0 to 49 of 50")
    expect(table.locator("thead")).to_contain_text("m of x")
    # x starts at -2.5, where the slope of x^2 is -5: m is a tenth of it after the first step, by hand.
    expect(table.locator("tbody tr").nth(1)).to_contain_text("−0.5")
    expect(table.locator("tr[aria-current]")).to_contain_text("7")
    table.get_by_role("button", name="12", exact=True).click()
    play.at(12)
    expect(table.locator("tr[aria-current]")).to_contain_text("12")
