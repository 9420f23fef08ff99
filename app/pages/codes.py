"""The page of the codes of errors and notices: every code with its sentence."""

import re
from collections.abc import Mapping
from typing import Any

from app.server.refusals import ALL_ERRORS
from fallline.errors import HINTS
from fallline.formulas.errors import ALLOWED, REASONS
from fallline.notices import NOTICES
from fallline.sentences import Template


def shown(template: Template) -> str:
    """A template for reading: optional parts in brackets, values by their names, counted ones with their words.

    The two long parts that many reasons share, `ALLOWED`, are one word, `[allowed]`.
    """
    first, *others = (template,) if isinstance(template, str) else template
    others = [part for part in others if part not in ALLOWED] + ["allowed"] * any(part in ALLOWED for part in others)
    return re.sub(r":[^ {}|]+}", "}", first + "".join(f"[{part}]" for part in others))


CODES: Mapping[str, Any] = {
    "errors": ALL_ERRORS, "hints": HINTS, "reasons": REASONS, "allowed": ALLOWED, "notices": NOTICES, "shown": shown,
}  # fmt: skip
"""The variables of the page's template."""
