"""Data of one's own: rows pasted or read from a file, columns chosen, and a line or a network that learns them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.playground import TWO, Playground

HOMES = "city;price;area\nAmiens;60000;32,5\nLille;70000;25\nVersailles;;80\nNice;600000;80\nParis;?;40\n"
BOUGHT = "x1,x2,bought\n0,0,no\n0,1,yes\n1,0,yes\n1,1,no\n"


def opened(play: Playground, kind: str) -> Locator:
    """The dialog, for a kind of landscape."""
    play.tab("Landscape")
    play.page.get_by_role("radio", name=kind).click()
    play.button("Your own data, as CSV").click()
    return play.page.get_by_role("dialog")


def test_a_line_is_fitted_to_columns_that_were_pasted_and_undo_takes_it_back(page: Page) -> None:
    play = Playground(page, TWO)
    sheet = opened(play, "Line fits")
    paste, use = sheet.get_by_label("Rows of two or more columns"), sheet.get_by_role("button", name="Fit a line")
    expect(paste).to_be_focused()
    expect(use).to_be_disabled()
    paste.fill("price\n60000\n70000")
    expect(sheet.get_by_role("alert").first).to_contain_text("There is one column")
    paste.fill(HOMES)
    # the first and the last column with numbers are taken; the other way round is one choice
    expect(sheet.get_by_label("y, the target")).to_have_value("2")
    sheet.get_by_label("y, the target").select_option("price")
    expect(sheet.get_by_label("x, the feature")).to_have_value("2")
    expect(sheet.get_by_role("status")).to_have_text(
        "3 rows are taken. Left out: 1 with an empty cell (row 4); 1 with text where a number is needed (row 6)."
    )
    # areas 32.5, 25, 80: a mean of 45.83, and squares off it of 1779.17 in all
    expect(sheet.get_by_text("area less 45.83, divided by 24.35")).to_contain_text("Slope and intercept are in these")
    sheet.get_by_label("x, the feature").select_option("city")
    expect(sheet.get_by_text("Column city has no numbers (row 2: Amiens, row 3: Lille")).to_be_visible()
    expect(use).to_be_disabled()
    sheet.get_by_label("x, the feature").select_option("area")
    use.click()
    expect(sheet).to_be_hidden()
    play.says("points=32.5,60000;25,70000;80,600000&loss=mse&standardize=true&start=-1,1.5")
    expect(page.locator("h1")).to_have_text("3 points")
    expect(play.rate(0)).to_have_value("0.15")  # 0.3 over 2, the curvature in standardised units
    play.wait()
    expect(page.locator(".data-handle")).to_have_count(3)
    expect(page.get_by_text("Slope and intercept are in these units.")).to_contain_text("area less 45.83")
    expect(page.locator("#data-chart svg")).to_contain_text("price")
    expect(page).to_have_url(re.compile("#.*columns=area,price"))
    play.button("Undo").click()
    play.says("surface=bowl&")


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark")])
def test_a_network_learns_two_words_of_a_file_as_classes(
    page: Page, axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    file = tmp_path / "bought.csv"
    file.write_text(BOUGHT, "utf-8")
    play = Playground(page, TWO)
    sheet = opened(play, "Networks")
    sheet.get_by_label("Choose a file").set_input_files(file)
    expect(sheet.get_by_label("The class that is 1")).to_have_value("yes")
    sheet.get_by_label("The class that is 1").select_option("no")
    sheet.get_by_label("Standardised units").uncheck()
    expect(sheet.get_by_text("hardly any learning rate works")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sheet.get_by_role("button", name="Let a network learn them").click()
    expect(page.locator("h1")).to_have_text("4 samples, 8 tanh neurons")
    play.says("network=points=0,0,1;0,1,0;1,0,0;1,1,1&")
    expect(play.rate(0)).to_have_value("0.5")
    expect(page).to_have_url(re.compile("#.*columns=x1,x2,bought"))
    play.settle()
