"""Several figures on one page: each with its own runs and playhead, and gone without a trace when it is destroyed."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PageClock
from tests.browser.four import NAMES, build_script, open_four
from tests.browser.playground import TWO, Playground, settle

pytestmark = pytest.mark.usefixtures("moving")

COUNT = """{
  const kept = (window.kept = {listeners: new Set(), timers: new Set(), frames: new Set(), observed: new Set(), workers: new Set(), requests: new Set()});
  const {addEventListener: add, removeEventListener: remove} = EventTarget.prototype;
  // What hangs on an element goes with it; the document and all that is not in it stay.
  const stays = (target) => !(target instanceof Element) || target === document.documentElement || target === document.body;
  const find = (target, type, act) => [...kept.listeners].find((one) => one.target === target && one.type === type && one.act === act);
  EventTarget.prototype.addEventListener = function (type, act, how) {
    const target = this ?? window;
    const own = target instanceof AbortSignal || target instanceof Worker || target instanceof XMLHttpRequest;
    const playwright = type.startsWith("__playwright") || String(act).includes("_hitTargetInterceptor");
    if (stays(target) && !own && !playwright && !find(target, type, act)) {
      const one = {target, type, act};
      kept.listeners.add(one);
      how?.signal && add.call(how.signal, "abort", () => kept.listeners.delete(one));
    }
    return add.call(target, type, act, how);
  };
  EventTarget.prototype.removeEventListener = function (type, act, how) {
    kept.listeners.delete(find(this ?? window, type, act));
    return remove.call(this ?? window, type, act, how);
  };
  for (const [start, stop, set] of [["setTimeout", "clearTimeout", kept.timers], ["requestAnimationFrame", "cancelAnimationFrame", kept.frames]]) {
    const [begin, end] = [window[start], window[stop]];
    window[start] = (act, ...more) => {
      const id = begin.call(window, (...given) => (set.delete(id), act(...given)), ...more);
      set.add(id);
      return id;
    };
    window[stop] = (id) => (set.delete(id), end.call(window, id));
  }
  for (const name of ["ResizeObserver", "MutationObserver", "IntersectionObserver"]) {
    const Known = window[name];
    window[name] = class extends Known {
      own = new Map();
      observe(target, how) { const one = {target}; kept.observed.delete(this.own.get(target)); this.own.set(target, one); if (target !== document) kept.observed.add(one); super.observe(target, how); }
      unobserve(target) { kept.observed.delete(this.own.get(target)); super.unobserve(target); }
      disconnect() { for (const one of this.own.values()) kept.observed.delete(one); super.disconnect(); }
    };
  }
  const Known = window.Worker;
  window.Worker = class extends Known {
    constructor(...given) { super(...given); kept.workers.add(this); }
    terminate() { kept.workers.delete(this); super.terminate(); }
  };
  const ask = window.fetch;
  window.fetch = (...given) => {
    const one = {given};
    kept.requests.add(one);
    return ask(...given).finally(() => kept.requests.delete(one));
  };
}"""
"""A script that keeps account, from before the page's own, of all that would outlive the elements of a figure."""

LEFT = """() => ({...Object.fromEntries(Object.entries(kept).map(([name, set]) => [name, set.size])),
    canvases: document.querySelectorAll("canvas").length, below: document.querySelectorAll("body > div > *").length})"""

NOTHING = dict.fromkeys(("listeners", "timers", "frames", "observed", "workers", "requests", "canvases", "below"), 0)


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_script(tmp_path_factory.mktemp("figures"))


@pytest.fixture
def four(page: Page, script: Path) -> Page:
    """The page with the four of them, each with its runs."""
    open_four(page, script, COUNT)
    return page


def step(page: Page, name: str) -> float:
    return float(page.evaluate("(name) => figures[name].player.step()", name))


def playing(page: Page, name: str) -> bool:
    return bool(page.evaluate("(name) => figures[name].player.playing()", name))


def rest(page: Page) -> None:
    """All stand at the start, and nothing is under way."""
    page.evaluate("Object.values(figures).forEach((figure) => figure.seek(0))")
    settle(page)


