"""What a place's page asks of the database does not grow with its layers."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from layers.models import Organisation
from tests.factories import drop_everything
from tests.factories.layered_city import publish_layered_city
from tests.factories.statements import noted_statements

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])

MOST_STATEMENTS = 20
LOOK_AT_LAYERS = "string_agg"


@pytest.fixture
def client(client: Client) -> Iterator[Client]:
    yield client
    drop_everything()


def _statements(client: Client, layers: int, words: str = "") -> list[str]:
    """Return what one answer asks, when its process knows the layers already."""
    path = f"/my-area/{publish_layered_city(layers)[0]}{words}"
    assert client.get(path).status_code == 200
    with noted_statements() as noted:
        client.get(path)
    return list(noted)


@pytest.mark.parametrize("words", ["", pytest.param("?words=easy", marks=pytest.mark.drill)])
def test_ten_times_as_many_layers_take_no_statement_more(client: Client, words: str) -> None:
    few = _statements(client, 4, words)
    drop_everything()

    many = _statements(client, 40, words)

    assert len(many) == len(few), "\n\n".join(many)
    assert len(many) < MOST_STATEMENTS


def test_layers_are_read_again_only_when_one_has_changed(client: Client) -> None:
    statements = _statements(client, 4)

    assert [each for each in statements if '"layers_field"' in each] == []


def test_one_look_at_where_layers_stand_is_enough_for_the_whole_page(client: Client) -> None:
    statements = _statements(client, 4)

    assert len([each for each in statements if LOOK_AT_LAYERS in each]) == 1
    assert [each for each in statements if '"layers_organisation"' in each] == []


def test_a_council_that_calls_itself_otherwise_is_seen_at_once(client: Client) -> None:
    path = f"/my-area/{publish_layered_city(4)[0]}"
    council = Organisation.objects.get(slug=settings.COUNCIL)
    assert "Council of Elsewhere" not in client.get(path).content.decode()

    Organisation.objects.filter(pk=council.pk).update(name="Council of Elsewhere")

    assert "Council of Elsewhere" in client.get(path).content.decode()
