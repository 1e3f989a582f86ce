"""The sample city's wards: real names and codes, roughly where they lie, in invented shapes."""

from dataclasses import dataclass
from random import Random

import shapely
from shapely import LineString, MultiPoint, Point, Polygon

_REACH_M = 1450
_ROUNDING_M = 1500
_LONGEST_STRAIGHT_M = 90
_GRID_M = 0.1
# How far a border may leave its straight line, as a share of its length. Borders
# that cross make slivers, so smaller shares follow.
_WIGGLES = (0.12, 0.06, 0.03, 0.0)


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward and the postcode district of its streets; easting and northing to 100 m."""

    code: str
    name: str
    district: str
    easting: int
    northing: int


@dataclass(frozen=True, slots=True)
class WardArea:
    """A ward with its border in EPSG:27700."""

    ward: Ward
    polygon: Polygon


WARDS = (
    Ward("E05011118", "Acocks Green", "B27", 412200, 282800),
    Ward("E05011119", "Allens Cross", "B31", 401600, 279900),
    Ward("E05011120", "Alum Rock", "B8", 410200, 288100),
    Ward("E05011121", "Aston", "B6", 407900, 290200),
    Ward("E05011122", "Balsall Heath West", "B12", 407400, 284700),
    Ward("E05011123", "Bartley Green", "B32", 400300, 281700),
    Ward("E05011124", "Billesley", "B14", 408600, 280400),
    Ward("E05011125", "Birchfield", "B20", 406100, 290200),
    Ward("E05011126", "Bordesley & Highgate", "B5", 407800, 286200),
    Ward("E05011127", "Bordesley Green", "B9", 409200, 286000),
    Ward("E05011128", "Bournbrook & Selly Park", "B29", 405400, 282300),
    Ward("E05011129", "Bournville & Cotteridge", "B30", 404200, 281000),
    Ward("E05011130", "Brandwood & King's Heath", "B14", 406800, 281000),
    Ward("E05011131", "Bromford & Hodge Hill", "B36", 413200, 289100),
    Ward("E05011132", "Castle Vale", "B35", 414600, 291200),
    Ward("E05011133", "Druids Heath & Monyhull", "B14", 406800, 279100),
    Ward("E05011134", "Edgbaston", "B15", 405300, 284600),
    Ward("E05011135", "Erdington", "B23", 411600, 292400),
    Ward("E05011136", "Frankley Great Park", "B45", 399300, 278500),
    Ward("E05011137", "Garretts Green", "B33", 415000, 286100),
    Ward("E05011138", "Glebe Farm & Tile Cross", "B33", 415300, 287100),
    Ward("E05011139", "Gravelly Hill", "B24", 410600, 290700),
    Ward("E05011140", "Hall Green North", "B28", 410500, 282000),
    Ward("E05011141", "Hall Green South", "B28", 410700, 280200),
    Ward("E05011142", "Handsworth", "B21", 404600, 289900),
    Ward("E05011143", "Handsworth Wood", "B20", 404300, 291600),
    Ward("E05011144", "Harborne", "B17", 402700, 284600),
    Ward("E05011145", "Heartlands", "B8", 411600, 286700),
    Ward("E05011146", "Highter's Heath", "B14", 408400, 278900),
    Ward("E05011147", "Holyhead", "B21", 403400, 290000),
    Ward("E05011148", "King's Norton North", "B30", 404100, 278600),
    Ward("E05011149", "King's Norton South", "B38", 404800, 277700),
    Ward("E05011150", "Kingstanding", "B44", 408700, 294000),
    Ward("E05011151", "Ladywood", "B1", 406000, 286600),
    Ward("E05011152", "Longbridge & West Heath", "B31", 402000, 277400),
    Ward("E05011153", "Lozells", "B19", 406300, 289300),
    Ward("E05011154", "Moseley", "B13", 407500, 282900),
    Ward("E05011155", "Nechells", "B7", 408600, 288500),
    Ward("E05011156", "Newtown", "B19", 406800, 288400),
    Ward("E05011157", "North Edgbaston", "B16", 403600, 287100),
    Ward("E05011158", "Northfield", "B31", 402200, 279000),
    Ward("E05011159", "Oscott", "B44", 406800, 294500),
    Ward("E05011160", "Perry Barr", "B42", 406100, 292400),
    Ward("E05011161", "Perry Common", "B23", 409500, 293500),
    Ward("E05011162", "Pype Hayes", "B24", 412900, 291200),
    Ward("E05011163", "Quinton", "B32", 400400, 284700),
    Ward("E05011164", "Rubery & Rednal", "B45", 399900, 277200),
    Ward("E05011165", "Shard End", "B34", 415600, 288500),
    Ward("E05011166", "Sheldon", "B26", 414800, 284900),
    Ward("E05011167", "Small Heath", "B10", 410800, 285500),
    Ward("E05011168", "Soho & Jewellery Quarter", "B18", 405000, 288300),
    Ward("E05011169", "South Yardley", "B25", 412900, 284300),
    Ward("E05011170", "Sparkbrook & Balsall Heath East", "B11", 409100, 284700),
    Ward("E05011171", "Sparkhill", "B11", 409400, 283300),
    Ward("E05011172", "Stirchley", "B30", 405700, 280900),
    Ward("E05011173", "Stockland Green", "B23", 409600, 291700),
    Ward("E05011174", "Sutton Four Oaks", "B74", 410200, 298700),
    Ward("E05011175", "Sutton Mere Green", "B75", 411600, 299300),
    Ward("E05011176", "Sutton Reddicap", "B75", 414100, 296300),
    Ward("E05011177", "Sutton Roughley", "B75", 413400, 298600),
    Ward("E05011178", "Sutton Trinity", "B72", 411700, 296200),
    Ward("E05011179", "Sutton Vesey", "B73", 409400, 295800),
    Ward("E05011180", "Sutton Walmley & Minworth", "B76", 415000, 293200),
    Ward("E05011181", "Sutton Wylde Green", "B72", 412300, 294100),
    Ward("E05011182", "Tyseley & Hay Mills", "B25", 411100, 284100),
    Ward("E05011183", "Ward End", "B8", 411100, 288800),
    Ward("E05011184", "Weoley & Selly Oak", "B29", 402700, 281700),
    Ward("E05011185", "Yardley East", "B33", 413700, 286300),
    Ward("E05011186", "Yardley West & Stechford", "B33", 412700, 286400),
)


def draw_wards(random: Random) -> list[WardArea]:
    """Return the wards, which share their borders vertex by vertex and leave no gap."""
    for wiggle in _WIGGLES:
        faces = _faces(_straight_borders(), wiggle, random)
        if len(faces) == len(WARDS):
            return _name_faces(faces)
    raise AssertionError("straight borders make one face for each ward")


def _straight_borders() -> list[LineString]:
    """Return the lines between the nodes where three wards, or two and the city's edge, meet."""
    centres = MultiPoint([(ward.easting, ward.northing) for ward in WARDS])
    outline = _outline(centres)
    edges = shapely.voronoi_polygons(centres, extend_to=outline, only_edges=True)
    network = shapely.union_all(
        [outline.boundary, shapely.intersection(edges, outline)], grid_size=_GRID_M
    )
    return list(shapely.get_parts(shapely.line_merge(network)))


