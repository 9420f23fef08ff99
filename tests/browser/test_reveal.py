"""A scene asks before it shows: question, run, sentence, and what to change; all at once for who touches a control."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS, Preset
from tests.browser.playground import MOVE_TO, TWO, Playground, frame, whole
from tests.browser.scene import FIRST, SECOND, beat, choose_scene, flag_on, open_scene, words


def type_size(page: Page, selector: str) -> float:
    return float(page.locator(selector).evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)"))


def test_a_scene_opens_with_its_question_and_shows_nothing_that_lies_ahead(page: Page) -> None:
    play = Playground(page, "/")
    beat(page, "Question")
    expect(words(page)).to_contain_text(FIRST.question)
    expect(words(page)).not_to_contain_text(FIRST.sentence)
    expect(play.button("Play")).to_be_visible()
    play.at(0)
    expect(page.locator(".transport-step .total")).to_be_empty()
    play.settle()
    for unasked in ("#loss", "#standings", ".explain-tabs"):
        expect(page.locator(unasked)).to_be_hidden()
    assert type_size(page, ".beat-question") > type_size(page, "#title h1")
    expect(page.locator(".slider-key")).to_be_empty()
    expect(words(page)).to_contain_text("A loss says how wrong a model is")
    page.set_viewport_size({"width": 1024, "height": 768})
    expect(page.locator("#tabs")).to_be_visible()
    for unasked in ("#loss", "#standings"):
        expect(page.locator(unasked)).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    assert type_size(page, ".beat-question") > type_size(page, "#title h1"), "on a phone too"
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.locator("#tabs")).to_be_hidden()
    play.settle()
    hidden = play.picture()
    expect(play.button("Show it")).to_have_count(0)  # what is asked is not answered beside it
    page.keyboard.press("h")
    expect(page.locator(".transport-step .total")).to_have_text(" of 217")
    play.repainted(hidden)


@pytest.mark.usefixtures("moving")
def test_an_address_that_plays_tells_what_the_runs_come_to_once_they_have(page: Page) -> None:
    play = Playground(page, f"/?{FIRST.query}#run=0")  # a long run, which goes on until it is pressed to its end
    beat(page, "Run")
    expect(words(page)).to_contain_text(FIRST.question)
    expect(words(page)).not_to_contain_text(FIRST.sentence)
    page.keyboard.press("End")
    beat(page, "Answer")
    expect(words(page)).to_contain_text(FIRST.sentence)
    expect(words(page)).to_contain_text(FIRST.why)
    page.keyboard.press("Home")
    play.at(0)
    beat(page, "Answer")  # what was told stays


@pytest.mark.usefixtures("moving")
@pytest.mark.parametrize("wall", ["", "#projector=true"])
def test_the_bare_address_of_a_scene_asks_as_links_to_it_do(page: Page, wall: str) -> None:
    play = Playground(page, f"/?{SECOND.query}{wall}")
    expect(page.locator(".beat-words[data-beat=question]")).to_contain_text(SECOND.question)
    play.at(0)
    play.says("reveal=true")
    expect(words(page)).not_to_contain_text(SECOND.sentence)


@pytest.mark.usefixtures("moving")
def test_a_place_is_given_or_pointed_at_how_far_off_it_was_is_said_and_the_answer_stays_until_it_is_asked_anew(
    page: Page,
) -> None:
    play = Playground(page, "/")
    play.slowly()
    expect(page.get_by_label("Your guess: y")).to_be_visible()
    # One coordinate after the other before anything is drawn anew.
    page.evaluate("""() => {
        for (const [parameter, value] of [["x", 1], ["y", 2]]) {
            const field = document.querySelector(`[aria-label="Your guess: ${parameter}"]`);
            field.focus();
            field.value = value;
            field.blur();
        }
    }""")
    for parameter, value in (("y", "2"), ("x", "1")):
        expect(page.get_by_label(f"Your guess: {parameter}")).to_have_value(value)
    start = play.query
    ground = page.locator(".map-ground")
    box = ground.bounding_box()
    assert box
    ground.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.get_by_label("Your guess: x")).not_to_have_value("1")
    assert play.query == start, "the start stays where it is"
    play.runs_button.click()
    beat(page, "Run")
    expect(words(page)).to_contain_text("Your flag stands at (")
    expect(words(page)).not_to_contain_text(FIRST.sentence)
    play.button("To the end").click()
    beat(page, "Answer")
    expect(words(page)).to_contain_text(FIRST.sentence)
    expect(words(page)).to_contain_text(re.compile(r"Heavy ball ends in D(, the minimum nearest to your flag)?\."))
    curves = page.locator("#loss-chart svg [data-of=line]")
    far = "(paths) => Math.max(0, ...paths.map((path) => path.getBoundingClientRect().right))"
    play.settle()
    end = curves.evaluate_all(far)
    for _ in range(2):
        play.button("To the start").click()
        play.button("A step forward").click()
        play.at(1)
        beat(page, "Answer")
        expect(words(page)).to_contain_text(FIRST.sentence)
        expect(page.locator(".transport-step .total")).to_have_text(" of 217")
        play.settle()
        expect(words(page)).to_contain_text("Heavy ball ends in D")
        assert curves.evaluate_all(far) == pytest.approx(end, abs=1)
    page.keyboard.press("h")
    beat(page, "Question")
    expect(words(page)).not_to_contain_text(FIRST.sentence)
    expect(page.locator(".transport-step .total")).to_be_empty()
    play.settle()
    assert curves.evaluate_all(far) < end


@pytest.mark.usefixtures("moving")
def test_a_run_an_option_and_a_number_are_guessed_by_keys(page: Page) -> None:
    play = open_scene(page, "learning_rate_line")
    page.get_by_role("radio", name="0.21").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="0.1947")).to_be_checked()
    play.runs_button.press("Enter")
    expect(page.locator(".play")).to_be_focused()
    page.keyboard.press("End")
    expect(words(page)).to_contain_text(re.compile("No: you chose .*: loss .*The answer is .*: loss 0.0713"))
    choose_scene(page, "learning_rate_parabola")
    beat(page, "Question")
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="It bounces from side to side for ever")).to_be_checked()
    play.runs_button.click()
    page.keyboard.press("End")
    expect(words(page)).to_contain_text("You are right.")
    choose_scene(page, "deck_stop_rule")
    page.get_by_label("Your guess: steps").fill("100")
    expect(play.runs_button).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    play.button("To the end").click()
    expect(words(page)).to_contain_text("No: you said 100; it takes 1 step: 99 off.")


def test_the_minima_are_answers_in_rows_where_a_question_has_room_and_side_by_side_on_a_phone(page: Page) -> None:
    play = Playground(page, "/")
    answers = page.locator(".guess")

    def edges(edge: str) -> list[float]:
        return answers.evaluate_all(f"(all) => all.map((answer) => answer.getBoundingClientRect().{edge})")

    for address in ("/", "/#projector=true"):
        play.move_to(address)
        expect(answers).to_have_text(["A(3, 2)", "B(−2.81, 3.13)", "C(−3.78, −3.28)", "D(3.58, −1.85)"])
        expect(answers.last.get_by_text("(3.58, −1.85)")).to_be_visible()
        play.settle()
        assert len(set(edges("left"))) == len(set(edges("right"))) == 1
        column = page.locator(".beat-words").bounding_box()
        assert column
        assert edges("width")[0] == pytest.approx(column["width"])
        page.keyboard.press("3")
        expect(flag_on(page, "C")).to_have_attribute("aria-pressed", "true")
        expect(play.runs_button).to_be_visible()
    play.move_to("/")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(answers.last.get_by_text("(3.58, −1.85)")).to_be_hidden()
    assert len(set(edges("top"))) == 1


ANSWERS = {
    "opening": "Heavy ball ends in D.",
    "one_step": "Ever shorter.",
    "learning_rate_line": "Rate 0.15: loss 0.0713.",
    "deck_stop_rule": "It takes 1 step.",
}


@pytest.mark.parametrize("size", ["phone"])
def test_on_a_small_phone_the_way_to_run_lies_above_the_tabs(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    for name in ("start_left", "clipping"):
        play = Playground(page, f"/?{PRESETS[name].query}#reveal=true")
        beat(page, "Question")
        play.settle()
        run = page.get_by_role("button", name="Run without a guess").bounding_box()
        tabs = page.locator("#tabs").bounding_box()
        assert run
        assert tabs
        assert run["y"] + run["height"] <= tabs["y"], name


def test_who_has_not_guessed_reads_the_answer_below_the_question_on_page_and_wall(page: Page) -> None:
    play = Playground(page, "/")
    *on_page, on_wall = ANSWERS.items()
    for name, answer, wall in (*((*each, "") for each in on_page), (*on_wall, "#projector=true")):
        play.move_to(f"/?{PRESETS[name].query}{wall}")
        expect(words(page)).to_contain_text(PRESETS[name].question)
        play.button("Answer").click()
        expect(page.locator(".beat-question + .beat-answer > strong")).to_have_text(answer)
        assert type_size(page, ".beat-answer > strong") >= type_size(page, ".beat-sentence")
        whole(page.locator(".beat-sentence"))
        whole(page.locator(".beat-why"))


def test_why_a_scene_goes_as_it_does_is_shown_once_it_has_been_told(page: Page) -> None:
    play = open_scene(page, "creeps_and_swings")
    preset, tab, why = PRESETS["creeps_and_swings"], play.button("Why"), play.button("See why")
    expect(words(page)).to_contain_text(preset.question)
    expect(why).to_have_count(0)
    expect(tab).to_be_hidden()
    page.keyboard.press("h")
    beat(page, "Answer")
    expect(tab).to_be_visible()
    why.click()
    expect(page.locator(".why-answer")).to_have_text(preset.why)
    expect(page.locator(".why-sentence")).to_contain_text("it creeps, and a step keeps 0.926")
    expect(why).to_have_count(0)


def test_h_hides_what_lies_ahead_without_a_scene_and_who_touches_a_control_sees_all_at_once(page: Page) -> None:
    play = Playground(page, TWO)
    play.rest()
    page.get_by_label("Step", exact=True).fill("20")
    play.at(20)
    play.settle()
    whole = play.picture()
    page.keyboard.press("h")
    play.says("reveal=true")
    expect(page.locator(".transport-step .total")).to_be_empty()
    play.at(20)
    play.repainted(whole)
    page.reload()
    play.wait()
    expect(play.button("Play")).to_be_visible()
    expect(page.locator(".transport-step .total")).to_be_empty()
    page.keyboard.press("h")
    expect(page.locator(".transport-step .total")).to_have_text(" of 50")
    page.keyboard.press("h")
    expect(page.locator(".transport-step .total")).to_be_empty()
    play.rate(0).fill("0.01")
    page.keyboard.press("Enter")
    expect(page.locator(".transport-step .total")).not_to_be_empty()
    expect(page.locator(".slider-key")).to_contain_text("loss at the end")
    expect(page.locator(".transport-step strong")).not_to_have_text("0")


def test_what_is_proposed_is_ringed_set_and_said(page: Page) -> None:
    play = Playground(page, "/")
    play.slowly()
    play.button("Change").click()
    assert FIRST.change
    expect(words(page)).to_contain_text(FIRST.change.do)
    expect(words(page)).not_to_contain_text(FIRST.change.then.removeprefix("it "))
    expect(page.locator(".run.is-proposed .run-name")).to_have_text("Heavy ball")
    play.button("Run").click()
    beat(page, "Run")
    play.button("Change").click()
    play.rate(1).fill("0.0005")
    page.keyboard.press("Enter")
    expect(words(page)).to_contain_text(FIRST.change.then.removeprefix("it "))
    expect(page.locator(".transport-step .total")).to_have_text(" of 217")
    play.rate(1).fill("0.0006")
    page.keyboard.press("Enter")
    beat(page, "Change")
    expect(words(page)).to_contain_text(FIRST.change.do)
    # As the spec runs in NumPy: to A, (3, 2), and at 0.0015 to D, (3.58, -1.85).
    expect(words(page)).to_contain_text("At 0.0006 it ends in A instead of D, as Gradient descent does.")
    expect(page.locator(".standings tr", has_text="Heavy ball")).to_contain_text(re.compile(r"D →\s*A"))
    expect(page.locator("#loss-chart [data-of=prepared]")).to_have_count(1)
    expect(play.run(1).locator(".slider [data-of=was]")).to_have_count(1)
    play.button("Put it back").click()
    expect(page.locator(".slider [data-of=was]")).to_have_count(0)
    expect(play.rate(1)).to_have_value("0.0015")
    expect(words(page)).to_contain_text("What will it do?")


@pytest.mark.parametrize("size", ["phone"])
def test_a_scene_leads_from_its_sentence_to_its_change_and_lesson_and_from_there_to_the_next(page: Page) -> None:
    play = Playground(page, "/")
    onward = words(page).get_by_role("button", name=f"Next: {SECOND.title}")
    page.locator(".beat", has_text="Answer").click()
    lesson = words(page).get_by_role("link", name="Lesson: What an optimizer is for")
    expect(lesson).to_have_attribute("href", "/lessons/what_an_optimizer_is_for")
    play.button("Now change it").click()
    expect(words(page)).to_contain_text("What will it do?")
    expect(onward).to_have_count(0)
    play.button("Set it for me").click()
    whole(onward)
    onward.click()
    expect(page.locator(".preset-title")).to_have_text(SECOND.title)
    beat(page, "Question")


def longest(text: Callable[[Preset], str]) -> Preset:
    """The scene of which `text` is longest."""
    return max(PRESETS.values(), key=lambda preset: len(text(preset)))


ROOM_FOR_A_CHART = """document.querySelector("[data-part=loss]").hidden
    || innerHeight - document.querySelector("#words").getBoundingClientRect().bottom > 0.3 * innerHeight"""
LONGEST = {
    "Question": longest(lambda preset: preset.question + preset.ask),
    "Answer": longest(lambda preset: preset.sentence),
    "Change": longest(lambda preset: f"{preset.change.do} {preset.change.then}"),
}


@pytest.mark.parametrize(("size", "wall"), [("phone", ""), ("laptop", ""), ("laptop", "#projector=true")])
def test_the_longest_question_sentence_and_change_have_room(page: Page, wall: str) -> None:
    fixed = not wall  # there the chart has what they leave, and none stands beside an open question
    play = Playground(page, f"/{wall}")
    play.settle()
    height = "document.querySelector('#words').offsetHeight"
    room = page.evaluate(height)
    for name, preset in LONGEST.items():
        page.evaluate(MOVE_TO, f"/?{preset.query}{wall}")
        expect(words(page)).to_contain_text(preset.question)
        play.button(name).click()
        beat(page, name)
        if name == "Question" and page.locator(".guess").count():
            page.locator(".guess").first.click()
        frame(page)
        # Each is rounded to a whole pixel.
        needs, has = words(page).evaluate("(node) => [node.scrollHeight, node.clientHeight]")
        assert needs <= has + 1, f"{preset.name}: {name} needs {needs} of {has}"
        assert fixed or page.evaluate(ROOM_FOR_A_CHART), f"{preset.name}: {name}"
    play.move_to("/")
    expect(words(page)).to_contain_text(FIRST.question)
    play.settle()
    assert not fixed or page.evaluate(height) == room


def test_axe_finds_nothing_in_any_beat(page: Page, axe: Callable[..., list[str]]) -> None:
    play = open_scene(page, "learning_rate_line")
    assert axe(page) == []
    for name in ("Answer", "Change"):
        play.button(name).click()
        beat(page, name)
        assert axe(page, "#words") == []


def test_the_working_tells_of_the_next_step_though_it_is_not_drawn_yet(page: Page) -> None:
    play = Playground(page, "/#explanation=working")
    expect(page.locator(".names-step")).to_contain_text("0 to 1")
    expect(page.locator(".working-line").first).to_be_visible()
    play.button("Next scene").click()
    question, ask = page.locator(".beat-question"), page.locator(".beat-ask")
    expect(question).to_have_text(SECOND.question)
    expect(page.locator(".names-step")).to_be_hidden()
    expect(page.locator(".explain-tabs")).to_be_hidden()
    for word in ("Working", "States"):
        play.button("A step forward").click()
        play.explain(word).click()
        expect(ask).to_be_hidden()
        whole(question)
        play.button("Question").click()
        expect(ask).to_be_visible()
    play.button("A step forward").click()
    play.explain("Working").click()
    page.keyboard.press("h")
    page.keyboard.press("h")
    expect(ask).to_be_visible()
    whole(question)
    play.at(0)


def test_scenes_have_pictures_and_are_leafed_through_in_the_order_of_a_course(page: Page) -> None:
    play = Playground(page, "/")
    page.locator(".preset-button").click()
    sheet = page.get_by_role("dialog", name="Scenes")
    expect(sheet.locator(".preset[aria-current]")).to_be_focused()
    expect(sheet.locator(".preset")).to_have_count(len(PRESETS))
    page.keyboard.type("bend")  # wherever the focus is, letters go to the search
    expect(sheet.get_by_role("searchbox")).to_have_value("bend")
    expect(sheet.locator(".preset").first).to_contain_text("Round the bend")
    sheet.get_by_role("searchbox").fill("")
    last = sheet.locator(".preset-picture").last
    last.scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.querySelectorAll('.preset-picture')].at(-1).naturalWidth === 128")
    expect(sheet.locator(".preset-picture[data-waiting]")).to_have_count(0)
    page.keyboard.press("Escape")
    door = page.locator("#preset")
    expect(door).to_contain_text(f"Scene 1 of {len(PRESETS)}")
    play.button("Next scene").click()
    expect(door).to_contain_text(f"Scene 2 of {len(PRESETS)}")
    page.locator("body").press("n")
    expect(door).to_contain_text(f"Scene 3 of {len(PRESETS)}")
    page.locator("body").press("p")
    expect(door).to_contain_text(f"Scene 2 of {len(PRESETS)}")
    play.says("expression=x**2&start=-3&")
    play.rate(0).fill("0.04")
    page.keyboard.press("Enter")
    expect(door).to_contain_text("Changed")
    play.says("gd:learning_rate=0.04")
    page.go_back()
    expect(door).to_contain_text(f"Scene 2 of {len(PRESETS)}")
