"""Whether what is published says where the council's area ends, as constraint checks need it."""

from django.db.models import QuerySet

from layers.models import Feature, Layer, Organisation


def describe_missing_boundary(council: Organisation) -> str:
    """Return for an operator what the missing boundary of ``council`` does, and how to add it.

    Empty where a boundary is published, or no published constraint layer has ``[coverage] area =
    "council"``.
    """
    layers = Layer.objects.filter(organisation=council)
    without_area = layers.filter(
        is_constraint=True, coverage__area="council", published_edition__isnull=False
    )
    slugs = [layer.slug for layer in without_area]
    if not slugs or _has_boundary(council):
        return ""
    return (
        f"The boundary of {council.name} is not published, so that constraint checks cannot say "
        f"“does not apply” for {', '.join(slugs)}, and say “not known here”. "
        f"{_describe_way(council)}"
    )


def _has_boundary(council: Organisation) -> bool:
    published = Layer.objects.filter(published_edition__isnull=False)
    if published.filter(role="ward", organisation=council).exists():
        return True
    editions = published.filter(role="council").values_list("published_edition_id", flat=True)
    return any(
        Feature.objects.filter(edition_id=edition_id, properties__code=council.gss_code).exists()
        for edition_id in editions
    )


def _describe_way(council: Organisation) -> str:
    layers = Layer.objects.filter(organisation=council)
    slugs = {role: _slugs(layers.filter(role=role)) for role in ("council", "ward")}
    ways = []
    if slugs["council"]:
        ways.append(f"{slugs['council']}, with the feature {council.gss_code}")
    if slugs["ward"]:
        ways.append(slugs["ward"])
    if ways:
        return f"Import {', or '.join(ways)}: import_layer LAYER --source PATH"
    return (
        "Add a layer of the template boundary-line-districts (role “council”) or "
        "boundary-line-wards (role “ward”) to the catalogue, and import it: "
        "docs/councils/catalogue.md, [coverage]."
    )


def _slugs(layers: QuerySet[Layer]) -> str:
    return " or ".join(layers.values_list("slug", flat=True))
