"""`fallline plot`: the picture of an address, without a server."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from app.course.presets import OPENING
from app.server.settings import Settings, SettingsError
from fallline.drawing import picture
from fallline.errors import SpecError
from fallline.in_parts import whole
from fallline.pictures import requested_format, requested_picture
from fallline.results.picture_files import require, write_picture
from fallline.spec.query import located_in_address

PLAYGROUND = ""
"""The last part of the path of the playground, which has a picture."""

READERS = (PLAYGROUND, "plot.svg", "trajectories", "stream", "landscape")
"""The last parts of the paths whose addresses ask for runs on a map; a proxy may add any prefix."""


class PlotError(Exception):
    """The reason, in a sentence, why there is no picture."""


def main(arguments: Sequence[str]) -> None:
    """Write the picture; if something is wrong, exit with status 1 and a sentence for each fault."""
    options = vars(_parser().parse_args(arguments))
    address, output = options.pop("address"), options.pop("output")
    try:
        _require_kind(output)
        pairs = parse_qsl(_query(address), keep_blank_values=True)
        _write(_svg([*(pair for pair in pairs if pair[0] not in options), *options.items()]), output)
    except (PlotError, SettingsError, SpecError) as error:
        sys.exit("\n".join(f"fallline plot: {sentence}" for sentence in str(error).splitlines()))


def _svg(pairs: list[tuple[str, str]]) -> str:
    """Return the picture of an address. Raises: SpecError, the query is wrong, or asks for too much."""
    with located_in_address(dict(pairs)):
        scene, _ = whole(requested_picture(pairs, Settings.from_environment().limits))
        return picture(scene, requested_format(pairs))


def _query(address: str) -> str:
    """Return the query of an address. The address may be the query alone; its part after # is ignored.

    An address without a query has the query of the page's first scene. Raises: PlotError.
    """
    path, mark, query = address.partition("#")[0].partition("?")
    if not mark and "=" in path:
        return path
    parts = urlsplit(path).path.split("/")
    if parts[-1] not in READERS or "docs" in parts:
        msg = f"{address!r} has no picture: give the address of the playground, or what stands after its ?"
        raise PlotError(msg)
    return query or (OPENING if parts[-1] == PLAYGROUND else "")


def _require_kind(output: str) -> None:
    """Check the file name. Without an extension the picture is SVG.

    Raises: PlotError, no picture has this extension, or a package for it is missing.
    """
    try:
        if Path(output).suffix:
            require(output)
    except (ValueError, ImportError) as error:
        raise PlotError(f"cannot write {output!r}: {error}") from None


def _write(svg: str, output: str) -> None:
    if output == "-":
        sys.stdout.write(svg)
        return
    try:
        if Path(output).suffix:
            write_picture(svg, output)
        else:
            Path(output).write_text(svg, encoding="utf-8")
    except OSError as error:
        raise PlotError(f"cannot write {output!r}: {error.strerror}") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fallline plot",
        description="Write the picture of an address. An option counts for more than the same in the address.",
        argument_default=argparse.SUPPRESS,
    )
    parser.add_argument("address", help="a page's address, or what stands after its ?, in quotes")
    parser.add_argument(
        "-o", "--output", default="-", metavar="FILE", help="an .svg, .pdf or .png to write (default: print it)"
    )
    parser.add_argument("--width", metavar="PIXELS", help="default: the address's, else 800")
    parser.add_argument("--height", metavar="PIXELS", help="default: the address's, else as the window has it")
    parser.add_argument("--theme", help="day or night (default: the address's, else day)")
    return parser
