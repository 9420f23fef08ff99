"""What a scene says is true of the runs it opens: every number, what it comes from, and for which rates and starts."""

import re
from pathlib import Path

import pytest

from app.course.presets import PRESETS, Preset
from fallline.drawing.number_text import with_minus
from tests.lesson_check import LessonError, check_scenes
from tests.presets import adam, adaptive, causes, descent, ground, momentum, stochastic
from tests.presets.scene import Scene
from tests.presets.whys import WHYS

CORE = {
    "opening", "learning_rate_parabola", "learning_rate_line", "deck_stop_rule", "ravine_zigzag", "axes_aligned",
    "axes_turned", "saddle_escape", "rolls_over", "flat_ground", "adagrad_remembers", "rate_that_rises",
    "bias_correction", "one_some_all", "schedule_calms", "gd_wins",
}  # fmt: skip
CHAPTERS = (descent, ground, stochastic, momentum, adaptive, adam, causes)
CLAIMS, CAUSES, RANGES = (
    {name: said for chapter in CHAPTERS for name, said in getattr(chapter, kind).items()}
    for kind in ("CLAIMS", "CAUSES", "RANGES")
)
ALL = {name: [*CLAIMS[name], *CAUSES[name], *RANGES[name], *WHYS[name]] for name in CLAIMS}


@pytest.fixture(scope="module")
def scenes():
    return {name: Scene(preset) for name, preset in PRESETS.items()}


@pytest.mark.parametrize(
    ("name", "claim"), [pytest.param(n, c, id=f"{n}: {c[0]}") for n, claims in ALL.items() for c in claims]
)
def test_what_a_scene_says_is_true_of_its_runs(scenes, name, claim):
    said, holds = claim
    assert holds(scenes[name]), f"{said}: {[(r.steps, r.reason, r.end, r.loss[-1]) for r in scenes[name].runs]}"


def test_the_server_gives_the_same_losses(client, scenes):
    """As each scene opens, and after the change that it proposes."""
    for name, scene in scenes.items():
        for spec, runs in [(scene.preset.spec, scene.runs), (scene.changed_spec, scene.changed)]:
            reply = client.post("/api/v1/trajectories", json=spec)
            assert reply.status_code == 200, (name, reply.text)
            assert [run["loss"] for run in reply.json()["runs"]] == [run.loss.tolist() for run in runs], name


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_number_of_a_scene_is_claimed_and_checked(preset: Preset):
    number = re.compile(r"\d[\d,.]*(?:e-\d+)?\b")
    text = f"{preset.sentence} {preset.more} {preset.why}"
    claimed = " ".join(said for said, _ in ALL[preset.name] if with_minus(said) in text)
    assert set(number.findall(text)) <= set(number.findall(claimed))


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_what_why_answers_is_claimed_in_its_own_words(preset: Preset):
    assert [said for said, _ in WHYS[preset.name] if said not in preset.why] == []


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_sentence_is_one_breath(preset: Preset):
    for said in (preset.sentence, preset.why):
        assert len(re.findall(r"[^\s%]+", said)) <= 27
        assert said.endswith(".")
    assert len(preset.title) <= 45


def test_every_scene_has_a_cause_and_a_range():
    assert set(PRESETS) == set(CLAIMS) == set(CAUSES) == set(RANGES) == set(WHYS)


def test_the_scenes_are_all_there_and_grouped_without_a_break():
    assert next(iter(PRESETS)) == "opening"
    assert {name for name, preset in PRESETS.items() if preset.core} == CORE
    groups = [preset.group for preset in PRESETS.values()]
    assert groups == sorted(groups, key=groups.index)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_map_of_a_scene_shows_its_start(preset: Preset):
    left, right, bottom, top = preset.window
    x, *y = preset.spec["start"]
    assert left < x < right
    assert all(bottom < value < top for value in y)


ADAM = (Path(__file__).parents[2] / "app" / "course" / "presets" / "6_adam.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    title: Adam's", "    titel: Adam's", "has no titel; it has name, title"),
        ("kind: run, measure", "kind: race, measure", "must be one of place, run, step, choice; got 'race'"),
        ("stays 0.01", "stay 0.01", "must be one of loss, steps, steps_to LOSS"),
        ("stays 0.01", "stays", "must be one of loss, steps, steps_to LOSS"),
        ("run: 3, param: learning_rate", "run: three, param: learning_rate", "should be a valid integer"),
        ("lesson: bias_correction", "lesson: bias", "there is no lesson 'bias'"),
        ("group: Adam", "group: [Adam", "no YAML"),
    ],
)
def test_a_scene_that_is_wrong_is_refused_with_its_line(tmp_path, old, new, message):
    before, after = ADAM.split(old, 1)
    file = tmp_path / "6_adam.yaml"
    file.write_text(before + new + after, encoding="utf-8")
    with pytest.raises(LessonError, match=re.escape(message)) as fault:
        check_scenes(tmp_path)
    line = 2 if "[" in new else before.count("\n") + 1
    assert str(fault.value).startswith(f"{file}:{line}: ")
