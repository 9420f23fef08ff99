"""What the first view of a page has loaded, told from what comes after it by the addresses."""

import re
from typing import Any

from playwright.sync_api import Page

from app.pages.static_files import StaticFiles
from tests.bench.browser import LOADED

LATER = r"katex|KaTeX|worker|/namesAndPointer-|/playground-narrow-|/sweep|/trajectories\?|&domain=|&resolution=32&"
"""What the first path does not wait for."""


def loaded(page: Page, entry: str) -> tuple[list[Any], list[Any]]:
    """All that the page has loaded, and what of that is of its first view."""
    page.wait_for_function(
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('/namesAndPointer-'))"
    )
    page.wait_for_load_state("networkidle")
    whole = page.evaluate(LOADED)
    names = next(each["name"] for each in whole if "/namesAndPointer-" in each["name"])
    page_file = StaticFiles().address(entry)
    of_names = [name for name in re.findall(r"chunk-\w+\.js", page.request.get(names).text()) if name not in page_file]
    later = re.compile("|".join([LATER, *of_names]))
    return whole, [each for each in whole if not later.search(each["name"])]
