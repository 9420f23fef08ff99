"""A lesson on the wall: a clicker goes through it, and every screen can be read."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.lesson_page import EXAMPLE, opened, rest, stands, walk_to
from tests.browser.playground import frame, settle

pytestmark = pytest.mark.slow


def play_slowly(figure: Locator) -> None:
    """Let its runs go on for so long that their playback is seen, on a busy machine too; on the wall it has no speed."""
    figure.locator(".speed").select_option("¼×", force=True)


def press_to_answer(figure: Locator) -> None:
    """Press on until its question is answered: a run that has ended by itself needs a press less."""
    while not figure.locator(".question-verdict").is_visible():
        figure.page.keyboard.press("PageDown")
        frame(figure.page)


def test_a_press_goes_past_a_figure_whose_runs_are_asked_of_further_down(page: Page) -> None:
    page.goto("/lessons/what_an_optimizer_is_for?present")
    dragged, asking = page.locator("#figure-hand"), page.locator("#figure-line")
    expect(dragged.locator("[data-part=data]")).to_contain_text("y = 1.00 x + 0")
    walk_to(dragged)
    page.keyboard.press("PageDown")
    expect(page.get_by_text("What you do by eye")).to_be_visible()
    walk_to(asking)
    expect(asking.get_by_role("button", name="Next: run")).to_be_visible()
    press_to_answer(asking)
    walk_to(dragged, "PageUp")
    expect(dragged.locator("[data-part=data]")).to_contain_text("y = 1.00 x + 0")


@pytest.mark.usefixtures("moving")
def test_on_the_wall_a_clicker_goes_from_text_to_question_to_run_to_answer_to_the_next_section(page: Page) -> None:
    page.goto(f"/lessons/{EXAMPLE}?present")
    figure = page.locator("#figure-rates")
    expect(page.get_by_text("One run goes down a bowl")).to_be_visible()
    expect(figure).to_have_class(re.compile("is-beside"))
    expect(figure.locator("[data-part=map]")).to_be_visible()
    expect(figure.locator(".question")).to_be_hidden()
    settle(page)
    beside = figure.locator("[data-part=map]").bounding_box()
    page.keyboard.press("PageDown")
    expect(figure).not_to_have_class(re.compile("is-beside"))
    opened(figure)
    settle(page)
    play_slowly(figure)
    alone = figure.locator("[data-part=map]").bounding_box()
    assert alone
    assert beside
    assert [alone[side] for side in ("y", "height")] == [beside[side] for side in ("y", "height")]
    expect(page.get_by_text("One run goes down a bowl")).to_be_hidden()
    expect(page.locator("#section-2")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    expect(figure.get_by_text("Both set off from one start.")).to_be_hidden()
    page.keyboard.press("PageDown")
    end, verdict = figure.locator(".transport-step .total"), figure.locator(".question-verdict")
    expect(end).not_to_be_empty()
    expect(verdict).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(verdict).to_be_visible()
    expect(figure.get_by_text("Both set off from one start.")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator("#section-2")).to_be_visible()
    expect(figure).to_be_hidden()
    page.keyboard.press("PageUp")
    expect(verdict).to_be_visible()
    # What was hidden for a screen is drawn again.
    page.wait_for_function("() => document.querySelector('#figure-rates canvas').width > 100")
    page.keyboard.press("ArrowLeft")
    expect(verdict).to_be_hidden()
    expect(figure.get_by_text("Both set off from one start.")).to_be_hidden()
    expect(end).not_to_be_empty()
    page.keyboard.press("PageUp")
    expect(figure.get_by_role("button", name="Next: run")).to_be_visible()
    page.keyboard.press(".")
    expect(page.locator(".wall-dark")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(page.locator(".wall-dark")).to_be_hidden()
    expect(figure.get_by_role("button", name="Next: run")).to_be_visible()


LARGE, SMALL = (1920, 1080), (1024, 768)
LEAST_TYPE = {LARGE: 28, SMALL: 16}
"""The smallest type that a wall of a size may have, in pixels."""


def wall_faults(page: Page, wall: tuple[int, int]) -> list[str]:
    """What is cut off, too small, over something else, blank or no more than a strip, once the page is at rest."""
    page.set_viewport_size({"width": wall[0], "height": wall[1]})
    settle(page)
    page.evaluate(Path(__file__).with_name("wallFaults.js").read_text())
    found: list[str] = page.evaluate("(least) => wallFaults(least)", LEAST_TYPE[wall])
    return [f"{wall[0]} x {wall[1]}: {each}" for each in found]


def wall_screens(page: Page) -> Iterator[None]:
    """Each screen of a lesson from the one that is shown, at rest."""
    expect(page.locator(".lesson-section.is-current")).to_be_visible()
    page.locator(".lesson-ways [rel=next]").evaluate_all("(links) => links.forEach((link) => link.remove())")
    main, before = page.locator("main"), ""
    settle(page)
    while main.inner_html() != before:
        yield
        before = main.inner_html()
        page.keyboard.press("PageDown")
        rest(page)


@pytest.mark.parametrize(
    ("name", "walls"),
    [
        ("trying_every_value", [LARGE, SMALL]),
        ("what_an_average_remembers", [LARGE, SMALL]),
        ("backpropagation", [LARGE, SMALL]),
        ("one_step_downhill", [SMALL]),
    ],
)
def test_on_the_wall_figures_are_large_and_nothing_is_cut_off(
    page: Page, name: str, walls: list[tuple[int, int]]
) -> None:
    page.set_viewport_size({"width": walls[0][0], "height": walls[0][1]})
    page.goto(f"/lessons/{name}?present")
    figure = page.locator("[data-figure]").first
    walk_to(figure)
    opened(figure)
    if name == "one_step_downhill":  # what is worked out is told once the question is answered
        press_to_answer(figure)
    expect(figure.locator(":is(.search td, .memory-formulas .katex, .line-value, .substep)").first).to_be_visible()
    assert [fault for wall in walls for fault in wall_faults(page, wall)] == []
    if name != "backpropagation":
        return
    page.keyboard.press("PageDown")
    expect(figure.locator(".question-verdict")).to_contain_text("neuron 2")
    expect(figure.locator(".network-words h2")).to_have_text("Output")
    assert [fault for wall in walls for fault in wall_faults(page, wall)] == []
    figure = page.locator("#figure-hidden")
    walk_to(figure)
    opened(figure)
    expect(figure.locator(".network-words h2")).to_have_text("Hidden layer")
    assert [fault for wall in walls for fault in wall_faults(page, wall)] == []
    page.keyboard.press("PageDown")
    expect(figure.locator(".network-words h2")).to_have_text("Weights and biases")
    assert [fault for wall in walls for fault in wall_faults(page, wall)] == []
    rows = figure.locator(".network-arithmetic .of-several:visible")
    expect(rows).to_have_count(13)  # 2 * 3 + 3 weights, 3 + 1 biases


@pytest.mark.parametrize(
    ("name", "section"), [("condition", 1), ("condition", 4), ("which_when", 2), ("a_line_by_hand", 4)]
)
def test_on_a_small_wall_a_section_with_much_in_it_is_not_cut_off(page: Page, name: str, section: int) -> None:
    page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    page.goto(f"/lessons/{name}?present#section-{section}")
    page.wait_for_function("() => !document.querySelector('.lesson-section.is-current .formula:not(:has(.katex))')")
    for _ in wall_screens(page):
        if not page.locator(f"#section-{section}").is_visible():
            return
        assert wall_faults(page, SMALL) == []
        for line in page.locator(".prose > :visible").all():
            assert line.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth + 1"), line.inner_text()


@pytest.mark.parametrize(("name", "wall"), [("rmsprop", SMALL), ("adagrad", LARGE)])
def test_on_the_wall_every_screen_of_a_lesson_can_be_read(page: Page, name: str, wall: tuple[int, int]) -> None:
    page.set_viewport_size({"width": wall[0], "height": wall[1]})
    page.goto(f"/lessons/{name}?present")
    for _ in wall_screens(page):
        assert wall_faults(page, wall) == [], page.url


@pytest.mark.usefixtures("moving")
def test_on_the_wall_a_clicker_goes_through_the_steps_of_a_figure_and_on_to_the_next_lesson(page: Page) -> None:
    page.goto("/lessons/mini_batches?present")
    figure = page.locator("#figure-homes")
    walk_to(figure)
    opened(figure)
    play_slowly(figure)
    for step in ("1", "2"):
        page.keyboard.press("PageDown")
        expect(figure.locator(".transport-step strong")).to_have_text(step)
    page.keyboard.press("PageDown")
    expect(figure.get_by_role("button", name="Pause")).to_be_visible()
    page.goto("/lessons/a_network_forward?present")
    figure = page.locator("#figure-forward")
    walk_to(figure)
    opened(figure)
    shown = figure.locator(".network-words h2")
    expect(shown).to_have_text("Neuron 1")
    page.keyboard.press("PageDown")
    expect(figure.locator(".question-verdict")).to_contain_text("Neuron 2")
    expect(shown).to_have_text("Neuron 2")
    page.keyboard.press("PageDown")
    expect(shown).to_have_text("Neuron 3")
    expect(figure.locator(".question")).to_be_hidden()
    page.keyboard.press("PageUp")
    expect(shown).to_have_text("Neuron 2")
    page.goto("about:blank")
    page.goto("/lessons/a_network_forward?present#end")
    last = page.locator(".lesson-section").last
    expect(last).to_be_visible()
    while "/a_network_forward" in page.url:  # past the last screen the next lesson is on its way
        page.keyboard.press("PageDown")
        with suppress(Error):  # of a page that is left
            frame(page)
    page.wait_for_url(re.compile(r"/backpropagation\?present#section-1$"))
    page.reload()  # at its first screen, wherever the last press came down
    expect(page.locator(".lesson-section.is-current")).to_be_visible()
    page.keyboard.press("PageUp")
    page.wait_for_url(re.compile(r"/a_network_forward\?present#section-(?!1$)"))
    expect(last).to_be_visible()
    # What stands before has been gone through: its runs are at their end, and its question is answered.
    says = page.locator("#figure-says")
    expect(says.locator(".transport-step .total")).to_have_text(" of 200")
    while not stands(says):
        page.keyboard.press("PageUp")
        frame(page)
    expect(says.locator(".question-verdict")).to_be_visible()


def test_on_the_wall_every_screen_fits_all_is_shown_once_and_escape_leaves_it_once_nothing_is_open(page: Page) -> None:
    page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    page.goto(f"/lessons/{EXAMPLE}?present")
    page.wait_for_function("() => document.querySelectorAll('.formula .katex').length > 3")
    pieces = page.locator(".prose > *, .lesson-figure, .check, .try")
    shown: list[int] = []
    while len(shown) < pieces.count():
        rest(page)
        now = [index for index in range(pieces.count()) if stands(pieces.nth(index))]
        shown += [index for index in now if index not in shown]
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), page.url
        page.keyboard.press("PageDown")
    assert shown == sorted(shown)
    page.keyboard.press("PageDown")
    expect(page.locator(".try-look")).to_be_visible()
    page.evaluate("""() => {
        const open = document.createElement("p");
        open.id = "open";
        open.popover = "auto";
        document.body.append(open);
        open.showPopover();
    }""")
    page.keyboard.press("Escape")
    expect(page.locator("#open")).to_be_hidden()
    expect(page).to_have_url(re.compile(rf"/lessons/{EXAMPLE}\?present#"))
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(rf"/lessons/{EXAMPLE}\??(#|$)"))
    expect(page.locator("html")).not_to_have_class(re.compile("presenting"))


def test_a_small_wall_has_fewer_things_rather_than_small_ones_whichever_way_one_came(page: Page) -> None:
    page.set_viewport_size({"width": SMALL[0], "height": SMALL[1]})
    page.goto("/lessons/bias_correction?present")
    figure = page.locator("#figure-incline")
    walk_to(figure)
    opened(figure)
    parts = [figure.locator(part) for part in ("[data-part=map]", ".memory-canvas")]
    settle(page)
    before = [part.bounding_box() for part in parts]
    expect(figure.locator(".memory-side")).to_be_hidden()
    assert wall_faults(page, LARGE) == []
    assert wall_faults(page, SMALL) == []
    assert [part.bounding_box() for part in parts] == before
    assert all(box and box["height"] > SMALL[1] / 4 for box in before)
    page.goto("/lessons/rmsprop?present#section-5")
    figure = page.locator("#figure-kick")
    walk_to(figure)
    opened(figure)
    shown = {name: figure.locator(f"[data-part={name}]") for name in ("map", "loss", "charts")}
    expect(shown["map"]).to_be_visible()
    expect(shown["loss"]).to_be_visible()  # it has its room before its lines
    expect(shown["charts"]).to_be_hidden()
    for _ in range(3):
        page.keyboard.press("PageDown")
        rest(page)
    expect(shown["map"]).to_be_hidden()
    expect(shown["loss"]).to_be_visible()
    expect(shown["charts"]).to_be_visible()


def test_on_a_phone_a_presented_lesson_has_one_column(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/lessons/adam?present")
    text, figure = page.locator(".prose > :visible"), page.locator("#figure-first")
    expect(figure.locator("[data-part=map] canvas").first).to_be_visible()
    settle(page)
    last, beside = text.last.bounding_box(), figure.bounding_box()
    assert last
    assert beside
    assert last["y"] + last["height"] <= beside["y"]
    assert min(last["width"], beside["width"]) > 0.8 * 390
    # Nobody is asked to point yet.
    expect(figure.locator(".map-plate")).to_be_hidden()
    walk_to(figure)
    opened(figure)
    expect(figure.locator(".beat-question")).to_be_visible()
    settle(page)
    asked, ground = figure.locator(".question").bounding_box(), figure.locator("[data-part=map]").bounding_box()
    assert asked
    assert ground
    assert asked["y"] + asked["height"] <= ground["y"]
    expect(figure.locator(".map-plate")).to_be_visible()
