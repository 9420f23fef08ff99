"""A class: a wall and five seats through a scene, a contest and a lesson; one leaves, is late, offline, cheats."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Request, expect

from tests.browser.conftest import SIZES, Faults, new_context
from tests.server import Server, environment, start_server

pytestmark = pytest.mark.slow

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
def class_of(browser: Browser, taught: tuple[Server, str], faults: Faults) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def made(size: str, **more: Any) -> BrowserContext:
        context = new_context(browser, taught[0], **SIZES[size], **more)
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


def page_of_class(page: Page) -> Page:
    """The same, to be looked at like a page of its own."""
    return cast(Page, next(frame for frame in page.frames[::-1] if frame.parent_frame))


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


def two_seats(context: BrowserContext) -> list[Page]:
    """Of one process: each listens, and one browser has few connections."""
    first = context.new_page()
    first.goto("/join/class")
    return [first, another(first)]


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


def room_now(page: Page, code: str = "class") -> dict[str, Any]:
    """What anyone may know of the room."""
    told: dict[str, Any] = page.evaluate(f"async () => (await fetch('/api/v1/rooms/{code}')).json()")
    return told


def press_on(wall: Page, code: str = "class") -> None:
    """A press of the clicker, until the wall is at rest and the room has been told what it shows and asks."""
    room = f"""async () => {{
        const {{ shown, question }} = await (await fetch('/api/v1/rooms/{code}')).json();
        return [JSON.stringify(shown, (key, value) => key === "at" || key === "since" ? 0 : value), question];
    }}"""
    before = wall.evaluate(room)[0]
    wall.keyboard.press("PageDown")
    told = f"""async (before) => {{
        const sheet = document.querySelector(".room-wall > .part-frame:last-of-type")?.contentWindow;
        if (!sheet?.atRest || await sheet.atRest(1000)) return false;
        // A figure that is not created yet has no question.
        const figures = [...sheet.document.querySelectorAll("[data-figure]:not(.is-live)")];
        if (figures.some((figure) => figure.checkVisibility())) return false;
        const open = [...sheet.document.querySelectorAll(".check:not(:has(.is-right)), .guess:enabled, .guess-fields input")]
            .some((part) => part.checkVisibility() && !part.closest(".is-beside"));
        const [rest, question] = await ({room})();
        return rest !== before && (question !== null || !open);
    }}"""
    wall.wait_for_function(told, arg=before)


def gone_through(wall: Page, address: str) -> Iterator[dict[str, Any]]:
    """The room at each thing that the wall shows, press by press, as long as it is of pages of this address."""
    shows = "async (at) => (await (await fetch('/api/v1/rooms/class')).json()).shown.address.startsWith(at)"
    wall.wait_for_function(shows, arg=address)
    while (room := room_now(wall))["shown"]["address"].startswith(address):
        yield room
        press_on(wall)


def answer(seat: Page, kind: str, k: int) -> None:
    """A question of a lesson, the second seat without a pointer; no two seats next to each other say the same."""
    page = of_class(seat)
    if kind == "step":
        page.locator(".guess-fields input").fill(str(10 + k))
        page.locator(".guess-fields input").press("Enter")
    else:
        option = page.locator(".check:visible .option, .guess:visible").nth(k % 2)
        option.press("Enter") if k == 1 else option.click()
    expect(seat.locator(".seat-foot")).to_contain_text("Answered.")


def a_lesson(wall: Page, seats: list[Page], axe: Callable[[Page], list[str]]) -> None:
    """Two seats answer what it asks up to its first check: which run of a figure, which step, and the check, twice."""
    strip, answered = wall.locator(".room-strip"), []
    for room in gone_through(wall, "/lessons/"):
        asked = room["question"]
        if not asked or asked["id"] in answered:
            continue
        answered.append(asked["id"])
        for k, seat in enumerate(seats[:2]):
            answer(seat, asked["kind"], k)
            expect(of_class(seat).locator(".sliders:visible")).to_have_count(0)
        expect(strip).to_contain_text("2 of 4 have answered")
        if "check" in asked["id"]:
            see_a_check(wall, seats, axe)
            break
    assert answered == [f"when_to_stop/{name}" for name in ("figure-rule/1", "figure-target/1", "check-1/1")]


def see_a_check(wall: Page, seats: list[Page], axe: Callable[[Page], list[str]]) -> None:
    """One that two have answered is told, with all answers, and asked once more."""
    first, alone = seats[0], seats[2]
    for k, seat in enumerate(seats[:2]):
        expect(of_class(seat).locator(".check:visible .option").nth(k % 2)).to_have_attribute("aria-pressed", "true")
        expect(of_class(seat).locator(".option.is-right")).to_have_count(0)
    assert axe(first) == axe(page_of_class(first)) == []
    # Who is on their own has the whole lesson, with its way through it.
    alone.get_by_role("button", name="On my own").click()
    expect(of_class(alone).locator(".lesson-section").first).to_be_visible()
    expect(of_class(alone).locator(".lesson-head")).to_be_visible()
    alone.get_by_role("button", name="Back to the class").click()
    strip = wall.locator(".room-strip")
    strip.get_by_role("button", name="Show what is right").click()
    for seat in seats[:2]:
        expect(of_class(seat).locator(".check:visible .option.is-right")).to_have_count(1)
        expect(of_class(seat).locator(".check:visible .option.is-own")).to_have_count(1)
    expect(of_class(wall).locator(".check:visible .cells").first).to_be_visible()
    assert axe(page_of_class(wall)) == []
    wall.keyboard.press("PageUp")
    expect(strip).to_contain_text("0 of 4 have answered")
    expect(of_class(first).locator(".check:visible .option.is-right")).to_have_count(0)
    for k, seat in enumerate(seats[:2]):
        answer(seat, "choice", k + 1)
    expect(strip).to_contain_text("2 of 4 have answered")


def test_a_class_follows_the_wall_answers_and_sees_what_it_thought(
    class_of: Callable[..., BrowserContext],
    taught: tuple[Server, str],
    faults: Faults,
    axe: Callable[[Page], list[str]],
    tmp_path: Path,
) -> None:
    server, key = taught
    wall = class_of("laptop").new_page()
    wall.goto(key)
    expect(wall.locator(".teach-address")).to_contain_text("/join/class")
    expect(wall).not_to_have_url(re.compile("#"))
    assert axe(wall) == []

    # Two of them ask for less motion.
    first, own = two_seats(class_of("phone"))
    offline, leaving = two_seats(class_of("phone", reduced_motion="reduce"))
    seats = [first, own, offline, leaving]
    expect(first.get_by_text("The class has not begun")).to_be_visible()
    expect(wall.locator(".teach-here")).to_contain_text("4 are here")

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

    # All but one answer, one of them twice, another without a network.
    strip = wall.locator(".room-strip")
    for k, seat in enumerate((first, own)):
        tap(seat, 0.3 + 0.05 * k, 0.5)
        expect(seat.locator(".seat-foot")).to_contain_text("Answered. You can move your flag until it runs.")
    tap(first, 0.7, 0.6)
    expect(strip).to_contain_text("2 of 4 have answered")
    offline.context.set_offline(True)
    faults.allow("ERR_INTERNET_DISCONNECTED|Failed to load resource|ERR_NETWORK_CHANGED")
    tap(offline, 0.6, 0.6)
    expect(offline.locator(".seat-foot")).to_contain_text("Not sent yet.")
    offline.context.set_offline(False)
    expect(offline.locator(".seat-foot")).to_contain_text("Answered.")
    expect(strip).to_contain_text("3 of 4 have answered")

    # One cheats: without the key nothing is led, and nothing of the others told.
    faults.allow("40[1349]: |422: |Failed to load resource")
    assert cheat(own) == [401, 409, 401]

    # One leaves, another is on a page of its own.
    leaving.close()
    seats.remove(leaving)
    own.get_by_role("button", name="On my own").click()
    expect(of_class(own).locator(".transport")).to_be_visible()
    expect(own.locator(".seat-title")).to_have_text("The class: Four ways down one hill")
    expect(strip).to_contain_text("3 here")

    wall.keyboard.press("PageDown")
    expect(of_class(first).locator(".beat[aria-current]")).to_have_text("Run")
    late = another(offline)
    expect(of_class(late).locator(".beat[aria-current]")).to_have_text("Run")
    wall.keyboard.press("End")
    expect(of_class(wall).get_by_text("The middle guess is")).to_be_visible()
    expect(of_class(first).get_by_text(re.compile("Your flag is .* off, nearer than"))).to_be_visible()
    expect(of_class(first).locator(".beat[aria-current]")).to_have_text("Run")
    wall.keyboard.press("PageDown")
    for seat in (first, late, offline):
        expect(of_class(seat).locator(".beat[aria-current]")).to_have_text("Answer")
    own.get_by_role("button", name="Back to the class").click()
    expect(of_class(own).locator(".beat[aria-current]")).to_have_text("Answer")

    # A contest: each hands in, one a second time, which counts; the end shows all, and the curve.
    wall.get_by_role("button", name="Open a contest").click()
    expect(wall.get_by_role("dialog")).to_be_visible()
    assert axe(wall) == []
    wall.get_by_role("dialog").click(position={"x": 4, "y": 4})
    expect(wall.get_by_role("dialog")).to_be_visible()
    wall.keyboard.press("Escape")
    expect(wall.get_by_role("dialog")).to_have_count(0)
    wall.get_by_role("button", name="Open a contest").press("Enter")
    wall.get_by_role("button", name="Open it").press("Enter")
    for seat in [*seats, late]:
        hand_in(seat)
    first.get_by_role("button", name=re.compile(": more")).click()
    hand_in(first)
    contest = wall.locator(".room-contest")
    expect(contest).to_contain_text("4 of 4 have handed in")
    expect(contest.locator("[data-of=entry]")).to_have_count(4)
    map_of = contest.locator("[data-part=map]").evaluate("(map) => map.clientHeight / map.parentElement.clientHeight")
    assert map_of == 1
    assert axe(first) == axe(wall) == []
    contest.get_by_role("button", name="Show the curve").click()
    expect(contest).to_contain_text("The class found")
    expect(contest.locator("[data-of=curve]")).to_have_count(1)
    expect(first.locator(".contest-foot")).to_contain_text(re.compile(r"Place \d+ of 4"))
    wall.get_by_role("button", name="Back to the wall").click()

    # A lesson: two answer whatever it asks, one of them by keyboard; what is told can be asked again.
    wall.keyboard.press("Escape")
    expect(wall.get_by_role("heading", name="What does the class see first?")).to_be_visible()
    for window in (wall, first, own):
        window.emulate_media(reduced_motion="reduce")  # what follows need not play
    wall.goto("/teach?when_to_stop:1.5.6#1")
    a_lesson(wall, seats, axe)
    wall.keyboard.press("PageDown")
    expect(of_class(first).locator(".option.is-right")).to_have_count(1)

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
    assert len([row for row in rows if ",point," in row]) == 3
    kinds = ("run", "step", "choice")
    assert [len([row for row in rows if f",{kind}," in row]) for kind in kinds] == [2, 2, 2 * 2]
    assert len([row for row in rows if "learning_rate=" in row]) == 4
    wall.once("dialog", lambda dialog: dialog.accept())
    wall.get_by_role("button", name="Close the room").click()
    for seat in seats:
        expect(seat.get_by_text("The room is closed.")).to_be_visible()
    assert server.process.poll() is None


def test_a_scene_that_has_run_before_is_asked_anew_whichever_wall_shows_it(
    class_of: Callable[..., BrowserContext], taught: tuple[Server, str]
) -> None:
    _, key = taught
    seat, *walls = (class_of(size, reduced_motion="reduce").new_page() for size in ("phone", "laptop", "laptop"))
    asked: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith("/shown") and (question := request.post_data_json["question"]):
            asked.append(question["id"])

    seat.goto("/join/class")
    for k, wall in enumerate((*walls, walls[0])):
        wall.on("request", note)
        wall.goto(key)
        wall.get_by_role("button", name="Scenes").click()
        wall.get_by_role("button", name="Four ways down one hill").click()
        strip = wall.locator(".room-strip")
        expect(strip).to_contain_text("0 of 1 have answered")
        expect(seat.locator(".seat-foot")).to_contain_text("Tap the map")
        if k == len(walls):
            break  # asked anew on both
        tap(seat, 0.4 + 0.05 * k, 0.5)
        expect(seat.locator(".seat-foot")).to_contain_text("Answered.")
        expect(strip).to_contain_text("1 of 1 have answered")
        press_on(wall)
        wall.keyboard.press("End")
        expect(of_class(wall).get_by_text("The only guess is")).to_be_visible()
        wall.remove_listener("request", note)
    rounds = [int(question.removeprefix("opening/")) for question in dict.fromkeys(asked)]
    assert rounds == list(range(rounds[0], rounds[0] + 3)), "none that had run was asked"
