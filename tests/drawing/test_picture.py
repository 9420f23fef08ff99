"""Pictures: well-formed, harmless, small, and with everything that belongs on them."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from fallline.descent import Run, Setup, Stop
from fallline.drawing import Canvas, Route, Scene, picture, picture_in_parts
from fallline.drawing.paths import MOST_VERTICES
from fallline.drawing.theme import SLOTS, THEMES
from fallline.problems import SURFACES, expression_problem, surface_problem
from tests.drawing.scenes import DESCENT, SVG, away, corners, done, drawn, elements, run, samples, scene, texts

SAMPLES = samples()
SIZES = [
    (64, None, "day"), (120, 80, "night"), (200, None, "day"), (360, None, "night"), (520, 320, "day"),
    (800, None, "night"), (1200, 630, "day"),
]  # fmt: skip
DRAWN = {"svg", "title", "desc", "defs", "g", "path", "use", "rect", "circle", "text", "tspan", "clipPath", "pattern"}  # fmt: skip


def box(root):
    (frame,) = [each for each in elements(root, "clipPath") if each.get("id") == "frame"]
    return {key: float(frame[0].get(key)) for key in ("x", "y", "width", "height")}


def route(root, index=0):
    (found,) = [each for each in elements(root, "path") if each.get("id") == f"r{index}"]
    return [(x / 10, y / 10) for x, y in corners(found.get("d"))]


@pytest.mark.parametrize(
    ("name", "width", "height", "theme"),
    [(name, *SIZES[(3 * k + j) % len(SIZES)]) for k, name in enumerate(SAMPLES) for j in range(3)],
)
def test_every_picture_is_plain_svg_without_style_script_or_anything_from_elsewhere(name, width, height, theme):
    root = drawn(SAMPLES[name], width, height=height, theme=theme)
    assert float(root.get("width")) == width
    assert height is None or float(root.get("height")) == height
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in DRAWN
        for key, value in element.attrib.items():
            assert not key.startswith("on"), key
            assert key not in ("style", "class"), key
            assert key != "href" or value.startswith("#"), value
            assert "url(" not in value or value.startswith("url(#"), value
            if key not in ("id", "d", "font-family", "href") and "#" not in value:
                assert not re.search(r"nan|inf", value), (key, value)
            assert key != "d" or not re.search(r"[na-f]", value.replace("a", "")), value[:80]


@pytest.mark.parametrize("name", SAMPLES)
def test_it_is_small_what_is_used_is_there_and_every_name_is_given_once(name):
    svg = picture(SAMPLES[name], Canvas())
    assert len(svg) < 150_000
    root = ElementTree.fromstring(svg)
    names = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(names)) == len(names)
    used = {each.get("href")[1:] for each in elements(root, "use")}
    used |= set(re.findall(r"url\(#(\w+)\)", svg))
    assert used <= set(names)


@pytest.mark.parametrize("name", SURFACES)
def test_a_thumbnail_is_a_few_kilobytes_without_words(name):
    shown = Scene(surface_problem(name), SURFACES[name].label)
    assert len(picture(shown, Canvas(96))) < 25_000
    root = drawn(shown, 96)
    assert texts(root) == []
    assert root[0].text == SURFACES[name].label
    assert (root.get("width"), root.get("height")) == ("96", "96")


def lines_of(root, name):
    return [
        [(x / 10, y / 10) for x, y in corners(each.get("d"))]
        for each in elements(root, "path")
        if each.get("id") == name
    ]


def at_step(step, rates=(0.017, 0.004)):
    return scene(surface_problem("ravine"), *rates, start=(-4.0, 1.0), steps=40, step=step)


def test_a_thumbnail_without_paths_marks_where_its_runs_start():
    shown = replace(at_step(None), paths=False)
    root = drawn(shown, 96)
    assert texts(root) == lines_of(root, "r0") == []
    assert [*elements(root, "circle")]
    assert not [*elements(drawn(replace(shown, routes=()), 96), "circle")]


def test_at_a_step_what_has_been_walked_is_the_beginning_of_the_whole_way():
    ((walked,), (whole,)) = (lines_of(drawn(at_step(9)), name) for name in ("r0", "w0"))
    assert whole == lines_of(drawn(at_step(None)), "r0")[0]
    assert walked[0] == whole[0]
    assert max(away(place, whole) for place in walked) < 0.5
    assert away(walked[-1], whole[-1:] * 2) > 20


def test_the_way_on_is_thin_and_lies_under_all_that_has_been_walked():
    used = [each for each in elements(drawn(at_step(9)), "use") if each.get("href")[1] in "rw"]
    names = [each.get("href") for each in used]
    assert names[:4] == ["#w0", "#w1", "#w0", "#w1"]
    assert not any(name.startswith("#w") for name in names[4:])
    assert {each.get("stroke-width") for each in used[:2]} == {"30"}
    assert {each.get("stroke-width") for each in used[2:4]} == {"10"}


def test_the_heads_stand_at_the_step():
    def heads(shown):
        groups = [
            each
            for each in elements(drawn(shown), "g")
            if each.get("stroke-linejoin") == "round" and each.get("transform")
        ]
        return [tuple(map(float, re.findall(r"-?[\d.]+", each.get("transform")))) for each in groups]

    walked = [lines_of(drawn(at_step(9)), f"r{k}")[0][-1] for k in (0, 1)]
    for (x, y), (at_x, at_y) in zip(heads(at_step(9))[-2:], walked, strict=True):
        assert abs(x - at_x) < 0.1
        assert abs(y - at_y) < 0.1


def test_a_step_at_or_past_the_end_is_the_end():
    assert picture(at_step(40), Canvas()) == picture(at_step(99), Canvas()) == picture(at_step(None), Canvas())


def test_a_run_that_has_yet_to_leave_is_not_told_to_have_left():
    early, late = (texts(drawn(at_step(step, (0.022,)))) for step in (1, 39))
    assert not any("leaves the map" in text for text in early)
    assert any("leaves the map" in text for text in late)


def test_it_pauses_on_its_way():
    svg, pauses = done(picture_in_parts(SAMPLES["valley"], Canvas()))
    assert svg == picture(SAMPLES["valley"], Canvas())
    assert pauses > 30


def test_title_formula_legend_and_notes():
    ravine = surface_problem("ravine")
    routes = (Route(run(ravine, 0.01), "Plain", "0.01"), Route(run(ravine, 0.005), "Slow", "0.005"))
    said = texts(drawn(Scene(ravine, "Ravine", "x**2/2 + 50*y**2", routes)))
    wanted = {
        "Ravine", "f(x, y) = x²/2 + 50y²", "Plain0.01", "Slow0.005", "loss", "start",
        "−4, 1", "min 0 at (0, 0)", "x", "y",
    }  # fmt: skip
    assert wanted <= set(said)
    assert any(re.fullmatch(r"A tick every (\d+ steps|step)\.", text) for text in said)


def test_a_formula_of_ones_own_is_its_title():
    said = texts(drawn(Scene(expression_problem("x**2 + 3*y**2"), "", "x**2 + 3*y**2")))
    assert said.count("f(x, y) = x² + 3y²") == 1


def test_axes_that_have_no_scale_in_common_say_so():
    assert any("Axes not to scale." in text for text in texts(drawn(SAMPLES["unequal axes"])))
    assert not any("Axes not to scale." in text for text in texts(drawn(SAMPLES["valley"])))


def test_how_each_run_ended_is_said_for_those_who_do_not_see():
    said = drawn(SAMPLES["stops"]).find(f"{SVG}desc").text
    assert re.search(r"Descent 0 0\.015 stopped after \d+ steps: every step is below 0\.001; Descent 1", said)


def test_a_run_that_stopped_by_itself_has_a_hollow_head_and_one_whose_steps_ran_out_a_full_one():
    hill = surface_problem("bowl")
    colour = THEMES["day"].runs[0]
    for stop, hollow in (({"min_step_size": 1e-4}, True), ({}, False)):
        root = drawn(scene(hill, 0.1, steps=1000 if hollow else 5, **stop))
        heads = [each for each in elements(root, "g") if (each.get("transform") or "").startswith("translate")]
        marks = [path for head in heads for path in head if colour in (path.get("stroke"), path.get("fill"))]
        assert [path.get("stroke") == colour for path in marks] == [hollow]


def test_a_run_that_leaves_is_cut_at_the_frame_and_named_there():
    root = drawn(SAMPLES["leaves"])
    frame = box(root)
    for x, y in route(root):
        assert frame["x"] - 25 < x < frame["x"] + frame["width"] + 25
        assert frame["y"] - 25 < y < frame["y"] + frame["height"] + 25
    said = texts(root)
    assert any(re.fullmatch(r"Descent 00.022 leaves the map at step \d+", text) for text in said)
    assert not any(text.startswith("Descent 10.01 leaves") for text in said)


def test_the_step_at_which_it_leaves_is_the_first_one_outside():
    problem = expression_problem("x**2 + y**2")
    shown = scene(problem, 1.05, start=(-4.0, 0.0), steps=60, window=((-5, 5), (-5, 5)))
    view = drawn(shown, 800, height=800)
    (text,) = {text for text in texts(view) if "leaves" in text}  # once more as its halo
    # x after k steps is -4 * (-1.1)**k; the map shows a little more than 5 across, as its frame is not square
    frame = box(view)
    half = 5 * max(frame["width"], frame["height"]) / min(frame["width"], frame["height"])
    first = next(k for k in range(60) if 4 * 1.1**k > half)
    assert f"step {first}" in text


def test_the_path_is_that_of_the_run():
    problem = expression_problem("x**2 + 10*y**2")
    shown = scene(problem, 0.09, start=(-4.0, 3.0), steps=12, window=((-5, 5), (-5, 5)))
    root = drawn(shown)
    frame = box(root)
    scale = frame["height"] / 10
    middle = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    expected = [(-4 * (1 - 0.18) ** k, 3 * (1 - 1.8) ** k) for k in range(13)]
    path = route(root)
    assert len(path) == 13
    for (x, y), (px, py) in zip(expected, path, strict=True):
        assert px == pytest.approx(middle[0] + x * scale, abs=0.1)
        assert py == pytest.approx(middle[1] - y * scale, abs=0.1)


def test_a_very_long_run_keeps_its_beginning_and_its_reach_in_few_vertices():
    problem = surface_problem("bowl")
    setup = Setup(DESCENT, 0.45, noise=0.8)
    shown = Scene(problem, "Bowl", routes=(Route(Run(problem, setup, (-2.5, 2.0), Stop(20_000)), "noisy"),))
    short = Scene(problem, "Bowl", routes=(Route(Run(problem, setup, (-2.5, 2.0), Stop(300)), "noisy"),))
    assert len(picture(shown, Canvas())) < 150_000
    path, beginning = route(drawn(shown)), route(drawn(short))
    assert 1000 < len(path) <= MOST_VERTICES
    assert path[: len(beginning) - 1] == beginning[:-1]
    columns = [block.parameters for block in Run(problem, setup, (-2.5, 2.0), Stop(20_000)).blocks()]
    frame = box(drawn(shown))
    scale = frame["height"] / 6
    for axis, ends in enumerate(zip(*path, strict=True)):
        values = [value for block in columns for value in block[axis]]
        assert max(ends) - min(ends) == pytest.approx((max(values) - min(values)) * scale, rel=0.02)


def test_routes_beyond_the_last_slot_begin_again_and_those_without_room_in_the_legend_are_counted():
    root = drawn(SAMPLES["seventeen"], 520, height=420)
    legend = [text for text in texts(root) if re.match(r"Descent \d+0\.", text)]
    more = [text for text in texts(root) if text.startswith("and ")]
    assert more == [f"and {17 - len(legend)} more"]
    used = [each.get("stroke") for each in elements(root, "use") if (each.get("href") or "").startswith("#r")]
    assert used.count(THEMES["day"].runs[0]) == 3
    assert SLOTS == 8


def test_a_curve_has_balls_and_its_loss_upwards():
    root = drawn(SAMPLES["curve"])
    said = texts(root)
    assert "loss" in said
    assert "A ball every step." in said
    assert any(text.startswith("Descent 31.05 leaves the map at step 8") for text in said)


def test_the_same_window_shows_the_same_losses_in_the_same_tints_at_every_size():
    ravine = surface_problem("ravine")

    def fills(window, width=800):
        ground = next(
            each for each in elements(drawn(Scene(ravine, "", window=window), width), "g") if each.get("clip-path")
        )
        return {each.get("fill") for each in ground.iter(f"{SVG}path")} - {"none"}

    for window in (None, ((-1, 1), (-1, 1))):
        assert fills(window, 300) == fills(window)
    assert len(fills(None) & fills(((-1, 1), (-1, 1)))) > 5


def test_runs_that_are_over_at_one_place_stand_beside_it_each_with_its_marker():
    bowl = surface_problem("bowl")
    runs = tuple(Route(run(bowl, rate), f"Run {rate}") for rate in (0.1, 0.15, 0.2))
    alone, together = (drawn(Scene(bowl, "Bowl", "", routes)) for routes in (runs[:1], runs))

    def small_heads(root):
        return [each for each in elements(root, "g") if (each.get("transform") or "").startswith("translate")]

    assert len(small_heads(together)) - len(small_heads(alone)) == 2 + 3


def test_the_dashes_of_a_path_are_joined_by_a_thin_line_of_its_colour():
    root = drawn(scene(surface_problem("ravine"), 0.001, 0.002, steps=30))
    colours, used = THEMES["day"].runs, [each for each in elements(root, "use") if each.get("stroke-opacity") == "0.55"]
    joined = [each.get("stroke") for each in used if each.get("href") in ("#r0", "#r1")]
    assert joined == [colours[1]], "a solid path needs none"
