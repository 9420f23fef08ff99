"""A class: a wall, twelve seats, one scene and one lesson, of which two leave, one is late, one offline, one cheats."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from tests.browser.conftest import SIZES, Faults, new_context
from tests.server import Server, environment, start_server

SEAT_OF_WINDOW = """() => {
    const { getItem } = Storage.prototype;
    Storage.prototype.getItem = function (name) {
        return name === "fallline-seat" && window.name.startsWith("seat")
            ? window.name : getItem.call(this, name);
    };
}"""
"""Windows of one process have one storage, and would be one seat."""


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server with a room, and the address with the key as the command prints it."""
    file = tmp_path_factory.mktemp("rooms") / "rooms.sqlite"
    server = start_server("--classroom", "--address", "teacher.local", "--room-file", str(file), env=environment())
    assert server.process.stdout
    key = next(found[0] for line in server.process.stdout if (found := re.search(r"/teach#\S+", line)))
    yield server, key
    server.stop()


@pytest.fixture
def faults(taught: tuple[Server, str]) -> Iterator[Faults]:
    faults = Faults(taught[0].url)
    yield faults
    faults.check()


@pytest.fixture
def class_of(browser: Browser, taught: tuple[Server, str], faults: Faults) -> Iterator[Callable[[str], BrowserContext]]:
    contexts: list[BrowserContext] = []

    def made(size: str) -> BrowserContext:
        context = new_context(browser, taught[0], **SIZES[size])
        context.add_init_script(f"({SEAT_OF_WINDOW})()")
        context.on("page", faults.watch)
        contexts.append(context)
        return context

    yield made
    for context in contexts:
        context.close()


def of_class(page: Page) -> FrameLocator:
    """The page that the class sees, on the wall or at a seat."""
    return page.frame_locator(":is(.room-wall, .seat-page:not([inert])) > .part-frame").last


def tap(seat: Page, x: float, y: float) -> None:
    """A place on the map, in shares of its width and height."""
    ground = of_class(seat).locator("[data-part=map]")
    box = ground.bounding_box()
    assert box
    ground.click(position={"x": x * box["width"], "y": y * box["height"]})


def hand_in(seat: Page) -> None:
    """What is set at the seat goes into the contest."""
    seat.get_by_role("button", name=re.compile("^Hand in [0-9]")).click()
    expect(seat.locator(".contest-foot")).to_contain_text("Handed in")


def another(seat: Page) -> Page:
    """One more seat in the same process."""
    with seat.expect_popup() as opened:
        seat.evaluate("(name) => void open('/join/class', name)", f"seat{uuid4().hex}")
    return opened.value


def row_of_seats(context: BrowserContext) -> list[Page]:
    """As many as one browser has connections for: each listens."""
    first = context.new_page()
    first.goto("/join/class")
    return [first, another(first), another(first)]


def cheat(seat: Page) -> list[int]:
    """Leads, answers what is not asked and takes the answers, all without the key; how each is answered."""
    statuses: list[int] = seat.evaluate(
        """async () => {
            const post = async (path, body) => (await fetch(`/api/v1/rooms/class${path}`, {
                method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
            })).status;
            const shown = { address: "/", step: 0, playing: false, pace: 1, question: null };
            const entry = { seat: "c".repeat(32), question: "none/1", entry: [0, 0] };
            return [
                await post("/shown", shown), await post("/entries", entry),
                (await fetch("/api/v1/rooms/class/entries.csv")).status,
            ];
        }"""
    )
    return statuses


