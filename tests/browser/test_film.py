"""A film of the runs: what is saved has the frames, the size and the length that the page says, and can be cancelled."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.course.presets import PRESETS
from tests.browser.playground import TWO, Playground, settle

pytestmark = pytest.mark.slow

WRITTEN = """
globalThis.written = new Set();
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (text, ...where) {
  written.add(text);
  fillText.call(this, text, ...where);
};
"""
"""Has all words that are painted on canvases. The page's own chart is none, nor are the words of its map painted anew."""


def opened(page: Page, address: str = f"{TWO}#step=50") -> Locator:
    play = Playground(page, address)
    play.rest()
    play.button("Take home").click()
    sheet = page.get_by_role("dialog", name="Take home")
    sheet.get_by_role("tab", name="Film").click()
    return sheet


def ready(sheet: Locator) -> None:
    """Wait until its picture is that of what is chosen now."""
    settle(sheet.page)
    expect(sheet.locator("[data-ready]")).to_have_count(1)


def short(sheet: Locator, steps: int = 6) -> None:
    """A film of a few frames, small and at once."""
    ready(sheet)
    for label, value in (("To step", steps), ("Steps a second", 10), ("Seconds still", 0)):
        field = sheet.get_by_role("textbox", name=label)
        field.fill(str(value))
        field.press("Enter")
        field.press("Tab")
    sheet.get_by_role("radio", name="1280 × 720").click()
    ready(sheet)


def made(page: Page, sheet: Locator) -> tuple[str, bytes]:
    with page.expect_download() as coming:
        sheet.get_by_role("button", name="Make the film").click()
    download = coming.value
    expect(page.locator(".home-foot")).to_have_text(re.compile(f"^Saved {download.suggested_filename}, .* MB\\.$"))
    return download.suggested_filename, download.path().read_bytes()


def frames_said(sheet: Locator) -> int:
    return int(re.search(r"of ([\d,]+)", sheet.locator(".film-frame").inner_text())[1].replace(",", ""))  # type: ignore[index]


def decoded(film: bytes) -> tuple[Any, list[Any], float]:
    """The stream of a video, its frames, and how long it lasts, in seconds."""
    av = pytest.importorskip("av")
    with av.open(io.BytesIO(film)) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        return stream.codec_context, frames, float(container.duration / av.time_base)


