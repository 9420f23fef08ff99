"""A network on the page: chosen, changed, seen by its samples, and its loss on a plane."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground

XOR = "/?network=xor&seed=3&max_steps=300&optimizer=gd:learning_rate=0.1,batch_size=1&optimizer=adam:learning_rate=0.05"
PLANE = f"{XOR}#step=100&plane=path"


class Network(Playground):
    """A page that shows a network."""

    def wait(self) -> None:
        """Until the run that is drawn has ended, and its samples have outputs."""
        expect(self.page.locator(".transport-step .total")).not_to_have_text(re.compile(" of [01]$"))
        expect(self.samples.first).not_to_contain_text("–")

    @property
    def samples(self):
        return self.page.locator(".samples tbody tr")

    def outputs(self) -> list[str]:
        """Of the network, for each sample."""
        return [row.locator("td").last.inner_text() for row in self.samples.all()]


def test_a_network_is_chosen_and_changed_and_comes_back_from_its_address(page: Page) -> None:
    here = Playground(page)
    page.get_by_role("radio", name="Networks").click()
    page.get_by_role("button", name="XOR").click()
    expect(page.locator("h1")).to_have_text("XOR, 3 tanh neurons")
    here.says("network=xor&")
    expect(here.rate(0)).to_have_value("0.1")  # one that suits it
    page.get_by_label("Neurons of hidden layer 1").fill("4")
    page.get_by_label("Neurons of hidden layer 1").press("Enter")
    page.get_by_role("button", name="Another hidden layer").click()
    page.get_by_text("Activation, loss, batch and seed").click()
    page.get_by_label("Activation", exact=True).select_option("relu")
    page.get_by_label("Samples a step, of all runs").fill("2")
    page.get_by_label("Samples a step, of all runs").press("Enter")
    here.says("network=xor:hidden=4-4,activation=relu&")
    here.says("batch_size=2")
    expect(page.locator("h1")).to_have_text("XOR, 4 and 4 ReLU neurons")
    Network(page, here.query)
    expect(page.locator(".samples [aria-current]")).to_have_count(2)
    page.get_by_role("button", name="One hidden layer less").click()
    here.says("network=xor:hidden=4,activation=relu&")
    page.get_by_role("button", name="Undo").click()
    here.says("network=xor:hidden=4-4,activation=relu&")
    page.get_by_role("radio", name="Surfaces").click()
    page.get_by_role("button", name="Bowl", exact=True).click()
    expect(page.locator(".map-ground")).to_be_visible()
    expect(page.locator(".samples")).to_be_hidden()
    here.says("surface=bowl")
    assert "batch" not in here.query


def test_the_rates_of_four_runs_what_a_network_says_in_a_square_loss_and_standings_show_on_a_laptop(page: Page) -> None:
    runs = "&".join(f"optimizer={name}:learning_rate=0.05" for name in ("gd", "heavy_ball", "rmsprop", "adam"))
    page.set_viewport_size({"width": 1366, "height": 768})
    here = Network(page, f"/?network=two_moons&max_steps=20&{runs}")
    here.settle()
    standings = page.locator(".standings tbody th")
    expect(standings).to_have_count(4)
    tabs_top = page.locator("[data-part=explanations]").bounding_box()["y"]
    shown = (".prediction-chart", ".prediction-key", "[data-part=loss-chart]")
    parts = (*(page.locator(name) for name in shown), *standings.all())
    for part in (*page.locator(".run .slider").all(), *parts):
        expect(part).to_be_in_viewport(ratio=1)
    for part in parts:
        box = part.bounding_box()
        assert box["y"] + box["height"] <= tabs_top
    box = page.locator(".prediction-chart").bounding_box()
    assert box["width"] >= 184
    assert box["height"] >= 184


def test_on_a_low_screen_a_network_stands_beside_what_is_said(page: Page) -> None:
    page.set_viewport_size({"width": 683, "height": 384})
    Network(page, XOR).settle()
    drawing = page.locator(".network-chart")
    expect(drawing).to_be_in_viewport(ratio=1)
    left, words = drawing.bounding_box(), page.locator("#words").bounding_box()
    assert left["x"] + left["width"] <= words["x"] + 1
    assert left["height"] > 200


def test_the_outputs_are_those_of_the_run_at_the_playhead(page: Page) -> None:
    """At the start they are what the weights of the seed give; in the end Adam has learnt the four."""
    here = Network(page, f"{XOR}#run=1&step=0")
    here.settle()
    start = here.outputs()
    page.keyboard.press("End")
    expect(page.locator(".transport-step strong")).to_have_text("300")
    here.settle()
    assert here.outputs() != start
    assert [round(float(said.replace("−", "-"))) for said in here.outputs()] == [0, 1, 1, 0]
    here.run(0).locator(".run-toggle").click()
    expect(here.samples.first).not_to_contain_text("–")
    expect(page.locator(".samples [aria-current]")).to_have_count(1)


def test_the_plane_of_its_loss_says_what_it_is_and_takes_no_start(page: Page) -> None:
    here = Network(page, PLANE)
    words = page.locator(".plane-words")
    expect(words).to_contain_text(re.compile(r"the paths go furthest.*It holds [\d.]+ % of the paths.*projected"))
    here.settle()
    drawn = here.picture()
    page.locator(".map-ground").click(position={"x": 200, "y": 150})
    assert "start=" not in here.query
    expect(page.locator(".map-start")).to_be_hidden()
    page.get_by_label("The plane lies along").select_option("weights")
    page.get_by_label("Up the map").select_option("w2_1_2")
    expect(words).to_contain_text("along w₁,₁,₁ and w₂,₁,₂")
    here.says("plane=w1_1_1,w2_1_2")
    expect(page.locator(".legend-bar:not(.is-empty)")).to_be_attached()
    here.repainted(drawn)
    page.get_by_role("radio", name="Network", exact=True).click()
    expect(page.locator("#map")).to_be_hidden()
    expect(words).to_be_hidden()


@pytest.mark.parametrize(
    ("network", "words"),
    [
        ("xor:hidden=0", "a whole number from 1 to 16, not 0"),
        ("xor:layers=3", 'but no "layers". Problem is required'),
    ],
)
def test_what_cannot_be_a_network_is_said_above_its_place(page: Page, faults, network: str, words: str) -> None:
    faults.allow("422")
    page.goto(f"/?network={network}&optimizer=gd")
    expect(page.locator(".notice")).to_contain_text(words)


@pytest.mark.parametrize(("size", "address"), [("phone", XOR), ("laptop", PLANE)])
def test_nothing_bars_the_way_to_a_network(page: Page, axe, address: str) -> None:
    here = Network(page, address)
    here.tab("Samples")
    expect(here.samples.first).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
