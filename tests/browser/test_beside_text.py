"""The figure that stands beside the text of a lesson: which one, and at which moment."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from app.course.lessons import Lesson, lessons
from tests.browser.lesson_page import EXAMPLE, opened, run_on, show_without_guess
from tests.browser.playground import settle

pytestmark = pytest.mark.slow


def test_the_figure_of_what_is_read_stands_beside_the_text_and_the_wheel_scrolls_the_text(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/lessons/{EXAMPLE}")
    rates, two = page.locator("#figure-rates"), page.locator("#figure-two")
    opened(rates)
    show_without_guess(page, rates)
    for part in (".question", "[data-part=map]", ".transport", "[data-part=loss]"):
        expect(rates.locator(part)).to_be_in_viewport(ratio=0.99)
    expect(two.locator("[data-part=loss]")).to_be_hidden()
    last = page.locator("#section-3")
    expect(last).not_to_have_class(re.compile("is-begun"))

    rates.locator(".map-ground").hover()
    question = page.locator(".beat-question", has_text="What becomes of the second?").bounding_box()
    assert question
    page.mouse.wheel(0, question["y"] - 200)
    expect(two.locator("[data-part=loss]")).to_be_visible()
    expect(rates.locator("[data-part=loss]")).to_be_hidden()
    opened(two)
    rows = two.get_by_role("radio")
    rows.first.click()
    settle(page)
    places = [row.bounding_box() for row in rows.all()]
    two.get_by_role("button", name="Run", exact=True).click()
    page.keyboard.press("End")
    expect(two.locator(".question-verdict")).to_contain_text("The answer is “It flies off”.")
    settle(page)
    assert [row.bounding_box() for row in rows.all()] == places
    expect(rows.nth(1)).to_have_class(re.compile("is-right"))
    expect(rows.first).to_have_class(re.compile("is-wrong"))

    page.get_by_role("button", name="The first").click()
    expect(last).to_have_class(re.compile("is-begun"))
    shown = page.locator("#figure-of-check-1")
    expect(shown.locator(".transport-step strong")).to_have_text("12")
    expect(shown.locator("[data-part=map]")).to_be_in_viewport(ratio=0.99)
    expect(rates.locator(".transport-step strong")).to_have_text("40")


def test_a_figure_whose_runs_are_asked_of_further_down_shows_its_start_alone_until_that_is_answered(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/lessons/what_an_optimizer_is_for")
    dragged, asking = page.locator("#figure-hand"), page.locator("#figure-line")
    line, start = dragged.locator("[data-part=data]"), dragged.locator(".map-start")
    hidden = [dragged.locator(".transport"), dragged.locator(".standings"), page.get_by_text("No line does better")]
    expect(line).to_contain_text("y = 1.00 x + 0")
    start.press("ArrowRight")
    expect(line).not_to_contain_text("y = 1.00 x")
    settle(page)
    expect(line).not_to_contain_text("y = 2.08 x")
    for part in hidden:
        expect(part).to_be_hidden()
    show_without_guess(page, asking)
    settle(page)
    beside = page.locator("#figure-line + .prose")
    read(beside)
    expect(dragged).to_have_class(re.compile("is-here"))
    for part in hidden:
        expect(part).to_be_visible()


def spoken_of(lesson: Lesson) -> Iterator[tuple[str, str]]:
    """Of each piece of a lesson, where it stands and the name of the figure that it speaks of."""
    last = ""
    for number, section in enumerate(lesson.sections, 1):
        names = [piece.name if piece.kind == "figure" else "" for piece in section.pieces]
        for k, piece in enumerate(section.pieces):
            last = names[k] or last
            if piece.kind == "check":
                named = piece.show.figure if piece.show else ""
            elif piece.kind == "try":
                named = piece.figure
            elif piece.kind == "prose" and piece.show:
                named = piece.show.figure
            else:
                named = names[k] or (names[k + 1] if k + 1 < len(names) else "")
            before = next((name for name in reversed(names[: k + 1]) if name), "")
            near = before or next(filter(None, names), "")
            place = f":nth-child({k + 1 + bool(section.title)} of :not(.waits))"
            yield f"#section-{number} > {place}", named or near or last


def read(part: Locator, top: int = 295) -> None:
    """Scroll to where a part of the text is what is read."""
    part.evaluate(f"(one) => scrollBy({{ top: one.getBoundingClientRect().top - {top}, behavior: 'instant' }})")


def open_beside(page: Page, name: str) -> None:
    """Open a lesson: beside each piece of its text stands the figure that it speaks of."""
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/lessons/{name}")
    here = page.locator("[data-figure].is-here")
    expect(here).to_have_attribute("id", f"figure-{next(spoken_of(lessons()[name]))[1]}")
    for figure in page.locator("[data-figure]:not(.is-waiting)").all():
        opened(figure)
    settle(page)
    for place, spoken in spoken_of(lessons()[name]):
        piece = page.locator(place)
        # What waits for an answer, or speaks of a figure that does.
        if not piece.is_visible() or page.locator(f"#figure-{spoken}.is-waiting").count():
            continue
        read(piece)
        expect(here).to_have_attribute("id", f"figure-{spoken}")


# Of two figures in a section, of sections without one, of checks and of what to try.
def test_a_figure_turns_as_the_reader_goes_on_and_a_check_shows_its_runs_and_leaves_an_open_question_alone(
    page: Page,
) -> None:
    open_beside(page, "momentum")
    limit, beta = page.locator("#figure-limit"), page.locator("#figure-beta")

    def scroll(figure: Locator, to: int) -> None:
        read(figure.locator(".question"), to)
        settle(page)

    # All of the next question is in sight, and the line is at the check before it.
    scroll(beta, 380)
    expect(beta.get_by_role("button", name="Run without a guess")).to_be_in_viewport(ratio=1)
    expect(limit).to_have_class(re.compile("is-here"))
    beta.get_by_role("radio").first.click()
    expect(beta).to_have_class(re.compile("is-here"))
    run_on(page, beta)
    # It comes to the line, and its verdict is read.
    scroll(beta, 100)
    expect(beta.locator(".question-verdict")).to_be_in_viewport(ratio=1)
    expect(beta).to_have_class(re.compile("is-here"))
    scroll(limit, 200)
    expect(limit).to_have_class(re.compile("is-here"))

    expect(limit.get_by_role("radio")).to_have_count(2)
    check = page.locator("#check-2")
    # Answered as it comes into sight, while a check before it is what is read.
    check.evaluate("""(check) => {
        scrollBy({ top: check.getBoundingClientRect().top - 460, behavior: "instant" });
        check.querySelector("[data-right]").click();
    }""")
    shown = page.locator("#figure-of-check-2")
    expect(shown.locator("[data-part=loss]").get_by_text("Momentum β 0.5").first).to_be_visible()
    expect(shown.locator(".transport-step strong")).to_have_text("20")
    expect(shown).to_have_class(re.compile("is-here"))
    expect(limit.get_by_role("radio")).to_have_count(2)
    expect(limit.get_by_role("button", name="Run without a guess")).to_be_visible()
    read(beta.locator(".question"), 200)
    expect(beta).to_have_class(re.compile("is-here"))
    expect(shown.locator("[data-part=map]")).to_be_hidden()


def test_a_figure_that_tells_the_answer_waits_with_its_text(page: Page) -> None:
    open_beside(page, "adam")
    asks, waits = page.locator("#figure-first"), page.locator("#figure-numbers")
    opened(asks)
    heading = page.locator("#section-3 > h2")
    for piece in (heading, page.locator("#section-3 .waits")):
        read(piece)
        settle(page)
        expect(asks).to_have_class(re.compile("is-here"))
    expect(waits).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(waits).to_be_hidden()
    page.set_viewport_size({"width": 1366, "height": 768})
    opened(asks)
    show_without_guess(page, asks)
    opened(waits)
    read(heading, 200)
    expect(waits).to_have_class(re.compile("is-here"))


def test_text_has_the_moment_it_speaks_of_beside_it(page: Page) -> None:
    open_beside(page, "bias_correction")
    incline, without = page.locator("#figure-incline"), page.locator("#figure-without")
    read(page.locator("#figure-incline + .prose"))
    expect(incline.locator(".transport-step strong")).to_have_text("9")
    read(page.locator("#figure-incline + .prose + .prose"))
    expect(incline.locator(".transport-step strong")).to_have_text("44")
    expect(page.locator("#section-3 .prose")).to_be_hidden()
    read(without.locator(".question"))
    show_without_guess(page, without)
    read(page.locator("#section-3 .prose"))
    expect(page.locator("#figure-worked .transport-step strong")).to_have_text("0")
    # Where there is no room beside the text, it stands in a figure below the text.
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/lessons/bias_correction#section-2")
    page.locator("#figure-incline + .prose").scroll_into_view_if_needed()
    below = page.locator("#figure-incline + .prose + .of-text")
    expect(below.locator(".transport-step strong")).to_have_text("9")
    expect(incline.locator(".transport-step strong")).to_have_text("0")
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(below).to_be_hidden()
    page.goto("/lessons/bias_correction?present#section-2")
    expect(incline).to_have_class(re.compile("is-beside"))
    expect(incline.locator(".transport-step strong")).to_have_text("0")


def test_what_to_try_has_its_runs_beside_it_and_then_what_it_leads_to_unless_the_reader_has_set_something(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/lessons/the_learning_rate")
    edge, to_try = page.locator("#figure-edge"), page.locator("#try-1")
    step, rate = edge.locator(".transport-step strong"), edge.get_by_role("slider", name="learning rate")
    opened(edge)
    read(page.locator("#figure-edge"))
    expect(step).to_have_text("0")
    read(to_try)
    expect(step).to_have_text("40")
    expect(rate).to_have_attribute("aria-valuetext", re.compile("^0.1"))
    to_try.get_by_role("button", name="Show what it leads to").click()
    expect(rate).to_have_attribute("aria-valuetext", re.compile("^0.5"))
    read(page.locator("#figure-edge"))
    expect(rate).to_have_attribute("aria-valuetext", re.compile("^0.1"))
    expect(step).to_have_text("0")
    proposed = rate.get_attribute("aria-valuetext") or ""
    rate.press("ArrowRight")
    expect(rate).not_to_have_attribute("aria-valuetext", proposed)
    set_to = rate.get_attribute("aria-valuetext")
    for part in (to_try, page.locator("#figure-edge"), to_try):
        read(part)
        settle(page)
        expect(rate).to_have_attribute("aria-valuetext", set_to or "")
