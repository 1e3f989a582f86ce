"""What is published, by whom, and since when."""

from layers.models.act import Act
from layers.models.cell_tile import CellTile
from layers.models.change import Change
from layers.models.edition import Edition
from layers.models.export import Export
from layers.models.feature import Feature
from layers.models.kept_out import KeptOutShape
from layers.models.layer import Field, Layer, Theme
from layers.models.organisation import Organisation
from layers.models.source_check import SourceCheck

__all__ = [
    "Act",
    "CellTile",
    "Change",
    "Edition",
    "Export",
    "Feature",
    "Field",
    "KeptOutShape",
    "Layer",
    "Organisation",
    "SourceCheck",
    "Theme",
]
