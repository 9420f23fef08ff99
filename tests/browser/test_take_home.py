"""Take it home: what arrives is what was on the page, and nothing in it acts."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Faults
from tests.browser.playground import TWO, Playground

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>'\"$(id)"
THREE = f"{TWO}&optimizer=momentum:learning_rate=0.03"


PAUSED_AFTER_3 = """() => {
    const later = Number(document.querySelector(".transport-step strong").textContent) > 3;
    if (later) document.querySelector(".play").click();
    return later;
}"""
"""Pauses as soon as some steps have been: a hand may be too late where the machine is busy."""


def opened(page: Page, address: str = TWO) -> Playground:
    play = Playground(page, address)
    play.rest()
    if play.button("Menu").is_visible():
        play.button("Menu").click()
    play.button("Take home").click()
    expect(sheet(page)).to_be_visible()
    return play


def sheet(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Take home")


def taken(page: Page, name: str) -> tuple[str, bytes]:
    """What a button saves: the name of the file, and what is in it."""
    with page.expect_download() as coming:
        sheet(page).get_by_role("button", name=name, exact=True).click()
    download = coming.value
    expect(page.locator(".home-foot")).to_have_text(f"Saved {download.suggested_filename}.")
    return download.suggested_filename, download.path().read_bytes()


def words_of(svg: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def size_of_png(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def test_map_and_numbers_are_those_of_the_runs_shown_and_where_they_are_too_many_it_says_how_many_go(
    page: Page, faults: Faults
) -> None:
    play = Playground(page, f"{THREE}#hidden=1&colours=0,1,5&step=7")
    play.button("Take home").click()
    name, svg = taken(page, "Map as SVG")
    assert name == "fall-line-bowl-map.svg"
    words = words_of(svg)
    assert {"Bowl", "Gradient descent0.05", "Momentum (averaged)0.03"} <= set(words)
    assert any(text.startswith("Step 7.") for text in words)
    assert not any("Adam" in text for text in words)
    assert b"#AE5FDE" in svg
    assert b"#1740D8" not in svg
    name, png = taken(page, "Map as PNG")
    assert name == "fall-line-bowl-map.png"
    assert size_of_png(png) == (2520, 1680)
    expect(sheet(page)).to_contain_text("Every step of the 2 runs shown")
    name, table = taken(page, "Numbers as CSV")
    assert name == "fall-line-bowl-runs.csv"
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert list(rows[0])[:7] == ["run", "label", "t", "x", "y", "loss", "gradient_x"]
    assert len(rows) == 2 * 51
    assert {row["label"] for row in rows} == {"Gradient descent", "Momentum (averaged)"}
    name, reply = taken(page, "Numbers as JSON")
    runs = json.loads(reply)["runs"]
    assert name == "fall-line-bowl-runs.json"
    assert [run["optimizer"]["name"] for run in runs] == ["gd", "momentum"]
    assert [len(run["loss"]) for run in runs] == [51, 51]
    faults.allow("422")
    refusal = {"detail": [{"loc": ["body"], "msg": "", "type": "reply_too_large", "ctx": {"limit": 1000}}]}
    page.route("**/api/v1/trajectories", lambda route: route.fulfill(status=422, json=refusal))
    sheet(page).get_by_role("button", name="Numbers as CSV").click()
    expect(page.locator(".home-foot")).to_have_text(
        "The server sends at most 1,000 numbers at once, and these runs have more. Hide a run, or take fewer steps."
    )


@pytest.mark.usefixtures("moving")
def test_the_map_shows_no_more_of_a_run_that_is_asked_of_than_the_page(page: Page) -> None:
    Playground(page, "/").button("Take home").click()
    words = words_of(taken(page, "Map as SVG")[1])
    assert "Himmelblau" in words
    assert not any("Heavy ball" in text for text in words)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(PAUSED_AFTER_3)
    with page.expect_request("**/plot.svg?*") as asked:
        page.get_by_role("button", name="Take home").click()
    query = dict(pair.split("=", 1) for pair in asked.value.url.partition("?")[2].split("&"))
    assert query["max_steps"] == query["step"]


def test_by_keyboard_pictures_of_lines_and_words_come_and_without_a_server_those_of_charts(
    page: Page, faults: Faults
) -> None:
    play = Playground(page)
    play.rest()
    play.button("Take home").focus()
    page.keyboard.press("Enter")
    expect(sheet(page).get_by_role("button", name="Map as SVG")).to_be_focused()
    with page.expect_download():
        page.keyboard.press("Space")
    play.at(0)
    page.keyboard.press("Escape")
    expect(sheet(page)).to_have_count(0)
    expect(play.button("Take home")).to_be_focused()

    page.keyboard.press("Enter")
    name, svg = taken(page, "Loss as SVG")
    assert name == "fall-line-bowl-loss.svg"
    words = words_of(svg)
    assert {"Bowl: loss against step", "Gradient descent", "Adam", "step"} <= set(words)
    assert not list(ElementTree.fromstring(svg).iter(f"{SVG}image"))
    assert size_of_png(taken(page, "Loss as PNG")[1]) == (2520, 1680)
    _, svg = taken(page, "Map as SVG")
    (style,) = ElementTree.fromstring(svg).iter(f"{SVG}style")
    assert style.text
    assert 'font-family:"Source Sans 3"' in style.text
    assert "font-style:italic" in style.text
    assert style.text.count("url(") == style.text.count("url(data:font/woff2;base64,")

    faults.allow("ERR_FAILED|net::|Failed to load")
    page.route("**/api/**", lambda route: route.abort())
    sheet(page).get_by_role("button", name="Numbers as CSV").click()
    expect(page.locator(".home-foot")).to_have_text("The server does not answer. This is tried again by itself.")
    taken(page, "Loss as PNG")


def test_every_chart_that_is_open(page: Page) -> None:
    play = Playground(page, f"{TWO}#explanation=charts&step=9")
    expect(page.locator("#explanation svg.layer").first).to_be_visible()
    play.settle()
    play.button("Take home").click()
    expect(sheet(page).locator(".home-ways > span").nth(2)).to_be_visible()
    captions = sheet(page).locator(".home-ways > span").all_inner_texts()
    assert captions[:2] == ["Map", "Loss"]
    assert len(captions) > 2
    for caption in captions[2:]:
        name, svg = taken(page, f"{caption} as SVG")
        assert name.startswith("fall-line-bowl-")
        assert words_of(svg)
        assert size_of_png(taken(page, f"{caption} as PNG")[1])[0] >= 1920


def test_the_data_of_a_line_fit(page: Page) -> None:
    play = Playground(page, "/?points=1,2;3,4;5,7&max_steps=20&optimizer=gd&optimizer=adam:learning_rate=0.1#step=20")
    expect(page.locator("#data-chart svg.layer").first).to_be_visible()
    play.settle()
    page.get_by_role("button", name="Take the data chart home").click()
    expect(sheet(page).get_by_role("button", name="Data and fit as SVG")).to_be_focused()
    _, svg = taken(page, "Data and fit as SVG")
    assert any("Gradient descent" in text or "Adam" in text for text in words_of(svg))


def test_a_program_is_saved_and_copied_and_ends_where_the_run_does_and_requests_get_the_same_runs(page: Page) -> None:
    opened(page)
    runs = json.loads(taken(page, "Numbers as JSON")[1])["runs"]
    sheet(page).get_by_label("Run").select_option(label="Adam")
    expect(sheet(page).get_by_role("region", name="Text of the program")).to_contain_text("Adam on Bowl")
    name, program = taken(page, "Save the program")
    assert name == "fall-line-bowl-adam.py"
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    said = [line.split(" = ") for line in done.stdout.splitlines()[-2:]]
    ends = {each: runs[1]["parameters"][each][-1] for each in "xy"}
    assert {each: float(value) for each, value in said} == pytest.approx(ends, rel=1e-9, abs=1e-12)
    sheet(page).get_by_role("radio", name="PyTorch").click()
    expect(sheet(page).get_by_role("region", name="Text of the program")).to_contain_text("import torch")
    assert taken(page, "Save the program")[0] == "fall-line-bowl-adam-pytorch.py"
    # Over plain HTTP a page may not write to the clipboard, and copies what it has selected.
    page.evaluate("""() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
        addEventListener("copy", () => { window.copied = document.activeElement.value; });
    }""")
    copy = sheet(page).get_by_role("button", name="Copy the program")
    copy.click()
    expect(page.locator(".home-foot")).to_have_text("Copied the program.")
    assert "import torch" in page.evaluate("window.copied")
    expect(copy).to_be_focused()
    text = sheet(page).get_by_role("region", name="Text of the request")
    expect(text).to_have_text(f"curl '{page.evaluate('location.origin')}/api/v1/trajectories{TWO[1:]}'")
    sheet(page).get_by_role("radio", name="Python").last.click()
    expect(text).to_contain_text("import httpx")
    done = subprocess.run(
        [sys.executable, "-c", text.inner_text().replace("httpx", "httpx2")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.split()[-2] for line in done.stdout.splitlines()] == ["50", "50"]
    sheet(page).get_by_role("radio", name="Link").click()
    expect(text).to_contain_text(page.evaluate("location.origin"))


def test_a_hostile_label_stays_a_text(page: Page) -> None:
    opened(
        page,
        f"{TWO}:label=".replace("learning_rate=0.1:label", "learning_rate=0.1,label") + quote(HOSTILE.replace(",", "")),
    )
    for picture in ("Map", "Loss"):
        _, svg = taken(page, f"{picture} as SVG")
        assert any("<script>" in text for text in words_of(svg))
        assert not list(ElementTree.fromstring(svg).iter(f"{SVG}script"))
    _, table = taken(page, "Numbers as CSV")
    assert HOSTILE in {row["label"] for row in csv.DictReader(io.StringIO(table.decode()))}
    text = sheet(page).get_by_role("region", name="Text of the request")
    expect(text).to_contain_text("curl")
    call = text.inner_text()
    said = subprocess.run(
        ["sh", "-c", call.replace("curl", "printf '%s\\n'", 1)], capture_output=True, text=True, check=True
    )
    assert len(said.stdout.splitlines()) == 1
    assert "uid=" not in said.stdout
    assert page.evaluate("document.querySelectorAll('body script').length") == 0


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark")])
def test_axe_finds_nothing_and_nothing_is_cut_off(page: Page, axe: Callable[[Page], list[str]]) -> None:
    opened(page)
    expect(sheet(page).get_by_role("region", name="Text of the program")).to_contain_text("import")
    for preview in sheet(page).locator("img.home-preview").all():
        expect(preview).not_to_have_js_property("naturalWidth", 0)
    assert axe(page) == []
    assert (
        page.evaluate(
            "document.querySelector('.home-panel').scrollWidth - document.querySelector('.home-panel').clientWidth"
        )
        <= 0
    )


def test_what_could_not_be_fetched_is_told_and_comes_by_itself(page: Page, faults: Faults) -> None:
    faults.allow("ERR_FAILED|net::|Failed to")
    play = Playground(page)
    play.rest()
    page.route("**/takeHome*.js", lambda route: route.abort())
    play.button("Take home").click()
    button = page.locator("#take-home")
    expect(button).to_have_text("Trying again")
    expect(button).to_have_attribute("title", re.compile("^A part of the page did not come."))
    button.click()
    page.unroute("**/takeHome*.js")
    expect(sheet(page)).to_have_count(1)
    expect(sheet(page)).to_be_visible()
    expect(button).to_have_text("Take home")
