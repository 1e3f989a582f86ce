"""What a layer's ``[style]`` says, as typed and frozen values."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StyleClassEntry:
    """Features with one ``value`` in the field that a style goes by, and how they are drawn."""

    value: str
    title: str
    colour: str
    line: str = "solid"
    fill: str = "plain"
    symbol: str = "circle"


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """How a layer is drawn on maps, on screens and on paper.

    ``line`` is of lines and of outlines, ``fill`` of areas, ``symbol`` of points. ``label`` is
    the field that is written beside features. Below ``min_zoom`` (of web maps) the layer is not
    drawn. ``by`` is the field whose values the ``classes`` are of; any other value is drawn as
    the layer is.
    """

    colour: str
    line: str = "solid"
    fill: str = "plain"
    symbol: str = "circle"
    width_px: float = 2.0
    label: str = ""
    min_zoom: int = 0
    by: str = ""
    classes: tuple[StyleClassEntry, ...] = ()

    def as_stored(self) -> dict[str, Any]:
        """Return what `layers.models.Layer.style` keeps: only what is not as usual."""
        usual = StyleEntry(colour="")
        said = {name: value for name, value in asdict(self).items() if name != "classes"}
        stored = {name: value for name, value in said.items() if value != getattr(usual, name)}
        if self.classes:
            stored["classes"] = [asdict(each) for each in self.classes]
        return stored
