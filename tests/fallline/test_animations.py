"""Runs as they go, as GIF and MP4."""

from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pytest

import fallline
from fallline.results import animations, picture_files

TWO = "surface=himmelblau&start=1,5&max_steps=12&optimizer=gd:learning_rate=0.01&optimizer=adam:learning_rate=0.3"
SMALL = {"width": 480, "height": 270}


@pytest.fixture(scope="module")
def two():
    return fallline.run(TWO)


@pytest.fixture(autouse=True)
def paints():
    try:
        picture_files.cairosvg()
    except ImportError as missing:
        pytest.skip(str(missing))


def gif(file):
    """The pictures of a GIF as arrays, and how long each stays, in milliseconds."""
    image = pytest.importorskip("PIL.Image")
    with image.open(file) as read:
        pictures, times = [], []
        for number in range(read.n_frames):
            read.seek(number)
            times.append(read.info["duration"])
            pictures.append(np.asarray(read.convert("RGB")))
        return pictures, times


def test_a_gif_shows_every_step_and_stays_at_the_end(two, tmp_path):
    two.animate(tmp_path / "two.gif", per_second=20, still=1.5, **SMALL)
    pictures, times = gif(tmp_path / "two.gif")
    assert (tmp_path / "two.gif").read_bytes()[:6] == b"GIF89a"
    assert times == [50] * 12 + [1550]
    assert all(picture.shape == (270, 480, 3) for picture in pictures)
    assert all((one != next_one).any() for one, next_one in pairwise(pictures))
    assert [each.name for each in tmp_path.iterdir()] == ["two.gif"]


def test_what_lies_ahead_is_not_drawn(two):
    film = animations.film_of(_scene(two), (480, 270), None, "day")
    red = np.array([0xB8, 0x16, 0x0F])
    seen = [(np.abs(np.asarray(film.painted(row)).astype(int) - red).sum(axis=2) < 60).sum() for row in (0, 6, 12)]
    assert seen[0] < seen[1] < seen[2]
    assert "step 6" in film.moving(6)


def test_the_last_row_is_that_of_the_result(two):
    """The map of a film at its end has the path that the picture has."""
    film = animations.film_of(_scene(two), (1280, 720), None, "day")
    path = next(line for line in two.svg(width=819, height=720).split("<path ") if line.startswith('id="r0"'))
    assert path.split(' d="')[1].split('"')[0] in film.moving(12)


def test_an_mp4_has_its_pictures_and_lasts_as_long(two, tmp_path):
    av = pytest.importorskip("av")
    two.animate(tmp_path / "two.mp4", per_second=8, still=1, **SMALL)
    with av.open(str(tmp_path / "two.mp4")) as film:
        stream = film.streams.video[0]
        frames = sum(1 for _ in film.decode(stream))
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 480, 270)
        assert frames == 13 + 8
        assert float(film.duration / av.time_base) == pytest.approx(frames / 8, abs=0.01)


def test_the_steps_can_be_chosen_and_are_few_by_default(two, tmp_path):
    two.animate(tmp_path / "two.gif", steps=range(0, 13, 4), still=0, **SMALL)
    assert len(gif(tmp_path / "two.gif")[0]) == 4
    long = fallline.run("surface=bowl&optimizer=adam:learning_rate=0.001&max_steps=2000")
    rows = animations.rows_shown(animations.film_of(_scene(long), (480, 270), None, "day"), None)
    assert (len(rows), rows[0], rows[-1]) == (240, 0, 2000)
    assert rows == sorted(set(rows))


def test_other_problems_and_runs_that_diverge_move(tmp_path):
    for query in ("expression=x^4-3*x^2%2Bx&start=-2.3", "network=xor:hidden=3", "surface=rosenbrock"):
        result = fallline.run(f"{query}&optimizer=gd:learning_rate=9&optimizer=adam&max_steps=20")
        result.animate(tmp_path / "any.gif", steps=[0, 1, 20], theme="night", title="", **SMALL)
        assert len(gif(tmp_path / "any.gif")[0]) == 3


def test_it_can_be_cancelled_and_says_how_far_it_is(two, tmp_path, monkeypatch, capsys):
    file = tmp_path / "two.gif"
    file.write_bytes(b"as it was")
    painted = animations.Film.painted

    def until(film, step):
        if step == 5:
            raise KeyboardInterrupt
        return painted(film, step)

    monkeypatch.setattr(animations.Film, "painted", until)
    monkeypatch.setattr("fallline.progress_line.SHOWN_AFTER", 0.0)
    monkeypatch.setattr("fallline.progress_line.REWRITTEN_AFTER", 0.0)
    with pytest.raises(KeyboardInterrupt):
        two.animate(file, progress=True, **SMALL)
    assert file.read_bytes() == b"as it was"
    assert list(tmp_path.iterdir()) == [file]
    assert "animate: 8 %, Ctrl-C cancels" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "more", "said"),
    [
        ("a.avi", {}, r"the name of an animation must end in .gif or .mp4; got '.*a.avi'"),
        ("a.mp4", {"width": 481}, "width must be even in an .mp4; got 481"),
        ("a.gif", {"height": 9}, "height must be a whole number of pixels from 180 to 2160; got 9"),
        ("a.gif", {"per_second": 0}, "per_second must be above 0 and at most 60; got 0"),
        ("a.gif", {"still": -1}, "still must be from 0 to 60 seconds; got -1"),
        ("a.gif", {"steps": []}, "steps must be 1 to 10,000 rows; got 0"),
        ("a.gif", {"steps": [13]}, "steps must be rows of the longest run, whole numbers from 0 to 12; got 13"),
        ("a.gif", {"steps": [0.5]}, "steps must be rows of the longest run, whole numbers from 0 to 12; got 0.5"),
        ("a.gif", {"theme": "dusk"}, "theme"),
    ],
)
def test_what_cannot_be_is_told_by_name(two, tmp_path, file, more, said):
    with pytest.raises(ValueError, match=said):
        two.animate(tmp_path / file, **{**SMALL, **more})
    assert not list(tmp_path.iterdir())


def test_what_is_missing_is_told(two, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(ImportError, match=r"an .mp4 is written by PyAV, .*pip install '.\[film\]'"):
        two.animate(tmp_path / "two.mp4", **SMALL)
    monkeypatch.setitem(sys.modules, "cairosvg", None)
    with pytest.raises(ImportError, match=r"painted by CairoSVG, .*pip install '.\[figures\]'"):
        two.animate(tmp_path / "two.gif", **SMALL)


def _scene(result):
    return animations.scene_of_spec(result._spec.fields, {})
