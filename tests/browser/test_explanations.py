"""Explanations: the charts of a rule, averages, two runs or several forms side by side, tuning, where starts end."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import fallline
from app.course.presets import PRESETS
from tests.browser.playground import TWO, Playground, explained, whole

pytestmark = pytest.mark.slow

AT_12 = f"{TWO}#step=12&run=1"
HEAVY = "/?surface=bowl&max_steps=40&optimizer=heavy_ball:learning_rate=0.01,beta=0.8#step=3&run=0&explanation=forms"


EACH_IN_ITS_PLACE = """() => [...document.querySelectorAll(".states-canvas svg")].every((svg) =>
    svg.clientWidth === svg.parentElement.clientWidth && svg.clientHeight === svg.parentElement.clientHeight)"""
"""Charts are drawn as large as the room they have."""


def figures(page: Page) -> Locator:
    return page.locator(".states-chart")


def told(page: Page, optimizer: dict[str, Any]) -> dict[str, Any]:
    """What the rule of a run on the bowl holds, from the server."""
    spec = {"problem": {"surface": "bowl"}, "stop": {"max_steps": 50}, "optimizers": [optimizer]}
    found: dict[str, Any] = page.request.post("/api/v1/trajectories/quantities", data=spec).json()
    return found


def test_every_letter_of_the_rule_has_a_chart_with_its_value_that_is_lit_and_moves_the_playhead(page: Page) -> None:
    play = explained(page, f"{AT_12}&explanation=charts&alone=true")
    expect(figures(page)).to_have_count(3)
    known = told(page, {"name": "adam", "learning_rate": 0.1})
    for name, value in (("m", known["states"]["m"]["x"][13]), ("v_hat", known["values"]["v_hat"]["x"][12])):
        shown = page.locator(f".chart-key[data-of={name}] .key-value").inner_text()
        assert float(shown.replace("−", "-")) == pytest.approx(value, rel=1e-3)
        # The sample of the line before a letter would be read as a minus, but for its dot and the sign of equality.
        expect(page.locator(f".chart-key[data-of={name}]")).to_contain_text(f"={shown}")
        expect(page.locator(f".chart-key[data-of={name}] circle")).to_be_visible()
    before = play.picture(".states")
    page.locator(".chart-key[data-of=m]").hover()
    play.repainted(before, ".states")
    box = page.locator(".states-canvas").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] / 2)
    expect(page.locator(".transport-step strong")).to_have_text(re.compile("^(4[6-9]|50)$"))
    page.get_by_role("radio", name="first 40").click()
    play.says("first=true")


def test_a_quantity_of_all_runs_is_one_chart_while_a_rate_is_dragged_too_and_what_their_rates_do_is_said(
    page: Page,
) -> None:
    three = "optimizer=adagrad:learning_rate=0.5&optimizer=rmsprop:learning_rate=0.05&optimizer=gd:learning_rate=0.019"
    play = explained(page, f"/?surface=ravine&start=-4,1&max_steps=300&{three}#step=30&run=0&explanation=charts")
    words = page.locator(".states-words").first
    expect(words).to_have_text(
        "AdaGrad’s only falls, RMSProp’s first falls, then rises, Gradient descent’s stays as it is."
    )
    # An effective rate is not the rate that was set: lr/√(ε + v) of two, lr of gradient descent.
    expect(page.locator(".states-makings").first.locator(".states-making")).to_have_count(3)
    expect(page.get_by_role("radio", name="first 40")).to_have_attribute("aria-checked", "true")
    expect(page.locator(".contents-entry")).to_have_count(4)
    before = play.picture(".states-charts")
    page.locator(".contents-entry").last.click()
    play.says("quantity=v")
    play.repainted(before, ".states-charts")
    page.locator(".contents-entry").last.press("ArrowUp")
    play.says("quantity=g")
    page.get_by_role("radio", name="this run").click()
    play.says("alone=true")
    expect(page.locator(".chart-key[data-of=v]")).to_be_visible()
    page.wait_for_function(EACH_IN_ITS_PLACE)
    # The other rule has more letters, and a higher formula.
    run = play.open_run(0)
    run.get_by_label("Optimizer", exact=True).select_option("adam")
    run.get_by_label("Form", exact=True).select_option("slide")
    expect(page.locator(".chart-key[data-of=v_hat]")).to_be_visible()
    page.wait_for_function(EACH_IN_ITS_PLACE)
    play.move_to(f"{TWO}#step=12&explanation=charts&quantity=g")
    lines = page.locator(".states-chart").first.locator("svg [data-of=line]")
    expect(lines).to_have_count(2)
    with play.held_rate(0):
        expect(lines).to_have_count(2)
    expect(lines).to_have_count(2)


WORDS = ("Why", "Steps", "Compare", "States", "Averages", "Ends", "Tune", "Your rule", "Working")


@pytest.mark.parametrize(("address", "size"), [(AT_12, "laptop"), (f"{AT_12}&projector=true", "projector")])
def test_what_explains_has_the_place_of_the_column_and_the_map_its_own(page: Page, address: str) -> None:
    play = Playground(page, address)
    on_wall = "projector" in address
    if on_wall:
        page.get_by_role("tab", name="Working").click()
        page.locator(".working-line").first.wait_for()
    else:
        expect(page.locator("#loss-chart")).to_be_visible()
    ground = page.locator("#map")
    play.settle()
    before = ground.bounding_box()
    assert before
    for word in ("Why", "Working") if on_wall else WORDS:
        play.explain(word).click()
        # What is open has its tab, wherever it was opened from.
        tab = page.locator(".explain-tabs").get_by_role("button", name=word, exact=True)
        expect(tab).to_have_attribute("aria-expanded", "true")
        page.locator(".explanation-part:visible > :not([hidden])").first.wait_for()
        play.settle()
        assert ground.bounding_box() == before, word
        if word == "Why" and on_wall:
            whole(page.locator(".why-sentence"))
            whole(page.locator(".why .chart").first)
        opened = page.locator("#explanation").locator("visible=true")
        expect(opened).to_have_count(1)
        whole(opened)
        whole(tab)
        shown = page.locator(".explain-tabs > button").locator("visible=true")
        tops = shown.evaluate_all("(tabs) => tabs.map((tab) => tab.offsetTop)")
        assert on_wall or len(set(tops)) == 1, word
        box = opened.bounding_box()
        assert box
        assert box["x"] >= before["x"] + before["width"], word
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for chart in ("#loss-chart", "#standings"):
            expect(page.locator(chart)).to_be_hidden()
    tab.click()
    expect(page.locator("#loss-chart")).to_be_visible()
    expect(page.locator(".explain-tabs [aria-expanded=true]")).to_have_count(0)


def test_what_explains_a_step_leads_to_the_one_that_tells_what_the_scene_is_about(page: Page) -> None:
    """From the end it is shown, and the playhead stays; once that has been moved, what explains a step follows it."""
    preset = PRESETS["ravine_zigzag"]
    play = Playground(page, f"/?{preset.query}")
    play.settle()
    page.get_by_role("button", name="Why", exact=True).click()
    # A fraction is held together.
    expect(page.locator(".why-answer")).to_have_text(preset.why.replace("/", "/\u2060"))
    expect(page.locator(".explanation-where")).to_contain_text("step 15, from 14 to 15")
    expect(page.locator("#explanation .telling-way")).to_contain_text("Shown: step 15 of Momentum β 0.8.")
    expect(page.locator(".why-parts th[scope=row]")).to_contain_text(["kept of the last step", "gradient", "the step"])
    expect(page.locator(".beat-sentence")).to_be_visible()
    expect(page.get_by_role("button", name="Now change it")).to_be_visible()
    expect(page.locator(".why-stable")).to_have_count(0)
    expect(page.locator(".why-sentence")).to_be_hidden()
    page.get_by_text("At this step").click()
    expect(page.locator(".why-sentence")).to_be_visible()
    page.get_by_text("Where this rate stands among all").click()
    expect(page.locator(".why-stable")).to_be_visible()
    play.says("cause=first")
    page.get_by_text("Where this rate stands among all").click()
    expect(page.locator(".why-stable")).to_have_count(0)
    page.get_by_role("button", name="Steps", exact=True).click()
    expect(page.locator(".steps [aria-current] th")).to_have_text("15")
    page.get_by_role("button", name="Working", exact=True).click()
    expect(page.locator(".names-step .explanation-where")).to_have_text("step 15, from 14 to 15")
    page.locator("#explanation").get_by_role("button", name="Show the step at the playhead").click()
    expect(page.locator(".names-step .explanation-where")).to_have_text("last step 300, from 299 to 300")
    page.get_by_role("button", name="Show step 15 of Momentum β 0.8").click()
    expect(page.locator(".names-step .explanation-where")).to_have_text("step 15, from 14 to 15")
    expect(page.locator(".names-step select option:checked")).to_have_text("Momentum β 0.8")
    page.keyboard.press("Home")
    expect(page.locator(".names-step .explanation-where")).to_have_text("step 1, from 0 to 1")
    page.get_by_role("button", name="Show step 15 of Momentum β 0.8").click()
    play.says(f"step={preset.telling.step - 1}")
    expect(page.locator(".telling-way:visible")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".names-step .explanation-where")).to_have_text("step 16, from 15 to 16")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator(".telling-way:visible")).to_have_count(1)
    play.says("step=15")


def test_two_runs_stand_line_beside_line_and_only_what_differs_is_marked(page: Page) -> None:
    play = explained(
        page,
        "/?surface=bowl&max_steps=50&optimizer=rmsprop:learning_rate=0.05&optimizer=adam:learning_rate=0.1"
        "#step=12&run=1&explanation=compare",
    )
    rows = page.locator(".compare-row")
    expect(rows).to_have_count(6)
    squares = rows.filter(has=page.locator("[data-quantity=v]"))
    expect(squares).to_have_count(1)
    expect(squares).not_to_have_attribute("data-differs", re.compile(""))
    expect(squares.locator(".working-line")).to_have_count(2)
    # Beside each line the marker of its run, also where one run alone has it
    for row in (squares, rows.filter(has=page.locator("[data-quantity=m]"))):
        lines, markers = row.locator(".working-line"), row.get_by_role("img")
        expect(markers).to_have_count(lines.count())
    alone = page.locator(".compare-row[data-alone] .compare-cell:has(ol)").first
    assert alone.evaluate(
        "(cell) => getComputedStyle(cell).boxShadow.includes(getComputedStyle(cell.querySelector('.mark')).fill)"
    )
    marked = rows.last.locator("[data-differs=yes] [data-of]")
    expect(marked).not_to_have_count(0)
    assert set(marked.evaluate_all("(marks) => marks.map((mark) => mark.dataset.of)")) == {
        "m_hat",
        "v_hat",
        "eps",
        "g",
        "v",
    }
    expect(page.locator(".compare-head .note").first).to_have_text("step 13, from 12 to 13")
    page.get_by_label("Second run").select_option(label="RMSProp")
    play.says("against=0")


def test_an_average_is_taken_apart_at_the_playhead_and_one_of_temperatures_stands_by_itself(page: Page) -> None:
    play = explained(page, f"{AT_12}&explanation=average&corrected=false")
    formula = page.locator(".memory-formula annotation").first
    expect(formula).to_have_text(re.compile(r"m_\{13\} = 0\.1\\,g_\{13\} \+ 0\.09\\,g_\{12\} \+ 0\.081\\,g_\{11\}"))
    page.locator(".memory-side").get_by_label("beta", exact=True).last.fill("0.5")
    page.keyboard.press("Enter")
    expect(formula).to_have_text(re.compile(r"0\.5\\,g_\{13\} \+ 0\.25\\,g_\{12\}"))
    play.says("beta=0.5")
    page.get_by_role("button", name="Set β₁ = 0.5 in the run").click()
    play.says("beta1=0.5")
    expect(page.locator(".memory-canvas")).to_have_attribute("aria-label", re.compile("What m of Adam remembers in x"))

    play.move_to(f"{AT_12}&explanation=average")
    page.get_by_role("radio", name="temperatures").click()
    page.get_by_role("link", name="day").click()
    expect(page.get_by_role("dialog", name="day")).to_contain_text("one value a day, in degrees")
    page.keyboard.press("Escape")
    formula = page.locator(".memory-formula annotation").first
    expect(formula).to_have_text(re.compile(r"V_\{100\} = 0\.1\\,\\theta_\{100\}.*0\.0729.*0\.6561\\,V_\{96\}"))
    play.settle()
    before = play.picture(".memory")
    page.get_by_role("radio", name="bias-corrected").click()
    play.repainted(before, ".memory")
    page.get_by_role("button", name="0.98", exact=True).click()
    expect(formula).to_have_text(re.compile(r"\\hat\{V\}_\{100\} = 0\.0231\\,\\theta_\{100\}"))
    expect(page.get_by_role("radiogroup", name="Parameter")).to_have_count(0)
    play.says("average=temperatures&beta=0.98&corrected=true")


def test_one_way_of_writing_leads_on_to_those_with_several_and_a_conversion_to_a_path_that_coincides(
    page: Page,
) -> None:
    play = explained(page, f"{TWO}#run=0&explanation=forms")
    expect(page.locator(".explanation-part:visible .note").first).to_contain_text(
        "Gradient descent is written in one way only"
    )
    offers = page.locator(".form-offer")
    expect(offers.filter(has=page.get_by_text("AdamW", exact=True))).to_contain_text("decay in the gradient (L2)")
    offers.filter(has=page.get_by_text("Adam", exact=True)).get_by_role("button", name="Select its run").click()
    expect(page.get_by_role("radio", name="Corrected without the power")).to_be_visible()
    play.says("run=1")
    page.get_by_role("radio", name="Without bias correction").click()
    play.says("form=uncorrected")
    expect(page.locator(".form-cell [data-differs=yes]")).not_to_have_count(0)
    chosen = page.get_by_role("radio", name="Without bias correction")
    expect(chosen).to_have_attribute("aria-checked", "true")
    expect(page.locator(".form-cell[data-chosen] [data-differs=yes]")).to_have_count(0)
    play.move_to(HEAVY)
    row = page.locator(".equals li").filter(has_text="Momentum (averaged)")
    expect(row).to_contain_text("learning rate / (1 − β) = 0.01 / (1 − 0.8) = 0.05")
    row.get_by_role("button", name="Add it").click()
    play.says("optimizer=momentum:learning_rate=0.05,beta=0.8")
    expect(row).to_contain_text("The paths coincide: over 40 steps")
    expect(row.get_by_role("button", name="Add it")).to_be_hidden()


def test_runs_are_tuned_to_a_loss_cancelled_and_set(page: Page) -> None:
    """By hand: with curvatures 1 and 100 descent is best near 2/101, with a heavy ball's beta many times as quick."""
    ravine = "/?surface=ravine&start=-4,1&max_steps=600&target_loss=0.01&optimizer=gd:learning_rate=0.001"
    play = explained(
        page, f"{ravine}&optimizer=heavy_ball:learning_rate=0.001&optimizer=bfgs#step=600&explanation=tune"
    )
    tune, set_these, cancel = (
        page.locator(".tune").get_by_role("button", name=name) for name in ("Tune", "Set these", "Cancel")
    )
    address, held = page.url, re.compile("/trajectories/tune")
    page.route(held, lambda _: None)
    tune.click()
    expect(page.locator(".tune progress")).to_be_visible()
    with page.expect_event("requestfailed", lambda request: bool(held.search(request.url))):
        page.get_by_role("button", name="Close Tune").click()
    with page.expect_request(held):
        play.explain("Tune").click()
    with page.expect_event("requestfailed", lambda request: bool(held.search(request.url))):
        cancel.click()
    page.unroute(held)
    tune.click()
    expect(set_these).to_be_visible()
    rates = page.locator(".tune tbody").nth(1)
    expect(rates).to_contain_text(re.compile(r"rate\s[\d.]+"))
    expect(rates).not_to_contain_text("β")
    page.get_by_role("radio", name="its rate and β").click()
    tune.click()
    expect(tune).to_have_count(0)
    expect(rates).to_contain_text("β")
    descent, ball, bfgs = page.locator(".tune tbody").all()
    counts = [int(row.locator("td").first.inner_text()) for row in (descent, ball)]
    assert 100 < counts[0] < 200
    assert counts[1] < counts[0] / 4
    expect(bfgs.locator("td").first).to_have_class("strong")
    assert float(re.findall(r"rate\s([\d.]+)", descent.inner_text())[0]) == pytest.approx(2 / 101, rel=0.1)
    expect(bfgs).to_contain_text(re.compile(r"rate\s[\d.]+"))
    expect(page.locator(".tune-curve")).to_have_count(3)
    set_these.click()
    page.wait_for_url(re.compile(r"heavy_ball:learning_rate=[\d.]+,beta=[\d.]+"))
    play.settle()
    expect(page.locator(".standings")).to_contain_text(re.compile(f"loss 0.01 after {counts[1]} steps"))
    page.keyboard.press("Control+z")  # the playhead stays where it stands
    expect(page).to_have_url(re.compile(re.escape(address.partition("#")[0]) + "#"))


