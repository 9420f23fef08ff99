"""The folders of files that are no code."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# In the package when installed, next to it in a checkout.
ROOT = PACKAGE if (PACKAGE / "static").is_dir() else PACKAGE.parent
STATIC = ROOT / "static"
TEMPLATES = ROOT / "templates"
