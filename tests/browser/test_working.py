"""The working of a step: its lines, how it follows the playhead, how it is lit, and what it looks like to axe."""

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import page_build
from app.pages.folders import ROOT, STATIC
from app.pages.static_files import StaticFiles
from tests.browser.conftest import PageClock
from tests.browser.playground import TWO, Playground, settle, whole

ADAM = f"{TWO}#step=12&run=1&explanation=working"
FIT = "/?dataset=stopping_distance&standardize=true&loss=mse&max_steps=30&optimizer=gd:learning_rate=0.3"
ADAM_SPEC: dict[str, Any] = {
    "problem": {"surface": "bowl"},
    "stop": {"max_steps": 50},
    "optimizers": [{"name": "adam", "learning_rate": 0.1}],
}
FIT_SPEC: dict[str, Any] = {
    "problem": {"dataset": "stopping_distance", "standardize": True, "loss": "mse"},
    "stop": {"max_steps": 30},
    "optimizers": [{"name": "gd", "learning_rate": 0.3}],
}


def values(page: Page) -> list[str]:
    """What each line comes to, from the top, once the page is at rest."""
    page.locator(".working-line .line-value").first.wait_for()
    settle(page)
    return page.locator(".line-row:visible .line-value > [data-of]").evaluate_all(
        "(values) => values.map((value) => value.innerHTML)"
    )


