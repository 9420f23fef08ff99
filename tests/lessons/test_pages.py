"""The pages of the lessons, asked in process; without lessons there are none."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import pages
from app.course import view_of_query
from app.lessons import read_lessons
from app.main import create_app
from app.settings import Settings


@pytest.fixture
def site(monkeypatch, request):
    folder = Path(__file__).parent / getattr(request, "param", "example")
    monkeypatch.setattr(pages, "lessons", lambda: read_lessons(view_of_query, folder))
    return TestClient(create_app(Settings()))


@pytest.mark.parametrize("path", ["/lessons", "/lessons/example"])
def test_a_page_has_no_inline_code_and_loads_from_here_alone(site, path):
    html = site.get(path).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert all(a.startswith(("/", "#", "?")) for a in re.findall(r'(?:src|href)="([^"]*)"', html))


def test_a_lesson_reads_without_scripts(site):
    html = site.get("/lessons/example").text
    assert "After five steps the loss is 1.77" in html
    assert "paths=false" in html
    assert "It takes 17 steps." in html
    assert site.get("/lessons/none").status_code == 404
    assert ">Lessons</a>" in site.get("/").text


@pytest.mark.parametrize("site", ["nowhere"], indirect=True)
def test_without_lessons_there_is_no_page_and_no_link(site):
    assert site.get("/lessons").status_code == 404
    assert "Lessons" not in site.get("/").text
