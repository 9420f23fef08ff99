"""A server that sleeps, as on a laptop whose lid is closed."""

from __future__ import annotations

import os
import re
import signal
import time

import httpx
from playwright.sync_api import expect, sync_playwright

from tests.api.specs import STREAM, run, spec
from tests.browser import chromium
from tests.browser.conftest import FLAGS, new_context
from tests.browser.playground import TWO, Playground
from tests.faults.following import following
from tests.faults.processes import serving


def test_a_server_that_slept_goes_on_with_its_streams():
    with serving("--workers", "2") as server, following(server.url, count=8, pace=100) as streams:
        streams.wait_for_rows()
        os.killpg(server.process.pid, signal.SIGSTOP)
        time.sleep(20)
        os.killpg(server.process.pid, signal.SIGCONT)
        streams.come_whole()


def test_a_page_goes_on_when_its_server_slept():
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=FLAGS)
        page = new_context(browser, server, viewport={"width": 1366, "height": 768}).new_page()
        play = Playground(page, TWO)
        play.rest()
        with page.expect_response(re.compile("/trajectories")) as answer:
            os.killpg(server.process.pid, signal.SIGSTOP)
            play.rate(0).fill("0.2")
            page.keyboard.press("Enter")
            page.wait_for_timeout(20_000)
            os.killpg(server.process.pid, signal.SIGCONT)
        assert answer.value.ok
        play.says("gd:learning_rate=0.2")
        expect(page.locator("#notice .notice")).to_be_hidden()
        expect(page.locator(".run").first.locator(".warning")).to_be_hidden()
        browser.close()


def test_what_a_laptop_sleeps_is_no_computing_time():
    """A stream as fast as it is read, which takes more than a second to compute, while nothing else does."""
    long = spec(*[run("adam", learning_rate=1e-6)] * 4, problem={"surface": "rosenbrock"}, steps=100_000)
    with (
        serving("--max-seconds", "3") as server,
        httpx.stream("POST", server.url + STREAM, json=long, timeout=30) as reply,
    ):
        text = reply.iter_text()
        said = next(text)
        os.killpg(server.process.pid, signal.SIGSTOP)
        time.sleep(3.5)
        os.killpg(server.process.pid, signal.SIGCONT)
        assert "event: error" not in said + "".join(next(text) for _ in range(40))
