"""What applications are counted by is kept when an edition is staged: no visitor waits for it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from layers.models import Layer
from layers.publish.hide import hide_fields
from layers.publish.publish import roll_back
from layers.query.registry import standing_layers
from planning.applications import columns
from planning.applications.keep_columns import keep_shown_columns
from planning.applications.packed import pack, unpack
from planning.applications.register import find_registers
from planning.applications.results import choices_of
from planning.models import ApplicationColumns
from tests.factories import drop_everything
from tests.factories.edition import MadeFeature, publish_features
from tests.factories.many_applications import publish_register, publish_wards

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

COUNT = 200


@pytest.fixture(autouse=True)
def _published() -> Iterator[None]:
    publish_register(COUNT)
    publish_wards()
    columns._remembered.cache_clear()
    yield
    drop_everything()


def _refuse(*_: object) -> None:
    raise AssertionError("a visitor's request reads every application")


def _counts() -> dict[str, dict[str | None, int]]:
    columns._remembered.cache_clear()
    [wards] = standing_layers().by_role["ward"]
    return choices_of(find_registers()[0], wards).by


def _kept() -> set[tuple[int, int]]:
    return set(ApplicationColumns.objects.values_list("edition_id", "wards_edition_id"))


def _shown() -> tuple[int, int]:
    applications, wards = (
        Layer.objects.get(slug=slug).published_edition_id
        for slug in ("planning-applications", "wards")
    )
    assert applications
    assert wards
    return applications, wards


def test_a_visitor_finds_them_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "read_columns", _refuse)
    counts = _counts()
    assert sum(counts["status"].values()) == COUNT
    assert sum(counts["ward"].values()) == COUNT


def test_they_are_what_is_read_without_them() -> None:
    kept = _counts()
    ApplicationColumns.objects.all().delete()
    assert _counts() == kept


def test_new_editions_of_either_layer_have_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = Layer.objects.get(slug="planning-applications")
    publish_features(layer, [MadeFeature("1", None, {"status": "live"})])
    assert _shown() in _kept()
    wards = Layer.objects.get(slug="wards")
    publish_features(wards, [MadeFeature("W", None, {"name": "W"})])
    assert _shown() in _kept()

    monkeypatch.setattr(columns, "read_columns", _refuse)
    assert _counts()["status"] == {"live": 1}


def test_going_back_finds_them_too() -> None:
    wards = Layer.objects.get(slug="wards")
    publish_features(wards, [MadeFeature("W", None, {"name": "W"})])
    publish_features(
        Layer.objects.get(slug="planning-applications"),
        [MadeFeature("1", None, {"status": "live"})],
    )
    roll_back(wards)
    assert _shown() in _kept()


def test_a_hidden_field_is_counted_no_more_and_kept_nowhere() -> None:
    layer = Layer.objects.get(slug="planning-applications")
    layer.fields.filter(name="decision").update(is_public=False)
    hide_fields(layer, ["decision"])

    [row] = ApplicationColumns.objects.filter(edition_id=_shown()[0])
    assert unpack(bytes(row.columns))["decision"].values == ()
    assert "Approved" not in _counts()["decision"]


def test_what_was_made_of_other_fields_answers_nobody() -> None:
    [row] = ApplicationColumns.objects.filter(edition_id=_shown()[0], wards_edition_id=_shown()[1])
    read = unpack(bytes(row.columns))
    ApplicationColumns.objects.update(
        fields="received_on,status",
        columns=pack(read | {"status": replace(read["status"], values=("x", "y", "z"))}),
    )
    assert "x" not in _counts()["status"]
    keep_shown_columns()
    [row] = ApplicationColumns.objects.filter(edition_id=_shown()[0], wards_edition_id=_shown()[1])
    assert row.fields == "received_on,status,type,decision"


def test_they_go_with_their_edition() -> None:
    from layers.publish.signals import edition_dropped

    edition_id, wards_edition_id = _shown()
    edition_dropped.send(sender=Layer, edition_id=wards_edition_id)
    assert (edition_id, wards_edition_id) not in _kept()
