"""A page with four figures of different parts, built and served for tests alone."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

import page_build
from app.pages.folders import ROOT
from app.server.headers import document_headers

NAMES = ("surface", "curve", "fit", "plain")
HTML = """<!doctype html>
<html lang="en" data-theme="day"><head><meta charset="utf-8"><title>Four figures</title>
<meta name="api" content="/api/v1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/static/{css}">
<link rel="stylesheet" href="/static/{narrow}" media="(max-width: 1099px)">
<script src="/static/counting.js"></script><script type="module" src="/static/figures.js"></script></head><body>{figures}</body></html>"""


def built() -> dict[str, str]:
    """The file that each entry of the page has become."""
    files: dict[str, str] = json.loads((ROOT / "static/built/manifest.json").read_text("utf-8"))
    return files


def build_script(out: Path) -> Path:
    """Bundle figures.ts as the page is bundled."""
    files = built()
    styles = {Path(name).stem: file for name, file in files.items() if name.endswith(".css")}
    defined = (f"--define:STYLES={json.dumps(styles)}", f"--define:WORKER={json.dumps(files['painting-worker.js'])}")
    made = page_build.bundle(ROOT, out, [ROOT / "tests/browser/figures.ts"], (*page_build.MODERN, *defined))
    return out / made.files["figures.js"]


def open_four(page: Page, script: Path, counting: str = "") -> None:
    """Until each of the four has its runs; `counting` is a script that runs before those of the page."""
    figures = "".join(f'<div id="{name}"></div>' for name in NAMES)
    html = HTML.format(css=built()["main.css"], narrow=built()["playground-narrow.css"], figures=figures)
    policy = document_headers("*")
    page.route("**/figures", lambda route: route.fulfill(body=html, content_type="text/html", headers=policy))
    page.route("**/static/figures.js", lambda route: route.fulfill(path=script, content_type="text/javascript"))
    page.route("**/static/counting.js", lambda route: route.fulfill(body=counting, content_type="text/javascript"))
    page.goto("/figures")
    for name in NAMES:
        expect(page.locator(f"#{name} .total")).to_contain_text(" of ")
