"""Animations of runs as GIF or MP4: the map beside the chart of the losses.

The parts that do not move are painted once, and each step is painted over them. PyAV writes MP4: its wheel contains
FFmpeg with an encoder of H.264. It is half as large as that of imageio-ffmpeg, which starts a program and pipes
pictures to it.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np

from fallline.drawing import Canvas, LossCurve, Scene, ThemeName, picture, with_ids
from fallline.drawing.loss_chart import MovingChart
from fallline.drawing.svg import document, line_of_text, tag
from fallline.drawing.theme import THEMES
from fallline.pictures import Look, canvas_of, scene_of_spec
from fallline.progress_line import progress_line
from fallline.results.picture_files import bitmap, cairosvg, how_to_get

FILM_ENDINGS = (".gif", ".mp4")
MOST_BY_DEFAULT, MOST_PICTURES = 240, 10_000
SIDES = ((320, 3840), (180, 2160))
MOST_A_SECOND, LONGEST_STILL = 60.0, 60.0
MAP_SHARE, ABOVE_CHART = 0.64, 96
"""The share of the width that the map takes; the pixels above the chart, where the number of the step is shown."""
USUAL_HEIGHT = 720
"""The height of the layout, in pixels; a film of another height is scaled."""
COLOURS = 256
QUALITY = "18"
"""The quality of the encoder of H.264, from 0, which is lossless, to 51."""


@dataclass(frozen=True)
class Film:
    """A map with its chart, in two layers."""

    scene: Scene
    curves: Sequence[LossCurve]
    size: tuple[int, int]
    theme: ThemeName

    @cached_property
    def _chart(self) -> MovingChart:
        wide, high = self._laid_out
        return MovingChart(self.curves, round(wide * (1 - MAP_SHARE)), high - ABOVE_CHART, self.theme)

    @property
    def _laid_out(self) -> tuple[int, int]:
        """The width and height of the layout, in pixels."""
        return round(self.size[0] * USUAL_HEIGHT / self.size[1]), USUAL_HEIGHT

    def still(self) -> str:
        """The parts that do not move, as SVG."""
        return self._whole("still", None, self._chart.still())

    def moving(self, step: int) -> str:
        """The parts that depend on the step, as SVG without a background."""
        return self._whole("moving", step, self._chart.moving(step))

    @cached_property
    def _ground(self) -> Any:
        return bitmap(self.still(), 1.0).convert("RGBA").resize(self.size)

    def painted(self, step: int) -> Any:
        """The whole picture at a step, as an image of Pillow."""
        over = bitmap(self.moving(step), 1.0).convert("RGBA").resize(self.size)
        return import_module("PIL.Image").alpha_composite(self._ground, over).convert("RGB")

    def _whole(self, layer: Any, step: int | None, chart: str) -> str:
        (wide, high), theme = self._laid_out, THEMES[self.theme]
        left = round(wide * MAP_SHARE)
        map_ = picture(replace(self.scene, layer=layer, step=step), Canvas(left, high, self.theme))
        drawn = [
            with_ids(map_, "m"),
            with_ids(chart, "c").replace("<svg ", f'<svg x="{left}" y="{ABOVE_CHART - 14}" ', 1),
        ]
        if step is None:
            drawn.insert(0, tag("rect", width=wide, height=high, fill=theme.paper))
        else:
            at = {"fill": theme.ink, "font_weight": "600"}
            drawn.append(line_of_text(f"step {step:,}", left + 54, 52, 30, **at))
        return document(wide, high, *drawn, scale=self.size[1] / high)


def write_film(
    spec: Mapping[str, Any], shown: Mapping[str, str], file: str | Path, *, steps: Sequence[int] | None,
    per_second: float, still: float, title: str | None, size: tuple[int, int], theme: str, progress: bool | None,
) -> None:  # fmt: skip
    """Write the animation of a spec, as `Result.animate`.

    Args: spec: as values of JSON; shown: keys of an address.
    """
    path = Path(file)
    ending = path.suffix.lower()
    _check(path, per_second, still, size)
    cairosvg("the pictures of an animation are painted by CairoSVG")
    encode = _mp4(_av()) if ending == ".mp4" else _gif
    film = film_of(scene_of_spec(spec, shown), size, title, canvas_of(Look(theme=theme), {}).theme)
    rows = rows_shown(film, steps)
    with progress_line("animate", progress) as tell, tempfile.TemporaryDirectory(dir=path.parent) as folder:
        unfinished = Path(folder) / f"film{ending}"
        encode(film, pictures_of(film, rows, tell), rows[-1], unfinished, per_second, still)
        unfinished.replace(path)


def film_of(scene: Scene, size: tuple[int, int], title: str | None, theme: ThemeName) -> Film:
    """The film of a scene; this computes its runs. Raises: ValueError, if it has none."""
    routes, curves = [], []
    for route in scene.routes:
        block = route.run.whole()
        assert block.end is not None
        at = route.made or (np.vstack((block.parameters, block.loss))[:2], block.end)
        routes.append(replace(route, made=at))
        curves.append(LossCurve(route, block.loss, block.end))
    named = scene if title is None else replace(scene, title=title, formula=scene.formula if title else "")
    whole = replace(named, problem=replace(scene.problem, start=scene.start), routes=tuple(routes))
    return Film(whole, curves, size, theme)


def rows_shown(film: Film, steps: Sequence[int] | None) -> list[int]:
    """The rows to show, one in each picture. Raises: ValueError, if `steps` is wrong."""
    last = max(len(curve.loss) for curve in film.curves) - 1
    if steps is None:
        return list(dict.fromkeys(np.linspace(0, last, min(last + 1, MOST_BY_DEFAULT)).round().astype(int).tolist()))
    rows = list(steps)
    if not 0 < len(rows) <= MOST_PICTURES:
        raise ValueError(f"steps must be 1 to {MOST_PICTURES:,} rows; got {len(rows):,}")
    for row in rows:
        if isinstance(row, bool) or not isinstance(row, int | np.integer) or not 0 <= row <= last:
            raise ValueError(f"steps must be rows of the longest run, whole numbers from 0 to {last}; got {row!r}")
    return [int(row) for row in rows]


def pictures_of(film: Film, rows: Sequence[int], tell: Callable[[float], None]) -> Iterator[Any]:
    """The pictures, each painted when it is requested. Args: tell: called with the share that is done."""
    for done, row in enumerate(rows, 1):
        yield film.painted(row)
        tell(done / len(rows))


def _check(path: Path, per_second: float, still: float, size: tuple[int, int]) -> None:
    """Check the arguments of `Result.animate`. Raises: ValueError."""
    ending = path.suffix.lower()
    if ending not in FILM_ENDINGS:
        raise ValueError(f"the name of an animation must end in {' or '.join(FILM_ENDINGS)}; got '{path}'")
    for name, value, (least, most) in zip(("width", "height"), size, SIDES, strict=True):
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"{name} must be a whole number of pixels from {least} to {most}; got {value!r}")
        if ending == ".mp4" and value % 2:
            raise ValueError(f"{name} must be even in an .mp4; got {value}")
    if not 0 < per_second <= MOST_A_SECOND:
        raise ValueError(f"per_second must be above 0 and at most {MOST_A_SECOND:g}; got {per_second!r}")
    if not 0 <= still <= LONGEST_STILL:
        raise ValueError(f"still must be from 0 to {LONGEST_STILL:g} seconds; got {still!r}")


def _gif(film: Film, pictures: Iterator[Any], last: int, file: Path, per_second: float, still: float) -> None:
    """Write a GIF that repeats. All pictures have the palette of the last one; that of the first lacks the paths.

    The palette has one colour less than a GIF can have: the last one marks pixels that do not change.
    """
    image = import_module("PIL.Image")
    none = image.Dither.NONE
    palette = film.painted(last).quantize(COLOURS - 1, dither=none)
    first, *others = [picture.quantize(palette=palette, dither=none) for picture in pictures]
    milliseconds = round(1000 / per_second)
    times = [*repeat(milliseconds, len(others)), milliseconds + round(1000 * still)]
    first.save(file, save_all=True, append_images=others, duration=times, loop=0, disposal=1)


def _av() -> Any:
    """The module of PyAV. Raises: ImportError."""
    try:
        return import_module("av")
    except ImportError:
        raise ImportError(
            f"an .mp4 is written by PyAV, which is not installed: {how_to_get('film')}; a .gif needs the extra "
            "figures alone"
        ) from None


def _mp4(av: Any) -> Callable[[Film, Iterator[Any], int, Path, float, float], None]:
    """A function that writes an MP4 with H.264, which presentation software and browsers play."""

    def encode(film: Film, pictures: Iterator[Any], last: int, file: Path, per_second: float, still: float) -> None:
        with av.open(str(file), "w", format="mp4", options={"movflags": "faststart"}) as container:
            stream = container.add_stream("libx264", rate=Fraction(per_second).limit_denominator(1000))
            stream.width, stream.height = film.size
            stream.pix_fmt, stream.options = "yuv420p", {"crf": QUALITY, "preset": "medium"}
            for picture in chain(pictures, repeat(film.painted(last), round(still * per_second))):
                container.mux(stream.encode(av.VideoFrame.from_image(picture)))
            container.mux(stream.encode(None))

    return encode
