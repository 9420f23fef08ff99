"""The lessons: each is gone through with its guesses and checks, right and wrong, and on paper."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.course.lessons import Lesson, lessons
from tests.bench.browser import LOADED, weight
from tests.browser.lesson_page import EXAMPLE, opened, walk_to
from tests.browser.playground import settle

pytestmark = pytest.mark.slow


def kinds(lesson: Lesson) -> set[object]:
    """What its figures have: views, guesses, and where they rest; and a network, which looks like nothing else."""
    return {
        kind
        for figure in lesson.pieces("figure")
        for kind in (
            *figure.show,
            figure.question and figure.question.guess["kind"],
            type(figure.rests),
            type(figure.substep),
        )
    } | {"network" for figure in lesson.pieces("figure") if figure.spec.startswith("network=")}


def each_kind() -> Iterator[str]:
    """Few lessons that together have every kind: time and again the one with the most kinds that are not had yet."""
    left = {name: kinds(lesson) for name, lesson in lessons().items()}
    while any(left.values()):
        most = max(left, key=lambda name: len(left[name]))
        yield most
        known = left.pop(most)
        left = {name: others - known for name, others in left.items()}


NAMES = [EXAMPLE, *each_kind()]


def guess(figure: Locator, guess: dict[str, Any], right: bool) -> None:
    """Answer the question of a figure."""
    hand, answer = figure.locator(".question"), guess["answer"]
    if guess["kind"] in ("run", "choice"):
        options = hand.get_by_role("radio")
        wrong = [k for k in range(options.count()) if guess.get("places", {}) == {} and k != answer] or [
            k for k, place in enumerate(guess.get("places", ())) if place != 1
        ]
        options.nth(answer if right else wrong[0]).click()
        return
    expect(hand.get_by_role("textbox").first).to_be_visible()
    values = answer if guess["kind"] == "place" else [answer]
    for field, value in zip(hand.get_by_role("textbox").all(), values, strict=True):
        field.fill(f"{value if right else value + 3:.6g}")
        field.press("Enter")


def run_on(page: Page, figure: Locator) -> str:
    """Let it run and go to its end; returns what is said then."""
    figure.get_by_role("button", name=re.compile("Let it run|Show what is right")).click()
    page.keyboard.press("End")
    said = figure.locator(".question-verdict strong")
    expect(said).to_be_visible()
    return said.inner_text()


def show_without_guess(page: Page, figure: Locator) -> None:
    """Have what is right of a figure shown, at the end of its runs."""
    figure.get_by_role("button", name="Show me without a guess").click()
    page.keyboard.press("End")
    expect(figure.locator(".question-verdict strong")).to_be_visible()


def expect_told(figure: Locator, data: dict[str, Any]) -> None:
    """What explains it stands there, and the steps to a share of the distance."""
    if "why" in data["show"]:
        expect(figure.locator(".why-factors svg")).to_be_visible()
        expect(figure.locator(".why-sentence")).to_be_hidden()
    flags = sum(1 + len(mark["kept"]) for mark in data["evidence"] if mark["kind"] == "left")
    expect(figure.locator("[data-part=distance] [data-of=flag]")).to_have_count(flags)


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_gone_through_with_its_guesses_and_checks(page: Page, name: str) -> None:
    page.goto(f"/lessons/{name}")
    wrong: set[str] = set()
    for figure in page.locator("[data-figure]").all():
        data = opened(figure)
        question, rests = data["question"], data["rests"]
        if not question:
            continue
        answers = "[data-part=working], .caption-told, [data-part=samples] td:last-child, .why, [data-of=flag]"
        for part in figure.locator(answers).all():
            expect(part).to_be_hidden()
        # The losses that are asked about stand at the axis already; what the runs make of them does not.
        goals = sum(mark["kind"] == "goal" and mark["loss"] is not None for mark in data["evidence"])
        expect(figure.locator("[data-of=evidence]")).to_have_count(goals)
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
            told = check.locator(".check-why.is-told")
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
    back = figure.get_by_role("button", name="As it was")
    expect(back).to_be_hidden()
    figure.get_by_role("slider", name="learning rate").press("ArrowRight")
    expect(look).to_have_text(re.compile("^It ends at a loss of"))
    expect(look).to_be_visible()
    back.click()
    expect(back).to_be_hidden()
    expect(figure.get_by_role("button", name="Show me without a guess")).to_be_visible()
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
    page.mouse.wheel(0, 700)
    expect(two.locator("[data-part=loss]")).to_be_visible()
    expect(rates.locator("[data-part=loss]")).to_be_hidden()
    opened(two)
    rows = two.get_by_role("radio")
    rows.first.click()
    settle(page)
    places = [row.bounding_box() for row in rows.all()]
    two.get_by_role("button", name="Let it run").click()
    page.keyboard.press("End")
    expect(two.locator(".question-verdict")).to_contain_text("Right is “It flies off”.")
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


def test_a_check_shows_its_runs_in_sight_until_the_reader_goes_on_and_leaves_an_open_question_alone(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/lessons/momentum")
    limit, following = page.locator("#figure-limit"), page.locator("#figure-beta")
    opened(limit)
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
    expect(limit.get_by_role("button", name="Show me without a guess")).to_be_visible()
    following.locator(".question").evaluate(
        "(asked) => scrollBy({ top: asked.getBoundingClientRect().top - 200, behavior: 'instant' })"
    )
    expect(following).to_have_class(re.compile("is-here"))
    expect(shown.locator("[data-part=map]")).to_be_hidden()


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


# Of two figures in a section, of sections without one, of checks and of what to try.
@pytest.mark.parametrize("name", ["momentum", "adam", "bias_correction"])
def test_beside_the_text_stands_the_figure_that_it_speaks_of(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"/lessons/{name}")
    here = page.locator("[data-figure].is-here")
    expect(here).to_have_attribute("id", f"figure-{next(spoken_of(lessons()[name]))[1]}")
    for figure in page.locator("[data-figure]").all():
        opened(figure)
    settle(page)
    for place, spoken in spoken_of(lessons()[name]):
        piece = page.locator(place)
        if not piece.is_visible():
            continue
        piece.evaluate("(one) => scrollBy({ top: one.getBoundingClientRect().top - 295, behavior: 'instant' })")
        expect(here).to_have_attribute("id", f"figure-{spoken}")


def test_a_figure_turns_as_the_reader_goes_on_and_not_as_a_question_comes_into_sight(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/lessons/momentum")
    limit, beta = page.locator("#figure-limit"), page.locator("#figure-beta")

    def scroll(figure: Locator, to: int) -> None:
        part = figure.locator(".question")
        part.evaluate(f"(one) => scrollBy({{ top: one.getBoundingClientRect().top - {to}, behavior: 'instant' }})")
        settle(page)

    opened(limit)
    opened(beta)
    # All of the next question is in sight, and the line is at the check before it.
    scroll(beta, 380)
    expect(beta.get_by_role("button", name="Show me without a guess")).to_be_in_viewport(ratio=1)
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
    expect(figure.get_by_role("button", name="Show me without a guess")).to_be_visible()
    expect(figure.locator("figcaption")).to_be_hidden()


def test_text_has_the_moment_it_speaks_of_beside_it(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/lessons/bias_correction")
    incline, without = page.locator("#figure-incline"), page.locator("#figure-without")
    opened(incline)
    opened(without)

    def read(part: Locator) -> None:
        part.evaluate("(one) => scrollBy({ top: one.getBoundingClientRect().top - 295, behavior: 'instant' })")

    read(page.locator("#figure-incline + .prose"))
    expect(incline.locator(".transport-step strong")).to_have_text("9")
    read(page.locator("#figure-incline + .prose + .prose"))
    expect(incline.locator(".transport-step strong")).to_have_text("44")
    expect(page.locator("#section-3 .prose")).to_be_hidden()
    read(without.locator(".question"))
    show_without_guess(page, without)
    read(page.locator("#section-3 .prose"))
    expect(without.locator(".transport-step strong")).to_have_text("0")
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
    expect(page.get_by_text("Plain descent follows the gradient, so")).to_be_hidden()


def test_what_to_try_has_its_runs_beside_it_and_then_what_it_leads_to_unless_the_reader_has_set_something(
    page: Page,
) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto("/lessons/the_learning_rate")
    edge, to_try = page.locator("#figure-edge"), page.locator("#try-1")
    step, rate = edge.locator(".transport-step strong"), edge.get_by_role("slider", name="learning rate")
    opened(edge)

    def read(part: Locator) -> None:
        part.evaluate("(one) => scrollBy({ top: one.getBoundingClientRect().top - 295, behavior: 'instant' })")

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


def test_the_first_view_of_a_lesson_takes_few_bytes(page: Page) -> None:
    """Fonts and KaTeX apart, as that of the playground: the finer ground comes once the first stands."""
    page.goto(f"/lessons/{EXAMPLE}")
    opened(page.locator("#figure-rates"))
    page.wait_for_load_state("networkidle")
    loaded = [each for each in page.evaluate(LOADED) if "KaTeX" not in each["name"]]
    assert weight(each for each in loaded if "&domain=" not in each["name"]) < 150_000
    assert weight(loaded) < 205_000
