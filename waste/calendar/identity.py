"""Names of events that stay the same whatever becomes of a collection, and tell nobody a home."""

from functools import cache
from hashlib import blake2b
from uuid import UUID, uuid5

from django.conf import settings

from waste.collection import Collection


def event_uid(uprn: str, collection: Collection) -> str:
    """Return the UID of a collection at one address, as RFC 7986 section 5.3 would have it.

    It does not depend on the day that the collection moved to. Without the service's secret
    nobody can try all UPRNs until one of them fits.
    """
    service = collection.service
    return _uid(
        uprn,
        collection.round,
        service.kind,
        service.name,
        service.container,
        collection.planned_on.isoformat(),
    )


def remark_uid(uprn: str, subject: str) -> str:
    """Return the UID of what a calendar says of itself, such as the day that it ends on."""
    return _uid(uprn, "remark", subject)


def _uid(*parts: str) -> str:
    return str(uuid5(_namespace(), "\n".join(parts)))


@cache
def _namespace() -> UUID:
    key = settings.SECRET_KEY.encode()
    return UUID(bytes=blake2b(key, digest_size=16, person=b"bin calendars").digest())
