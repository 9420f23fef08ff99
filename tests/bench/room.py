"""A wall and two seats of a room in one browser: how far the seats are from the wall while it plays."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.measure import Figure
from tests.browser import chromium
from tests.browser.conftest import FLAGS
from tests.server import environment, start_server

SCENES = ("opening", "batch_size", "opening")
LOOKS = 30
"""Of each scene, while it plays."""

KEEP = "addEventListener('led', ({ detail }) => { globalThis.led = detail }, { capture: true })"
MOVEMENT = """() => {
    const { timeOrigin } = [...document.querySelectorAll("iframe")].at(-1).contentWindow.performance;
    const { at, playing, step } = globalThis.led.player.movement();
    return { at: at + timeOrigin, playing, step };
}"""
"""When it set off, and from which step, by the clock of the machine: what shows at any time follows from that."""


def figures() -> Iterator[Figure]:
    path = chromium.find()
    if not path:
        yield Figure("a wall and two seats", None, None, "", note="no Chromium was found")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        options = ("--classroom", "--address", "teacher.local", "--room-file", f"{folder}/rooms.sqlite")
        server = start_server(*options, env=environment())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            assert server.process.stdout
            key = next(found[0] for line in server.process.stdout if (found := re.search(r"/teach#\S+", line)))
            yield agreement(browser, server.url, key)
        finally:
            browser.close()
            server.stop()


def agreement(browser: Browser, url: str, key: str) -> Figure:
    """Of each look the further of two seats counts."""
    wall, *seats = (opened(browser, f"{url}{address}") for address in (key, "/join/class", "/join/class"))
    apart: list[float] = []
    for scene in SCENES:
        wall.goto(f"{url}/teach?{scene}#1")
        for page in (wall, *seats):
            page.frame_locator(".part-frame").last.locator(".beat-question").first.wait_for()
        wall.wait_for_timeout(1000)
        wall.keyboard.press("PageDown")
        for _ in range(LOOKS):
            led, *followed = (page.evaluate(MOVEMENT) for page in (wall, *seats))
            if led["playing"] and all(each["playing"] and each["step"] == led["step"] for each in followed):
                apart.append(max(abs(each["at"] - led["at"]) for each in followed))
            wall.wait_for_timeout(50)
    most = sorted(apart)[int(0.99 * len(apart))] if apart else None
    return Figure("a seat from the wall while it plays, 99 of 100 looks", most, 100, "ms", note=f"{len(apart)} looks")


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.add_init_script(KEEP)
    page.goto(address)
    return page