def test_four_figures_play_at_once_each_with_its_own_runs_and_what_is_shared_is_fetched_once(
    page: Page, script: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url.partition("/api/v1")[2]))
    open_four(page, script, COUNT)
    four = page
    rest(four)
    assert asked.count("/catalog/brief") == 1
    assert four.evaluate("kept.workers.size") == 1
    assert sum(path.startswith("/trajectories/stream") for path in asked) == 4
    # Only the one that shows where each rate would end asks for it.
    assert {path for path in asked if "sweep" in path} == {"/trajectories/sweep"}
    assert asked.count("/trajectories/sweep") == 2
    assert [four.evaluate("(name) => figures[name].player.length()", name) for name in NAMES] == [60, 80, 70, 90]
    expect(four.locator("#fit canvas").first).to_be_visible()
    expect(four.locator("#surface .standings tbody")).to_have_count(2)
    assert four.locator("#plain [data-part='loss'], #curve [data-part='standings']").count() == 0
    ids = four.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(set(ids)) == len(ids)
    # Keys go to the figure in focus, and then to the one used last.
    four.locator("#curve .speed").focus()
    four.locator("#curve [aria-label='A step forward']").click()
    four.evaluate("document.activeElement.blur()")
    four.keyboard.press("ArrowRight")
    four.locator("#plain [aria-label='A step back']").focus()
    four.keyboard.press("ArrowRight")
    four.keyboard.press("End")
    four.wait_for_function(
        "(steps) => Object.entries(steps).every(([name, at]) => figures[name].player.step() === at)",
        arg=dict(zip(NAMES, (0, 2, 0, 90), strict=True)),
    )
    # So slow that none has ended before the last has begun, on a busy machine too.
    four.evaluate("Object.values(figures).forEach((figure) => (figure.setSpeed(0.25), figure.play(0)))")
    four.wait_for_function(
        "() => Object.values(figures).every((figure) => figure.player.playing() && figure.player.step() > 5)"
    )


def test_playing_updates_no_state_and_of_those_that_play_one_is_destroyed_and_the_others_go_on(
    four: Page, clock: PageClock
) -> None:
    rest(four)
    before = four.evaluate(LEFT)
    four.evaluate(LAYOUTS)
    four.evaluate(COUNTED, "surface")
    clock.stop()
    four.evaluate("Object.values(figures).forEach((figure) => figure.play())")
    clock.run(300)
    assert 1 < step(four, "surface") < 60
    found = counts(four)
    assert (found["updates"], found["layouts"]) == (0, 0)
    assert found["frames"] > 5
    four.evaluate("figures.fit.destroy()")
    assert four.locator("#fit > *").count() == 0
    drawn = four.evaluate("({...frames})")
    clock.run(300)
    more = four.evaluate("({...frames})")
    assert more["fit"] == drawn["fit"]
    assert all(more[name] > drawn[name] and playing(four, name) for name in ("surface", "curve", "plain"))
    assert four.evaluate("kept.workers.size") == 1
    four.evaluate("delete figures.fit")
    clock.go_on()
    rest(four)
    after = four.evaluate(LEFT)
    assert after["observed"] < before["observed"]
    assert after["canvases"] < before["canvases"]


def test_all_destroyed_while_they_play_and_ask_leave_nothing(four: Page) -> None:
    for word, content in (("Working", ".working-line"), ("Why", ".explanation figure svg")):
        four.locator("#surface .explain-tabs").get_by_role("button", name=word).click()
        expect(four.locator(f"#surface {content}").first).to_be_visible()
    four.locator("#surface .run-toggle").first.click()
    expect(four.locator("#surface .fold")).to_be_visible()
    four.locator("#surface").get_by_role("button", name="Add a run").click()
    expect(four.get_by_role("dialog", name="Add a run")).to_be_visible()
    four.evaluate("""() => {
        const { store, play } = figures.surface;
        play();
        store.update((state) => ({ ...state, problem: { surface: "beale" }, start: null }));
    }""")
    four.evaluate("Object.values(figures).forEach((figure) => figure.destroy())")
    settle(four)
    assert four.evaluate(LEFT) == NOTHING


GRADIENT = "#surface [data-part=gradient-size]"
HIDE_ALL = """() => figures.surface.store.update((state) =>
    ({ ...state, entries: state.entries.map((entry) => ({ ...entry, hidden: true })) }))"""
TICK = """() => {
    const slider = document.querySelector(".slider-input");
    slider.value = Number(slider.value) + 0.02;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return window.updates;
}"""
"""One tick of the first slider; returns how many updates there have been, where they are counted."""


