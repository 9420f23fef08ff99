"""Scenes that each show one thing, with a sentence that is true of the runs they open: the YAML files beside this."""

from app.course.presets.preset import Preset, read_presets

__all__ = ["OPENING", "PRESETS", "Preset"]

PRESETS = read_presets()

OPENING = PRESETS["opening"].query
"""The query that the address of a page without one stands for."""
