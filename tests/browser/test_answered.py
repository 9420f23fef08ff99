"""A scene that was answered or changed: its verdict stays, and who goes and comes back finds it as it was left."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import Playground, whole
from tests.browser.scene import FIRST, SECOND, answer_wrongly, beat, flag_on, open_scene, words


def test_back_and_forward_go_from_scene_to_scene(page: Page) -> None:
    play = Playground(page, "/")
    play.button("Next scene").click()
    expect(words(page)).to_contain_text(SECOND.question)
    play.says("reveal=true")
    page.go_back()
    expect(words(page)).to_contain_text(FIRST.question)
    assert play.query == ""


def test_who_comes_back_to_a_scene_finds_it_as_it_was_left(page: Page) -> None:
    play, verdict = answer_wrongly(page)
    words(page).get_by_role("link", name="Lesson: ").click()
    expect(page.get_by_role("link", name="Back to the scene")).to_be_visible()
    page.go_back()
    beat(page, "Answer")
    expect(verdict).to_have_text(re.compile("No: you said A"))
    play.button("Now change it").click()
    play.settle()
    page.goto("/lessons")
    page.go_back()
    beat(page, "Change")
    expect(words(page)).to_contain_text("What will it do?")


def test_the_verdict_stays_beside_what_explains_and_back_from_a_change_comes_the_sentence_as_it_was(page: Page) -> None:
    play, verdict = answer_wrongly(page)
    for word in ("Working", "Why"):
        play.explain(word).click()
        expect(page.locator(".beat-sentence")).to_be_visible()
        whole(verdict)
        whole(play.button("Now change it"))
        play.explain(word).click()
    play.settle()
    end = play.step
    play.button("Now change it").click()
    play.button("Set it for me").click()
    expect(words(page)).to_contain_text("Put it back")
    play.settle()
    page.go_back()
    beat(page, "Answer")
    expect(verdict).to_have_text(re.compile("No: you said A"))
    play.at(end)
    page.go_forward()
    beat(page, "Change")
    expect(words(page)).to_contain_text("Put it back")


def test_a_run_that_is_set_before_the_answer_follows_the_hand_and_the_question_is_asked_again(page: Page) -> None:
    play = Playground(page, "/")
    flag_on(page, "A").click()
    play.rate(0).fill("0.003")
    page.keyboard.press("Enter")
    beat(page, "Change")
    expect(words(page).locator("h2")).to_have_text("You changed Gradient descent.")
    expect(words(page)).to_contain_text("At 0.003 Gradient descent still ends in A.")
    expect(page.locator(".transport-step .total")).not_to_be_empty()
    play.button("Back to the question").click()
    beat(page, "Question")
    expect(play.rate(0)).to_have_value("0.002")
    play.at(0)
    expect(flag_on(page, "A")).to_have_attribute("aria-pressed", "true")


def test_no_line_breaks_within_a_share_of_an_option_or_of_a_question_in_the_list(page: Page) -> None:
    open_scene(page, "rattle_foretold")
    assert page.locator(".guess").first.text_content() == "About 1\u00a0%"
    page.locator(".preset-button").click()
    expect(page.locator(".preset .remark").first).to_be_visible()
    asked = [part.text_content() or "" for part in page.locator(".preset .remark").all()]
    assert any("within 1\u00a0% of" in question for question in asked)
    assert not any(" %" in question for question in asked)


def test_answers_show_no_keys_once_letters_are_none(page: Page) -> None:
    play = open_scene(page, "rattle_foretold")
    key = "(answer) => getComputedStyle(answer, '::after').content"
    assert "counter" in str(page.locator(".guess").first.evaluate(key))
    play.button("Help").click()
    page.locator("summary", has_text=re.compile("^Keys$")).click()
    for is_on in (False, True):
        page.get_by_label("letters, digits, comma, full stop and ? are keys").set_checked(is_on)
        expect(page.locator(".beat-hand.has-keys")).to_have_count(int(is_on))


def open_change(page: Page) -> Playground:
    """Go to the change of the first scene, which makes the heavy ball end where gradient descent does."""
    play = Playground(page, "/")
    page.locator(".beat", has_text="Answer").click()
    play.button("Now change it").click()
    expect(options(page)).to_have_text(list(FIRST.change_guess))
    return play


def options(page: Page) -> Locator:
    """What the change may do, to choose from."""
    return words(page).get_by_role("radio")


@pytest.mark.parametrize("size", ["laptop", "phone"])
def test_what_was_said_that_a_change_will_do_is_held_to_it_and_goes_with_it(page: Page) -> None:
    play = open_change(page)
    verdict = page.locator(".beat-answer")
    expect(options(page).and_(page.locator("[aria-checked=true]"))).to_have_count(0)
    options(page).nth(0).click()
    page.keyboard.press("ArrowRight")
    expect(options(page).nth(1)).to_be_focused()
    expect(options(page).nth(1)).to_have_attribute("aria-checked", "true")
    page.keyboard.press("1")
    expect(options(page).nth(0)).to_have_attribute("aria-checked", "true")
    expect(verdict).to_have_count(0)
    play.button("Set it for me").click()
    wrong = "You said “It ends where it did”, and it is not so."
    expect(verdict).to_have_text(wrong)
    expect(words(page)).to_contain_text("turns into the nearest valley")
    whole(verdict)
    play.button("Put it back").click()
    expect(verdict).to_have_count(0)
    expect(options(page).nth(0)).to_have_attribute("aria-checked", "true")
    options(page).nth(1).click()
    play.button("Set it for me").click()
    right = "You said “It ends where gradient descent ends”, and you are right."
    expect(verdict).to_have_text(right)
    page.keyboard.press("Control+z")
    expect(verdict).to_have_count(0)
    expect(options(page).nth(1)).to_have_attribute("aria-checked", "true")
    page.keyboard.press("Control+Shift+z")
    expect(verdict).to_have_text(right)
    play.button("Undo all changes").click()
    play.button("Now change it").click()
    expect(options(page).and_(page.locator("[aria-checked=true]"))).to_have_count(0)


def test_a_change_is_made_without_saying_what_it_will_do_and_a_value_of_ones_own_is_held_to_nothing(page: Page) -> None:
    play = open_change(page)
    play.button("Set it for me").click()
    expect(words(page)).to_contain_text("turns into the nearest valley")
    expect(page.locator(".beat-answer")).to_have_count(0)
    play.button("Put it back").click()
    options(page).nth(1).click()
    play.rate(1).fill("0.0006")
    page.keyboard.press("Enter")
    expect(words(page)).to_contain_text("At 0.0006 it ends in A")
    expect(page.locator(".beat-answer")).to_have_count(0)


def test_what_was_said_of_a_change_comes_back_with_it(page: Page) -> None:
    play = open_change(page)
    options(page).nth(1).click()
    play.settle()
    play.button("Set it for me").click()
    expect(page.locator(".beat-answer")).to_contain_text("you are right")
    play.settle()
    page.go_back()
    beat(page, "Answer")
    page.go_forward()
    beat(page, "Change")
    expect(page.locator(".beat-answer")).to_contain_text("you are right")
