"""A hand-out on paper and on the screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.playground import TWO

A4 = 595, 842
"""In points."""
CUT = """() => [...document.querySelectorAll(".side")].filter((side) => side.scrollHeight > side.clientHeight)
    .concat([...document.querySelectorAll(".picture svg")].filter((svg) => svg.clientHeight < 120)).length"""
RUNS = "".join(f"&optimizer=adam:learning_rate=0.0{n},label=A%20rather%20long%20name%20{n}" for n in range(10, 26))


@pytest.mark.parametrize(
    "query",
    [
        "?preset=rare_feature",
        f"?surface=himmelblau{RUNS}",
        "?network=xor&optimizer=gd:learning_rate=0.5",
    ],
)
def test_it_prints_on_two_sides_of_a4_with_nothing_cut(page: Page, query: str) -> None:
    page.goto(f"/handout{query}")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [A4] * 2
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == 0


def test_questions_and_answers_print_apart(page: Page) -> None:
    page.goto("/handout?preset=opening")
    questions, answers = page.get_by_role("region", name="Questions"), page.get_by_role("region", name="Answers")
    for which, shown, hidden in (
        ("the questions alone", questions, answers),
        ("the answers alone", answers, questions),
    ):
        page.get_by_label(which).check()
        expect(shown).to_be_visible()
        expect(hidden).to_be_hidden()
        assert page.pdf(prefer_css_page_size=True).count(b"/MediaBox") == 1
    page.goto("/handout?preset=opening#questions")
    page.reload()
    expect(page.get_by_text("Answers overleaf.")).to_be_hidden()
    expect(page.get_by_label("the questions alone")).to_be_checked()


@pytest.mark.parametrize(("size", "color_scheme"), [("phone", "dark")])
def test_it_is_paper_white_and_axe_finds_nothing(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto("/handout?preset=opening")
    expect(page.locator(".side").first).to_have_css("background-color", "rgb(255, 255, 255)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_a_view_that_others_can_open_has_its_code_on_it(page: Page) -> None:
    def opened(route: Route) -> None:
        answer = route.fetch()
        code = '<div class="code" data-link="http://192.0.2.7/?surface=bowl"></div>'
        body = answer.text().replace('<footer class="foot">', f'<footer class="foot">{code}', 1)
        route.fulfill(response=answer, body=body)

    page.route("**/handout*", opened)
    page.goto(f"/handout{TWO[1:]}")
    expect(page.get_by_role("img", name="QR code of this view")).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
