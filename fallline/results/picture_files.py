"""Pictures in files: SVG as it is, PDF and PNG by CairoSVG.

Of the packages that convert SVG to PDF, only CairoSVG is both small (46 kB, and cairo, which most systems have) and
keeps words as text, with the fonts of the system embedded in the file.
"""

import re
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

PICTURE_ENDINGS = (".svg", ".pdf", ".png")
DPI_ALLOWED = (36, 1200)
SVG_DPI = 96
"""The pixels of an SVG per inch."""


def require(file: str | Path, dpi: int = 300) -> None:
    """Check that a picture can be written to a file.

    Raises:
        ValueError: the ending of the name or `dpi` is not allowed.
        ImportError: CairoSVG is needed and not installed.
    """
    ending = Path(file).suffix.lower()
    if ending not in PICTURE_ENDINGS:
        raise ValueError(f"the name of a picture must end in .svg, .pdf or .png; got '{file}'")
    least, most = DPI_ALLOWED
    if isinstance(dpi, bool) or not isinstance(dpi, int) or not least <= dpi <= most:
        raise ValueError(f"dpi must be a whole number from {least} to {most}; got {dpi!r}")
    if ending != ".svg":
        cairosvg(f"a {ending[1:].upper()} is made by CairoSVG")


def write_picture(svg: str, file: str | Path, dpi: int = 300) -> None:
    """Write a picture, in the format that the name of the file ends with. Raises: as `require`; OSError."""
    path = Path(file)
    if path.suffix.lower() == ".svg":
        path.write_text(svg, encoding="utf-8")
    elif path.suffix.lower() == ".pdf":
        path.write_bytes(cairosvg().svg2pdf(bytestring=_of_one_family(svg), dpi=SVG_DPI))
    else:
        image = bitmap(svg, dpi / SVG_DPI)
        image.save(path, dpi=(dpi, dpi))


def bitmap(svg: str, scale: float) -> Any:
    """A picture as an image of Pillow, which CairoSVG depends on. Args: scale: dots for each pixel of the SVG."""
    png = cairosvg().svg2png(bytestring=_of_one_family(svg), dpi=SVG_DPI, scale=scale)
    return import_module("PIL.Image").open(BytesIO(png))


def _of_one_family(svg: str) -> bytes:
    """The picture in the sans-serif font of the system. CairoSVG reads only the first family of a list, and mixes fonts
    if that is not installed.
    """
    return re.sub(r'font-family="[^"]*"', 'font-family="sans-serif"', svg).encode()


def cairosvg(why: str = "a picture is painted by CairoSVG") -> Any:
    """The module of CairoSVG. Args: why: how an error begins. Raises: ImportError, if it or cairo is missing."""
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
    """The words that say how to install an extra."""
    return f"in the folder of Fall Line, pip install '.[{extra}]'"
