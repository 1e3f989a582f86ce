"""The whole sample city: one file for each layer of the catalogue, in the form it is sent in."""

from collections.abc import Callable
from pathlib import Path

from sample_city.address_lists import write_addresses, write_postcodes
from sample_city.basemap.file import write_openmap_local
from sample_city.boundaries import write_wards
from sample_city.councillors import write_councillors
from sample_city.ecology import write_wildlife_sites, write_wildlife_surveys
from sample_city.environment import write_flood_zones, write_green_belt, write_tree_zones
from sample_city.ground import Ground, lay_ground
from sample_city.heritage import write_conservation_areas, write_listed_buildings
from sample_city.neighbours import write_councils
from sample_city.parks import write_parks
from sample_city.place_names import write_places
from sample_city.planning import (
    write_article_4_areas,
    write_brownfield,
    write_planning_applications,
)
from sample_city.schools import write_schools
from sample_city.services import (
    write_bring_banks,
    write_libraries,
    write_public_toilets,
    write_recycling_centres,
)
from sample_city.waste import (
    write_collection_changes,
    write_collection_dates,
    write_collection_notices,
    write_collection_premises,
    write_collection_rounds,
)

DEFAULT_SEED = 2026
# Of the council that the city is made up for.
GSS_CODE = "E08000025"

WRITERS: dict[str, Callable[[Ground, Path], Path]] = {
    "wards": write_wards,
    "councillors": write_councillors,
    "councils": write_councils,
    "postcodes": write_postcodes,
    "addresses": write_addresses,
    "places": write_places,
    "schools": write_schools,
    "libraries": write_libraries,
    "recycling-centres": write_recycling_centres,
    "bring-banks": write_bring_banks,
    "public-toilets": write_public_toilets,
    "parks": write_parks,
    "planning-applications": write_planning_applications,
    "brownfield": write_brownfield,
    "conservation-areas": write_conservation_areas,
    "listed-buildings": write_listed_buildings,
    "article-4-areas": write_article_4_areas,
    "tree-preservation-zones": write_tree_zones,
    "flood-zones": write_flood_zones,
    "green-belt": write_green_belt,
    "wildlife-surveys": write_wildlife_surveys,
    "wildlife-sites": write_wildlife_sites,
    # One file, which OS sends once and each of these layers takes its table from.
    **dict.fromkeys(
        (
            "basemap-woodland",
            "basemap-surface-water-area",
            "basemap-surface-water-line",
            "basemap-building",
            "basemap-important-building",
            "basemap-railway-track",
            "basemap-railway-station",
            "basemap-road",
            "basemap-populated-place",
            "basemap-other-name",
        ),
        write_openmap_local,
    ),
    # Whatever names a round comes after the rounds.
    "collection-rounds": write_collection_rounds,
    "collection-premises": write_collection_premises,
    "collection-dates": write_collection_dates,
    "collection-changes": write_collection_changes,
    "collection-notices": write_collection_notices,
}


def write_sample_city(folder: Path, seed: int = DEFAULT_SEED) -> dict[str, Path]:
    """Write the city's files and return them by layer. The same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    ground = lay_ground(seed)
    written = {write: write(ground, folder) for write in dict.fromkeys(WRITERS.values())}
    return {layer: written[write] for layer, write in WRITERS.items()}
