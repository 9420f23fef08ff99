"""The page in headless Chromium: until something is seen, until a control has moved it, and how it plays."""

from __future__ import annotations

import re
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.measure import Figure
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.browser.four import build_script, open_four
from tests.server import start_server

SCREEN: Any = {"width": 1920, "height": 1080}
SLOW = {"offline": False, "latency": 50, "downloadThroughput": 5e6 / 8, "uploadThroughput": 5e6 / 8}
"""5 Mbit/s and 50 ms there and back: a room behind one router."""

FIRST_PATH = "() => performance.getEntriesByName('first path')[0]?.startTime"
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((entry) => entry.transferSize > 0)
  .map((entry) => ({ name: entry.name, size: entry.encodedBodySize, end: entry.responseEnd }))"""
"""What a page has loaded; a file out of the browser's cache, as those that the worker shares with the page, once."""

FRAMES = """(seconds) => new Promise((done) => {
  const times = [];
  requestAnimationFrame(function frame(now) {
    times.push(now);
    if (now - times[0] < seconds * 1000) requestAnimationFrame(frame);
    else done(times.slice(1).map((time, i) => time - times[i]));
  });
})"""
AFTER = """([path, act]) => new Promise((done) => {
  const began = performance.now();
  const seen = new PerformanceObserver((list) => {
    const answers = list.getEntries().filter((entry) => entry.name.includes(path) && entry.startTime >= began);
    if (!answers.length) return;
    seen.disconnect();
    const bytes = answers.reduce((sum, entry) => sum + entry.transferSize, 0);
    requestAnimationFrame(() => requestAnimationFrame((now) => done([now - began, bytes])));
  });
  seen.observe({ entryTypes: ["resource"] });
  if (act.slide) {
    const slider = document.querySelectorAll("input.slider-input")[0];
    slider.value = act.slide;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    [...document.querySelectorAll("button.sheet")].find((sheet) => sheet.innerText.trim() === act.sheet).click();
  }
})"""
"""Milliseconds from a change to the second frame after its answer, and what the answer weighed on the wire."""

WORKED = """(key) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("the working did not follow")), 5000);
  const place = document.querySelector(".names-step .explanation-where");
  const began = performance.now();
  new MutationObserver(() => requestAnimationFrame((now) => done(now - began)))
    .observe(place, { subtree: true, childList: true, characterData: true });
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
})"""
"""Milliseconds from a key that moves the playhead to the frame after the working of its step has been put in."""

EIGHT = "".join(
    f"&optimizer={name}:learning_rate={rate}"
    for name, rate in (
        ("gd", 1e-5), ("momentum", 1e-4), ("heavy_ball", 1e-5), ("nesterov", 1e-5), ("adagrad", 0.02), ("rmsprop", 0.002),
        ("adam", 0.004), ("lion", 0.002),
    )
)  # fmt: skip

LONG = f"?surface=rosenbrock&start=-1.2,1&max_steps=1000{EIGHT}"


def figures() -> Iterator[Figure]:
    """Every figure of the page."""
    path = chromium.find()
    if path is None:
        yield Figure("the page in a browser", None, None, "", note="no Chromium was found")
        return
    server = start_server()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            with opened(browser, server.url):
                pass  # the server is warm from here on
            yield from opening(browser, server.url)
            yield from moving(browser, server.url)
            yield from explaining(browser, server.url)
            yield from playing(browser, server.url)
            yield from playing_at_once(browser, server.url)
    finally:
        server.stop()


@contextmanager
def opened(browser: Browser, url: str, query: str = "", slow: bool = False) -> Iterator[Page]:
    """A page that stands, in a profile that has nothing cached."""
    context = browser.new_context(viewport=SCREEN, base_url=url)
    page = context.new_page()
    if slow:
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    page.goto(f"/{query}", wait_until="commit")
    page.wait_for_function(FIRST_PATH)
    yield page
    context.close()


