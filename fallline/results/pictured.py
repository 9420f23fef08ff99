"""Pictures of results: as SVG, below a cell, in files, on axes of Matplotlib, and moving."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from fallline.given import Asked
from fallline.results import display

Window = Sequence[Sequence[float]]
"""[low, high] of each parameter."""


class Pictured:
    """What has a picture, `svg`, which notebooks show."""

    svg: Callable[..., str]

    def save(self, file: str | Path, *, dpi: int = 300, **look: Any) -> None:
        """Write the picture to a file, in the format that its name ends with: .svg, .pdf or .png.

        Args:
            file: taken as it is; what stands there is replaced.
            dpi: of a PNG the dots an inch; a pixel of `svg` is 1/96 inch.
            look: what `svg` takes, as `width="88mm"`.

        Raises: ValueError, another ending, or as `svg`; ImportError, which says what a PDF and a PNG need; OSError.

        Example: `result.save("paths.pdf", width="88mm", title="")`
        """
        files = import_module("fallline.results.picture_files")
        files.require(file, dpi)
        files.write_picture(self.svg(**look), file, dpi)

    def _repr_svg_(self) -> str | None:
        """For notebooks; None where it cannot be drawn, as of a spec that only its server knows."""
        return display.picture_or_none(self.svg)


class PicturedChart(Pictured):
    """What has a chart."""

    def _chart(self, drawing: Any) -> Any:
        """Args: drawing: `fallline.drawing`, imported when it is first wanted."""
        raise NotImplementedError

    def svg(
        self, *, title: str | None = None, font_size: float | None = None, width: int | str | None = None,
        theme: str | None = None,
    ) -> str:  # fmt: skip
        """The chart.

        Args: title: above it; "" for none, and nothing below it; by default what must be said of it stands below.
            font_size, width, theme: as of `Result.svg`; where names need more room than there is, all is smaller.

        Raises: as `Result.svg`.
        """
        pictures, drawing = import_module("fallline.pictures"), import_module("fallline.drawing")
        return str(pictures.chart_picture(self._chart(drawing), pictures.Look(title, width, None, font_size, theme)))


class PicturedMap(Pictured):
    """What has a map."""

    def _scene(self, pictures: Any) -> Any:
        """Args: pictures: `fallline.pictures`, imported when it is first wanted."""
        raise NotImplementedError

    def svg(
        self, *, title: str | None = None, font_size: float | None = None, width: int | str | None = None,
        height: int | str | None = None, theme: str | None = None,
    ) -> str:  # fmt: skip
        """The map. Args, Raises: as of `Result.svg`."""
        pictures = import_module("fallline.pictures")  # which takes as long to import as all else
        look = pictures.Look(title, width, height, font_size, theme)
        return str(pictures.map_picture(self._scene(pictures), look))


class PicturedRuns(Pictured):
    """Runs on their map."""

    _asked: Asked

    def svg(
        self, *, step: int | None = None, window: Window | None = None, title: str | None = None,
        font_size: float | None = None, width: int | str | None = None, height: int | str | None = None,
        theme: str | None = None,
    ) -> str:  # fmt: skip
        """The picture of the map with the paths, drawn here. What is not given is as a page's address has it.

        Args:
            step: where the runs stand, from 0; the way on is drawn thin; by default the end.
            window: [low, high] of each parameter; by default the domain of the problem.
            title: in place of the problem's name; "" for none, and no formula.
            font_size: of the numbers of the axes, in points of 1/72 inch; all other type is 0.96 to 1.8 times as
                large. By default 8 where the width is a length, else as large as suits the pixels.
            width, height: whole pixels of 1/96 inch, or lengths in mm, cm, in, pt or px, as "88mm"; by default 800
                pixels, and as high as the map is. Below 480/12.5 times the size of type, as in "88mm" with type of 8
                points, words stand below each other, and names alone stand on the map.
            theme: `day` or `night`, by default `day`.

        Raises: SpecError, one is wrong; ValueError, a length cannot be read or type of this size has no room.
        """
        pictures = import_module("fallline.pictures")
        look = pictures.Look(title, width, height, font_size, theme)
        shown = self._shown(step, window)
        return str(pictures.map_picture(pictures.scene_of_spec(self._asked.text, shown), look, shown))

    def plot(self, ax: Any = None, *, step: int | None = None, window: Window | None = None, theme: str = "day") -> Any:
        """Draw map, contours, paths, known minima, start and a legend on axes of Matplotlib, in the page's colours.

        Args:
            ax: the axes, which keep what they hold; by default new ones. Where the map's sides are alike in length
                they get one scale.
            step, window, theme: as of `svg`.

        Returns: the axes, with the title, names and limits of this map; set whatever is to be otherwise.

        Raises: ImportError, Matplotlib is not installed; SpecError, as `svg`.
        """
        pictures = import_module("fallline.pictures")
        shown = self._shown(step, window)
        theme = pictures.canvas_of(pictures.Look(theme=theme), {}).theme
        try:
            pyplot = import_module("matplotlib.pyplot") if ax is None else None
        except ImportError:
            raise ImportError("plot needs Matplotlib, which is not installed: pip install matplotlib") from None
        ax = ax if pyplot is None else pyplot.figure(layout="constrained").add_subplot()
        scene = pictures.scene_of_spec(self._asked.text, shown)
        import_module("fallline.results.matplotlib_map").draw(scene, ax, theme)
        return ax

    def animate(
        self, file: str | Path, *, steps: Sequence[int] | None = None, per_second: float = 10.0, still: float = 2.0,
        window: Window | None = None, title: str | None = None, width: int = 1280, height: int = 720,
        theme: str = "day", progress: bool | None = None,
    ) -> None:  # fmt: skip
        """Write the runs as they go, on the map and in the chart of their losses: as .gif (Pillow) or .mp4 (PyAV).

        Args:
            file: what stands there is replaced once all is drawn.
            steps: the rows shown, one a picture; by default every one of the longest run, or 240 of them where there
                are more, as evenly as whole steps can be.
            per_second: pictures a second, above 0 to 60; a GIF rounds the time of each to 1/100 s.
            still: seconds that the last picture stays; window, title, theme: as of `svg`.
            width, height: in pixels, 320 to 3840 and 180 to 2160; even for .mp4.
            progress: whether a line on stderr says how far it is; by default where that is a terminal.

        Raises: ValueError, SpecError, as `svg`; ImportError, which says what to install; OSError. Ctrl-C cancels, and
            leaves what stood there.
        """
        import_module("fallline.results.animations").write_film(
            self._asked.text, self._shown(None, window), file, steps=steps, per_second=per_second, still=still,
            title=title, size=(width, height), theme=theme, progress=progress,
        )  # fmt: skip

    def _shown(self, step: int | None, window: Window | None) -> dict[str, str]:
        """The keys of the address, with the step and the window that are given."""
        shown = {key: value for key, value in self._asked.shown.items() if window is None or key != "domain"}
        if step is not None:
            shown["step"] = str(step)
        if window is not None:
            shown["window"] = ",".join(str(value) for axis in window for value in axis)
        return shown
