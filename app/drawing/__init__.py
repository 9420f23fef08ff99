"""Pictures of a map with its paths, as SVG: thumbnails, previews of a link, the page where no script runs."""

from app.drawing.picture import picture, pieces
from app.drawing.scene import Format, Route, Scene

__all__ = ["Format", "Route", "Scene", "picture", "pieces"]