def test_a_class_follows_the_wall_answers_and_sees_what_it_thought(
    class_of: Callable[[str], BrowserContext],
    taught: tuple[Server, str],
    faults: Faults,
    axe: Callable[[Page], list[str]],
    tmp_path: Path,
) -> None:
    server, key = taught
    wall = class_of("laptop").new_page()
    wall.goto(key)
    expect(wall.locator(".teach-address")).to_contain_text("/join/class")
    assert "#" not in wall.url
    assert axe(wall) == []

    seats = [seat for _ in range(3) for seat in row_of_seats(class_of("phone"))]
    first, offline = seats[0], class_of("phone").new_page()
    offline.goto("/join/class")
    seats += [offline, another(offline)]
    expect(first.get_by_text("The class has not begun.")).to_be_visible()
    expect(wall.locator(".teach-here")).to_contain_text("11 are here")

    wall.get_by_role("button", name="Scenes").click()
    wall.get_by_role("button", name="Four ways down one hill").click()
    question = "Where does the heavy ball end?"
    expect(of_class(wall).get_by_role("heading", name=question)).to_be_visible()
    for unasked in (".map-plate", ".guess-fields", ".beat-on"):
        expect(of_class(wall).locator(unasked)).to_be_hidden()
    for seat in seats:
        expect(of_class(seat).get_by_role("heading", name=question)).to_be_visible()
        expect(seat.locator(".seat-foot")).to_contain_text("Tap the map")
    expect(first.locator(".seat-title")).to_have_text("Four ways down one hill")
    for hidden in (".transport", ".tabs", ".map-zoom", ".bar"):
        expect(of_class(first).locator(hidden).first).to_be_hidden()
    assert axe(first) == []

    # All but three answer, one of them twice, another without a network.
    strip = wall.locator(".room-strip")
    for k, seat in enumerate(seats[:8]):
        tap(seat, 0.3 + 0.05 * k, 0.5)
        expect(seat.locator(".seat-foot")).to_contain_text("Answered. You can move your flag until it runs.")
    tap(first, 0.7, 0.6)
    expect(strip).to_contain_text("8 of 11 have answered")
    offline.context.set_offline(True)
    faults.allow("ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_NETWORK_CHANGED")
    tap(offline, 0.6, 0.6)
    expect(offline.locator(".seat-foot")).to_contain_text("Not sent yet.")
    offline.context.set_offline(False)
    expect(offline.locator(".seat-foot")).to_contain_text("Answered.")
    expect(strip).to_contain_text("9 of 11 have answered")

    # One cheats: without the key nothing is led, and nothing of the others told.
    faults.allow("40[1349]: |422: |Failed to load resource")
    assert cheat(seats[1]) == [401, 409, 401]

    # Two leave, one of them for a page of its own.
    seats.pop(8).close()
    seats.pop(7).close()
    own = seats[2]
    own.get_by_role("button", name="On my own").click()
    expect(of_class(own).locator(".transport")).to_be_visible()
    expect(own.locator(".seat-title")).to_have_text("The class: Four ways down one hill")
    expect(strip).to_contain_text("9 here")

    wall.keyboard.press("PageDown")
    expect(of_class(first).locator(".beat[aria-current]")).to_have_text("Run")
    late = another(offline)
    expect(of_class(late).locator(".beat[aria-current]")).to_have_text("Run")
    expect(of_class(wall).get_by_text("The middle guess is")).to_be_visible()
    expect(of_class(first).get_by_text(re.compile("Your flag is .* off, nearer than"))).to_be_visible()
    expect(of_class(first).locator(".beat[aria-current]")).to_have_text("Run")
    wall.keyboard.press("PageDown")
    for seat in (first, late, offline):
        expect(of_class(seat).locator(".beat[aria-current]")).to_have_text("Sentence")
    own.get_by_role("button", name="Back to the class").click()
    expect(of_class(own).locator(".beat[aria-current]")).to_have_text("Sentence")

    # A contest: each hands in, one a second time, which counts; the end shows all, and the curve.
    wall.get_by_role("button", name="Open a contest").click()
    for seat in [*seats, late]:
        hand_in(seat)
    first.get_by_role("button", name=re.compile(": more")).click()
    hand_in(first)
    contest = wall.locator(".room-contest")
    expect(contest).to_contain_text("10 of 10 have handed in")
    expect(contest.locator("[data-of=entry]")).to_have_count(10)
    map_of = contest.locator("[data-part=map]").evaluate("(map) => map.clientHeight / map.parentElement.clientHeight")
    assert map_of == 1
    assert axe(first) == []
    contest.get_by_role("button", name="Show the curve").click()
    expect(contest).to_contain_text("The class found")
    expect(contest.locator("[data-of=curve]")).to_have_count(1)
    expect(first.locator(".contest-foot")).to_contain_text(re.compile(r"Place \d+ of 10"))
    wall.get_by_role("button", name="Back to the wall").click()

    # A check of a lesson.
    wall.keyboard.press("Escape")
    expect(wall.get_by_role("heading", name="What does the class see first?")).to_be_visible()
    wall.goto("/teach?when_to_stop:6#1")
    expect(strip).to_contain_text("0 of 10 have answered")
    for k, seat in enumerate(seats[:3]):
        option = of_class(seat).locator(".check:visible .option").nth(k % 2)
        option.press("Enter") if k else option.click()
        expect(option).to_have_attribute("aria-pressed", "true")
        expect(of_class(seat).locator(".option.is-right")).to_have_count(0)
    expect(strip).to_contain_text("3 of 10 have answered")
    assert axe(first) == []
    # Who is on their own has the whole lesson, with its way through it.
    seats[3].get_by_role("button", name="On my own").click()
    expect(of_class(seats[3]).locator(".lesson-section").first).to_be_visible()
    expect(of_class(seats[3]).locator(".lesson-head")).to_be_visible()
    seats[3].get_by_role("button", name="Back to the class").click()
    wall.keyboard.press("PageDown")
    for seat in seats[:3]:
        expect(of_class(seat).locator(".option.is-right")).to_have_count(1)
        expect(of_class(seat).locator(".option.is-own")).to_have_count(1)

    # A second wall takes the lead, and gives it back.
    with wall.expect_popup() as opened:
        wall.evaluate("() => void open('/teach?opening#1')")
    other = opened.value
    expect(strip).to_contain_text("Another window leads the class now.")
    expect(of_class(first).get_by_role("heading", name=question)).to_be_visible()
    strip.get_by_role("button", name="Lead it from here").click()
    expect(of_class(first).locator(".option.is-right")).to_have_count(1)
    other.close()

    wall.goto("/teach")
    with wall.expect_download() as saved:
        wall.get_by_role("button", name="Answers as CSV").click()
    saved.value.save_as(tmp_path / "answers.csv")
    rows = (tmp_path / "answers.csv").read_text("utf-8").splitlines()
    assert rows[0].startswith("question,kind,seat,entry")
    assert len([row for row in rows if ",point," in row]) == 9
    assert len([row for row in rows if ",choice," in row]) == 3
    assert len([row for row in rows if "learning_rate=" in row]) == 10
    wall.once("dialog", lambda dialog: dialog.accept())
    wall.get_by_role("button", name="Close the room").click()
    for seat in seats:
        expect(seat.get_by_text("The room is closed.")).to_be_visible()
    assert server.process.poll() is None
