"""A network at work: its substeps by bar, keys and neurons, what it says, and that it is fetched with the first network alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import Playground, settle

XOR = "/?network=xor&max_steps=40&seed=1&optimizer=gd:learning_rate=0.1,batch_size=1"


class Network(Playground):
    """The playground with a network at an address."""

    def wait(self) -> None:
        expect(self.page.locator(".network-chart [data-of=dot]").first).to_be_attached()
        expect(self.page.locator(".transport-step .total")).to_have_text(re.compile(" of 40$"))

    @property
    def head(self) -> str:
        """What stands over the arithmetic."""
        return self.page.locator(".network-words h2").inner_text()

    def stands_at(self, step: int, name: str, passed: str = "") -> None:
        """The playhead is on a row, and the bar at a substep; empty: at none."""
        self.at(step)
        expect(self.page.locator(".network-words h2")).to_have_text(name)
        expect(self.page.locator(".pass.is-chosen .pass-name")).to_have_text([passed] if passed else [])


@pytest.fixture
def network(page: Page) -> Network:
    opened = Network(page, f"{XOR}#step=5")
    opened.at(5)
    return opened


def test_a_step_is_gone_through_by_keys_buttons_and_on_the_bar(network: Network) -> None:
    page = network.page
    network.stands_at(5, "The whole step")
    page.keyboard.press(".")
    network.stands_at(5, "Neuron 1", "forward")
    for _ in range(4):
        network.button("On within the step").click()
    network.stands_at(5, "Loss of this sample", "error")
    page.locator(".substeps-input").focus()
    page.keyboard.press("End")
    network.stands_at(5, "Weights and biases", "update")
    page.keyboard.press("ArrowRight")
    network.stands_at(6, "Neuron 1", "forward")
    page.keyboard.press("ArrowLeft")
    network.stands_at(5, "Weights and biases", "update")
    expect(page.locator(".substep-label").filter(has_text="output").first).to_be_visible()
    page.locator(".substep").nth(6).click()
    network.stands_at(5, "Hidden layer", "backward")
    network.says("substep=backward-1")
    page.reload()
    network.wait()
    network.stands_at(5, "Hidden layer", "backward")
    page.locator(".substeps-input").focus()
    page.keyboard.press("Escape")
    network.stands_at(5, "The whole step")


def test_what_is_computed_is_said_and_is_what_the_run_does_next(network: Network) -> None:
    """In words forward at once, else as soon as the server has worked it out."""
    page, held = network.page, []
    page.route("**/trajectories/step", lambda route: held.append(route))
    page.get_by_role("button", name=re.compile("^Neuron 2: ")).click()
    network.stands_at(5, "Neuron 2", "forward")
    live = page.locator("[data-part=network] [role=status]")
    expect(live).to_have_text(re.compile("^Neuron 2 adds what arrives"))
    page.locator(".substep").nth(6).click()
    expect(page.locator(".network-arithmetic")).to_have_text("Working it out.")
    expect(page.locator(".network-chart")).not_to_contain_text("δ")
    held[0].continue_()
    page.unroute("**/trajectories/step")
    expect(page.locator(".network-sentence")).to_contain_text("Each neuron takes the output's δ")
    expect(page.locator(".network-chart")).to_contain_text("slope")
    page.get_by_role("button", name=re.compile("^Neuron 2: ")).hover()
    expect(page.locator(".network-arithmetic [data-of=delta1_2].is-lit").first).to_be_attached()
    page.locator(".substep").nth(1).click()
    expect(page.locator(".network-arithmetic .working-line")).to_have_count(2)
    page.locator(".substep").last.click()
    expect(page.locator(".network-arithmetic .row-parameter").first).to_have_text("w₁,₁,₁")
    after = page.locator(".network-arithmetic .line-value [data-of=w]").first.inner_text()
    page.keyboard.press(".")
    network.stands_at(6, "Neuron 1", "forward")
    expect(page.get_by_role("button", name=re.compile(rf"^Neuron 1: {after[:5]}\d* times x₁"))).to_be_visible()


@pytest.mark.usefixtures("moving")
def test_while_it_plays_all_of_the_network_shows_and_what_it_says_follows(network: Network) -> None:
    page = network.page
    page.locator(".substep").nth(1).click()
    expect(page.locator(".network-chart [data-of=neuron][stroke-dasharray]")).to_have_count(2)
    before = network.picture("[data-part=prediction]")
    page.keyboard.press(" ")
    expect(page.locator(".network-chart [data-of=neuron][stroke-dasharray]")).to_have_count(0)
    expect(page.locator(".transport-step")).to_contain_text("next 40")
    network.repainted(before, "[data-part=prediction]")


@pytest.mark.parametrize("color_scheme", ["dark"])
def test_the_drawing_has_the_room_of_the_arithmetic_what_explains_leaves_it_and_axe_finds_nothing(
    page: Page, network: Network, axe: Callable[[Page], list[str]]
) -> None:
    def box(part: str) -> dict[str, float]:
        found: Any = page.locator(part).bounding_box()
        assert found, part
        return dict(found)

    def height() -> float:
        network.settle()
        return box(".network-chart")["height"]

    whole = height()
    page.locator(".substep").nth(6).click()
    network.stands_at(5, "Hidden layer", "backward")
    assert height() < whole
    expect(page.locator(".network-sentence")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    network.button("Show the whole step").click()
    assert height() == whole
    expect(page.locator(".network-arithmetic .note")).to_be_in_viewport(ratio=1)

    parts = ("#network", ".substep-bar", "#transport")
    before = [box(part) for part in parts]
    network.explain("States").click()
    expect(page.locator(".states-chart").first).to_be_visible()
    network.settle()
    assert [box(part) for part in parts] == before
    assert all(one["x"] + one["width"] <= box(".explanation-head")["x"] for one in before)


def test_it_is_fetched_with_the_first_network_alone(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    Playground(page, "/?surface=bowl&max_steps=5&optimizer=gd:learning_rate=0.05").settle()
    own = ("networks-", "networkViews-")
    assert not [name for name in asked if name.startswith(own)]
    Network(page, XOR)
    assert len([name for name in asked if name.startswith(own)]) >= len(own)


@pytest.mark.parametrize("size", ["phone"])
def test_without_a_run_it_is_drawn_as_it_is_set_up(page: Page) -> None:
    page.goto("/?network=xor")
    settle(page)
    expect(page.get_by_role("img", name=re.compile("^A network: 2 inputs, 3 tanh neurons"))).to_be_visible()
    expect(page.locator(".network-chart [data-of=neuron]")).to_have_count(4)
    expect(page.locator(".network-chart [data-of=dot]")).to_have_count(0)
    bottom = page.locator(".network-chart").evaluate("(chart) => chart.getBoundingClientRect().bottom")
    words, transport = (page.locator(part).bounding_box() or {} for part in ("#sentence", "#transport"))
    assert bottom <= transport["y"] + 1
    assert transport["y"] + transport["height"] <= words["y"] + 1
    expect(page.locator("#tabs")).to_be_in_viewport(ratio=1)
    # The row of tabs goes on: it fades at its end, and at its last one no more
    page.locator("#tabs").evaluate("(row) => row.scrollTo({ left: 999, behavior: 'instant' })")
    last = page.get_by_role("tab").last.bounding_box()
    fade = float(page.locator("#tabs").evaluate("(row) => parseFloat(getComputedStyle(row, '::after').width)"))
    assert last
    assert page.viewport_size
    assert last["x"] + last["width"] <= page.viewport_size["width"] - fade + 1
    page.get_by_role("button", name="Gradient descent against Adam").click()
    expect(page.locator(".network-chart [data-of=dot]").first).to_be_attached()
    expect(page.locator(".network-chart > svg")).to_have_count(1)
