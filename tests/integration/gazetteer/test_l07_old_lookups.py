"""Look-ups in data that is a year old: the page says so."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from layers.models import Edition
from tests.integration.gazetteer.neighbourhood import publish_neighbourhood

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "read"])


def test_l07_how_old_the_data_is_is_shown(client: Client) -> None:
    publish_neighbourhood()
    a_year_ago = timezone.now() - timedelta(days=366)
    Edition.objects.update(published_at=a_year_ago)
    shown = f"Published {date_format(timezone.localtime(a_year_ago), 'j F Y')}."

    for path in ("/my-area/uprn-100070000001", "/my-area/B139AA", "/embed/my-area/B139AA"):
        sources = client.get(path).text.partition("Sources of this page")[2]

        assert sources.count("sources__item") == sources.count(shown) > 0, path
