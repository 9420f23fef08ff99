"""The map of runs on axes of Matplotlib, with the tints, levels, dashes and markers of the page."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from fallline.descent import End
from fallline.drawing import Scene, ThemeName
from fallline.drawing.axes import fits_one_scale
from fallline.drawing.geometry import Box
from fallline.drawing.legend import equation
from fallline.drawing.levels import LossScale, losses, scale_of
from fallline.drawing.theme import CONTOURS, DASHES, MARKERS, ROUTE, THEMES, Theme, hexadecimal, on_tint
from fallline.in_parts import whole
from fallline.types import Array

SAMPLES_A_SIDE, SAMPLES_OF_CURVE = 300, 801
"""The number of samples along each side of a map, and along a curve."""
POINTS_A_PIXEL = 0.75
"""The points of 1/72 inch in a pixel. Matplotlib measures lines in points."""
HEAD_SIZE, CROSS_SIZE, START_SIZE = 8.5, 7.0, 11.0
"""The sizes of marks, in points: of the heads of runs, of known minima, and of the start."""


def draw(scene: Scene, axes: Any, theme_name: ThemeName) -> None:
    """Draw a scene on axes."""
    theme, problem = THEMES[theme_name], scene.problem
    curve = len(problem.parameters) == 1
    if curve:
        _curve(scene, axes, theme)
    else:
        _ground(scene, axes, whole(scale_of(problem)), theme)
    mark: dict[str, Any] = {"color": theme.ink, "linestyle": "none"}
    start = None
    for index in range(len(scene.routes) if scene.paths else 0):
        rows, end = _rows(scene, index)
        start = rows[:, 0]
        _path(rows, end, scene, index, axes, theme)
    if start is not None:
        ring: dict[str, Any] = {"marker": "o", "fillstyle": "none", "markeredgewidth": 1.5, "zorder": 6, **mark}
        axes.plot(*start, markersize=START_SIZE, label="start", **ring)
        axes.plot(*start, marker="o", markersize=3, zorder=6, **mark)
    if scene.minima and problem.minima and not curve:
        at = np.array([minimum.at for minimum in problem.minima])
        axes.plot(*at.T, marker="+", markersize=CROSS_SIZE, markeredgewidth=1.2, zorder=3, label="minimum", **mark)
    axes.set_xlim(*scene.visible_domain[0])
    if not curve:
        axes.set_ylim(*scene.visible_domain[1])
        if fits_one_scale(scene.visible_domain, Box(0, 0, 1, 1)):
            axes.set_aspect("equal")
    axes.set_xlabel(problem.parameters[0], style="italic")
    axes.set_ylabel("loss" if curve else problem.parameters[1], style="italic")
    axes.set_title(scene.title or equation(scene))
    axes.legend()


def _ground(scene: Scene, axes: Any, scale: LossScale, theme: Theme) -> None:
    """Draw a tint for each band of the loss, and the contours between them; nothing if no loss is finite."""
    x, y = (np.linspace(*side, SAMPLES_A_SIDE) for side in scene.visible_domain)
    loss = whole(losses(scene.problem.objective, [x, y]))
    if not scale.levels or not np.isfinite(loss).any():
        return
    height = np.ma.masked_invalid(scale.height(loss))
    at = scale.height(np.array(scale.values))
    tints = [hexadecimal(tint) for tint in scale.tints(theme)]
    axes.contourf(x, y, height, levels=[-np.inf, *at, np.inf], colors=tints, zorder=0)
    lines = [hexadecimal(on_tint(scale.ground(level.value, theme), theme.line[_kind(level)])) for level in scale.levels]
    widths = [CONTOURS[_kind(level)]["width"] * POINTS_A_PIXEL for level in scale.levels]
    axes.contour(x, y, height, levels=at, colors=lines, linewidths=widths, zorder=1)


def _kind(level: Any) -> str:
    return "index" if level.index else "minor"


def _curve(scene: Scene, axes: Any, theme: Theme) -> None:
    """Draw the loss of a problem with one parameter."""
    x = np.linspace(*scene.visible_domain[0], SAMPLES_OF_CURVE)
    axes.plot(x, whole(losses(scene.problem.objective, [x])), color=theme.ink, linewidth=1.6 * POINTS_A_PIXEL, zorder=1)


def _rows(scene: Scene, index: int) -> tuple[Array, End]:
    """The positions of the rows of a run on the map, (2, rows), and the end of the run."""
    route = scene.routes[index]
    if route.made:
        return route.made
    block = route.run.whole()
    assert block.end is not None
    return np.vstack((block.parameters, block.loss))[:2], block.end


def _path(rows: Array, end: End, scene: Scene, index: int, axes: Any, theme: Theme) -> None:
    """Draw the steps of a run, thin after the playhead, and its marker, hollow if it stopped before `max_steps`."""
    route = scene.routes[index]
    slot = route.slot_at(index)
    step = rows.shape[1] - 1 if scene.step is None else min(scene.step, rows.shape[1] - 1)
    colour, width = theme.runs[slot], ROUTE["width"] * POINTS_A_PIXEL
    walked = rows[:, : step + 1]
    axes.plot(*rows[:, step:], color=colour, linewidth=POINTS_A_PIXEL, alpha=0.85, zorder=3)
    casing = (ROUTE["width"] + ROUTE["casing"]) * POINTS_A_PIXEL
    axes.plot(*walked, color=theme.casing, linewidth=casing, solid_capstyle="round", zorder=3)
    if DASHES[slot]:
        joined = ROUTE["joined"] * POINTS_A_PIXEL
        axes.plot(*walked, color=colour, linewidth=joined, alpha=ROUTE["joined_opacity"], zorder=3)
    hollow = end.reason != "max_steps" and step == rows.shape[1] - 1
    axes.plot(
        *walked, color=colour, linewidth=width, linestyle=_dashes(DASHES[slot]), dash_capstyle="round", zorder=4,
        marker=_marker(slot), markevery=[step], markersize=HEAD_SIZE, label=route.whole_name,
        markerfacecolor=theme.casing if hollow else colour, markeredgecolor=colour if hollow else theme.casing,
    )  # fmt: skip


def _dashes(pixels: Sequence[float]) -> Any:
    """The style of a line. Matplotlib measures dashes in widths of the line."""
    return (0, [length / ROUTE["width"] for length in pixels]) if pixels else "solid"


def _marker(slot: int) -> Any:
    """The marker of a slot. In Matplotlib y increases upwards."""
    corners = MARKERS[slot]
    return "o" if corners is None else [(x, -y) for x, y in corners]