def test_a_view_of_one_file_has_its_column_its_playhead_its_runs_its_way_home_and_its_tab(four: Page) -> None:
    rest(four)
    chart = four.locator(f"{GRADIENT} svg")
    names = four.locator("#surface .right > .panel").evaluate_all("(all) => all.map((one) => one.dataset.part)")
    assert names[names.index("loss") + 1] == "gradient-size"
    expect(four.locator(GRADIENT).get_by_role("heading")).to_have_text("Gradient’s size")
    # By hand: at (1, 5) Himmelblau's gradient is (-20 + 38, -10 + 380), 370.4 long.
    expect(chart.get_by_text("370", exact=True)).to_have_count(2)
    playhead = chart.locator("[data-of=playhead]")
    first = playhead.get_attribute("d")
    four.evaluate("figures.surface.seek(20)")
    expect(playhead).not_to_have_attribute("d", first or "")
    expect(chart.get_by_text("370", exact=True)).to_have_count(0)
    with four.expect_request("**/trajectories?*") as sent:  # while a control is held it has its columns of every run
        four.evaluate(TICK)
    assert sent.value.url.endswith("?fields=parameters,loss,gradient")
    expect(four.locator(f"{GRADIENT} svg [data-of=line]")).to_have_count(2)
    rest(four)
    four.locator(GRADIENT).get_by_role("button", name="Take the gradient-size chart home").click()
    expect(four.get_by_role("button", name="Gradient’s size as SVG")).to_be_focused()
    four.keyboard.press("Escape")
    four.evaluate(HIDE_ALL)
    expect(four.locator(f"{GRADIENT} svg [data-of=line]")).to_have_count(0)
    four.locator(GRADIENT).get_by_role("button", name="Take the gradient-size chart home").click()
    expect(four.get_by_role("heading", name="Pictures")).to_be_visible()
    expect(four.get_by_role("button", name="Gradient’s size as SVG")).to_have_count(0)
    four.keyboard.press("Escape")
    four.set_viewport_size({"width": 390, "height": 844})
    expect(four.locator(GRADIENT)).to_be_hidden()
    four.locator("#surface").get_by_role("tab", name="Gradient").click()
    expect(four.locator(f"{GRADIENT} svg.layer")).to_be_visible()
    expect(four.locator("#surface [data-part=loss]")).to_be_hidden()


LAYOUTS = """() => {
  const known = window.layouts !== undefined;
  window.layouts = 0;
  for (const chart of known ? [] : document.querySelectorAll("[data-part=loss-chart]")) {
    new MutationObserver((all) => {
      if (all.some(({ type, target }) => type === "childList" || target.closest("[data-of=walked]"))) window.layouts += 1;
    }).observe(chart, { childList: true, subtree: true, attributeFilter: ["d"] });
  }
}"""
"""Counts how often the lines of a loss chart are drawn anew: playing moves other marks, and what they are cut off at."""

COUNTED = """(name) => {
  if (window.updates === undefined) figures[name].store.subscribe(() => (window.updates += 1));
  window.updates = 0;
  frames[name] = 0;
}"""


def counts(page: Page, name: str = "surface") -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("(name) => ({updates, frames: frames[name], layouts: window.layouts})", name)
    return found


def test_pointing_lays_out_no_chart_and_a_tick_is_one_update_one_request_and_one_frame_when_it_comes(
    four: Page,
) -> None:
    rest(four)
    four.evaluate(LAYOUTS)
    four.evaluate(COUNTED, "surface")
    others = four.evaluate("({...frames})")
    four.locator("#surface .standings tbody").first.hover()
    four.wait_for_function("() => updates > 0")
    settle(four)
    found = counts(four)
    assert found["layouts"] == 0
    assert 1 <= found["frames"] <= found["updates"] <= 3
    assert {name: four.evaluate("(name) => frames[name]", name) for name in NAMES[1:]} == {
        name: others[name] for name in NAMES[1:]
    }
    four.mouse.move(0, 0)
    rest(four)
    four.evaluate(LAYOUTS)
    asked: list[Any] = []
    four.on("request", lambda sent: asked.append((sent.url.partition("/api/v1")[2], sent.post_data_json)))
    four.evaluate(COUNTED, "surface")

    def later(route: Route) -> None:  # after the frame of the tick: a quick reply could come before it and share it
        four.wait_for_function("() => frames.surface > 0")
        route.continue_()

    four.route("**/trajectories?*", later)
    with four.expect_response("**/trajectories?*"):
        assert four.evaluate(TICK) == 1
    settle(four)
    assert [path.partition("?")[0] for path, _ in asked] == ["/trajectories"]
    assert [optimizer["name"] for optimizer in asked[0][1]["optimizers"]] == ["gd"]
    # The tick, which moves the cursor of the slider; the run that comes of it, which alone draws the chart anew; and once
    # its path is at rest the words of the map keep off it.
    assert counts(four) == {"updates": 2, "frames": 3, "layouts": 1}


def test_playing_writes_no_address(page: Page, clock: PageClock) -> None:
    play = Playground(page, TWO)
    play.rest()
    clock.stop()
    page.evaluate("""() => {
        window.written = [];
        for (const name of ["pushState", "replaceState"]) {
            const write = history[name].bind(history);
            history[name] = (...given) => (window.written.push(given[2]), write(...given));
        }
    }""")
    play.button("Play").click()
    clock.run(1500)
    assert 0 < play.step < 50
    assert page.evaluate("written") == []


def test_a_tick_with_a_working_in_sight_asks_for_its_step_as_well(page: Page) -> None:
    play = Playground(page, f"{TWO}#step=5&explanation=working")
    expect(page.locator(".working-line").first).to_be_visible()
    play.settle()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url.partition("/api/v1")[2].partition("?")[0]))
    page.evaluate(TICK)
    play.settle()
    assert asked.count("/trajectories") == 1
    # Its own, and where nothing plays the one after, so that it is there when it is gone to.
    assert asked.count("/trajectories/step") <= 2
    assert set(asked) == {"/trajectories", "/trajectories/step"}
