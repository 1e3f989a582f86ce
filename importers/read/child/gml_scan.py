"""Looks through a GML before GDAL reads it: its features, and what is wrong with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.errors import SourceUnreadable
from importers.read.child.xml_syntax import Attributes, XmlWalk

_MEMBERS = ("featureMember", "member", "featureMembers")
_SHAPES = frozenset(
    ("Point", "LineString", "Polygon", "Curve", "Surface", "MultiPoint", "MultiLineString")
    + ("MultiPolygon", "MultiCurve", "MultiSurface", "MultiGeometry", "CompositeCurve")
    + ("CompositeSurface", "OrientableCurve", "OrientableSurface", "PolyhedralSurface", "Solid")
)
_POSITIONS = ("pos", "posList", "coordinates")
_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NUMBERS = re.compile(rf"\s*{_NUMBER}(?:[\s,]+{_NUMBER})+\s*")
_CUT_OFF = ("truncatedResponse", "ExceptionReport")
Fault = tuple[str, str]


@dataclass
class GmlFeature:
    """One feature as it was looked through. ``references`` are elements with an xlink:href."""

    kind: str
    has_shape: bool = False
    fault: Fault | None = None
    references: list[str] = field(default_factory=list)


class GmlScan(XmlWalk):
    """All features of a file in their order, and the names of their CRS."""

    def __init__(self) -> None:
        self.features: list[GmlFeature] = []
        self.srs_names: set[str] = set()
        self.shape_properties: set[str] = set()
        self.extent_srs_names: set[str] = set()
        self._path: list[str] = []
        self._feature: GmlFeature | None = None
        self._feature_depth = 0
        self._text: list[str] | None = None
        self._counts: Attributes = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if not self._path:
            self._counts = attributes
        elif name in _CUT_OFF:
            raise _partial("the server gave up in the middle of its answer")
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        is_extent = "boundedBy" in self._path
        if "srsName" in attributes:
            names = self.extent_srs_names if is_extent else self.srs_names
            names.add(attributes["srsName"])
        if self._feature is None:
            if parent in _MEMBERS and name != "FeatureCollection":
                self._feature, self._feature_depth = GmlFeature(name), len(self._path)
                self.features.append(self._feature)
        elif not is_extent:
            self._look_at(self._feature, parent, name, attributes)

    def _look_at(self, feature: GmlFeature, parent: str, name: str, attributes: Attributes) -> None:
        if name in _SHAPES:
            if not _SHAPES & set(self._path[self._feature_depth : -1]):
                self.shape_properties.add(parent)
            feature.has_shape = True
        elif name in _POSITIONS:
            self._text = []
        if "href" in attributes:
            feature.references.append(name)
            if _SHAPES & set(self._path[self._feature_depth :]):
                feature.fault = _REMOTE

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        if self._text is not None and name in _POSITIONS:
            said, self._text = "".join(self._text), None
            if self._feature is not None and not _NUMBERS.fullmatch(said):
                message = f"its coordinates are not all numbers: “{said.strip()[:40]}”."
                self._feature.fault = ("GEOM-INVALID", message)
        if len(self._path) == self._feature_depth:
            self._feature, self._feature_depth = None, 0
        self._path.pop()

    def faults_of(self, kind: str) -> Iterator[Fault | None]:
        """Yield for each feature of ``kind`` what is wrong with it."""
        for feature in self.features:
            if feature.kind == kind:
                points_away = self.shape_properties & set(feature.references)
                is_remote = points_away and not feature.has_shape
                yield feature.fault or (_REMOTE if is_remote else None)

    def said(self, name: str) -> int | None:
        """Return a number that the root says in an attribute; None for "unknown" and for none."""
        text = self._counts.get(name, "")
        return int(text) if text.isdecimal() else None

    def refuse_partial(self) -> None:
        """Refuse a WFS answer that says that there is more than it holds.

        Raises
        ------
        SourceUnreadable
            ``SOURCE-PARTIAL``.
        """
        held = len(self.features)
        for name in ("numberMatched", "numberReturned", "numberOfFeatures"):
            said = self._counts.get(name, "")
            if said.isdecimal() and int(said) > held:
                raise _partial(f"it holds {held:,} features and says {name} {int(said):,}")


_REMOTE: Fault = (
    "GEOM-REMOTE",
    "its geometry is only referred to (xlink:href), and nothing that a file refers to is opened.",
)


def _partial(what: str) -> SourceUnreadable:
    return SourceUnreadable(
        f"The answer is not complete: {what}. Ask the server again, for all features or page by "
        "page.",
        code="SOURCE-PARTIAL",
    )
