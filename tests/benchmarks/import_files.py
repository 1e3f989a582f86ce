"""Seeded files to import: 60,000 polygons as a GeoPackage, and addresses as a CSV of any length."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyogrio
import shapely
from numpy.typing import NDArray

SEED = 20240611
PLANNING_COUNT = 60_000
ADDRESS_COUNT = 450_000
CATALOGUE_DIR = Path(__file__).parent / "catalogue"
_WEST, _SOUTH, _EAST, _NORTH = 399_000.0, 275_000.0, 417_000.0, 299_000.0
_WORDS = (
    *("erection", "of", "single", "storey", "rear", "extension", "loft", "conversion", "change"),
    *(
        "shop",
        "takeaway",
        "installation",
        "demolition",
        "existing",
        "garage",
        "proposed",
        "parking",
    ),
    *("detached", "dwellings", "with", "associated", "landscaping", "access", "works", "trees"),
    *("subject", "preservation", "order", "listed", "building", "replacement", "windows"),
)
_STREET_NAMES = (
    *("Acacia", "Albert", "Beech", "Belgrave", "Cedar", "Chapel"),
    *("Elm", "Farm", "Grange", "High", "Ivy", "Jubilee"),
)
_STREET_KINDS = (
    *("Road", "Street", "Avenue", "Close", "Drive", "Lane"),
    *("Way", "Grove", "Crescent", "Place", "Court"),
)
_STREET_COUNT = 28_000
_AT_ONCE = 450_000


def write_planning(path: Path) -> Path:
    """Write polygons of 5 to 40 corners, in EPSG:27700, with nine fields."""
    random = np.random.default_rng(SEED)
    count = PLANNING_COUNT
    received = np.datetime64("2014-01-01") + random.integers(0, 3800, count)
    decided = received + random.integers(20, 120, count)
    columns = {
        "ref": np.array([f"20{14 + at % 11}/{at:06d}/PA" for at in range(count)], dtype=object),
        "app_type": random.choice(["FULL", "HOUSE", "LBC", "TPO", "ADV"], count).astype(object),
        "status": random.choice(["Registered", "Approved", "Refused"], count).astype(object),
        "received": received.astype("datetime64[D]"),
        "decided": decided.astype("datetime64[D]"),
        "decision_level": random.choice(["Delegated", "Committee"], count).astype(object),
        "dwellings": random.integers(0, 40, count),
        "officer": random.integers(1, 80, count),
        "description": _descriptions(random, count),
    }
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(_blobs(random, count)),
        field_data=list(columns.values()),
        fields=list(columns),
        driver="GPKG",
        layer="planning",
        geometry_type="Polygon",
        crs="EPSG:27700",
    )
    return path


def write_addresses(path: Path, count: int = ADDRESS_COUNT) -> Path:
    """Write addresses with a UPRN, a street, a postcode and a place in EPSG:27700."""
    random = np.random.default_rng([SEED, count])
    with path.open("wb") as file:
        for start in range(0, count, _AT_ONCE):
            table = _addresses(random, start, min(_AT_ONCE, count - start))
            options = pa.csv.WriteOptions(include_header=not start, quoting_style="none")
            pa.csv.write_csv(table, file, options)
    return path


def _addresses(random: np.random.Generator, start: int, count: int) -> pa.Table:
    ordinals = np.arange(start, start + count)
    street = np.sort(random.integers(0, _STREET_COUNT, count))
    names = [
        f"{_STREET_NAMES[at % 12]}{at // 132 % 9 or ''} {_STREET_KINDS[at // 12 % 11]}"
        for at in range(_STREET_COUNT)
    ]
    postcodes = [f"B{1 + at % 48} {1 + at % 9}{'ABDEF'[at % 5]}{'GHJLN'[at // 5 % 5]}"
                 for at in range(_STREET_COUNT)]  # fmt: skip
    return pa.table(
        {
            "id": ordinals + 1,
            "uprn": 100_070_000_000 + ordinals * 3,
            "number": ordinals - np.searchsorted(street, street) - start + 1,
            "street": pa.array(names).take(pa.array(street)),
            "town": pa.array(["Benchton"]).take(pa.array(np.zeros(count, np.int64))),
            "postcode": pa.array(postcodes).take(pa.array(street)),
            "usrn": 2_700_000 + street,
            "classification": pa.array(["RD02", "RD03", "RD04", "RD06", "CR08"]).take(
                pa.array(random.integers(0, 5, count))
            ),
            "easting": np.round(random.uniform(_WEST, _EAST, count), 2),
            "northing": np.round(random.uniform(_SOUTH, _NORTH, count), 2),
        }
    )


def _descriptions(random: np.random.Generator, count: int) -> NDArray[np.object_]:
    lengths = random.integers(8, 45, count)
    words = np.array(_WORDS, dtype=object)[random.integers(0, len(_WORDS), int(lengths.sum()))]
    return np.array([" ".join(part) for part in np.split(words, np.cumsum(lengths)[:-1])], object)


def _blobs(random: np.random.Generator, count: int) -> NDArray[np.object_]:
    """Return star-shaped, hence valid, polygons about 20 m across."""
    corners = random.integers(5, 41, count)
    owner = np.repeat(np.arange(count), corners)
    first = np.cumsum(corners) - corners
    angles = 2 * np.pi * (np.arange(len(owner)) - first[owner]) / corners[owner]
    radii = random.uniform(0.6, 1.0, len(owner)) * random.uniform(5, 60, count)[owner]
    x = random.uniform(_WEST, _EAST, count)[owner] + radii * np.cos(angles)
    y = random.uniform(_SOUTH, _NORTH, count)[owner] + radii * np.sin(angles)
    rings = shapely.linearrings(np.round(np.column_stack([x, y]), 2), indices=owner)
    return shapely.polygons(rings)
