"""Collections of a made-up home: recycling on Thursdays, refuse on Tuesdays, both fortnightly."""

from datetime import date, timedelta
from typing import Any

from waste.collection import (
    Collection,
    Notice,
    PlaceCollections,
    Service,
    ServiceCollections,
    ServiceKind,
    State,
)

ROUND = "Tuesday A"
RECYCLING = Service(ServiceKind.RECYCLING, "Recycling", "green bin", "6am")
REFUSE = Service(ServiceKind.REFUSE, "Household waste", "grey bin", "6am")
GARDEN = Service(ServiceKind.GARDEN, "Garden waste")


def due(service: Service, on: date) -> Collection:
    return Collection(service, ROUND, on, State.DUE, on)


def moved(service: Service, planned_on: date, on: date, reason: str = "") -> Collection:
    return Collection(service, ROUND, planned_on, State.MOVED, on, reason)


def suspended(service: Service, planned_on: date, reason: str = "") -> Collection:
    return Collection(service, ROUND, planned_on, State.SUSPENDED, None, reason)


def fortnightly(service: Service, first: date, count: int = 3) -> tuple[Collection, ...]:
    return tuple(due(service, first + timedelta(days=14 * number)) for number in range(count))


def service_of(
    *collections: Collection, service: Service | None = None, known_until: date | None = None
) -> ServiceCollections:
    return ServiceCollections(
        service or collections[0].service, ROUND, collections, known_until=known_until
    )


def place_of(*services: ServiceCollections, **changes: Any) -> PlaceCollections:
    said: dict[str, Any] = {
        "services": services,
        "notices": (),
        "not_known": None,
        "layers": ("collection-rounds",),
        "as_of": date(2026, 11, 20),
    }
    return PlaceCollections(**{**said, **changes})


def notice(title: str = "Gates locked", **changes: Any) -> Notice:
    said: dict[str, Any] = {
        "title": title,
        "text": "Bring your bins to Hill Street.",
        "starts_on": date(2026, 11, 30),
        "ends_on": date(2026, 12, 4),
    }
    return Notice(**{**said, **changes})