def number(text: str) -> float:
    text = re.sub("<!--.*?-->", "", text)
    text = re.sub(r"(?:×|^)10<sup>(.+)</sup>", lambda found: f"e{found[1]}", text).replace("<sup></sup>", "")
    return float(text.replace("−", "-").replace("×10⁻", "e-").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def told(page: Page, t: int, spec: dict[str, Any] = ADAM_SPEC) -> dict[str, Any]:
    """The same step from the API."""
    answer: dict[str, Any] = page.request.post("/api/v1/trajectories/step", data={**spec, "t": t}).json()
    return answer


def only_lit(page: Page, quantity: str) -> None:
    """Wait until every mark that is lit is of this quantity, and there is one."""
    lit = "[...document.querySelectorAll('.is-lit')].map((mark) => mark.dataset.of)"
    page.wait_for_function(f"(name) => {lit}.length && {lit}.every((of) => of === name)", arg=quantity)


def where(page: Page) -> Locator:
    return page.locator(".names-step .explanation-where")


def test_it_is_fetched_when_it_is_first_opened(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    play = Playground(page)
    play.rest()
    lazy = re.compile(
        r"/(working|explanation|charts|digits|average|compare|forms|ownRule)\w*\.(js|css)$|trajectories/step"
    )
    assert [url for url in fetched if lazy.search(url)] == []
    play.explain("Working").click()
    expect(where(page)).to_have_text("step 1, from 0 to 1")
    assert [url for url in fetched if lazy.search(url)] != []


def test_lines_hold_the_numbers_that_ran_lit_together_and_with_the_map_and_follow_the_playhead(page: Page) -> None:
    play = Playground(page, ADAM)
    expect(where(page)).to_have_text("step 13, from 12 to 13")
    before = values(page)
    step = told(page, 13)
    ran = [step["gradient"]["x"]["value"], *(line["values"]["x"]["value"] for line in step["lines"])]
    assert [number(text) for text in before] == pytest.approx(ran, rel=1e-3)
    assert number(before[-1]) == pytest.approx(step["after"]["x"], rel=1e-3)
    for_readers = page.locator(".working-line:not([hidden]) .line-formula math")  # for readers
    expect(for_readers).to_have_count(6)
    assert for_readers.nth(3).locator("annotation").text_content() == r"\hat{m} = \frac{m}{1 - \beta_{1}^{t}}"
    lit = page.locator(".is-lit:visible")
    page.locator(".line-formula [data-of=m_hat]").first.hover()
    only_lit(page, "m_hat")
    expect(lit).to_have_count(4)  # the line that computes it, its value, and in the last line the letter and the number
    page.mouse.move(5, 5)
    expect(lit).to_have_count(0)
    page.locator(".working-line").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    only_lit(page, "v")

    page.evaluate("navigator.clipboard.writeText = async (text) => void (window.copied = text)")
    page.get_by_role("button", name="Copy as LaTeX").click()
    expect(page.locator("#explanation").get_by_text("Copied.")).to_be_visible()
    text = page.evaluate("window.copied")
    assert text.startswith(r"\begin{align*}")
    assert r"\hat{m} &= \frac{m}{1 - \beta_{1}^{t}}" in text
    assert "htmlData" not in text

    # The arrow of the gradient on the map, and the letter in the lines.
    drawn = play.picture()
    page.locator(".line-formula [data-of=g]").first.hover()
    play.repainted(drawn)
    x, y = (step["before"][name] for name in ("x", "y"))
    box = page.locator(".map-ground").bounding_box()
    assert box
    scale = box["height"] / 6  # the bowl's map is 6 high, and as wide as there is room at the same scale
    head = box["x"] + box["width"] / 2 + x * scale, box["y"] + box["height"] / 2 - y * scale
    down = -step["gradient"]["x"]["value"], step["gradient"]["y"]["value"]
    page.mouse.move(head[0] + 30 * down[0] / math.hypot(*down), head[1] + 30 * down[1] / math.hypot(*down))
    page.locator(".is-lit").first.wait_for()
    assert {mark.get_attribute("data-of") for mark in page.locator(".is-lit").all()} <= {"g", "w", "x"}
    page.mouse.move(head[0] - 60, head[1] - 60)
    expect(page.locator(".is-lit")).to_have_count(0)
    page.locator("#explanation").get_by_role("radio", name="y").click()
    play.says("parameter=1")
    assert number(values(page)[-1]) == pytest.approx(told(page, 13)["after"]["y"], rel=1e-3)
    page.reload()
    expect(page.locator("#explanation").get_by_role("radio", name="y")).to_have_attribute("aria-checked", "true")

    before = values(page)
    play.button("A step forward").click()
    expect(where(page)).to_have_text("step 14, from 13 to 14")
    assert values(page) != before
    play.button("To the end").click()
    expect(page.locator(".names-step h2")).to_contain_text("Last step of")
    expect(where(page)).to_have_text("last step 50, from 49 to 50")
    page.get_by_role("button", name="Close Working").click()
    expect(page.locator(".names-step")).to_be_hidden()
    assert "working" not in play.query


def test_while_it_plays_lines_stay_where_they_are(page: Page, clock: PageClock) -> None:
    play = Playground(page, f"{TWO}#step=1&run=1&explanation=working")
    values(page)
    clock.stop()
    play.button("Play").click()
    clock.run(500)
    tops = """() => {
        const top = (part) => part.getBoundingClientRect().top;
        const from = top(document.querySelector(".names-step"));
        return [...document.querySelectorAll(".working-line")].map((line) => top(line) - from);
    }"""
    while where(page).inner_text() == "step 2, from 1 to 2":  # its answer takes as long as the machine is busy
        clock.run(200)
    first = page.evaluate(tops)
    there = where(page).inner_text()
    while where(page).inner_text() == there:
        clock.run(200)
    assert page.evaluate(tops) == first


def test_digits_written_over_are_those_of_a_formula_set_anew(page: Page, tmp_path: Path) -> None:
    entries = [STATIC / "page" / name for name in ("pictures/setFormula.ts", "service/katex.ts")]
    styles = json.dumps({"katex": StaticFiles().address("katex.css")})
    made = page_build.bundle(ROOT, tmp_path, entries, (*page_build.MODERN, "--splitting", f"--define:STYLES={styles}"))
    page.route("**/tested/*", lambda route: route.fulfill(path=tmp_path / route.request.url.rpartition("/")[2]))
    Playground(page, ADAM)
    values(page)
    steps = [told(page, t, {**ADAM_SPEC, "marked": True}) for t in range(2, 50)]
    found = page.evaluate(
        """async ([steps, files]) => {
            const { createFormula } = await import(`/tested/${files["setFormula.js"]}`);
            const { formulaSetter } = await import(`/tested/${files["katex.js"]}`);
            const set = await formulaSetter();
            let kept = 0;
            const seen = (formula) => formula.root.innerHTML;
            for (const name of ["x", "y"]) {
                const lasting = steps[0].lines.map(() => createFormula(set));
                for (const { lines } of steps) {
                    for (const [k, { values }] of lines.entries()) {
                        const { latex } = values[name];
                        const before = lasting[k].root.firstChild;
                        lasting[k].render(latex);
                        kept += lasting[k].root.firstChild === before;
                        const fresh = createFormula(set);
                        fresh.render(latex);
                        if (seen(fresh) !== seen(lasting[k])) return latex;
                    }
                }
            }
            return kept;
        }""",
        [steps, made.files],
    )
    assert isinstance(found, int), found
    assert found > 120  # most lines keep their shape from one step to the next


def shares(page: Page) -> Locator:
    """What each point in sight adds to the gradient."""
    return page.get_by_role("list", name="What each point adds").locator(".line-value")


def test_data_show_what_each_point_adds(page: Page) -> None:
    Playground(page, f"{FIT}#step=4&run=0&explanation=working")
    totals = page.get_by_role("list", name="What the points make together").locator(".line-value")
    expect(shares(page)).to_have_count(6)
    page.get_by_role("button", name="All 50 points").click()
    expect(shares(page)).to_have_count(50)
    terms = [number(text) for text in shares(page).all_inner_texts()]
    added, mean = (number(text) for text in totals.all_inner_texts())
    assert sum(terms) == pytest.approx(added, rel=2e-3)
    assert added / 50 == pytest.approx(mean, rel=2e-3)
    assert mean == pytest.approx(told(page, 5, FIT_SPEC)["gradient"]["slope"]["value"], rel=1e-3)


@pytest.mark.parametrize("size", ["laptop", "projector"])
def test_a_step_of_adam_is_read_whole_for_which_it_has_the_column(page: Page, size: str) -> None:
    Playground(
        page, "/?surface=himmelblau&start=-1,2&optimizer=adam:learning_rate=0.1#step=12&run=0&explanation=working"
    )
    values(page)
    page.evaluate("document.fonts.ready")
    body = page.locator(".working-body")
    assert body.evaluate("(part) => part.scrollHeight - part.clientHeight") <= 1
    whole(page.locator(".working-foot"))
    sizes = "(parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1).length"
    assert page.locator(".working-body .set-formula:visible").evaluate_all(sizes) == 0
    assert page.locator("[style*='--set: 0.84'], [style*='--set: 0.7']").count() == 0
    if size == "laptop":
        expect(page.locator("#loss-chart")).to_be_hidden()
        page.get_by_role("button", name="Close Working").click()
        expect(page.locator("#loss-chart")).to_be_visible()


@pytest.mark.parametrize("size", ["phone"])
def test_on_a_phone_no_tab_is_wider_than_the_screen(page: Page) -> None:
    """Nor the working of the longest words: the last step of a run with a long name."""
    play = Playground(page, "/")
    page.keyboard.press("h")
    page.keyboard.press("End")
    for width, height in ((390, 844), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        for tab in ("Landscape", "Runs", "Loss", "Standings", "Working"):
            play.tab(tab)
            play.settle()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
        page.keyboard.press("End")
        # Of the run that its scene is about that is the step which tells it.
        for run, step in (("0", "last step"), ("1", "step 7")):
            page.locator(".names-step select").select_option(run)
            expect(where(page)).to_contain_text(step)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            whole(page.get_by_role("radiogroup", name="Parameter"))


@pytest.mark.parametrize("size", ["projector"])
def test_where_there_is_room_both_parameters_stand_under_each_line_and_it_goes_on_the_wall(page: Page) -> None:
    play = Playground(page, ADAM)
    step = told(page, 13)
    shown = [number(text) for text in values(page)]
    gradients = [step["gradient"][name]["value"] for name in ("x", "y")]
    ran = [line["values"][name]["value"] for line in step["lines"] for name in ("x", "y")]
    assert shown == pytest.approx(gradients + ran, rel=1e-3)
    assert page.locator(".working-line .row-parameter:visible").all_inner_texts() == ["x", "y"] * len(step["lines"])
    size = "parseFloat(getComputedStyle(document.querySelector('.line-formula .katex')).fontSize)"
    before = page.evaluate(size)
    play.button("Present").click()
    page.wait_for_function(f"(before) => {size} > 1.3 * before", arg=before)
    expect(page.locator(".working-line").first).to_be_visible()
    whole(page.locator(".preset-button"))
    whole(page.get_by_role("button", name="Next scene"))
    page.locator("body").press("r")
    for rate in page.locator(".run-rate").all():
        whole(rate)
    for rule in page.locator(".run > .slider").all():
        whole(rule)
    whole(page.locator("#map"))


@pytest.mark.parametrize(
    ("size", "color_scheme", "first", "more"),
    [
        ("laptop", "light", "explanation=working", ["States", "Compare", "Your rule"]),
        ("phone", "dark", "explanation=forms", ["Averages"]),
    ],
)
def test_axe_finds_nothing(page: Page, axe: Callable[..., list[str]], first: str, more: list[str]) -> None:
    play = Playground(page, f"{TWO}#step=12&run=1&{first}")
    page.locator("#explanation").wait_for()
    assert axe(page) == [], first
    for word in more:
        play.explain(word).click()
        expect(page.locator("#explanation h2")).to_contain_text(word)
        page.locator(".explanation-part:visible > :not([hidden])").first.wait_for()
        assert axe(page, "#explanation") == [], word
