"""Pictures of a map with its paths, as SVG: thumbnails, previews of a link, the page where no script runs."""

from app.drawing.numbers import chosen
from app.drawing.picture import picture, pieces
from app.drawing.scene import Format, Route, Scene, ThemeName
from app.drawing.theme import SLOTS

__all__ = ["SLOTS", "Format", "Route", "Scene", "ThemeName", "chosen", "picture", "pieces"]
