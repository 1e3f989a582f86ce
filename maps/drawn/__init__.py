"""Maps drawn on the server: SVG in millimetres, straight from the British National Grid.

frame = Frame(406_600, 286_800, scale=1250, width_mm=190, height_mm=200)
drawn = draw_map(frame, [DrawnLayer(layer) for layer in layers], site=site.geom_27700)
drawn.svg, drawn.legend, drawn.notes
"""

from maps.drawn.draw import DrawnLayer, DrawnMap, draw_map
from maps.drawn.frame import Frame
from maps.drawn.legend import LegendEntry
from maps.drawn.markers import Numbered

__all__ = ["DrawnLayer", "DrawnMap", "Frame", "LegendEntry", "Numbered", "draw_map"]
