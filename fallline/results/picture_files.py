"""Pictures in files: SVG as it is, PDF and PNG by CairoSVG.

CairoSVG: of what makes a PDF of an SVG it alone is both small (46 kB, and cairo, which most systems have) and leaves
words as words, in letters of the system that come with the file.
"""

import re
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

PICTURE_ENDINGS = (".svg", ".pdf", ".png")
DPI_ALLOWED = (36, 1200)
SVG_DPI = 96
"""Pixels of an SVG an inch."""


def require(file: str | Path, dpi: int = 300) -> None:
    """Raises: ValueError, no picture has such a name, or so many dots; ImportError, what it needs is not installed."""
    ending = Path(file).suffix.lower()
    if ending not in PICTURE_ENDINGS:
        raise ValueError(f"the name of a picture must end in .svg, .pdf or .png; got '{file}'")
    least, most = DPI_ALLOWED
    if isinstance(dpi, bool) or not isinstance(dpi, int) or not least <= dpi <= most:
        raise ValueError(f"dpi must be a whole number from {least} to {most}; got {dpi!r}")
    if ending != ".svg":
        cairosvg(f"a {ending[1:].upper()} is made by CairoSVG")


def write_picture(svg: str, file: str | Path, dpi: int = 300) -> None:
    """Write a picture in the format of the file's name. Raises: as `require`; OSError."""
    path = Path(file)
    if path.suffix.lower() == ".svg":
        path.write_text(svg, encoding="utf-8")
    elif path.suffix.lower() == ".pdf":
        path.write_bytes(cairosvg().svg2pdf(bytestring=_of_one_family(svg), dpi=SVG_DPI))
    else:
        image = bitmap(svg, dpi / SVG_DPI)
        image.save(path, dpi=(dpi, dpi))


def bitmap(svg: str, scale: float) -> Any:
    """A picture as an image of Pillow, which CairoSVG brings. Args: scale: its dots for each pixel of the SVG."""
    png = cairosvg().svg2png(bytestring=_of_one_family(svg), dpi=SVG_DPI, scale=scale)
    return import_module("PIL.Image").open(BytesIO(png))


def _of_one_family(svg: str) -> bytes:
    """The picture in the system's own type: CairoSVG reads one family alone, and where that is missing mixes others."""
    return re.sub(r'font-family="[^"]*"', 'font-family="sans-serif"', svg).encode()


def cairosvg(why: str = "a picture is painted by CairoSVG") -> Any:
    """CairoSVG. Raises: ImportError, it or the library that it paints with is not installed."""
    try:
        return import_module("cairosvg")
    except ImportError:
        raise ImportError(f"{why}, which is not installed: {how_to_get('figures')}") from None
    except OSError:
        raise ImportError(
            f"{why}, which finds no cairo on this system: install it (Debian and Ubuntu: apt install libcairo2; macOS: "
            "brew install cairo; Windows: the GTK 3 runtime), or save .svg, which needs nothing"
        ) from None


def how_to_get(extra: str) -> str:
    """How to install an extra."""
    return f"in the folder of Fall Line, pip install '.[{extra}]'"