def opening(browser: Browser, url: str) -> Iterator[Figure]:
    """Until the first path is drawn, and what the first view weighs."""
    for slow, goal in ((False, 500), (True, 1200)):
        taken = []
        for _ in range(3):
            with opened(browser, url, slow=slow) as page:
                taken.append(page.evaluate(FIRST_PATH))
        where = "at 5 Mbit/s and 50 ms" if slow else "on this machine"
        yield Figure(f"first path drawn after opening, {where}", min(taken), goal, "ms")
    with opened(browser, url) as page:
        page.wait_for_load_state("networkidle")
        first_path = page.evaluate(FIRST_PATH)
        loaded = page.evaluate(LOADED)
    before = [each for each in loaded if each["end"] <= first_path]
    yield Figure("until the first path: requests", len(before), 16, "")
    yield Figure("until the first path: all but fonts, compressed", weight(before) / 1000, 150, "kB")
    note = f"{weight(each for each in loaded if '/api/' in each['name']) / 1000:.3g} kB of it asked of the API"
    yield Figure("until nothing more is asked for: requests", len(loaded), None, "")
    yield Figure(
        "until nothing more is asked for: all but fonts, compressed", weight(loaded) / 1000, None, "kB", note=note
    )


def weight(loaded: Iterable[Mapping[str, Any]]) -> float:
    """Bytes of the bodies, compressed, without fonts and KaTeX."""
    return sum(each["size"] for each in loaded if not re.search("woff2$|/katex-", each["name"]))


def moving(browser: Browser, url: str) -> Iterator[Figure]:
    """From a control to the picture."""
    for slow, goal in ((False, 30), (True, 200)):
        with opened(browser, url, slow=slow) as page:
            page.wait_for_timeout(1500)
            ticks = [page.evaluate(AFTER, ["/trajectories", {"slide": str(0.4 + 0.02 * i)}]) for i in range(8)]
        where = "at 5 Mbit/s and 50 ms" if slow else "on this machine"
        yield Figure(
            f"slider moved until the path is redrawn, {where}", statistics.median(t[0] for t in ticks), goal, "ms"
        )
    yield Figure("bytes of one tick of a slider", max(t[1] for t in ticks) / 1000, 60, "kB")
    with opened(browser, url) as page:
        page.wait_for_timeout(1500)
        taken = []
        for sheet in ("Beale", "Saddle", "Booth", "Ravine"):
            taken.append(page.evaluate(AFTER, ["/landscape", {"sheet": sheet}])[0])
            page.wait_for_timeout(1200)
    yield Figure("landscape changed until the new map stands", statistics.median(taken), 200, "ms")


def explaining(browser: Browser, url: str) -> Iterator[Figure]:
    """Until the working follows the playhead: to the step beside, and to one further on."""
    with opened(browser, url, f"{LONG}#step=10&explanation=working") as page:
        page.wait_for_selector("#explanation .working-line")
        for key, words in (("ArrowRight", "the step beside"), ("PageDown", "a step further on")):
            taken = []
            for _ in range(6):
                page.wait_for_timeout(600)
                taken.append(page.evaluate(WORKED, key))
            yield Figure(f"playhead stopped until its working stands, {words}", statistics.median(taken), 50, "ms")


def playing(browser: Browser, url: str) -> Iterator[Figure]:
    """Frames while eight runs of 1,000 steps play, by themselves and with what explains them open."""
    for look, words in (("", ""), ("#explanation=charts", ", states open")):
        with opened(browser, url, LONG + look) as page:
            page.wait_for_timeout(2500)
            frames = page.evaluate(FRAMES, 4)
        yield Figure(
            f"frames a second, 8 runs of 1,000 steps playing{words}", 1000 / statistics.mean(frames), 59, "fps", True
        )
        yield Figure("the longest of these frames", max(frames), 33.4, "ms")


def playing_at_once(browser: Browser, url: str) -> Iterator[Figure]:
    """Frames while four figures of one page play."""
    with tempfile.TemporaryDirectory() as folder:
        page = browser.new_page(viewport=SCREEN, base_url=url)
        open_four(page, build_script(Path(folder)))
        page.wait_for_timeout(2500)
        page.evaluate("Object.values(figures).forEach((one) => (one.seek(0), one.player.play(), one.moved()))")
        frames = page.evaluate(FRAMES, 3)
        page.close()
    yield Figure(
        "frames a second, four figures of a page playing at once", 1000 / statistics.mean(frames), 59, "fps", True
    )
    yield Figure("the longest of these frames", max(frames), 33.4, "ms")
