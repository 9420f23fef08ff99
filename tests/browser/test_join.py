"""/join on the wall and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import COLOR_SCHEMES, SIZES

ADDRESS = "192.168.178.42:8000"
LONG = "[fd12:3456:789a:1::abcd:ef01]:8000"


@pytest.fixture
def open_under(page: Page) -> Callable[[str, str], None]:
    """Opens a page as one finds it who has opened it under this address."""

    def opened(path: str, host: str) -> None:
        page.route(f"**{path}", lambda route: answer(route, host))
        page.goto(path)

    def answer(route: Route, host: str) -> None:
        route.fulfill(response=route.fetch(headers={**route.request.headers, "host": host}))

    return opened


@pytest.fixture
def open_join(open_under: Callable[[str, str], None]) -> Callable[..., None]:
    """Opens /join so."""
    return lambda host=ADDRESS: open_under("/join", host)


@pytest.mark.parametrize(
    ("size", "host"),
    [("projector", ADDRESS), ("old projector", LONG), ("old projector", ADDRESS), ("laptop", LONG), ("phone", ADDRESS)],
)
def test_address_and_code_are_as_large_as_the_screen_allows(
    page: Page, open_join: Callable[[str], None], size: str, host: str
) -> None:
    open_join(host)
    width, height = SIZES[size]["viewport"].values()
    text = page.locator("h1 text").bounding_box()
    code = page.get_by_role("img", name=f"QR code of http://{host}").bounding_box()
    assert text
    assert code
    assert text["x"] >= 0
    assert text["x"] + text["width"] <= width
    assert text["width"] > 0.7 * width
    assert code["width"] == pytest.approx(code["height"], abs=1)
    assert code["y"] >= text["y"] + 0.8 * text["height"]
    assert min(code["width"] / width, code["height"] / height) > 0.27
    assert max(code["width"] / width, code["height"] / height) > 0.6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if size != "phone":
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        size_of = "(element) => parseFloat(getComputedStyle(element).fontSize)"
        assert page.locator(".join-words li").first.evaluate(size_of) > 0.025 * width


@pytest.mark.parametrize("color_scheme", COLOR_SCHEMES)
def test_it_is_accessible_and_its_code_dark_on_light_by_day_and_night(
    page: Page, open_join: Callable[..., None], axe: Callable[[Page], list[str]], color_scheme: str
) -> None:
    open_join()
    assert page.locator("html").get_attribute("data-theme") == ("night" if color_scheme == "dark" else "day")
    ground, modules = page.locator(".join-code path").all()
    assert (ground.get_attribute("fill"), modules.get_attribute("stroke")) == ("#fff", "#000")
    assert axe(page) == []


def test_at_a_closed_server_it_says_how_to_open_it(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto("/join")
    expect(page.get_by_role("heading")).to_have_text("Others cannot open this yet")
    expect(page.get_by_role("alert")).to_contain_text("fallline --classroom")
    assert axe(page) == []


@pytest.mark.parametrize("host", [ADDRESS, None])
def test_the_page_for_the_teacher_leads_to_it_or_says_why_others_cannot(
    page: Page, open_under: Callable[[str, str], None], host: str | None
) -> None:
    if host:
        open_under("/lessons/teacher", host)
        page.get_by_role("link", name="open it on their phones").click()
        expect(page).to_have_title("Open it on your phone: Fall Line")
        return
    page.goto("/lessons/teacher")
    expect(page.get_by_text("Others cannot open this yet.")).to_contain_text("start fallline --classroom")
    expect(page.get_by_role("link", name="open it on their phones")).to_have_count(0)
    page.evaluate("navigator.clipboard.writeText = async (text) => void (document.title = text)")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page).to_have_title("fallline --classroom")
