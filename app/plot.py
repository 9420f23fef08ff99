"""`fallline plot`: the picture of an address, without a server."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args
from urllib.parse import parse_qsl

from fastapi.exceptions import RequestValidationError

from app.api.errors import Refused, describe
from app.api.pictures import LARGEST, SMALLEST, wanted
from app.drawing import Format, picture
from app.drawing.scene import ThemeName
from app.settings import Settings


def main(arguments: Sequence[str]) -> None:
    """Write the picture; ends with status 1 and a sentence for each thing that is wrong with the query."""
    options = _parser().parse_args(arguments)
    try:
        svg = drawn(options.query, options.width, options.theme)
    except RequestValidationError as error:
        sys.exit("\n".join(f"fallline plot: {describe(fault)['msg']}" for fault in error.errors()))
    except Refused as error:
        faults: Any = error.detail
        sys.exit("\n".join(f"fallline plot: {each['msg']}" for each in faults))
    if options.output == "-":
        sys.stdout.write(svg)
    else:
        Path(options.output).write_text(svg, encoding="utf-8")


def drawn(query: str, width: int, theme: ThemeName) -> str:
    """The SVG of a page's query.

    Args:
        query: as after the ? of an address; a whole address is taken too, but for what stands after its #.
        width: pixels.

    Raises:
        RequestValidationError, Refused: the query is wrong, or asks for too much.
    """
    pairs = parse_qsl(query.split("#", 1)[0].split("?", 1)[-1], keep_blank_values=True)
    return picture(wanted(pairs, Settings.from_environment()).scene, Format(width=width, theme=theme))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fallline plot", description="Write the picture of an address as SVG.")
    parser.add_argument("query", help="what stands after the ? of a page's address, in quotes")
    parser.add_argument("-o", "--output", default="-", metavar="FILE", help="where to write it (default: print it)")
    parser.add_argument("--width", type=_width, default=800, metavar="PIXELS", help="default 800")
    parser.add_argument("--theme", choices=get_args(ThemeName), default="day", help="default day")
    return parser


def _width(text: str) -> int:
    if not text.isdigit() or not SMALLEST <= int(text) <= LARGEST:
        raise argparse.ArgumentTypeError(f"a whole number from {SMALLEST} to {LARGEST}; got {text!r}")
    return int(text)
