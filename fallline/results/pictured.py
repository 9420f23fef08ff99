"""Pictures of results: as SVG, in notebooks, in files, on axes of Matplotlib, and as animations."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from fallline.results import display
from fallline.spec_forms import SpecToRun

Window = Sequence[Sequence[float]]
"""[low, high] of each parameter."""


class Pictured:
    """A result that has a picture, `svg`, which notebooks show."""

    svg: Callable[..., str]

    def save(self, file: str | Path, *, dpi: int = 300, **look: Any) -> None:
        """Write the picture to a file, in the format that its name ends with: .svg, .pdf or .png.

        Args:
            file: its path; an existing file is replaced.
            dpi: the dots per inch of a PNG, 36 to 1200; a pixel of `svg` is 1/96 inch.
            look: arguments of `svg`, such as `width="88mm"`.

        Raises:
            ValueError: the name has another ending; or as `svg`.
            ImportError: the packages for PDF and PNG are not installed; the message says which.
            OSError: the file cannot be written.

        Example: `result.save("paths.pdf", width="88mm", title="")`
        """
        files = import_module("fallline.results.picture_files")
        files.require(file, dpi)
        files.write_picture(self.svg(**look), file, dpi)

    def _repr_svg_(self) -> str | None:
        """For notebooks. None if it cannot be drawn, for instance as only a server knows the optimizer of the spec."""
        return display.picture_or_none(self.svg)


class PicturedChart(Pictured):
    """A result whose picture is a chart."""

    def _chart(self, drawing: Any) -> Any:
        """The content of the chart. Args: drawing: the module `fallline.drawing`, which is imported at first use."""
        raise NotImplementedError

    def svg(
        self, *, title: str | None = None, font_size: float | None = None, width: int | str | None = None,
        theme: str | None = None,
    ) -> str:  # fmt: skip
        """The chart as SVG.

        Args:
            title: above the chart; "" for no title and no notes below the chart. By default there are notes.
            font_size, width, theme: as for `Result.svg`; if names need more width, everything is scaled down.

        Raises: as `Result.svg`.
        """
        pictures, drawing = import_module("fallline.pictures"), import_module("fallline.drawing")
        return str(pictures.chart_picture(self._chart(drawing), pictures.Look(title, width, None, font_size, theme)))


class PicturedMap(Pictured):
    """A result whose picture is a map."""

    def _scene(self, pictures: Any) -> Any:
        """The content of the map. Args: pictures: the module `fallline.pictures`, which is imported at first use."""
        raise NotImplementedError

    def svg(
        self, *, title: str | None = None, font_size: float | None = None, width: int | str | None = None,
        height: int | str | None = None, theme: str | None = None,
    ) -> str:  # fmt: skip
        """The map as SVG. Args, Raises: as for `Result.svg`."""
        pictures = import_module("fallline.pictures")  # imported here, as it takes as long as everything else
        look = pictures.Look(title, width, height, font_size, theme)
        return str(pictures.map_picture(self._scene(pictures), look))


class PicturedRuns(Pictured):
    """A result whose picture is a map with the paths of runs."""

    _spec: SpecToRun

    def svg(
        self, *, step: int | None = None, window: Window | None = None, title: str | None = None,
        font_size: float | None = None, width: int | str | None = None, height: int | str | None = None,
        theme: str | None = None,
    ) -> str:  # fmt: skip
        """The map with the paths, as SVG, drawn in this process. If the spec is an address, it sets the defaults.

        Args:
            step: the row of the playhead, from 0; paths are drawn thin from there on. By default the last row.
            window: [low, high] of each parameter; by default the domain of the problem.
            title: instead of the name of the problem; "" for no title and no formula.
            font_size: of the numbers of the axes, in points of 1/72 inch; all other type is 0.96 to 1.8 times as
                large. By default 8 if the width is a length with a unit, else it follows from the width.
            width, height: whole pixels of 1/96 inch, or lengths in mm, cm, in, pt or px, such as "88mm". By default
                the width is 800 pixels, and the height follows from the map. In a picture narrower than 480/12.5 times
                the size of type, such as "88mm" with type of 8 points, the words above the map are below each other,
                and marks on the map have only names.
            theme: `day` or `night`, by default `day`.

        Raises:
            SpecError: a value is wrong.
            ValueError: a length cannot be read, or type of this size has no room.
        """
        pictures = import_module("fallline.pictures")
        look = pictures.Look(title, width, height, font_size, theme)
        shown = self._shown(step, window)
        return str(pictures.map_picture(pictures.scene_of_spec(self._spec.fields, shown), look, shown))

    def plot(self, ax: Any = None, *, step: int | None = None, window: Window | None = None, theme: str = "day") -> Any:
        """Draw map, contours, paths, known minima, start and a legend on axes of Matplotlib, in the page's colours.

        Args:
            ax: the axes, which keep their content; by default new ones. If the sides of the map are of similar length,
                both axes get the same scale.
            step, window, theme: as for `svg`.

        Returns: the axes, with the title, names and limits of this map, which can be changed.

        Raises:
            ImportError: Matplotlib is not installed.
            SpecError: as `svg`.
        """
        pictures = import_module("fallline.pictures")
        shown = self._shown(step, window)
        theme = pictures.canvas_of(pictures.Look(theme=theme), {}).theme
        try:
            pyplot = import_module("matplotlib.pyplot") if ax is None else None
        except ImportError:
            raise ImportError("plot needs Matplotlib, which is not installed: pip install matplotlib") from None
        ax = ax if pyplot is None else pyplot.figure(layout="constrained").add_subplot()
        scene = pictures.scene_of_spec(self._spec.fields, shown)
        import_module("fallline.results.matplotlib_map").draw(scene, ax, theme)
        return ax

    def animate(
        self, file: str | Path, *, steps: Sequence[int] | None = None, per_second: float = 10.0, still: float = 2.0,
        window: Window | None = None, title: str | None = None, width: int = 1280, height: int = 720,
        theme: str = "day", progress: bool | None = None,
    ) -> None:  # fmt: skip
        """Write an animation of the runs, on the map and in a chart of their losses, as .gif (Pillow) or .mp4 (PyAV).

        Ctrl-C cancels, and leaves an existing file as it was.

        Args:
            file: its path; an existing file is replaced once everything is drawn.
            steps: the rows to show, one in each picture. By default all rows of the longest run; of more than 240 rows
                240, as evenly spaced as possible.
            per_second: pictures per second, above 0, at most 60; a GIF rounds the time of each to 1/100 s.
            still: how long the last picture stays, 0 to 60 seconds.
            window, title, theme: as for `svg`.
            width, height: in pixels, 320 to 3840 and 180 to 2160; even for .mp4.
            progress: whether a line on stderr shows the progress; by default only if stderr is a terminal.

        Raises:
            ValueError, SpecError: a value is wrong; or as `svg`.
            ImportError: a package is not installed; the message says which.
            OSError: the file cannot be written.
        """
        import_module("fallline.results.animations").write_film(
            self._spec.fields, self._shown(None, window), file, steps=steps, per_second=per_second, still=still,
            title=title, size=(width, height), theme=theme, progress=progress,
        )  # fmt: skip

    def _shown(self, step: int | None, window: Window | None) -> dict[str, str]:
        """The keys of the address for the display, with this step and this window if they are not None."""
        shown = {key: value for key, value in self._spec.shown.items() if window is None or key != "domain"}
        if step is not None:
            shown["step"] = str(step)
        if window is not None:
            shown["window"] = ",".join(str(value) for axis in window for value in axis)
        return shown
