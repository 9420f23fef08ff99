"""A server with several rooms: a teacher opens one, a student types its code and takes part by keyboard alone."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SIZES, Faults, new_context
from tests.browser.test_room import of_class, page_of_class, press_on, room_now
from tests.server import Server, start_server

pytestmark = pytest.mark.slow

LISTEN = """() => {
    window.told = [];
    new MutationObserver((changes) => {
        for (const {target} of changes) {
            const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
            const text = element?.closest("[aria-live=polite], [role=status]")?.textContent.trim().replace(/\\s+/g, " ");
            if (text && text !== window.told.at(-1)) window.told.push(text);
        }
    }).observe(document, { subtree: true, childList: true, characterData: true });
}"""
"""What a screen reader would be told from here on."""


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file = tmp_path_factory.mktemp("rooms") / "rooms.sqlite"
    server = start_server("--rooms", "2", "--address", "school.local", "--room-file", str(file))
    yield server
    server.stop()


@pytest.fixture
def faults(school: Server) -> Iterator[Faults]:
    faults = Faults(school.url)
    yield faults
    faults.check()


@pytest.fixture
def contexts(browser: Browser, school: Server, faults: Faults) -> Iterator[dict[str, BrowserContext]]:
    still: dict[str, Any] = {**SIZES["phone"], "reduced_motion": "reduce"}
    made = {
        "wall": new_context(browser, school, **SIZES["laptop"]),
        "seat": new_context(browser, school, color_scheme="dark", **still),
    }
    for context in made.values():
        context.on("page", faults.watch)
    yield made
    for context in made.values():
        context.close()


def shown_of(page: Page, code: str) -> dict[str, Any]:
    """What the wall shows of its figure."""
    told: dict[str, Any] = room_now(page, code)["shown"]["picture"]["figures"][""]
    return told


def test_by_keyboard_alone_a_room_is_opened_joined_answered_and_closed(
    contexts: dict[str, BrowserContext], faults: Faults, axe: Any
) -> None:
    wall, seat = contexts["wall"].new_page(), contexts["seat"].new_page()
    wall.goto("/teach")
    wall.get_by_role("button", name="Open a room").press("Enter")
    address = wall.locator(".teach-address")
    expect(address).to_contain_text(re.compile("/join/[A-Z]{4}$"))
    code = address.inner_text().rpartition("/")[2]

    seat.goto("/join")
    seat.get_by_role("textbox").press_sequentially(code.lower())
    seat.keyboard.press("Enter")
    expect(seat.get_by_role("heading", name="The class has not begun")).to_be_visible()
    expect(seat.get_by_role("status")).to_contain_text(["Waiting for the class"])
    seat.get_by_role("button", name="Look around on my own").press("Enter")
    expect(
        seat.frame_locator("iframe[title='Your own page']").get_by_role("button", name="Run", exact=True)
    ).to_be_visible()
    seat.get_by_role("button", name="Back to the class").press("Enter")
    expect(seat.get_by_role("heading", name="The class has not begun")).to_be_visible()
    expect(wall.locator(".teach-here")).to_contain_text("1 is here")

    keyless = contexts["wall"].new_page()
    keyless.goto("/play?opening")
    expect(keyless.get_by_role("button", name="Start on this screen")).to_be_visible()
    expect(keyless.get_by_text("Phones do not follow it from here.")).to_be_visible()
    keyless.close()
    wall.goto("/play?opening")
    wall.get_by_role("link", name="Start with the class").press("Enter")
    of_seat = of_class(seat)
    expect(of_seat.get_by_role("heading", name="Where does the heavy ball end?")).to_be_visible()
    expect(seat.locator(".seat-foot")).to_contain_text("Tap the map")
    assert axe(seat) == axe(page_of_class(seat)) == []
    letters, places = (
        [box["y"] for part in of_seat.locator(parts).all() if (box := part.bounding_box())]
        for parts in (".guess-fields .guess", ".guess-fields label")
    )
    assert [len(set(letters)), len(set(places))] == [1, 1]
    assert letters[0] < places[0]

    # From the bar of the seat into the fields, with nothing between them that does nothing.
    own = seat.get_by_role("button", name="On my own")
    own.focus()
    fields = of_seat.locator(".guess-fields input")
    for _ in range(12):
        seat.keyboard.press("Tab")
        if fields.first.evaluate("(field) => field === document.activeElement"):
            break
    for value in ("3", "-2"):
        seat.keyboard.type(value)
        seat.keyboard.press("Enter")
        expect(seat.locator(".seat-foot")).to_contain_text("Answered.")
        seat.keyboard.press("Tab")
    strip = wall.locator(".room-strip")
    expect(strip).to_contain_text("1 of 1 have answered")
    seat.keyboard.press("Shift+Tab")
    seat.keyboard.type("-1")
    seat.keyboard.press("Enter")
    expect(fields.last).to_have_value(re.compile("^.1$"))

    # It runs, from a button that says so; with reduced motion the seat is told what came, and not each step.
    seat.evaluate(LISTEN)
    page_of_class(seat).evaluate(LISTEN)
    strip.get_by_role("button", name="Run", exact=True).press("Enter")
    expect(of_class(wall).locator(".transport-step strong")).to_have_text(re.compile(r"^([5-9]\d|1\d\d)$"))
    wall.keyboard.press("End")
    expect(of_seat.get_by_text(re.compile("Your flag is .* off"))).to_be_visible()
    while shown_of(seat, code)["address"]["display"]["hides"]:
        press_on(wall, code)
    expect(of_seat.locator(".beat[aria-current]")).to_have_text("Answer")
    told = [*seat.evaluate("told"), *page_of_class(seat).evaluate("told")]
    # Of 217 steps.
    assert len(told) < 40, told
    assert not [text for text in told if re.search(r"\bstep [1-9]", text)], told
    snapshot = seat.locator("body").aria_snapshot()
    assert 'heading "Four ways down one hill"' in snapshot
    assert "With the class" in snapshot

    # The teacher's own window shows what the class thought, and leads back to where it is taught from.
    with wall.expect_popup() as opened:
        strip.get_by_role("button", name="Notes").press("Enter")
    notes = opened.value
    expect(notes.get_by_role("link", name="Room")).to_have_attribute("href", "/teach")
    class_sees = notes.frame_locator(".presenter-wall > .part-frame").last
    expect(class_sees.locator(".beat[aria-current]")).to_have_text("Answer")
    wall.keyboard.press("PageUp")
    expect(of_class(wall).get_by_text("The only guess is")).to_be_visible()
    expect(class_sees.get_by_text("The only guess is")).to_be_visible()
    notes.close()

    # Page Up once more asks again.
    wall.keyboard.press("PageUp")
    expect(seat.locator(".seat-foot")).to_contain_text("Tap the map")
    expect(strip).to_contain_text("0 of 1 have answered")

    wall.keyboard.press("Escape")
    wall.once("dialog", lambda dialog: dialog.accept())
    faults.allow("404: |Failed to load resource")
    wall.get_by_role("button", name="Close the room").press("Enter")
    expect(seat.locator(".seat-foot")).to_contain_text("The room is closed.")
    expect(wall.get_by_role("button", name="Open a room")).to_be_visible()
    expect(wall.get_by_text("The room is closed, and nothing of it is left.")).to_be_visible()
    assert axe(seat) == axe(wall) == []
