"""What a student reads off the page: gradients, epochs, steps, minima, and what an action did besides."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import TWO, Playground, explained

AT_END = f"{TWO}#step=50&run=0"
ADAM = "/?surface=himmelblau&start=0,0&max_steps=60&optimizer=adam:learning_rate=0.1"
BATCHES = "/?dataset=shoe_size&max_steps=20&optimizer=sgd:batch_size=2,learning_rate=0.02"


def row(page: Page, step: int) -> Locator:
    """Of the table of steps."""
    return page.locator(".steps tbody tr").filter(has=page.get_by_title(f"Go to step {step}", exact=True))


def test_a_row_without_a_step_has_no_gradient(page: Page) -> None:
    Playground(page, AT_END)
    page.get_by_role("button", name="Steps", exact=True).click()
    expect(page.locator(".steps thead")).to_contain_text("∂f/∂y")
    last = row(page, 50).locator("td")
    # No step leads on from it, and it stands on a slope all the same: 0 would be wrong.
    expect(last.nth(2)).not_to_have_text("")
    assert last.all_inner_texts()[3:] == ["", ""]
    page.get_by_role("button", name="A step back").click()
    expect(row(page, 49)).to_have_attribute("aria-current", "true")
    assert all(row(page, 49).locator("td").all_inner_texts())


def test_a_step_says_its_epoch_and_the_points_that_it_saw(page: Page) -> None:
    play = explained(page, f"{BATCHES}#step=1&run=0&explanation=steps")
    expect(page.locator(".steps thead")).to_contain_text("epoch")
    spec = {
        "problem": {"dataset": "shoe_size"},
        "stop": {"max_steps": 20},
        "optimizers": [{"name": "sgd", "batch_size": 2, "learning_rate": 0.02}],
    }
    run = page.request.post("/api/v1/trajectories", data=spec).json()["runs"][0]
    for step in (0, 1, 2, 3):
        epoch, points = row(page, step).locator("td").all_inner_texts()[-2:]
        # Three points, two and then one a step.
        assert epoch == str(step // 2 + 1)
        assert [int(one) for one in re.sub(r" at .*", "", points).split(", ")] == [k + 1 for k in run["batch"][step]]
    play.button("Close Steps").click()
    expect(page.locator("#loss-chart [data-of=epochs]")).to_have_count(1)
    play.open("/?dataset=shoe_size&max_steps=20&optimizer=gd:learning_rate=0.02#step=1&run=0&explanation=steps")
    expect(page.locator(".steps thead")).to_contain_text("∂L/∂slope")
    expect(page.locator(".steps thead")).not_to_contain_text("epoch")
    play.button("Close Steps").click()
    expect(page.locator("#loss-chart [data-of=line]").first).to_be_attached()
    expect(page.locator("#loss-chart [data-of=epochs]")).to_have_count(0)


def test_counter_working_and_explanation_tell_of_one_step(page: Page) -> None:
    play = Playground(page, f"{ADAM}#step=13&run=0&explanation=working")
    play.at(13)
    counter, working, explanation = (
        page.locator(f".{name}") for name in ("transport-step p", "names-step .explanation-where", "explanation-where")
    )
    expect(counter).to_contain_text("step 13, next 14 of 60")
    expect(working).to_contain_text("step 14, from 13 to 14")
    play.button("A step forward").click()
    expect(counter).to_contain_text("step 14, next 15 of 60")
    expect(working).to_contain_text("step 15, from 14 to 15")
    for content in ("Averages", "States", "Why"):
        play.explain(content).click()
        expect(explanation).to_have_text("Adam, step 15, from 14 to 15")
        expect(counter).to_contain_text("step 14, next 15 of 60")
    play.button("To the end").click()
    expect(explanation).to_have_text("Adam, last step 60, from 59 to 60")
    expect(page.locator(".transport-step .to")).to_have_count(0)
    play.button("To the start").click()
    expect(explanation).to_have_text("Adam, step 1, from 0 to 1")
    play.button("Play").click()
    page.evaluate(SAME_STEP)


SAME_STEP = """() => new Promise((resolve, reject) => {
  const seen = new Set();
  requestAnimationFrame(function look() {
    const counter = document.querySelector(".transport-step strong").textContent;
    const head = document.querySelector(".explanation-where").textContent;
    if (!head.includes(` from ${counter} to `) && !head.includes("last step")) return reject(`${counter}: ${head}`);
    seen.add(head);
    return seen.size > 4 || head.includes("last step") ? resolve() : requestAnimationFrame(look);
  });
})"""
"""Looks at each frame whether counter and heading tell of one step, until they have changed some times."""


def test_the_text_under_a_form_is_that_of_the_form(page: Page) -> None:
    run = Playground(page, ADAM).open_run(0)
    form = run.get_by_label("Form", exact=True)
    note = run.locator(".fold > .note")
    expect(note).to_contain_text("both corrected for starting at 0")
    form.select_option("uncorrected")
    expect(note).to_contain_text("so the first steps are too long")
    form.select_option("standard")
    expect(note).to_contain_text("both corrected for starting at 0")


def test_what_an_action_did_besides_is_said(page: Page) -> None:
    play = Playground(page)
    run = play.open_run(0)
    run.get_by_label("Optimizer", exact=True).select_option("momentum")
    said = re.compile(r"rate set to 0\.\d+, as suggested here")
    expect(run.locator(".run-note")).to_have_text(said)
    expect(play.sentence()).to_contain_text(said)
    play.rate(0).fill("0.02")
    page.keyboard.press("Enter")
    expect(run.locator(".run-note")).to_have_count(0)
    expect(play.sentence()).not_to_contain_text("rate set")
    page.get_by_role("button", name="Add a run").click()
    page.get_by_role("button", name="Stochastic gradient descent", exact=True).click()
    added = page.locator(".run[data-selected]")
    expect(added.locator(".run-note").first).to_have_text("noise 1")
    expect(play.sentence()).to_contain_text("noise 1 added to each gradient")


def test_every_known_minimum_is_told_to_a_reader_of_the_map(page: Page) -> None:
    Playground(page, "/?surface=six_hump_camel&window=-100,100,-100,100&optimizer=gd:learning_rate=0.001")
    told = re.compile(r"Known minima: −1\.032 at \(0\.08984, −0\.7127\), ")
    expect(page.locator(".map-ground")).to_have_attribute("aria-label", told)
