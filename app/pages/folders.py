"""Where the files beside the code lie."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# Inside the package when installed, beside it in a checkout.
ROOT = PACKAGE if (PACKAGE / "static").is_dir() else PACKAGE.parent
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
