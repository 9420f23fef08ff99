"""Why a run goes where it goes: told by direction, and dragged."""

import math
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.playground import explained

pytestmark = pytest.mark.slow


def test_why_a_run_goes_there_is_told_by_direction_and_its_rate_can_be_dragged(page: Page) -> None:
    """Heavy ball at curvatures 1 and 100, beta 0.7: across it keeps sqrt(0.7), and grows past 2*1.7/100."""
    heavy = "optimizer=heavy_ball:learning_rate=0.018,beta=0.7"
    play = explained(page, f"/?surface=ravine&max_steps=60&{heavy}#step=8&run=0&explanation=why")
    sentence = page.locator(".why-sentence")
    expect(sentence).to_contain_text("Across the valley it swings, and a step keeps 0.837 of the distance")
    expect(sentence).to_contain_text(re.compile("(it grows past the rate 0.034|Past the rate 0.034 it grows)[.]"))
    expect(page.locator(".why-table tbody tr").first).to_have_text(
        re.compile(r"across\s*100\s*1\.80\s*× 0\.837\s*swings")
    )
    stable = page.locator(".why-stable")
    stable.scroll_into_view_if_needed()
    expect(stable.locator("text", has_text="turns over").first).to_be_attached()
    line = stable.locator("text", has_text="across 1.8").first.bounding_box()
    assert line
    page.mouse.move(line["x"] - 40, line["y"] + 20)
    page.mouse.down()
    page.mouse.move(line["x"] - 40, line["y"] + 60, steps=3)
    page.mouse.up()
    expect(sentence).not_to_contain_text("keeps 0.837")
    beta = float(re.findall(r"beta=([\d.]+)", play.query)[0])
    assert 0.3 < beta < 0.69, "the line of momentum went down with the hand"
    page.get_by_role("radio", name="Each direction").click()
    expect(page.locator(".why figcaption")).to_have_text(
        [
            re.compile("along: curvature 1, × 0.9[0-9]+ a step, creeps; dotted: predicted"),
            re.compile("across: curvature 100, × 0.[0-9]+ a step, swings"),
        ]
    )
    expect(page.locator(".why-mode svg path").first).to_be_attached()
    page.get_by_role("radio", name="Roots").click()
    expect(page.locator(".why-plane")).to_be_visible()
    expect(page.locator("figure").get_by_role("radio", name="Roots")).to_have_count(0)
    chart = page.locator(".why-factors")
    chart.scroll_into_view_if_needed()
    expect(page.locator(".why-plane svg text").filter(has_text="along").first).to_be_attached()
    play.settle()
    box = chart.bounding_box()
    assert box
    rates = []
    for share in (0.5, 0.42, 0.34):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 60)
        page.mouse.down()
        play.settle()  # what answers a rate does not move the scale under the hand
        product = page.locator(".why-table tbody td").nth(1).inner_text()  # of the rate and the curvature 100
        rates.append(float(product))
    page.mouse.up()
    expect(sentence).to_contain_text(re.compile("Across the valley it (swings|creeps)"))
    play.settle()
    assert rates[1] / rates[2] == pytest.approx(rates[0] / rates[1], rel=0.05)
    rate = rates[2] / 100
    assert 0.0005 < rate < 0.017
    page.get_by_role("button", name="What steps leave").click()
    sentence = page.locator(".why-sentence:visible")
    expect(sentence).to_contain_text("8 steps multiply the distance along each direction by a polynomial")
    kept, m = 1.0, 0.0
    for _ in range(8):  # of the heavy ball at curvature 1
        m = beta * m + kept
        kept -= rate * m
    shown = page.locator(".why-table:visible tbody td").first.inner_text()
    assert float(shown.replace("−", "-")) == pytest.approx(kept, rel=0.01)
    zeros = page.locator(".zeros")
    expect(zeros.locator("text").filter(has_text="zeros")).to_be_attached()
    zeros.scroll_into_view_if_needed()
    play.settle()
    row = zeros.locator("text").filter(has_text="zeros").bounding_box()
    assert row
    marks = [mark for each in zeros.locator("path").all() if (mark := each.bounding_box()) and mark["width"] < 16]
    middles = [(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2) for mark in marks]
    across, down = max(place for place in middles if abs(place[1] - row["y"] - row["height"] / 2) < 4)
    page.mouse.move(across, down)
    page.mouse.down()
    page.mouse.move(across - 30, down, steps=3)
    page.mouse.up()
    dragged = float(re.findall(r"learning_rate=([\d.]+)", play.query)[0])
    assert rate < dragged < 2 * rate, "a zero at a smaller curvature is that of a larger rate"
    play.explain("Why").click()
    page.get_by_role("button", name="Turned").click()
    rose = page.locator(".rose")
    rose.scroll_into_view_if_needed()
    expect(rose.locator("text", has_text="90°").first).to_be_attached()
    box = rose.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 + 60, box["y"] + box["height"] / 2 - 60)
    page.mouse.down()
    formula = page.get_by_label("f(x, y) =")
    expect(formula).to_have_value(re.compile(r"^0\.5\*\(.* \+ 50\*\("))
    page.mouse.up()
    play.settle()
    cosine, sine = map(float, re.findall(r"(-?[\d.]+)\*[xy]", formula.input_value())[:2])
    turned = round(math.degrees(math.atan2(sine, cosine))) % 180
    expect(page.locator(".why-table:visible thead")).to_contain_text(f"{turned}°")
    adam = "/?surface=rotated_ravine&start=-3.1305,-2.6833&max_steps=3000&optimizer=adam:learning_rate=0.5"
    explained(page, f"{adam}#step=2785&run=0&explanation=why")
    expect(sentence).to_contain_text(
        "At step 2,508 the largest curvature, scaled by what the rule divides by, is past 76"
    )
    expect(sentence).to_contain_text("At step 2,780 it shows")
    expect(page.locator(".why-edge svg path").first).to_be_attached()
    noisy = "dataset=stopping_distance&loss=mse&standardize=true&max_steps=300"
    explained(page, f"/?{noisy}&optimizer=sgd:learning_rate=0.05,batch_size=1#step=300&run=0&explanation=why")
    expect(sentence).to_contain_text("95 % of it inside the large one (taken as Gaussian)")
    page.get_by_label("Average from step").fill("100")
    page.keyboard.press("Enter")
    expect(page.locator(".explanation")).to_contain_text(
        re.compile("At step 300 the average is 0.0[0-9]+ from the minimum")
    )
    play.settle()
    page.reload()
    expect(page.get_by_label("Average from step")).to_have_value("100")
    play.explain("Steps").click()
    expect(page.locator(".steps thead")).to_contain_text("average loss")
    at = page.locator(".steps thead th").all_inner_texts().index("average loss")
    expect(page.locator(".steps [aria-current] td").nth(at - 1)).to_have_text(re.compile("[0-9]"))
    play.explain("Steps").click()
    expect(page.locator("#loss-chart text", has_text="average from 100").first).to_be_attached()
    explained(page, "/?surface=ravine&max_steps=60&optimizer=lion:learning_rate=0.05#step=8&run=0&explanation=why")
    expect(page.locator(".why-sentence")).to_contain_text("no sum of multiples of gradients")
    expect(page.locator(".explanation").get_by_text("no sum of multiples of gradients")).to_have_count(1)
