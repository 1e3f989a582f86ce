"""Collections as the JSON of an answer."""

from datetime import date
from typing import Any

from waste.collection import (
    Collection,
    Notice,
    NotKnown,
    PlaceCollections,
    ServiceCollections,
    State,
)
from waste.words import calendar_ends, missing_rounds_words, not_known_words, service_words


def bins_answer(found: PlaceCollections, uprn: str, first: date, last: date) -> dict[str, Any]:
    """Return what is known of an address, without links and sources.

    Dates are ISO 8601 with their year. ``bins`` says the same again in the form that programs
    read which were written for councils' websites: UKBinCollectionData's ``output.schema``.
    """
    return {
        "uprn": uprn,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "services": [_service(each) for each in found.services],
        "notices": [_notice(each) for each in found.notices],
        "notKnown": _not_known(found.not_known) if found.not_known else None,
        "missingRounds": list(found.missing_rounds),
        "gaps": _gaps(found, last),
        "bins": _as_scrapers_read(found),
        "asOf": _iso(found.as_of),
    }


def _service(each: ServiceCollections) -> dict[str, Any]:
    service = each.service
    following = (collection.on for collection in each.collections if collection.on is not None)
    return {
        "kind": service.kind,
        "name": service.name,
        "container": service.container or None,
        "putOutBy": service.put_out_by or None,
        "round": each.round or None,
        "next": _iso(min(following, default=None)),
        "knownUntil": _iso(each.known_until),
        "collections": [_collection(collection) for collection in each.collections],
    }


def _collection(collection: Collection) -> dict[str, Any]:
    return {
        "date": _iso(collection.on),
        "plannedDate": collection.planned_on.isoformat(),
        "state": collection.state,
        "reason": collection.reason or None,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "title": notice.title,
        "text": notice.text,
        "startsOn": _iso(notice.starts_on),
        "endsOn": _iso(notice.ends_on),
        "url": notice.url or None,
    }


def _not_known(reason: NotKnown) -> dict[str, str]:
    return {"reason": reason, "text": not_known_words(reason)}


def _gaps(found: PlaceCollections, last: date) -> list[str]:
    missing = [missing_rounds_words(found.missing_rounds)] if found.missing_rounds else []
    return [*missing, *calendar_ends(found.services, last).values()]


def _as_scrapers_read(found: PlaceCollections) -> list[dict[str, str]]:
    going = sorted(
        (collection.on, service_words(collection.service))
        for service in found.services
        for collection in service.collections
        if collection.on is not None and collection.state != State.SUSPENDED
    )
    return [{"type": words, "collectionDate": day.strftime("%d/%m/%Y")} for day, words in going]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
