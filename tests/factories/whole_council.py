"""Everything that a council may publish, around one place, in EPSG:27700 metres.

::

    Ladywood (404-406 km)  | Moseley (406-408 km)
    1 2 3 Oak Road  B1 1BB | 4 5 Oak Road  B1 1BB
    Flat 6, 7       B1 2BB | 8 Oak Road    B1 3BB, on no round
    R1                     | R2, of recycling alone

The place is 1 Oak Road, 40 m west of the border; its UPRN is 1. Beside it is UPRN 99, a property
without an address.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import shapely

from layers.models import Field, Layer
from tests.factories.council import make_council
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.layer import make_field, make_layer

TODAY = date(2026, 11, 27)
EAST, NORTH = 405960.0, 286000.0
ADDRESS, POSTCODE, OTHER_POSTCODE = "uprn-1", "B11BB", "B12BB"
_WEST_SIDE = shapely.box(404000, 285000, 406000, 287000)
_EAST_SIDE = shapely.box(406000, 285000, 408000, 287000)
_HOMES = {
    "1": (EAST, "B1 1BB", {"pao_start_number": "1"}),
    "2": (405970.0, "B1 1BB", {"pao_start_number": "2"}),
    "3": (405980.0, "B1 1BB", {"pao_start_number": "3"}),
    "4": (406010.0, "B1 1BB", {"pao_start_number": "4"}),
    "5": (406020.0, "B1 1BB", {"pao_start_number": "5"}),
    "6": (405900.0, "B1 2BB", {"sao_start_number": "6", "pao_start_number": "10"}),
    "7": (405900.0, "B1 2BB", {"pao_start_number": "7"}),
    "8": (407500.0, "B1 3BB", {"pao_start_number": "8"}),
}
Say = Callable[[str], str]


def publish_whole_council(say: Say = str) -> None:
    """Publish every kind of layer. Every word that a council chooses goes through ``say``."""
    council = make_council()
    council.name = say("Birmingham City Council")
    council.brand = {
        "place": say("Birmingham"),
        "service_name": say("Birmingham on the map"),
        "missed_bin": "https://council.example.org/missed",
    }
    council.save()
    _Layers(say).publish()


class _Layers:
    def __init__(self, say: Say) -> None:
        self._say = say

    def publish(self) -> None:
        self._publish_boundaries()
        self._publish_addresses()
        self._publish_schools()
        self._publish_services()
        self._publish_planning()
        self._publish_collections()

    def _publish_boundaries(self) -> None:
        self._publish(
            "wards",
            "Polygon",
            [
                MadeFeature("E1", _WEST_SIDE, {"name": self._say("Ladywood")}),
                MadeFeature("E2", _EAST_SIDE, {"name": self._say("Moseley")}),
            ],
            role="ward",
            is_area=True,
            theme="boundaries",
            rank=10,
        )
        self._publish(
            "constituencies",
            "Polygon",
            [self._area("C1", "Centre", _WEST_SIDE.union(_EAST_SIDE))],
            is_area=True,
            theme="boundaries",
        )
        self._publish(
            "councils",
            "Polygon",
            [
                MadeFeature(
                    "E08000029",
                    shapely.box(408000, 285000, 412000, 287000),
                    {
                        "name": self._say("Solihull"),
                        "code": "E08000029",
                        "council": self._say("Solihull Council"),
                        "website": "https://solihull.example.org",
                    },
                )
            ],
            role="council",
            theme="boundaries",
        )
        self._publish_table(
            "councillors",
            [
                {
                    "ward_code": ward,
                    "name": self._say(f"Cllr {name}"),
                    "party": self._say("Sample Party"),
                    "email": f"{name.lower()}@council.example.org",
                    "phone": "0121 496 0001",
                    "website": f"https://council.example.org/{name.lower()}",
                }
                for ward, name in (("E1", "Vale"), ("E2", "Hill"))
            ],
            ("ward_code", "name", "party", "email", "phone"),
            role="councillor",
            theme="boundaries",
            fields=[self._field("website", "url")],
        )

    def _publish_addresses(self) -> None:
        homes = [
            MadeFeature(
                uprn,
                shapely.Point(easting, NORTH),
                {
                    "uprn": uprn,
                    **house,
                    "street": self._say("OAK ROAD"),
                    "town": self._say("BIRMINGHAM"),
                    "postcode": postcode,
                },
            )
            for uprn, (easting, postcode, house) in _HOMES.items()
        ]
        self._publish(
            "addresses",
            "Point",
            homes,
            ("uprn", "street", "postcode"),
            role="address",
            title_field="street",
            is_public=False,
            theme="addresses",
        )
        middles = {
            "B1 1BB": 405988.0, "B1 2BB": 405900.0, "B1 3BB": 407500.0, "B90 1AA": 409000.0,
        }  # fmt: skip
        self._publish(
            "postcodes",
            "Point",
            [
                MadeFeature(
                    code.replace(" ", ""), shapely.Point(easting, NORTH), {"postcode": code}
                )
                for code, easting in middles.items()
            ],
            ("postcode",),
            role="postcode",
            title_field="postcode",
            theme="addresses",
        )
        self._publish(
            "places",
            "Point",
            [
                MadeFeature(
                    "osgb4000000000000001",
                    shapely.Point(405500, NORTH),
                    {
                        "name": self._say("Digbeth"),
                        "type": "populatedPlace",
                        "kind": self._say("Suburban Area"),
                        "district": self._say("Birmingham"),
                    },
                )
            ],
            ("name", "type", "kind", "district"),
            role="place",
            theme="addresses",
        )

        self._publish(
            "properties",
            "Point",
            [MadeFeature("99", shapely.Point(405950, NORTH), {"uprn": "99", "postcode": "B1 1BB"})],
            ("uprn", "postcode"),
            role="property",
            title_field="uprn",
            theme="addresses",
        )

    def _publish_schools(self) -> None:
        self._publish(
            "schools",
            "Point",
            [
                self._point(
                    f"S{metres}",
                    name,
                    metres,
                    urn=str(metres),
                    phase=self._say(phase),
                    type=self._say("Community school"),
                )
                for name, metres, phase in (
                    ("Near Primary", 150, "Primary"),
                    ("Own Primary", 400, "Primary"),
                    ("Hill Secondary", 900, "Secondary"),
                    ("Dale Nursery", 600, "Nursery"),
                )
            ],
            ("urn", "name", "phase", "type"),
            role="school",
            is_service=True,
        )
        area = shapely.box(405000, 285500, 405990, 286500)
        self._publish(
            "catchments",
            "Polygon",
            [MadeFeature("1", area, {"name": self._say("Own Primary"), "urn": "400"})],
            ("name", "urn"),
            role="school-catchment",
        )

    def _publish_services(self) -> None:
        days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        self._publish(
            "libraries",
            "Point",
            [
                self._point(
                    f"L{metres}",
                    f"Library {metres}",
                    metres,
                    address=self._say("High Street"),
                    step_free=metres % 2 == 0,
                    books=metres * 10,
                    **dict.fromkeys(days[:5], "09:00-17:00"),
                )
                for metres in (120, 333, 800, 1400)
            ],
            ("name", "address", *days),
            fields=[
                self._field("step_free", "boolean"),
                self._field("books", "integer", unit=self._say("books")),
            ],
            is_service=True,
            opening_hours={"days": list(days), "empty_is_closed": True},
            facts=["address", "step_free", "books"],
            theme="leisure",
            keywords=[self._say("books")],
        )
        self._publish(
            "parks",
            "Polygon",
            [
                self._area("P1", "Here Park", shapely.box(405900, 285900, 405990, 286100)),
                self._area("P2", "Far Park", shapely.box(405000, 285900, 405100, 286100)),
            ],
            is_service=True,
            theme="leisure",
        )
        self._publish(
            "bring-banks",
            "Point",
            [self._point(f"B{n}", f"Bank {n}", 200.0 * n) for n in range(1, 6)],
            is_service=True,
            theme="waste",
        )
        self._make("tips", "Point", ("name",), is_service=True, theme="waste")

    def _publish_planning(self) -> None:
        def application(number: int, **properties: str) -> MadeFeature:
            reference = f"2026000{number}"
            return MadeFeature(
                reference,
                shapely.Point(EAST + 50.0 * number, NORTH + 30),
                {
                    "reference": reference,
                    "description": self._say(f"Works {number}"),
                    "address": self._say("Elm Grove"),
                    "received_on": (TODAY - timedelta(days=number)).isoformat(),
                    "web_page": f"https://planning.example.org/{number}",
                    **properties,
                },
            )

        self._publish(
            "planning-applications",
            "Point",
            [
                application(1, status="live"),
                application(2, decision=self._say("Granted"), decided_on="2026-11-26"),
                application(3, status="withdrawn"),
            ],
            ("reference", "description", "address", "status", "decision"),
            fields=[
                self._field("received_on", "date", is_queryable=True),
                self._field("decided_on", "date"),
                self._field("web_page", "url"),
            ],
            role="planning-application",
            title_field="description",
            datetime_field="received_on",
            theme="planning",
        )
        # The first three homes of B1 1BB, the third and fourth, and none.
        for slug, name, area in (
            ("conservation-areas", "Old Town", shapely.box(405900, 285900, 406000, 286100)),
            ("flood-zones", "River Rea", shapely.box(405975, 285900, 406015, 286100)),
            ("green-belt", "Green belt", shapely.box(407800, 285000, 407900, 286000)),
        ):
            self._publish(
                slug, "Polygon", [self._area("1", name, area)], is_constraint=True, theme="planning"
            )

    def _publish_collections(self) -> None:
        refuse = {"service": self._say("Household waste"), "service_kind": "refuse"}
        recycling = {
            "service": self._say("Recycling"),
            "service_kind": "recycling",
            "container": self._say("green bin"),
            "put_out_by": self._say("6am"),
        }
        self._publish(
            "rounds",
            "Polygon",
            [
                MadeFeature("1", _WEST_SIDE, {"round": "R1", **refuse, "weekday": "Monday"}),
                MadeFeature("2", _WEST_SIDE, {"round": "R1", **recycling, "weekday": "Tuesday"}),
                MadeFeature(
                    "3",
                    shapely.box(406000, 285000, 407000, 287000),
                    {"round": "R2", **recycling, "weekday": "Wednesday"},
                ),
            ],
            ("round",),
            role="collection-round",
            title_field="round",
            theme="waste",
        )
        self._publish_table(
            "changes",
            [
                {
                    "planned_on": "2026-11-30",
                    "moved_to": "2026-12-01",
                    "reason": self._say("Holiday"),
                    "service": self._say("Household waste"),
                },
                {
                    "planned_on": "2026-12-01",
                    "suspended": True,
                    "reason": self._say("Road works"),
                    "service": self._say("Recycling"),
                },
            ],
            role="collection-change",
            theme="waste",
        )
        self._publish_table(
            "notices",
            [
                {
                    "title": self._say("Gates locked"),
                    "text": self._say("Bring your bins to Hill Street."),
                    "starts_on": "2026-11-20",
                    "ends_on": "2026-12-20",
                }
            ],
            role="service-notice",
            theme="waste",
        )

    def _point(self, fid: str, name: str, metres_west: float, **properties: Any) -> MadeFeature:
        return MadeFeature(
            fid,
            shapely.Point(EAST - metres_west, NORTH),
            {"name": self._say(name), **properties},
        )

    def _area(self, fid: str, name: str, shape: shapely.Geometry) -> MadeFeature:
        return MadeFeature(fid, shape, {"name": self._say(name)})

    def _publish_table(
        self,
        slug: str,
        rows: Iterable[dict[str, Any]],
        names: Iterable[str] = ("name",),
        **described: Any,
    ) -> Layer:
        features = [MadeFeature(str(number), None, row) for number, row in enumerate(rows)]
        return self._publish(slug, "None", features, names, **described)

    def _publish(
        self,
        slug: str,
        geometry_type: str,
        features: list[MadeFeature],
        names: Iterable[str] = ("name",),
        **described: Any,
    ) -> Layer:
        layer = self._make(slug, geometry_type, names, **described)
        publish_features(layer, features)
        return layer

    def _make(
        self,
        slug: str,
        geometry_type: str,
        names: Iterable[str],
        *,
        fields: Iterable[Field] = (),
        **described: Any,
    ) -> Layer:
        words = {
            "title": slug.replace("-", " ").capitalize(),
            "description": f"Every one of the city's {slug}.",
            "licence": "Open Government Licence",
            "attribution": f"Contains {slug} of the council.",
        }
        return make_layer(
            slug,
            geometry_type,
            fields=[*(self._field(name, is_queryable=True) for name in names), *fields],
            **{name: self._say(text) for name, text in words.items()},
            **described,
        )

    def _field(self, name: str, type_: str = "text", **changes: Any) -> Field:
        title = self._say(name.replace("_", " ").capitalize())
        return make_field(name, type_, title=title, **changes)
