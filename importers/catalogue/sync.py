"""Writing the catalogue to the database: organisations, layers, fields and their views."""

from django.db import transaction
from django.db.models.functions import Now

from importers.catalogue.entries import Catalogue, CouncilEntry, LayerEntry
from importers.errors import OtherCouncilInDatabase
from layers.models import Field, Layer, Organisation
from layers.publish import hide_fields, replace_view
from layers.publish.signals import layer_described

# Postcodes and UPRNs are read with care and kept as text.
_STORED_TYPES: dict[str, str] = {"postcode": "text", "uprn": "text"}


def sync_catalogue(catalogue: Catalogue) -> None:
    """Make the database say what the catalogue says. Published editions are not touched.

    Raises
    ------
    OtherCouncilInDatabase
        As `refuse_other_council`.
    """
    with transaction.atomic():
        refuse_other_council(catalogue.council)
        for entry in catalogue.layers.values():
            sync_layer(catalogue.council, entry)


def refuse_other_council(council: CouncilEntry) -> None:
    """Stop before layers that another council published become ``council``'s.

    A council that was renamed, in the name of its folder or in its GSS code, is the same council.

    Raises
    ------
    OtherCouncilInDatabase
        The database holds layers of another; the message says whose and what to do.
    """
    own = _find_organisation(council)
    holders = Organisation.objects.filter(layers__isnull=False).distinct().order_by("pk")
    other = next((holder for holder in holders if holder != own), None)
    if other is not None:
        raise OtherCouncilInDatabase(
            f"This database holds layers of {other.name} (COUNCIL={other.slug}), and COUNCIL is "
            f"“{council.slug}”, {council.name}. Nothing was changed. Give {council.slug} a "
            "database of its own: name an empty one in DATABASE_URL or, where that is not set, "
            f"stop everything and remove .local/postgres. Or set COUNCIL={other.slug} as before."
        )


def sync_layer(council: CouncilEntry, entry: LayerEntry) -> Layer:
    """Write one layer and its fields, if its file changed since, and return it."""
    organisation = _sync_organisation(council)
    layer = Layer.objects.filter(slug=entry.slug).first()
    if layer is not None and layer.catalogue_digest == entry.digest:
        return layer
    were_public = _public_names(layer)
    with transaction.atomic():
        layer, _ = Layer.objects.update_or_create(
            slug=entry.slug, defaults={**_description(entry), "organisation": organisation}
        )
        layer.fields.all().delete()
        Field.objects.bulk_create(_fields(layer, entry))
        hide_fields(layer, were_public - _public_names(layer))
        replace_view(layer)
        layer_described.send(sender=Layer, layer=layer)
    return layer


def _public_names(layer: Layer | None) -> set[str]:
    if layer is None:
        return set()
    return set(layer.fields.filter(is_public=True).values_list("name", flat=True))


def _sync_organisation(council: CouncilEntry) -> Organisation:
    own = _find_organisation(council)
    organisation, _ = Organisation.objects.update_or_create(
        slug=own.slug if own else council.slug,
        defaults={
            "slug": council.slug,
            "name": council.name,
            "gss_code": council.gss_code,
            "website": council.website,
            "extent_27700": list(council.extent_27700),
            "brand": {**council.brand, **council.links, **_examples(council)},
        },
    )
    return organisation


def _examples(council: CouncilEntry) -> dict[str, str]:
    return {f"example_{kind}": text for kind, text in council.examples.items()}


def _find_organisation(council: CouncilEntry) -> Organisation | None:
    """Return what the database has of ``council``: its code is its own, a folder's name is not."""
    return (
        Organisation.objects.filter(gss_code=council.gss_code).first()
        or Organisation.objects.filter(slug=council.slug).first()
    )


def _description(entry: LayerEntry) -> dict[str, object]:
    return {
        "title": entry.title,
        "description": entry.description,
        "theme": entry.theme,
        "geometry_type": entry.geometry_type,
        "is_public": entry.is_public,
        "licence_restricted": entry.licence_restricted,
        "has_stable_ids": entry.has_stable_key,
        "is_service": entry.is_service,
        "is_area": entry.is_area,
        "is_constraint": entry.is_constraint,
        "constraint": entry.constraint.as_stored(),
        "coverage": entry.coverage.as_stored(),
        "facts": list(entry.facts),
        "role": entry.role,
        "keeper_email": entry.keeper_email,
        "title_field": entry.title_field,
        "datetime_field": entry.datetime_field,
        "opening_hours": entry.hours.as_stored(),
        "rank": entry.rank,
        "style": entry.style.as_stored(),
        "licence": entry.licence,
        "licence_url": entry.licence_url,
        "attribution": entry.attribution,
        "source_url": entry.source.url,
        "refresh_days": entry.refresh_days,
        "keywords": list(entry.keywords),
        "catalogue_digest": entry.digest,
        "changed_at": Now(),
    }


def _fields(layer: Layer, entry: LayerEntry) -> list[Field]:
    return [
        Field(
            layer=layer,
            name=field.name,
            title=field.title,
            description=field.description,
            type=_STORED_TYPES.get(field.type, field.type),
            unit=field.unit,
            is_public=field.public,
            is_personal=field.personal,
            is_required=field.required,
            is_queryable=field.queryable,
            position=position,
        )
        for position, field in enumerate(entry.fields)
    ]
