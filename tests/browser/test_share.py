"""Sharing a view: under an address that others can open, or with the way to one."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.playground import TWO, Playground


def shared(play: Playground) -> Locator:
    play.button("Share").click()
    return play.page.get_by_role("dialog", name="Share this view")


def reached_at(page: Page, address: str) -> None:
    """The page comes as from a server that is open to its network at this address."""

    def named(route: Route) -> None:
        answer = route.fetch()
        meta = f'<meta name="outward-address" content="{address}"><meta name="opening"'
        route.fulfill(response=answer, body=answer.text().replace('<meta name="opening"', meta, 1))

    page.route(re.compile(r"/\?surface"), named)


def test_a_page_of_this_computer_alone_says_how_others_can_open_it_with_its_hand_out_and_a_room_one_click_away(
    page: Page,
) -> None:
    play = Playground(page, f"{TWO}#step=20")
    sheet = shared(play)
    expect(sheet.get_by_label("Link", exact=True)).to_have_value(re.compile(re.escape(f"{TWO}#step=20") + "$"))
    expect(sheet).to_contain_text("It opens on this computer only, so there is no QR code for it.")
    expect(sheet).to_contain_text("fallline --classroom")
    expect(sheet.get_by_role("img", name="QR code of this view")).to_be_hidden()
    for link, title, end in (
        ("Hand-out to print", "Bowl: a hand-out of Fall Line", f"/handout{TWO[1:]}"),
        ("For a whole room", "Open it on your phone: Fall Line", "/join"),
    ):
        with page.expect_popup() as opened:
            sheet.get_by_role("link", name=link).click()
        expect(opened.value).to_have_title(title)
        assert opened.value.url.endswith(end)
    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


@pytest.mark.parametrize(("address", "host"), [("192.0.2.7", "192.0.2.7:{port}"), ("192.0.2.7:81", "192.0.2.7:81")])
def test_this_view_is_shared_by_link_and_code_under_the_address_others_open(
    page: Page, address: str, host: str
) -> None:
    reached_at(page, address)
    sheet = shared(Playground(page, f"{TWO}#step=20"))
    host = host.format(port=page.evaluate("location.port"))
    expect(sheet.get_by_label("Link", exact=True)).to_have_value(f"http://{host}{TWO}#step=20")
    expect(sheet).to_contain_text(f"Others on this network find the page at {host}.")
    expect(sheet.get_by_role("img", name="QR code of this view")).to_be_visible()


def test_a_link_too_long_for_mail_is_refused_with_the_reason(page: Page) -> None:
    points = ";".join(f"{k / 7:.4f},{k / 3:.4f}" for k in range(200))
    play = Playground(page, f"/?points={points}&optimizer=gd:learning_rate=0.00001&max_steps=9")
    play.button("Share").click()
    expect(page.get_by_role("dialog", name="Share this view")).to_contain_text("past 2000")
