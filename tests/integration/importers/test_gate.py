"""What the catalogue says of restricted layers and personal fields holds in the database too."""

from dataclasses import replace

import pytest
import shapely
from django.db import IntegrityError, connection
from django.db.models.functions import Now

from importers.catalogue.load import load_catalogue
from importers.catalogue.sync import sync_layer
from layers.errors import NotFound
from layers.models import Feature, Field, Layer
from layers.publish.signals import fields_hidden
from layers.query.registry import find_layer, published_layers
from tests.factories import MadeFeature, make_field, make_layer, publish_features
from tests.factories.processes import ROOT

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

HERE = shapely.Point(407_300, 286_600)  # EPSG:27700
CATALOGUE = load_catalogue(ROOT / "tests/fixtures/catalogue/smallville")
TREES = CATALOGUE.layers["trees"]


def without_public(*names: str) -> tuple[object, ...]:
    return tuple(replace(f, public=f.public and f.name not in names) for f in TREES.fields)


def test_the_catalogues_word_reaches_the_database() -> None:
    entry = replace(TREES, is_public=False, licence_restricted=True, has_stable_key=False)

    layer = sync_layer(CATALOGUE.council, entry)

    assert (layer.licence_restricted, layer.is_public, layer.has_stable_ids) == (True, False, False)
    assert list(layer.fields.filter(is_personal=True).values_list("name")) == [("surveyor",)]


def test_the_database_takes_no_public_layer_with_a_restricted_licence() -> None:
    layer = make_layer()

    with pytest.raises(IntegrityError, match="restricted_is_not_public"):
        Layer.objects.filter(pk=layer.pk).update(licence_restricted=True)


def test_the_database_takes_no_public_field_about_a_person() -> None:
    make_layer(fields=[make_field("name")])

    with pytest.raises(IntegrityError, match="personal_is_not_public"):
        Field.objects.update(is_personal=True)


def test_a_public_layer_that_turns_out_to_be_restricted_is_gone_with_the_catalogues_word() -> None:
    layer = sync_layer(CATALOGUE.council, TREES)
    publish_features(layer, [MadeFeature("1", HERE, {"species": "Oak"})])
    assert find_layer("trees")

    sync_layer(
        CATALOGUE.council,
        replace(TREES, is_public=False, licence_restricted=True, digest="e" * 64),
    )

    with pytest.raises(NotFound):
        find_layer("trees")


def test_nothing_restricted_is_found_even_where_the_database_holds_it() -> None:
    layer = make_layer(fields=[make_field("name"), make_field("keyholder", is_public=False)])
    publish_features(layer, [MadeFeature("1", HERE, {"name": "A"})])
    names = ["layers_layer_restricted_is_not_public", "layers_field_personal_is_not_public"]
    with connection.cursor() as cursor:  # as a copy of an older database may be
        cursor.execute(f"ALTER TABLE layers_layer DROP CONSTRAINT {names[0]}")
        cursor.execute(f"ALTER TABLE layers_field DROP CONSTRAINT {names[1]}")
    try:
        Field.objects.filter(name="keyholder").update(is_personal=True, is_public=True)
        assert [field.name for field in find_layer("schools").fields] == ["name"]

        Layer.objects.update(licence_restricted=True, changed_at=Now())
        assert published_layers() == {}
        with pytest.raises(NotFound):
            find_layer("schools")
    finally:
        Field.objects.update(is_personal=False)
        Layer.objects.update(licence_restricted=False)
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE layers_layer ADD CONSTRAINT {names[0]}"
                " CHECK (NOT (is_public AND licence_restricted))"
            )
            cursor.execute(
                f"ALTER TABLE layers_field ADD CONSTRAINT {names[1]}"
                " CHECK (NOT (is_personal AND is_public))"
            )


@pytest.mark.parametrize("how", ["not public", "left out"])
def test_a_field_that_is_no_longer_public_leaves_every_kept_edition_at_once(how: str) -> None:
    layer = sync_layer(CATALOGUE.council, TREES)
    trees = [
        MadeFeature("1", HERE, {"species": "Oak", "height_m": 3}, {"surveyor": "Ann"}),
        MadeFeature("2", HERE, {"species": "Ash"}),
    ]
    first, second = publish_features(layer, trees), publish_features(layer, trees[::-1])
    fields = without_public("height_m")
    if how == "left out":
        fields = tuple(field for field in TREES.fields if field.name != "height_m")

    sync_layer(CATALOGUE.council, replace(TREES, fields=fields, digest="e" * 64))

    for edition in (first, second):
        one, two = Feature.objects.filter(edition_id=edition.pk).order_by("fid")
        assert (one.properties, two.properties) == ({"species": "Oak"}, {"species": "Ash"})
        assert one.restricted == {"surveyor": "Ann", "height_m": 3}
        assert two.restricted is None


def test_ids_come_from_the_sources_keys_and_outlive_editions() -> None:
    layer = make_layer()
    trees = [MadeFeature(key, HERE, {"name": key}) for key in ("A1", "2026/01/PA", "Nº 7")]
    first = publish_features(layer, trees)
    second = publish_features(layer, [replace(tree, properties={}) for tree in trees[::-1]])

    ids = [
        dict(Feature.objects.filter(edition_id=edition.pk).values_list("key", "fid"))
        for edition in (first, second)
    ]

    assert ids[0] == ids[1]
    assert ids[0]["A1"] == "A1"
    assert len(set(ids[0].values())) == 3


def test_whoever_made_something_of_an_edition_hears_that_a_field_is_hidden() -> None:
    heard: list[list[str]] = []

    def hear(names: list[str], **_: object) -> None:
        heard.append(names)

    sync_layer(CATALOGUE.council, TREES)
    fields_hidden.connect(hear)
    try:
        sync_layer(CATALOGUE.council, replace(TREES, title="The trees", digest="d" * 64))
        sync_layer(
            CATALOGUE.council, replace(TREES, fields=without_public("species"), digest="e" * 64)
        )
    finally:
        fields_hidden.disconnect(hear)

    assert heard == [["species"]]
