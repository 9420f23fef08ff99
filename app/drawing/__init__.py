"""Pictures of a map with its paths, as SVG: thumbnails, previews of a link, the page where no script runs."""

from app.drawing.layout import Canvas, Route, Scene, ThemeName
from app.drawing.number_text import value_text
from app.drawing.picture import picture, pieces
from app.drawing.theme import SLOTS

__all__ = ["SLOTS", "Canvas", "Route", "Scene", "ThemeName", "picture", "pieces", "value_text"]
