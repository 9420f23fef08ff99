"""Every control: that it is there, that it does what it says, and that the address says so too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.course.presets import PRESETS
from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground

SCENES = len(PRESETS)


def test_a_rate_goes_by_keys_and_by_mouse_and_a_wrong_one_is_refused_where_it_is_typed(page: Page) -> None:
    play = Playground(page)
    play.rest()
    rule = play.run(0).locator(".slider-input")
    rule.focus()
    page.keyboard.press("ArrowRight")
    expect(play.rate(0)).to_have_value("0.051")
    expect(rule).to_have_attribute("aria-valuetext", "0.051")
    page.keyboard.press("PageUp")
    expect(play.rate(0)).to_have_value("0.1")
    assert play.step == 0, "the playhead stays"
    page.evaluate(
        """() => addEventListener("keydown", (event) => {
            if (event.key === "ArrowLeft") setTimeout(() => (window.leftToBrowser = !event.defaultPrevented));
        })"""
    )
    for key in ["Alt+ArrowLeft", "Control+ArrowLeft"]:
        page.evaluate("() => (window.leftToBrowser = null)")
        page.keyboard.press(key)
        page.wait_for_function("() => window.leftToBrowser !== null")
        assert page.evaluate("() => window.leftToBrowser")
    expect(play.rate(0)).to_have_value("0.1")
    expect(rule).to_be_focused()
    expect(rule).to_be_enabled()
    play.rate(0).fill("0,2")
    page.keyboard.press("Enter")
    play.says("gd:learning_rate=0.2")
    play.rate(0).fill("0.5")
    page.keyboard.press("ArrowUp")  # from what is typed, not from what was set
    play.says("gd:learning_rate=0.51")
    play.rate(0).fill("0.2")
    page.keyboard.press("Enter")
    play.says("gd:learning_rate=0.2")
    play.rate(0).fill("-3")
    page.keyboard.press("Enter")
    expect(play.rate(0)).to_have_attribute("aria-invalid", "true")
    play.says("gd:learning_rate=0.2")
    page.keyboard.press("Escape")
    expect(play.rate(0)).to_have_value("0.2")
    play.settle()
    before = play.picture()
    box = play.run(0).locator(".slider-input").bounding_box()
    assert box
    middle = box["y"] + box["height"] * 0.45
    page.mouse.move(box["x"] + box["width"] * 0.6, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.85, middle, steps=5)
    play.repainted(before)  # while it is held
    page.mouse.up()
    play.settle()
    rate = float(play.rate(0).input_value())
    assert 0.5 < rate < 5
    play.says(f"optimizer=gd:learning_rate={play.rate(0).input_value()}")
    expect(play.run(0).locator(".warning")).to_contain_text("Growing")


def test_runs_are_added_copied_hidden_and_removed_to_the_last(page: Page) -> None:
    play = Playground(page)
    play.button("Add a run").click()
    page.get_by_role("dialog", name="Add a run").get_by_role("button", name="RMSProp").click()
    expect(play.run(2).locator(".run-name")).to_have_text("RMSProp")
    play.open_run(0).get_by_role("button", name="Copy").click()
    expect(page.locator(".runs .run")).to_have_count(4)
    play.rate(1).fill("0.2")
    page.keyboard.press("Enter")
    expect(page.locator(".standing-name", has_text="Descent 0.2")).to_be_visible()
    play.open_run(1).get_by_role("button", name="Hide").click()
    expect(page.locator(".standing-name", has_text="Descent 0.2")).to_have_count(0)
    play.says("hidden=1")
    play.run(1).get_by_role("button", name="Show").click()
    play.open_run(0).get_by_role("button", name="Remove").click()
    assert play.query.count("optimizer=") == 3
    play.says("colours=1,3,2")
    for left in (2, 1, 0):
        play.open_run(0).get_by_role("button", name="Remove").click()
        expect(page.locator(".runs .run")).to_have_count(left)
    expect(play.sentence()).to_contain_text("Nothing runs yet")
    play.button("Gradient descent against Adam").click()
    expect(page.locator(".standings tbody")).to_have_count(2)


def test_another_landscape_brings_its_own_start_and_rates_and_a_line_fit_its_data(page: Page) -> None:
    play = Playground(page, f"{TWO}&start=1,1")
    page.locator("#landscape .sheet", has_text="Himmelblau").click()
    expect(page.locator("#title h1")).to_have_text("Himmelblau")
    expect(page.locator("#title .katex")).to_be_visible()
    expect(page.locator(".suited")).to_have_text("Its own start and rates")
    play.says("surface=himmelblau")
    assert "start=" not in play.query
    assert "gd:learning_rate=0.05" not in play.query
    page.get_by_role("button", name=re.compile("All 2. surfaces")).click()
    page.get_by_role("dialog", name="All surfaces").get_by_role("button", name="Ackley").click()
    expect(page.locator("#title h1")).to_have_text("Ackley")
    page.get_by_role("radio", name="Line fits").click()
    page.locator("#landscape .sheet", has_text="Shoe size").click()
    expect(page.locator("#data")).to_be_visible()
    play.wait()
    play.says("dataset=shoe_size")
    page.locator("#landscape").get_by_label("Loss", exact=True).select_option("mae")
    play.says("loss=mae")
    page.locator("#landscape details summary").click()
    page.get_by_label("y of point 1").fill("1.5")
    page.keyboard.press("Enter")
    play.says("points=0.6,1.5;0.8,1.2;1.1,2.1&loss=mae")
    play.settle()
    box = page.locator("#data-chart").bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.3)
    points = "(count) => decodeURIComponent(location.search).split(';').length === count"
    page.wait_for_function(points, arg=4)
    page.get_by_role("button", name="Remove point 2").click()
    page.wait_for_function(points, arg=3)
    page.get_by_role("radio", name="samples").click()
    play.says("count=samples")


def test_where_rates_would_end_is_shaded_read_out_under_the_pointer_and_follows_what_changes(page: Page) -> None:
    play = Playground(page)
    rule = play.run(0).locator(".slider")
    shade = rule.locator("[data-of=shade]")
    expect(shade).to_have_attribute("d", re.compile("^M"))
    expect(rule.locator("[data-of=hatch]")).to_have_attribute("d", re.compile("^M"))
    play.settle()
    box = rule.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] - 9, box["y"] + 10)
    expect(rule.locator(".readout")).to_have_text(re.compile(r"^(8.3|10) diverges\s*grows above "))
    page.mouse.move(box["x"] + 9, box["y"] + 10)
    expect(rule.locator(".readout")).to_contain_text("ends at loss 14.")
    page.mouse.move(5, 5)
    expect(rule.locator(".readout")).to_be_hidden()
    described = rule.locator(".slider-input").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("12 in each decade")
    rule.locator(".slider-input").focus()
    page.keyboard.press("ArrowRight")
    expect(rule.locator(".readout")).to_contain_text("ends at")
    play.settle()
    before = shade.get_attribute("d")
    page.get_by_label("Steps at the most").fill("10")
    page.keyboard.press("Enter")
    expect(shade).not_to_have_attribute("d", before or "")
    expect(play.run(0).locator(".slider.catching-up")).to_have_count(0)


def test_where_rates_begin_to_fail_is_a_number_at_the_slider_and_in_its_key(page: Page) -> None:
    # 2/20 is the edge: the largest eigenvalue of the Hessian is 20
    query = "expression=x**2%2B10*y**2&start=4,1&max_steps=2000&optimizer=gd:learning_rate=0.05&optimizer=adam"
    play = Playground(page, f"/?{query}")
    rule = play.run(0).locator(".slider")
    says = re.compile(r"grows above 0\.100, as the largest curvature is 20", re.IGNORECASE)
    expect(rule).to_have_attribute("title", says)
    expect(page.locator(".key-edge")).to_have_text(says)
    described = rule.locator(".slider-input").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_have_text(says)
    rule.hover()
    expect(rule.locator(".readout-edge")).to_have_text(says)
    play.settle()
    readout, box = rule.locator(".readout").bounding_box(), rule.bounding_box()
    assert readout
    assert box
    assert readout["x"] >= box["x"] - 1
    assert readout["x"] + readout["width"] <= box["x"] + box["width"] + 1
    play.open_run(1)
    expect(page.locator(".key-edge")).to_have_text(
        re.compile("^Adam’s run: no edge up to 10: no run ends above its start")
    )


def test_a_run_unfolds_to_its_other_values(page: Page) -> None:
    play = Playground(page)
    run = play.open_run(1)
    run.get_by_label(re.compile("^beta1")).last.fill("0.5")
    page.keyboard.press("Enter")
    play.says("adam:learning_rate=0.1,beta1=0.5")
    run.get_by_label("Schedule").select_option("exponential")
    play.says("schedule=exponential,schedule.decay=")
    play.settle()
    ticks = run.locator("[data-of=rates]")
    expect(ticks).to_have_count(0)  # a rate that falls with every step has too many
    run.get_by_label("Schedule").select_option("chebyshev")
    expect(ticks).to_have_attribute("d", re.compile(r"^(M[^M]+){64}$"))
    run.get_by_label("Form").select_option("uncorrected")
    play.says("form=uncorrected")
    run.get_by_label("Noise on the gradient").fill("0.1")
    page.keyboard.press("Enter")
    play.says("noise=0.1")
    run.get_by_label("Optimizer").select_option("rmsprop")
    play.says("optimizer=rmsprop:learning_rate=")
    assert "beta1" not in play.query
    play.run(0).locator(".run-toggle").click()
    expect(run.locator(".fold")).to_be_hidden()


def test_the_stop_sentence_is_typed_into_and_a_wrong_number_is_told_at_its_field_with_what_is_allowed(
    page: Page,
) -> None:
    play = Playground(page)
    steps, small = (page.get_by_label(label, exact=True) for label in ("Steps at the most", "Smallest step"))
    said = page.locator("#field-fault")
    for given, words in [
        ("9999999", "not 9,999,999"),
        ("0", "not 0"),
        ("many", "not “many”"),
        ("", "nothing is there"),
    ]:
        steps.fill(given)
        page.keyboard.press("Enter")
        expect(said).to_contain_text("a whole number from 1 to 100,000")
        expect(said).to_contain_text(words)
        expect(steps).to_have_attribute("aria-describedby", "field-fault")
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    expect(steps).to_have_value("50")
    steps.fill("1,000")
    page.keyboard.press("Enter")
    expect(steps).to_have_value("1000")
    expect(small).to_have_value("off")
    for label, value in [
        ("Steps at the most", "400"),
        ("Smallest step", "0,01"),
        ("Loss to reach", "0.5"),
    ]:
        page.get_by_label(label, exact=True).fill(value)
        page.keyboard.press("Enter")
    play.says("max_steps=400&min_step_size=0.01&target_loss=0.5")
    play.button("To the end").click()
    expect(page.locator(".why").first).to_contain_text("reached loss 0.5")
    small.fill("")
    small.blur()
    expect(small).to_have_value("off")
    page.wait_for_function("() => !location.search.includes('min_step_size')")


def test_a_seed_is_asked_for_where_chance_has_a_part(page: Page) -> None:
    page.goto("/?dataset=stopping_distance&standardize=true&max_steps=50&optimizer=gd:learning_rate=0.1")
    seed = page.get_by_label("Seed", exact=True)
    expect(page.get_by_label("Loss to reach")).to_be_visible()
    expect(seed).to_have_count(0)
    page.goto("/?dataset=stopping_distance&standardize=true&max_steps=50&optimizer=sgd:learning_rate=0.1")
    seed.fill("7")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('seed=7')")


def test_what_was_wrong_with_a_number_goes_with_the_next_thing_that_is_done(page: Page) -> None:
    page.goto("/?network=xor:hidden=3-3&max_steps=20&optimizer=gd:learning_rate=0.1")
    said = page.locator("#field-fault")
    page.get_by_label("Neurons of hidden layer 2").fill("500")
    page.keyboard.press("Tab")
    expect(said).to_contain_text("not 500")
    page.get_by_role("button", name="One hidden layer less").click()
    expect(said).to_be_hidden()


def test_a_formula_runs_as_it_is_typed_and_a_wrong_one_is_marked(page: Page, faults: Faults) -> None:
    faults.allow("422")
    play = Playground(page)
    page.get_by_role("radio", name="Formula", exact=True).click()
    field = page.locator("#formula")
    expect(field).to_have_value("x^2 + 2*y^2")
    expect(page.locator("#title h1")).to_have_text("Bowl")
    field.fill("x**2 + 5*y**2")
    expect(page.locator("#title h1")).to_have_text("Function of x and y")
    play.wait()
    play.says("expression=x**2 + 5*y**2")
    field.fill("x**2 + 3*sine(y)")
    expect(page.locator("#formula-message")).to_contain_text("Column 10")
    expect(page.locator(".wavy")).to_have_text("sine")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#notice")).to_contain_text("Still showing the last formula that could be read")
    expect(page.locator("#map")).to_have_class(re.compile("map-stale"))
    field.fill("x**4")
    expect(page.locator("#formula-message")).to_be_hidden()
    expect(page.locator("#notice .notice")).to_be_hidden()
    expect(page.locator("#map")).not_to_have_class(re.compile("map-stale"))


@pytest.mark.parametrize("size", ["phone"])
def test_a_scene_about_the_loss_shows_the_chart_where_there_is_one_panel(page: Page) -> None:
    Playground(page, "/")
    page.locator(".preset-button").click()
    scenes = page.get_by_role("dialog", name="Scenes")
    scenes.get_by_role("searchbox").fill("stochastic sample")
    expect(scenes.get_by_role("button", name=re.compile(r"^\d+ Pay per sample"))).to_be_visible()
    scenes.get_by_role("searchbox").press("Enter")
    expect(page.locator("#loss")).to_be_visible()
    expect(page.get_by_role("radio", name="samples")).to_have_attribute("aria-checked", "true")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator("#preset-words strong", has_text=re.compile("^25$")).first).to_be_visible()


def test_keys_hands_and_marks_are_said_and_letters_can_be_switched_off(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    play = Playground(page, "/")
    page.locator("body").press("?")
    sheet = page.get_by_role("dialog", name="Keys, hands and marks")
    expect(sheet).to_contain_text("hollow: this run has ended")
    expect(sheet).to_contain_text("rises every way")
    assert axe(page) == []
    sheet.get_by_text("Keys", exact=True).click()
    sheet.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.locator("body").press("n")
    page.locator("body").press("?")
    expect(page.locator("#preset")).to_contain_text(f"Scene 1 of {SCENES}")
    expect(sheet).to_be_hidden()
    play.button("Help").click()
    sheet.get_by_text("Keys", exact=True).click()
    sheet.get_by_role("checkbox").check()
    page.keyboard.press("Escape")
    page.locator("body").press("n")
    expect(page.locator("#preset")).to_contain_text(f"Scene 2 of {SCENES}")


def test_day_and_night_are_remembered(page: Page) -> None:
    play = Playground(page)
    play.button("Night map").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "night")
    expect(play.button("Day map")).to_be_visible()


@pytest.mark.parametrize("size", ["projector"])
def test_the_projector_keeps_what_a_hand_at_the_wall_needs(page: Page) -> None:
    play = Playground(page, "/")
    play.button("Present").click()
    play.says("projector=true")
    expect(page.locator("#landscape")).to_be_hidden()
    page.locator("body").press("r")
    play.settle()
    name = play.run(0).locator(".run-name")
    assert float(name.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)")) >= 24
    box = play.run(0).locator(".slider-input").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.2, box["y"] + 10)
    expect(play.rate(0)).to_have_value(re.compile(r"^0\.0001\d$"))
    page.locator("body").press("r")
    expect(page.locator("#runs")).to_be_hidden()
    expect(page.locator("#loss-chart")).to_be_visible()
    play.button("Controls").click()
    play.button("To the end").click()
    play.tab("Standings")
    expect(page.locator(".why").first).to_contain_text("at a minimum")
    page.locator("body").press("n")
    expect(page.locator("#preset")).to_contain_text("Scene 2; undo brings yours back")
    play.says("projector=true")
    play.button("Stop presenting").click()
    expect(page.locator("#landscape")).to_be_visible()


def test_the_start_is_typed_stays_while_a_formula_changes_and_is_offered_anew_where_there_is_no_loss(
    page: Page, faults: Faults
) -> None:
    faults.allow("422")
    play = Playground(page, "/?expression=x**2%2B3*y**2&start=1,5&optimizer=gd:learning_rate=0.1")
    page.get_by_label("Start: y").fill("4")
    page.keyboard.press("Enter")
    play.says("start=1,4")
    field = page.locator("#formula")
    for formula, start in [("x**2", "start=1"), ("x**2 + 5*y**2", "start=1,4")]:
        field.fill(formula)
        play.says(f"expression={formula}&{start}&")
    field.fill("sqrt(x - 2) + y**2")
    expect(page.locator("#notice")).to_contain_text("The loss is not defined at the start, (1, 4).")
    page.locator("#notice").get_by_role("button", name="Start at (").click()
    expect(page.locator("#notice .notice")).to_be_hidden()
    expect(page.locator("#sentence")).to_contain_text("the loss is not defined")
    field.fill("")
    expect(page.locator("#formula-help")).to_have_text("Nothing is typed: the map keeps what it shows.")


def test_a_start_far_from_the_map_is_said_and_brought_into_sight(page: Page) -> None:
    play = Playground(page, "/?surface=bowl&start=1e6,5&optimizer=gd:learning_rate=0.1")
    expect(page.locator("#notice")).to_contain_text("is off the map")
    page.get_by_role("button", name="Bring it into sight").click()
    play.says("window=")
    expect(page.locator("#notice .notice")).to_be_hidden()
