"""`fallline plot`: the picture of an address, without a server."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, get_args
from urllib.parse import parse_qsl, urlsplit

from fastapi.exceptions import RequestValidationError

from app.api.catalog import OPENING
from app.api.errors import Refused, error_detail
from app.api.picture import format_of, requested_picture
from app.api.spec.models import LONGEST_SIDE, SHORTEST_SIDE
from app.drawing import ThemeName, picture
from app.settings import Settings, SettingsError

PLAYGROUND = ""
"""The last part of the path of the page that has a picture."""

READERS = (PLAYGROUND, "plot.svg", "trajectories", "stream", "landscape")
"""The last parts of the paths whose addresses ask for runs on a map; a proxy may put anything before them."""

Options = dict[str, Any]


class PlotError(Exception):
    """Why there is no picture, in a sentence."""


def main(arguments: Sequence[str]) -> None:
    """Write the picture; ends with status 1 and a sentence for each thing that is wrong."""
    options = vars(_parser().parse_args(arguments))
    address, output = options.pop("address"), options.pop("output")
    try:
        _write(drawn(address, options), output)
    except RequestValidationError as error:
        _end(error_detail(fault)["msg"] for fault in error.errors())
    except Refused as error:
        faults: Any = error.detail
        _end(each["msg"] for each in faults)
    except (PlotError, SettingsError) as error:
        _end(str(error).splitlines())


def drawn(address: str, options: Options) -> str:
    """The SVG of a page's address.

    Args:
        address: whole or the query alone; what stands after its # does not count, and one without a query shows what
            the page opens with.
        options: width, height or theme that count for more than the address's own.

    Raises:
        PlotError: it is the address of something else.
        RequestValidationError, Refused: the query is wrong, or asks for too much.
    """
    pairs = parse_qsl(query_of(address), keep_blank_values=True)
    requested = requested_picture(pairs, Settings.from_environment())
    return picture(requested.scene, replace(format_of(pairs), **options))


def query_of(address: str) -> str:
    """The query of an address, or the address itself where it is one. Raises: PlotError."""
    bare = address.partition("#")[0]
    path, mark, query = bare.partition("?")
    if not mark and "=" in path:
        return path
    parts = urlsplit(path).path.split("/")
    if parts[-1] not in READERS or "docs" in parts:
        msg = f"{address!r} has no picture: give the address of the playground, or what stands after its ?"
        raise PlotError(msg)
    return query or (OPENING if parts[-1] == PLAYGROUND else "")


def _write(svg: str, output: str) -> None:
    if output == "-":
        sys.stdout.write(svg)
        return
    try:
        Path(output).write_text(svg, encoding="utf-8")
    except OSError as error:
        raise PlotError(f"cannot write {output!r}: {error.strerror}") from None


def _end(sentences: Iterable[str]) -> NoReturn:
    sys.exit("\n".join(f"fallline plot: {each}" for each in sentences))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fallline plot",
        description="Write the picture of an address as SVG. An option counts for more than the same in the address.",
    )
    parser.add_argument("address", help="a page's address, or what stands after its ?, in quotes")
    parser.add_argument("-o", "--output", default="-", metavar="FILE", help="where to write it (default: print it)")
    _size(parser, "--width", "default: the address's, else 800")
    _size(parser, "--height", "default: the address's, else as the window has it")
    parser.add_argument(
        "--theme", choices=get_args(ThemeName), default=argparse.SUPPRESS, help="default: the address's, else day"
    )
    return parser


def _size(parser: argparse.ArgumentParser, name: str, default: str) -> None:
    parser.add_argument(name, type=_pixels, default=argparse.SUPPRESS, metavar="PIXELS", help=default)


def _pixels(text: str) -> int:
    if not text.isdecimal() or not SHORTEST_SIDE <= int(text) <= LONGEST_SIDE:
        raise argparse.ArgumentTypeError(f"a whole number from {SHORTEST_SIDE} to {LONGEST_SIDE}; got {text!r}")
    return int(text)
