"""The lessons: each is gone through with its guesses and checks, right and wrong, and on paper."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.course.lessons import Lesson, lessons
from tests.bench.browser import weight
from tests.browser.first_view import loaded
from tests.browser.lesson_page import EXAMPLE, guess, opened, run_on, show_without_guess, walk_to
from tests.browser.playground import settle

pytestmark = pytest.mark.slow


TELLING = {"working", "why", "samples", "distance", "table"}
"""The views that tell an answer: they wait for it."""


def kinds(lesson: Lesson) -> set[object]:
    """What its figures have: views that tell, guesses, and where they rest; and a network, which looks like nothing else.

    The other views do not hang on what is answered; `test_presented.py` and `test_beside_text.py` look at them.
    """
    return {
        kind
        for figure in lesson.pieces("figure")
        for kind in (
            *TELLING.intersection(figure.show),
            figure.question and figure.question.guess["kind"],
            type(figure.rests),
            type(figure.substep),
        )
    } | {"network" for figure in lesson.pieces("figure") if figure.spec.startswith("network=")}


def each_kind() -> Iterator[str]:
    """Few lessons that together have every kind: time and again one that has the rarest kind that is not had yet."""
    left = {name: kinds(lesson) for name, lesson in lessons().items()}
    while any(left.values()):
        number = Counter(kind for found in left.values() for kind in found)
        rarest = min(number, key=lambda kind: (number[kind], str(kind)))
        chosen = max((name for name in left if rarest in left[name]), key=lambda name: len(left[name]))
        yield chosen
        known = left.pop(chosen)
        left = {name: others - known for name, others in left.items()}


NAMES = [EXAMPLE, *each_kind()]


def expect_told(figure: Locator, data: dict[str, Any]) -> None:
    """What explains it stands there, and the steps to a share of the distance."""
    if "why" in data["show"]:
        expect(figure.locator(".why-factors svg")).to_be_visible()
        expect(figure.locator(".why-sentence")).to_be_hidden()
    flags = sum(1 + len(mark["kept"]) for mark in data["evidence"] if mark["kind"] == "left")
    expect(figure.locator("[data-part=distance] [data-of=flag]")).to_have_count(flags)


def test_what_a_network_says_of_its_samples_is_drawn_once_their_question_is_answered(page: Page) -> None:
    page.goto("/lessons/a_network_forward?present#section-4")
    figure = page.locator("#figure-says")
    walk_to(figure)
    opened(figure)
    expect(figure.locator(".prediction-chart")).to_be_visible()
    drawn = figure.locator("[data-of=lowest], [data-of=band], [data-of=border]")
    expect(drawn.first).to_be_attached()
    settle(page)
    assert [one.get_attribute("data-of") for one in drawn.all() if one.is_visible()] == []
    figure.get_by_role("button", name="Next: run").click()
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    expect(drawn.first).to_be_visible()


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_gone_through_with_its_guesses_and_checks(page: Page, name: str) -> None:
    page.goto(f"/lessons/{name}")
    wrong: set[str] = set()
    for figure in page.locator("[data-figure]").all():
        data = opened(figure)
        question, rests = data["question"], data["rests"]
        if not question:
            continue
        answers = "[data-part=working], .caption-words, [data-part=samples] td:last-child, .why, [data-of=flag]"
        for part in figure.locator(answers).all():
            expect(part).to_be_hidden()
        settle(page)
        # Where a loss chart stands, the losses that are asked about are at its axis; what the runs make of them is not.
        chart = figure.locator("[data-part=loss]").is_visible()
        goals = sum(chart and mark["kind"] == "goal" and mark["loss"] is not None for mark in data["evidence"])
        expect(figure.locator("[data-of=evidence]").filter(visible=True)).to_have_count(goals)
        if question["guess"]["kind"] not in wrong:
            wrong.add(question["guess"]["kind"])
            guess(figure, question["guess"], right=False)
            assert "You are right" not in run_on(page, figure)
            figure.get_by_role("button", name="Guess again").click()
        guess(figure, question["guess"], right=True)
        said = run_on(page, figure)
        if isinstance(rests, int):
            expect(figure.locator(".transport-step strong")).to_have_text(str(rests))
        assert re.match("You are right", said), said
        goals = [mark for mark in data["evidence"] if mark["kind"] == "goal" and mark["text"] and not mark["runs"]]
        for goal in goals:
            expect(figure.locator("[data-part=loss] [data-of=evidence]", has_text=goal["text"]).first).to_be_visible()
        expect_told(figure, data)
    for check in page.locator(".check").all():
        for option in check.locator(".option").all():
            option.click()
            told = check.locator(".check-why.is-revealed")
            expect(told).to_have_count(1)
            right = option.get_attribute("data-right") is not None
            expect(told).to_have_text(re.compile(r"^\s*Right\." if right else r"^\s*(?!\s*Right\.)"))
        check.locator(".option[data-right]").click()
    page.goto("/lessons")
    expect(page.locator(f"[data-lesson={name}] .lesson-state")).to_have_text("done")


def test_a_check_has_a_figure_of_its_own_and_a_slider_leads_back_and_tells_what_a_try_leads_to(page: Page) -> None:
    page.set_viewport_size({"width": 1099, "height": 768})  # one column: the next test has the text beside the figure
    page.goto(f"/lessons/{EXAMPLE}")
    figure = page.locator("#figure-rates")
    opened(figure)
    look = page.locator(".try-look")
    expect(page.locator(".try")).to_be_hidden()
    show_without_guess(page, figure)
    page.locator(".try").scroll_into_view_if_needed()
    page.get_by_role("button", name="The second").click()
    expect(page.locator("#figure-of-check-1 .transport-step strong")).to_have_text("12")
    expect(figure.locator(".transport-step strong")).to_have_text("40")
    expect(page.locator(".try[data-read]")).to_have_count(1)
    expect(look).to_be_hidden()
    back = figure.get_by_role("button", name="Put it back")
    expect(back).to_be_hidden()
    figure.get_by_role("slider", name="learning rate").press("ArrowRight")
    expect(look).to_have_text(re.compile("^It ends at a loss of"))
    expect(look).to_be_visible()
    back.click()
    expect(back).to_be_hidden()
    expect(figure.get_by_role("button", name="Run without a guess")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Show what it leads to").click()
    expect(look).to_be_focused()


def test_the_playground_leads_back_to_the_lesson_and_a_lesson_to_the_view_that_was_left(page: Page) -> None:
    page.goto(f"/lessons/{EXAMPLE}")
    page.locator("#figure-two").get_by_role("link", name="Open it in the playground").click()
    back = page.get_by_role("link", name="Back to lesson 1, The learning rate Why it gets there")
    expect(page.locator(".run-rate").first).to_have_value("0.1")
    page.locator(".run-rate").first.fill("0.07")
    page.keyboard.press("Enter")
    back.click()
    page.wait_for_url(f"**/lessons/{EXAMPLE}#figure-two")
    page.get_by_role("link", name="Glossary").click()
    page.get_by_role("link", name="Playground", exact=True).click()
    expect(page.locator(".run-rate").first).to_have_value("0.07")
    expect(back).to_be_visible()


def test_on_the_wall_a_check_leaves_the_question_of_its_figure_open(page: Page) -> None:
    page.goto("/lessons/the_learning_rate?present#section-6")
    check, figure = page.locator("#check-1"), page.locator("#figure-rates")
    expect(figure).to_have_class(re.compile("is-live"))
    check.locator("[data-right]").click()
    expect(figure.locator(".transport-step strong")).to_have_text("30")
    settle(page)
    expect(figure).not_to_have_class(re.compile("is-answered"))
    page.keyboard.press("PageUp")
    expect(check.locator("[aria-pressed=true]")).to_have_count(0)
    walk_to(figure, "PageUp")
    expect(figure.get_by_role("button", name="Next: run")).to_be_visible()
    expect(figure.locator("figcaption")).to_be_hidden()


def test_what_speaks_of_a_figure_comes_once_its_question_is_answered(page: Page) -> None:
    page.goto("/lessons/momentum")
    same, limit = page.locator("#figure-same"), page.locator("#figure-limit")
    table, check = page.locator("#section-4").get_by_role("table"), page.locator("#check-1")
    lines = page.locator("#section-2 .waits")
    question = opened(limit)["question"]
    opened(same)
    for waiting in (table, check, page.get_by_text("The average smooths the steps."), page.locator("#try-1")):
        expect(waiting).to_be_hidden()
    # A check of other runs asks something of its own.
    expect(page.locator("#check-2")).to_be_visible()
    expect(lines).to_have_count(1)
    expect(lines.get_by_role("link")).to_have_attribute("href", "#figure-same")
    guess(limit, question["guess"], right=False)
    run_on(page, limit)
    expect(table).to_be_visible()
    expect(check).to_be_hidden()
    show_without_guess(page, same)
    expect(check).to_be_visible()
    expect(lines).to_have_count(0)
    page.reload()  # what was answered at an earlier visit is told
    expect(table).to_be_visible()
    page.goto("about:blank")
    page.goto("/lessons/adam#section-3")  # as from the glossary: whoever comes to a section has come to read it
    expect(page.get_by_text("Put the numbers in.")).to_be_visible()
    expect(page.get_by_text("Gradient descent follows the gradient, so")).to_be_hidden()


def test_what_waits_for_an_answer_is_shown_on_request(page: Page) -> None:
    page.goto("/lessons/adam")
    waiting = page.get_by_text("Gradient descent follows the gradient, so")
    expect(waiting).to_be_hidden()
    line = page.locator(".waits").first
    line.get_by_role("button", name="show it now").click()
    expect(waiting).to_be_visible()
    expect(page.locator(":focus")).to_be_visible()
    expect(page.locator(".question").first).to_be_visible()


def test_a_figure_that_waits_for_an_answer_plays_once_it_is_gone_on_without_one(page: Page) -> None:
    page.goto("/lessons/what_an_optimizer_is_for")
    held = page.locator("#figure-hand")
    opened(held)
    expect(held.locator(".transport")).to_be_hidden()
    page.get_by_role("button", name="show it now").first.click()
    expect(held.locator(".transport")).to_be_visible()


def test_a_word_is_explained_in_place_and_on_paper_stand_pictures_and_questions_with_the_answers_at_the_end(
    page: Page,
) -> None:
    page.goto(f"/lessons/{EXAMPLE}")
    word = page.get_by_role("link", name="gradient")
    word.press("Enter")
    sheet = page.get_by_role("dialog", name="gradient")
    expect(sheet).to_contain_text("gradient points to where the loss grows fastest")
    expect(sheet.get_by_role("link", name="Lesson 3, The sign tells the way")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(word).to_be_focused()
    opened(page.locator("#figure-rates"))
    page.emulate_media(media="print")
    expect(page.locator(".figure-live").first).to_be_hidden()
    expect(page.locator("#figure-rates .figure-picture")).to_be_visible()
    expect(page.locator("#figure-rates .figure-asks")).to_have_text("Where is the first after 40 steps?")
    expect(page.locator(".answers")).to_contain_text("It flies off.")
    expect(page.locator(".answers")).to_contain_text("It ends at a loss of")
    expect(page.locator(".try-look")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    page.emulate_media(media="null")
    page.goto("/?surface=bowl&optimizer=momentum")
    page.locator(".run-toggle").click()
    page.get_by_role("link", name="β").click()
    expect(page.get_by_role("dialog", name="β")).to_contain_text("The share of an average that is kept")


def test_every_side_of_a_hand_out_holds_all_of_it(page: Page) -> None:
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto("/lessons/handouts")
    page.wait_for_load_state("networkidle")
    over = "[...document.querySelectorAll('.side')].filter((side) => side.scrollHeight > side.clientHeight).map((side) => side.innerText)"
    assert page.locator(".side").count() >= 2 * len(lessons())
    assert page.evaluate(over) == []


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark"), ("laptop", "light")])
def test_axe_finds_nothing(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"/lessons/{EXAMPLE}")
    for figure in page.locator("[data-figure]").all():
        opened(figure)
    show_without_guess(page, page.locator("#figure-rates"))
    page.locator(".option").first.click()
    page.wait_for_function("() => document.querySelectorAll('.formula .katex').length > 3")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if page.get_by_role("button", name="Menu").is_visible():
        page.get_by_role("button", name="Menu").click()
        expect(page.get_by_role("link", name="Hand-out")).to_be_visible()


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark")])
@pytest.mark.parametrize("path", ["/lessons", "/lessons/glossary", "/lessons/teacher"])
def test_axe_finds_nothing_around_the_lessons(page: Page, axe: Callable[[Page], list[str]], path: str) -> None:
    page.goto(path)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_for_the_teacher_begins_with_ways_to_start_and_unfolds_on_paper(page: Page) -> None:
    page.goto("/lessons/teacher")
    words = page.get_by_text("Say what yours shows")
    expect(words).to_be_hidden()
    page.emulate_media(media="print")
    expect(words).to_be_visible()
    page.emulate_media(media="screen")
    for way, shown in (
        ("Show the first scene", ".wall"), ("Present a lesson", ".presenting"), ("A class of 90 minutes", ".play-row"),
    ):  # fmt: skip
        page.get_by_role("link", name=way).click()
        expect(page.locator(shown).first).to_be_visible()
        page.goto("/lessons/teacher")


@pytest.mark.usefixtures("context")
def test_the_first_view_of_a_lesson_takes_few_bytes(page: Page) -> None:
    """Fonts and KaTeX apart, as that of the playground: the finer ground comes once the first stands."""
    page.goto(f"/lessons/{EXAMPLE}")
    opened(page.locator("#figure-rates"))
    whole, first = loaded(page, "lesson.js")
    assert weight(first) < 155_000
    assert weight(whole) < 240_000