def test_a_video_and_a_gif_have_the_frames_and_last_as_long_as_is_said(page: Page) -> None:
    sheet = opened(page)
    ready(sheet)
    formats = {"MP4": (4, b"ftyp", {"h264"}), "WebM": (0, b"\x1a\x45\xdf\xa3", {"vp9", "vp8", "av1"})}
    for word, (first, magic, codecs) in formats.items():
        if word == "MP4" and not sheet.get_by_role("radio", name=word).count():
            continue  # not every browser writes it
        sheet.get_by_role("radio", name=word).click()
        short(sheet)
        said = frames_said(sheet)
        assert said == 19  # 0.6 s, and the last step
        name, film = made(page, sheet)
        assert name == f"fall-line-bowl-film.{word.lower()}"
        assert film[first : first + 4] == magic
        context, frames, seconds = decoded(film)
        assert context.name in codecs or context.codec.name in codecs
        assert (context.width, context.height, len(frames)) == (1280, 720, said)
        assert seconds == pytest.approx(said / 30, abs=0.04)
        # From frame to frame the map and the chart go on, and what is painted is no blank.
        moved = [int((abs(one.astype(int) - frames[0]).max(axis=2) > 90).sum()) for one in frames]
        assert moved[-1] > moved[len(moved) // 2] > moved[0] == 0
        assert frames[0].std() > 10

    image = pytest.importorskip("PIL.Image")
    sheet.get_by_role("radio", name="GIF").click()
    expect(sheet).to_contain_text("12.5 frames a second and 255 colours")
    ready(sheet)
    said = frames_said(sheet)
    name, film = made(page, sheet)
    assert (name, film[:6]) == ("fall-line-bowl-film.gif", b"GIF89a")
    with image.open(io.BytesIO(film)) as gif:
        assert (gif.size, gif.n_frames, gif.info["loop"]) == ((1280, 720), said, 0)
        assert gif.info["duration"] == 80


def test_it_is_cancelled_by_keyboard_what_is_in_it_is_chosen_and_too_long_a_film_or_none_is_told(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    sheet = opened(page)
    ready(sheet)
    assert axe(page) == []
    panel = sheet.locator("#home-panel-1")
    assert panel.evaluate("panel => panel.scrollWidth - panel.clientWidth") <= 0

    saved: list[str] = []
    page.on("download", lambda download: saved.append(download.suggested_filename))
    make = sheet.get_by_role("button", name="Make the film")
    make.focus()
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("progressbar", name="Frames drawn")).to_be_visible()
    expect(sheet.get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".home-foot")).to_have_text("Cancelled: nothing was saved.")
    expect(make).to_be_focused()
    expect(sheet.get_by_role("progressbar")).to_have_count(0)
    assert saved == []

    before = sheet.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    sheet.get_by_label("Night map").check()
    ready(sheet)
    assert sheet.locator("canvas").evaluate("canvas => canvas.toDataURL()") != before
    field = sheet.get_by_role("textbox", name="Steps a second")
    pace = field.input_value()
    field.fill("0.2")
    field.press("Enter")
    expect(sheet).to_contain_text(re.compile("At most .* seconds: take more steps a second, or fewer steps."))
    expect(make).to_be_disabled()
    field.fill(pace)
    field.press("Enter")
    expect(make).to_be_enabled()
    sheet.get_by_label("Map", exact=True).uncheck()
    sheet.get_by_label("Loss", exact=True).uncheck()
    expect(sheet).to_contain_text("There is nothing in it.")
    expect(make).to_be_disabled()

    sheet.get_by_role("tab", name="Film").press("ArrowLeft")
    expect(sheet.get_by_role("tab", name="Pictures and data")).to_be_focused()
    expect(sheet.get_by_role("button", name="Map as SVG")).to_be_visible()


def test_a_run_that_is_still_asked_of_is_not_told(page: Page) -> None:
    Playground(page, "/").button("Take home").click()
    sheet = page.get_by_role("dialog", name="Take home")
    sheet.get_by_role("tab", name="Film").click()
    expect(sheet).to_contain_text("This run is still asked about: run it, and its film is here.")


HIMMELBLAU = "/?surface=himmelblau&max_steps=60"
CHANGED = f"{HIMMELBLAU}&optimizer=gd:learning_rate=0.01,changes=20:learning_rate=0.002"


MARKED: list[tuple[str, set[str], set[str]]] = [
    (f"/?{PRESETS['ravine_zigzag'].query}#step=0", {"0.0008"}, {"52", "106", "241"}),
    (f"{HIMMELBLAU}&optimizer=gd:learning_rate=0.01#step=0&run=0&explanation=ends", {"A", "B", "C", "D"}, set()),
    (f"{CHANGED}#step=0", set(), {"before the change"}),
    ("/?expression=x^4-3*x^2&start=-2&optimizer=gd:learning_rate=0.01&max_steps=20#step=20", set(), set()),
]
"""Addresses with the words that are marked there at all times, and with those that come at the end of the runs."""


def test_what_is_marked_on_the_page_is_in_it_and_what_runs_must_end_for_comes_at_the_end(
    context: BrowserContext, page: Page
) -> None:
    context.add_init_script(WRITTEN)

    def written(key: str) -> set[str]:
        """What is painted once the slider is at one of its ends; what stands still was painted before."""
        slider = page.get_by_label("Frame of the preview")
        slider.press("ArrowLeft" if key == "End" else "ArrowRight")
        settle(page)
        page.evaluate("written.clear()")
        slider.press(key)
        settle(page)
        return set(page.evaluate("[...written]"))

    for address, always, at_the_end in MARKED:
        page.goto("about:blank")
        ready(opened(page, address))
        still = set(page.evaluate("[...written]"))
        first, last = written("Home"), written("End")
        assert always <= still | first, address
        assert not at_the_end & first, address
        assert at_the_end <= last, address
