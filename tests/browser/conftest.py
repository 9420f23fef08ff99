"""Fixtures with a real server and a real browser.

A test fails if its page logs an error or requests a file from another server.
"""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.playground import PATIENCE, settle
from tests.server import Server, start_server

SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "laptop": {"viewport": {"width": 1366, "height": 768}},
    "projector": {"viewport": {"width": 1920, "height": 1080}},
    "whiteboard": {"viewport": {"width": 1920, "height": 1080}, "has_touch": True},
    "old projector": {"viewport": {"width": 1024, "height": 768}},
}
COLOR_SCHEMES = ("light", "dark")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    # No optimizing compiler: the page of a test closes before the compilation pays off.
    "--js-flags=--no-opt",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REPORT_REFUSALS = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`))"""

IN_ROOM = re.compile(r"/(teach|join/)")
"""The paths of pages that listen to a room as long as they are open, so that they never come to rest."""

expect.set_options(timeout=PATIENCE)


def pytest_xdist_auto_num_workers() -> int:
    """Start one worker more than there are cores: a test waits for its browser now and then.

    The other tests run at the same time, so that more would make each test slow, not all of them faster.
    """
    return (os.cpu_count() or 1) + 1


@dataclass
class Faults:
    """The faults found on a page. A test that provokes a fault permits it with `allow`."""

    origin: str = ""
    found: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def begin(self, origin: str) -> None:
        """Forget the faults of earlier tests."""
        self.origin, self.found[:], self.allowed[:] = origin, [], []

    def allow(self, pattern: str) -> None:
        """Permit the faults in which this regular expression is found."""
        self.allowed.append(pattern)

    def expect(self, page: Page, text: str) -> None:
        """Wait for a fault that contains this text."""
        end = time.monotonic() + PATIENCE / 1000
        while not any(text in found for found in self.found):
            assert time.monotonic() < end, f"no fault with {text!r} among {self.found}"
            page.wait_for_timeout(50)

    def watch(self, page: Page) -> None:
        page.on("console", lambda line: line.type == "error" and self.found.append(f"console: {line.text}"))
        page.on("pageerror", lambda error: self.found.append(f"uncaught: {error.stack or error}"))
        page.on("response", lambda r: r.status >= 400 and self.found.append(f"{r.status}: {r.url}"))
        page.on("requestfailed", lambda r: self._failed(r.url, r.failure or ""))
        page.on("request", lambda r: self._requested(r.url))

    def _failed(self, url: str, failure: str) -> None:
        if failure != "net::ERR_ABORTED":  # the page itself cancelled the request
            self.found.append(f"{failure}: {url}")

    def _requested(self, url: str) -> None:
        if not url.startswith((self.origin, "data:", "blob:")):
            self.found.append(f"asked elsewhere: {url}")

    def check(self) -> None:
        left = [f for f in self.found if not any(re.search(pattern, f) for pattern in self.allowed)]
        assert not left, "\n".join(left)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that has the example of a lesson beside the lessons there are. No test may change its state."""
    server = start_server(command=(sys.executable, "tests/browser/example_lessons.py"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find()
    if not path:
        pytest.fail(chromium.ADVICE, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def size() -> str:
    """A key of SIZES, for tests to parametrize."""
    return "laptop"


@pytest.fixture
def color_scheme() -> str:
    """One of COLOR_SCHEMES, for tests to parametrize."""
    return "light"


@pytest.fixture
def moving() -> None:
    """For tests of animations: the browser keeps its normal motion, as in tests with a clock.

    In all other tests the browser asks for reduced motion. Runs then show their end at once, instead of playing for
    seconds before the page comes to rest.
    """


@pytest.fixture(scope="session")
def watched() -> Faults:
    """The faults of the current test. There is one object for the session, since kept pages outlive a test."""
    return Faults()


@pytest.fixture
def faults(server: Server, watched: Faults) -> Iterator[Faults]:
    watched.begin(server.url)
    yield watched
    watched.check()


def new_context(browser: Browser, server: Server, clock: bool = False, **options: Any) -> BrowserContext:
    """Return a fresh browser profile, in which a test waits up to PATIENCE for a state of a page.

    Args:
        clock: whether its pages get a clock that can be stopped. It is installed before atRest.js, which counts timers.
    """
    context = browser.new_context(base_url=server.url, **options)
    context.set_default_timeout(PATIENCE)
    if clock:
        context.clock.install()
    context.add_init_script(path=Path(__file__).with_name("atRest.js"))
    return context


@pytest.fixture
def emulated(size: str, color_scheme: Any, request: pytest.FixtureRequest) -> dict[str, Any]:
    """The options of the browser context: window size, touch, colour scheme and motion."""
    still = not {"clock", "moving"} & set(request.fixturenames)
    return SIZES[size] | {"color_scheme": color_scheme, "reduced_motion": "reduce" if still else "no-preference"}


@pytest.fixture
def context(
    browser: Browser, server: Server, faults: Faults, emulated: dict[str, Any], request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A fresh profile for one test. Every page in it is watched for faults."""
    context = new_context(browser, server, "clock" in request.fixturenames, **emulated)
    context.add_init_script(REPORT_REFUSALS)
    context.on("page", faults.watch)
    yield context
    context.close()


Kind = tuple[str, bool, bool]
"""The kind of a kept page: the address of its server, whether it has touch, and whether it has a clock."""


@pytest.fixture(scope="session")
def kept(browser: Browser) -> Iterator[dict[Kind, Page]]:  # noqa: ARG001 (it outlives them)
    """The pages that tests use one after the other, since a new profile would fetch and compile every script again."""
    pages: dict[Kind, Page] = {}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture
def kept_page(
    browser: Browser,
    server: Server,
    faults: Faults,
    kept: dict[Kind, Page],
    emulated: dict[str, Any],
    request: pytest.FixtureRequest,
) -> Iterator[Page]:
    """The kept page of this kind, reset as if no test had used it before."""
    clock = "clock" in request.fixturenames
    kind = server.url, "has_touch" in emulated, clock
    if kind not in kept:
        context = new_context(browser, server, clock, has_touch=kind[1])
        context.add_init_script(REPORT_REFUSALS)
        context.on("page", faults.watch)
        kept[kind] = context.new_page()
    page = kept.pop(kind)
    page.set_viewport_size(emulated["viewport"])
    page.emulate_media(media="null", color_scheme=emulated["color_scheme"], reduced_motion=emulated["reduced_motion"])
    yield page
    page.unroute_all(behavior="ignoreErrors")
    if clock:
        page.clock.resume()
    page.mouse.up()
    page.mouse.move(0, 0)
    page.goto("about:blank")
    faults.origin = server.url
    page.goto(f"{server.url}/healthz")  # has no script that could write to the storage cleared next
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    for other in page.context.pages:
        if other is not page:
            other.close()
    kept[kind] = page


@pytest.fixture
def page(emulated: dict[str, Any], request: pytest.FixtureRequest) -> Page:  # noqa: ARG001 (tests parametrize it)
    """A page to open an address in; page.goto("/") opens the playground.

    It is a kept page, except in a test that asks for `context`: that gets a page of a fresh profile.
    """
    if "context" in request.fixturenames:
        context: BrowserContext = request.getfixturevalue("context")
        return context.new_page()
    kept_page: Page = request.getfixturevalue("kept_page")
    return kept_page


class PageClock:
    """The clock of a page. Time passes normally until `stop`."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def stop(self) -> None:
        """Stop the clock; from now on only `run` and `skip` let time pass."""
        self.page.clock.pause_at(self.page.evaluate("Date.now()") / 1000 + 60)

    def run(self, milliseconds: float) -> None:
        """Let this much time pass, frame by frame, then stop again."""
        self.page.clock.run_for(milliseconds)

    def skip(self, seconds: int) -> None:
        """Jump ahead by this much time."""
        self.page.clock.fast_forward(1000 * seconds)

    def go_on(self) -> None:
        self.page.clock.resume()


@pytest.fixture
def clock(page: Page) -> PageClock:
    """A clock for tests of timed behaviour, so that a busy machine cannot change their outcome."""
    return PageClock(page)


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """A function that returns the violations of WCAG 2.2 AA that axe finds on a page at rest, one line per element.

    It looks at the whole page, or at a part of it: where the rest has been looked at, that takes a third of the time.

    An element that looks too small is checked again after it is scrolled into view: the edge of a scrolling part may
    have cut it off.
    """

    def found(page: Page, context: str | None, only: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
        # Only violations: listing the passed checks would take longer than the checks themselves.
        options = {"runOnly": only, "resultTypes": ["violations"]}
        violations = Axe().run(page, context=context, options=options).response["violations"]
        return [(each["id"], each["help"], node) for each in violations for node in each["nodes"]]

    def stays(page: Page, rule: str, node: dict[str, Any]) -> bool:
        if rule != "target-size":
            return True
        selector = node["target"][0]
        page.locator(selector).scroll_into_view_if_needed()
        return bool(found(page, selector, {"type": "rule", "values": [rule]}))

    def violations(page: Page, part: str | None = None) -> list[str]:
        if not IN_ROOM.search(page.url):
            settle(page)
        all_found = found(page, part, {"type": "tag", "values": WCAG})
        return [f"{rule}: {text}: {node['html']}" for rule, text, node in all_found if stays(page, rule, node)]

    return violations
