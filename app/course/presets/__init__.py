"""Scenes that each show one thing, with a sentence that is true of the runs they open."""

from app.course.presets.adam import ADAM_SCENES
from app.course.presets.adaptive import ADAPTIVE_SCENES
from app.course.presets.declaration import Preset
from app.course.presets.descent import DESCENT_SCENES
from app.course.presets.ground import GROUND_SCENES
from app.course.presets.momentum import MOMENTUM_SCENES
from app.course.presets.stochastic import STOCHASTIC_SCENES

__all__ = ["PRESETS", "Preset"]

_PRESETS = (*DESCENT_SCENES, *GROUND_SCENES, *STOCHASTIC_SCENES, *MOMENTUM_SCENES, *ADAPTIVE_SCENES, *ADAM_SCENES)
PRESETS: dict[str, Preset] = {preset.name: preset for preset in _PRESETS}
