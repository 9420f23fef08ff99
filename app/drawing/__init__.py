"""Pictures of a map with its paths, as SVG: thumbnails, previews of a link, the page where no script runs."""

from app.drawing.layout import Canvas, Route, Scene, ThemeName
from app.drawing.loss_chart import LossCurve, loss_chart
from app.drawing.network_diagram import network_diagram
from app.drawing.number_text import value_text
from app.drawing.picture import picture, pieces
from app.drawing.svg import with_ids
from app.drawing.theme import SLOTS

__all__ = [
    "SLOTS", "Canvas", "LossCurve", "Route", "Scene", "ThemeName", "loss_chart", "network_diagram", "picture",
    "pieces", "value_text", "with_ids",
]  # fmt: skip