def _outline(centres: MultiPoint) -> Polygon:
    reach = shapely.union_all(shapely.buffer(shapely.get_parts(centres), _REACH_M))
    rounded = reach.buffer(_ROUNDING_M).buffer(-_ROUNDING_M).simplify(40)
    return Polygon(rounded.exterior)


def _faces(lines: list[LineString], wiggle: float, random: Random) -> list[Polygon]:
    wavy = [LineString(_wander(list(line.coords), wiggle, random)) for line in lines]
    return list(shapely.get_parts(shapely.polygonize(wavy)))


def _wander(
    points: list[tuple[float, float]], wiggle: float, random: Random
) -> list[tuple[float, float]]:
    """Return the line with bends between its points; the ends stay where they are."""
    wandered = [points[0]]
    for start, end in zip(points, points[1:], strict=False):
        wandered += [*_bends(start, end, wiggle, random), end]
    return wandered


def _bends(
    start: tuple[float, float], end: tuple[float, float], wiggle: float, random: Random
) -> list[tuple[float, float]]:
    (x1, y1), (x2, y2) = start, end
    if Point(start).distance(Point(end)) < _LONGEST_STRAIGHT_M:
        return []
    shift = random.uniform(-wiggle, wiggle)
    middle = (
        round((x1 + x2) / 2 - shift * (y2 - y1), 1),
        round((y1 + y2) / 2 + shift * (x2 - x1), 1),
    )
    before = _bends(start, middle, wiggle, random)
    return [*before, middle, *_bends(middle, end, wiggle, random)]


def _name_faces(faces: list[Polygon]) -> list[WardArea]:
    tree = shapely.STRtree(faces)
    areas = []
    for ward in WARDS:
        nearest = tree.nearest(Point(ward.easting, ward.northing))
        areas.append(WardArea(ward, faces[int(nearest)]))
    return areas
