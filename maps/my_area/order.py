"""The sections of the page, in their order. A new section is a module here and a line below."""

from collections.abc import Callable, Iterable

from maps.my_area import areas, bins, planning, schools, services, unknown, ward
from maps.my_area.asked import Asked
from maps.my_area.section import Section

# Each returns the sections that it has to say something in, which may be none.
SECTIONS: tuple[Callable[[Asked], Iterable[Section]], ...] = (
    bins.describe_collections,
    ward.describe_ward,
    services.describe_services,
    schools.describe_schools,
    planning.describe_building,
    areas.describe_areas,
    unknown.describe_unknown,
)
