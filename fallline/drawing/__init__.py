"""Pictures as SVG: maps with paths, for thumbnails, previews of links and the page without scripts; and charts."""

from fallline.drawing.grid_chart import GridOfLosses, grid_chart
from fallline.drawing.heat_map import HeatMap, heat_map
from fallline.drawing.layout import Canvas, Dots, MapOfStarts, Route, Scene, ThemeName
from fallline.drawing.loss_chart import LossCurve, loss_chart
from fallline.drawing.network_diagram import network_diagram
from fallline.drawing.number_text import place_text, value_text
from fallline.drawing.picture import picture, picture_in_parts
from fallline.drawing.profile_chart import ProfileChart, profile_chart
from fallline.drawing.svg import with_ids
from fallline.drawing.theme import SLOTS

__all__ = [
    "SLOTS", "Canvas", "Dots", "GridOfLosses", "HeatMap", "LossCurve", "MapOfStarts", "ProfileChart", "Route", "Scene",
    "ThemeName", "grid_chart", "heat_map", "loss_chart", "network_diagram", "picture", "picture_in_parts", "place_text",
    "profile_chart", "value_text", "with_ids",
]  # fmt: skip