ENDS = "/?surface=himmelblau&start=1,5&max_steps=60&optimizer=heavy_ball:learning_rate=0.0005,beta=0.9#run=0"
TINT_AT = """([x, y]) => {
    const canvas = document.querySelector("#map canvas");
    const { width, height } = canvas;
    const at = [Math.round(x * width), Math.round(y * height)];
    return [...canvas.getContext("2d").getImageData(...at, 1, 1).data];
}"""


def test_the_map_is_tinted_by_where_each_start_ends_with_the_shares_in_a_table(page: Page) -> None:
    """As the library has it: four minima, tints that differ, and the loss again where that is chosen. All of it waits
    while it is hidden where the runs go.
    """
    play = Playground(page, f"{ENDS}&explanation=ends&reveal=true")
    expect(page.locator(".explanation")).to_contain_text("It would answer what is asked: shown once the runs have run.")
    expect(page.locator(".ends")).to_have_count(0)
    page.get_by_role("button", name="Show it").click()
    rows = page.locator(".ends tbody tr")
    expect(page.locator(".ends")).to_contain_text("256 × 256 starts")
    here = fallline.basins(ENDS.partition("#")[0], resolution=256)
    told = [row.locator("td").last.inner_text() for row in rows.all()]
    assert told[:4] == [f"{100 * share:.1f}\u00a0%" for share in here.shares]
    assert [row.locator("th").inner_text() for row in rows.all()[:4]] == ["A", "B", "C", "D"]
    line = page.locator(".ends-rates [data-of='rate']")
    expect(line).to_be_attached()
    play.settle()
    places = [(0.63, 0.39), (0.22, 0.76)]  # within A and within C
    tinted = [page.evaluate(TINT_AT, place) for place in places]
    assert tinted[0] != tinted[1]
    page.locator(".explanation").get_by_role("radio", name="loss").click()
    expect(page.locator(".legend-ends")).to_be_hidden()
    page.wait_for_function(f"(was) => String(({TINT_AT})({list(places[0])})) !== String(was)", arg=tinted[0])
    page.wait_for_url(re.compile("tint=loss"))
    page.locator(".run-more").get_by_role("radio", name="where each start ends").click()
    expect(page.locator(".legend-ends")).to_contain_text("Each start has the tint of its end.")
    expect(page.locator(".legend-end")).to_have_text(["A", "B", "C", "D"])
    page.locator(".ends-rates .chart").click()
    page.wait_for_url(re.compile("learning_rate=(?!0.0005)"))
    play.move_to("/?surface=bowl&max_steps=50&optimizer=rmsprop#run=0&explanation=ends")
    expect(page.locator(".ends")).to_contain_text("With rate 0.001 ")
    expect(page.locator(".ends")).to_contain_text(
        "RMSProp: 256 × 256 starts, evenly over x from −3 to 3 and y from −3 to 3."
    )
    expect(line).to_be_attached()
